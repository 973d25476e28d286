"""Questions in another language than the documents: put into theirs by a dictionary, with the bundled models."""

import pytest

from retrieval.questions.translating import translated
from retrieval.text.markup import quote_parts
from tests.fakes import BuildSnapshot


def anything(phrase: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("berapa uang pesangon buruh?", "how many severance pay worker?"),  # a phrase first
        ("Siapa menteri luar negeri Maravel?", "who foreign minister Maravel?"),
        ("suratnya ditulis kapan", "letter write when?"),
        ("kenapa Lidia Karsano mengundurkan diri?", "why Lidia Karsano resign?"),  # names stay
    ],
)
def test_a_question_is_put_into_english_word_for_word(question: str, put: str) -> None:
    assert translated(question, "id", "en", anything) == put


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("who chairs the wage council?", "siapa ketua upah dewan?"),
        ("when did the ministers sign it?", "kapan menteri ditandatangani?"),  # "the", "did" are not put
    ],
)
def test_a_question_is_put_into_indonesian_word_for_word(question: str, put: str) -> None:
    assert translated(question, "en", "id", anything) == put


def test_of_several_translations_that_is_taken_which_the_documents_have() -> None:
    assert translated("berapa upah sopir?", "id", "en", {"pay", "driver"}.__contains__) == "how many pay driver?"


ENGLISH = """---
title: Harbour board
---
# Harbour board

The board met on Tuesday in the customs house. It raised the landing fee to 40 crowns for each boat.

Dredging of the inner basin stops from June to August, because terns raise their chicks on the spoil bank.
"""
INDONESIAN = """---
title: Pasar ikan
---
# Pasar ikan

Pasar ikan buka setiap hari mulai pukul lima pagi. Kepala pasar, Ratmi Sulastri, meminta pedagang membawa timbangan.

Atap pasar diperbaiki pada bulan Maret dengan biaya 90 juta rupiah.
"""
BOTH = {"board.md": ENGLISH, "pasar.md": INDONESIAN}


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("kenapa pengerukan berhenti pada bulan Juni?", "Dredging of the inner basin stops"),
        ("dewan pelabuhan rapat di mana?", "The board met on Tuesday"),
        ("what did the head of the market ask traders to bring?", "Kepala pasar, Ratmi Sulastri"),
        ("how much was the repair of the roof?", "Atap pasar diperbaiki"),
    ],
)
@pytest.mark.parametrize("documents", [BOTH, {"board.md": ENGLISH}, {"pasar.md": INDONESIAN}])
def test_documents_in_the_other_language_answer(
    snapshot_of: BuildSnapshot, documents: dict[str, str], question: str, sentence: str
) -> None:
    [answer] = snapshot_of(documents).answer([question])
    is_there = any(sentence in text for text in documents.values())
    assert [one.sentence.startswith(sentence) for one in answer.citations] == [True] * is_there


YEARS = "# Figures by year\n\n| Figure | 2024 | 2025 |\n|---|---|---|\n| Boats | 214 | 231 |\n| Members | 88 | 96 |\n"


@pytest.mark.parametrize(
    ("question", "cell"),
    [("berapa perahu tahun 2024?", "214"), ("jumlah anggota 2025", "96"), ("jumlah anggota 2021", "")],
)
def test_a_table_in_the_other_language_is_looked_up(snapshot_of: BuildSnapshot, question: str, cell: str) -> None:
    [answer] = snapshot_of({"years.md": YEARS, "pasar.md": INDONESIAN}).answer([question])
    assert [quote_parts(one)[1] for one in answer.citations] == [cell] * bool(cell)


def test_a_question_that_its_own_language_answers_is_not_put_into_the_other(snapshot_of: BuildSnapshot) -> None:
    report = "# Pasar ikan\n\nPengerukan kolam pelabuhan berhenti pada bulan Maret karena badai.\n"
    [answer] = snapshot_of({**BOTH, "keruk.md": report}).answer(["kenapa pengerukan berhenti?"])
    assert [one.document.id for one in answer.shown] == ["keruk.md"]

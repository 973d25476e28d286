"""In a list, the line that has what is asked for answers, and not the one beside it."""

import pytest

from retrieval.lookups.list_lines import list_line
from retrieval.values import Document, Hit, Passage, Reading, Sentence
from tests.fakes import BuildSnapshot

BRIDGE = """# Works

- Bridge over the Orr at Wick
- Length 340 metres
- Ready in May
"""
COPIES = """SURAT EDARAN

Harap dilaksanakan.

Tembusan:
1. Camat Tirta
2. Kepala Puskesmas Waringin
3. Babinsa Kelurahan Sukamanah
"""
SCORERS = """Standings after round 25

The match Eskdale v Penwick, postponed because of a waterlogged pitch, will be played on 8 April.

Top scorers
Marco Deluca (Tarrant Town) 17
Ola Finch (Saltby Athletic) 16
Elias Brandt (Harlow Rovers) 11
"""
TO_BRING = """PENGUMUMAN POSYANDU

Yang harus dibawa:
Buku KIA (buku pink)
Kartu lansia untuk peserta Posyandu Flamboyan
"""
CLAUSES = """# Guidance

Antibiotics are given only to patients with severe dehydration.

4.1 Adults: a single dose of doxycycline, 300 mg by mouth.
4.2 Children under 12: a single dose of doxycycline, 4 mg per kg; or azithromycin, 20 mg per kg.
4.3 Pregnant women: azithromycin, 1 g by mouth.
"""


@pytest.mark.parametrize(
    ("name", "text", "question", "quote"),
    [
        pytest.param("a.md", BRIDGE, "how long is the bridge over the Orr?", "Length 340 metres", id="no-length-in-it"),
        pytest.param(
            "a.txt", SCORERS, "top scorer?", "Marco Deluca (Tarrant Town) 17", id="below-what-they-are-called"
        ),
        pytest.param(
            "a.txt",
            TO_BRING,
            "apa yang harus dibawa ke posyandu?",
            "Buku KIA (buku pink)",
            id="beside-one-of-its-words",
        ),
        pytest.param("a.txt", COPIES, "siapa kepala puskesmas waringin?", "", id="no-name"),
        pytest.param(
            "a.md",
            CLAUSES,
            "dose of doxycycline for adults?",
            "4.1 Adults: a single dose of doxycycline, 300 mg by mouth.",
            id="numbered",
        ),
        pytest.param(
            "a.md",
            CLAUSES,
            "dose of azithromycin for pregnant women?",
            "4.3 Pregnant women: azithromycin, 1 g by mouth.",
            id="numbered-below-one-with-other-words",
        ),
    ],
)
def test_the_line_that_is_named_answers(
    snapshot_of: BuildSnapshot, name: str, text: str, question: str, quote: str
) -> None:
    [answer] = snapshot_of({name: text}).answer([question])
    assert [one.sentence for one in answer.citations] == [quote] * bool(quote)


@pytest.mark.parametrize(
    ("question", "sure"),
    [("who gives the speech by the mayor?", [0.9, 0.0]), ("what comes after the speech by the mayor?", [0.9, 0.8])],
)
def test_lines_beside_one_that_is_only_compared_with_may_answer(question: str, sure: list[float]) -> None:
    text = "Speech by the mayor\nDance of the school choir\n"
    sentences = (Sentence(0, 19), Sentence(20, 45))
    hit = Hit(Passage(0, 0, sentences), Document("a.txt", "Programme", text), 0.5, 0.5, 1.0)
    readings = [Reading(hit, one, confidence) for one, confidence in zip(sentences, (0.9, 0.8), strict=True)]
    assert [one.confidence for one in list_line(question, readings)] == sure


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        pytest.param("nomor sari lontoh", [0.3, 0.1, 0.2, 0.8], id="a-number"),
        pytest.param("siapa sari lontoh", [0.1, 0.0, 0.0, 0.0], id="somebody"),
    ],
)
def test_a_number_stands_below_the_name_of_whose_it_is(question: str, sure: list[float]) -> None:
    lines = ("Salam hormat", "Sari Lontoh", "Wakil Juru Bicara", "HP 0813 5577 022 (WA saja)")
    text = "\n".join(lines)
    sentences = tuple(Sentence(text.index(line), text.index(line) + len(line)) for line in lines)
    hit = Hit(Passage(0, 0, sentences), Document("a.txt", "Surat", text), 0.5, 0.5, 1.0)
    readings = [Reading(hit, one, confidence) for one, confidence in zip(sentences, (0.3, 0.1, 0.2, 0.8), strict=True)]
    assert [one.confidence for one in list_line(question, readings)] == sure

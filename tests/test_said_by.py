"""What somebody says whom a question names: in a transcript, between quotation marks, in other words."""

import time
from collections.abc import Callable

import pytest

from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.lookups.said_by import said_below_title, said_by
from retrieval.questions.asked_words import asked_words
from tests.fakes import BuildSnapshot, FakeEmbedder

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]


def said(index: NumpyIndex, question: str) -> list[str]:
    asked = asked_words(question)
    assert asked
    return [one.text for one in said_by(asked, range(index.document_count), index)]


PRESS = """Press conference on the flood

REYLE: The river peaked last night. Two people are missing.
DARTRY: The rain has moved east. We will lift the warning at noon.
OKORO: I want to thank the volunteers.
REYLE: The government has set aside 30 million.
"""
HEARING = """# Hearing

MR ADEYEMI: Who drove you there?

MR OKAFOR: My cousin Emeka drove me. I went to pay school fees.

MRS OKAFOR: Emeka was in prison then!

MR ADEYEMI: Is that so?

MR OKAFOR: No. It was my brother.
"""
NEWS = """# Harrow trial

"I signed what my brother gave me," Martin Pell told the jury. "I never read the invoices."

Gareth Pell denies fraud. Mayor Judith Okoro said that 513 homes would be rebuilt.

His lawyer, Ana Lim, said: "The invoices were forged."
"""


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        (
            "what did reyle say",
            [
                "REYLE: The river peaked last night.",
                "Two people are missing.",
                "REYLE: The government has set aside 30 million.",
            ],
        ),
        ("what did Mayor Okoro say?", ["OKORO: I want to thank the volunteers."]),
        ("what did dartry say about the warning?", ["We will lift the warning at noon."]),
        ("what did mrs okafor say?", ["MRS OKAFOR: Emeka was in prison then!"]),
        ("what did mr okafor say about emeka?", ["MR OKAFOR: My cousin Emeka drove me."]),
        ("what did adeyemi ask?", ["MR ADEYEMI: Who drove you there?", "MR ADEYEMI: Is that so?"]),
        (
            "what did pell tell the jury?",
            [
                '"I signed what my brother gave me," Martin Pell told the jury.',
                '"I never read the invoices."',
            ],
        ),
        ("what did pell say about the invoices?", ['"I never read the invoices."']),
        ("apa kata judith okoro", ["Mayor Judith Okoro said that 513 homes would be rebuilt."]),
        ("what did his lawyer say", ['His lawyer, Ana Lim, said: "The invoices were forged."']),
    ],
)
def test_what_somebody_says_is_all_that_is_told_to_be_theirs(
    index_of: BuildIndex, question: str, answers: list[str]
) -> None:
    text = next(text for text in (PRESS, HEARING, NEWS) if answers[0] in text)
    assert said(index_of(FakeEmbedder(max_tokens=128), {"a.md": text}), question) == answers


@pytest.mark.parametrize(
    ("text", "question", "answers"),
    [
        (
            "Orsel, 2 Mei 2026 – Menteri Belan menyebut Vardania maju. Ia menjanjikan upah naik. Ia juga berharap.",
            "apa kata Belan soal upah?",
            ["Ia menjanjikan upah naik."],
        ),
        (
            "Ana Lim said it rained. She said it was wet. She added that it froze.",
            "what did Ana Lim say",
            ["Ana Lim said it rained.", "She said it was wet.", "She added that it froze."],
        ),
        ("Mr Lim said it rained. She added that it was wet.", "what did Lim say about wet", []),
        ("Ana Lim said Bo Roe had left. She added that it was wet.", "what did Ana Lim say about wet", []),
        ("Ana Lim said it rained.\n\nShe added that it was wet.", "what did Ana Lim say about wet", []),
    ],
)
def test_what_she_says_is_of_whoever_alone_speaks_right_before(
    index_of: BuildIndex, text: str, question: str, answers: list[str]
) -> None:
    assert said(index_of(FakeEmbedder(max_tokens=128), {"a.md": text}), question) == answers


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param(HEARING, "what did okafor say?", id="two-of-that-name"),
        pytest.param(HEARING, "what did dr okafor say?", id="another-title"),
        pytest.param(HEARING, "what did mr okafor say about the volunteers?", id="nothing-on-that"),
        pytest.param(NEWS, "what did gareth pell say?", id="who-says-nothing"),
        pytest.param(NEWS, "what did martin pell ask?", id="who-asks-nothing"),
        pytest.param(PRESS, "what did the government say?", id="who-is-spoken-of"),
    ],
)
def test_nothing_is_theirs_that_may_be_somebody_else_s(index_of: BuildIndex, text: str, question: str) -> None:
    assert said(index_of(FakeEmbedder(max_tokens=128), {"a.md": text}), question) == []


def test_who_asked_about_something_is_marked_where_their_label_stands(index_of: BuildIndex) -> None:
    text = (
        "Yoga Pratama (Bisnis): Bagaimana dengan rupiah digital? Kapan mulai?\n\n"
        "Laksmi Hapsari: Rupiah digital diuji di bank.\n\nRini (Tempo): Bank mana?\n\nLaksmi Hapsari: Banyak.\n"
    )
    asked = asked_words("siapa yang bertanya soal rupiah digital?")
    assert asked
    [reading] = said_by(asked, [0], index_of(FakeEmbedder(max_tokens=128), {"a.txt": text}))
    assert reading.highlight and text[slice(*reading.highlight)] == "Yoga Pratama (Bisnis)"


def test_the_first_of_what_they_say_is_one_answer(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.txt": PRESS, "b.md": HEARING}).answer(["what did reyle say?"])
    assert [one.document.id for one in answer.citations] == ["a.txt"] * 3
    assert [one.speaker for one in answer.citations] == ["", "REYLE", ""]


def test_a_long_document_is_read_at_once(index_of: BuildIndex) -> None:
    index = index_of(FakeEmbedder(), {"a.txt": 'It rained. "It was wet," said Ana Lim.\n\n' * 5_000})
    began = time.monotonic()
    assert len(said(index, "what did Ana Lim say?")) > 3
    assert said(index, "what did Ana Lim say about ships?") == []
    assert time.monotonic() - began < 10


def test_what_somebody_asks_is_what_ends_as_a_question(snapshot_of: BuildSnapshot) -> None:
    text = "CHAIR: We begin. Who is here?\n\nMS LIM: All are here.\n\nCHAIR: Who speaks first?\n\nMS LIM: I do.\n"
    [answer] = snapshot_of({"a.txt": text}).answer(["what did the chair ask?"])
    assert [one.sentence for one in answer.citations] == ["Who is here?", "CHAIR: Who speaks first?"]


RULING = """# Court jails harbour master over the ferries

Captain Ana Lim said both boats should sail again soon.

The court gave him six years.
"""


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        pytest.param(
            "what did Ana Lim say about the ferries?",
            ["Captain Ana Lim said both boats should sail again soon."],
            id="in-the-title",
        ),
        pytest.param("what did Ana Lim say about the school?", [], id="nowhere"),
        pytest.param("what did Bo Roe say about the ferries?", [], id="who-says-nothing"),
    ],
)
def test_of_what_a_title_tells_all_is_said_below_it(index_of: BuildIndex, question: str, answers: list[str]) -> None:
    index = index_of(FakeEmbedder(max_tokens=128), {"a.md": RULING, "b.md": "# Ferries\n\nAna Lim bought bread.\n"})
    asked = asked_words(question)
    assert asked
    assert [one.text for one in said_below_title(asked, range(index.document_count), index)] == answers


def test_what_is_said_below_a_title_answers_where_nothing_else_does(snapshot_of: BuildSnapshot) -> None:
    other = "# Prices\n\nAna Lim said the ferries were too dear.\n"
    for documents, sentence in (
        ({"a.md": RULING}, "Captain Ana Lim said both boats should sail again soon."),
        ({"a.md": RULING, "b.md": other}, "Ana Lim said the ferries were too dear."),
    ):
        [answer] = snapshot_of(documents).answer(["what did Ana Lim say about the ferries?"])
        assert [one.sentence for one in answer.citations] == [sentence]


def test_what_they_only_heard_and_deny_is_not_what_they_say_of_it(snapshot_of: BuildSnapshot) -> None:
    lim = "MS LIM (Orla): We have heard it said that Orla closed its school. That is not so: the school moved.\n\n"
    snapshot = snapshot_of({"a.txt": f"THE CHAIR: We begin.\n\n{lim}THE CHAIR: Why?\n\nMS LIM (Orla): It rained.\n"})
    on_it, all_of_it = snapshot.answer(["what did ms lim say about the school?", "what did ms lim say?"])
    assert [one.sentence for one in on_it.citations] == ["That is not so: the school moved."]
    assert [one.sentence[:20] for one in all_of_it.citations[:2]] == ["MS LIM (Orla): We ha", "That is not so: the "]

"""Who speaks in interviews and transcripts, and who only asks."""

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.speakers import Speakers
from retrieval.values import Document, Sentence

INTERVIEW = """# The jar on the sill

Ana Lim has taught hydrology since 2011. We met her at home.

**Courier:** What is in the jar? People talk about it.

**Lim:** The flood. I scooped it up on the steps.

I have never emptied it.

**Courier:** Is it true that the builders pay you?

**Lim:** No. They pay the faculty.

## The author

Ben Okoro writes for the Courier.
"""
TRANSCRIPT = """Date: 2 April 2025
Place: Selwick
JUDGE STOLE: Thank you. We heard 112 witnesses.
LENA FARROW (Halden Post): Did the police have the list?
COMMISSIONER VANCE: We had the same list as everyone else. I am ashamed of that.
JUDGE STOLE: It was never opened.
COMMISSIONER VANCE: I offered to resign.
"""


def parsed(text: str, name: str = "a.md") -> tuple[Document, dict[str, Sentence]]:
    found = parse_document(name, text.encode())
    assert found
    return found.document, {found.document.text[one.start : one.end]: one for one in found.sentences}


@pytest.mark.parametrize(
    ("sentence", "speaker", "above"),
    [
        ("Ana Lim has taught hydrology since 2011.", "", ""),
        ("**Lim:** The flood.", "Lim", ""),
        ("I scooped it up on the steps.", "Lim", "Lim"),
        ("I have never emptied it.", "Lim", "Lim"),
        ("Ben Okoro writes for the Courier.", "", ""),
    ],
)
def test_a_turn_goes_on_to_the_next_label_or_heading(sentence: str, speaker: str, above: str) -> None:
    document, sentences = parsed(INTERVIEW)
    speakers = Speakers(document, sentences[sentence])
    assert (speakers.of(sentences[sentence]), speakers.before(sentences[sentence])) == (speaker, above)


def test_an_interviewer_only_asks_and_so_do_those_who_ask_once() -> None:
    document, sentences = parsed(INTERVIEW)
    asking = [text for text, one in sentences.items() if Speakers(document, one).asks(one)]
    assert asking == [
        "**Courier:** What is in the jar?",
        "People talk about it.",
        "**Courier:** Is it true that the builders pay you?",
    ]
    document, sentences = parsed(TRANSCRIPT, "a.txt")
    asking = [text for text, one in sentences.items() if Speakers(document, one).asks(one)]
    assert asking == ["LENA FARROW (Halden Post): Did the police have the list?"]


def test_labels_that_say_only_question_and_answer_name_nobody() -> None:
    document, sentences = parsed(
        "Q: It cost 840 million.\n\nA: It did. Now it is more.\n\nQ: Why?\n\nA: Stone.\n", "a.txt"
    )
    asked, said = sentences["Q: It cost 840 million."], sentences["Now it is more."]
    assert Speakers(document, asked).asks(asked)
    assert not Speakers(document, said).asks(said)
    assert Speakers(document, said).before(said) == ""


def test_those_whom_a_question_does_not_name_are_told_if_it_names_others() -> None:
    document, sentences = parsed(TRANSCRIPT, "a.txt")
    speakers = Speakers(document, sentences["I am ashamed of that."])
    assert "COMMISSIONER VANCE" not in speakers.not_named_in("what did vance say about the list?")
    assert "JUDGE STOLE" in speakers.not_named_in("what did vance say about the list?")
    assert speakers.not_named_in("what did the mayor say?") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Date: 16 January\nPlace: Wick\nChair: Ana Lim. She began at nine.\n",
        "He said: yes. Then he left.\n\nNote: it rained.\n",
        "The council met. Nobody spoke.\n",
    ],
)
def test_labelled_lines_that_come_once_are_no_turns(text: str) -> None:
    document, sentences = parsed(text)
    assert {Speakers(document, one).of(one) for one in sentences.values()} == {""}

"""Whose words a question asks for, and on what."""

import time

import pytest

from retrieval.questions.asked_words import asked_words


def told(question: str) -> tuple[str, list[str], bool] | None:
    asked = asked_words(question)
    return (asked.person, [min(forms, key=len) for forms in asked.subject], asked.asks) if asked else None


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("what did reyle say", ("reyle", [], False)),
        ("Thanks. And what did Mrs Lockyer say about the new bridge?", ("Mrs Lockyer", ["new", "bridg"], False)),
        ("what did martin pell tell the jury about the invoices?", ("martin pell", ["invoic"], False)),
        ("what did lucia ferro ask", ("lucia ferro", [], True)),
        ("apa kata wakil wali kota?", ("wakil wali kota", [], False)),
        ("apa kata Laksmi Hapsari soal beras", ("Laksmi Hapsari", ["bera"], False)),
        ("apa yang disampaikan oleh Budi?", ("Budi", [], False)),
        ("apa yang ditanyakan yoga pratama", ("yoga pratama", [], True)),
        ("apa pertanyaan yoga pratama?", ("yoga pratama", [], True)),
        ("yoga pratama bertanya apa saja", ("yoga pratama", [], True)),
        ("who asked about the bridge?", ("", ["bridg"], True)),
        ("siapa yang bertanya soal jembatan", ("", ["jembat"], True)),
    ],
)
def test_a_question_names_whom_it_asks_for(question: str, whose: tuple[str, list[str], bool]) -> None:
    assert told(question) == whose


@pytest.mark.parametrize(
    "question",
    [
        "what did she say?",
        "apa katanya?",
        "apa kata mereka soal beras?",
        "apa kata menteri soal itu?",
        "what did Okoro say about it?",
        "what did the mayor say on Monday",
        "what did Okoro say in 2024?",
        "what did Okoro do?",
        "who asked?",
        "when did Okoro say that?",
        "what did the WHO say?",
        "what did Okoro say the bridge costs?",
        "what did Okoro tell the board to do about it?",
        "what did the board do to Okoro when he asked for a reply?",
    ],
)
def test_others_ask_for_something_else(question: str) -> None:
    assert told(question) is None


@pytest.mark.parametrize("repeated", [" ", "did ", "say ", "about ", "soal ", "tell "])
def test_long_questions_are_read_at_once(repeated: str) -> None:
    began = time.monotonic()
    asked_words(f"what did {repeated * 5_000}x")
    asked_words(f"apa kata {repeated * 5_000}x")
    assert time.monotonic() - began < 5

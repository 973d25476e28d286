"""A stream of questions is answered in its order, line by line, as it comes."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from queue import Queue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terminal.stream import answer_lines
from retrieval.errors import EmptyQuestionError, LongQuestionError
from retrieval.values import Answer

EMPTY = str(EmptyQuestionError())


def answered(question: str) -> "Future[Answer]":
    future: Future[Answer] = Future()
    future.set_result(Answer(question, (), (), 0.25, 0.5))
    return future


def answers(lines: list[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer_lines(lines, answered)]


def test_lines_that_cannot_be_read_on_end_in_an_error() -> None:
    def lines() -> Iterator[bytes]:
        yield b"How long?"
        raise IsADirectoryError("It is a folder.")

    told = answer_lines(lines(), answered)
    assert json.loads(next(told))["question"] == "How long?"
    with pytest.raises(IsADirectoryError):
        next(told)


def test_a_line_gets_the_answer_of_its_question() -> None:
    assert answers([b"How long? \r\n"]) == [
        {
            "question": "How long?",
            "found": False,
            "confidence": 0.25,
            "citations": [],
            "related": [],
            "seconds": 0.5,
        }
    ]


@pytest.mark.parametrize(
    ("line", "question", "error"),
    [
        pytest.param(b"\n", "", EMPTY, id="empty"),
        pytest.param(b" \t \r\n", " \t ", EMPTY, id="blank"),
        pytest.param(b"a" * 2_001, "a" * 2_001, str(LongQuestionError(2_001, 2_000)), id="over-long"),
    ],
)
def test_a_line_that_is_no_question_gets_an_error_and_nothing_found(line: bytes, question: str, error: str) -> None:
    nothing = {"found": False, "confidence": 0.0, "citations": [], "related": [], "seconds": 0.0}
    assert answers([line]) == [{"question": question, **nothing, "error": error}]


def test_bytes_that_are_no_utf_8_do_not_end_the_stream() -> None:
    assert [one["question"] for one in answers([b"caf\xe9?\n", b"next\n"])] == ["caf\ufffd?", "next"]


def test_the_last_line_needs_no_line_end() -> None:
    assert [one["question"] for one in answers([b"a\n", b"b"])] == ["a", "b"]


def test_no_lines_get_no_answers() -> None:
    assert answers([]) == []


@settings(max_examples=100)
@given(st.lists(st.binary(max_size=8), max_size=80))
def test_every_line_gets_exactly_one_answer_in_order(lines: list[bytes]) -> None:
    lines = [line.replace(b"\n", b"") for line in lines]
    asked = [line.decode(errors="replace") for line in lines]
    told = [one["question"] for one in answers([line + b"\n" for line in lines])]
    assert [str(one).strip() for one in told] == [one.strip() for one in asked]


def test_each_line_of_a_conversation_is_answered_before_the_next_is_there() -> None:
    written: Queue[bytes | None] = Queue()

    def lines() -> Iterator[bytes]:
        while (line := written.get(timeout=10)) is not None:
            yield line

    stream = answer_lines(lines(), answered)
    for question in ("a", "b", "c"):
        written.put(f"{question}\n".encode())
        assert json.loads(next(stream))["question"] == question
    written.put(None)
    assert list(stream) == []


def test_answers_that_are_ready_early_wait_for_their_turn() -> None:
    futures: dict[str, Future[Answer]] = {"slow": Future(), "quick": answered("quick")}
    stream = answer_lines([b"slow\n", b"\n", b"quick\n"], futures.__getitem__)
    told: list[str] = []
    reader = threading.Thread(target=lambda: told.extend(stream))
    reader.start()
    futures["slow"].set_result(Answer("slow", (), (), 0.0, 0.0))
    reader.join(10)
    assert [json.loads(line)["question"] for line in told] == ["slow", "", "quick"]


def test_only_so_many_lines_are_read_ahead_of_the_answers() -> None:
    """An endless input must not fill the memory."""
    read = []
    enough = threading.Event()

    def lines() -> Iterator[bytes]:
        for number in range(1_000):
            read.append(number)
            if number == 999:
                enough.set()
            yield b"a\n"

    stream = answer_lines(lines(), answered)
    next(stream)
    assert not enough.is_set()
    assert len(read) < 100
    assert len(list(stream)) == 999


def test_an_answer_that_fails_is_raised_to_whoever_reads() -> None:
    failed: Future[Answer] = Future()
    failed.set_exception(RuntimeError("no index"))
    with pytest.raises(RuntimeError, match="no index"):
        next(answer_lines([b"a\n"], lambda question: failed))

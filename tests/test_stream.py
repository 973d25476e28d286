"""A stream of questions is answered in its order, line by line, as it comes."""

import json
import os
import threading
import tracemalloc
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from queue import Queue

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.terminal.stream import answer_lines, read_lines
from retrieval.errors import EmptyQuestionError, LongQuestionError
from retrieval.values import Answer

EMPTY = str(EmptyQuestionError())
LONG_LINE = "The line has more than 32,000 bytes; at most 2,000 characters of a question are read. Ask a shorter one."


def answered(question: str) -> "Future[Answer]":
    future: Future[Answer] = Future()
    future.set_result(Answer(question, (), (), 0.25, 0.5))
    return future


def answers(lines: list[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer_lines(lines, answered)]


@pytest.mark.parametrize("error", [IsADirectoryError("It is a folder."), RuntimeError("closed"), MemoryError()])
def test_lines_that_cannot_be_read_on_end_in_an_error(error: Exception) -> None:
    def lines() -> Iterator[bytes]:
        yield b"How long?"
        raise error

    told = answer_lines(lines(), answered)
    assert json.loads(next(told))["question"] == "How long?"
    with pytest.raises(type(error)):
        next(told)


def test_a_question_that_cannot_be_asked_ends_in_an_error() -> None:
    def ask(question: str) -> "Future[Answer]":
        raise RuntimeError("No worker.")

    with pytest.raises(RuntimeError, match="No worker"):
        next(answer_lines([b"How long?"], ask))


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
        pytest.param(b"a " * 1_001, "a " * 999 + "a…", str(LongQuestionError(2_001, 2_000)), id="over-long"),
        pytest.param(b"a" * 32_000, "a" * 2_000 + "…", str(LongQuestionError(32_000, 2_000)), id="longer"),
        pytest.param(b"a" * 32_001, "a" * 2_000 + "…", LONG_LINE, id="without-an-end"),
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


def written_in(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines that are read of a pipe while pieces are written into it."""
    output, input = os.pipe()

    def write() -> None:
        for piece in pieces:
            os.write(input, piece)
        os.close(input)

    writer = threading.Thread(target=write)
    writer.start()
    yield from read_lines(output)
    writer.join(10)
    os.close(output)


def test_lines_are_read_whole_however_they_are_written() -> None:
    text = "one\n\nzwölf\r\nlast"
    pieces = [bytes([one]) for one in text.encode()]
    assert list(written_in(pieces)) == list(written_in([text.encode()])) == text.encode().split(b"\n")
    assert list(written_in([b"one\n"])) == [b"one"]


def test_of_a_line_without_an_end_only_the_beginning_is_kept() -> None:
    tracemalloc.start()
    lines = list(written_in([*[b"x" * 65_536] * 200, b"y\nnext\n", b"z" * 100_000]))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == [b"x" * 32_001, b"next", b"z" * 32_001]
    assert most < 2**20


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

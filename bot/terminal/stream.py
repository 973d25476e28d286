"""Answer a stream of questions: one a line in, one JSON object a line out, in order, as they come."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import Queue

from bot.terminal.json_output import answer_json, error_json
from retrieval.answering import MAX_QUESTION_LENGTH, clean_question
from retrieval.errors import IndexUnusableError, QuestionError
from retrieval.text.markup import shortened
from retrieval.values import Answer

_AHEAD = 32  # lines read ahead of the answers: enough to fill batches, few enough for an endless input
_LONGEST_LINE = 16 * MAX_QUESTION_LENGTH  # bytes: four a character at most, and white space around them


def read_lines(descriptor: int) -> Iterator[bytes]:
    """Yield the lines of a file as soon as they are there, without their ends; of one that is too long the beginning.

    It is read without Python's buffer, whose lock a thread that still waits at the end of the process would hold.
    """
    begun = b""
    while block := os.read(descriptor, 65_536):
        first, *others = block.split(b"\n")
        begun = _beginning(begun + first)
        for line in others:
            yield begun
            begun = _beginning(line)
    if begun:
        yield begun


def _beginning(line: bytes) -> bytes:
    """Cut a line so that it still shows that it was too long."""
    return line[: _LONGEST_LINE + 1]


def answer_lines(lines: Iterable[bytes], ask: "Callable[[str], Future[Answer]]") -> Iterator[str]:
    """Yield the JSON of each line's answer; one with "error" where it is no question, or the index cannot be read.

    Raises what reading the lines raises, after the answers to what was read before.
    """
    waiting: Queue[tuple[str, Future[Answer] | QuestionError] | BaseException | None] = Queue(_AHEAD)

    def read() -> None:
        try:
            for line in lines:
                waiting.put(_asked(line, ask))
            waiting.put(None)
        except BaseException as error:  # it belongs to whoever waits for the answers
            waiting.put(error)

    threading.Thread(target=read, name="questions", daemon=True).start()
    while (item := waiting.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        text, asked = item
        try:
            yield error_json(text, str(asked)) if isinstance(asked, QuestionError) else answer_json(asked.result())
        except IndexUnusableError as error:  # a database may come back
            yield error_json(text, str(error))


def _asked(line: bytes, ask: "Callable[[str], Future[Answer]]") -> "tuple[str, Future[Answer] | QuestionError]":
    """Ask what a line says; return how that is shown beside an error, and the answer to come or what is wrong."""
    text = line.decode(errors="replace").rstrip("\r\n")
    shown = shortened(text, MAX_QUESTION_LENGTH)
    if len(line) > _LONGEST_LINE:
        return shown, QuestionError(
            f"The line has more than {_LONGEST_LINE:,} bytes; at most {MAX_QUESTION_LENGTH:,} characters of a question"
            " are read. Ask a shorter one."
        )
    try:
        return shown, ask(clean_question(text))
    except QuestionError as error:
        return shown, error

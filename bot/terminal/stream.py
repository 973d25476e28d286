"""Answer a stream of questions: one a line in, one JSON object a line out, in order, as they come."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import Queue

from bot.terminal.json_output import answer_json, error_json
from retrieval.answering import clean_question
from retrieval.errors import IndexUnusableError, QuestionError
from retrieval.values import Answer

_AHEAD = 32  # lines read ahead of the answers: enough to fill batches, few enough for an endless input


def read_lines(descriptor: int) -> Iterator[bytes]:
    """Yield the lines of a file as soon as they are there, without their ends.

    It is read without Python's buffer, whose lock a thread that still waits at the end of the process would hold.
    """
    begun: list[bytes] = []
    while block := os.read(descriptor, 65_536):
        first, *others = block.split(b"\n")
        begun.append(first)
        for line in others:
            yield b"".join(begun)
            begun = [line]
    if b"".join(begun):
        yield b"".join(begun)


def answer_lines(lines: Iterable[bytes], ask: "Callable[[str], Future[Answer]]") -> Iterator[str]:
    """Yield the JSON of each line's answer; one with "error" where it is no question, or the index cannot be read.

    Raises OSError, after the answers to what was read before, if the lines cannot be read.
    """
    waiting: Queue[tuple[str, Future[Answer] | QuestionError] | OSError | None] = Queue(_AHEAD)

    def read() -> None:
        try:
            for line in lines:
                text = line.decode(errors="replace").rstrip("\r\n")
                try:
                    waiting.put((text, ask(clean_question(text))))
                except QuestionError as error:
                    waiting.put((text, error))
        except OSError as error:
            waiting.put(error)
        finally:
            waiting.put(None)

    threading.Thread(target=read, name="questions", daemon=True).start()
    while (item := waiting.get()) is not None:
        if isinstance(item, OSError):
            raise item
        text, asked = item
        try:
            yield error_json(text, str(asked)) if isinstance(asked, QuestionError) else answer_json(asked.result())
        except IndexUnusableError as error:  # a database may come back
            yield error_json(text, str(error))

"""Who speaks in an interview or a transcript: the labels before its turns, and whose turns only ask."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass

from retrieval.values import Document, Sentence

_TURN = re.compile(  # "**Ana Lim:** Yes.", "LENA FARROW (Halden Post): Will anyone resign?", "Q: And then?"
    r"^[ \t]*(?:>[ \t]*)*[*_]{0,3}(?P<label>[^\W\d_a-z][^\n:*_?!|\d]{0,59}?)"
    r"[ \t]*[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]+(?=\S)",
    re.MULTILINE,
)
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)
_ASKS = {"q", "question", "questions", "t", "tanya", "pertanyaan"}
_ANSWERS = {"a", "answer", "j", "jawab", "jawaban"}
_LEAST_SPEAKERS = 2
_LEAST_TURNS = 2  # of each of them
_AROUND = 20_000  # characters on each side, in which turns are looked for
_NAME = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one speaker says without a break, from its label on: `text[start:end]` of a document."""

    label: str
    start: int
    end: int


class Speakers:
    """Those who speak around a sentence of a document; nobody where it is no interview and no transcript.

    It is one if several labels stand before several turns each: at the head of minutes each label stands once.
    """

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self._turns = _turns(document, sentence)
        self._starts = [turn.start for turn in self._turns]
        self._asking = _who_only_asks(document, self._turns)

    def of(self, sentence: Sentence) -> str:
        """Return who says a sentence, by the label of its turn; nothing if nobody is named."""
        turn = self._turn(sentence)
        return turn.label if turn and turn.label.casefold() not in _ASKS | _ANSWERS else ""

    def before(self, sentence: Sentence) -> str:
        """Return who says a sentence if its turn, and with it the label, begins with another one."""
        turn = self._turn(sentence)
        return self.of(sentence) if turn and turn.start < sentence.start else ""

    def asks(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is said by somebody who only asks the others."""
        turn = self._turn(sentence)
        return turn is not None and turn.label in self._asking

    def not_named_in(self, question: str) -> set[str]:
        """Return the labels of those whom a question does not name, if it names others, by any of their names."""
        asked = _names(question)
        labels = {turn.label for turn in self._turns}
        others = {label for label in labels if asked.isdisjoint(_names(label))}
        return others if others != labels else set()

    def _turn(self, sentence: Sentence) -> _Turn | None:
        number = bisect_right(self._starts, sentence.start) - 1
        turn = self._turns[number] if number >= 0 else None
        return turn if turn and sentence.start < turn.end else None


def _turns(document: Document, sentence: Sentence) -> list[_Turn]:
    """Return the turns around a sentence in order; each goes on to the next label or heading."""
    text = document.text
    begin, end = max(document.body, sentence.start - _AROUND), min(sentence.end + _AROUND, len(text))
    labels = [(match.start(), match["label"]) for match in _TURN.finditer(text, begin, end)]
    often = [label for label, count in Counter(label for _, label in labels).items() if count >= _LEAST_TURNS]
    if len(often) < _LEAST_SPEAKERS:
        return []
    headings = [match.start() for match in _HEADING.finditer(text, begin, end)] if document.markdown else []
    ends = sorted([*(start for start, _ in labels), *headings, end])
    return [_Turn(label, start, ends[bisect_right(ends, start)]) for start, label in labels]


def _who_only_asks(document: Document, turns: list[_Turn]) -> set[str]:
    """Return the labels most of whose turns ask something, and those that say it."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for turn in turns:
        asked[turn.label].append("?" in document.text[turn.start : turn.end])
    return {label for label, asks in asked.items() if label.casefold() in _ASKS or 2 * sum(asks) > len(asks)}


def _names(text: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(text)}

"""A part of a document that a question names by its number, sentence by sentence: "What does Article 5 say?" """

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from retrieval.index.protocols import Index
from retrieval.numbered_parts import KINDS, PartName, closes, label, order, same_number
from retrieval.questions.asked_part import AskedPart
from retrieval.values import Document, Hit, Passage, Reading, Sentence
from retrieval.words import has_each

NAMED = 0.9
"""The confidence in a part that a question names by its number."""
_MOST = 3  # documents that have such a part
_BEGINNING = 300  # characters of a document, which tell which one it is


def whole_part(asked: AskedPart, documents: Iterable[int], index: Index) -> list[Reading]:
    """Return the sentences of a part, of the first documents that have it, given by their numbers; none if none has.

    Those that call it as the question does come alone: "Pasal 5" or "Article 5". Of several the first sentence of each
    comes first.
    """
    found = [(called, part) for called, part in (_called(asked, number, index) for number in documents) if part]
    parts = [part for called, part in found if called.casefold() == asked.word] or [part for _, part in found]
    return [one for turn in zip_longest(*parts[:_MOST]) for one in turn if one]


def below_labels(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings, with the first sentence of a part for what calls it by its number, where there is one."""
    return [_below(one) if one.sentence.heading and label(one.hit.document, one.sentence) else one for one in readings]


def _below(reading: Reading) -> Reading:
    following = (one for one in reading.hit.passage.sentences if one.start > reading.sentence.start and not one.heading)
    first = next(following, None)
    return replace(reading, sentence=first, highlight=None) if first else reading


def _called(asked: AskedPart, number: int, index: Index) -> tuple[str, list[Reading]]:
    """Return what a document calls the part, and its sentences; none if it has none, or another one is meant."""
    document = index.document(number)
    head = f"{document.title}\n{document.id}\n{document.text[document.body : document.body + _BEGINNING]}"
    if not all(any(has_each(way, head, document.language) for way in ways) for ways in asked.document):
        return "", []
    rows = [(passage, sentence) for passage in index.passages_of(number) for sentence in passage.sentences]
    parts = _Parts(document, [sentence for _, sentence in rows])
    part = parts.named(asked.names)
    said = [_reading(document, *row) for row in rows[part.start : part.stop] if not row[1].heading]
    return parts.word_of(asked.names[0]), said


def _reading(document: Document, passage: Passage, sentence: Sentence) -> Reading:
    hit = Hit(passage, document, cosine=1.0, words=1.0, score=1.0)
    return Reading(hit, sentence, NAMED, in_document=NAMED, of_part=True)


class _Parts:
    """The parts of one document, as ranges of its sentences."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._labels = [label(document, sentence) for sentence in sentences]
        self._names = [one[0] if one else None for one in self._labels]
        self._kinds = [name.kind if name else "" for name in self._names]
        self._closing = [closes(document, sentence) for sentence in sentences]
        self._orders = [order(document, sentence) for sentence in sentences]

    def named(self, names: Sequence[PartName]) -> range:
        """Return the sentences of a part that is called by these names, from the outermost on; none if there is none.

        What only stands in a list is not called by its number alone where other parts are.
        """
        part = range(len(self._sentences))
        if names[0].kind not in KINDS and any(self._names):
            return range(0)
        for name in names:
            part = self._labelled(name, part) or self._ordered(name, part)
        return part

    def word_of(self, name: PartName) -> str:
        """Return the word with which a part is called by its number; nothing where there is none."""
        return next((called.split()[0] for other, called in filter(None, self._labels) if other.is_that_of(name)), "")

    def _labelled(self, name: PartName, part: range) -> range:
        """Return the sentences from the label of this name on, to the next of its kind, or of one that encloses it."""
        first = self._kinds.index(name.kind) if name.kind in self._kinds else 0
        ends = {"annex", name.kind, *self._kinds[:first]} - {""}
        for begin in part:
            there = self._names[begin]
            if there is not None and there.is_that_of(name):
                following = (one for one in part if one > begin and (self._kinds[one] in ends or self._closing[one]))
                return range(begin, next(following, part.stop))
        return range(0)

    def _ordered(self, name: PartName, part: range) -> range:
        """Return the sentences from the heading, or the item of a list, of this number on, to the next."""
        is_heading = name.kind in KINDS
        for begin in part:
            number = self._orders[begin]
            if self._sentences[begin].heading is is_heading and number and same_number(number, name.number):
                following = (one for one in part if one > begin and self._ends(begin, one))
                return range(begin, next(following, part.stop))
        return range(0)

    def _ends(self, begin: int, place: int) -> bool:
        """Tell whether what begins with a number ends before another place: not before what is numbered within it."""
        if self._closing[place]:
            return True
        own, other, heading = self._orders[begin], self._orders[place], self._sentences[place].heading
        if self._sentences[begin].heading:
            return heading and bool(self._kinds[place] or (other and not other.startswith(f"{own}.")))
        return heading or bool(self._kinds[place]) or (other != "" and other.isalpha() == own.isalpha())

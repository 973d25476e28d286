"""How sure that is which is looked up where a question names it, and a reading of it."""

from dataclasses import replace

from retrieval.values import Document, Hit, Passage, Reading, Sentence

LOOKED_UP = 0.9
"""The confidence in the one place that a question names: a cell by its column and row, a line, a part, a number."""
LESS_SURE = 0.7
"""The confidence where a word is left over, in a total, where no row is named; a sentence may say it as surely."""


def at_least(sure: float, reading: Reading, span: tuple[int, int] | None) -> Reading:
    """Return a reading that is at least so sure, with a span of the document marked."""
    confidence, in_document = max(reading.confidence, sure), max(reading.in_document, sure)
    return replace(reading, confidence=confidence, in_document=in_document, highlight=span)


def looked_up_at(document: Document, passage: Passage, sentence: Sentence, span: tuple[int, int] | None) -> Reading:
    """Return a sentence in which what a question asks for stands, at a span of the document if that is known."""
    return Reading(Hit.looked_up(passage, document), sentence, LOOKED_UP, span, in_document=LOOKED_UP)


def as_named(document: Document, passage: Passage, sentence: Sentence, span: tuple[int, int] | None = None) -> Reading:
    """Return a sentence of what a question names, to hear all of it, with a span of the document marked."""
    return replace(looked_up_at(document, passage, sentence, span), as_named=True)

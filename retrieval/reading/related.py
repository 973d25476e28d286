"""What does not answer, but may speak of the subject."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.values import Reading

SUBJECT_CONFIDENCE = 0.2
"""A reading's confidence from which on documents speak of a question's subject."""


def related_last(readings: Sequence[Reading], others: Sequence[Reading]) -> list[Reading]:
    """Return readings with some of them last: they do not answer, but may speak of the subject."""
    return [*(one for one in readings if one not in others), *map(as_related, others)]


def as_related(reading: Reading) -> Reading:
    """Return a reading as one that does not answer, but may speak of the subject."""
    return replace(reading, confidence=min(reading.confidence, SUBJECT_CONFIDENCE), in_document=0.0)

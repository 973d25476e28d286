"""The day of a document does not answer when something happened: "Tanggal: 26 Februari 2026"."""

from collections.abc import Sequence

from retrieval.questions.cues import asks_when
from retrieval.ruling_out.related import related_last
from retrieval.text.own_date import is_own_date
from retrieval.values import Reading


def without_own_dates(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put last, as no answer, lines that say only of what day a document is, if something else is asked for."""
    asked = asks_when(question)
    own = [one for one in readings if asked and is_own_date(question, one.hit.document, one.sentence)]
    return related_last(readings, own)

"""The day of a document does not answer when something happened: "Tanggal: 26 Februari 2026"."""

from collections.abc import Sequence

from retrieval.questions.own_date import is_own_date
from retrieval.values import Reading


def own_dates(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return, as no answers, lines that say only of what day a document is, if something else is asked for."""
    return [one for one in readings if is_own_date(question, one.hit.document, one.sentence)]

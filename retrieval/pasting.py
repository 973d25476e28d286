"""A sentence, or a part of one, that somebody pastes to find where it stands."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.markup import visible_text
from retrieval.values import Reading
from retrieval.words import stems

_NO_LANGUAGE = ""  # words as they are
_WHOLE, _PART = 4, 8
"""Words from which on a whole sentence, and a part of one, is no question that the document happens to say."""


def pasted_only(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the sentences that a question consists of, whole ones first, as sure as can be; all readings if none.

    Marks and the case of letters do not count. A sentence that asks is not looked for, but answered.
    """
    words = stems(question, _NO_LANGUAGE)
    if len(words) < _WHOLE:
        return list(readings)
    wholes, parts = [], []
    for reading in readings:
        seen = visible_text(reading.text, markdown=reading.hit.document.markdown)
        there = stems(seen, _NO_LANGUAGE)
        if seen.endswith("?"):
            continue
        if there == words:
            wholes.append(reading)
        elif len(words) >= _PART and f" {' '.join(words)} " in f" {' '.join(there)} ":
            parts.append(reading)
    found = [replace(reading, confidence=1.0, highlight=None) for reading in (*wholes, *parts)]
    return found or list(readings)

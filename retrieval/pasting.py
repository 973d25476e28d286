"""A sentence, or a part of one, that somebody pastes to find where it stands, or to ask who said it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.markup import visible_text
from retrieval.values import Reading
from retrieval.words import stems

_NO_LANGUAGE = ""  # words as they are
_WHOLE, _PART = 4, 8
"""Words from which on a whole sentence, and a part of one, is no question that the document happens to say."""
_SAID, _QUOTED = 4, 3  # words of a part, where the question asks who said it, or sets it in quotation marks
_OPENING, _CLOSING = "[\"“„«‘']", "[\"”“»’']"
_IN_MARKS = re.compile(rf"{_OPENING}(?P<words>.+){_CLOSING}\W*\Z", re.DOTALL)
_WHO_SAID = re.compile(
    r"(?:who|siapa(?:kah)?)\s+(?:(?:was|is) it (?:that|who)\s+|yang\s+|has\s+|had\s+|pernah\s+)*"
    r"(?:said|says|say|told|wrote|declared|claimed|mengatakan|berkata|bilang|menyatakan|menulis|menyebut)\b"
    r"(?:\s+(?:that|bahwa))?[\s:,]*(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)


def pasted_only(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the sentences that a question consists of, whole ones first, as sure as can be; all readings if none.

    Marks and the case of letters do not count. A sentence that asks is not looked for, but answered.
    """
    pasted, part = _pasted(question)
    words = stems(pasted, _NO_LANGUAGE)
    if len(words) < min(part, _WHOLE):
        return list(readings)
    wholes, parts = [], []
    for reading in readings:
        seen = visible_text(reading.text, markdown=reading.hit.document.markdown)
        there = stems(seen, _NO_LANGUAGE)
        if seen.endswith("?"):
            continue
        if there == words:
            wholes.append(reading)
        elif len(words) >= part and f" {' '.join(words)} " in f" {' '.join(there)} ":
            parts.append(reading)
    found = [replace(reading, confidence=1.0, highlight=None) for reading in (*wholes, *parts)]
    return found or list(readings)


def _pasted(question: str) -> tuple[str, int]:
    """Return what a question may have pasted, and how many words of a part are enough."""
    said = _WHO_SAID.match(question)
    text = said["words"] if said else question
    marked = _IN_MARKS.match(text)
    if marked:
        return marked["words"], _QUOTED
    return text, _SAID if said else _PART

"""A sentence, or a part of one, that somebody pastes to find where it stands, or to ask who said it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.denials import denied
from retrieval.headings import stands_as_heading
from retrieval.markup import visible_text
from retrieval.questions.chat_spelling import written_out
from retrieval.questions.question_parts import ASKS
from retrieval.quotations import quoted_by, said_within
from retrieval.values import Reading
from retrieval.words import stems

_NO_LANGUAGE = ""  # words as they are
_WHOLE, _PART = 4, 7
"""Words from which on a whole sentence, and a part of one, is no question that the document happens to say."""
_SAID, _QUOTED = 4, 3  # words of a part, where the question asks who said it, or sets it in quotation marks
_OPENING, _CLOSING = "[\"“„«‘']", "[\"”“»’']"
_IN_MARKS = re.compile(rf"{_OPENING}(?P<words>.+){_CLOSING}\W{{0,9}}\Z", re.DOTALL)
_WHO_SAID = re.compile(  # a quote, and not whoever said something of it
    r"(?:who|siapa(?:kah)?)\s+(?:(?:was|is) it (?:that|who)\s+|yang\s+|has\s+|had\s+|pernah\s+)*"
    r"(?:said|says|mengatakan|berkata|bilang)\b(?:\s+(?:that|bahwa)\b|\s*:)?\s*(?P<words>.+)",
    re.IGNORECASE | re.DOTALL,
)


def pasted_only(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the sentences that a question consists of, whole ones first, as sure as can be; all readings if none.

    Marks and the case of letters do not count. A sentence that asks is not looked for, but answered, and so is what
    stands as a heading. Where it is asked who said something, that is marked.
    """
    said = _WHO_SAID.match(question)
    text = said["words"] if said else question
    marked = _IN_MARKS.match(text)
    words = stems(written_out(marked["words"] if marked else text), _NO_LANGUAGE)
    part = _QUOTED if marked else _SAID if said else _PART
    asks_itself = not marked and not said and ASKS.match(text) is not None  # "who was …" is also a part of a sentence
    if len(words) < min(part, _WHOLE):
        return list(readings)
    wholes, parts = [], []
    for reading in readings:
        seen = visible_text(reading.text, markdown=reading.hit.document.markdown)
        there = stems(written_out(seen), _NO_LANGUAGE)
        asks = seen.endswith("?")
        if asks or stands_as_heading(reading.hit.document, reading.sentence) or (said and _denies(reading, words)):
            continue
        if there == words:
            within = said_within(reading.hit.document, reading.sentence) if said else None
            wholes.append(replace(reading, confidence=1.0, highlight=within))
        elif len(words) >= part and not asks_itself and f" {' '.join(words)} " in f" {' '.join(there)} ":
            parts.append(replace(reading, confidence=1.0, highlight=_speaker(reading) if said else None))
    return [*wholes, *parts] or list(readings)


def _denies(reading: Reading, words: Sequence[str]) -> bool:
    """Tell whether a reading's sentence says that what these words tell is not so."""
    texts = (reading.hit.document.text[slice(*span)] for span in denied(reading))
    return any(f" {' '.join(words)} " in f" {' '.join(stems(written_out(text), _NO_LANGUAGE))} " for text in texts)


def _speaker(reading: Reading) -> tuple[int, int] | None:
    """Return where a reading's sentence tells who says a part of it: beside what it quotes, or as it was read."""
    document, sentence = reading.hit.document, reading.sentence
    within = said_within(document, sentence)
    return within or (None if quoted_by(document, sentence) else reading.highlight)

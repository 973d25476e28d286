"""The line below a heading that a question names by its label and the heading: "Room: 214" of "Maritime History".

A reading model sees the labels of several such lists side by side, and takes one of another heading.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.named_cell import LOOKED_UP
from retrieval.markup import visible_text
from retrieval.questions.asked_cell import asked_cell
from retrieval.questions.cues import asked_kind_is_there
from retrieval.table_rows import headings_above
from retrieval.values import Reading
from retrieval.words import stems

LABELLED = re.compile(
    r"[*_]{0,3}(?P<label>[^\W\d_][^\s:|;*_]*(?: [^\s:|;*_]+){0,2})(?::[*_]{0,3}|[*_]{1,3}:)[ \t]+"
    r"(?P<value>[^\s:;|][^\n]*)"
)
"""A line that says of what its value is: "Room: 214"."""
_ASKS_ELSE = re.compile(r"\W*(?:and |dan )?(?:where|why|di ?mana|mengapa|kenapa)\b", re.IGNORECASE)
_MAY_ANSWER = 0.5  # confidence of a sentence without a label


def labelled(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the line first that a question names, its value marked; of a document one, or none.

    Nor is it where a sentence of the document may answer, which may be of a later day.
    """
    found = [(reading, match) for reading in readings if (match := _named_by(question, reading))]
    counts = Counter(reading.hit.document.id for reading, _ in found)
    told = (one for one in readings if one.confidence >= _MAY_ANSWER and not LABELLED.fullmatch(one.text))
    others = {one.hit.document.id for one in told}
    named = [one for one in found if counts[id := one[0].hit.document.id] == 1 and id not in others]
    first = [
        replace(
            one,
            confidence=max(one.confidence, LOOKED_UP),
            in_document=max(one.in_document, LOOKED_UP),
            highlight=(one.sentence.start + match.start("value"), one.sentence.start + match.end("value")),
        )
        for one, match in named
    ]
    moved = {(one.hit.document.id, one.sentence.start) for one in first}
    return [*first, *(one for one in readings if (one.hit.document.id, one.sentence.start) not in moved)]


def _named_by(question: str, reading: Reading) -> re.Match[str] | None:
    """Match a labelled line if a question has all words of its label and of the heading above it, and no others.

    Its value has to be of the kind that is asked for; "where" and "why" ask for something else than a label says.
    """
    document = reading.hit.document
    match = LABELLED.fullmatch(reading.text)
    above = headings_above(document, reading.hit.passage, reading.sentence) if match else []
    if match is None or not above or _ASKS_ELSE.match(question) or asked_kind_is_there(question, match["value"]) < 0:
        return None
    asked = asked_cell(question.removesuffix(f", {document.title}?"))
    label, heading = match["label"], visible_text(above[-1], markdown=document.markdown)
    for name in (label, heading):
        if len(asked.had(name, document.language)) < len(set(stems(name, document.language))):
            return None
    known = asked.had("\n".join((label, document.title, *above)), document.language)
    return match if len(known) == len(asked.words) else None

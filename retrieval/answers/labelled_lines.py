"""The line below a heading that a question names by its label and the heading: "Room: 214" of "Maritime History".

A reading model sees the labels of several such lists side by side, and takes one of another heading.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.table_cells import LOOKED_UP
from retrieval.markup import visible_text
from retrieval.questions.asked_cell import asked_cell
from retrieval.table_rows import headings_above
from retrieval.values import Reading
from retrieval.words import stems

LABELLED = re.compile(
    r"[*_]{0,3}(?P<label>[^\W\d_][^:\n|;*_]{0,40})(?::[*_]{0,3}|[*_]{1,3}:)[ \t]+(?P<value>[^\s:;|][^\n]*)"
)
"""A line that says of what its value is: "Room: 214"."""


def labelled(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the line first that a question names, its value marked; of a document one, or none."""
    found = [(reading, match) for reading in readings if (match := _named_by(question, reading))]
    counts = Counter(reading.hit.document.id for reading, _ in found)
    named = {id(reading): match for reading, match in found if counts[reading.hit.document.id] == 1}
    first = [
        replace(
            reading,
            confidence=max(reading.confidence, LOOKED_UP),
            in_document=max(reading.in_document, LOOKED_UP),
            highlight=(reading.sentence.start + match.start("value"), reading.sentence.start + match.end("value")),
        )
        for reading in readings
        if (match := named.get(id(reading)))
    ]
    return [*first, *(reading for reading in readings if id(reading) not in named)]


def _named_by(question: str, reading: Reading) -> re.Match[str] | None:
    """Match a labelled line if a question has all words of its label and of the heading above it, and no others."""
    document = reading.hit.document
    match = LABELLED.fullmatch(reading.text)
    above = headings_above(document, reading.hit.passage, reading.sentence).split("\n") if match else []
    if match is None or not above[-1]:
        return None
    asked = asked_cell(question.removesuffix(f", {document.title}?"))
    label, heading = match["label"], visible_text(above[-1], markdown=document.markdown)
    for name in (label, heading):
        if len(asked.had(name, document.language)) < len(set(stems(name, document.language))):
            return None
    known = asked.had("\n".join((label, document.title, *above)), document.language)
    return match if len(known) == len(asked.words) else None

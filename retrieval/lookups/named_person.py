"""Who somebody is whom a question names: "Who is Simon Tait?", by the line "Treasurer: Simon Tait".

A reading model takes a name beside the one that is asked for, or is not sure of so short a line.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.lookups.sure import LOOKED_UP
from retrieval.reading.related import related_last
from retrieval.text.headings import titles_above
from retrieval.text.labels import LABELLED, ends_sentence
from retrieval.text.names import FULL_NAME, NAME_WORD, names_had
from retrieval.text.offices import AN_OFFICE
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import TITLES
from retrieval.values import Reading

_ASKED = regex(
    rf"\W*(?i:and |dan )?(?i:who(?:[’']s| is| was)|siapa(?:kah)?(?: itu)?)\s+(?P<name>{NAME_WORD}(?: {NAME_WORD})*)\W*"
)
_NAME_WORD = regex(rf"{NAME_WORD}\W*")
_BETWEEN = regex(r"[,;(]\s*|\s(?:and|dan)\s")
_TITLE = regex(rf"\b(?:{'|'.join(TITLES)})\b\.?\s*", re.IGNORECASE)
_BEGINS_WITH_NAME = regex(rf"[\W_]*{FULL_NAME}")
_TELLS_NOTHING = frozenset(
    """name nama from to cc bcc by dari kepada tembusan oleh present absent apologies attendees attendance participants
    hadir peserta berhalangan""".split()
)


def asked_person(question: str) -> str:
    """Return the name of whom a question asks who that is; nothing if it asks for else, as for who holds an office."""
    asked = _ASKED.fullmatch(question)
    return asked["name"] if asked and not AN_OFFICE.search(asked["name"]) else ""


def person_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the lines first that say who somebody is, their labels marked.

    Of a last name alone it is one line, or none. What begins with others' names does not answer, if it is in full.
    """
    name = asked_person(question).split()
    if not name:
        return list(readings)
    told = [
        replace(one, confidence=LOOKED_UP, in_document=LOOKED_UP, highlight=label)
        for one in readings
        if (label := _label(name, one))
    ]
    in_full = len(name) > 1
    first = told if in_full or len(told) == 1 else []
    places = {one.place for one in first}
    rest = [one for one in readings if one.place not in places]
    return [*first, *related_last(rest, [one for one in rest if in_full and _is_of_others(name, one)])]


def _label(name: Sequence[str], reading: Reading) -> tuple[int, int] | None:
    """Return the span of the label of a line whose value is a name, or has it beside others; None if it is none."""
    line = None if ends_sentence(reading.text) else LABELLED.fullmatch(reading.text)
    if line is None or line["dash"] or line["label"].casefold() in _TELLS_NOTHING:
        return None
    if cells_of(reading.hit.document, reading.sentence):
        return None
    named = (_TITLE.sub("", one).split() for one in _BETWEEN.split(line["value"]))
    start, end = line.span("label")
    is_told = any({*name} <= {*words} and all(map(_NAME_WORD.fullmatch, words)) for words in named)
    return (reading.sentence.start + start, reading.sentence.start + end) if is_told else None


def _is_of_others(name: Sequence[str], reading: Reading) -> bool:
    """Tell whether a sentence begins with a name, and has no word of the one that is asked for; nor have its headings.

    Of 55 such questions of public sets whose answer is known, none loses it.
    """
    around = "\n".join([reading.text, *titles_above(reading)])
    return _BEGINS_WITH_NAME.match(reading.text) is not None and not names_had(around, name)

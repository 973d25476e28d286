"""What a live report, a log or a programme has of an hour that a question names: "What happened at 12.20?"

A day may be named with it: then it is that of the line, or of the heading above it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.text.day_entries import day_above, entries_of
from retrieval.text.days import DAY_OR_WEEKDAY, Day, day_of, days_in, in_words
from retrieval.text.headings import beginning_of
from retrieval.text.hours import HOUR
from retrieval.text.languages import question_language
from retrieval.text.patterns import regex
from retrieval.text.words import has_each, subject_stems
from retrieval.values import Document, Reading

_ON = r",? (?:(?:on|pada|hari|tanggal|tgl\.?) )*"
_ASKED = regex(
    r"(?:what(?: all| else)? (?:happen(?:s|ed)|took place|was (?:reported|said)|will happen|is|was)(?: on)?"
    r"|what[’']s on|apa (?:saja )?(?:(?:yang|yg) )?(?:terjadi|dilaporkan)"
    r"|(?:ada )?(?:acara|kegiatan|agenda) apa(?: s?aja)?|ada apa)"
    rf"(?:{_ON}(?P<first>{DAY_OR_WEEKDAY}))?,? (?:at|pada pukul|pada jam|pukul|jam) (?P<hour>{HOUR})"
    rf"(?:{_ON}(?P<last>{DAY_OR_WEEKDAY}))?"
    r"(?: (?:at|in|of|during|di) (?P<name>(?!(?:the )?(?:morning|afternoon|evening|night|day|pagi|siang|sore|malam)\b)"
    r"[^\W\d][^\d?]{2,40}))?\W*",
    re.IGNORECASE,
)
_BEGINS = regex(rf"[\s>*_•|–-]*(?:pukul |jam |at )?(?P<hour>{HOUR})(?!\w)", re.IGNORECASE)
_BEGINNING = 300  # characters, in which a programme says of which day it is
_MOST = 3  # documents that have such an hour
_NOON = 12


@dataclass(frozen=True, slots=True)
class AskedHour:
    """An hour of which a question asks what happened, in minutes of the day, on a day or, without one, on any.

    `name` says where, or of what: "what happens at 9.00 at the fair?"
    """

    minutes: int
    day: Day | None
    name: str


def asked_hour(question: str) -> AskedHour | None:
    """Return the hour of which a question asks what happened; None if it asks for else."""
    asked = _ASKED.fullmatch(in_words(question.strip(), day_first=question_language(question) == "id"))
    if asked is None:
        return None
    return AskedHour(_minutes(asked["hour"]), day_of(asked["first"] or asked["last"] or ""), asked["name"] or "")


def whole_hour(asked: AskedHour, documents: Iterable[int], index: Index) -> list[Reading]:
    """Return what stands behind or below an hour in the first documents that have it, given by their numbers.

    What is named has to stand in their title or at their beginning.
    """
    name = subject_stems(asked.name)
    found = (_said_at(asked, number, index) for number in documents if _is_named(name, index.document(number)))
    return [one for said in islice(filter(None, found), _MOST) for one in said]


def _said_at(asked: AskedHour, number: int, index: Index) -> list[Reading]:
    document, is_below, said = index.document(number), False, []
    for passage in index.passages_of(number):
        for sentence in passage.sentences:
            hour = _BEGINS.match(document.text_of(sentence))
            is_then = hour is not None and _minutes(hour["hour"]) == asked.minutes
            if sentence.heading:
                is_below = is_then
            elif is_then or (is_below and hour is None):
                said.append(as_named(document, passage, sentence))
    return _of_day(asked.day, document, said) if said and asked.day else said


def _is_named(name: Sequence[frozenset[str]], document: Document) -> bool:
    return has_each(name, beginning_of(document, _BEGINNING), document.language)


def _of_day(day: Day, document: Document, said: Sequence[Reading]) -> list[Reading]:
    """Return what stands below a day, or, where no line is a day, all if the document's beginning has it."""
    entries = list(entries_of(document, day))
    head = beginning_of(document, _BEGINNING)
    is_at_head = any(one.first == one.last and day.meets(one) for one in days_in(head))
    return [
        one
        for one in said
        if any(start <= one.sentence.start < end for start, end in entries)
        or (is_at_head and not day_above(document, one.sentence))
    ]


def _minutes(hour: str) -> int:
    """Return the minutes of a day that lie before an hour: of "4.15 pm" 975."""
    hours, *minutes = map(int, re.findall(r"\d+", hour))
    half = re.search(r"[ap](?=\.?m)", hour, re.IGNORECASE)
    after_noon = half is not None and half[0].casefold() == "p"
    return (hours % _NOON + _NOON * after_noon if half else hours) * 60 + (minutes[0] if minutes else 0)

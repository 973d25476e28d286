"""What a live report, a log or a programme has of an hour that a question names: "What happened at 12.20?" """

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from retrieval.index.protocols import Index
from retrieval.lookups.whole_parts import as_named
from retrieval.text.hours import HOUR
from retrieval.values import Reading

_ASKED = re.compile(
    r"(?:what(?: all| else)? (?:happen(?:s|ed)|took place|was (?:reported|said)|will happen|is|was)(?: on)?"
    r"|what[’']s on|apa (?:saja )?(?:(?:yang|yg) )?(?:terjadi|dilaporkan)"
    r"|(?:ada )?(?:acara|kegiatan|agenda) apa(?: s?aja)?|ada apa)"
    rf" (?:at|pada pukul|pada jam|pukul|jam) (?P<hour>{HOUR})\W*",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"[\s>*_•|–-]*(?:pukul |jam |at )?(?P<hour>{HOUR})(?!\w)", re.IGNORECASE)
_MOST = 3  # documents that have such an hour
_NOON = 12


def asked_hour(question: str) -> int | None:
    """Return the hour of which a question asks what happened, in minutes of the day; None if it asks for else."""
    asked = _ASKED.fullmatch(question.strip())
    return _minutes(asked["hour"]) if asked else None


def whole_hour(minutes: int, documents: Iterable[int], index: Index) -> list[Reading]:
    """Return what stands behind or below an hour in the first documents that have it, given by their numbers."""
    found = (list(_said_at(minutes, number, index)) for number in documents)
    return [one for said in islice(filter(None, found), _MOST) for one in said]


def _said_at(minutes: int, number: int, index: Index) -> Iterator[Reading]:
    document, is_below = index.document(number), False
    for passage in index.passages_of(number):
        for sentence in passage.sentences:
            hour = _BEGINS.match(document.text_of(sentence))
            is_then = hour is not None and _minutes(hour["hour"]) == minutes
            if sentence.heading:
                is_below = is_then
            elif is_then or (is_below and hour is None):
                yield as_named(document, passage, sentence)


def _minutes(hour: str) -> int:
    """Return the minutes of a day that lie before an hour: of "4.15 pm" 975."""
    hours, *minutes = map(int, re.findall(r"\d+", hour))
    half = re.search(r"[ap](?=\.?m)", hour, re.IGNORECASE)
    after_noon = half is not None and half[0].casefold() == "p"
    return (hours % _NOON + _NOON * after_noon if half else hours) * 60 + (minutes[0] if minutes else 0)

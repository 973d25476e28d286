"""The hours of other days of the week than a question names do not answer it, but what is said of that day."""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.reading.once import one_a_sentence
from retrieval.reading.related import related_last
from retrieval.text.dates import WEEKDAY, weekday_number
from retrieval.text.paragraphs import paragraph_begin, paragraph_end
from retrieval.values import Reading

_ASKS_HOURS = re.compile(
    r"\b(?:(?:di)?buka|tutup|libur|jam|pukul|open|clos(?:e[sd]?|ing)|hours?|times?)\b", re.IGNORECASE
)
_ASKED_DAY = re.compile(
    rf"\b(?P<day>{WEEKDAY})s?\b(?! (?:ini|depan|lalu|ke|pertama|kedua|this|next|last))", re.IGNORECASE
)
_MANY_WEEKS = re.compile(r"\b(?:se|per|\d+ |berapa |tiap |setiap |dalam )minggu\b", re.IGNORECASE)
_TO = r"\s*(?:sampai(?: dengan)?|hingga|s\.?d\.?|to|through|until|[-–—/])\s*"
_DAYS = re.compile(rf"\b(?P<first>{WEEKDAY})s?(?:{_TO}(?P<last>{WEEKDAY})s?)?\b", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:daily|every ?day|except|kecuali|(?:setiap|tiap) hari|24 jam|24 hours)\b", re.IGNORECASE)
_HOUR = re.compile(r"\d{1,2}[.:]\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)
_WEEK = 7


def asked_weekday_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return readings, in the place of one with the hours of other days a sentence of its paragraph on the asked day.

    "Senin sampai Kamis" is also of Wednesday.
    """
    days = {weekday_number(match["day"]) for match in _ASKED_DAY.finditer(question)}
    if len(days) != 1 or not _ASKS_HOURS.search(question) or _MANY_WEEKS.search(question):
        return list(readings)
    [day] = days
    instead = {one.place: _of_day(day, one) for one in readings if _is_of_other_days(day, one.text)}
    told = one_a_sentence(filter(None, (instead.get(one.place, one) for one in readings)))
    left = [one for one in readings if instead.get(one.place, one) is None]
    return related_last([*told, *left], left)


def _is_of_other_days(day: int, text: str) -> bool:
    days = _days_in(text)
    return bool(days) and day not in days and not _OF_ALL.search(text) and _HOUR.search(text) is not None


def _of_day(day: int, reading: Reading) -> Reading:
    """Return the sentence of a reading's paragraph that names a day of the week, as sure as the reading, or else this.

    That something is open on other days tells also that it is not on that one.
    """
    document, sentence, passage = reading.hit.document, reading.sentence, reading.hit.passage
    begin = paragraph_begin(document.text, passage.start, sentence.start)
    end = paragraph_end(document.text, sentence.start, passage.end)
    for other in passage.sentences:
        if begin <= other.start and other.end <= end and not other.heading and day in _days_in(document.text_of(other)):
            return replace(reading, sentence=other, highlight=None)
    return reading


def _days_in(text: str) -> set[int]:
    """Return the days of the week that a text names, and those between two of them: "Monday to Friday"."""
    found = set()
    for match in _DAYS.finditer(text):
        first = weekday_number(match["first"])
        last = weekday_number(match["last"]) if match["last"] else first
        found |= {(first + step) % _WEEK for step in range((last - first) % _WEEK + 1)}
    return found

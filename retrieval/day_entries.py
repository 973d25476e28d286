"""Entries below lines that are only a day, as a timeline, a log or a diary has them: whose day is that of an entry."""

import re
from collections.abc import Iterator

from retrieval.dates import MONTH, WEEKDAY, month_number
from retrieval.values import Document, Sentence

DAY = (
    rf"(?P<day>(?:{WEEKDAY},?\s+)?"
    rf"(?:(?P<first>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{MONTH})|(?P<month_first>{MONTH})\s+(?P<second>\d\d?)(?:st|nd|rd|th)?)"
    r"\b(?:,?\s+(?P<year>(?:1[89]|20)\d\d))?|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))"
)
"""A day of a month, in words or as ISO 8601 has it, whatever the case of its letters."""
_LINE = re.compile(rf"^[ \t#>*_-]*{DAY}[ \t*_:.]*$", re.IGNORECASE | re.MULTILINE)
_FAR = 20_000  # characters up to which an entry may go on
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_IN_CAPITALS = re.compile(r"^(?=[^\n]*[A-Z]{3})[^a-z\d\n.:]{3,80}$", re.MULTILINE)  # a heading of plain text


def is_day_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is only a day, and one of several that are, each above its entry."""
    if not _LINE.fullmatch(document.text[sentence.start : sentence.end]):
        return False
    begin, end = max(document.body, sentence.start - _FAR), sentence.end + _FAR
    return _LINE.search(document.text, sentence.end, end) is not None or (
        _LINE.search(document.text, begin, max(begin, sentence.start - 1)) is not None
    )


def day_above(document: Document, sentence: Sentence) -> str:
    """Return the day of the entry in which a sentence stands, as its document has it; nothing if it stands in none.

    Nor does it below the only such line, the document's own day, or behind a heading.
    """
    begin, end = max(document.body, sentence.start - _FAR), sentence.end + _FAR
    within = (day for day, start, stop in _entries(document, begin, end) if start <= sentence.start < stop)
    return next((day["day"] for day in within), "")


def entries_of(document: Document, asked: re.Match[str]) -> list[tuple[int, int]]:
    """Return the spans of the entries of a day, a match of DAY; a day without a year is that of any year."""
    days = _entries(document, document.body, len(document.text))
    return [(start, stop) for day, start, stop in days if _same_day(asked, day)]


def _entries(document: Document, begin: int, end: int) -> Iterator[tuple[re.Match[str], int, int]]:
    """Yield the days above entries between two places, with the spans of these, up to the next day or heading."""
    lines = list(_LINE.finditer(document.text, begin, end))
    if len(lines) == 1:
        return
    for number, line in enumerate(lines):
        if number == 0 and document.date == "-".join(_numbers(line)):  # that of the document
            continue
        stop = lines[number + 1].start() if number + 1 < len(lines) else end
        heading = (_HEADING if document.markdown else _IN_CAPITALS).search(document.text, line.end(), stop)
        yield line, line.end(), heading.start() if heading else stop


def _same_day(one: re.Match[str], other: re.Match[str]) -> bool:
    (year, *day), (other_year, *other_day) = _numbers(one), _numbers(other)
    return day == other_day and (year == other_year or not (year and other_year))


def _numbers(day: re.Match[str]) -> tuple[str, str, str]:
    """Return the year, the month and the day of a match of DAY, as ISO 8601 has them; no year where it says none."""
    if day["iso"]:
        year, month, number = day["iso"].split("-")
        return year, month, number
    number = (day["first"] or day["second"]).zfill(2)
    return day["year"] or "", month_number(day["month"] or day["month_first"]), number

"""Entries below lines that are only a day, as a timeline, a log or a diary has them: whose day is that of an entry."""

import re
from collections.abc import Iterator

from retrieval.text.dates import MONTH, MONTH_NUMBERS, WEEKDAY_FORM, month_number, weekday_names, weekday_number
from retrieval.values import Document, Sentence

DAY = (
    rf"(?P<day>(?:(?P<weekday>{WEEKDAY_FORM})\b\.?,?\s+)?"
    rf"(?:(?P<first>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{MONTH})|(?P<month_first>{MONTH})\s+(?P<second>\d\d?)(?:st|nd|rd|th)?)"
    r"\b(?:,?\s+(?P<year>(?:1[89]|20)\d\d))?|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"
    rf"|(?P<only_weekday>{WEEKDAY_FORM})\b\.?)"
)
"""A day of a month, in words or as ISO 8601 has it, or only of the week, whatever the case of its letters."""
_OF_SEVERAL = r"(?:day|hari)(?: ke-?)? ?\d\d?"  # "Day 2: Saturday, 19 July"
_LINE = re.compile(
    rf"^[ \t#>*_-]*(?:{_OF_SEVERAL}[ \t]*[:,–—-][ \t]+)?{DAY}[ \t]*(?:\({_OF_SEVERAL}\))?[ \t*_:.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ON = r"(?:(?:on|(?:pada )?hari|pada)\s+)?"
_BEGINS = re.compile(rf"[\s#>*_•-]*{_ON}{DAY}[\s*_]*[:–—-]", re.IGNORECASE)
_UP_TO = r"\s*(?:[–—:/&-]|(?:to|until|till|through|and|or|sampai|hingga|dan|s\.?d)\b)"
_TOLD_OF = re.compile(
    rf"{_ON}{DAY}(?!{_UP_TO}).*[.!?][\"”’)]*", re.IGNORECASE | re.DOTALL
)  # "On Tuesday a barn burned."
_HOUR = r"\d\d?(?:[.:]\d\d)?(?:\s*[ap]\.?m\.?)?"
_OPENING = re.compile(  # "Monday: closed"
    rf"\s*(?:closed|tutup|libur"
    rf"|(?:open|buka)?[\s:,]*{_HOUR}\s*(?:[–—-]|to|sampai|hingga|s\.?d\.?)\s*{_HOUR}(?:\s*wi(?:b|ta?))?)\W*",
    re.IGNORECASE,
)
_IN_CELL = re.compile(rf"[\s*_]*{DAY}[\s*_]*", re.IGNORECASE)
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


def begins_with_day(text: str, asked: re.Match[str]) -> bool:
    """Tell whether a text begins with a day, a match of DAY, as entries of one line do: "19 July: opening parade".

    Of a day of the week, sentences tell so, too: "On Tuesday a barn burned down."; hours of opening do not.
    """
    match = _BEGINS.match(text) or (_TOLD_OF.fullmatch(text) if asked["only_weekday"] else None)
    return match is not None and _same_day(asked, match) and not _OPENING.fullmatch(text, match.end())


def is_day(text: str, asked: re.Match[str]) -> bool:
    """Tell whether a text is that day, a match of DAY, and nothing else."""
    match = _IN_CELL.fullmatch(text)
    return match is not None and _same_day(asked, match)


def likely_places(text: str, asked: re.Match[str]) -> list[int]:
    """Return where a text may have that day, a match of DAY, in order."""
    _, month, day = _numbers(asked)
    if asked["only_weekday"]:
        pattern = rf"\b(?:{'|'.join(weekday_names(asked['only_weekday']))})"
    else:
        names = "|".join(name for name, number in MONTH_NUMBERS.items() if number == month)
        number = rf"(?<!\d)0?{day.lstrip('0')}"
        pattern = rf"{number}(?:st|nd|rd|th)?\s+(?:{names})|\b(?:{names})[a-z]*\s+{number}(?!\d)|-{month}-{day}(?!\d)"
    return [match.start() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _same_day(asked: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether a day is the one that is asked for; if that is one of the week, whether it is such a day."""
    if asked["only_weekday"]:
        name = other["only_weekday"] or other["weekday"]
        return bool(name) and weekday_number(name) == weekday_number(asked["only_weekday"])
    if other["only_weekday"]:
        return False
    (year, *day), (other_year, *other_day) = _numbers(asked), _numbers(other)
    return day == other_day and (year == other_year or not (year and other_year))


def _numbers(day: re.Match[str]) -> tuple[str, str, str]:
    """Return the year, the month and the day of a match of DAY, as ISO 8601 has them; none of which it does not say."""
    if day["iso"]:
        year, month, number = day["iso"].split("-")
        return year, month, number
    if day["only_weekday"]:
        return "", "", ""
    number = (day["first"] or day["second"]).zfill(2)
    return day["year"] or "", month_number(day["month"] or day["month_first"]), number

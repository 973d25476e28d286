"""Entries below lines that are only a day, as a timeline, a log or a diary has them: whose day is that of an entry."""

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.text.days import DAY, DAY_OR_WEEKDAY, Day, day_of, days_between
from retrieval.text.patterns import regex
from retrieval.values import Document, Sentence

_DAY = rf"(?P<day>{DAY_OR_WEEKDAY})"
_OF_SEVERAL = r"(?:day|hari)(?: ke-?)? ?\d\d?"  # "Day 2: Saturday, 19 July"
_UP_TO_DAY = rf"[ \t]*(?:[–—-]|to|sampai|hingga|s\.?/?d\.?)[ \t]*(?P<until>{DAY})"  # "28 April – 2 May 2026"
_LINE = regex(
    rf"^[ \t#>*_-]*(?:{_OF_SEVERAL}[ \t]*[:,–—-][ \t]+)?{_DAY}(?:{_UP_TO_DAY})?"
    rf"[ \t]*(?:\({_OF_SEVERAL}\))?[ \t\r*_:.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ON = r"(?:(?:on|(?:pada )?hari|pada)\s+)?"
_BEGINS = regex(rf"[\s#>*_•-]*{_ON}{_DAY}[\s*_]*[:–—-]", re.IGNORECASE)
_UP_TO = r"\s*(?:[–—:/&-]|(?:to|until|till|through|and|or|sampai|hingga|dan|s\.?d)\b)"
_TOLD_OF = regex(rf"{_ON}{_DAY}(?!{_UP_TO}).*[.!?][\"”’)]*", re.IGNORECASE | re.DOTALL)  # "On Tuesday a barn burned."
_HOUR = r"\d\d?(?:[.:]\d\d)?(?:\s*[ap]\.?m\.?)?"
_OPENING = regex(  # "Monday: closed"
    rf"\s*(?:closed|tutup|libur"
    rf"|(?:open|buka)?[\s:,]*{_HOUR}\s*(?:[–—-]|to|sampai|hingga|s\.?d\.?)\s*{_HOUR}(?:\s*wi(?:b|ta?))?)\W*",
    re.IGNORECASE,
)
_ITEM = regex(r"[ \t>]*(?:[*•–-][ \t]|(?:pukul |jam )?\d\d?[.:]\d\d\b)", re.IGNORECASE)
_FAR = 20_000  # characters up to which an entry may go on
_HEADING = regex(r"^#{1,6}[ \t]", re.MULTILINE)
_IN_CAPITALS = regex(r"^(?=[^\n]*[A-Z]{3})[^a-z\d\n.:]{3,80}$", re.MULTILINE)  # a heading of plain text


def is_day_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is only a day, and one of several that are, each above its entry."""
    if not _LINE.fullmatch(document.text_of(sentence)):
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
    return next((day.text for day in within), "")


def entries_of(document: Document, asked: Day) -> list[tuple[int, int]]:
    """Return the spans of the entries of a day; a day without a year is that of any year."""
    days = _entries(document, document.body, len(document.text))
    return [(start, stop) for day, start, stop in days if asked.meets(day)]


def begins_with_day(text: str, asked: Day) -> bool:
    """Tell whether a text begins with a day, as entries of one line do: "19 July: opening parade".

    Of a day of the week, sentences tell so, too: "On Tuesday a barn burned down."; hours of opening do not.
    """
    match = _BEGINS.match(text) or (None if asked.month else _TOLD_OF.fullmatch(text))
    day = day_of(match["day"]) if match else None
    if not (match and day and asked.meets(day)):
        return False
    return not _OPENING.fullmatch(text, match.end())


def _end_of_items(text: str, begin: int, end: int) -> int:
    """Return where the last entry ends: before a paragraph that is no item, if it begins with items, as a programme."""
    begun, after_blank = False, False
    for line in text[begin:end].splitlines(keepends=True):
        is_item = _ITEM.match(line) is not None
        if line.strip() and not is_item and (after_blank or not begun):
            return begin if begun else end
        begun |= is_item
        after_blank = not line.strip()
        begin += len(line)
    return end


def _alike(line: re.Match[str], other: re.Match[str]) -> bool:
    """Tell whether two lines have the same marks before them, as all days of a log have."""
    before, others = (each.string[each.start() : each.start("day")].strip() for each in (line, other))
    return bool(before) and before == others


def _entries(document: Document, begin: int, end: int) -> Iterator[tuple[Day, int, int]]:
    """Yield the days above entries between two places, with the spans of these, up to the next day or heading.

    Days of two months come one month after the other.
    """
    lines = list(_LINE.finditer(document.text, begin, end))
    if len(lines) == 1:
        return
    for number, line in enumerate(lines):
        day, until = day_of(line["day"]), day_of(line["until"] or "")
        if not day or (number == 0 and document.date == day.iso and not _alike(*lines[:2])):  # that of the document
            continue
        is_last = number + 1 == len(lines)
        stop = _end_of_items(document.text, line.end(), end) if is_last else lines[number + 1].start()
        heading = (_HEADING if document.markdown else _IN_CAPITALS).search(document.text, line.end(), stop)
        text = document.text[line.start("day") : line.end("until" if until else "day")]
        for one in days_between(day, until) if until else (day,):
            yield replace(one, text=text), line.end(), heading.start() if heading else stop

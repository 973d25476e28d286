"""Entries below lines that are only a day, as a timeline, a log or a diary has them: whose day is that of an entry."""

import re

from retrieval.dates import MONTH, WEEKDAY, month_number
from retrieval.values import Document, Sentence

_LINE = re.compile(
    rf"^[ \t#>*_-]*(?P<day>(?:{WEEKDAY},?\s+)?"
    rf"(?:(?P<first>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{MONTH})|(?P<month_first>{MONTH})\s+(?P<second>\d\d?)(?:st|nd|rd|th)?)"
    r"\b(?:,?\s+(?P<year>(?:1[89]|20)\d\d))?|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))[ \t*_:.]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FAR = 20_000  # characters up to which an entry may go on
_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)


def is_day_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is only a day, and one of several that are, each above its entry."""
    around = document.text[max(document.body, sentence.start - _FAR) : sentence.end + _FAR]
    line = document.text[sentence.start : sentence.end]
    return _LINE.fullmatch(line) is not None and sum(1 for _ in _LINE.finditer(around)) > 1


def day_above(document: Document, sentence: Sentence) -> str:
    """Return the day of the entry in which a sentence stands, as its document has it; nothing if it stands in none.

    Nor does it below the only such line, the document's own day, or behind a heading.
    """
    text = document.text
    above = list(_LINE.finditer(text, max(document.body, sentence.start - _FAR), sentence.start))
    if not above or (len(above) == 1 and not _LINE.search(text, sentence.end, sentence.end + _FAR)):
        return ""
    last = above[-1]
    is_headed = document.markdown and _HEADING.search(text, last.end(), sentence.start)
    is_own = len(above) == 1 and _is_day_of(document, last)
    return "" if is_headed or is_own or is_day_line(document, sentence) else last["day"]


def _is_day_of(document: Document, line: re.Match[str]) -> bool:
    """Tell whether the day of a line is the date of the document itself."""
    if line["iso"]:
        return line["iso"] == document.date
    month, day = line["month"] or line["month_first"], line["first"] or line["second"]
    return document.date == f"{line['year']}-{month_number(month)}-{int(day):02}"

"""Days as documents write them at their head and at their foot, and the places with which they stand."""

import re
from datetime import date

from retrieval.text.dates import MONTH, WEEKDAY, latest_day, month_number

DAY_ONLY = rf"\d\d?\s+{MONTH}\s+\d{{4}}"
DAY = (
    rf"(?:(?:{WEEKDAY}|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?),?\s+)?(?:(?P<day>\d\d?)(?:st|nd|rd|th)?\s+(?P<month>{MONTH})\.?,?"
    rf"|(?P<month_first>{MONTH})\.?\s+(?P<day_after>\d\d?)(?:st|nd|rd|th)?,?)\s+(?P<year>(?:1[89]|20)\d\d)\b"
)
_WRITTEN = re.compile(rf"(?<!\d){DAY}", re.IGNORECASE)
WORDS = r"(?: [\w.'’-]{1,20}){1,6}?"
TOWN = r"(?-i:[A-Z])[\w.'’-]{1,20}(?: (?-i:[A-Z])[\w.'’-]{1,20}){0,2}"
PLACE = rf"{TOWN},\s*"
_OLDEST = 1990  # year; the head of a file that somebody wrote tells no day before
_OF_HIJRA = re.compile(  # "12 Ramadan 1446 H / 12 Maret 2025 M": the day by the Islamic calendar beside the other
    rf"\b\d\d?\s+[^\W\d_][\w’' -]{{2,25}}\s1[34]\d\d\s?H\b\.?\s*+(?:(?:[/|,–-]|bertepatan dengan(?: tanggal)?)\s*+)?"
    rf"(?P<day>{DAY_ONLY})(?:\s?M\b\.?)?",
    re.IGNORECASE,
)
DEADLINE = re.compile(
    r":\s*\Z|\b(?:due|until|deadline|expir\w+|born|birth|closing date|your letter|wrote"
    r"|berlaku|tenggat|lahir|batas|jatuh tempo|surat saudara)\b",
    re.IGNORECASE,
)
OF_SOMETHING_ELSE = re.compile(rf"{DEADLINE.pattern}|\b(?:valid|opening|closing|reply)\b", re.IGNORECASE)
EVENT = re.compile(  # whose day stands below it, as in a list of facts
    r"[\s*_#|]*(?:[\w-]+ ){0,2}(?:opened|founded|established|completed|launched|inaugurated|beg[au]n|begins|starts?"
    r"|started|signed|dibuka|didirikan|diresmikan|dimulai|selesai)[\s*_|]*",
    re.IGNORECASE,
)


def written_day(text: str) -> str:
    """Return the day that a text is, such as "4 March 2024" and "Senin, 4 Maret 2024", as ISO 8601; else nothing."""
    match = _WRITTEN.fullmatch(text.strip())
    said = _said(match) if match else None
    return said.isoformat() if said else ""


def day_within(name: str) -> str:
    """Return the day that stands in a name, such as "Minutes 8 April 2025", as ISO 8601; nothing if none has come."""
    match = _WRITTEN.search(name)
    return past_day(match) if match else ""


def past_day(match: re.Match[str]) -> str:
    """Return the day that a match of DAY says, as ISO 8601; nothing for one that is still to come, or long ago."""
    return past(_said(match))


def past(day: date | None) -> str:
    """Return a day as ISO 8601; nothing for one that is still to come, or long ago."""
    return day.isoformat() if day and day.year >= _OLDEST and day <= latest_day() else ""


def day_of(year: str, month: str, day: str) -> date | None:
    """Return the day of these numbers; None if there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def without_hijra(text: str) -> str:
    """Return a text without days of the Islamic calendar that stand before the same day of the other."""
    return _OF_HIJRA.sub(r"\g<day>", text)


def _said(match: re.Match[str]) -> date | None:
    month, day = match["month"] or match["month_first"], match["day"] or match["day_after"]
    return day_of(match["year"], month_number(month), day)

"""Days as documents write them at their head and at their foot, and the places with which they stand."""

import re

from retrieval.text.dates import latest_day
from retrieval.text.days import DATED_DAY, Day, day_of
from retrieval.text.patterns import regex

DATED = rf"(?P<day>{DATED_DAY})"
_WITHIN = regex(rf"(?<!\d){DATED}", re.IGNORECASE)
WORDS = r"(?: [\w.'’-]{1,20}){1,6}?"
TOWN = r"(?-i:[A-Z])[\w.'’-]{1,20}(?: (?-i:[A-Z])[\w.'’-]{1,20}){0,2}"
PLACE = rf"{TOWN},\s*"
_OLDEST = "1990"  # year; the head of a file that somebody wrote tells no day before
_OF_HIJRA = regex(  # "12 Ramadan 1446 H / 12 Maret 2025 M": the day by the Islamic calendar beside the other
    rf"\b\d\d?\s+[^\W\d_][\w’' -]{{2,25}}\s1[34]\d\d\s?H\b\.?\s*+(?:(?:[/|,–-]|bertepatan dengan(?: tanggal)?)\s*+)?"
    rf"{DATED}(?:\s?M\b\.?)?",
    re.IGNORECASE,
)
DEADLINE = regex(
    r":\s*\Z|\b(?:due|until|deadline|expir\w+|born|birth|closing date|your letter|wrote"
    r"|berlaku|tenggat|lahir|batas|jatuh tempo|surat saudara)\b",
    re.IGNORECASE,
)
OF_SOMETHING_ELSE = regex(rf"{DEADLINE.pattern}|\b(?:valid|opening|closing|reply)\b", re.IGNORECASE)
EVENT = regex(  # whose day stands below it, as in a list of facts
    r"[\s*_#|]*(?:[\w-]+ ){0,2}(?:opened|founded|established|completed|launched|inaugurated|beg[au]n|begins|starts?"
    r"|started|signed|dibuka|didirikan|diresmikan|dimulai|selesai)[\s*_|]*",
    re.IGNORECASE,
)


def written_day(text: str) -> str:
    """Return the day that a text is, such as "4 March 2024" and "Senin, 4 Maret 2024", as ISO 8601; else nothing."""
    day = day_of(text.strip())
    return day.iso if day else ""


def day_within(name: str) -> str:
    """Return the day that stands in a name, such as "Minutes 8 April 2025", as ISO 8601; nothing if none has come."""
    match = _WITHIN.search(name)
    return past(day_of(match["day"])) if match else ""


def past(day: Day | None) -> str:
    """Return a day as ISO 8601; nothing for one that is still to come, or long ago."""
    return day.iso if day and _OLDEST <= day.iso <= latest_day().isoformat() else ""


def without_hijra(text: str) -> str:
    """Return a text without days of the Islamic calendar that stand before the same day of the other."""
    return _OF_HIJRA.sub(r"\g<day>", text)

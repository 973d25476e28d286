"""Days of a month as texts have them: "26 January 2027", "9–12 March", "January 26", "2027-01-26", "26/01/2027"."""

import re
from dataclasses import dataclass

from retrieval.text.dates import MONTH, MONTH_NAMES, WEEKDAY_FORM, month_number

_YEAR = r"(?P<year>(?:18|19|20)\d\d)(?!\d)"
_IN_FIGURES = re.compile(
    r"(?<![\d./-])(?:(?P<iso>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    rf"|(?P<first>\d\d?)(?P<sign>[./-])(?P<second>\d\d?)(?P=sign){_YEAR})(?![/-]?\d|\.\d)"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_TO = r"(?: ?[–-] ?| (?:to|and|sampai|hingga|dan|s\.?/?d\.?) )"
_IN_WORDS = re.compile(
    rf"(?:\b{WEEKDAY_FORM}\b\.?,? )?"
    rf"(?:(?<![\w.,/])(?P<first>\d\d?){_ORDINAL}(?:{_TO}(?P<last>\d\d?){_ORDINAL})?"
    rf" (?:of )?(?P<month>{MONTH})\b\.?"
    rf"|\b(?P<month_first>{MONTH})\b\.? (?P<day>\d\d?){_ORDINAL}(?![\w:]|[.,]\d))"
    rf"(?:,? {_YEAR})?",
    re.IGNORECASE,
)
_MONTHS, _DAYS = 12, 31


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, or the days from `first` to `last`; `year` is empty where none is said.

    `month` has two digits. `text` is how it is written.
    """

    first: int
    last: int
    month: str
    year: str
    text: str

    def is_within(self, other: "Day") -> bool:
        """Tell whether other days are, or may be, among these: a day without a year is that of any year."""
        same_year = self.year == other.year or not (self.year and other.year)
        return same_year and self.month == other.month and other.first <= self.first <= self.last <= other.last


def days_in(text: str) -> list[Day]:
    """Return the days that a text has in words, in order."""
    days = []
    for match in _IN_WORDS.finditer(text):
        first = int(match["first"] or match["day"])
        last = int(match["last"] or first)
        month = month_number(match["month"] or match["month_first"])
        days.append(Day(first, last, month, match["year"] or "", match[0]))
    return days


def is_day(text: str) -> bool:
    """Tell whether a text is a day in words, and nothing else."""
    return _IN_WORDS.fullmatch(text) is not None


def has_figures(text: str) -> bool:
    """Tell whether a text has a day in figures."""
    return _IN_FIGURES.search(text) is not None


def in_words(text: str, *, day_first: bool) -> str:
    """Return a text with its days in figures in words: "26 January 2027".

    What may be a day or a month stays as it is, unless the day is known to come first, as it does before full stops.
    """
    return _IN_FIGURES.sub(lambda match: _in_words(match, day_first=day_first), text)


def has_day_first(text: str) -> bool:
    """Tell whether the days in figures of a text have the day before the month, as one beyond the twelfth tells."""
    found = [(int(match["first"]), int(match["second"])) for match in _IN_FIGURES.finditer(text) if match["first"]]
    return any(first > _MONTHS for first, _ in found) and all(second <= _MONTHS for _, second in found)


def _in_words(match: re.Match[str], *, day_first: bool) -> str:
    if match["iso"]:
        day, month, year = int(match["iso_day"]), int(match["iso_month"]), match["iso"]
    else:
        day, month, year = int(match["first"]), int(match["second"]), match["year"]
        if day <= _MONTHS < month:
            day, month = month, day
        elif not (day_first or match["sign"] == "." or day > _MONTHS or day == month):
            return match[0]
    return f"{day} {MONTH_NAMES[month - 1]} {year}" if 1 <= month <= _MONTHS and 1 <= day <= _DAYS else match[0]

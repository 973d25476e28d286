"""Days as texts have them: "26 January 2027", "9–12 March", "January 26", "2027-01-26", "Saturday"; "26/01/2027".

Patterns of other modules are composed of DAY and its like, which have no groups; `day_of` tells which day they matched.
Days in figures are told apart from these, as they may be either of two.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from retrieval.text.dates import MONTH, MONTH_NAMES, WEEKDAY_FORM, month_number, weekday_number
from retrieval.text.patterns import regex

_ORDINAL = r"(?:st|nd|rd|th)?"
_BLANK = r"[^\S\t\r\n]+"
_WRAPPED = rf"(?:{_BLANK}|[^\S\n]*\n[^\S\n]*(?!{MONTH}\b\.?\s+\d\d?(?!\d)))"  # not "4" above "March 5"
_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_WEEKDAY = rf"(?:(?P<weekday>{WEEKDAY_FORM})\b\.?,?{_BLANK}(?:the{_BLANK}(?=\d))?)?"
_MARKS = ("no. ", "no ", "nos. ", "nr. ", "nomor ", "number ", "report ", "laporan ", "table ", "tabel ", "#")
_NO_MARK = "".join(f"(?<!{re.escape(mark)})" for mark in _MARKS)
_FIRST = rf"(?:{_NO_MARK}|(?!\d\d?{_ORDINAL} [–-]))(?P<first>{_NUMBER}){_ORDINAL}"  # not "3" of "no. 3 – 4 March"
_TO_WORD = r"to|sampai|hingga|s\.?/?d\.?"
_TO = rf"(?:(?: ?[–-] ?| (?:{_TO_WORD}|and|dan) )(?P<last>{_NUMBER}){_ORDINAL})?"
_IS_VERB = r"(?!(?<=(?-i:may))\s+(?:be|not|have|only|also|apply|need|take|come|go)\b)"  # "which 3 may apply?"
_OF_MONTH = rf"{_WRAPPED}(?:of{_BLANK})?(?P<month>{MONTH})\b{_IS_VERB}"
_STOP = r"(?:(?:(?<=\b[a-z]{3})(?<!may)(?<!mei)|(?<=\bsept))\.)?"  # of a month in short, not of a sentence
_MAY = r"(?:(?<=on )|(?!(?-i:may)\s))"  # "how may 3 people come?"
_MONTH_FIRST = (
    rf"{_MAY}(?P<month_first>{MONTH})\b{_STOP}{_BLANK}(?P<day>{_NUMBER}){_ORDINAL}"
    rf"(?:(?:[–-]| (?:{_TO_WORD}) )(?P<last_day>{_NUMBER}){_ORDINAL})?(?!\w|[:.]\d|,\d(?!\d{{3}}(?!\d)))"
)
_IN_YEAR = rf"{_STOP}(?:,?{_BLANK}|,)(?P<year>(?:1[89]|20)\d\d)(?!\d)"
_ISO = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!-?\d)"
_IN_WORDS = rf"{_WEEKDAY}(?:{_FIRST}{_TO}{_OF_MONTH}|{_MONTH_FIRST})(?:{_IN_YEAR})?"
_PARTS = rf"(?:{_IN_WORDS}|(?P<iso>{_ISO})|(?P<only_weekday>{WEEKDAY_FORM})\b\.?)"


def _without_groups(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


DAY = _without_groups(rf"(?:{_IN_WORDS}|{_ISO})")
"""Matches a day of a month, or several, in words or as ISO 8601 has it, whatever the case of its letters."""
DAY_OR_WEEKDAY = _without_groups(_PARTS)
"""Matches the same, or only a day of the week."""
DATED_DAY = _without_groups(rf"{_WEEKDAY}(?:{_FIRST}{_OF_MONTH}|{_MONTH_FIRST}){_IN_YEAR}")
"""Matches one day in words, with its year."""
DAY_IN_FIGURES = rf"(?:{_ISO}|\d\d?(?:/\d\d?/|-\d\d?-|\.\d\d?\.)(?:1[89]|20)\d\d(?!\d))"
"""Matches a day in figures; `day_of_figures` tells which."""
_MONTHS_END = "jan ary ari feb peb mar rch ret apr ril may mei jun une uni jul uly uli aug ust agu agt ags tus sep ept"
_BEHIND_MONTH = rf"(?<=(?:{'|'.join(_MONTHS_END.split())}|ber|oct|okt|nov|nop|dec|des)-)"
_DAY = regex(  # not "3/4 March", "COVID-19 March", but "28 Feb-2 March"
    rf"(?<![^\W_])(?:(?<![.,/])(?:(?<![^\W\d_]-)|{_BEHIND_MONTH})(?=\d)|(?=[adfjkmnoprstw])){_PARTS}", re.IGNORECASE
)
_IN_FIGURES = regex(rf"(?<![\w./-]){DAY_IN_FIGURES}(?![/-]?\d|\.\d)")
_MONTHS = 12
_LONGEST_MONTH = 31  # days


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, or the days from `first` to `last`; month and year are empty where none is said.

    They are in digits, as in ISO 8601. Only a day of the week has no number; `weekday` counts from 0 for Monday.
    `text` is how it is written.
    """

    first: int
    last: int
    month: str = ""
    year: str = ""
    weekday: int | None = None
    text: str = field(default="", compare=False)

    @property
    def iso(self) -> str:
        """The day as ISO 8601; nothing without a year, of several days, and where there is no such day."""
        iso = f"{self.year}-{self.month}-{self.first:02}"
        try:
            date.fromisoformat(iso)
        except ValueError:
            return ""
        return iso if self.first == self.last else ""

    def is_within(self, other: "Day") -> bool:
        """Tell whether it is, or may be, one of other days: a day without a year, or a month, is that of any.

        Only a day of the week is that of any month.
        """
        return self.meets(other) and (not self.first or other.first <= self.first <= self.last <= other.last)

    def meets(self, other: "Day") -> bool:
        """Tell whether one of these days is, or may be, one of other days."""
        if not self.first:
            return self.weekday == other.weekday
        same_year = self.year == other.year or not (self.year and other.year)
        same_month = self.month == other.month or not self.month
        return same_year and same_month and self.first <= other.last and other.first <= self.last

    def places_in(self, text: str) -> list[int]:
        """Return where a text has one of these days, or may have, in order."""
        return [match.start() for match in _DAY.finditer(text) if self.meets(_day(match))]

    def is_in(self, text: str) -> bool:
        """Tell whether a text has it, or may have; in figures, the day comes first: "(4/3)".

        No text has a day without its month.
        """
        if not self.month:
            return False
        figures = rf"(?<![\w/.,])0?{self.first}/0?{int(self.month)}(?:/{self.year[2:] or '..'})?(?![\w/]|[.,]\d)"
        there = (_day(match) for match in _DAY.finditer(in_words(text, day_first=True)))
        return any(map(self.is_within, there)) or re.search(figures, text) is not None


def days_in(text: str) -> list[Day]:
    """Return the days of months that a text has in words, or as ISO 8601 has them, in order."""
    return [day for day in map(_day, _DAY.finditer(text)) if day.month]


def day_of(text: str) -> Day | None:
    """Return the day that a text is, and no more, in words, as ISO 8601 has it, or only of the week; else None."""
    match = _DAY.fullmatch(text)
    return _day(match) if match else None


def days_between(first: Day, last: Day) -> list[Day]:
    """Return the days from one to another, for each of their months; the first may leave out the year of the last.

    Only a day of the week begins nothing: "Saturday – 3 May 2026" is that day.
    """
    if not first.first:
        return [last]
    month, until = int(first.month), int(last.month)
    if month == until:
        return [replace(last, first=first.first)]
    before = str(int(last.year) - (month > until)) if last.year else ""
    begins = replace(first, last=_LONGEST_MONTH, month=f"{month:02}", year=first.year or before)
    between = [
        Day(1, _LONGEST_MONTH, f"{number % _MONTHS + 1:02}", last.year if number >= _MONTHS else begins.year)
        for number in range(month, until - 1 + _MONTHS * (month > until))
    ]
    return [begins, *between, replace(last, first=1)]


def without_days(text: str) -> str:
    """Return a text with blanks in the place of days of months, as long as it was."""
    return _DAY.sub(lambda match: " " * len(match[0]) if _day(match).month else match[0], text)


def day_of_figures(text: str, *, day_first: bool) -> Day | None:
    """Return the day that figures are, such as "26/01/2027"; None if there is none, or it may be either of two.

    The day comes first where that is known, and before full stops.
    """
    first, second, third = re.split("[./-]", text)
    if len(first) == len("2027"):
        year, month, day = first, int(second), int(third)
    else:
        day, month, year = int(first), int(second), third
        if day <= _MONTHS < month:
            day, month = month, day
        elif not (day_first or "." in text or day > _MONTHS or day == month):
            return None
    said = Day(day, day, f"{month:02}", year, text=text)
    return said if said.iso else None


def has_figures(text: str) -> bool:
    """Tell whether a text has a day in figures."""
    return _IN_FIGURES.search(text) is not None


def in_words(text: str, *, day_first: bool) -> str:
    """Return a text with its days in figures in words: "26 January 2027".

    What may be a day or a month stays as it is, unless the day is known to come first, as it does before full stops.
    """

    def words(match: re.Match[str]) -> str:
        day = day_of_figures(match[0], day_first=day_first)
        return f"{day.first} {MONTH_NAMES[int(day.month) - 1]} {day.year}" if day else match[0]

    return _IN_FIGURES.sub(words, text)


def has_day_first(text: str) -> bool:
    """Tell whether the days in figures of a text have the day before the month, as one beyond the twelfth tells."""
    found = [[int(one) for one in re.split("[./-]", figures)] for figures in _IN_FIGURES.findall(text)]
    days = [(first, second) for first, second, third in found if first < third]
    return any(first > _MONTHS for first, _ in days) and all(second <= _MONTHS for _, second in days)


def _day(match: re.Match[str]) -> Day:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
        return Day(int(day), int(day), month, year, text=match[0])
    first = int(match["first"] or match["day"] or 0)
    month, weekday = match["month"] or match["month_first"], match["weekday"] or match["only_weekday"]
    return Day(
        first,
        int(match["last"] or match["last_day"] or first),
        month_number(month) if month else "",
        match["year"] or "",
        weekday_number(weekday) if weekday else None,
        match[0],
    )

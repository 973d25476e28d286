"""The months, quarters and years that a question asks for, and that texts name: "inflation in Q2 2026"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.questions.report_names import without_spans
from retrieval.text.dates import MONTH, month_number
from retrieval.text.days import days_in, without_days
from retrieval.text.patterns import regex
from retrieval.values import Document

_YEAR = r"(?:1[89]|20)\d\d"
_ORDINALS = "first|second|third|fourth|1st|2nd|3rd|4th|pertama|kedua|ketiga|keempat"
_QUARTERS = {word: place % 4 + 1 for place, word in enumerate((*_ORDINALS.split("|"), *"1234", "i", "ii", "iii", "iv"))}
_TIME = regex(  # "second quarter of 2026", "Q2", "2Q26", "triwulan II-2026", "Oct 2026", "2026"
    rf"(?<![\w.,/])(?:(?:(?:(?P<ordinal>{_ORDINALS})[\s-]quarter|q(?P<after_q>[1-4])|quarter\s+(?P<figure>[1-4])"
    rf"|(?P<before_q>[1-4])q(?P<short_year>\d\d)?"
    rf"|(?:triwulan|kuartal|kwartal)\s+(?:ke-?\s*)?(?P<numeral>{_ORDINALS}|[1-4]|i{{1,3}}|iv))(?!\w)"
    rf"|(?P<month>{MONTH})\b\.?)(?:\s*(?:[,/–-]|\b(?:of|in|tahun|pada)\b)?\s*(?P<year>{_YEAR})(?!\w|[.,/–-]\d))?"
    rf"|(?P<same>(?:same (?:quarter|month|period)|(?:kuartal|kwartal|triwulan|bulan|periode) yang sama)"
    rf"(?:\s+(?:of|in|pada|tahun))*)\s+(?P<year_of_same>{_YEAR})\b"
    rf"|(?P<year_alone>{_YEAR})(?!\w|[.,/–-]\d))",
    re.IGNORECASE,
)
_WINDOW = 40  # characters before a time, in which its preposition stands
_LED_TO = regex(
    r"(?:\b(?:(?:in|during|for)(?:\s+the(?=\s+\w+\s))?|early|mid|late|year|month|tahun|bulan|pada|selama|dalam|awal"
    r"|akhir|(?:at\s+)?(?:the\s+)?(?:end|beginning|start|middle|close)\s+of)[\s-]+)+\Z",
    re.IGNORECASE,
)
_LED_TO_IN_TEXTS = regex(rf"\b(?:of|last|this|than|with|and|or|dan|dengan)\s+\Z|{_LED_TO.pattern}", re.IGNORECASE)
_FROM_OR_TO = regex(
    r"\b(?:since|after|before|from|until|till|(?<!compared )to|by|through|between|sejak|mulai|setelah|sesudah|sebelum"
    r"|dari|sampai|hingga|antara)\s+"
    r"(?:(?:the|early|mid|late|(?:end|middle|beginning|start) of|tahun|bulan|awal|akhir)\s+){0,3}\Z"
    rf"|\b(?:{MONTH}|{_YEAR}|q[1-4]|i{{1,3}}|iv)\s*(?:-|–|/|to|until|through|sampai(?: dengan)?|hingga|s\.?d\.?)\s*\Z",
    re.IGNORECASE,
)
_OF_A_NAME = regex(r"[’']|\s+[A-Z]")  # behind "June"
_YEAR_OF_A_NUMBER = regex(  # "Nomor 7 Tahun 2023"
    rf"(?<!ke-)(?<!triwulan )(?<!kuartal )(?<!kwartal )\b\d{{1,4}}\s+(?:tahun|of)\s+{_YEAR}\b", re.IGNORECASE
)
_OF_AN_EVENT = regex(r"\b(?:the|of)\s+\Z", re.IGNORECASE)
_MONTHS_OF_A_YEAR, _MONTHS_OF_A_QUARTER = 12, 3


@dataclass(frozen=True, slots=True)
class Period:
    """A month, a quarter or a year: its year, empty if that is not named, and its first and last month."""

    year: str
    first: int = 1
    last: int = _MONTHS_OF_A_YEAR

    @property
    def is_year(self) -> bool:
        return self.last - self.first == _MONTHS_OF_A_YEAR - 1

    def meets(self, other: "Period") -> bool:
        """Tell whether both may have a day in common."""
        of_one_year = not (self.year and other.year) or self.year == other.year
        return of_one_year and self.first <= other.last and other.first <= self.last


def asked_periods(question: str) -> list[Period]:
    """Return the periods that a question asks for; none if it also names others, as in "compared with 2025"."""
    return [_period(match) for match in _asked(question)]


def without_periods(question: str) -> str:
    """Return a question without the periods that it is asked for: "in 2024"."""
    return without_spans(question, [(_begin(question, match), match.end()) for match in _asked(question)])


def is_of_another_period(question: str, document: Document, sentence: str) -> bool:
    """Tell whether a sentence names other periods than a question asks for, or else its document's title does.

    A day says nothing: it may tell what was in another month.
    """
    asked = asked_periods(question)
    named = _named_periods(sentence) or _named_periods(document.title, title=True)
    return bool(asked and named) and not _meet(named, asked)


def is_of_period(asked: Sequence[Period], text: str, *, title: str, date: str | None) -> bool:
    """Tell whether a text or a title names one of those periods, or a day in one, or an ISO date is of one."""
    titles = [*_named_periods(title, title=True), *_months(title)]
    return _meet([*_named_periods(text), *_months(text), *titles, *([_of_date(date)] if date else ())], asked)


def _asked(question: str) -> list[re.Match[str]]:
    """Return the times in a question for which it asks; none if it names others, too."""
    text = _without_days(question)
    found = [match for match in _TIME.finditer(text) if match["month"] != "may" or _led_to(text, match)]
    asked = [match for match in found if _is_asked_for(text, match)]
    return asked if len(asked) == len(found) else []


def _named_periods(text: str, *, title: bool = False) -> list[Period]:
    """Return the periods that a text names; years without a preposition only if it is a title.

    A month without its year or a preposition may be a name: "Theresa May", "June Lee". "The same quarter of 2025" is
    the one before it, of that year.
    """
    text = _without_days(text)
    found: list[Period] = []
    for match in _TIME.finditer(text):
        if match["same"] and found and not found[-1].is_year:
            found.append(replace(found[-1], year=match["year_of_same"]))
        elif _is_named(text, match, any_year=title):
            found.append(_period(match))
    return found


def _is_asked_for(text: str, match: re.Match[str]) -> bool:
    """Tell whether a question asks for what was in a time: not since it, nor of "the 2023 flood"."""
    if match["same"] or _FROM_OR_TO.search(_before(text, match)):
        return False
    of_an_event = _OF_AN_EVENT.search(_before(text, match))
    return bool(_is_quarter(match) or _led_to(text, match) or (match["month"] and match["year"] and not of_an_event))


def _is_named(text: str, match: re.Match[str], *, any_year: bool) -> bool:
    if _is_quarter(match):
        return True
    if match["month"]:
        is_month = match["month"][0].isupper() and (match["year"] or not _OF_A_NAME.match(text, match.end()))
        return bool(is_month and (match["year"] or _LED_TO_IN_TEXTS.search(_before(text, match))))
    return any_year or bool(match["same"] or _led_to(text, match))


def _is_quarter(match: re.Match[str]) -> bool:
    return not (match["month"] or match["same"] or match["year_alone"])


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _WINDOW) : match.start()]


def _led_to(text: str, match: re.Match[str]) -> re.Match[str] | None:
    return _LED_TO.search(_before(text, match))


def _begin(text: str, match: re.Match[str]) -> int:
    """Return where what leads to a time begins."""
    led = _led_to(text, match)
    return match.start() - (len(led[0]) if led else 0)


def _without_days(text: str) -> str:
    """Return a text, as long as it was, without days and without the years of regulations."""
    return _YEAR_OF_A_NUMBER.sub(lambda match: " " * len(match[0]), without_days(text))


def _period(match: re.Match[str]) -> Period:
    alone = match["year_of_same"] or match["year_alone"]
    year = match["year"] or alone or (f"20{match['short_year']}" if match["short_year"] else "")
    if match["month"]:
        month = int(month_number(match["month"]))
        return Period(year, month, month)
    quarter = next(filter(None, match.group("ordinal", "after_q", "figure", "before_q", "numeral")), "")
    last = _QUARTERS.get(quarter.casefold(), 0) * _MONTHS_OF_A_QUARTER
    return Period(year, last - _MONTHS_OF_A_QUARTER + 1, last) if last else Period(year)


def _months(text: str) -> list[Period]:
    """Return the months of the days that a text names."""
    return [Period(day.year, int(day.month), int(day.month)) for day in days_in(text)]


def _of_date(date: str) -> Period:
    """Return the month of an ISO date, or its year, if it is no more."""
    year, *rest = date.split("-")
    return Period(year, int(rest[0]), int(rest[0])) if rest else Period(year)


def _meet(periods: Sequence[Period], others: Sequence[Period]) -> bool:
    return any(one.meets(other) for one in periods for other in others)

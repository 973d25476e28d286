"""Reports of a series, as daily ones: those that a question names by number or date, and the newest of them."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from retrieval.index.protocols import Index
from retrieval.questions.report_names import (
    ReportName,
    asks_for_whole,
    has_unit,
    is_year,
    numbers_in_title,
    report_names,
    without_names,
)
from retrieval.questions.report_steps import Step
from retrieval.text.correction_words import is_correction
from retrieval.text.dates import MONTH, WEEKDAY, dates_tell
from retrieval.text.days import day_of
from retrieval.text.headings import beginning_of
from retrieval.text.patterns import regex
from retrieval.values import Document

_TELLS_ONE = regex(rf"{MONTH}|{WEEKDAY}|st|nd|rd|th|nos?|nomor|number", re.IGNORECASE)  # in a title
_LETTERS = regex(r"[^\W\d_]+")
_MOST_REPORTS = 1_000  # documents of one title; more are no series that somebody has in mind
_TOLERANCE = 7  # of so many days of a step one is no matter
_BEGINNING = 300  # characters, in which a report says which it is


@dataclass(frozen=True, slots=True)
class Report:
    """One document of a series: its number in the index, the numbers in its title, its date, title and beginning."""

    number: int
    id: str
    numbers: frozenset[int]
    date: str
    title: str
    head: str

    def is_named(self, name: ReportName) -> bool:
        """Tell whether it is what a question names, other than as the latest."""
        if name.date:
            day = day_of(self.date)
            return day is not None and name.date.is_within(day)
        if name.unit or all(map(is_year, self.numbers)):
            return name.is_in(self.head) or (not name.unit and name.number in self.numbers)
        return name.number in self.numbers  # its text may name another one


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names of a series: these reports, or none if it has no such; `rest` is the question without.

    `whole`: it asks for all that they say.
    """

    reports: tuple[Report, ...]
    names: tuple[ReportName, ...]
    rest: str
    whole: bool

    @property
    def latest(self) -> bool:
        """Whether it asks for the newest of them."""
        return any(name.latest for name in self.names)

    def is_corrected_by(self, document: Document) -> bool:
        """Tell whether a correction of the series is of these reports: it has what tells them apart in its title."""
        return any(_numbers_of(report.title) <= _numbers_of(document.title) for report in self.reports)

    def is_in(self, text: str) -> bool:
        """Tell whether a text has the number or date that the question names."""
        return any(name.is_in(text) for name in self.names)


@dataclass(frozen=True, slots=True)
class Series:
    """Documents whose titles differ in nothing but numbers and dates, the oldest first; `words` are what they share."""

    words: tuple[str, ...]
    reports: tuple[Report, ...]

    def named(self, question: str) -> Named | None:
        """Return what a question names; None if that is nothing of the series, or all there is to the question.

        Nor does it name a report by two days or two numbers, as "on 3 and on 4 March".
        """
        names = [name for name in report_names(question, self.words) if self._tells(name)]
        rest = without_names(question, names)
        told = {(name.kind, name.date or name.number) for name in names}
        whole = asks_for_whole(question, rest, self.words)
        if not names or len({kind for kind, _ in told}) < len(told) or not (whole or _LETTERS.search(rest)):
            return None
        named = tuple(one for one in self.reports if all(name.latest or one.is_named(name) for name in names))
        return Named(named[-1:] if names[0].latest else named, tuple(names), rest, whole)

    def is_corrected_by(self, document: Document) -> bool:
        """Tell whether a document corrects one of its reports, by its title."""
        return is_correction(document.title) and set(self.words) <= set(_shared_words(document.title))

    def beside(self, number: int, step: Step) -> int | None:
        """Return the report that is a step from one, both by their numbers in the index; None if there is none."""
        place = next((place for place, report in enumerate(self.reports) if report.number == number), None)
        if place is None:
            return None
        if not step.days:
            beside = place + step.direction
            return self.reports[beside].number if 0 <= beside < len(self.reports) else None
        day = _day(self.reports[place].date)
        meant = day + step.direction * step.days if day else 0
        away = {report.number: abs((_day(report.date) or 0) - meant) for report in reversed(self.reports)}
        nearest = min(away, key=away.__getitem__)  # of equal ones the last
        return nearest if meant and away[nearest] <= step.days // _TOLERANCE else None

    def _tells(self, name: ReportName) -> bool:
        """Tell whether a name says which report is meant: no date or week that none of them has, or every one.

        A number or a week that none has does where their titles have others: there is no such report.
        """
        if name.latest:
            return True
        count = sum(one.is_named(name) for one in self.reports)
        if count or not (name.marked or name.unit):
            return 0 < count < len(self.reports)
        return any(has_unit(one.title, name.unit) if name.unit else one.numbers for one in self.reports)


class AllSeries:
    """The series of an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[tuple[str, ...], Series | None] = {}

    def of(self, document: Document) -> Series | None:
        """Return the series that a document is of; None if it is of none, or their dates do not put it in order."""
        words = _shared_words(document.title)
        numbers = self._numbers.get(words)
        if numbers is None:
            return None
        if words not in self._known:
            reports = sorted(map(self._report, numbers), key=lambda one: (one.date, sorted(one.numbers)))
            in_order = dates_tell([one.date for one in reports])
            self._known[words] = Series(words, tuple(reports)) if in_order else None
        return self._known[words]

    @cached_property
    def _numbers(self) -> dict[tuple[str, ...], list[int]]:
        """The numbers of documents by the words that their titles share, with others."""
        found = defaultdict[tuple[str, ...], list[int]](list)
        for number, (_, title) in enumerate(self._index.titles()):
            if not is_correction(title):
                found[_shared_words(title)].append(number)
        found.pop((), None)
        return {words: numbers for words, numbers in found.items() if 1 < len(numbers) <= _MOST_REPORTS}

    def _report(self, number: int) -> Report:
        document = self._index.document(number)
        numbers, head = numbers_in_title(document.title), beginning_of(document, _BEGINNING)
        return Report(number, document.id, numbers, document.date or "", document.title, head)


def _shared_words(title: str) -> tuple[str, ...]:
    words = _LETTERS.findall(title.casefold())
    return tuple(word for word in words if not _TELLS_ONE.fullmatch(word))


def _numbers_of(title: str) -> set[str]:
    return set(re.findall(r"\d+", title))


def _day(date: str) -> int | None:
    """Return the day of an ISO date, counted; None of a month or a year."""
    return datetime.date.fromisoformat(date).toordinal() if len(date) == len("2026-03-04") else None

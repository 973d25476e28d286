"""Which column of a table a question names, by words of its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lookups.asked_row import UNIT, AskedRow
from retrieval.lookups.cell_kinds import is_day, may_be_who, unit_of
from retrieval.lookups.row_numbers import YEAR
from retrieval.questions.kinds import WHO_FIRST
from retrieval.text.dates import MONTH
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell

_DIGIT = regex(r"\d")
_COUNTS = regex(r"\bhow many\b|\bberapa (?:jumlah|banyak|orang|unit|buah)\b", re.IGNORECASE)
_OLD = regex(r"\b(?:lama|semula|sebelum(?:nya)?|old|previous(?:ly)?|first|earlier|original)\b", re.IGNORECASE)
_NEW = regex(r"\b(?:revisi|direvisi|perbaikan|baru|revised|revision|corrected|new)\b", re.IGNORECASE)
_MADE_IN = regex(rf"\D*(?P<year>{YEAR.pattern})\W+\((?P<month>{MONTH})\)", re.IGNORECASE)
_NAME = regex(r"[A-Z][a-z]+\W{1,2}[A-Z][a-z]+")


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """The column that a question names: by `words` of it, or, `by_kind`, as it asks when something is, or where."""

    place: int
    words: Sequence[str]
    whole: bool = False
    by_kind: bool = False


@dataclass(frozen=True, slots=True)
class _Naming:
    """What words of a question name a column: those of its `subject`; others tell only which of several is meant.

    They are of a `time`, "Price 2025", or say what is counted, or in which `unit`: "people", boxes of "Food (boxes)".
    A name in brackets, "List 1 (Ana Lim–Bo Hall)", tells more than other words.
    """

    place: int
    subject: Sequence[str]
    time: Sequence[str]
    unit: Sequence[str]
    whole: bool
    by_name: bool

    @classmethod
    def of(cls, row: AskedRow, place: int) -> "_Naming":
        """Return what words name the column of a cell."""
        cell = row.cells[place]
        name, language = name_of(cell), row.document.language
        words, counted = row.asked.had_of_name(name, language), row.asked.had_counted(name, language)
        time = [word for word in words if row.asked.is_time(word)]
        brackets = UNIT.findall(cell.column)
        in_unit = row.had(f"{' '.join(brackets)} {unit_of(row.values[place])}")
        in_name = row.had(" ".join(one for one in brackets if _NAME.search(one)))
        return cls(
            place,
            [*(word for word in words if word not in time), *in_name],
            time,
            [*counted, *(word for word in in_unit if word not in (*words, *in_name) and not word.isdecimal())],
            bool(in_unit) or row.has_all([*words, *counted], name) or bool(words and not row.had(name)),
            bool(in_name),
        )

    @property
    def words(self) -> list[str]:
        return [*self.subject, *self.time, *self.unit]

    @property
    def weight(self) -> tuple[int, int]:
        return len(self.subject) + self.by_name, len(self.time) + len(self.unit)


def named_column(row: AskedRow) -> NamedColumn | None:
    """Return the column that has most words of the question; None if none has any, or several have.

    A cell that it names itself is not what it asks for. Nor may it name the column of another figure besides. Who did
    something is no figure and no day, and how many there are no day. Of a figure that was put right the new one is
    meant, if none is named.
    """
    question = row.asked.question
    for_who, counts = WHO_FIRST.search(question), _COUNTS.search(question)
    named = [
        _Naming.of(row, place)
        for place, (cell, value) in enumerate(zip(row.cells, row.values, strict=True))
        if place not in row.keys
        and not (for_who and not may_be_who(question, cell.column, value))
        and not (counts and is_day(value))
    ]
    named = _of_asked_year(row, named)
    most = max((one.weight for one in named), default=(0, 0))
    best = [one for one in named if any(most) and one.weight == most]
    if not best:
        return _put_right(row)
    best = [one for one in best if len(best) == 1 or not _is_of_row(row, one)]
    above = set[str]()
    if len(best) > 1 and all(one.time and one.time == best[0].time for one in best):  # below "Budget speech"
        above.update(row.had(row.above.titles))
        best = [one for one in best if not above.issuperset(one.subject)] or best
    if len(best) > 1:  # "Cases" beside "Cases under 5"
        best = [one for one in best if one.whole]
    if len(best) != 1 or asks_month_of_making(row):
        return None
    [column] = best
    told = {*column.words, *above}
    besides = (one for one in named if one.place and one.whole and not {*one.subject, *one.time} <= told)
    if any(_DIGIT.search(row.values[one.place]) for one in besides):  # of two figures neither
        return None
    return NamedColumn(column.place, column.words, column.whole)


def _of_asked_year(row: AskedRow, named: Sequence[_Naming]) -> list[_Naming]:
    """Leave out columns of other years than the question's, where one has that: "2026 budget", for "budget 2027"."""
    asked = {figure for figure in row.figures if YEAR.fullmatch(figure)}
    years = {one.place: set(YEAR.findall(row.cells[one.place].column)) for one in named}
    has_asked = any(asked & of_column for of_column in years.values())
    return [one for one in named if not (has_asked and years[one.place]) or asked & years[one.place]]


def _is_of_row(row: AskedRow, naming: _Naming) -> bool:
    """Tell whether the word of a column only says what names the row beside it: "the Darwen route"."""
    words, had = row.asked.words, row.had(row.values[naming.place])
    places = [words.index(word) for word in naming.subject if word in words]
    return naming.place == row.name and any(
        abs(place - words.index(word)) == 1 for place in places for word in had if word not in naming.words
    )


def asks_month_of_making(row: AskedRow) -> bool:
    """Tell whether a question asks for a month of a year in which figures for the whole year were made.

    So it is with "2026 (October)" beside "2026 (September)".
    """
    made = [match for cell in row.cells if (match := _MADE_IN.fullmatch(cell.column))]
    several = (match for match in made if sum(one["year"] == match["year"] for one in made) > 1)
    asked = (rf"\b{match['month']}\W+{match['year']}\b" for match in several)
    return any(re.search(one, row.asked.question, re.IGNORECASE) for one in asked)


def _put_right(row: AskedRow) -> NamedColumn | None:
    """Return the column of what is right now, of two figures of which the other is the old one; else None."""
    figures = [place for place, value in enumerate(row.values) if place != row.name and _DIGIT.search(value)]
    new = [place for place in figures if _NEW.search(row.cells[place].column)]
    old = [place for place in figures if _OLD.search(row.cells[place].column)]
    is_pair = len(new) == len(old) == 1 and new != old and len(figures) == len(row.values) - 1
    return NamedColumn(new[0], (), by_kind=True) if is_pair else None


def name_of(cell: Cell) -> str:
    """Return the name of a cell's column without its unit."""
    return UNIT.sub("", cell.column)

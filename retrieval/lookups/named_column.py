"""Which column of a table a question names, by words of its name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lookups.asked_row import UNIT, AskedRow
from retrieval.lookups.cell_kinds import is_day, may_be_who, unit_of
from retrieval.questions.kinds import WHO_FIRST
from retrieval.text.table_rows import Cell

_DIGIT = re.compile(r"\d")
_COUNTS = re.compile(r"\bhow many\b|\bberapa (?:jumlah|banyak|orang|unit|buah)\b", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][a-z]+\W{1,2}[A-Z][a-z]+")


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
    something is no figure and no day, and how many there are no day.
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
    most = max((one.weight for one in named), default=(0, 0))
    best = [one for one in named if any(most) and one.weight == most]
    if len(best) > 1:  # "Cases" beside "Cases under 5"
        best = [one for one in best if one.whole]
    if len(best) != 1:
        return None
    [column] = best
    besides = (one for one in named if one.place and one.whole and not {*one.subject, *one.time} <= {*column.words})
    if any(_DIGIT.search(row.values[one.place]) for one in besides):  # of two figures neither
        return None
    return NamedColumn(column.place, column.words, column.whole)


def name_of(cell: Cell) -> str:
    """Return the name of a cell's column without its unit."""
    return UNIT.sub("", cell.column)

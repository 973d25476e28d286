"""A row of a table beside a question: which words of it name the row, which days and codes it has."""

import re
from collections.abc import Sequence
from functools import cached_property

from retrieval.lookups.cell_kinds import says_more_than_time, says_total
from retrieval.lookups.row_numbers import (
    Above,
    has_day_number,
    head_above,
    own_days,
    place_of_code,
    reads_day_first,
    word_before,
)
from retrieval.questions.asked_cell import asked_cell
from retrieval.text.days import Day, days_in, in_words
from retrieval.text.headings import headings_above
from retrieval.text.offices import OFFICE
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell
from retrieval.text.words import stems
from retrieval.values import Reading

UNIT = regex(r"\([^()]*\)")
"""Matches the unit in the name of a column, "Displaced (persons)", or a short name in a value."""
_ASIDE = regex(rf"{UNIT.pattern}|\bvs?\b")  # "Wick v Orla"
_NAMES = 2  # cells of a row of which one says which it is
_ITEM = regex(r"\d{1,2}(?:\.\d{1,2})+")
_DIGIT = regex(r"\d")
_ADDRESS = regex(r"\S+@\S+|(?:https?://|\bwww\.)\S+", re.IGNORECASE)  # its words name whoever keeps it


class AskedRow:
    """A row of a table beside what is asked; `codes` and `keys` are the places of cells that the question names.

    The document's title names none, if that was added to the question.
    """

    def __init__(self, question: str, reading: Reading, cells: Sequence[Cell]) -> None:
        self.question, self.reading, self.cells = (
            question.removesuffix(f", {reading.hit.document.title}?"),
            reading,
            cells,
        )
        self.document, self.passage, self.sentence = reading.hit.document, reading.hit.passage, reading.sentence
        self.day_first = reads_day_first(self.document, self.sentence)
        self.asked = asked_cell(self.question, day_first=self.day_first)
        values = (self.document.text_of(cell) for cell in cells)
        self.values = [in_words(value, day_first=self.day_first) for value in values]
        figures = [word for word in self.asked.words if word.isdecimal() and not self.asked.is_of_day(word)]
        self.figures = [one for one in figures if not self.is_item or one not in self.item.split(".")]
        codes = (place_of_code(figure, self.values) for figure in self.figures)
        self.codes = {place for place in codes if place is not None} | ({0} if self.is_item else set())
        names = (_ASIDE.sub("", value) or value for value in self.values)
        whole = {place for place, name in enumerate(names) if name and self.has_all(self.had(name), name)}
        self.keys = whole | self.codes

    def had(self, text: str) -> list[str]:
        """Return the words of the question that a text has."""
        return self.asked.had(text, self.document.language)

    def has_all(self, words: Sequence[str], name: str) -> bool:
        """Tell whether words are all of a name: not "votes" of "Votes cast"."""
        return len(words) >= len(set(stems(name, self.document.language)))

    def named_beside(self, column: int, words: Sequence[str]) -> list[str]:
        """Return the words of the question that name this row, beside those that name the column at a place.

        An address names it only as a whole.
        """
        values = (value if place in self.keys else _ADDRESS.sub("", value) for place, value in enumerate(self.values))
        others = " ".join(value for place, value in enumerate(values) if place != column)
        return [word for word in self.had(others) if word not in words and not word.isdecimal()]

    @property
    def item(self) -> str:
        """The number with points that the row begins with: "7.2"; nothing if it begins with none."""
        first = self.values[0].strip("*. ")
        return first if _ITEM.fullmatch(first) else ""

    @property
    def is_item(self) -> bool:
        """Tell whether a question names the row by the number with points that it begins with."""
        return bool(self.item) and self.item in self.asked.items

    @property
    def table(self) -> tuple[str, ...]:
        """Its document, and the names of its columns."""
        return (self.document.id, *(cell.column for cell in self.cells))

    @cached_property
    def name(self) -> int | None:
        """The place of what says which row it is: the first value that is no figure and no time; None if none is."""
        return next((place for place, value in enumerate(self.values[:_NAMES]) if says_more_than_time(value)), None)

    @property
    def is_named(self) -> bool:
        """Tell whether a question has all of the row's name, and not as that of a column or to compare others with."""
        if self.name not in self.keys or self.is_total:
            return False
        value = self.values[self.name]
        columns = " ".join(cell.column for cell in self.cells)
        return not self.asked.compares(value) and not {*self.had(value)} <= {*self.had(columns)}

    def is_other(self, named: "AskedRow") -> bool:
        """Tell whether this row is not the one that is named: it lacks that name; a code, in the same column."""
        if named.name is None:
            return False
        value = named.values[named.name]
        has_code = _DIGIT.search(value) and named.name < len(self.values)
        there = self.values[named.name] if has_code else " ".join(self.values)
        return not {*named.had(value)} <= {*self.had(there)}

    @property
    def is_of_other_day(self) -> bool:
        """Tell whether the row is of a day, and a question asks what is on another one."""
        own, asked = own_days(self.values), [day for day in self.asked.days if not self.asked.spans(day)]
        return bool(own and asked) and not any(day.is_within(one) for day in asked for one in own)

    @property
    def has_other_number(self) -> bool:
        """Tell whether the row has another number below what a question names before one: not "RW 04", but "RW 05"."""
        for figure in self.figures:
            before = word_before(figure, self.asked.question).casefold()
            there = (value for value, cell in self.cells_with_values if cell.column.strip("* ").casefold() == before)
            numbers = [int(value) for value in there if value.isdecimal()]
            if numbers and int(figure) not in numbers:
                return True
        return False

    @property
    def cells_with_values(self) -> list[tuple[str, Cell]]:
        return list(zip(self.values, self.cells, strict=True))

    @property
    def is_total(self) -> bool:
        first = next(filter(None, self.values), "")
        return says_total(first)

    @cached_property
    def office_of_other(self) -> tuple[str, int] | None:
        """The office that is asked for of what a column names, and the place of that: "ketua fraksi Karya".

        None where the row says so itself, "Ketua Fraksi", or a column tells it of each row: "Faction leader".
        """
        for place in self.keys:
            name, value = (re.escape(one.strip("* ")) for one in (self.cells[place].column, self.values[place]))
            of_it = rf"(?P<office>{OFFICE})\W+(?:of\W+|dari\W+)?(?:the\W+)?(?:{name}\W+{value}|{value}\W+{name})\b"
            asked = re.search(rf"\b{of_it}", self.asked.question, re.IGNORECASE) if name and value else None
            if asked and not self._tells_office(asked["office"], name):
                return asked["office"].casefold(), place
        return None

    def _tells_office(self, office: str, name: str) -> bool:
        """Tell whether a value has an office of what a column names, or a column is called so as is asked for."""
        says = rf"\b{OFFICE}\W+(?:of\W+)?{name}\b"
        in_column = any(re.search(rf"\b{office}\b", cell.column, re.IGNORECASE) for cell in self.cells)
        return in_column or any(re.search(says, value, re.IGNORECASE) for value in self.values)

    def has(self, value: str) -> bool:
        """Tell whether a value, in small letters, is that of a cell."""
        return any(one.casefold().strip("* ") == value for one in self.values)

    @cached_property
    def above(self) -> Above:
        titles = (self.document.title, *headings_above(self.document, self.passage, self.sentence))
        head = head_above(self.document, self.sentence)
        return Above(*(in_words(text, day_first=self.day_first) for text in (head, "\n".join(titles))))

    @cached_property
    def days(self) -> list[Day]:
        """The days of the question that a cell of the row has."""
        there, cells = [day for value in self.values for day in days_in(value)], self.cells_with_values
        return [day for day in self.asked.days if any(map(day.is_within, there)) or has_day_number(day, cells)]

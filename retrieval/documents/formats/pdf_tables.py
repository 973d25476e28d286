"""The rows of tables on a PDF page: lines below each other, parted by wide gaps, whose parts stand in columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.documents.formats.pdf_lines import Cell, Line, parts_of

_FAR = 3.0  # times a line's height: no row begins so far below the line before
_NEAR = 1.6  # times its height: a cell that is wrapped goes on no farther below
_ALIGNED = 0.5  # of a line's height
_MARK = re.compile(r"\W*|\(?\w{1,3}[.)]")  # of an item in a list
_LONGEST_CELL = 60  # characters of one line: where they are longer the page has columns of text


@dataclass(frozen=True, slots=True)
class Row:
    """The line that a row begins with, those on which its cells go on, and the cells of a row that has them all.

    `first`: it is the first of a table on its page.
    """

    lines: tuple[Line, ...]
    columns: tuple[Cell, ...]
    first: bool

    @property
    def cells(self) -> list[list[str]]:
        """The texts of its cells, a line each; none where it has no cell."""
        texts: list[list[str]] = [[] for _ in self.columns]
        first = self.lines[0]
        places = [_column(self.columns, cell, first.height) for cell in first.cells]
        for line in self.lines:
            for part in parts_of(line):
                texts[places[_column(first.cells, part, line.height)]].append(part.text)
        return texts


def rows_of(page: Sequence[Line]) -> list[Row]:
    """Return the rows of the tables on a page, in order; each table has two at least that fill the same columns.

    A line is a row of its own, or goes on in the columns of the row above.
    """
    groups: list[list[Line]] = []
    for line in page:
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    rows: list[Row] = []
    columns: tuple[Cell, ...] = ()  # of the table that the row before is in
    for number, group in enumerate(groups):
        goes_on = columns and _fits(group, columns) and _follows(groups[number - 1], group)
        if not goes_on:
            columns = group[0].cells if _begins_table(group, groups[number + 1 :]) else ()
        if columns:
            columns = group[0].cells if len(group[0].cells) == len(columns) else columns
            rows.append(Row(tuple(group), columns, first=not goes_on))
        elif _names_columns(group, groups[number + 1 :]):
            rows.append(Row(tuple(group), group[0].cells, first=True))
            columns = groups[number + 1][0].cells
    return rows


def _goes_on(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line only goes on with some cells of a row.

    Not with the first, which begins another, unless that is all there is, and it goes on with a small letter.
    """
    first = group[0]
    if not first.cells or not 0 < group[-1].base - line.base < _NEAR * line.height:
        return False
    columns = [_column(first.cells, part, line.height) for part in parts_of(line)]
    if columns == [0]:
        return line.goes_on or line.text[:1].islower()
    is_next = 1 < len(columns) == len(first.cells) - 1  # of sums, without a name
    return -1 not in columns and 0 not in columns and not is_next


def _begins_table(group: Sequence[Line], rest: Sequence[Sequence[Line]]) -> bool:
    """Tell whether below a row stands another that has as many cells, in the same columns."""
    columns = group[0].cells
    if not (rest and len(rest[0][0].cells) == len(columns) and _follows(group, rest[0])):
        return False
    return _fits(group, columns) and _fits(rest[0], columns)


def _names_columns(group: Sequence[Line], rest: Sequence[Sequence[Line]]) -> bool:
    """Tell whether a line stands right above a table, each of its cells over one column, though not aligned with it."""
    names = group[0].cells
    if len(group) > 1 or not (rest and len(rest[0][0].cells) == len(names) > 1 and _follows(group, rest[0])):
        return False
    if any(len(name.text) > _LONGEST_CELL for name in names) or not _begins_table(rest[0], rest[1:]):
        return False
    below = rest[0][0].cells
    middles = [(name.left + name.right) / 2 for name in names]
    lefts = [cell.right for cell in below[:-1]]
    rights = [cell.left for cell in below[1:]]
    return all(left < middle for left, middle in zip(lefts, middles[1:], strict=True)) and all(
        middle < right for middle, right in zip(middles, rights, strict=False)
    )


def _follows(group: Sequence[Line], following: Sequence[Line]) -> bool:
    return 0 < group[-1].base - following[0].base < _FAR * following[0].height


def _fits(group: Sequence[Line], columns: Sequence[Cell]) -> bool:
    """Tell whether a row's cells stand in columns, each in one of its own; if the first is empty, in all others."""
    first = group[0]
    if len(first.cells) < 2 or _MARK.fullmatch(first.cells[0].text):
        return False
    if any(len(part.text) > _LONGEST_CELL for line in group for part in parts_of(line)):
        return False
    places = [_column(columns, cell, first.height) for cell in first.cells]
    begins = places[0] == 0 or (places[0] == 1 and len(places) == len(columns) - 1)
    return begins and all(one < other for one, other in pairwise(places))


def _column(columns: Sequence[Cell], part: Cell, height: float) -> int:
    """Return the number of the column that a part stands in, aligned left, right or in the middle; -1 if in none."""
    for number, cell in enumerate(columns):
        left, right = part.left - cell.left, part.right - cell.right
        if min(abs(left), abs(right), abs(left + right) / 2) < _ALIGNED * height:
            return number
    return -1

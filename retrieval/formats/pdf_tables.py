"""The rows of tables on a PDF page: lines below each other, parted by wide gaps, whose parts stand in columns."""

from collections.abc import Sequence
from itertools import pairwise

from retrieval.formats.pdf_lines import Cell, Line

_FAR = 3.0  # times a line's height: no row begins so far below the one before
_NEAR = 1.6  # times its height: a cell that is wrapped goes on no farther below
_ALIGNED = 0.5  # of a line's height
_LONGEST_CELL = 60  # characters of one line: where they are longer the page has columns of text
Row = list[Line]  # the line that it begins with, and those on which its cells go on


def rows_of(page: Sequence[Line]) -> list[Row]:
    """Return the rows of the tables on a page, in order; of each table two at least, with cells in the same columns.

    A line is a row of its own, or goes on in the columns of the row above.
    """
    groups: list[Row] = []
    for line in page:
        if groups and _goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    in_tables: list[Row] = []
    for group, following in pairwise(groups):
        if _in_one_table(group, following):
            in_tables += [group, following] if group not in in_tables[-1:] else [following]
    return in_tables


def cells_of(row: Row) -> list[str]:
    """Return the texts of a row's cells."""
    texts = [cell.text for cell in row[0].cells]
    for line in row[1:]:
        for part in _parts(line):
            texts[_column(row[0], part)] += f" {part.text}"
    return texts


def _goes_on(row: Row, line: Line) -> bool:
    """Tell whether a line only goes on with some cells of a row; not with the first alone, which may be new text."""
    if not row[0].cells or not 0 < row[-1].base - line.base < _NEAR * line.height:
        return False
    columns = [_column(row[0], part) for part in _parts(line)]
    return -1 not in columns and len(columns) < len(row[0].cells) and columns != [0]


def _parts(line: Line) -> Sequence[Cell]:
    return line.cells or (Cell(line.text, line.left, line.right),)


def _column(line: Line, part: Cell) -> int:
    """Return the number of the cell that a part below stands under; -1 if it is none."""
    within = _ALIGNED * line.height
    return next((number for number, cell in enumerate(line.cells) if _are_aligned(cell, part, within)), -1)


def _in_one_table(row: Row, following: Row) -> bool:
    line, below = row[0], following[0]
    if not line.cells or len(line.cells) != len(below.cells) or not 0 < row[-1].base - below.base < _FAR * line.height:
        return False
    if any(len(cell.text) > _LONGEST_CELL for one in (row, following) for each in one for cell in _parts(each)):
        return False
    within = _ALIGNED * line.height
    return all(_are_aligned(one, other, within) for one, other in zip(line.cells, below.cells, strict=True))


def _are_aligned(one: Cell, other: Cell, within: float) -> bool:
    """Tell whether two cells stand in one column, which is aligned at the left, at the right or in the middle."""
    left, right = one.left - other.left, one.right - other.right
    return min(abs(left), abs(right), abs(left + right) / 2) < within

"""The rows of tables in plain text: lines beside each other whose cells are parted by tabs, or stand below each other.

The text stays as it is: who reads it later finds the same cells, given the same lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.text.paragraphs import paragraph_begin, paragraph_end
from retrieval.text.patterns import regex

Span = tuple[int, int]
"""Where a cell begins and ends in its line."""

_TAB = 8  # characters from one stop of tabs to the next
_PAIR = 2  # cells, which may be a label and its value, or two columns of text
_LEAST_ALIGNED = 3  # rows whose cells stand below each other by no chance
_TRIED = 3  # tables before, to which a line may belong
_LONGEST_ALIGNED = 400  # characters
_CELL = regex(r"\S+(?: \S+)*+")  # set off by two blanks or a tab
_GAP = regex(r"\S(?:\t|  )[\t ]*\S")
_RULE = regex(r"[\s=_+|.-]*")
_FURTHEST = 10_000  # characters from a row to the first and to the last of its table
_PARAGRAPHS = 16  # whose tables are kept, as the rows of one are asked for one after the other
_LINE = regex(r"[^\r\n]+")
_TAB_OR_END = regex(r"\t|\Z")
_SEVERAL_SAID = regex(r"\w [a-z]{3,}[.!?]\s+[A-Z]")  # in a cell that holds text as a page does

Table = Mapping[int, Sequence[Span]]
"""The rows of a table by the numbers of their lines; all have as many cells, and one that is empty has no length."""


def has_cells(line: str) -> bool:
    """Tell whether a line may be a row: a gap in it is wide enough to part cells."""
    return _GAP.search(line) is not None


def tables_among(lines: Sequence[str]) -> list[Table]:
    """Return the tables in lines that stand together, without an empty one; none of two columns, as text may have two.

    Rows have as many tabs, two at least, or cells that stand below each other, in three rows at least.
    """
    tables = _parted_by_tabs(lines)
    parted = {number for table in tables for number in table}
    found: list[_Aligned] = []
    for number, line in enumerate(lines):
        if number in parted or len(line) > _LONGEST_ALIGNED or not has_cells(line):
            continue
        cells = [_Placed.of(line, match.span()) for match in _CELL.finditer(line)]
        texts = [line[slice(*cell.span)] for cell in cells]
        if any(map(_is_text, texts)) or all(map(_RULE.fullmatch, texts)):
            continue
        is_next = any(one.take(number, cells) for one in reversed(found[-_TRIED:]))
        if not is_next and len(cells) >= _PAIR and not any(text.endswith(":") for text in texts):
            found.append(_Aligned(number, cells))
    return [*tables, *(one.rows for one in found if one.is_table)]


def table_around(text: str, row: Span, begin: int = 0) -> Mapping[Span, Sequence[Span]]:
    """Return the rows of the table that a line of a text is a row of, with the places of their cells.

    Nothing if it is no row, or if the first row stands very far above it; before `begin` there are none.
    """
    if not has_cells(text[slice(*row)]):
        return {}
    least = max(row[0] - _FURTHEST, begin)
    most = (row[1] // _FURTHEST + 2) * _FURTHEST  # the same for rows beside each other, so that all are read once
    above = paragraph_begin(text, least, row[0])
    if above == least > begin:
        return {}
    for table in _tables_of(text[above : paragraph_end(text, row[1], most)]):
        moved = {_moved(line, above): [_moved(cell, above) for cell in cells] for line, cells in table.items()}
        if row in moved:
            return moved
    return {}


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


@lru_cache(maxsize=_PARAGRAPHS)
def _tables_of(paragraph: str) -> list[Mapping[Span, Sequence[Span]]]:
    """Return the tables in lines that stand together: the places of their rows, and of the cells in these."""
    lines = list(_LINE.finditer(paragraph))
    return [
        {
            _stripped(paragraph, lines[number].span()): [_moved(cell, lines[number].start()) for cell in cells]
            for number, cells in sorted(table.items())
        }
        for table in tables_among([line[0] for line in lines])
    ]


def _is_text(cell: str) -> bool:
    """Tell whether a cell holds text as a page does, or begins with the sign behind a label."""
    return cell.startswith(":") or _SEVERAL_SAID.search(cell) is not None


def _parted_by_tabs(lines: Sequence[str]) -> list[Table]:
    """Return the tables of lines that have as many tabs, as they are pasted from a workbook."""
    rows: dict[int, list[Span]] = {}
    for number, line in enumerate(lines):
        ends = [match.start() for match in _TAB_OR_END.finditer(line)] if "\t" in line else []
        cells = [_stripped(line, span) for span in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
        texts = [line[slice(*cell)] for cell in cells]
        if len(cells) > _PAIR and sum(map(bool, texts)) > 1 and not any(map(_is_text, texts)):
            rows[number] = cells
    tables = [
        {number: cells for number, cells in rows.items() if len(cells) == count}
        for count in sorted({*map(len, rows.values())})
    ]
    return [table for table in tables if len(table) > 1 and _fills_columns(list(table.values()))]


def _fills_columns(rows: Sequence[Sequence[Span]]) -> bool:
    """Tell whether rows have something in each column between others; else tabs only set text farther right."""
    told = [[begin < end for begin, end in cells] for cells in rows]
    filled = [place for place, column in enumerate(zip(*told, strict=True)) if any(column)]
    return filled[-1] - filled[0] < len(filled) and max(map(sum, told)) > _PAIR


def _stripped(line: str, span: Span) -> Span:
    text = line[slice(*span)]
    begin = span[0] + len(text) - len(text.lstrip())
    return begin, begin + len(text.strip())


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell of a line, and from which column of signs to which it is seen."""

    span: Span
    seen: Span

    @classmethod
    def of(cls, line: str, span: Span) -> "_Placed":
        left, right = (len(line[:place].expandtabs(_TAB)) for place in span)
        return cls(span, (left, right))


class _Aligned:
    """A table whose cells stand below each other: its rows, and the columns of signs over which its cells reach."""

    def __init__(self, number: int, cells: Sequence[_Placed]) -> None:
        self.rows = {number: [cell.span for cell in cells]}
        self._columns = [cell.seen for cell in cells]
        self._full = 1  # rows that have all cells, or all but the first as they name the columns

    @property
    def is_table(self) -> bool:
        return len(self._columns) > _PAIR and len(self.rows) >= _LEAST_ALIGNED and self._full > 1

    def take(self, number: int, cells: Sequence[_Placed]) -> bool:
        """Add a line as the next row, if its cells stand in columns of their own, with a gap between; tell whether."""
        nameless = len(self.rows) == 1 and len(cells) == len(self._columns) + 1  # the first column is
        columns = [cells[0].seen, *self._columns] if nameless else self._columns
        places = range(len(columns)) if len(cells) == len(columns) else _places(columns, cells)
        if not places:
            return False
        widened = dict(enumerate(columns))
        for place, cell in zip(places, cells, strict=True):
            left, right = widened[place]
            widened[place] = min(left, cell.seen[0]), max(right, cell.seen[1])
        columns = list(widened.values())
        if any(one[1] >= other[0] for one, other in pairwise(columns)):
            return False
        if nameless:
            self.rows = {first: [(0, 0), *above] for first, above in self.rows.items()}
        spans = dict(zip(places, (cell.span for cell in cells), strict=True))
        self.rows[number] = [spans.get(place, (0, 0)) for place in range(len(columns))]
        self._columns = columns
        self._full += len(cells) == len(columns)
        return True


def _places(columns: Sequence[Span], cells: Sequence[_Placed]) -> list[int]:
    """Return in which columns cells stand, each below or above a part of one; nothing if one stands in none or two."""
    over = [
        [place for place, (left, right) in enumerate(columns) if left < cell.seen[1] and cell.seen[0] < right]
        for cell in cells
    ]
    places = [found[0] for found in over if len(found) == 1]
    return places if len(set(places)) == len(cells) > 1 else []

"""The rows of tables around which no lines are drawn: lines below each other, parted by wide gaps, in columns.

The lines of a cell may also be written before those of the next cell.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from retrieval.documents.formats.pdf.values import CELL_GAP, Cell, Line, Row, is_card, parts_of
from retrieval.text.patterns import regex

_FAR = 3.6  # times a line's height: no row begins so far below the line before
_NEAR = 1.6  # times its height: a cell that is wrapped goes on no farther below
_ALIGNED = 0.5  # of a line's height
_LEVEL = 0.25  # of it: two lines that lie no farther apart stand beside each other
_MARK = regex(r"\W*|\(?\w{1,3}[.)]")  # of an item in a list
_LONGEST_CELL = 60  # characters of one line: where they are longer the page has columns of text
_PAIR = 2
_DIGIT = regex(r"\d")
_MOST_WRAPPED = 8  # lines of a cell; where there are more the page has columns of text


@dataclass(slots=True)
class _Group:
    """Lines that may be a row, and their parts, cell by cell.

    `page`: the number of their page; `begins` and `ends`: nothing else stands there above, or below them.
    """

    lines: list[Line]
    cells: list[list[Cell]]
    page: int = 0
    begins: bool = False
    ends: bool = False

    @property
    def columns(self) -> tuple[Cell, ...]:
        """Its cells, each as wide as the widest of its lines."""
        return tuple(map(_whole, self.cells))

    @property
    def height(self) -> float:
        return self.lines[0].height

    @property
    def top(self) -> float:
        return max(line.base for line in self.lines)

    @property
    def low(self) -> float:
        return min(line.base for line in self.lines)


def rows_by_gaps(pages: Sequence[Sequence[Line]], left_out: Sequence[Container[Line]]) -> list[list[Row]]:
    """Return the rows of the tables on each page but for some lines; each has two at least that fill the same columns.

    A line is a row of its own, or goes on in the columns of the row above.
    """
    groups = [group for number, page in enumerate(pages) for group in _groups(number, page, left_out[number])]
    rows: list[list[Row]] = [[] for _ in pages]
    columns: tuple[Cell, ...] = ()  # of the table that the row before is in
    for number, group in enumerate(groups):
        before = groups[number - 1]
        goes_on = columns and _fits(group, columns) and _follows(before, group)
        if not goes_on:
            columns = group.columns if _begins_table(groups[number : number + _PAIR]) else ()
        if columns:
            if len(group.cells) == len(columns):
                columns = tuple(map(_whole, zip(columns, group.columns, strict=True)))
            rows[group.page].append(_row(group, columns, first=not goes_on or before.page != group.page))
        elif _names_columns(groups[number : number + 3]):
            columns = groups[number + 1].columns
            nameless: list[list[str]] = [[]] * (len(columns) - len(group.cells))
            rows[group.page].append(Row(tuple(group.lines), [*nameless, *map(_texts, group.cells)], first=True))
    return rows


def _whole(parts: Sequence[Cell]) -> Cell:
    return Cell(parts[0].text, min(part.left for part in parts), max(part.right for part in parts), parts[0].base)


def _row(group: _Group, columns: Sequence[Cell], *, first: bool) -> Row:
    """Return a row whose cells stand in the columns of its table, some of which it may lack."""
    texts: list[list[str]] = [[] for _ in columns]
    for place, parts in zip(_places(group, columns), group.cells, strict=True):
        texts[place] += _texts(parts)
    return Row(tuple(group.lines), texts, first)


def _texts(parts: Sequence[Cell]) -> list[str]:
    return [part.text for part in parts]


def _groups(number: int, page: Sequence[Line], left_out: Container[Line]) -> list[_Group]:
    """Return the lines of the page with that number, but for some, those together that may be one row."""
    lines = [line for line in page if line not in left_out]
    groups: list[_Group] = []
    taken = 0
    for at, line in enumerate(lines):
        if at < taken:
            continue
        if groups and (places := _goes_on(groups[-1], line)):
            groups[-1].lines.append(line)
            for place, part in zip(places, parts_of(line), strict=True):
                groups[-1].cells[place].append(part)
        else:
            groups.append(_written_by_cells(lines, at) or _Group([line], [[part] for part in parts_of(line)]))
            taken = at + len(groups[-1].lines)
    for group in groups:
        group.page, group.begins, group.ends = number, group.lines[0] == page[0], group.lines[-1] == page[-1]
    return groups


def _written_by_cells(page: Sequence[Line], begin: int) -> _Group | None:
    """Return the row that begins with a line, if all lines of a cell come before those of the next one; else None.

    A line goes on with the last cell if it stands below it, and a line beside all of them begins the next cells.
    """
    group = _Group([page[begin]], [[part] for part in parts_of(page[begin])])
    beside = False
    for line in islice(page, begin + 1, None):
        first, *others = parts_of(line)
        if _stands_below(group, line) and len(group.cells[-1]) < _MOST_WRAPPED:
            group.cells[-1].append(first)
            beside = beside or any(part.base - first.base > _LEVEL * line.height for part in others)
        elif _stands_beside(group, line):
            beside = True
            group.cells.append([first])
        else:
            break
        group.cells += [[part] for part in others]
        group.lines.append(line)
    is_row = beside and (len(group.cells) > _PAIR or any(line.cells for line in group.lines))
    return group if is_row else None


def _stands_below(group: _Group, line: Line) -> bool:
    """Tell whether a line begins right below the last cell of a row, aligned with it."""
    cell, part = group.cells[-1], parts_of(line)[0]
    is_next = 0 < cell[-1].base - part.base < _NEAR * min(line.height, group.height)
    return is_next and _column([_whole(cell)], part, line.height) == 0


def _stands_beside(group: _Group, line: Line) -> bool:
    """Tell whether a line stands right of all cells of a row, and no lower; its cell may have more lines above."""
    right = max(part.right for part in group.cells[-1])
    is_apart = line.left - right > CELL_GAP * line.height and not (is_card(line.text) and is_card(group.lines[0].text))
    return is_apart and -_LEVEL * line.height < line.base - group.low < _MOST_WRAPPED * line.height


def _goes_on(group: _Group, line: Line) -> list[int]:
    """Return with which cells of a row a line only goes on; none if it begins another.

    It does that in the first, unless that is all there is, and it goes on with a small letter.
    """
    first, last = group.lines[0], group.lines[-1]
    if len(first.cells) < len(group.cells) or not 0 < last.base - line.base < _NEAR * line.height:
        return []
    columns = [_column(first.cells, part, line.height) for part in parts_of(line)]
    if columns == [0]:
        return columns if line.text[:1].islower() else []
    is_next = 1 < len(columns) == len(first.cells) - 1  # of sums, without a name
    return [] if -1 in columns or 0 in columns or is_next else columns


def _begins_table(groups: Sequence[_Group]) -> bool:
    """Tell whether below the first row stands another that has as many cells, in the same columns."""
    if len(groups) < _PAIR:
        return False
    first, second = groups[:_PAIR]
    columns = first.columns
    is_alike = len(second.cells) == len(columns) and _follows(first, second) and not _is_spaced_text(first, second)
    return is_alike and _fits(first, columns) and _fits(second, columns)


def _is_spaced_text(first: _Group, second: _Group) -> bool:
    """Tell whether the words of a text stand apart as cells do, as it is set to both margins of a narrow column."""
    texts = [part.text for group in (first, second) for parts in group.cells for part in parts]
    return not any(map(_DIGIT.search, texts)) and all(text[0].islower() for text in texts[len(first.cells) :])


def _names_columns(groups: Sequence[_Group]) -> bool:
    """Tell whether a row stands right above a table, each cell over one column, though not aligned with it.

    The first column may have no name.
    """
    first, *rest = groups
    names = first.columns
    if len(names) < _PAIR or not _begins_table(rest) or not _follows(first, rest[0]):
        return False
    below = rest[0].columns
    nameless = len(below) - len(names)
    if nameless not in (0, 1) or any(len(part.text) > _LONGEST_CELL for parts in first.cells for part in parts):
        return False
    middles = [(name.left + name.right) / 2 for name in names]
    lefts = [cell.right for cell in below[:-1]]
    rights = [cell.left for cell in below[nameless + 1 :]]
    begins = middles if nameless else middles[1:]
    return all(left < middle for left, middle in zip(lefts, begins, strict=True)) and all(
        middle < right for middle, right in zip(middles, rights, strict=False)
    )


def _follows(group: _Group, following: _Group) -> bool:
    if group.page != following.page:
        return group.ends and following.begins and following.page == group.page + 1
    return 0 < group.low - following.top < _FAR * following.height


def _fits(group: _Group, columns: Sequence[Cell]) -> bool:
    """Tell whether a row's cells stand in columns, each in one of its own; if the first is empty, in all others."""
    if len(group.cells) < _PAIR or _MARK.fullmatch(group.cells[0][0].text):
        return False
    if any(len(part.text) > _LONGEST_CELL for parts in group.cells for part in parts):
        return False
    places = _places(group, columns)
    begins = places[0] == 0 or (places[0] == 1 and len(places) == len(columns) - 1)
    return begins and all(one < other for one, other in pairwise(places))


def _places(group: _Group, columns: Sequence[Cell]) -> list[int]:
    """Return the numbers of the columns that the cells of a row stand in; the first one may be indented in its own."""
    first, *others = (_column(columns, cell, group.height) for cell in group.columns)
    name = group.columns[0]
    is_indented = first < 0 and columns[0].left < name.left and name.right < columns[1].left
    return [0 if is_indented and len(others) == len(columns) - 1 else first, *others]


def _column(columns: Sequence[Cell], part: Cell, height: float) -> int:
    """Return the number of the column that a part stands in, aligned left, right or in the middle; -1 if in none."""
    for number, cell in enumerate(columns):
        left, right = part.left - cell.left, part.right - cell.right
        if min(abs(left), abs(right), abs(left + right) / 2) < _ALIGNED * height:
            return number
    return -1

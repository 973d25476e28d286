"""The rows of the tables on the pages of a PDF file: by the lines drawn around their cells, or else by gaps."""

from collections.abc import Sequence

from retrieval.documents.formats.extracted import is_row, label_between, with_joined_names
from retrieval.documents.formats.pdf.gaps import rows_by_gaps
from retrieval.documents.formats.pdf.grids import Place
from retrieval.documents.formats.pdf.values import Line, Row
from retrieval.text.patterns import regex

_DIGIT = regex(r"\d")
_COUNTED = regex(r"\((\d{1,2})\)")
_FIGURE = regex(r"[\d.,%\s–-]+")


def rows_of(pages: Sequence[Sequence[Line]]) -> list[list[Row]]:
    """Return the rows of the tables on each page, in order; a table may go on overleaf."""
    ruled = [[row for table in _ruled_tables(page) for row in _ruled_rows(table)] for page in pages]
    by_gaps = rows_by_gaps(pages, [{line for row in rows for line in row.lines} for rows in ruled])
    rows = [_in_order(page, found) for page, *found in zip(pages, ruled, by_gaps, strict=True)]
    names: list[list[str]] = []
    for number, (page, found) in enumerate(zip(pages, rows, strict=True)):
        before = rows[number - 1][-1] if number and rows[number - 1] else None
        if before and found and before.lines[-1] == pages[number - 1][-1] and found[0].lines[0] == page[0]:
            _join_overleaf(before, found, names)
        names = next((row.cells for row in reversed(found) if row.first), names)
    return [[row for row in found if not _is_rest(row.cells)] for found in rows]


def counts_columns(texts: Sequence[str]) -> bool:
    """Tell whether the cells of a row only count the columns, below their names: "(1)", "(2)", "(3)"."""
    counted = [_COUNTED.fullmatch(text) for text in texts]
    return len(texts) > 1 and [match and int(match[1]) for match in counted] == list(range(1, len(texts) + 1))


def _in_order(page: Sequence[Line], found: Sequence[Sequence[Row]]) -> list[Row]:
    places = {line: number for number, line in enumerate(page)}
    return sorted((row for rows in found for row in rows), key=lambda row: places[row.lines[0]])


def _join_overleaf(last: Row, rows: Sequence[Row], names: Sequence[Sequence[str]]) -> None:
    """Let the rows of a page go on with the table before, of whose columns these are the names, if they do.

    They may begin with these names again, and with the rest of the last row's cells.
    """
    first, *others = rows
    if not first.first:
        return
    if first.cells == names:
        first.cells, first.first = [], False
        if others and _goes_on(last, others[0]):
            _join_rest(last, others[0])
        return
    if is_ruled := _goes_on(last, first):
        _join_rest(last, first)
    first.first = not is_ruled and not any(_DIGIT.search(text) for texts in first.cells for text in texts)


def _goes_on(last: Row, row: Row) -> bool:
    """Tell whether a row may be of the ruled table that ends on the page before."""
    are_ruled = last.lines[0].place is not None and row.lines[0].place is not None
    return are_ruled and len(row.cells) == len(last.cells)


def _join_rest(last: Row, row: Row) -> None:
    """Let the last row on a page have the rest of its cells, if they go on overleaf: all but the first may."""
    held = _held(row.cells)
    of_figures = any(_FIGURE.fullmatch(" ".join(row.cells[at])) for at in held)
    if 0 not in held and all(last.cells[at] for at in held) and not of_figures:
        for column in held:
            last.cells[column] += row.cells[column]
        row.cells = []


def _is_rest(cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row holds nothing but a cell that is not its first: the rest of a row on the page before."""
    return len(held := _held(cells)) == 1 and held != [0]


def _held(cells: Sequence[Sequence[str]]) -> list[int]:
    return [column for column, texts in enumerate(cells) if texts]


def _ruled_tables(page: Sequence[Line]) -> list[list[tuple[Place, Line]]]:
    """Return the lines of each ruled table, with their cells."""
    tables: dict[int, list[tuple[Place, Line]]] = {}
    for line in page:
        if line.place:
            tables.setdefault(line.place.table, []).append((line.place, line))
    return list(tables.values())


def _ruled_rows(table: Sequence[tuple[Place, Line]]) -> list[Row]:
    """Return the rows of a ruled table; in each a cell over several of them says the same.

    None of those whose cells hold text as a page does.
    """
    by_top = {top: [line for place, line in table if place.top == top] for top in sorted({one.top for one, _ in table})}
    counting = [top for top, lines in by_top.items() if counts_columns([line.text for line in lines])]
    shown = [top for top in by_top if top not in counting]
    lines = [by_top[top] for top in shown]
    of_rows = [_texts_at(top, table) for top in shown]
    cells = [[" ".join(texts) for texts in row] for row in of_rows]
    joined = with_joined_names(cells, _widths(table))
    if len(joined) < len(cells):
        lines[:2] = [lines[0] + lines[1]]
        of_rows[:2] = [[[name] for name in joined[0]]]
    around: list[Sequence[str]] = [(), *joined, ()]
    return [
        *(Row(tuple(by_top[top]), [], first=False) for top in counting),
        *(
            Row(tuple(lines[row]), of_rows[row], first=row == 0)
            for row in range(len(joined))
            if is_row(joined[row]) or label_between(*around[row : row + 3]) or _is_rest(of_rows[row])
        ),
    ]


def _texts_at(row: int, table: Sequence[tuple[Place, Line]]) -> list[list[str]]:
    """Return the lines of each cell of a row; none at its other columns where it goes over several."""
    texts: list[list[str]] = [[] for _ in range(max(place.right for place, _ in table) + 1)]
    for place, line in table:
        if place.top <= row <= place.bottom:
            texts[place.left].append(line.text)
    return texts


def _widths(table: Sequence[tuple[Place, Line]]) -> list[int]:
    """Return over how many columns each cell of the first row goes; one without text, over one."""
    over = {place.left: place.right for place, _ in table if place.top == 0}
    columns = max(place.right for place, _ in table) + 1
    widths: list[int] = []
    while sum(widths) < columns:
        left = sum(widths)
        widths.append(over.get(left, left) - left + 1)
    return widths

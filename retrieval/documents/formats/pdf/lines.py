"""The lines of a PDF page, as pdfium has them and as a reader sees them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest
from statistics import median

import pypdfium2

from retrieval.documents.formats.extracted import raised
from retrieval.documents.formats.pdf.characters import SMALLER, Characters, turned
from retrieval.documents.formats.pdf.grids import Grid, Place, grids_of
from retrieval.text.markup import RAISED

HYPHENS = "\x02\ufffe"
"""What pdfium makes of a hyphen at the end of a line."""
_MARGIN = 0.12  # of a page's height, at its top and at its bottom: running headers and footers stand there
_LOOKED_AT = 8  # characters of a line, by which it is told how high it is
_INITIAL = 1.6  # times the height of the line that it begins
CELL_GAP = 0.85  # of a line's height: wider than the blanks of text that is set to both margins
_LEAST_TEXT = 200  # characters: a title and a caption are less
_LETTERHEAD = 8  # lines
_SHORT_CELL = 2  # characters
_WORD_GAP = 0.12  # of a line's height


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that wide gaps set off, in points from the page's left and bottom.

    Where the lines of cells lie between those of others, parts of one line differ in their `base`.
    """

    text: str
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from the page's left and bottom; `marginal`: it stands near its top or bottom.

    `cells` are its parts, if wide gaps part it, as they do in the rows of a table. `place`: the cell of a ruled table
    that it stands in. `bold`: it begins, goes on and ends so.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    marginal: bool
    cells: tuple[Cell, ...] = ()
    place: Place | None = None
    bold: bool = False


@dataclass(slots=True)
class Row:
    """A row: its lines, in the order of the file, and the texts of its cells, a line each; none where it has no cell.

    `first`: it is the first of its table. A row has no cells at all where it is said on the page before.
    """

    lines: tuple[Line, ...]
    cells: list[list[str]]
    first: bool


def read_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page, in the order of the file, which is that of reading; of a ruled table cell by cell."""
    grids = grids_of(page)
    lines = _in_columns(list(_lines(page, grids)), grids)
    return _by_cells(_from_top(list(_with_initials(_with_short_cells(_with_notes(lines))))))


def _from_top(lines: list[Line]) -> list[Line]:
    """Put first the few lines that stand above all others though they come last, as a letterhead may."""
    for last in range(1, min(_LETTERHEAD, len(lines) - 1) + 1):
        others, head = lines[:-last], lines[-last:]
        if min(line.base for line in head) > max(line.base for line in others):
            return [*head, *others]
    return lines


def _by_cells(lines: Sequence[Line]) -> list[Line]:
    """Put the lines of each ruled table where its first one stands, cell by cell."""
    first = {line.place.table: number for number, line in reversed(list(enumerate(lines))) if line.place}
    order = [
        (first[line.place.table], line.place.top, line.place.left) if line.place else (number, 0, 0)
        for number, line in enumerate(lines)
    ]
    return [lines[number] for number in sorted(range(len(lines)), key=lambda number: order[number])]


def _lines(page: pypdfium2.PdfPage, grids: Sequence[Grid]) -> Iterator[Line]:
    _, bottom, _, top = turned(page.get_bbox(), page.get_rotation())
    margin = _MARGIN * (top - bottom)
    characters = Characters(page)
    signs, box = characters.signs, characters.box
    begin = 0
    for end in range(len(signs) + 1):
        ends = end == len(signs) or signs[end] in "\r\n" or signs[max(begin, end - 1)] in HYPHENS
        if not ends:
            continue
        seen = [at for at in range(begin, end) if not signs[at].isspace()]
        for place, run in _runs(seen, characters, grids):
            left, _, _, _ = box(run[0])
            _, _, right, _ = box(run[-1])
            boxes = map(box, run[:: len(run) // _LOOKED_AT + 1])
            height = max(median(high - low for _, low, _, high in boxes), 1.0)
            _, base, _, _ = box(run[len(run) // 2])
            marginal = not bottom + margin <= base <= top - margin
            cells = _cells(characters, run, height)
            bold = all(characters.is_bold(run[at]) for at in (0, len(run) // 2, -1))
            yield Line(characters.shown(run[0], run[-1]), left, right, base, height, marginal, cells, place, bold)
        begin = end + (end < len(signs) and signs[end] in "\r\n")


def _in_columns(lines: Sequence[Line], grids: Sequence[Grid]) -> Iterator[Line]:
    """Yield the lines, those of a cell over several columns in parts if gaps part one of them at these.

    Every second row of a table may have no lines between its cells.
    """
    columns = {grid.number: grid.column for grid in grids}

    def parts(line: Line) -> list[Line]:
        place = line.place
        if place is None or place.left == place.right:
            return [line]
        found = []
        for cell in parts_of(line):
            left, right = columns[place.table](cell.left), columns[place.table](cell.right)
            within = replace(place, left=left, right=right)
            found.append(replace(line, text=cell.text, left=cell.left, right=cell.right, cells=(), place=within))
        apart = all(one.place.right < other.place.left for one, other in pairwise(found) if one.place and other.place)
        return found if apart else [line]

    parted = {line.place for line in lines if len(parts(line)) > 1}
    for line in lines:
        yield from parts(line) if line.place in parted else [line]


def _runs(
    seen: Sequence[int], characters: Characters, grids: Sequence[Grid]
) -> Iterator[tuple[Place | None, list[int]]]:
    """Yield the characters of each line of those that pdfium takes for one, as it may with cells of one character.

    No line crosses the cells of a ruled table; each comes with the one that it is in.
    """

    def cell(at: int) -> Place | None:
        left, bottom, right, top = characters.box(at)
        return next((one for grid in grids if (one := grid.place((left + right) / 2, (bottom + top) / 2))), None)

    words = [[at for _, at in word] for _, word in groupby(enumerate(seen), lambda pair: pair[1] - pair[0])]
    if not grids or any(cell(word[0]) != cell(word[-1]) for word in words):  # it may be laid over a table
        yield from ((None, run) for run in _parted(seen, characters))
        return
    for place, within in groupby(seen, cell):
        yield from ((place, run) for run in _parted(list(within), characters))


def _parted(seen: Sequence[int], characters: Characters) -> Iterator[list[int]]:
    """Yield the characters of each line: where one stands left of what is before it, and lower, another begins."""
    run: list[int] = []
    for at in seen:
        if run and at > run[-1] + 1:
            left, base, _, top = characters.box(run[-1])
            begins, low, _, _ = characters.box(at)
            if begins < left and low < base - (top - base) / 2:
                yield run
                run = []
        run.append(at)
    if run:
        yield run


def _cells(characters: Characters, run: Sequence[int], height: float) -> tuple[Cell, ...]:
    """Return the parts of a line of the characters that are seen of it; none if it has no wide gaps."""
    box = characters.box
    begins = [run[0]]
    ends = []
    for before, at in pairwise(run):
        if at > before + 1 and box(at)[0] - box(before)[2] > CELL_GAP * height:
            ends.append(before)
            begins.append(at)
    if not ends:
        return ()
    ends.append(run[-1])
    return tuple(
        Cell(characters.shown(begin, end), box(begin)[0], box(end)[2], box(begin)[1])
        for begin, end in zip(begins, ends, strict=True)
    )


def _with_initials(lines: Sequence[Line]) -> Iterator[Line]:
    """Join a large letter that begins a text to the line beside it."""
    initial = ""
    for line, following in zip_longest(lines, lines[1:]):
        is_letter = following and len(line.text) == 1 and line.text.isupper()
        if is_letter and line.height > _INITIAL * following.height and _is_beside(following, line):
            initial = line.text
            continue
        yield replace(line, text=initial + line.text) if initial else line
        initial = ""


def _is_beside(line: Line, letter: Line) -> bool:
    return line.left >= letter.right - letter.height / 4 and letter.base <= line.base < letter.base + letter.height


def _with_notes(lines: Iterable[Line]) -> Iterator[Line]:
    """Join the number of a note that pdfium takes for a line of its own, and what follows it, to their line."""
    last: Line | None = None
    raised_last = False
    for line in lines:
        if last is None:
            last = line
            continue
        beside = line.left >= last.right - last.height / 4 and abs(line.left - last.right) < last.height
        is_note = (
            re.fullmatch(rf"[\d{RAISED}]{{1,3}}", line.text) is not None
            and line.height < SMALLER * last.height
            and 0 < line.base - last.base < last.height
        )
        if beside and is_note:
            last = _extended(last, raised(line.text), line.right)
            raised_last = True
        elif beside and line.text[0] in RAISED and abs(line.base - last.base) < last.height / 4:
            last, raised_last = _extended(last, line.text, line.right), False
        elif beside and raised_last and abs(line.base - last.base) < last.height / 4:
            apart = "" if line.left - last.right < _WORD_GAP * last.height else " "
            last = _extended(last, apart + line.text, line.right)
            raised_last = False
        else:
            yield last
            last, raised_last = line, False
    if last:
        yield last


def _extended(line: Line, more: str, right: float) -> Line:
    """Return a line to which something is added at its end."""
    cells = tuple(replace(cell, text=cell.text + more, right=right) for cell in line.cells[-1:])
    return replace(line, text=line.text + more, right=right, cells=(*line.cells[:-1], *cells))


def _with_short_cells(lines: Iterable[Line]) -> list[Line]:
    """Join cells of a character or two, which pdfium takes for lines of their own, to the row that they stand in."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _is_cell_beside(before, line):
            cells = (*parts_of(before), *parts_of(line))
            joined[-1] = replace(before, text=f"{before.text} {line.text}", right=line.right, cells=cells)
        else:
            joined.append(line)
    return joined


def _is_cell_beside(before: Line, line: Line) -> bool:
    short = min(len(part.text) for part in (parts_of(before)[-1], parts_of(line)[0])) <= _SHORT_CELL
    apart = line.left - before.right > CELL_GAP * line.height
    beside = before.place == line.place and abs(before.base - line.base) < line.height / 4
    return short and apart and beside


def parts_of(line: Line) -> tuple[Cell, ...]:
    """Return the parts of a line; the whole line, if wide gaps do not part it."""
    return line.cells or (Cell(line.text, line.left, line.right, line.base),)


def usual_height(lines: Sequence[Line]) -> float:
    """Return how high most letters of a text are, but for those in tables, which are often smaller; 0 of no lines."""
    outside = [line for line in lines if line.place is None and not line.cells]
    counted = outside if sum(len(line.text) for line in outside) >= _LEAST_TEXT else lines
    return median(line.height for line in counted for _ in line.text) if counted else 0.0

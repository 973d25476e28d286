"""The lines of a PDF page, as pdfium has them and as a reader sees them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

import pypdfium2

from retrieval.documents.formats.pdf.characters import Characters, turned
from retrieval.documents.formats.pdf.grids import Grid, Place, grids_of
from retrieval.documents.formats.pdf.merging import with_initials, with_labels, with_notes, with_short_cells
from retrieval.documents.formats.pdf.values import CELL_GAP, HYPHENS, Cell, Line, parts_of

_MARGIN = 0.12  # of a page's height, at its top and at its bottom: running headers and footers stand there
_LOOKED_AT = 8  # characters of a line, by which it is told how high it is
_LETTERHEAD = 8  # lines


def read_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page, in the order of the file, which is that of reading; of a ruled table cell by cell."""
    grids = grids_of(page)
    lines = _in_columns(list(_lines(page, grids)), grids)
    return _by_cells(_from_top(list(with_initials(with_short_cells(with_notes(with_labels(lines)))))))


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

    parted = [part.place for line in lines if len(found := parts(line)) > 1 for part in found if part.place]
    within = {(place.table, place.top) for place in parted}
    several = {(place.table, place.top) for place, count in Counter(parted).items() if count > 1}  # rows, in one cell
    for line in lines:
        row = line.place and (line.place.table, line.place.top)
        yield from parts(line) if row in within - several else [line]


def _runs(
    seen: Sequence[int], characters: Characters, grids: Sequence[Grid]
) -> Iterator[tuple[Place | None, list[int]]]:
    """Yield the characters of each line of those that pdfium takes for one, as it may with cells of one character.

    No line crosses the cells of a ruled table; each comes with the one that it is in.
    """

    def cell(at: int) -> Place | None:
        left, bottom, right, top = characters.box(at)
        return next((one for grid in grids if (one := grid.place((left + right) / 2, (bottom + top) / 2))), None)

    def is_laid_over() -> bool:  # as a running line may be: a word of it begins in another cell than it ends
        words = groupby(enumerate(seen), lambda pair: pair[1] - pair[0])
        return any(cell(word[0]) != cell(word[-1]) for word in ([at for _, at in counted] for _, counted in words))

    if not grids or is_laid_over():
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

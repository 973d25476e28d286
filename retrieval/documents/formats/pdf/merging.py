"""Lines that pdfium takes for several and readers see as one: with an initial, a note, a short cell, a label."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from retrieval.documents.formats.extracted import raised
from retrieval.documents.formats.pdf.characters import SMALLER
from retrieval.documents.formats.pdf.values import CELL_GAP, FIGURE, Line, parts_of
from retrieval.text.markup import RAISED

_INITIAL = 1.6  # times the height of the line that it begins
_SHORT_CELL = 2  # characters
_WORD_GAP = 0.12  # of a line's height
_LONGEST_LABEL = 50  # characters of what a figure is of


def with_labels(lines: Iterable[Line]) -> Iterator[Line]:
    """Join a large figure to what stands in small letters right below it and says of what it is, as on cards."""
    figure: Line | None = None
    for line in lines:
        if figure and _is_label(line, figure):
            text, left, right = f"{figure.text} {line.text}", min(figure.left, line.left), max(figure.right, line.right)
            yield replace(line, text=text, left=left, right=right)
            figure = None
            continue
        if figure:
            yield figure
        figure = line if FIGURE.fullmatch(line.text) and line.place is None else None
        if figure is None:
            yield line
    if figure:
        yield figure


def _is_label(line: Line, figure: Line) -> bool:
    is_below = 0 < figure.base - line.base < _INITIAL * figure.height and line.height * _INITIAL < figure.height
    is_level = figure.left < line.right and line.left < figure.right and not line.cells
    return is_below and is_level and line.text[0].isalpha() and len(line.text) <= _LONGEST_LABEL


def with_initials(lines: Sequence[Line]) -> Iterator[Line]:
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


def with_notes(lines: Iterable[Line]) -> Iterator[Line]:
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


def with_short_cells(lines: Iterable[Line]) -> list[Line]:
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

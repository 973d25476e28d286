"""The lines of a PDF page, as pdfium has them and as a reader sees them."""

import ctypes
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from statistics import median

import pypdfium2
from pypdfium2 import raw

from retrieval.documents.formats.extracted import raised
from retrieval.text.markup import RAISED

HYPHENS = "\x02\ufffe"
"""What pdfium makes of a hyphen at the end of a line."""
_MARGIN = 0.12  # of a page's height, at its top and at its bottom: running headers and footers stand there
_DIGITS = frozenset("0123456789")
_ASLANT = 10  # degrees from flat, or from upright: a watermark
_LOOKED_AT = 8  # characters of a line, by which it is told how high it is
_INITIAL = 1.6  # times the height of the line that it begins
CELL_GAP = 0.85  # of a line's height: wider than the blanks of text that is set to both margins
_SHORT_CELL = 2  # characters
_WORD_GAP = 0.12  # of a line's height
_SMALLER, _HIGHER = 0.85, 0.12  # of the height of the character before: a number that is raised
_Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


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

    `cells` are its parts, if wide gaps part it, as they do in the rows of a table.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    marginal: bool
    cells: tuple[Cell, ...] = ()


def read_lines(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page, in the order of the file, which is that of reading."""
    return list(_with_initials(_with_short_cells(_with_notes(_lines(page)))))


def _lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    turn = page.get_rotation()
    _, bottom, _, top = _turned(page.get_bbox(), turn)
    margin = _MARGIN * (top - bottom)
    text = page.get_textpage()
    count = text.count_chars()
    characters = [chr(raw.FPDFText_GetUnicode(text, number)) for number in range(count)]
    for number in range(count):
        if _is_aslant(text, number) and characters[number] not in "\r\n":
            characters[number] = " "

    def box(number: int) -> _Box:
        return _turned(_box(text, number), turn)

    _raise_numbers(characters, box)
    begin = 0
    for number in range(count + 1):
        ends = number == count or characters[number] in "\r\n" or characters[max(begin, number - 1)] in HYPHENS
        if not ends:
            continue
        places = [place for place in range(begin, number) if not characters[place].isspace()]
        for run in _runs(places, box):
            left, _, _, _ = box(run[0])
            _, _, right, _ = box(run[-1])
            boxes = map(box, run[:: len(run) // _LOOKED_AT + 1])
            height = max(median(high - low for _, low, _, high in boxes), 1.0)
            _, base, _, _ = box(run[len(run) // 2])
            marginal = not bottom + margin <= base <= top - margin
            cells = _cells(characters, run, box, height)
            yield Line(_shown(characters[run[0] : run[-1] + 1]), left, right, base, height, marginal, cells)
        begin = number + (number < count and characters[number] in "\r\n")


def _runs(places: Sequence[int], box: Callable[[int], _Box]) -> Iterator[list[int]]:
    """Yield the characters of each line of those that pdfium takes for one, as it may with cells of one character."""
    run: list[int] = []
    for place in places:
        if run and place > run[-1] + 1:
            left, base, _, top = box(run[-1])
            begins, low, _, _ = box(place)
            if begins < left and low < base - (top - base) / 2:
                yield run
                run = []
        run.append(place)
    if run:
        yield run


def _cells(
    characters: Sequence[str], places: Sequence[int], box: Callable[[int], _Box], height: float
) -> tuple[Cell, ...]:
    """Return the parts of a line, whose characters that are seen stand at `places`; none if it has no wide gaps."""
    begins = [places[0]]
    ends = []
    for before, place in pairwise(places):
        if place > before + 1 and box(place)[0] - box(before)[2] > CELL_GAP * height:
            ends.append(before)
            begins.append(place)
    if not ends:
        return ()
    ends.append(places[-1])
    return tuple(
        Cell(_shown(characters[begin : end + 1]), box(begin)[0], box(end)[2], box(begin)[1])
        for begin, end in zip(begins, ends, strict=True)
    )


def _shown(characters: Sequence[str]) -> str:
    text = "".join(characters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(text.split())


def _is_aslant(text: pypdfium2.PdfTextPage, number: int) -> bool:
    """Tell whether a character stands on a line that neither lies flat nor stands upright."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, number, ctypes.byref(matrix)):
        return False
    return _ASLANT < math.degrees(math.atan2(matrix.b, matrix.a)) % 90 < 90 - _ASLANT


def _raise_numbers(characters: list[str], box: Callable[[int], _Box]) -> None:
    """Put raised digits in the place of those that are set smaller and higher than what stands before them.

    pdfium may end the line before one.
    """
    before: int | None = None  # the last character that is not raised, in this line
    ended = False
    for number, character in enumerate(characters):
        if character in "\r\n":
            ended = True
            continue
        if ended and before is not None and not _stands_behind(box(number), box(before)):
            before = None
        ended = False
        if character in _DIGITS and before is not None:
            _, base, _, top = box(before)
            _, low, _, high = box(number)
            if high - low < _SMALLER * (top - base) and low - base > _HIGHER * (top - base):
                characters[number] = raised(character)
            else:
                before = number
        elif not character.isspace():
            before = number


def _stands_behind(box: _Box, before: _Box) -> bool:
    left, low, _, high = box
    _, base, right, top = before
    return right - (top - base) / 4 <= left < right + (top - base) and low < top and base < high


def _box(text: pypdfium2.PdfTextPage, number: int) -> _Box:
    """Return left, bottom, right and top of a character, as high as its font is."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, number, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _turned(box: _Box, degrees: int) -> _Box:
    """Return where a box is on a page that is turned clockwise, as its readers see it."""
    left, bottom, right, top = box
    return {
        90: (bottom, -right, top, -left),
        180: (-right, -top, -left, -bottom),
        270: (-top, left, -bottom, right),
    }.get(degrees, box)


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
            and line.height < _SMALLER * last.height
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
    return short and apart and abs(before.base - line.base) < line.height / 4


def parts_of(line: Line) -> tuple[Cell, ...]:
    """Return the parts of a line; the whole line, if wide gaps do not part it."""
    return line.cells or (Cell(line.text, line.left, line.right, line.base),)

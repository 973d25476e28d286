"""What is read of a PDF page: its lines, with the parts that gaps set off, and the rows of its tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from retrieval.documents.formats.pdf.grids import Place
from retrieval.text.patterns import regex

HYPHENS = "\x02\ufffe"
"""What pdfium makes of a hyphen at the end of a line."""
FIGURE = regex(r"[^\w\s]{0,2}(?:Rp ?)?\d[\d.,]*(?: ?(?:%|[A-Za-z]{1,8}))?")
"""Matches a figure, with its unit or without."""
_CARD = regex(rf"{FIGURE.pattern} +[^\W\d_]{{2}}")
CELL_GAP = 0.85  # of a line's height: wider than the blanks of text that is set to both margins
_LEAST_TEXT = 200  # characters: a title and a caption are less


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


def parts_of(line: Line) -> tuple[Cell, ...]:
    """Return the parts of a line; the whole line, if wide gaps do not part it."""
    return line.cells or (Cell(line.text, line.left, line.right, line.base),)


def is_card(text: str) -> bool:
    """Tell whether a line is a figure with what it is of: "41 PEOPLE DEAD"."""
    return _CARD.match(text) is not None


def usual_height(lines: Sequence[Line]) -> float:
    """Return how high most letters of a text are, but for those in tables, which are often smaller; 0 of no lines."""
    outside = [line for line in lines if line.place is None and not line.cells]
    counted = outside if sum(len(line.text) for line in outside) >= _LEAST_TEXT else lines
    return median(line.height for line in counted for _ in line.text) if counted else 0.0

"""What a format takes out of a file: text, blocks that no sentence crosses, and what the file says of itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from retrieval.errors import DocumentError
from retrieval.text.markup import CELL_MARK, RAISED
from retrieval.text.patterns import regex

_WIDEST = 100  # columns or rows that a cell may go over
_MOST_COLUMNS = 200  # of more, a row is no sentence
_NAME_OF_COLUMN = regex(r"(?:19|20)\d\d|(?=.*[^\W\d_])[^\n]{1,60}")
_FIGURE = regex(r"\W*\d")
_LEAST_ROWS = 3  # of a table whose first two name its columns
_LONGEST_CELL = 300  # characters; a longer one holds text as a page does
_LONGEST_LABEL = 100  # characters
_UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u200e\u200f\u2060\ufeff"))  # where words may be divided, or turned
_RAISED = str.maketrans("0123456789", RAISED)


@dataclass(frozen=True, slots=True)
class Block:
    """The span `text[start:end]` that no sentence crosses; `whole` blocks are one sentence each, as they stand."""

    start: int
    end: int
    heading: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said of a document, as it is written there, in the file or beside it; empty: nothing is.

    `created` is the day on which a program made the file, which may only be that of an export.
    """

    title: str = ""
    date: str = ""
    created: str = ""
    source: str = ""
    url: str = ""
    author: str = ""
    language: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text and its blocks, in order; the first `body` characters are front matter.

    `markdown`: inline marks stand in the text as they do in the file, and people see it rendered. `pages` are the
    places where pages begin, for files that have pages. `parts_only`: no heading is the title of the whole.
    """

    text: str
    blocks: Sequence[Block]
    metadata: Metadata = Metadata()
    body: int = 0
    markdown: bool = False
    pages: tuple[int, ...] = ()
    parts_only: bool = False


def is_row(cells: Sequence[str]) -> bool:
    """Tell whether the cells of a row of a table belong together, and the table does not only lay out a page."""
    held = [len(cell) for cell in cells if cell.strip()]
    return len(held) > 1 and max(held) <= _LONGEST_CELL


def label_between(before: Sequence[str], cells: Sequence[str], after: Sequence[str]) -> str:
    """Return the first cell of a row between two others of a table, if it is alone, and says what those below are.

    Nothing of any other row. It does not part them: the names of their columns stand above it.
    """
    label, *others = cells or ("",)
    is_label = len(label) <= _LONGEST_LABEL and not any(other.strip() for other in others)
    return label if is_label and is_row(before) and is_row(after) else ""


def row_text(cells: Sequence[str]) -> str:
    """Join the cells of a row; an empty one keeps its place, except at the end.

    In forms a column of colons parts labels and values: these are one cell, "Day : Monday".
    """
    texts: list[str] = []
    for cell in cells:
        text = cell.strip()
        if texts and texts[-1] and text and (text[0] == ":" or texts[-1][-2:] == " :"):
            texts[-1] = f"{texts[-1]} {text}"
        else:
            texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    return CELL_MARK.join(texts)


def with_joined_names(rows: Sequence[list[str]], widths: Sequence[int]) -> list[list[str]]:
    """Return the rows of a table with the first two as one, "Households 2024", where both name columns.

    `widths` are over how many columns the cells of the first go: some over several, each with another name below it,
    and below all others there is nothing, or the same. Figures follow.
    """
    if len(rows) < _LEAST_ROWS or not widths or len(rows[0]) != sum(widths) or not min(widths) == 1 < max(widths):
        return list(rows)
    first, second, *others = ([text.strip() for text in row] for row in rows)
    places = [sum(widths[:number]) for number in range(len(widths))]
    over = [first[place] for place, width in zip(places, widths, strict=True) for _ in range(width)]
    alone = {place for place, width in zip(places, widths, strict=True) if width == 1}
    below = [name for place, name in enumerate(second) if place not in alone]
    figures = [row[place] for row in others for place in range(len(row)) if place not in alone]
    if (
        len(second) != len(over)
        or any(second[place] not in ("", over[place]) for place in alone)
        or not all(_NAME_OF_COLUMN.fullmatch(name) for name in below)
        or any(len(set(second[place : place + width])) < width for place, width in zip(places, widths, strict=True))
        or sum(_FIGURE.match(value) is not None for value in figures) <= len(figures) / 2
    ):
        return list(rows)
    return [
        [name if name == more else f"{name} {more}".strip() for name, more in zip(over, second, strict=True)],
        *others,
    ]


def named_row(columns: Sequence[str], cells: Sequence[str]) -> str:
    """Join the cells of a row that hold anything, each with the name of its column, if that has one.

    Raises DocumentError if there are too many columns.
    """
    if len(columns) > _MOST_COLUMNS:
        raise DocumentError(f"it has {len(columns):,} columns, more than the {_MOST_COLUMNS} that are read")
    named = zip_longest(columns[: len(cells)], cells, fillvalue="")
    return "; ".join(f"{name}: {value}" if name else value for name, value in named if value)


def cell_span(said: str | None) -> int:
    """Return over how many columns or rows a cell goes, as its file says it; 1 where that says nothing."""
    return min(max(int(said), 1), _WIDEST) if said and said.isdecimal() and len(said) <= len("1000") else 1


class TextBuilder:
    """Puts together the text of a file that is none itself, a block at a time."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[int] = []
        self._new_pages = 0

    def add(self, text: str, *, heading: bool = False, whole: bool = False, apart: bool = True) -> None:
        """Add a block, its white space folded; an empty line parts it from the one before, or a line end only."""
        if text := _folded(text):
            self._append(("\n\n" if apart else "\n") if self._blocks else "")
            self._turn_pages()
            self._blocks.append(Block(self._length, self._length + len(text), heading, whole))
            self._append(text)

    def go_on(self, text: str) -> None:
        """Add more to the last block."""
        if text := _folded(text):
            self._append(" ")
            self._turn_pages()
            self._append(text)
            self._blocks[-1] = replace(self._blocks[-1], end=self._length)

    def add_all(self, other: Extracted) -> None:
        """Add the text and the blocks of another file, as they are."""
        self._append("\n\n" if self._blocks else "")
        at = self._length
        self._blocks += [replace(block, start=block.start + at, end=block.end + at) for block in other.blocks]
        self._append(other.text)

    def begin_page(self) -> None:
        """Let what is added next stand on a new page."""
        self._new_pages += 1

    def extracted(self, metadata: Metadata, *, parts_only: bool = False) -> Extracted:
        """Return what was added."""
        self._turn_pages()
        pages = tuple(self._pages)
        return Extracted("".join(self._parts), self._blocks, metadata, pages=pages, parts_only=parts_only)

    def _turn_pages(self) -> None:
        self._pages += [self._length] * self._new_pages
        self._new_pages = 0

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def add_rows(
    builder: TextBuilder, rows: Sequence[list[str]], widths: Sequence[int], add_cells: Callable[[int], None]
) -> None:
    """Add the rows of a table, the first two as one where both name columns (see with_joined_names).

    `add_cells` adds the cells of the row with that number as text, where the table only lays out a page.
    """
    joined = with_joined_names(rows, widths)
    first = len(rows) - len(joined)
    around: list[Sequence[str]] = [(), *joined, ()]
    for number, texts in enumerate(joined, start=first):
        if is_row(texts):
            builder.add(row_text(texts), whole=True, apart=number == first)
        elif label := label_between(around[number - first], texts, around[number - first + 2]):
            builder.add(label, apart=False)
        else:
            add_cells(number)


def _folded(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def raised(text: str) -> str:
    """Return text that is set above the line, its digits as such: the mark of a note is not part of a figure."""
    return text.translate(_RAISED)


def trimmed(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Return blocks without white space at their ends, and without those in which there is nothing else."""
    found = (_trimmed(text, block) for block in blocks)
    return [block for block in found if block.start < block.end]


def _trimmed(text: str, block: Block) -> Block:
    part = text[block.start : block.end]
    start = block.start + len(part) - len(part.lstrip())
    return Block(start, max(start, block.start + len(part.rstrip())), block.heading, block.whole)

"""The rows of tables in a text: their cells, and the names of their columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.markup import CELL_MARK
from retrieval.values import Document, Sentence

_NAMED = re.compile(r"(?:\A|; )(?P<column>[^:;|]{1,60}): (?P<value>[^;]*)")
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_RULE = re.compile(r"[ \t]*\|?[ \t]*\r?\n[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*(?:\r?\n|\Z)")  # below the first row
_FIRST_ROW = re.compile(rf"^(?:[ \t]*\|.*|.*{re.escape(CELL_MARK)}.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cell:
    """The value in a column of a row: `text[start:end]` of its document."""

    column: str
    start: int
    end: int


def cells_of(document: Document, sentence: Sentence) -> list[Cell]:
    """Return the cells of a row of a table with the names of their columns; none of any other sentence."""
    text = document.text[sentence.start : sentence.end]
    pairs = list(_NAMED.finditer(text))
    if len(pairs) > 1 and "".join(pair[0] for pair in pairs) == text:
        return [
            Cell(pair["column"], sentence.start + pair.start("value"), sentence.start + pair.end("value"))
            for pair in pairs
        ]
    columns = columns_above(document, sentence)
    row = _cells(document.text, sentence.start, sentence.end) if columns else ()
    return [Cell(column, *span) for column, span in zip(columns, row, strict=True)]


def columns_above(document: Document, sentence: Sentence) -> list[str]:
    """Return the names of the columns that the first row of a table has for a later one; none of other sentences."""
    count = len(list(_cells(document.text, sentence.start, sentence.end)))
    return _columns(document.text, sentence.start, count) if count > 1 else []


def column_above(document: Document, sentence: Sentence, span: tuple[int, int]) -> str:
    """Return the name that the first row of a table has for the column of a span in a later row; nothing if none."""
    cells = cells_of(document, sentence) if columns_above(document, sentence) else ()
    return next((cell.column for cell in cells if cell.start <= span[0] and span[1] <= cell.end), "")


def names_columns(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is the first row of a table in Markdown, which says what stands in its columns."""
    return document.markdown and _RULE.match(document.text, sentence.end) is not None


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the places of the cells in a line that signs part, without the white space around them."""
    line = text[start:end]
    if CELL_MARK not in line and not line.lstrip().startswith("|"):
        return
    for match in _CELL.finditer(line):
        cell = match[0].strip()
        if cell or (match.start() > 0 and match.end() < len(line)):
            begin = start + match.start() + len(match[0]) - len(match[0].lstrip())
            yield begin, begin + len(cell)


def _columns(text: str, start: int, count: int) -> list[str]:
    """Return what the first of the rows says that stand in the lines before a place; nothing if that is the first."""
    begins = max(text.rfind("\n\n", 0, start), text.rfind("\n\r\n", 0, start), 0)
    match = _FIRST_ROW.search(text, begins, start)
    columns = [text[begin:stop] for begin, stop in _cells(text, *match.span())] if match else []
    return columns[:count] if len(columns) >= count else []

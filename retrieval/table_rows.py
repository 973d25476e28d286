"""The rows of tables in a text: their cells, and the names of their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.markup import CELL_MARK
from retrieval.values import Document, Passage, Sentence

_NAMED = re.compile(r"(?:\A|; )(?P<column>[^:;|]{1,60}): (?P<value>[^;]*)")
_BAR = re.compile(r"\\.|(?P<bar>\|)", re.DOTALL)  # what a backslash stands before is none
_FURTHEST = 100_000  # characters from a row to the first of its table, where the names of the columns are looked for
_RULE = re.compile(
    r"[ \t]*+\|?[ \t]*+\r?\n[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*(?:\r?\n|\Z)"
)  # below the first row
_BLANK = re.compile(r"\n\r?\n")
_PAIR = 2
_FIGURE = re.compile(r"\d")
_OF_TIME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\bQ[1-4]\b|\d(?:st|nd|rd|th)\b")  # "2024/25", "1st quarter"
_SAYS = re.compile(r"\w")  # neither empty, nor only a dash
_FIGURES = 0.8  # of the values of a column that has a name for figures
_LOOKED_AT = 100  # rows
_ROW = re.compile(rf"^(?:[ \t]*\|.*|.*{re.escape(CELL_MARK)}.*)$", re.MULTILINE)


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
    return _cells_below(document, sentence)


def columns_above(document: Document, sentence: Sentence) -> list[str]:
    """Return the names of the columns that the first row of a table has for a later one; none of other sentences."""
    return [cell.column for cell in _cells_below(document, sentence)]


def row_values(document: Document, sentence: Sentence) -> list[str]:
    """Return what stands in the cells of a row that signs part; nothing of any other sentence."""
    return [document.text[start:end] for start, end in _cells(document, sentence.start, sentence.end)]


def column_above(document: Document, sentence: Sentence, span: tuple[int, int]) -> str:
    """Return the name that the first row of a table has for the column of a span in a later row; nothing if none.

    Of two columns the first may say what each row is: then the first row has no names.
    """
    cells = _cells_below(document, sentence)
    first = _first_row(document.text, sentence.start) if len(cells) == _PAIR else None
    if first and not _has_names(document, first):
        return ""
    return next((cell.column for cell in cells if cell.start <= span[0] and span[1] <= cell.end), "")


def unnamed_pairs(document: Document, sentences: Sequence[Sentence]) -> dict[int, list[tuple[int, int]]]:
    """Return, by where rows of two cells begin, these cells, if their table has no names: one says what the other is.

    In a file whose first row became the names of its columns, that is told by a figure among them.
    """
    pairs: dict[int, list[tuple[int, int]]] = {}
    has_names: dict[int, bool] = {}  # by the first row of a table
    for sentence in sentences:
        cells = _cells(document, sentence.start, sentence.end)
        if len(cells) == _PAIR and (first := _first_row(document.text, sentence.start, itself=True)):
            if first.start() not in has_names:
                has_names[first.start()] = _has_names(document, first)
            if not has_names[first.start()]:
                pairs[sentence.start] = cells
        elif not cells:
            named = cells_of(document, sentence)
            if len(named) == _PAIR and _is_figure(named[1].column):
                pairs[sentence.start] = [(cell.start, cell.end) for cell in named]
    return pairs


def names_columns(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is the first row of a table in Markdown, which says what stands in its columns."""
    return document.markdown and _RULE.match(document.text, sentence.end) is not None


def headings_above(document: Document, passage: Passage, sentence: Sentence) -> list[str]:
    """Return the headings of a passage below which a sentence stands.

    They are the last one before it, and those that another follows at once, as that of a chapter does.
    """
    before = [one for one in passage.sentences if one.start < sentence.start]
    headings = [number for number, one in enumerate(before) if one.heading]
    kept = (number for number in headings if number == headings[-1] or before[number + 1].heading)
    return [document.text[before[number].start : before[number].end] for number in kept]


def _cells_below(document: Document, sentence: Sentence) -> list[Cell]:
    """Return the cells of a row that signs part, with the names that the first row of its table has; else none."""
    row = _cells(document, sentence.start, sentence.end)
    columns = _columns(document, sentence.start, len(row)) if len(row) > 1 else []
    return [Cell(column, *span) for column, span in zip(columns, row, strict=True)] if columns else []


def _cells(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the cells in a line that signs part, without the white space around them.

    In Markdown, signs may stand at both ends of a line, too.
    """
    line = document.text[start:end]
    if CELL_MARK not in line and not line.lstrip().startswith("|"):
        return []
    bars = [match.start() for match in _BAR.finditer(line) if match["bar"]]
    cells = []
    for begin, stop in zip([0, *(bar + 1 for bar in bars)], [*bars, len(line)], strict=True):
        cell = line[begin:stop]
        first = start + begin + len(cell) - len(cell.lstrip())
        cells.append((first, first + len(cell.strip())))
    if document.markdown:
        edges = {0: bars and not line[: bars[0]].strip(), len(cells) - 1: bars and not line[bars[-1] + 1 :].strip()}
        cells = [cell for number, cell in enumerate(cells) if not edges.get(number)]
    return cells


def _columns(document: Document, start: int, count: int) -> list[str]:
    """Return what the first of the rows says that stand in the lines before a place; nothing if that is the first."""
    match = _first_row(document.text, start)
    columns = row_values(document, Sentence(*match.span())) if match else []
    return columns[:count] if len(columns) >= count else []


def _first_row(text: str, start: int, *, itself: bool = False) -> re.Match[str] | None:
    """Return the first of the rows in the lines before a place, or up to it, `itself`; None if there is none."""
    least = max(start - _FURTHEST, 0)
    blank = max(text.rfind("\n\n", least, start), least)
    begins = max(text.rfind("\n\r\n", blank, start), blank)
    if least and begins == least:
        return None
    end = text.find("\n", start) if itself else start
    return _ROW.search(text, begins, end if end >= 0 else len(text))


def _has_names(document: Document, first: re.Match[str]) -> bool:
    """Tell whether the first row of a table of two columns names them: below it, there are hardly but figures."""
    text = document.text
    name = row_values(document, Sentence(*first.span()))[-1]
    if _is_figure(name):
        return False
    most = first.end() + _FURTHEST
    blank = _BLANK.search(text, first.end(), most)
    rows = islice(_ROW.finditer(text, first.end(), blank.start() if blank else min(most, len(text))), _LOOKED_AT)
    values = [value for row in rows for value in row_values(document, Sentence(*row.span()))[1:_PAIR]]
    told = [_FIGURE.search(value) is not None for value in values if _SAYS.search(value)]
    return sum(told) >= _FIGURES * len(told)


def _is_figure(value: str) -> bool:
    """Tell whether what would name a column is itself a figure: "110", "Rp 5,000", "45 days"; but no time."""
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdecimal, value))
    return not _OF_TIME.search(value) and (value[:1].isdecimal() or value.startswith(":") or digits > letters)

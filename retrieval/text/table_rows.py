"""The rows of tables in a text: their cells, and the names of their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.text.markup import CELL_MARK
from retrieval.text.paragraphs import paragraph_begin, paragraph_end
from retrieval.text.patterns import regex
from retrieval.text.text_rows import Span, table_around
from retrieval.values import Document, Sentence

_NAMED = regex(r"(?:\A|; )(?P<column>[^:;|]{1,60}): (?P<value>[^;]*)")
_BAR = regex(r"\\.|(?P<bar>\|)", re.DOTALL)  # what a backslash stands before is none
_FURTHEST = 100_000  # characters from a row to the first of its table, where the names of the columns are looked for
_RULE = regex(r"[ \t]*+\|?[ \t]*+\r?\n[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*(?:\r?\n|\Z)")  # below the first row
_PAIR = 2
_FIGURE = regex(r"\d")
_OF_TIME = regex(r"(?<!\d)(?:19|20)\d\d(?!\d)|\bQ[1-4]\b|\d(?:st|nd|rd|th)\b")  # "2024/25", "1st quarter"
_PLAIN_FIGURE = regex(r"[^\w\s]?(?:Rp|US)?[^\w\s]{0,3}\s?\d[\d.,: ]*[^\w\s]{0,2}|[^\w\s]+")  # or a dash
_BEGINS_ENTRY = regex(r"\d\d?[.:]\d\d(?!\d)|[0-3]?\d(?:\s*[–-]\s*[0-3]?\d)? [A-Z][a-z]{2,8}(?: \d{4})?\Z")
_SENTENCE = regex(r"(?:\S+\s+){4,}\S*\w{2}[.!?]\Z")
_SAYS = regex(r"\w")  # neither empty, nor only a dash
_FIGURES = 0.8  # of the values of a column that has a name for figures
_LOOKED_AT = 100  # rows
_ROW = regex(rf"^(?:[ \t]*\|.*|.*{re.escape(CELL_MARK)}.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cell:
    """The value in a column of a row: `text[start:end]` of its document."""

    column: str
    start: int
    end: int


def cells_of(document: Document, sentence: Sentence) -> list[Cell]:
    """Return the cells of a row of a table with the names of their columns; none of any other sentence."""
    text = document.text_of(sentence)
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
    """Return what stands in the cells of a row that signs or gaps part; nothing of any other sentence."""
    return [document.text[start:end] for start, end in _cells(document, sentence)]


def column_above(document: Document, sentence: Sentence, span: Span) -> str:
    """Return the name that the first row of a table has for the column of a span in a later row; nothing if none.

    Of two columns the first may say what each row is: then the first row has no names.
    """
    cells = _cells_below(document, sentence)
    first = _first_row(document, sentence) if len(cells) == _PAIR else None
    if first and not _has_names_of_pairs(document, first):
        return ""
    return next((cell.column for cell in cells if cell.start <= span[0] and span[1] <= cell.end), "")


def names_columns(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is the first row of a table, which says what stands in its columns.

    In Markdown a line below it tells that, elsewhere a column of figures below a name.
    """
    if _is_told(document, sentence):
        return True
    names = row_values(document, sentence)
    is_later = len(names) < _PAIR or _first_row(document, sentence)
    if is_later or not _may_name(names) or any(map(_is_figure, names[1:])):
        return False
    rows = _rows_below(document, sentence)
    columns = [_column(rows, place) for place in range(1, len(names))]
    return any(column and _is_above_figures(name, column) for name, column in zip(names[1:], columns, strict=True))


def unnamed_pairs(document: Document, sentences: Sequence[Sentence]) -> dict[int, Sequence[Span]]:
    """Return, by where rows of two cells begin, these cells, if their table has no names: one says what the other is.

    In a file whose first row became the names of its columns, that is told by a figure among them.
    """
    pairs: dict[int, Sequence[Span]] = {}
    has_names: dict[int, bool] = {}  # by the first row of a table
    for sentence in sentences:
        cells = _cells(document, sentence)
        if len(cells) == _PAIR:
            first = _first_row(document, sentence) or sentence
            if first.start not in has_names:
                has_names[first.start] = _has_names_of_pairs(document, first)
            if not has_names[first.start]:
                pairs[sentence.start] = cells
        elif not cells:
            named = cells_of(document, sentence)
            if len(named) == _PAIR and _is_figure(named[1].column):
                pairs[sentence.start] = [(cell.start, cell.end) for cell in named]
    return pairs


def _cells_below(document: Document, sentence: Sentence) -> list[Cell]:
    """Return the cells of a row that signs or gaps part, with the names that the first row has; else none."""
    row = _cells(document, sentence)
    first = _first_row(document, sentence) if len(row) > 1 else None
    names = row_values(document, first) if first else []
    if first and (len(names) < len(row) or not (_is_told(document, first) or _may_name(names))):
        return []
    return [Cell(name, *span) for name, span in zip(names, row, strict=False)]


def _cells(document: Document, sentence: Sentence) -> Sequence[Span]:
    """Return the places of the cells in a row, without the white space around them; nothing of any other sentence."""
    span = sentence.start, sentence.end
    return _cells_by_signs(document, *span) or table_around(document.text, span, document.body).get(span, [])


def _cells_by_signs(document: Document, start: int, end: int) -> list[Span]:
    """Return the places of the cells in a line that signs part; in Markdown, signs may stand at both ends, too."""
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


def _first_row(document: Document, sentence: Sentence) -> Sentence | None:
    """Return the first row of the table that a later one is in; None if it is the first."""
    if _cells_by_signs(document, sentence.start, sentence.end):
        match = _first_by_signs(document.text, sentence.start)
        return Sentence(*match.span()) if match else None
    span = sentence.start, sentence.end
    first = min(table_around(document.text, span, document.body), default=span)
    return Sentence(*first) if first < span else None


def _first_by_signs(text: str, start: int) -> re.Match[str] | None:
    """Return the first of the rows in the lines before a place; None if that is the first."""
    least = max(start - _FURTHEST, 0)
    begins = paragraph_begin(text, least, start)
    return _ROW.search(text, begins, start) if begins > least or not least else None


def _rows_below(document: Document, first: Sentence) -> list[list[str]]:
    """Return what stands in the cells of the rows below the first of a table; of very many, not all."""
    text = document.text
    if not _cells_by_signs(document, first.start, first.end):
        table = table_around(text, (first.start, first.end), document.body)
        return [[text[slice(*cell)] for cell in row] for row in islice(table.values(), 1, _LOOKED_AT)]
    most = first.end + _FURTHEST
    end = paragraph_end(text, first.end, min(most, len(text)))
    rows = islice(_ROW.finditer(text, first.end, end), _LOOKED_AT)
    return [row_values(document, Sentence(*row.span())) for row in rows]


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return what a column says in rows that have it, but for dashes."""
    return [row[place] for row in rows if len(row) > place and _SAYS.search(row[place])]


def _is_told(document: Document, first: Sentence) -> bool:
    """Tell whether a line below a row of Markdown tells that it names the columns."""
    return document.markdown and _RULE.match(document.text, first.end) is not None


def _may_name(names: Sequence[str]) -> bool:
    """Tell whether the first row of a table may name its columns: it neither begins with a figure nor has but figures.

    Years are names, and so are ranges: "0–4"; but no hour or day that a row begins with, nor is a whole sentence.
    """
    if _BEGINS_ENTRY.match(names[0]) or any(map(_SENTENCE.search, names)):
        return False
    first, *others = (_PLAIN_FIGURE.fullmatch(name) and not _OF_TIME.search(name) for name in names)
    return not first and not (others and all(others))


def _has_names_of_pairs(document: Document, first: Sentence) -> bool:
    """Tell whether the first row of a table of two columns names them."""
    return _is_above_figures(row_values(document, first)[-1], _column(_rows_below(document, first), 1))


def _is_above_figures(name: str, values: Sequence[str]) -> bool:
    """Tell whether hardly but figures stand below what would name a column, and it is none itself."""
    told = [_FIGURE.search(value) is not None and not value.startswith(":") for value in values]
    return not _is_figure(name) and sum(told) >= _FIGURES * len(told)


def _is_figure(value: str) -> bool:
    """Tell whether what would name a column is itself a figure: "110", "Rp 5,000", "45 days"; but no time."""
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdecimal, value))
    return not _OF_TIME.search(value) and (value[:1].isdecimal() or value.startswith(":") or digits > letters)

"""Tables (.csv): a row is a sentence, "column: value; column: value"."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from retrieval.documents.encodings import decode
from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, named_row
from retrieval.documents.formats.lines import looks_like_title
from retrieval.errors import DocumentError
from retrieval.text.patterns import regex

_DELIMITERS = ";\t|,"
_LOOKED_AT, _ROWS_LOOKED_AT = 100_000, 20  # characters, and rows in them, that tell the sign between the columns
_MOST_ABOVE = 3  # lines above a table, as its title
_FIGURE = regex(r"(?!(?:19|20)\d\d\Z)\W*\d[\d.,]*\W*")
_SAYS_DELIMITER = regex(r"\s*sep=([,;\t|])\r?\n", re.IGNORECASE)  # as Excel writes and reads it


def extract(data: bytes) -> Extracted:
    """Read a table whose first row names the columns, but for lines above it; raises DocumentError if it is none."""
    builder = TextBuilder()
    rows = list(_rows(decode(data)))
    above = _lines_above(rows)
    captions = [", ".join(filter(None, row)) for row in rows[:above]]
    for caption in captions:
        builder.add(caption, heading=looks_like_title(caption))
    columns = rows[above] if rows else []
    for row in rows[above + 1 :]:
        builder.add(named_row(columns, row), whole=True, apart=False)
    return builder.extracted(Metadata(title=next(filter(looks_like_title, captions), "")))


def _lines_above(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows with one cell stand above the first one with several; none if there are too many.

    So does one in which a sign within its text parts few cells, if no figures follow: "Tenders, as of 30 October".
    """
    above = _first([sum(map(bool, row)) for row in rows], least=2)
    names = _first([len(row) for row in rows], least=_least([len(row) for row in rows[:_ROWS_LOOKED_AT]]))
    are_names = names > above and not any(map(_FIGURE.fullmatch, rows[names]))
    return names if are_names and names <= _MOST_ABOVE else above if above <= _MOST_ABOVE else 0


def _first(counts: Sequence[int], *, least: int) -> int:
    return next((number for number, count in enumerate(counts) if count >= least), 0)


def _least(counts: Sequence[int]) -> int:
    """Return how many cells a row has at least that names the columns, by how many most rows have: more than half."""
    return max(2, Counter(counts).most_common(1)[0][0] // 2 + 1) if counts else 2


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows that hold anything, their cells without white space around them."""
    said = _SAYS_DELIMITER.match(text)
    text = text[said.end() :] if said else text.lstrip(" \r\n")
    delimiter = said[1] if said else max(_DELIMITERS, key=lambda sign: _fit(text[:_LOOKED_AT], sign))
    try:
        for row in _reader(text, delimiter):
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield cells
    except csv.Error as error:
        raise DocumentError(f"it cannot be read as a table: {error}") from error


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows with as many cells as the first, if it parts that into any, and how many cells."""
    try:
        counts = [len(row) for row in islice(_reader(text, delimiter), _ROWS_LOOKED_AT) if any(row)]
    except csv.Error:
        return 0.0, 0
    above = _first(counts, least=_least(counts))
    if above <= _MOST_ABOVE and counts[above:].count(counts[above] if counts else 0) > len(counts) / 2:
        counts = counts[above:]
    parted = counts and counts[0] > 1
    return (counts.count(counts[0]) / len(counts), counts[0]) if parted else (0.0, 0)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)

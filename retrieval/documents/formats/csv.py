"""Tables (.csv): a row is a sentence, "column: value; column: value"."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from retrieval.documents.encodings import decode
from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, named_row
from retrieval.errors import DocumentError

_DELIMITERS = ";\t|,"
_LOOKED_AT, _ROWS_LOOKED_AT = 100_000, 20  # characters, and rows in them, that tell the sign between the columns
_SAYS_DELIMITER = re.compile(r"\s*sep=([,;\t|])\r?\n", re.IGNORECASE)  # as Excel writes and reads it


def extract(data: bytes) -> Extracted:
    """Read a table whose first row names the columns; raises DocumentError if it is none."""
    builder = TextBuilder()
    rows = _rows(decode(data))
    columns = next(rows, [])
    for row in rows:
        builder.add(named_row(columns, row), whole=True, apart=False)
    return builder.extracted(Metadata())


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
    parted = counts and counts[0] > 1
    return (counts.count(counts[0]) / len(counts), counts[0]) if parted else (0.0, 0)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)

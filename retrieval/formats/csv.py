"""Tables (.csv): a row is a sentence, "column: value; column: value"."""

import csv
from collections.abc import Iterator
from io import StringIO

from retrieval.encodings import decode
from retrieval.errors import DocumentError
from retrieval.formats.extracted import Extracted, Metadata, TextBuilder

_SAMPLE = 20_000  # characters, from which the sign between the columns is told
_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 200  # of more, a row is no sentence


def extract(data: bytes) -> Extracted:
    """Read a table whose first row names the columns; raises DocumentError if it is none."""
    builder = TextBuilder()
    rows = _rows(decode(data))
    columns = next(rows, [])
    if len(columns) > _MOST_COLUMNS:
        raise DocumentError(f"it has {len(columns):,} columns, more than the {_MOST_COLUMNS} that are read")
    for row in rows:
        named = [*columns, *[""] * (len(row) - len(columns))]
        pairs = [f"{name}: {value}" if name else value for name, value in zip(named, row, strict=False) if value]
        builder.add("; ".join(pairs), whole=True, apart=False)
    return builder.extracted(Metadata())


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows that hold anything, their cells without white space around them."""
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:_SAMPLE], _DELIMITERS)
    except csv.Error:
        dialect = csv.excel
    try:
        for row in csv.reader(StringIO(text, newline=""), dialect):
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield cells
    except csv.Error as error:
        raise DocumentError(f"it cannot be read as a table: {error}") from error

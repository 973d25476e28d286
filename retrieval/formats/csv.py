"""Tables (.csv): a row is a sentence, "column: value; column: value"."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from retrieval.encodings import decode
from retrieval.errors import DocumentError
from retrieval.formats.extracted import Extracted, Metadata, TextBuilder

_DELIMITERS = ",;\t|"
_SAYS_DELIMITER = re.compile(r"\s*sep=([,;\t|])\r?\n", re.IGNORECASE)  # as Excel writes and reads it
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
    """Yield the rows that hold anything, their cells without white space around them.

    The sign between the columns is the one that the first row has most of.
    """
    said = _SAYS_DELIMITER.match(text)
    text = text[said.end() :] if said else text.lstrip()
    delimiter = said[1] if said else max(_DELIMITERS, key=text.partition("\n")[0].count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True):
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield cells
    except csv.Error as error:
        raise DocumentError(f"it cannot be read as a table: {error}") from error

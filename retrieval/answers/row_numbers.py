"""What tells of a row of a table beside its cells: what stands above it, and the numbers by which questions name it."""

import re
from collections.abc import Sequence

from retrieval.markup import CELL_MARK
from retrieval.questions.asked_cell import ISO_DAY, without_grouping
from retrieval.table_rows import Cell
from retrieval.values import Document, Sentence
from retrieval.words import STOP_WORDS

ROW = re.compile(rf"^(?:[ \t]*\||.*{re.escape(CELL_MARK)}|[^:;|\n]{{1,60}}: [^;\n]*; )", re.MULTILINE)
"""Matches the beginning of a line that is a row."""
_NO_ROW = re.compile(rf"^(?!{ROW.pattern.removeprefix('^')})[^\n]*[^\s|:-]", re.MULTILINE)
_FURTHEST = 5_000  # characters before a row, in which it is told whether another table begins
_BEGINNING = 300  # characters, in which a report says which it is: of which week
YEAR = re.compile(r"(?:19|20)\d\d")
_CODES = 2  # cells of a row in which its code may stand
_YEARS = ("year", "tahun")


def head_above(document: Document, row: Sentence) -> str:
    """Return what tells which of several documents one is: its title, its date and how it begins, but for tables.

    The line right above its first table tells nothing of the rows of another one.
    """
    beginning = document.text[document.body : document.body + _BEGINNING]
    first = ROW.search(beginning)
    begins = beginning[: first.start()].rstrip() if first else beginning
    if first and _NO_ROW.search(document.text, max(document.body + first.start(), row.start - _FURTHEST), row.start):
        begins = begins.rpartition("\n")[0]
    return f"{document.title}\n{document.date}\n{begins}"


def word_before(number: str, question: str) -> str:
    """Return the word before a number in a question."""
    match = re.search(rf"(?:(\w+)\W+)?(?<!\d){number}(?!\d)", question)
    return (match[1] or "") if match else ""


def place_of_code(number: str, values: Sequence[str]) -> int | None:
    """Return which of the first cells of a row is a code that ends with a number, "ERA/T/2024/017"; None if none is."""
    code = re.compile(rf"(?=[^\W\d_])\S*[/-]{number}")
    return next((place for place, value in enumerate(values[:_CODES]) if code.fullmatch(value.strip())), None)


def has_number(number: str, question: str, above: str, cells: Sequence[tuple[str, Cell]]) -> bool:
    """Tell whether a number stands in a row, below what the question names before it, or in what stands above the row.

    "Phase 2" is the 2 in a column of phases, or stands there itself, as "BR-102" and "6,600 VA" do; "week 2" and
    "report no. 2" stand in a title or soon after it, the day of a programme in a heading. A year may be the row's.
    """
    before = word_before(number, question).casefold()
    cells = [(without_grouping(value), cell) for value, cell in cells]
    if place_of_code(number, [value for value, _ in cells]) is not None:
        return True
    after = re.search(rf"(?<!\d){number}\s+(\w+)", question)
    measured = re.compile(rf"(?<![\d.,]){number}\s+{after[1]}\b", re.IGNORECASE) if after else None
    if measured and any(measured.search(value) for value, _ in cells):
        return True
    days = (day for value, _ in cells for day in ISO_DAY.finditer(value))
    if any(number.lstrip("0") == day["day"].lstrip("0") or number == day["year"] for day in days):
        return True
    if YEAR.fullmatch(number) and any(
        value == number and (not place or cell.column.casefold() in _YEARS) for place, (value, cell) in enumerate(cells)
    ):
        return True
    if before and any(value == number and before in cell.column.casefold() for value, cell in cells):
        return True
    named = re.compile(rf"(?<!\w){re.escape(before)}\W{number}(?!\w)", re.IGNORECASE)
    if before and any(named.search(value) for value, _ in cells):
        return True
    leads = "" if before in STOP_WORDS and before != "no" else rf"{re.escape(before)}\W+"
    return re.search(rf"{leads}(?<!\d){number}(?![\d.,]*\d)", above, re.IGNORECASE) is not None

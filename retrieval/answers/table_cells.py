"""The cell of a table that a question names by its column and its row: "email of Yohanes Kelen".

A reading model that learnt from prose marks any figure of a row. Here the names of the columns tell which is meant: a
row says them itself, as those of `.csv` files do, or the first row of its table has them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.markup import CELL_MARK
from retrieval.questions.cues import without_possessives
from retrieval.values import Document, Reading, Sentence
from retrieval.words import STOP_WORDS, stems, word_forms

LOOKED_UP = 0.9
"""The confidence in the one cell whose column and row a question names."""
_NAMED = re.compile(r"(?:\A|; )(?P<column>[^:;|]{1,60}): (?P<value>[^;]*)")
_CELL = re.compile(r"(?:\\.|[^|\\])+")
_ROW = re.compile(rf"^(?:[ \t]*\||.*{re.escape(CELL_MARK)}|[^:;|\n]{{1,60}}: [^;\n]*; )", re.MULTILINE)
_FIRST_ROW = re.compile(rf"^(?:[ \t]*\|.*|.*{re.escape(CELL_MARK)}.*)$", re.MULTILINE)
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_BEGINNING = 300  # characters, in which a report says which it is: of which week
_OTHERWISE = {"cost": "price", "costs": "price", "died": "deaths", "dead": "deaths", "killed": "deaths"}
_COUNTED = {"people", "persons", "orang"}
_OF_ANY_COLUMN = frozenset(
    """number address rate amount figure figures value level share total percentage percent please pls get got spend
    spent receive received
    went go goes come came arrive arrived send sent deliver delivered distribute distributed give gave given according
    nomor alamat angka jumlah tingkat besar nilai tolong""".split()
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The value in a column of a row: `text[start:end]` of its document."""

    column: str
    start: int
    end: int


def looked_up(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the cell first that a question names, and it marked; of each document one, or none."""
    rows = [(reading, cells_of(reading.hit.document, reading.sentence)) for reading in readings]
    named = [(number, one) for number, row in enumerate(rows) if (one := _named_cell(question, *row))]
    readings = [_unmarked(reading, cells) for reading, cells in rows]
    most = max((words for _, (words, _) in named), default=0)
    best = [(readings[number], cell) for number, (words, cell) in named if words == most]
    if len({reading.hit.document.id for reading, _ in best}) < len(best):
        return readings
    found = [_with_cell(reading, cell) for reading, cell in best]
    return [*found, *(reading for reading in readings if not any(reading is one for one, _ in best))]


def _with_cell(reading: Reading, cell: Cell) -> Reading:
    sure = max(reading.confidence, LOOKED_UP)
    return replace(reading, confidence=sure, in_document=sure, highlight=(cell.start, cell.end))


def _unmarked(reading: Reading, cells: Sequence[Cell]) -> Reading:
    """Leave out a figure that a model has marked among others of a row: it cannot tell their columns."""
    text, marked = reading.hit.document.text, reading.highlight
    if not (cells and marked and _DIGIT.search(text, *marked)):
        return reading
    figures = sum(_DIGIT.search(text, cell.start, cell.end) is not None for cell in cells)
    return replace(reading, highlight=None) if figures > 1 else reading


def _named_cell(question: str, reading: Reading, cells: Sequence[Cell]) -> tuple[int, Cell] | None:
    """Return the cell of a row whose column a question names, after the number of its other words that the row has.

    All others have to stand around it: in the names of the columns, the passage, the title or soon after it. None if it
    names no cell of the row.
    """
    document, passage = reading.hit.document, reading.hit.passage
    if not cells:
        return None
    question = without_possessives(question)
    words = [word for word in dict.fromkeys(_WORD.findall(question)) if word.casefold() not in STOP_WORDS]
    words = [word for word in words if word.casefold() not in _COUNTED] or words
    spelt = [_OTHERWISE.get(word.casefold(), word.casefold()) for word in words]
    asked = dict(zip(words, word_forms(spelt), strict=True))

    def had(text: str) -> list[str]:
        there = set(stems(text, document.language))
        return [word for word in words if not asked[word].isdisjoint(there)]

    values = [document.text[cell.start : cell.end] for cell in cells]
    keys = [bool(value) and len(had(value)) == len(set(stems(value, document.language))) for value in values]
    named = [[] if key else had(cell.column) for cell, key in zip(cells, keys, strict=True)]
    most = max(named, key=len)
    if not most or [len(one) for one in named].count(len(most)) > 1:
        return None
    place = named.index(most)
    others = " ".join(value for number, value in enumerate(values) if number != place)
    in_row = [word for word in had(others) if word not in most and not word.isdecimal()]
    columns = " ".join(cell.column for cell in cells)
    around = (columns, _head(document), document.text[passage.start : passage.end])
    known = {*most, *in_row, *had(" ".join(around))}
    numbers = [word for word in words if word.isdecimal() and word not in most]
    if any(not _has_number(word, question, document, dict(zip(values, cells, strict=True))) for word in numbers):
        return None
    missing = [word for word in words if word not in known and not word.isdecimal()]
    keyed = in_row or any(values[number] in numbers for number, key in enumerate(keys) if key)
    is_meant = keyed and values[place] and _OF_ANY_COLUMN.issuperset(word.casefold() for word in missing)
    return (len(in_row), cells[place]) if is_meant else None


def _has_number(number: str, question: str, document: Document, cells: Mapping[str, Cell]) -> bool:
    """Tell whether a number stands in a row, below what the question names before it, or at the document's beginning.

    "Phase 2" is the 2 in a column of phases, or stands there itself, as "BR-102" does; "week 2" and "report no. 2"
    stand in a title, or soon after it.
    """
    match = re.search(rf"(?:(\w+)\W+)?(?<!\d){number}(?!\d)", question)
    before = (match[1] or "").casefold() if match else ""
    if number in cells and before and before in cells[number].column.casefold():
        return True
    named = re.compile(rf"(?<!\w){re.escape(before)}\W{number}(?!\w)", re.IGNORECASE)
    if before and any(named.search(value) for value in cells):
        return True
    leads = "" if before in STOP_WORDS and before != "no" else rf"{re.escape(before)}\W+"
    return re.search(rf"{leads}(?<!\d){number}(?![\d.,]*\d)", _head(document), re.IGNORECASE) is not None


def _head(document: Document) -> str:
    """Return what tells which of several documents one is: its title, its date and how it begins, but for tables."""
    beginning = document.text[document.body : document.body + _BEGINNING]
    return f"{document.title}\n{document.date}\n{_ROW.split(beginning, maxsplit=1)[0]}"


def cells_of(document: Document, sentence: Sentence) -> list[Cell]:
    """Return the cells of a row of a table with the names of their columns; none of any other sentence."""
    text = document.text[sentence.start : sentence.end]
    pairs = list(_NAMED.finditer(text))
    if len(pairs) > 1 and "".join(pair[0] for pair in pairs) == text:
        return [
            Cell(pair["column"], sentence.start + pair.start("value"), sentence.start + pair.end("value"))
            for pair in pairs
        ]
    row = list(_cells(document.text, sentence.start, sentence.end))
    columns = _columns(document.text, sentence.start, len(row)) if len(row) > 1 else []
    return [Cell(column, *span) for column, span in zip(columns, row, strict=True)] if columns else []


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

"""What tells of a row of a table beside its cells: what stands above it, and the numbers by which questions name it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.lookups.cell_kinds import DAYS
from retrieval.questions.asked_cell import without_grouping
from retrieval.text.dates import MONTH, month_number
from retrieval.text.days import Day, day_of, days_in, has_day_first, has_figures
from retrieval.text.markup import CELL_MARK
from retrieval.text.names import NAME_WORD
from retrieval.text.numbered_parts import roman_value
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell
from retrieval.text.words import STOP_WORDS
from retrieval.values import Document, Sentence

ROW = regex(rf"^(?:[ \t]*\||.*{re.escape(CELL_MARK)}|[^:;|\n]{{1,60}}: [^;\n]*; )", re.MULTILINE)
"""Matches the beginning of a line that is a row."""
_NO_ROW = regex(rf"^(?!{ROW.pattern.removeprefix('^')})[^\n]*[^\s|:-]", re.MULTILINE)
_FURTHEST = 5_000  # characters before a row, in which it is told whether another table begins
_NEAR = 5_000  # characters around a row, in which another one tells how its days are to be read
_BEGINNING = 300  # characters, in which a report says which it is: of which week
_ROMAN = ("", *"I II III IV V VI VII VIII IX X XI XII".split())
YEAR = regex(r"(?:19|20)\d\d")
_NTH = r"(?:\bke[-\s]?)?"  # "minggu ke-2"
_SUCH_NTH = r"(?:\b(?:\w+\s)?ke[-\s]?)?"  # "minggu epidemiologi ke-2"
_LEAST_OF_SENTENCE = 60  # characters of a line at the head
_BEGINS = regex(  # "Wick Ferries (WFR) made a loss"; not "Wick and Holm"
    rf"(?:\A|(?<=[.–—-] )){NAME_WORD}(?: {NAME_WORD})+(?= (?:\([^()\n]{{1,40}}\) )?(?!(?:and|dan|or|of|in|di) )[a-z])"
)
_LETTER = regex(r"[^\W\d_]")
_CODES = 2  # cells of a row in which its code may stand
_MONTHS = regex(rf"\b{MONTH}\b", re.IGNORECASE)
_MONTH_AND_YEAR = regex(rf"\b{MONTH}\W+{YEAR.pattern}", re.IGNORECASE)
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
    """Return the word before a number in a question: "minggu" of "minggu ke-8"."""
    match = re.search(rf"(?:(\w+)\W+)??{_NTH}(?<!\d){number}(?!\d)", question)
    return (match[1] or "") if match else ""


def place_of_code(number: str, values: Sequence[str]) -> int | None:
    """Return which of the first cells of a row is a code that ends with a number, "ERA/T/2024/017"; None if none is."""
    code = re.compile(rf"(?=[^\W\d_])\S*[/-]{number}")
    return next((place for place, value in enumerate(values[:_CODES]) if code.fullmatch(value.strip())), None)


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above a row: the head of its document (see head_above), and lines, its title and the headings."""

    head: str
    titles: str

    @property
    def text(self) -> str:
        return f"{self.head}\n{self.titles}"

    @property
    def subject(self) -> str:
        """The name with which the first sentence begins, of whose figures a report tells; nothing if it does not."""
        title, *others = self.head.split("\n")
        lines = (line for line in others if len(line) >= _LEAST_OF_SENTENCE and line.strip("# ") != title)
        return next((match[0] for line in lines for match in _BEGINS.finditer(line)), "")

    @property
    def year(self) -> str:
        """The last of the titles that has a year; nothing if none has."""
        return next((line for line in reversed(self.titles.split("\n")) if YEAR.search(line)), "")


def reads_day_first(document: Document, row: Sentence) -> bool:
    """Tell whether days in figures near a row have the day before the month, by the language or one that tells."""
    near = document.text[max(document.body, row.start - _NEAR) : row.end + _NEAR]
    return document.language == "id" or (has_figures(document.text_of(row)) and has_day_first(near))


def own_days(values: Sequence[str]) -> list[Day]:
    """Return the day, or days, of which a row is: those that stand before all else that it says, but for numbers."""
    first = next((value for value in values[:_CODES] if _LETTER.search(value)), "").strip("* .")
    day = day_of(first)
    return [day] if day and day.month else []


def has_day(day: Day, column: str, above: Above, cells: Sequence[tuple[str, Cell]]) -> bool:
    """Tell whether a day is that of a row, by a cell or the name of a column; else, by what stands above the row.

    A row that is of a day is of no other. In a column of days a number is one, of a month that stands near.
    """
    values = [value for value, _ in cells]
    text = "\n".join((*values, column, "" if own_days(values) else above.text))
    found = [one for one in days_in(text) if day.is_within(one)]
    if not (found or (has_day_number(day, cells) and day.month in map(month_number, _MONTHS.findall(text)))):
        return False
    return not day.year or any(one.year for one in found) or day.year in f"{text}\n{above.text}"


def has_day_number(day: Day, cells: Sequence[tuple[str, Cell]]) -> bool:
    """Tell whether a row has the number of a day in a column of days."""
    return any(value.lstrip("0") == str(day.first) and cell.column.casefold() in DAYS for value, cell in cells)


def has_number(number: str, question: str, above: Above, cells: Sequence[tuple[str, Cell]]) -> bool:
    """Tell whether a number stands in a row, below what the question names before it, or in what stands above the row.

    "Phase 2" is the 2 in a column of phases, or stands there itself, also as "Phase II", as "BR-102" and "6,600 VA" do;
    "week 2" and "report no. 2" stand in a title or soon after it. A year may be the row's, or that of the title of its
    months.
    """
    before = word_before(number, question).casefold()
    cells = [(without_grouping(value), cell) for value, cell in cells]
    if place_of_code(number, [value for value, _ in cells]) is not None:
        return True
    after = re.search(rf"(?<!\d){number}\s+(\w+)", question)
    measured = re.compile(rf"(?<![\d.,]){number}\s+{after[1]}\b", re.IGNORECASE) if after else None
    if measured and any(measured.search(value) for value, _ in cells):
        return True
    if any(_is_of(number, before, day) for value, _ in cells for day in days_in(value)):
        return True
    if YEAR.fullmatch(number) and any(
        value == number and (not place or cell.column.casefold() in _YEARS) for place, (value, cell) in enumerate(cells)
    ):
        return True
    if before and any(_is_number(value, number) and before in cell.column.casefold() for value, cell in cells):
        return True
    written = f"(?:{number}|{_ROMAN[int(number)]})" if 0 < int(number) < len(_ROMAN) else number
    named = re.compile(rf"(?<!\w){re.escape(before)}\W{_NTH}{written}(?!\w)", re.IGNORECASE)
    if before and any(named.search(value) for value, _ in cells):
        return True
    if YEAR.fullmatch(number) and _MONTHS.fullmatch(before) and number in above.year:
        return not any(_MONTH_AND_YEAR.search(value) for value, _ in cells)
    leads = "" if before in STOP_WORDS and before != "no" else rf"{re.escape(before)}\W+"
    return re.search(rf"{leads}{_SUCH_NTH}(?<!\d){number}(?![\d.,]*\d)", above.text, re.IGNORECASE) is not None


def _is_number(value: str, number: str) -> bool:
    """Tell whether a value is a number, which may begin with noughts or be a Roman one: "02", "II"."""
    is_same = value.isdecimal() and int(value) == int(number)
    return is_same or (value.isupper() and roman_value(value.casefold()) == int(number) > 0)


def _is_of(number: str, before: str, day: Day) -> bool:
    """Tell whether a number behind a word is the year of a day, or its own: "on the 14th", "tanggal 14"."""
    return number == day.year or (int(number) == day.first and (before in STOP_WORDS or before in DAYS))

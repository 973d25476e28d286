"""Which cell of a row a question names: that where the column and the row meet which it names.

Every word of the question has its place. Some name the column; others the row, as they stand in its other cells; the
rest stands above: in the names of other columns, the title, a heading, the head of the document. Nothing else may be
left over, but what may be asked of any cell. A number counts only where it is meant (see row_numbers).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.lookups.asked_row import AskedRow
from retrieval.lookups.cell_kinds import COUNT, DAYS, HOURS, LENGTHS, NAMES, PLACES, is_money, is_of_prices, says_total
from retrieval.lookups.left_over import COUNTED, left_over, tells_nothing_else
from retrieval.lookups.named_column import NamedColumn, name_of, named_column
from retrieval.lookups.row_numbers import YEAR, has_day, has_number
from retrieval.lookups.sure import LESS_SURE, LOOKED_UP
from retrieval.questions.kinds import WHEN_FIRST, WHERE_FIRST, WHO_FIRST, asks_number
from retrieval.text.days import days_in
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell

_WHICH_DAY = regex(
    r"\A(?:and )?(?:on )?(?:what|which) (?:days?|dates?)\b|\b(?:hari apa|tanggal berapa)\b", re.IGNORECASE
)
_WHICH_HOUR = regex(r"\A(?:and )?(?:at )?(?:what|which) (?:times?|hours?)\b|\b(?:jam|pukul) berapa\b", re.IGNORECASE)
_HOW_FAR = regex(
    r"\A(?:and )?how (?:long|far)(?: is| was)?(?! (?:did|do|does|will|has|have|had)\b)"
    r"|\b(?:se)?berapa (?:jauh|panjang)(?:nya)?\b",
    re.IGNORECASE,
)
_PRICE = regex(
    r"\A(?:and )?how much (?:is|are)\b|\b(?:(?:price|fee|fare|cost|charge)s?(?: of| for)?"
    r"|(?:biaya|harga|ongkos|tarif)(?:nya)?|(?:mem)?bayar(?:nya)?)\b",
    re.IGNORECASE,
)
_NO_PRICE = regex(
    r"\b(?:damages?|loss(?:es)?|budget|spent|subsid\w+|insured|value|income|revenue|salar\w+|wages?|pledged?|paid"
    r"|kerugian|kerusakan|anggaran|realisasi|pagu|nilai|pendapatan|gaji|upah)\b",
    re.IGNORECASE,
)
_WHO = r"\A\W*(?:and |dan )?(?:who|siapa(?: ya?n?g)?)(?: is| are)? "
_BY_VERB = (  # who does what, and the names of columns that say who
    (
        regex(
            rf"{_WHO}(?:fund|financ|sponsor|pay(?=s|ing)|paid|(?:mem|men)(?:danai|biayai|bayar))\w*(?: for)?\b",
            re.IGNORECASE,
        ),
        "donor donors funder sponsor funding donatur".split(),
    ),
    (
        regex(
            rf"{_WHO}(?:does|doing|has|hand(?:s|ing|ed) out|giv(?:es|ing) out|gave out|provid\w+|distribut\w+"
            r"|deliver\w*|suppl(?:y|ies|ied|ying)|runs|running|builds|building|implement\w*"
            r"|menyalurkan|membagikan|menyediakan|memasok|menjalankan|melaksanakan|membangun)\b",
            re.IGNORECASE,
        ),
        "organisation organization agency implementer contractor supplier provider"
        " organisasi lembaga instansi pelaksana kontraktor penyedia pemasok".split(),
    ),
    (regex(rf"{_WHO}(?:won|wins|(?:me)?menang\w*)\b", re.IGNORECASE), ("winner", "pemenang")),
)
_THERE = regex(
    r"(?<!are )(?<!is )(?<!were )(?<!was )\bthere\b(?! (?:are|is|were|was)\b)|\b(?:sana|situ)\b", re.IGNORECASE
)
_HAS_NONE = regex(
    r"\b(?:(?:ha[sd]|have|with|is|are|was|were) no|without(?: any)?|tanpa|tidak (?:ada|punya|memiliki|mempunyai))\b",
    re.IGNORECASE,
)
_NONE = regex(r"\W*(?:0|no|none|nil|nihil|tidak ada)?\W*", re.IGNORECASE)
_TOTAL = regex(r"\b(?:total|jumlah|keseluruhan)(?:nya)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedCell:
    """The cell of a row that a question names.

    `words` are how many of its words name the column and the row; `sure` is the least confidence that this gives.
    `whole`: it has all words of another cell; `whole_column`: it has all of the column's name.
    """

    cell: Cell
    words: int
    sure: float
    whole: bool
    whole_column: bool


def named_cell(row: AskedRow) -> NamedCell | None:
    """Return the cell of a row that a question names."""
    column = named_column(row)
    named = _where_both_meet(row, column) if column else None
    value = row.document.text_of(named.cell) if named else ""
    when = _when(row)
    if when and COUNT.fullmatch(value) and not YEAR.fullmatch(value):
        named = when  # "when were people killed in Hatu?"
    where = _named_by_kind(WHERE_FIRST, PLACES, row)
    if where and not (named and any(kind in named.cell.column.casefold() for kind in PLACES)):
        return where
    by_kind = _named_by_kind(WHO_FIRST, NAMES, row) or _named_by_kind(_HOW_FAR, LENGTHS, row)
    return named or when or by_kind or _by_verb(row) or _price(row)


def _when(row: AskedRow) -> NamedCell | None:
    """Return the cell of a row that says when something is: its day, its hour, or both, if they stand side by side.

    When that is which the title names, a festival with all its rows, a row does not tell that has only a word of it.
    """
    day, hour = _named_by_kind(_WHICH_DAY, DAYS, row), _named_by_kind(_WHICH_HOUR, HOURS, row)
    if day or hour:
        return day or hour
    day, hour = _named_by_kind(WHEN_FIRST, DAYS, row), _named_by_kind(WHEN_FIRST, HOURS, row)
    if (day or hour) and not row.keys and {*row.had(" ".join(row.values))} <= {*row.had(row.document.title)}:
        return None
    if day and hour and abs(row.cells.index(day.cell) - row.cells.index(hour.cell)) == 1:
        start, end = min(day.cell.start, hour.cell.start), max(day.cell.end, hour.cell.end)
        return replace(day, cell=replace(day.cell, start=start, end=end))
    return day or hour


def _by_verb(row: AskedRow) -> NamedCell | None:
    """Return the cell of a row that says who does what a question asks by its verb, if one column alone tells that."""
    columns = [name_of(cell).strip("* ").casefold() for cell in row.cells]
    for asks, kinds in _BY_VERB:
        places = [place for place, column in enumerate(columns) if column in kinds]
        if len(places) == 1 and asks.search(row.question):
            return _cell_at(places[0], asks, row)
    return None


def _price(row: AskedRow) -> NamedCell | None:
    """Return the cell of a row that says what something costs, if a question asks for that.

    Of several sums side by side, for citizens and for others, it is all of them, if the question names none.
    """
    if not _PRICE.search(row.question):
        return None
    costs = [place for place, cell in enumerate(row.cells) if is_of_prices(cell.column)] or _sums(row)
    costs = [place for place in costs if row.had(name_of(row.cells[place]))] or costs
    if not costs or costs[-1] - costs[0] >= len(costs):
        return None
    named = [_cell_at(place, _PRICE, row) for place in costs]
    found = [one for one in named if one]
    if len(found) < len(named):
        return None
    if len(found) == 1:
        return found[0]
    return replace(found[0], cell=replace(found[0].cell, end=found[-1].cell.end), sure=LESS_SURE)


def _sums(row: AskedRow) -> list[int]:
    """Return the places of a row's sums of money, if there are several and none is called what is no price."""
    places = [place for place, cell in enumerate(row.cells) if is_money(cell.column, row.values[place])]
    are_prices = not any(_NO_PRICE.search(row.cells[place].column) for place in places)
    return places if len(places) > 1 and are_prices else []


def _named_by_kind(asks: re.Pattern[str], kinds: Sequence[str], row: AskedRow) -> NamedCell | None:
    """Return the cell of a row in which a time, a place or a name stands, if a question asks when, where or who."""
    if not asks.search(row.question):
        return None
    columns = [name_of(cell).strip("* ").casefold() for cell in row.cells]  # "Time (BST)"
    place = next((columns.index(kind) for kind in kinds if kind in columns), None)
    return None if place is None else _cell_at(place, asks, row)


def _cell_at(place: int, asks: re.Pattern[str], row: AskedRow) -> NamedCell | None:
    """Return the cell at a place of a row if it is meant, by the name of its column, where a question asks for it."""
    name = name_of(row.cells[place]).strip("* ")
    asked = AskedRow(asks.sub(name, row.question, count=1), row.reading, row.cells)
    return _where_both_meet(asked, NamedColumn(place, asked.had(row.cells[place].column), by_kind=True))


def _where_both_meet(row: AskedRow, column: NamedColumn) -> NamedCell | None:
    """Return the cell of a row below a column, if the question names both, and nothing is left over.

    A row of totals has none of its words: it is meant by a question for a number that names no other row. Nor does one
    for a total name another by a word of the title.
    """
    question, cell, value = row.asked.question, row.cells[column.place], row.values[column.place]
    in_row = row.named_beside(column.place, column.words)
    numbers = [word for word in row.figures if word not in column.words]
    total = _TOTAL.search(question)
    asks_total = total is not None and total[0] not in column.words
    is_total = row.is_total and (asks_number(question) or asks_total) and not _THERE.search(question)
    by_words = in_row and not row.is_total and row.keys <= {column.place} and not _is_keyed(row, numbers)
    if asks_total and by_words and {*in_row} <= {*row.had(row.above.titles)}:
        return None
    if not (value and (in_row or _is_keyed(row, numbers) or is_total)):
        return None
    if (_HAS_NONE.search(question) and not _NONE.fullmatch(value)) or says_total(value):
        return None
    counted = COUNTED.search(question)
    if counted and counted[1] in in_row and is_money(cell.column, value):
        return None  # "how many schools are damaged", of what the damage to schools costs
    cells = row.cells_with_values
    if not all(has_number(word, question, row.above, cells) for word in numbers):
        return None
    if not all(has_day(day, cell.column, row.above, cells) for day in row.asked.days):
        return None
    left = left_over(row, column, in_row)
    if len(left) > 1 or not all(tells_nothing_else(word, row, column, in_row) for word in left):
        return None
    return NamedCell(
        cell,
        words=0 if row.is_total else len(in_row) + len(row.days) + (0 if column.by_kind else len(column.words)),
        sure=LOOKED_UP if not left and (in_row or not row.is_total) else LESS_SURE,
        whole=not row.keys <= {column.place},
        whole_column=column.whole,
    )


def _is_keyed(row: AskedRow, numbers: Sequence[str]) -> bool:
    """Tell whether numbers of a question name a row: by its code, its day, or a figure that is a cell of its own."""
    days = {str(day.first) for value in row.values for day in days_in(value)}
    keyed = row.codes or row.days or not days.isdisjoint(numbers)
    return bool(keyed) or any(row.values[place] in numbers for place in row.keys)

"""The cell of a table that a question names by its column and its row: "email of Yohanes Kelen".

A reading model that learnt from prose marks any figure of a row. Here the names of the columns tell which is meant: a
row says them itself, as those of `.csv` files do, or the first row of its table has them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.lookups.asked_row import AskedRow
from retrieval.lookups.left_over import counts_other, unsaid
from retrieval.lookups.named_cell import NamedCell, named_cell
from retrieval.lookups.named_column import asks_month_of_making, named_column
from retrieval.lookups.row_numbers import YEAR
from retrieval.lookups.sure import LESS_SURE
from retrieval.questions.asked_contact import asks_contact, lacks_contact
from retrieval.questions.kinds import asks_number, asks_why
from retrieval.questions.question_parts import ASKS
from retrieval.reading.related import as_related
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell, cells_of, names_columns, row_values
from retrieval.text.words import stems, subject_stems
from retrieval.values import Reading

_DIGIT = regex(r"\d")
_NO_FIGURE = frozenset(("-", "–", "—", "n/a", "..."))
_PAIR = 2  # cells of a row that says what something is
_SEVERAL = 2  # figures of a row
_RELATED = 0.2  # confidence of a row of what is asked for that does not say it


@dataclass(frozen=True, slots=True)
class _Named:
    """A reading with the cell of its row that a question names."""

    reading: Reading
    cell: NamedCell

    @property
    def marked(self) -> Reading:
        sure, cell = max(self.reading.confidence, self.cell.sure), self.cell.cell
        return replace(self.reading, confidence=sure, in_document=sure, highlight=(cell.start, cell.end))


def named_cell_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the cell first that a question names, and it marked; of each document one, or none.

    Who asks only why something is so gets no cell: it would not say.
    """
    rows = [(reading, cells_of(reading.hit.document, reading.sentence)) for reading in readings]
    if not any(cells for _, cells in rows):
        return list(readings)
    tables = {place: AskedRow(question, *row) for place, row in enumerate(rows) if row[1]}
    beside = _beside_named(tables)
    only_why = asks_why(question) and not asks_number(question)
    likely = [row for place, row in tables.items() if place not in beside and not only_why]
    named = [_Named(row.reading, cell) for row in likely if (cell := named_cell(row))]
    most = max((one.cell.words for one in named), default=0)
    best = [one for one in named if one.cell.words == most]
    best = _preferred(best, lambda one: one.cell.whole)  # "Tent", not "Family tent"
    best = _preferred(best, lambda one: one.cell.whole_column)
    unmarked = [(_unmarked(reading, tables.get(place)), cells) for place, (reading, cells) in enumerate(rows)]
    others = _speaking_first(question, unmarked, beside)
    counts = Counter(one.reading.hit.document.id for one in best)
    best = [one for one in best if counts[one.reading.hit.document.id] == 1]
    places = {one.reading.place for one in best}
    others = [one for one in others if one.place not in places]
    less_sure = bool(best) and all(one.cell.sure == LESS_SURE for one in best)
    beside_total = {row.reading.place for row in tables.values()} if most == 0 else set()
    surer = [one for one in others if less_sure and one.confidence > LESS_SURE and one.place not in beside_total]
    return [*surer, *(one.marked for one in best), *(one for one in others if one not in surer)]


def _preferred(named: Sequence[_Named], is_better: Callable[[_Named], bool]) -> list[_Named]:
    """Leave out, beside what is better in its document, what is not."""
    documents = {one.reading.hit.document.id for one in named if is_better(one)}
    return [one for one in named if is_better(one) or one.reading.hit.document.id not in documents]


def _speaking_first(
    question: str, rows: Sequence[tuple[Reading, Sequence[Cell]]], beside: Collection[int]
) -> list[Reading]:
    """Put rows of tables last that have nothing of the question but names of columns: it did not ask for them.

    Nor for those `beside` a row that it names, or for the row that names the columns. A row is not one of a table where
    no other was read, nor one of two columns, which may say what each is; nor can words tell across languages.
    """
    tables = Counter((reading.hit.document.id, *(cell.column for cell in cells)) for reading, cells in rows)
    asked = set[str]().union(*subject_stems(question))
    speaking, others = [], []
    for number, (reading, cells) in enumerate(rows):
        document, sentence = reading.hit.document, reading.sentence
        first = names_columns(document, sentence)
        columns = row_values(document, sentence) if first else [cell.column for cell in cells]
        values = (document.text_of(cell) for cell in cells)
        silent = (
            first
            or number in beside
            or asked.isdisjoint(form for value in values for form in stems(value, document.language))
        )
        if len(columns) > _PAIR and tables[document.id, *columns] > 1 and silent and not reading.crosses:
            others.append(reading.silent())
        else:
            speaking.append(reading)
    return [*speaking, *others]


def _beside_named(rows: Mapping[int, AskedRow]) -> set[int]:
    """Return the places of rows beside one of their table that a question names, of other days, numbers and offices."""
    items = {row.table for row in rows.values() if row.is_item}
    named = defaultdict[tuple[str, ...], list[AskedRow]](list)
    for row in rows.values():
        if row.is_named:
            named[row.table].append(row)
    return {
        place
        for place, row in rows.items()
        if row.is_of_other_day
        or row.has_other_number
        or (row.table in items and row.item and not row.is_item)
        or _is_of_list(row, rows.values())
        or (named[row.table] and all(map(row.is_other, named[row.table])))
    }


def _is_of_list(row: AskedRow, rows: Iterable[AskedRow]) -> bool:
    """Tell whether whoever has an office in a row has it for the whole list, where it is asked for of a part.

    The head of a committee has members of several parties beside them, and is the head of none; where several parties
    have one, it is theirs.
    """
    if row.office_of_other is None:
        return False
    office, place = row.office_of_other
    table = [other for other in rows if other.table == row.table]
    heads = {other.values[place] for other in table if other.has(office)}
    return len(heads) <= 1 < len({other.values[place] for other in table})


def _unmarked(reading: Reading, row: AskedRow | None) -> Reading:
    """Leave out a figure that a model has marked among others of a row: it cannot tell their columns.

    But for a number to call, which no other figure looks like, if it is asked for.
    Nor does such a row answer where no column and nothing else says what is asked for, "majority in Wick", of ballots;
    or where another column has the year: "postal votes in 2022", of "Postal votes" and "Turnout 2022"; or where prose
    beside the table speaks of what is counted, and the table has no column of it.
    """
    text, marked = reading.hit.document.text, reading.highlight
    if row and asks_month_of_making(row):
        return replace(as_related(reading), highlight=None)
    if not (row and marked and _DIGIT.search(text, *marked)):
        return reading
    if asks_contact(row.question) and not lacks_contact(row.question, reading.marked):
        return reading
    values = (text[cell.start : cell.end] for cell in row.cells)
    figures = sum(_DIGIT.search(value) is not None or value in _NO_FIGURE for value in values)
    if figures < _SEVERAL:
        return reading
    is_bare = not ASKS.match(row.asked.question)
    says_none = is_bare and unsaid(row) and not any(row.had(cell.column) for cell in row.cells)
    sure = (
        min(reading.confidence, _RELATED)
        if says_none or counts_other(row) or _is_of_other_year(row)
        else reading.confidence
    )
    return replace(reading, confidence=sure, in_document=min(reading.in_document, sure), highlight=None)


def _is_of_other_year(row: AskedRow) -> bool:
    """Tell whether the name of another column has the year that a question asks for of one that it names whole."""
    column = named_column(row)
    others = [cell.column for place, cell in enumerate(row.cells) if column and column.whole and place != column.place]
    years = [figure for figure in row.figures if YEAR.fullmatch(figure)]
    own = row.cells[column.place].column if column else ""
    return any(year not in own and year in other for year in years for other in others)

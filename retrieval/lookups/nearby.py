"""What a short question names beside what was cited: another cell of its table, another labelled line.

"Deaths?" and "in Wick?" after a cell, "students?" after "Adults: £9". All words of such a question stand in the names
of columns and rows, or in a label, so that it is looked up where the talk is: a model that reads prose cannot tell
cells or lines of a list apart, and the question before says little of them. "Source?" is what was cited itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retrieval.index.protocols import Index
from retrieval.lookups.cell_kinds import TOTALS, says_total
from retrieval.lookups.sure import looked_up_at
from retrieval.questions.asked_cell import AskedCell, asked_cell
from retrieval.questions.courtesy import as_read
from retrieval.questions.kinds import asked_kind_is_there, asks_who
from retrieval.questions.question_parts import ABOUT, ASKS_SOURCE, AUXILIARY, ELSE, WHO_SAID_IT, WORD, opened
from retrieval.reading.related import as_related
from retrieval.text.headings import headings_above
from retrieval.text.labels import Line, Record, lines_of, records_of
from retrieval.text.markup import visible_text
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell, cells_of
from retrieval.text.words import stems
from retrieval.values import Document, Passage, Reading, Sentence, Turn

_MOST_WORDS = 8  # of a question that only names something
_AUXILIARY = f"{AUXILIARY}|apakah|sudahkah|bagaimana(?! (?:dengan|kalau)\\b)"
_ASKS_OTHERWISE = regex(  # for a reason or a place, or whether something is so
    rf"\b(?:why|where|how(?! (?:many|much|about)\b)|mengapa|kenapa|di ?mana)\b|\A(?:{_AUXILIARY})\b", re.IGNORECASE
)
_OF_ALL = TOTALS | frozenset("altogether overall all totalnya semuanya seluruhnya".split())
_COUNTS_ROWS = frozenset(("no", "nr", "nomor urut", "no urut", "#"))
_NEAR = 50  # passages on either side
_LETTER = regex(r"[^\W\d_]")
_NAMES = regex(r"\A(?=.*[^\W\d_])[^@]*\Z", re.DOTALL)  # no figure, no mailbox

Place = tuple[Passage, Sentence]


@dataclass(frozen=True, slots=True)
class Nearby:
    """A cell or a line that a question names, with its value.

    `understood` is what the question is taken for, and `told` how people read that, if otherwise.
    """

    reading: Reading
    value: str
    understood: str
    told: str = ""


def nearby(question: str, before: Turn, place: Place, index: Index) -> Nearby | None:
    """Return what a question names beside the sentence at `place`, which was cited before; None if it names nothing."""
    if not before.cited:
        return None
    asked = ABOUT.sub("", opened(as_read(question))[0])
    document = index.document(place[0].document)
    if source := ASKS_SOURCE.fullmatch(asked):
        told = "di mana itu tertulis?" if source["sumber"] else "where is that written?"
        return replace(_nearby(document, place, None, before.question), told=told)
    words = asked_cell(asked)
    asks_otherwise = _ASKS_OTHERWISE.search(asked) or ELSE.search(asked) or WHO_SAID_IT.fullmatch(asked)
    only_names = len(WORD.findall(asked)) <= _MOST_WORDS and not asks_otherwise
    if not (words.words and only_names):
        return None
    passages = index.passages_around(place[0], _NEAR)
    row = _row(document, place)
    found = _in_table(words, before, row, list(_table(row, passages))) if row.cells else None
    found = found or _in_list(words, document, place, passages)
    if found is None or asked_kind_is_there(asked, found.value) < 0:
        return None
    return None if asks_who(asked) and not _NAMES.search(found.value) else found


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, with its cells, and what these say, as people see it."""

    document: Document
    place: Place
    cells: Sequence[Cell]
    values: Sequence[str]

    @property
    def names(self) -> str:
        """What may tell which row it is."""
        return " ".join((self.values[0], *filter(_LETTER.search, self.values[1:])))

    @property
    def title(self) -> str:
        """What it is called: by its first cell, a number behind the name of its column; the next, if it only counts."""
        first, column = self.values[0], self.cells[0].column
        if column.casefold().strip("* .") in _COUNTS_ROWS and _LETTER.search(self.values[1]):
            return self.values[1]
        return first if _LETTER.search(first) else f"{column} {first}".strip()


def _row(document: Document, place: Place) -> _Row:
    cells = cells_of(document, place[1])
    values = [visible_text(document.text_of(one), markdown=document.markdown) for one in cells]
    return _Row(document, place, cells, values)


def _table(row: _Row, passages: Sequence[Passage]) -> Iterator[_Row]:
    """Yield the rows of a row's table among the passages near it."""
    there = [(passage, one) for passage in passages for one in passage.sentences]
    at = there.index(row.place)
    columns = [cell.column for cell in row.cells]

    def beside(places: Iterable[Place]) -> Iterator[_Row]:
        for place in places:
            other = _row(row.document, place)
            if [cell.column for cell in other.cells] != columns:
                return
            yield other

    yield from reversed(list(beside(reversed(there[:at]))))
    yield from beside(there[at:])


def _in_table(asked: AskedCell, before: Turn, cited: _Row, rows: Sequence[_Row]) -> Nearby | None:
    """Return the cell whose column, whose row, or both a question names; what it does not name stays as it was."""
    language = cited.document.language
    column = _column_before(cited, before)
    if _OF_ALL.issuperset(word.casefold() for word in asked.words):
        total = next((row for row in rows if says_total(row.values[0])), None)
        return _cell(total, column) if total else None
    of_columns = [asked.had_of_name(cell.column, language) for cell in cited.cells]
    if (named := _best_column(asked, of_columns, cited, column)) is not None:
        return _cell(cited, named)
    of_rows = [(asked.had(row.names, language), row) for row in rows]
    if row := _best_row(asked.words, of_rows, asked):
        return _cell(row, column, of=_of_row(before, cited, row))
    for number, words in enumerate(of_columns):
        left = [word for word in asked.words if word not in words]
        if words and (row := _best_row(left, of_rows, asked)):
            names_row = column is not None and set(left) <= {*asked.had(row.values[number], language)}  # "block b"
            return _cell(row, column if names_row else number)
    return None


def _column_before(cited: _Row, before: Turn) -> int | None:
    """Return the number of the cell that was marked before, of equal ones that which was asked for; or None."""
    language = cited.document.language
    asked = set(stems(before.question, language))
    places = [number for number, value in enumerate(cited.values) if value and value == before.answer]
    named = [number for number in places if cited.cells[number].column == before.column]
    asked_for = [number for number in places if not asked.isdisjoint(stems(cited.cells[number].column, language))]
    return next(iter([*named, *asked_for, *places]), None)


def _best_column(asked: AskedCell, found: Sequence[Sequence[str]], row: _Row, before: int | None) -> int | None:
    """Return the number of the column that has all words; of several that of just that name, or as the one before.

    A year alone names no other figure than that before: "and in 2022?"
    """
    words = asked.words
    only_time = all(map(asked.is_time, words))
    names = [set(stems(cell.column, row.document.language)) for cell in row.cells]
    like = names[before] if before is not None else set[str]()
    worth = {
        number: (len(names[number]) == len(words), len(names[number] & like))
        for number, had in enumerate(found)
        if row.values[number]
        and len(had) == len(words)
        and (not only_time or names[number] & like or len(names[number]) == len(words))
    }
    return _only_best(worth)


def _best_row(words: Sequence[str], found: Sequence[tuple[Sequence[str], _Row]], asked: AskedCell) -> _Row | None:
    """Return the row that has all words among its names; of several the one whose first cell has no others."""
    rows = [row for had, row in found if set(words) <= set(had)]
    language = rows[0].document.language if rows else ""
    worth = {number: asked.has_all_of(row.values[0], language) for number, row in enumerate(rows)}
    best = _only_best(worth) if words else None
    return None if best is None else rows[best]


def _only_best(worth: Mapping[int, Any]) -> int | None:
    """Return what is worth most; None if there is nothing, or if several are worth as much."""
    best = [number for number, one in worth.items() if one == max(worth.values())]
    return best[0] if len(best) == 1 else None


def _cell(row: _Row, column: int | None, *, of: str = "") -> Nearby | None:
    """Return a cell, or a row; it is told as the question `of` the row that was asked for before, if there is one."""
    if column is None:
        return _nearby(row.document, row.place, None, of or f"{row.title}?")
    cell = row.cells[column]
    understood = of or f"{visible_text(cell.column, markdown=row.document.markdown)}, {row.title}?"
    return _nearby(row.document, row.place, (cell.start, cell.end), understood) if row.values[column] else None


def _of_row(before: Turn, cited: _Row, row: _Row) -> str:
    """Return the question before with a row's name in the place of that which was cited; nothing if it has not that."""
    named = re.compile(rf"(?<!\w){re.escape(cited.values[0])}(?!\w)", re.IGNORECASE)
    question = named.sub(lambda _: row.values[0], before.question)
    return f"{question.rstrip(' ?')}?" if question != before.question else ""


def _in_list(asked: AskedCell, document: Document, place: Place, passages: Sequence[Passage]) -> Nearby | None:
    """Return the labelled line whose label has all words of a question, of several that of the record that was cited.

    Or the line with the label of what was cited, of the record whose name has all these words. A label elsewhere that
    says more than these words is none where a sentence has them. One of another record of the same kind does not
    answer: the bond of another tender.
    """
    language = document.language
    there = {passage: lines_of(document, passage) for passage in passages}
    own = there[place[0]].get(place[1].start)
    labels = {passage: [line.label for line in lines.values()] for passage, lines in there.items()}
    named = [each for each, names in labels.items() if any(asked.stands_in(name, language) for name in names)]
    alike = [each for each, names in labels.items() if own and own.label in names]
    likely = dict.fromkeys([*named, place[0]] if named else alike)
    records = [(passage, one) for passage in likely for one in records_of(document, passage)]
    lines = [_Labelled(document, passage, record, line) for passage, record in records for line in record.lines]
    cited = next((one for one in lines if one.line.sentence == place[1]), None)
    found = [one for one in lines if asked.stands_in(one.line.label, language)]
    whole = [one for one in found if asked.has_all_of(one.line.label, language)]
    best = whole or found
    if cited and len(best) > 1:
        best = [one for one in best if one.record == cited.record]
    elif cited and not best:
        best = [one for one in lines if one.line.label == cited.line.label and asked.stands_in(one.name, language)]
    if len(best) != 1:
        return None
    line = best[0].line
    if cited and whole and _are_alike(best[0].record, cited.record):
        elsewhere = _nearby(document, (best[0].passage, line.sentence), None, f"{line.label}, {cited.name}?")
        return replace(elsewhere, reading=as_related(elsewhere.reading))
    is_beside = whole or (cited and (cited.line.label == best[0].line.label or cited.record == best[0].record))
    if not is_beside and _is_told(asked, document, there):
        return None
    understood = f"{line.label}, {best[0].name if cited and best[0].name else document.title}?"
    return _nearby(document, (best[0].passage, line.sentence), (line.start, line.end), understood)


def _are_alike(record: Record, other: Record) -> bool:
    """Tell whether two records have labels in common, as those of two offices or of two days have."""
    return record != other and not {line.label for line in record.lines}.isdisjoint(line.label for line in other.lines)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A labelled line where it stands."""

    document: Document
    passage: Passage
    record: Record
    line: Line

    @property
    def name(self) -> str:
        """What tells which record it is of: what stands before it on its line, or the heading above; else nothing."""
        first = self.record.sentences[0]
        if first.start < self.line.sentence.start and "\n" not in self.document.text[first.end : self.line.start]:
            return visible_text(self.document.text_of(first), markdown=self.document.markdown).rstrip(".")
        headings = headings_above(self.document, self.passage, self.line.sentence)
        return visible_text(headings[-1], markdown=self.document.markdown) if headings else ""


def _is_told(asked: AskedCell, document: Document, there: Mapping[Passage, Mapping[int, Line]]) -> bool:
    """Tell whether a sentence without a label has all words of a question: "The price is …" beside "Prices in May:"."""
    sentences = (one for passage, lines in there.items() for one in passage.sentences if one.start not in lines)
    return any(asked.stands_in(document.text_of(one), document.language) for one in sentences if not one.heading)


def _nearby(document: Document, place: Place, span: tuple[int, int] | None, understood: str) -> Nearby:
    passage, sentence = place
    reading = looked_up_at(document, passage, sentence, span)
    return Nearby(reading, document.text[slice(*span)] if span else reading.text, understood)

"""The cell of a table that a question names by its column and its row: "email of Yohanes Kelen".

A reading model that learnt from prose marks any figure of a row. Here the names of the columns tell which is meant: a
row says them itself, as those of `.csv` files do, or the first row of its table has them.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from retrieval.answers.row_numbers import ROW, YEAR, has_number, head_above, place_of_code, word_before
from retrieval.dates import MONTH, WEEKDAY
from retrieval.questions.asked_cell import ISO_DAY, AskedCell, asked_cell
from retrieval.questions.cues import asks_number
from retrieval.table_rows import Cell, cells_of, headings_above, names_columns, row_values
from retrieval.values import Reading
from retrieval.words import stems, subject_stems

LOOKED_UP = 0.9
"""The confidence in the one cell whose column and row a question names."""
TOTAL = 0.7
"""The confidence in the cell of a total, where it names a column and no row; a sentence may say it as surely."""
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_COUNT = re.compile(r"\d{1,3}(?:[.,]?\d{3})*")
_FIGURE = re.compile(r"(?!0\d)\d{1,3}(?:[.,]?\d{3})*(?:[.,]\d{1,2})?%?")  # no number of a telephone
_OF_DAY = re.compile(rf"\b(?:{MONTH}|{WEEKDAY})\b", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d(][\d ()./-]{5,}(?<!\d{4}-\d\d-\d\d)")
_DONE = re.compile(r"\b(?:was|were|been|is|are)\b", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|oleh)\W*\Z", re.IGNORECASE)
_NO_FIGURE = frozenset(("-", "–", "—", "n/a", "..."))
_PAIR = 2  # cells of a row that says what something is
_WHEN = re.compile(r"\A(?:and )?(?:when|kapan)\b", re.IGNORECASE)
_WHO = re.compile(r"\A(?:and )?(?:whom?|siapa(?:kah)?)\b", re.IGNORECASE)
_THERE = re.compile(
    r"(?<!are )(?<!is )(?<!were )(?<!was )\bthere\b(?! (?:are|is|were|was)\b)|\b(?:sana|situ)\b", re.IGNORECASE
)
_TIMES = "time times jam pukul waktu date dates day hari tanggal tgl schedule jadwal".split()
_WHERE = re.compile(r"\A(?:and )?(?:where|di ?mana)\b", re.IGNORECASE)
_PLACES = "address alamat venue place tempat location lokasi site room ruang ruangan".split()
_UNIT = re.compile(r"\([^()]*\)")  # in the name of a column: "Displaced (persons)"
_COUNTS = re.compile(r"\b(?:how many|berapa (?:jumlah|banyak))\s+(\w+)", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:Rp(?![a-z])|(?:IDR|USD|EUR)\b)|[$€£]")
TOTALS = frozenset("total|totals|grand total|sum|jumlah|jumlah total|total keseluruhan|keseluruhan".split("|"))
_OF_ANY_COLUMN = frozenset(
    """number address rate amount figure figures value level share total percentage percent please pls get got spend
    spent receive received hold holds held have has contain contains employ employs
    case incident event kasus kejadian peristiwa insiden
    went go goes come came arrive arrived send sent deliver delivered distribute distributed give gave given according
    nomor alamat angka jumlah tingkat besar nilai tolong""".split()
)


_HOUR = r"\d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?"
_CLOCK = re.compile(rf"{_HOUR}(?P<to>\s*(?:[–-]|to|sampai)\s*{_HOUR})?", re.IGNORECASE)
_WAY = re.compile(r"\b(?:arr|dep|arrival|departure|tiba|berangkat|datang)\b", re.IGNORECASE)
_PRICE = re.compile(r"[$€£]|\b(?:Rp|EUR|USD|IDR)\b|\bRp\d|^\W*\d+[.,]\d\d\W*$|^(?:free|gratis)$", re.IGNORECASE)
_OF_TIMES = frozenset("leave leaves depart departs time hour hours berangkat tiba datang jam pukul".split())
_OF_HOURS = _OF_TIMES | frozenset("open opens opened close closes closed until till buka tutup sampai hingga".split())
_OF_PRICES = frozenset(
    "price prices pay pays fare fares cost costs fee harga tarif bayar membayar ongkos biaya".split()
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A reading with the cell of its row that a question names.

    `words` are how many of its other words the row has; `sure` is the least confidence that this gives. `whole`: it has
    all words of another cell; `whole_column`: it has all of the column's name.
    """

    reading: Reading
    cell: Cell
    words: int
    sure: float
    whole: bool
    whole_column: bool

    @property
    def value(self) -> str:
        return self.reading.hit.document.text[self.cell.start : self.cell.end]

    @property
    def marked(self) -> Reading:
        sure = max(self.reading.confidence, self.sure)
        return replace(self.reading, confidence=sure, in_document=sure, highlight=(self.cell.start, self.cell.end))


def looked_up(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the cell first that a question names, and it marked; of each document one, or none."""
    rows = [(reading, cells_of(reading.hit.document, reading.sentence)) for reading in readings]
    tables = [row for row in rows if row[1]]
    if not tables:
        return list(readings)
    named = [one for row in tables if (one := _named_by(question, *row))]
    most = max((one.words for one in named), default=0)
    best = _preferred([one for one in named if one.words == most], attrgetter("whole"))  # "Tent", not "Family tent"
    best = _preferred(best, attrgetter("whole_column"))
    others = _speaking_first(question, [(_unmarked(reading, cells), cells) for reading, cells in rows])
    counts = Counter(one.reading.hit.document.id for one in best)
    best = [one for one in best if counts[one.reading.hit.document.id] == 1]
    places = {(one.reading.hit.document.id, one.reading.sentence.start) for one in best}
    others = [one for one in others if (one.hit.document.id, one.sentence.start) not in places]
    is_total = bool(best) and all(one.sure == TOTAL for one in best)
    surer = [one for one in others if is_total and one.confidence > TOTAL]
    return [*surer, *(one.marked for one in best), *(one for one in others if one not in surer)]


def _named_by(question: str, reading: Reading, cells: Sequence[Cell]) -> _Named | None:
    """Return the cell of a row that a question names; the document's title, if that was added to it, names none."""
    asked = question.removesuffix(f", {reading.hit.document.title}?")
    named = _named_cell(asked_cell(asked), reading, cells)
    when = _named_by_kind(_WHEN, _TIMES, asked, reading, cells)
    if named and when and _COUNT.fullmatch(named.value) and not YEAR.fullmatch(named.value):
        named = when  # "when were people killed in Hatu?"
    where = _named_by_kind(_WHERE, _PLACES, asked, reading, cells)
    if where and not (named and any(kind in named.cell.column.casefold() for kind in _PLACES)):
        return where
    return named or when


def _preferred(named: Sequence[_Named], is_better: Callable[[_Named], bool]) -> list[_Named]:
    """Leave out, beside what is better in its document, what is not."""
    documents = {one.reading.hit.document.id for one in named if is_better(one)}
    return [one for one in named if is_better(one) or one.reading.hit.document.id not in documents]


def _speaking_first(question: str, rows: Sequence[tuple[Reading, Sequence[Cell]]]) -> list[Reading]:
    """Put rows of tables last that have nothing of the question but names of columns: it did not ask for them.

    So does the row that names the columns. A row is not one of a table where no other was read, nor one of two columns,
    which may say what each is; nor can words tell across languages.
    """
    tables = Counter((reading.hit.document.id, *(cell.column for cell in cells)) for reading, cells in rows)
    asked = set[str]().union(*subject_stems(question))
    speaking, others = [], []
    for reading, cells in rows:
        document, sentence = reading.hit.document, reading.sentence
        first = names_columns(document, sentence)
        columns = row_values(document, sentence) if first else [cell.column for cell in cells]
        values = (document.text[cell.start : cell.end] for cell in cells)
        silent = first or asked.isdisjoint(form for value in values for form in stems(value, document.language))
        if len(columns) > _PAIR and tables[document.id, *columns] > 1 and silent and not reading.crosses:
            others.append(replace(reading, confidence=0.0, in_document=0.0))
        else:
            speaking.append(reading)
    return [*speaking, *others]


def _unmarked(reading: Reading, cells: Sequence[Cell]) -> Reading:
    """Leave out a figure that a model has marked among others of a row: it cannot tell their columns."""
    text, marked = reading.hit.document.text, reading.highlight
    if not (cells and marked and _DIGIT.search(text, *marked)):
        return reading
    values = (text[cell.start : cell.end] for cell in cells)
    figures = sum(_DIGIT.search(value) is not None or value in _NO_FIGURE for value in values)
    return replace(reading, highlight=None) if figures > 1 else reading


def _named_by_kind(
    asks: re.Pattern[str], kinds: Sequence[str], question: str, reading: Reading, cells: Sequence[Cell]
) -> _Named | None:
    """Return the cell of a row in which a time stands, or a place, if a question asks when something is, or where."""
    columns = [_name_of(cell).strip("* ") for cell in cells]  # "Time (BST)"
    small = [column.casefold() for column in columns]
    place = next((small.index(kind) for kind in kinds if kind in small), None)
    if place is None or not asks.search(question):
        return None
    return _named_cell(asked_cell(asks.sub(columns[place], question)), reading, cells, place)


def _named_cell(asked: AskedCell, reading: Reading, cells: Sequence[Cell], kind: int | None = None) -> _Named | None:
    """Return the cell of a row whose column a question names: by its number `kind`, if it asks for that.

    All others have to stand around it: in the names of the columns, the title or a heading; also in the passage or soon
    after the title, if not beside the column's in the question: "houses badly damaged". None if it names no cell of the
    row. A row of totals has none of its words: it is meant by a question for a number that names no other row.
    """
    document, passage = reading.hit.document, reading.hit.passage
    language = document.language
    values = [document.text[cell.start : cell.end] for cell in cells]
    names = [_UNIT.sub("", value) or value for value in values]
    figures = [word for word in asked.words if word.isdecimal()]
    keys = [bool(name) and len(asked.had(name, language)) == len(set(stems(name, language))) for name in names]
    codes = {place for figure in figures if (place := place_of_code(figure, values)) is not None}
    keys = [key or place in codes for place, key in enumerate(keys)]
    if kind is not None:
        found = kind, asked.had(cells[kind].column, language)
    elif (by_words := _named_column(asked, cells, values, keys, language)) is not None:
        found = by_words
    else:
        return None
    place, column = found
    others = " ".join(value for number, value in enumerate(values) if number != place)
    in_row = [word for word in asked.had(others, language) if word not in column and not word.isdecimal()]
    is_total = values[0].casefold().strip("* ") in TOTALS
    columns = " ".join(cell.column for cell in cells)
    headings = "\n".join(headings_above(document, passage, reading.sentence))
    known = {*column, *in_row, *asked.had("\n".join((columns, document.title, headings)), language)}
    said = (document.text[one.start : one.end] for one in passage.sentences if not one.heading)
    said = (text for text in said if not ROW.match(text))  # another row tells nothing of this one
    head = head_above(document, reading.sentence)
    prose = asked.had("\n".join((head, *said)), language)
    known |= {word for word in prose if not _beside(word, column, asked.words)}
    counted = _COUNTS.search(asked.question)
    if counted and counted[1] in in_row and _MONEY.search(f"{cells[place].column} {values[place]}"):
        return None  # "how many schools are damaged", of what the damage to schools costs
    numbers = [word for word in figures if word not in column]
    pairs = list(zip(values, cells, strict=True))
    if any(not has_number(word, asked.question, f"{head}\n{headings}", pairs) for word in numbers):
        return None
    labels = {label.casefold() for number in figures if (label := word_before(number, asked.question))}
    missing = {word.casefold() for word in asked.words if word not in known and not word.isdecimal()} - labels
    days = {day["day"].lstrip("0") for value in values for day in ISO_DAY.finditer(value)}
    keyed = any(values[number] in numbers for number, key in enumerate(keys) if key) or days & set(numbers) or codes
    asked_for = in_row or keyed or (is_total and asks_number(asked.question) and not _THERE.search(asked.question))
    is_meant = asked_for and values[place] and missing <= _OF_ANY_COLUMN | _said_by_kind(values[place], values)
    sure = LOOKED_UP if in_row or not is_total else TOTAL
    words_there = 0 if is_total else len(in_row) + (len(column) if kind is None else 0)
    of_column = kind is None and _is_whole(column, cells[place], language)
    whole = any(key for number, key in enumerate(keys) if number != place)
    return _Named(reading, cells[place], words_there, sure, whole, of_column) if is_meant else None


def _said_by_kind(value: str, values: Sequence[str]) -> frozenset[str]:
    """Return the words of questions for a value of its kind: "leave", of an hour, if the row does not tell which."""
    if hour := _CLOCK.fullmatch(value.strip()):
        words = _OF_HOURS if hour["to"] else _OF_TIMES
        return frozenset() if any(map(_WAY.search, values)) else words
    return _OF_PRICES if _PRICE.search(value) else frozenset()


def _named_column(
    asked: AskedCell, cells: Sequence[Cell], values: Sequence[str], keys: Sequence[bool], language: str
) -> tuple[int, list[str]] | None:
    """Return which cell's column has most words of a question, and these; None if none has any, or several have.

    `keys` tells which cells the question names themselves. Nor may it name the column of another figure besides. Who
    did something is no figure and no day.
    """
    for_who = _WHO.search(asked.question)
    named = [
        [] if key or (for_who and not _may_be_who(asked.question, cell, value)) else asked.had(_name_of(cell), language)
        for cell, value, key in zip(cells, values, keys, strict=True)
    ]
    most = max(named, key=len)
    places = [number for number, one in enumerate(named) if one and len(one) == len(most)]
    if len(places) > 1:  # "Cases" beside "Cases under 5"
        columns_of = (set(stems(_name_of(cells[number]), language)) for number in places)
        places = [number for number, column in zip(places, columns_of, strict=True) if len(column) == len(most)]
        most = named[places[0]] if len(places) == 1 else most
    besides = (
        number
        for number, one in enumerate(named)
        if number and set(one).difference(most) and _is_whole(one, cells[number], language)
    )
    if len(places) != 1 or any(_DIGIT.search(values[number]) for number in besides):  # of two figures neither is meant
        return None
    return places[0], most


def _name_of(cell: Cell) -> str:
    return _UNIT.sub("", cell.column)


def _may_be_who(question: str, cell: Cell, value: str) -> bool:
    """Tell whether a cell may say who it is: no count, no day, nor, of whom something was done to, who did it."""
    is_day = _DIGIT.search(value) and not _LETTER.search(_OF_DAY.sub("", value)) and not _PHONE.fullmatch(value)
    return not (is_day or _FIGURE.fullmatch(value) or (_DONE.search(question) and _BY.search(cell.column)))


def _is_whole(words: Sequence[str], cell: Cell, language: str) -> bool:
    """Tell whether words are all of the name of a cell's column: not "votes" of "Votes cast"."""
    return len(words) >= len(set(stems(_name_of(cell), language)))


def _beside(word: str, others: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether a word of a question stands beside one of others."""
    place = words.index(word)
    return not set(words[max(0, place - 1) : place + 2]).isdisjoint(others)

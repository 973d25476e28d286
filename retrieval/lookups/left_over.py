"""What of a question names neither column nor row of a cell, and whether that says that something else is meant."""

import re
from collections.abc import Sequence

from retrieval.lookups.asked_row import AskedRow
from retrieval.lookups.cell_kinds import OF_KINDS, is_figure, says_more_than_time, words_for
from retrieval.lookups.named_column import NamedColumn
from retrieval.lookups.row_numbers import ROW, YEAR, word_before
from retrieval.questions.kinds import asks_when, asks_who, asks_why
from retrieval.text.patterns import regex
from retrieval.text.words import base_word

OF_ANY_COLUMN = frozenset(
    """number address rate amount figure figures value level share total percentage percent please pls get got spend
    spent receive received hold holds held have has contain contains employ employs
    case incident event kasus kejadian peristiwa insiden
    based located stationed
    went go goes come came arrive arrived send sent deliver delivered distribute distributed give gave given according
    far v vs versus
    nomor alamat angka jumlah tingkat besar nilai persen persentase soal
    tolong tinggal sisa tersisa kirim mengirim ngirim sumbang menyumbang
    nyumbang kasih ngasih memberi dikirim diterima menerima terima disalurkan dibagikan diberi diberikan
    bikin dibikin buat membuat dibuat pembuatan urus mengurus ngurus diurus pengurusan
    saja aja""".split()
)
_COSTS = frozenset("cost costs expense expenses biaya beban".split())
_OF_MONEY = regex(r"\b(?:million|billion|trillion|juta|miliar|triliun)\b|\bRp|[$€£]", re.IGNORECASE)
_OF_YEARS = frozenset("year fiscal fy season tahun thn th musim".split())
_NOT = regex(r"\b(?:not|never|no|tidak|tak|bukan|belum)\b|n[’']t\b", re.IGNORECASE)
_DO = "does|do|did|has|have|had|will|would|can|could"
_BE = "is|are"
_BEHIND_VERB = r"(?=\W*\Z|\W+(?:for|by|on|in|at|to|with|from|{row})\b)"
_VERB_OF_INDONESIAN = regex(r"(?:me|di|ber)\w{4,}")
COUNTED = regex(r"\b(?:how many|berapa (?:jumlah|banyak))\s+(\w+)", re.IGNORECASE)
"""Finds what is counted, where a question asks how many there are."""
_COUNTED_OF = (  # "how many votes did Thornquist get in Norfield?", "how many spoilt papers in Harbour?"
    r"\b(?:how many|berapa)\s+(?:{noun}\s+(?:" + _DO + r")\s+(?:the\s+)?{columns}|{columns}\s+{noun})\b"
)
_COUNTED_BEFORE = r"\b(?:how many|berapa)\s+{noun}\s+(?P<between>.+?)\s+{column}\W*\Z"


def left_over(row: AskedRow, column: NamedColumn, in_row: Sequence[str]) -> set[str]:
    """Return the words of the question, in small letters, that name neither column nor row and do not stand above.

    In the passage or at the head of the document a word may stand, too, if it is not beside the column's in the
    question, "houses badly damaged", or is the name of whose report it is. A number is called something: "week 2". Some
    may be asked of any column.
    """
    columns = " ".join(cell.column for cell in row.cells)
    known = {*column.words, *in_row, *row.had(f"{columns}\n{row.above.titles}")}
    texts = (row.document.text_of(one) for one in row.passage.sentences if not one.heading)
    said = [text for text in texts if not ROW.match(text)]  # another row tells nothing of this one
    prose = row.had("\n".join((row.above.head, *said)))
    of_all = row.had(f"projection proyeksi\n{row.above.subject}")  # which a caption says, or how a report begins
    if column.words:  # prose may tell of more than the new of two figures does: "to Japan"
        known.update(word for word in prose if word in of_all or not _beside(word, column.words, row.asked.words))
    if _OF_MONEY.search("\n".join((columns, row.above.titles, *said))):
        known.update(word for word in row.asked.words if word.casefold() in _COSTS)
    labels = _labels(row)
    left = (word for word in row.asked.words if word not in known and not row.asked.is_of_day(word))
    words = {word.casefold() for word in left if not word.isdecimal()} - labels
    return words - OF_ANY_COLUMN - words_for(row.values[column.place], row.values)


def unsaid(row: AskedRow) -> set[str]:
    """Return the words of the question, in small letters, that neither a row says nor what is around it."""
    columns = " ".join(cell.column for cell in row.cells)
    said = (row.document.text_of(one) for one in row.passage.sentences)
    prose = (text for text in said if not ROW.match(text))
    known = set(row.had("\n".join((columns, *row.values, row.above.text, *prose))))
    left = {word.casefold() for word in row.asked.words if word not in known and not row.asked.is_of_day(word)}
    return left - _labels(row) - OF_ANY_COLUMN - OF_KINDS


def counts_other(row: AskedRow) -> bool:
    """Tell whether a question asks how many there are of what no row and nothing above it tells, but prose near it."""
    counted = COUNTED.search(row.asked.question)
    if not (counted and counted[1] in row.asked.words):
        return False
    said = (row.document.text_of(one) for one in row.passage.sentences)
    prose = "\n".join(text for text in said if not ROW.match(text))
    table = "\n".join((*(cell.column for cell in row.cells), *row.values, row.above.text))
    return counted[1] in row.had(prose) and counted[1] not in row.had(table)


def _labels(row: AskedRow) -> set[str]:
    """Return what numbers in the question are called, in small letters: "week 2"; a year is only called such."""
    called = ((number, word_before(number, row.asked.question).casefold()) for number in row.figures)
    return {word for number, word in called if not YEAR.fullmatch(number) or word in _OF_YEARS}


def tells_nothing_else(word: str, row: AskedRow, column: NamedColumn, in_row: Sequence[str]) -> bool:
    """Tell whether a word that is left over says only that a row has what a question asks for.

    The question has to name column and row whole. Such is a verb, but of figures, of which it says which are meant:
    "which vessel runs WI 5?", "which vessel is used for WI 5?". Or what is counted, where the column is the verb: "how
    many games did Harlow lose?".
    """
    question, value = row.asked.question, row.values[column.place]
    if _is_done(word, question, column) and not row.keys <= {column.place}:
        return True
    if not (column.whole or column.by_kind) or row.keys <= {column.place} or _NOT.search(question):
        return False
    if is_figure(value):
        return _is_counted(word, question, column, in_row)
    of_other_kind = asks_who(question) or asks_why(question) or (asks_when(question) and says_more_than_time(value))
    return not of_other_kind and _is_verb(word, question, column, in_row)


def _is_verb(word: str, question: str, column: NamedColumn, in_row: Sequence[str]) -> bool:
    """Tell whether a word is a verb where it stands: "does … run", "is used for", "which ship runs WI 5"; no place."""
    if re.search(rf"\b(?:in|at|di)\s+(?:the\s+)?{re.escape(word)}\b", question, re.IGNORECASE):
        return False
    if _VERB_OF_INDONESIAN.fullmatch(word) and base_word(word) != word:
        return True
    before = "|".join((rf"(?:{_DO})\b.*", _BE, *(re.escape(one) for one in column.words[-1:])))
    behind = _BEHIND_VERB.format(row="|".join(map(re.escape, in_row)) or "for")
    return re.search(rf"\b(?:{before})\W+{re.escape(word)}{behind}", question, re.IGNORECASE) is not None


def _is_counted(noun: str, question: str, column: NamedColumn, in_row: Sequence[str]) -> bool:
    """Tell whether a noun says what is counted, and whether the column tells of whom, or which: "votes did Lim get".

    Or only the row stands behind it, and the column ends the question.
    """
    columns = r"\W+".join(map(re.escape, column.words))
    if columns and re.search(_COUNTED_OF.format(noun=re.escape(noun), columns=columns), question, re.IGNORECASE):
        return True
    last = re.escape(next(iter(column.words[-1:]), ""))
    match = re.search(_COUNTED_BEFORE.format(noun=re.escape(noun), column=last), question, re.IGNORECASE)
    between = match["between"].casefold().split() if match else []
    return set(between) - set(_DO.split("|")) - {"the"} == {word.casefold() for word in in_row}


def _is_done(word: str, question: str, column: NamedColumn) -> bool:
    """Tell whether a word is what people do with that which is counted: "how many meals do people eat in Hask?"."""
    last = re.escape(next(iter(column.words[-1:]), ""))
    done = rf"\bhow many {last} (?:do|did) (?:the )?(?:people|residents|they) {re.escape(word)}\b"
    return bool(last) and re.search(done, question, re.IGNORECASE) is not None


def _beside(word: str, others: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether a word of a question stands beside one of others."""
    place = words.index(word)
    return not set(words[max(0, place - 1) : place + 2]).isdisjoint(others)

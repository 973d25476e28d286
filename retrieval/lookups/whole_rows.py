"""All rows of a table that have what a question names: "dari fraksi Karya siapa aja?", "which flight is cancelled?" """

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from retrieval.index.protocols import Index
from retrieval.lookups.cell_kinds import NAMES
from retrieval.lookups.sure import as_named
from retrieval.questions.asked_cell import AskedCell, asked_cell
from retrieval.text.markup import visible_text
from retrieval.text.patterns import regex
from retrieval.text.table_rows import Cell, cells_of
from retrieval.values import Document, Passage, Reading, Sentence

_ASKED = regex(
    r"\bsiapa(?:kah)? s?aja\b|\A\W*(?:siapa(?:kah)? (?:yang |yg )?(?:dari|anggota)|sebutkan|who are"
    r"|who(?:[’']s| is) (?:all )?(?:from|in)|list|name (?:all|the members))\b",
    re.IGNORECASE,
)
_IN_STATE = regex(  # "which flight was cancelled?", "rapat mana saja yang ditunda?"
    r"\A\W*(?:which|what) [^\W\d]+ (?:is|are|was|were|has been|have been) (?P<state>[^\W\d]+)\W*\Z"
    r"|\A\W*[^\W\d]+ (?:apa|mana)(?: s?aja)? (?:yang |yg )?(?P<keadaan>[^\W\d]+)\W*\Z",
    re.IGNORECASE,
)
_STATES = frozenset("status state remarks remark notes note keterangan catatan".split())
_FIRST_WORD = regex(r"\w+")
_OF_ANYBODY = frozenset(
    "members member people persons everyone all anggota anggotanya orang semua saja aja daftar".split()
)
_MOST_PASSAGES = 400  # of a document
_LEAST = 2  # rows


def asked_rows(question: str) -> AskedCell | None:
    """Return a question that may name all rows of some people, or things, by what they have in common; else None."""
    if _IN_STATE.search(question):
        return asked_cell(question)
    if not _ASKED.search(question):
        return None
    asked = asked_cell(question)
    asked_for = [word for word in asked.words if word.casefold() not in _OF_ANYBODY]
    return asked if len(asked_for) >= _LEAST else None


def whole_rows(asked: AskedCell, places: Iterable[Passage], index: Index) -> list[Reading]:
    """Return the rows of the first document, among those of some passages, in which a column has what is named.

    The question has all of the column's name and of the value, and no other word but those of the title. Of one row
    alone others tell, unless it is asked which are in a state.
    """
    least = 1 if _IN_STATE.search(asked.question) else _LEAST
    seen = set[int]()
    for passage in places:
        if passage.document in seen:
            continue
        document = index.document(passage.document)
        if any(_in_common(asked, document, one) for one in passage.sentences if not one.heading):
            seen.add(passage.document)
            passages = islice(index.passages_of(passage.document), _MOST_PASSAGES)
            rows = list(_rows(asked, document, passages))
            if len(rows) >= least:
                return rows
    return []


def _rows(asked: AskedCell, document: Document, passages: Iterable[Passage]) -> Iterator[Reading]:
    for passage in passages:
        for sentence in passage.sentences:
            cells = _in_common(asked, document, sentence)
            if cells:
                names = (cell for cell in cells if cell.column.casefold().strip("* ") in NAMES)
                name = next(names, None)
                yield as_named(document, passage, sentence, (name.start, name.end) if name else None)


def _in_common(asked: AskedCell, document: Document, sentence: Sentence) -> list[Cell]:
    """Return the cells of a row, one of which has what a question names, below a column that it names; else none."""
    cells, language = cells_of(document, sentence), document.language
    if state := _IN_STATE.search(asked.question):
        return cells if _is_in_state(asked, state["state"] or state["keadaan"], document, cells) else []
    for cell in cells:
        value = visible_text(document.text_of(cell), markdown=document.markdown)
        if asked.has_all_of(cell.column, language) and asked.has_all_of(value, language):
            known = set(asked.had(f"{document.title}\n{cell.column}\n{value}", language))
            if all(word in known or word.casefold() in _OF_ANYBODY for word in asked.words):
                return cells
    return []


def _is_in_state(asked: AskedCell, state: str, document: Document, cells: Sequence[Cell]) -> bool:
    """Tell whether what is said of the state of a row begins with that word, and the table is of what is asked for."""
    language = document.language
    values = [visible_text(document.text_of(cell), markdown=document.markdown) for cell in cells]
    told = (value for cell, value in zip(cells, values, strict=True) if cell.column.casefold().strip("* ") in _STATES)
    first = (match[0] for value in told if (match := _FIRST_WORD.search(value)))
    if not any(state in asked.had(word, language) for word in first):
        return False
    return asked.stands_in("\n".join((document.title, *(cell.column for cell in cells), *values)), language)

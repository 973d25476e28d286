"""The line of a list that a question names, not the one beside it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.questions.kinds import asked_kind_is_there
from retrieval.text.labels import LABELLED, ends_sentence
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import has_only, subject_stems, words_had
from retrieval.values import Document, Passage, Reading, Sentence

LEADS = " \t>*_•–-"
"""What may stand before an item of a list."""
_NUMBER_OF = regex(r"\b(?:nomor|nomer|telepon|telp|hp|phone|number)(?:nya)?\b", re.IGNORECASE)
_DIGIT = regex(r"\d")
_LEAST_OF_LIST = 2  # lines, of which the first may be what the others are called
OF_OTHERS = regex(  # "who spoke after the mayor?"
    r"\b(?:after|before|besides|except|than|else|others?|without|following|next|not"
    r"|setelah|sesudah|sebelum|selain|kecuali|daripada|lain(?:nya)?|berikut(?:nya)?|bukan|tidak)\b",
    re.IGNORECASE,
)
"""Matches what asks for others than those that are named."""


def list_line(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, those last that stand beside a line of a list that a question names."""
    asked = [] if OF_OTHERS.search(question) else subject_stems(question)
    if not asked:
        return list(readings)
    passages = {one.hit.passage.number: (one.hit.document, one.hit.passage) for one in readings}
    beside = {number: _beside_named(question, asked, *passage) for number, passage in passages.items()}
    answering, silent = list[Reading](), list[Reading]()
    for one in readings:
        (silent if one.sentence.start in beside[one.hit.passage.number] else answering).append(one)
    return [*answering, *(one.silent() for one in silent)]


def _beside_named(question: str, asked: Sequence[frozenset[str]], document: Document, passage: Passage) -> set[int]:
    """Return where lines of a passage begin that stand beside one with more of the question.

    So it is in a list of which a line of the kind that is asked for has all words of the question that any has, and
    most of its words: a model that reads the lines as one text takes the name in the next one. Lines with labels are
    told apart by these. A first line that says nothing else is what the others are called.
    """
    beside = set[int]()
    for lines in _lists(document, passage):
        texts = {one.start: document.text_of(one).lstrip(LEADS) for one in lines}
        had = {start: words_had(asked, text, document.language) for start, text in texts.items()}
        anywhere = set[frozenset[str]]().union(*had.values())
        if len(anywhere) * 2 <= len(asked):
            continue
        named = [start for start, words in had.items() if words == anywhere]
        if len(lines) > _LEAST_OF_LIST and named[:1] == [lines[0].start] and has_only(asked, texts[named[0]]):
            continue
        if _NUMBER_OF.search(question) and not any(_DIGIT.search(texts[start]) for start in named):
            continue  # whose lines stand below a name
        if any(asked_kind_is_there(question, texts[start]) >= 0 for start in named):
            beside.update(start for start in texts if start not in named and not LABELLED.fullmatch(texts[start]))
    return beside


def _lists(document: Document, passage: Passage) -> Iterator[list[Sentence]]:
    """Yield the lines, two at least, that follow each other on in a passage and are each a sentence."""
    groups = groupby(passage.sentences, lambda one: not one.heading and _is_line(document, one))
    lists = (list(lines) for are_lines, lines in groups if are_lines)
    yield from (lines for lines in lists if len(lines) > 1)


def _is_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is a whole line, and no row of a table; nor does it end as sentences do."""
    ends = ends_sentence(document.text_of(sentence))
    return is_whole_line(document, sentence) and not ends and not cells_of(document, sentence)


def is_whole_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether nothing else stands on the line of a sentence."""
    text = document.text
    stop = text.find("\n", sentence.end)
    before = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    behind = text[sentence.end : stop if stop >= 0 else len(text)]
    return not before.strip(LEADS) and not behind.strip("*_ \t\r")

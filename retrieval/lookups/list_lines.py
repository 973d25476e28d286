"""The line of a list that a question names, not the one beside it: who is who among those present."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.lookups.named_cell import LESS_SURE
from retrieval.questions.kinds import asked_kind_is_there
from retrieval.text.headings import titles_above
from retrieval.text.labels import LABELLED, ends_sentence
from retrieval.text.names import CAPITAL, NAME_WORD
from retrieval.text.offices import ACTING, DEPUTY, FORMER
from retrieval.text.table_rows import cells_of
from retrieval.text.words import STOP_WORDS, has_only, stems, subject_stems
from retrieval.values import Document, Passage, Reading, Sentence

_LEADS = " \t>*_•–-"  # before an item
_WHO_IS = re.compile(
    r"\A\W*(?:and )?(?:who(?:[’']s| is| was| are| were)|siapa(?:kah)?(?! yang\b| yg\b))\b", re.IGNORECASE
)
_OF_OTHER_OFFICE = re.compile(rf"\b(?:{DEPUTY}|{ACTING}|{FORMER})\b", re.IGNORECASE)
_NAME_AND_OFFICE = re.compile(rf"(?P<name>(?:{CAPITAL}[\w'’-]*\.? ){{1,4}}{NAME_WORD}), (?P<office>.+)", re.DOTALL)
_LEAST_OF_LIST = 2  # lines, of which the first may be what the others are called
_OF_OTHERS = re.compile(  # "who spoke after the mayor?"
    r"\b(?:after|before|besides|except|than|else|others?|without|following|next|not"
    r"|setelah|sesudah|sebelum|selain|kecuali|daripada|lain(?:nya)?|berikut(?:nya)?|bukan|tidak)\b",
    re.IGNORECASE,
)


def list_line(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, the line first that says who holds an office; those last that stand beside a line named."""
    asked = [] if _OF_OTHERS.search(question) else subject_stems(question)
    if not asked:
        return list(readings)
    passages = {one.hit.passage.number: (one.hit.document, one.hit.passage) for one in readings}
    beside = {number: _beside_named(question, asked, *passage) for number, passage in passages.items()}
    answering, silent = list[Reading](), list[Reading]()
    for one in readings:
        (silent if one.sentence.start in beside[one.hit.passage.number] else answering).append(one)
    answering = _holder_first(asked, answering) if _WHO_IS.match(question) else answering
    return [*answering, *(one.silent() for one in silent)]


def _holder_first(asked: Sequence[frozenset[str]], readings: Sequence[Reading]) -> list[Reading]:
    """Put first, but for what is surer, the only line that has a name and behind it the office that is asked for."""
    besides = [(count, one) for one in readings if (count := _words_besides(asked, one)) is not None]
    least = min((count for count, _ in besides), default=0)
    holders = [one for count, one in besides if count == least]
    if len(holders) != 1:
        return list(readings)
    first, others = _named(holders[0]), [one for one in readings if one is not holders[0]]
    surer = [one for one in others if one.confidence > first.confidence]
    return [*surer, first, *(one for one in others if one not in surer)]


def _words_besides(asked: Sequence[frozenset[str]], reading: Reading) -> int | None:
    """Return how many other words an office has that holds all that is asked, but for what stands above its line.

    None if the line is no name with an office behind it, or that is another one.
    """
    match = _NAME_AND_OFFICE.fullmatch(reading.text.lstrip(_LEADS))
    document = reading.hit.document
    if match is None:
        return None
    above = "\n".join(titles_above(reading))
    office, known = set(stems(match["office"], document.language)), set(stems(above, document.language))
    had = frozenset[str]().union(*(forms for forms in asked if not forms.isdisjoint(office)))
    is_other = any(had.isdisjoint(stems(word, document.language)) for word in _OF_OTHER_OFFICE.findall(match["office"]))
    if asked[0].isdisjoint(office) or any(forms.isdisjoint(office | known) for forms in asked) or is_other:
        return None
    return len(office - STOP_WORDS - had)


def _named(reading: Reading) -> Reading:
    """Return a reading of a line as sure as a looked up one, its name marked."""
    start = reading.sentence.start + len(reading.text) - len(reading.text.lstrip(_LEADS))
    match = _NAME_AND_OFFICE.fullmatch(reading.hit.document.text, start, reading.sentence.end)
    assert match is not None
    sure = max(reading.confidence, LESS_SURE)
    return replace(reading, confidence=sure, in_document=max(reading.in_document, sure), highlight=match.span("name"))


def _beside_named(question: str, asked: Sequence[frozenset[str]], document: Document, passage: Passage) -> set[int]:
    """Return where lines of a passage begin that stand beside one with more of the question.

    So it is in a list of which a line of the kind that is asked for has all words of the question that any has, and
    most of its words: a model that reads the lines as one text takes the name in the next one. Lines with labels are
    told apart by these. A first line that says nothing else is what the others are called.
    """
    beside = set[int]()
    for lines in _lists(document, passage):
        texts = {one.start: document.text_of(one).lstrip(_LEADS) for one in lines}
        had = {}
        for start, text in texts.items():
            there = set(stems(text, document.language))
            had[start] = {number for number, forms in enumerate(asked) if not forms.isdisjoint(there)}
        anywhere = set[int]().union(*had.values())
        if len(anywhere) * 2 <= len(asked):
            continue
        named = [start for start, words in had.items() if words == anywhere]
        if len(lines) > _LEAST_OF_LIST and named[:1] == [lines[0].start] and has_only(asked, texts[named[0]]):
            continue
        if any(asked_kind_is_there(question, texts[start]) >= 0 for start in named):
            beside.update(start for start in texts if start not in named and not LABELLED.fullmatch(texts[start]))
    return beside


def _lists(document: Document, passage: Passage) -> Iterator[list[Sentence]]:
    """Yield the lines, two at least, that follow each other on in a passage and are each a sentence."""
    lines: list[Sentence] = []
    for sentence in (*passage.sentences, None):
        if sentence and not sentence.heading and _is_line(document, sentence):
            lines.append(sentence)
            continue
        if len(lines) > 1:
            yield lines
        lines = []


def _is_line(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is a whole line, and no row of a table; nor does it end as sentences do."""
    text = document.text
    stop = text.find("\n", sentence.end)
    before = text[text.rfind("\n", 0, sentence.start) + 1 : sentence.start]
    behind = text[sentence.end : stop if stop >= 0 else len(text)]
    is_whole = not before.strip(_LEADS) and not behind.strip("*_ \t\r")
    return is_whole and not ends_sentence(text[sentence.start : sentence.end]) and not cells_of(document, sentence)

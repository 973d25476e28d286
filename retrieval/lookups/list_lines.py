"""The line of a list that a question names, not the one beside it: who is who among those present."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.lookups.labels import ends_sentence
from retrieval.lookups.named_cell import LESS_SURE
from retrieval.questions.cues import asks_who
from retrieval.text.table_rows import cells_of, headings_above
from retrieval.text.words import STOP_WORDS, stems, subject_stems
from retrieval.values import Document, Passage, Reading, Sentence

_LEADS = " \t>*_•–-"  # before an item
_WHO = re.compile(r"(?P<name>(?:[A-Z][\w'’-]*\.? ){1,4}[A-Z][\w'’-]+), (?P<office>.+)", re.DOTALL)
_OF_OTHERS = re.compile(  # "who spoke after the mayor?"
    r"\b(?:after|before|besides|except|than|else|others?|without|following|next|not"
    r"|setelah|sesudah|sebelum|selain|kecuali|daripada|lain(?:nya)?|berikut(?:nya)?|bukan|tidak)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What of a question's words, by their numbers, a line of a list has, and what any line of its list has."""

    words: frozenset[int]
    anywhere: frozenset[int]
    all_at_once: bool  # some line has all of these


def list_line(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, with those last, as no answer, that stand beside a line that has more of the question.

    So it is in a list of which one line has all words of the question that any has: a model that reads the lines as one
    text takes the name in the next one. Who holds an office is told by the only line that has a name and all of that.
    """
    asked = [] if _OF_OTHERS.search(question) else subject_stems(question)
    if not asked:
        return list(readings)
    said = {
        passage.number: _said_in(asked, document, passage)
        for document, passage in {
            one.hit.passage.number: (one.hit.document, one.hit.passage) for one in readings
        }.values()
    }
    silent, who = [], []
    for reading in readings:
        line = said[reading.hit.passage.number].get(reading.sentence.start)
        if line and line.all_at_once and line.words != line.anywhere:
            silent.append(reading)
        elif line and asks_who(question) and (count := _words_besides(asked, reading)) is not None:
            who.append((count, reading))
    least = min((count for count, _ in who), default=0)
    nearest = [one for count, one in who if count == least]  # not "Deputy Minister of Health"
    first = [_named(one) for one in nearest] if len(nearest) == 1 else []
    others = [one for one in readings if one not in silent and not (first and one in nearest)]
    surer = [one for one in others if first and one.confidence > first[0].confidence]
    return [
        *surer,
        *first,
        *(one for one in others if one not in surer),
        *(replace(one, confidence=0.0, in_document=0.0) for one in silent),
    ]


def _words_besides(asked: Sequence[frozenset[str]], reading: Reading) -> int | None:
    """Return how many other words an office has that holds all that is asked, but for what stands above its line.

    None if the line is no name with an office behind it, or that is another one.
    """
    match = _WHO.fullmatch(reading.text.lstrip(_LEADS))
    document = reading.hit.document
    if match is None:
        return None
    above = "\n".join((document.title, *headings_above(document, reading.hit.passage, reading.sentence)))
    office, known = set(stems(match["office"], document.language)), set(stems(above, document.language))
    had = [forms for forms in asked if not forms.isdisjoint(office)]
    if not had or any(forms.isdisjoint(office | known) for forms in asked):
        return None
    return len(office - STOP_WORDS - frozenset[str]().union(*had))


def _named(reading: Reading) -> Reading:
    """Return a reading of a line as sure as a looked up one, its name marked."""
    start = reading.sentence.start + len(reading.text) - len(reading.text.lstrip(_LEADS))
    match = _WHO.fullmatch(reading.hit.document.text, start, reading.sentence.end)
    assert match is not None
    sure = max(reading.confidence, LESS_SURE)
    return replace(reading, confidence=sure, in_document=max(reading.in_document, sure), highlight=match.span("name"))


def _said_in(asked: Sequence[frozenset[str]], document: Document, passage: Passage) -> dict[int, _Said]:
    """Return what each line of a list says of a question, by where it begins."""
    found: dict[int, _Said] = {}
    for lines in _lists(document, passage):
        there = {one.start: set(stems(document.text[one.start : one.end], document.language)) for one in lines}
        had = {
            start: frozenset(number for number, forms in enumerate(asked) if not forms.isdisjoint(words))
            for start, words in there.items()
        }
        anywhere = frozenset[int]().union(*had.values())
        found |= {start: _Said(words, anywhere, anywhere in had.values()) for start, words in had.items()}
    return found


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

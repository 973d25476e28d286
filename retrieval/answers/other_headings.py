"""What stands below the heading of another name than a question names does not answer it: Yeo's hours, not Holt's."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answers.subject import SUBJECT_CONFIDENCE
from retrieval.text.markup import heading_level, visible_text
from retrieval.text.words import STOP_WORDS, has_each, subject_stems
from retrieval.values import Document, Passage, Reading, Sentence

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading as people see it, where it stands; `level` counts its signs in Markdown."""

    start: int
    level: int
    text: str


def without_other_headings(question: str, readings: Sequence[Reading], passages: Sequence[Passage]) -> list[Reading]:
    """Put last, as no answer, sentences below the heading of another name than that which a question names.

    `passages` are those around the closest one, in its document. Both headings are names, beside one another. A
    sentence that has the name itself may answer.
    """
    numbers = {one.number for one in passages}
    of_document = [one for one in readings if one.hit.passage.number in numbers]
    if not of_document:
        return list(readings)
    document = of_document[0].hit.document
    headings = _names(document, passages)
    named = [one for one in headings if has_each(subject_stems(one.text), question, document.language)]
    others = [one for one in of_document if named and _is_below_another(one, headings, named)]
    silent = [replace(one, confidence=min(one.confidence, SUBJECT_CONFIDENCE), in_document=0.0) for one in others]
    return [*(one for one in readings if one not in others), *silent]


def _is_below_another(reading: Reading, headings: Sequence[_Heading], named: Sequence[_Heading]) -> bool:
    document = reading.hit.document
    above = _above(reading.sentence, headings)
    if any(one.text == other.text for one in above for other in named):
        return False
    beside = {one.level for one in above} & {one.level for one in named}
    return bool(beside) and not any(
        has_each(subject_stems(one.text), reading.text, document.language) for one in named if one.level in beside
    )


def _above(sentence: Sentence, headings: Sequence[_Heading]) -> list[_Heading]:
    """Return the headings below which a sentence stands, each of a level less than the next."""
    above: list[_Heading] = []
    for heading in headings:
        if heading.start >= sentence.start:
            break
        above = [*(one for one in above if one.level < heading.level), heading]
    return above


def _names(document: Document, passages: Sequence[Passage]) -> list[_Heading]:
    """Return the headings that are names: the document has no word of theirs alone in small letters."""
    headings = []
    for sentence in (one for passage in passages for one in passage.sentences if one.heading):
        text = visible_text(document.text[sentence.start : sentence.end], markdown=document.markdown)
        if text != document.title:
            headings.append(_Heading(sentence.start, heading_level(document.text, sentence.start), text))
    words = {heading: set(_WORD.findall(heading.text.casefold())) - STOP_WORDS for heading in headings}
    counts = Counter(word for each in words.values() for word in each)  # "Puskesmas" of several of them is no name
    own = {heading: [word for word in each if counts[word] == 1] for heading, each in words.items()}
    small = {word for word in _WORD.findall(document.text) if word.islower()}
    return [heading for heading in headings if own[heading] and small.isdisjoint(own[heading])]

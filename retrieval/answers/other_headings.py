"""What stands below the heading of another name than a question names does not answer it: Yeo's hours, not Holt's."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answers.subject import related_last
from retrieval.text.markup import heading_level, visible_text
from retrieval.text.words import STOP_WORDS, has_each, subject_stems
from retrieval.values import Document, Passage, Reading, Sentence

_WORD = re.compile(r"\w+")
_WITHIN_SENTENCE = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading as people see it, where it stands; `level` counts its signs in Markdown."""

    start: int
    level: int
    text: str


def without_other_headings(
    question: str, readings: Sequence[Reading], passages: Sequence[Passage], knows_word: Callable[[str], bool]
) -> list[Reading]:
    """Put last, as no answer, sentences below the heading of another name than that which a question names.

    `passages` are those around the closest one, in its document. Both headings are names, beside one another. A
    sentence that has the name itself may answer. A word that a model knows is a name only where the document has it so.
    """
    numbers = {one.number for one in passages}
    of_document = [one for one in readings if one.hit.passage.number in numbers]
    if not of_document:
        return list(readings)
    document = of_document[0].hit.document
    headings = _headings(document, passages)
    said = [one for one in headings if has_each(subject_stems(one.text), question, document.language)]
    names = _names(document, headings, knows_word) if said else []
    asked = [one for one in names if one in said]
    others = [one for one in of_document if asked and _is_below_another(one, headings, names, asked)]
    return related_last(readings, others)


def _is_below_another(
    reading: Reading, headings: Sequence[_Heading], names: Sequence[_Heading], asked: Sequence[_Heading]
) -> bool:
    document = reading.hit.document
    above = [one for one in _above(reading.sentence, headings) if one in names]
    if any(one.text == other.text for one in above for other in asked):
        return False
    beside = {one.level for one in above} & {one.level for one in asked}
    return bool(beside) and not any(
        has_each(subject_stems(one.text), reading.text, document.language) for one in asked if one.level in beside
    )


def _above(sentence: Sentence, headings: Sequence[_Heading]) -> list[_Heading]:
    """Return the headings below which a sentence stands, each of a level less than the next."""
    above: list[_Heading] = []
    for heading in headings:
        if heading.start >= sentence.start:
            break
        above = [*(one for one in above if one.level < heading.level), heading]
    return above


def _headings(document: Document, passages: Sequence[Passage]) -> list[_Heading]:
    """Return the headings of passages in order, but for the title."""
    headings = []
    for sentence in (one for passage in passages for one in passage.sentences if one.heading):
        text = visible_text(document.text[sentence.start : sentence.end], markdown=document.markdown)
        if text != document.title:
            headings.append(_Heading(sentence.start, heading_level(document.text, sentence.start), text))
    return headings


def _names(document: Document, headings: Sequence[_Heading], knows_word: Callable[[str], bool]) -> list[_Heading]:
    """Return the headings that are names, or numbers: words of theirs alone never stand in small letters.

    They are not known, or begin with a capital within a sentence: "Daniel Holt".
    """
    words = {heading: set(_WORD.findall(heading.text.casefold())) - STOP_WORDS for heading in headings}
    counts = Counter(word for each in words.values() for word in each)  # "Puskesmas" of several of them is no name
    own = {heading: [word for word in each if counts[word] == 1] for heading, each in words.items()}
    small = {word for word in _WORD.findall(document.text) if word.islower()}
    within = {word.casefold() for word in _WITHIN_SENTENCE.findall(document.text)}

    def is_name(word: str) -> bool:
        return word.isdecimal() or (word not in small and (word in within or not knows_word(word)))

    return [heading for heading in headings if own[heading] and all(map(is_name, own[heading]))]

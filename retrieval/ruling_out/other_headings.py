"""What stands below the heading of another name than a question names does not answer it: Yeo's hours, not Holt's."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from retrieval.reading.related import related_last
from retrieval.text.headings import heading_level
from retrieval.text.markup import visible_text
from retrieval.text.names import CAPITAL
from retrieval.text.words import STOP_WORDS
from retrieval.values import Document, Passage, Reading, Sentence

_WORD = re.compile(r"\w+")
_WITHIN_SENTENCE = re.compile(rf"(?<=[a-z,;] ){CAPITAL}\w+")


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

    `passages` are those around the closest one, in its document. Both headings have names, beside one another, that no
    other has. A sentence that has the name itself may answer. A word that a model knows is a name only where the
    document has it so.
    """
    numbers = {one.number for one in passages}
    of_document = [one for one in readings if one.hit.passage.number in numbers]
    if not of_document:
        return list(readings)
    document = of_document[0].hit.document
    headings = _headings(document, passages)
    words = {word.casefold() for word in _WORD.findall(question)}
    is_likely = any(not words.isdisjoint(_WORD.findall(one.text.casefold())) for one in headings)
    names = _names(document, headings, knows_word) if is_likely else {}
    asked = {heading: own for heading, own in names.items() if not words.isdisjoint(own)}
    others = [one for one in of_document if asked and _is_below_another(one, headings, names, asked)]
    return related_last(readings, others)


def _is_below_another(
    reading: Reading,
    headings: Sequence[_Heading],
    names: Mapping[_Heading, set[str]],
    asked: Mapping[_Heading, set[str]],
) -> bool:
    above = [one for one in _above(reading.sentence, headings) if one in names]
    if any(one.text == other.text for one in above for other in asked):
        return False
    beside = {one.level for one in above} & {one.level for one in asked}
    said = set(_WORD.findall(reading.text.casefold()))
    return bool(beside) and all(said.isdisjoint(own) for one, own in asked.items() if one.level in beside)


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
        text = visible_text(document.text_of(sentence), markdown=document.markdown)
        if text != document.title:
            headings.append(_Heading(sentence.start, heading_level(document.text, sentence.start), text))
    return headings


def _names(
    document: Document, headings: Sequence[_Heading], knows_word: Callable[[str], bool]
) -> dict[_Heading, set[str]]:
    """Return the headings with names that no other has, and these: they never stand in small letters.

    They are not known, or begin with a capital within a sentence: "Daniel Holt". A number is one beside names alone; a
    heading that says more has to have a word that another has, too: "Republic of Orla – safe".
    """
    words = {heading: set(_WORD.findall(heading.text.casefold())) - STOP_WORDS for heading in headings}
    counts = Counter(word for each in words.values() for word in each)  # "Puskesmas" of several of them is no name
    small = {word for word in _WORD.findall(document.text) if word.islower()}
    within = {word.casefold() for word in _WITHIN_SENTENCE.findall(document.text)}

    def is_name(word: str) -> bool:
        return not word.isdecimal() and word not in small and (word in within or not knows_word(word))

    found = {}
    for heading, each in words.items():
        own = {word for word in each if counts[word] == 1}
        names = {word for word in own if is_name(word)}
        if all(word in names or word.isdecimal() for word in own):
            found[heading] = own
        elif len(own) < len(each):
            found[heading] = names
    return {heading: each for heading, each in found.items() if each}

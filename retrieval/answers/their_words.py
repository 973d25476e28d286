"""Whose words a follow-up asks for, "what did she say?", and which sentences are told to be somebody else's."""

import re
from collections.abc import Sequence

from retrieval.questions.courtesy import as_read
from retrieval.questions.kinds import whose_words
from retrieval.questions.question_parts import PERSON
from retrieval.text.names import CAPITAL
from retrieval.text.patterns import regex
from retrieval.text.quotations import quoted_by, said_within
from retrieval.text.speakers import Speakers
from retrieval.text.words import STOP_WORDS, is_base_word
from retrieval.values import Document, Reading, Sentence, Turn

_NAME = regex(rf"(?<!\w){CAPITAL}[\w'’-]{{2,}}")
_BEGINS = regex(rf"{CAPITAL}[\w'’-]*,? (?=[a-z])(?!\w+(?:s|ed|d|id|kan)\b)")  # "Yesterday the chair"
_BETWEEN = r"[^\w.!?\n]+(?:\w+[^\w.!?\n]+){0,3}?"  # of one person's: "Ketua Asosiasi Pedagang, Hendra Wijaya"


def in_their_words(question: str, readings: Sequence[Reading], before: Turn | None) -> list[Reading]:
    """Leave out, where a follow-up asks for what "she" said, what somebody says of whom there was no talk."""
    person = whose_words(as_read(question)) if before else ""
    if before is None or not (person.casefold() == "nya" or PERSON.fullmatch(person)):
        return list(readings)
    spoken_of = _names(" ".join((before.question, before.answer, before.cited, before.speaker, *before.earlier)))
    return [one for one in readings if not (spoken_of and _is_of_another(one, spoken_of))]


def _is_of_another(reading: Reading, spoken_of: set[str]) -> bool:
    """Tell whether a sentence is told to be said by somebody else than those who have these names.

    Where nobody is told by name, or the document names both side by side, that is not known.
    """
    document = reading.hit.document
    teller = _teller_in(_told(document, reading.sentence))
    if not teller or teller & spoken_of:
        return False
    one, other = ("|".join(map(re.escape, sorted(names))) for names in (teller, spoken_of))
    beside = rf"\b(?:(?:{one}){_BETWEEN}(?:{other})|(?:{other}){_BETWEEN}(?:{one}))\b"
    return not re.search(beside, document.text, re.IGNORECASE)


def _told(document: Document, sentence: Sentence) -> str:
    """Return the words that tell who says a sentence: before its turn, beside its quotation or within it."""
    if told := Speakers(document, sentence).of(sentence) or quoted_by(document, sentence):
        return told
    place = said_within(document, sentence)
    return document.text[slice(*place)] if place else ""


def _names(text: str) -> set[str]:
    return {name.casefold() for name in _NAME.findall(text)} - STOP_WORDS


def _teller_in(told: str) -> set[str]:
    """Return the names of who is told to speak, without a word that only begins: "Kemarin ketua mengatakan"."""
    first = _NAME.match(told)
    begins = first and (_BEGINS.match(told) or is_base_word(first[0].casefold()))
    return _names(told[first.end() :] if first and begins else told)

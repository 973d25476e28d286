"""Whose words a follow-up asks for, "what did she say?", and which sentences are told to be somebody else's."""

import re

from retrieval.questions.cues import whose_words
from retrieval.questions.question_parts import PERSON
from retrieval.quotations import quoted_by, said_within
from retrieval.speakers import Speakers
from retrieval.values import Document, Reading, Sentence, Turn
from retrieval.words import STOP_WORDS

_NAME = re.compile(r"(?<!\w)[A-Z][\w'’-]{2,}")
_BETWEEN = r"[^\w.!?\n]+(?:\w+[^\w.!?\n]+){0,3}?"  # of one person's: "Ketua Asosiasi Pedagang, Hendra Wijaya"


def of_somebody_else(question: str, reading: Reading, before: Turn) -> bool:
    """Tell whether a question asks for what "she" said, and somebody of whom there was no talk says this sentence.

    Where nobody is told by name, or the document names both side by side, that is not known.
    """
    person = whose_words(question)
    if not (person.casefold() == "nya" or PERSON.fullmatch(person)):
        return False
    spoken_of = _names(" ".join((before.question, before.answer, before.cited, before.speaker, *before.earlier)))
    document = reading.hit.document
    teller = _names(_told(document, reading.sentence))
    if not (teller and spoken_of) or teller & spoken_of:
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

"""Names that are typed in small letters get the capitals that the documents write them with: "lukman", "bpbd"."""

import re
from collections.abc import Iterable

from retrieval.text.dates import MONTH, WEEKDAY
from retrieval.text.names import CAPITAL, NAME_WORD
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS

_WORD = regex(r"(?<![\w.@/'’-])[^\W\d_]{2,}(?![\w@/])")
_TIME = regex(rf"{MONTH}|{WEEKDAY}", re.IGNORECASE)
_NAMES = regex(rf"(?<!\w){NAME_WORD}(?: {NAME_WORD})+")
_IN_SMALL = r"(?<![\w.@/]){}(?![\w@])"  # but in no address: "b.hall@orla.example"
_WITHIN = regex(rf"(?<=[^\W\d_A-Z],|.[^\W\d_A-Z]) ({CAPITAL}[\w'’-]*\w)")  # a sentence, or behind a comma


def with_capitals(question: str, sentences: Iterable[str]) -> str:
    """Return a question, if it has no capital but the first, with those that sentences write its words with.

    Behind a comma may stand the title of the document that a question goes on from, as that is written. A word that any
    of them has in small letters is no name; nor is one that only begins sentences, before another word.
    """
    typed = question.rpartition(", ")[0] or question
    if typed[1:] != typed[1:].lower():
        return question
    text = "\n".join(sentences)
    found = [*_WITHIN.findall(text), *(name for names in _NAMES.findall(text) for name in names.split())]
    names: dict[str, str] = {name.casefold(): name for name in found}

    def written(match: re.Match[str]) -> str:
        word = match[0].casefold()
        if word not in names or word in STOP_WORDS or _TIME.fullmatch(word) or re.search(_IN_SMALL.format(word), text):
            return match[0]
        return names[word]

    return _WORD.sub(written, question)

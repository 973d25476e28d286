"""Tell which names of a question stand in no document, as those of people are written in many ways."""

import re
from collections.abc import Sequence

from retrieval.courtesy import as_read
from retrieval.languages import LANGUAGES, main_language
from retrieval.question_parts import names_in
from retrieval.values import Citation
from retrieval.words import STOP_WORDS, WordWeights, has_each, word_forms

_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SHORTEST = 4  # letters that are left of a word without its ending
_ENDING = 3  # letters at most: "Indonesian" where documents have "Indonesia"


def unknown_names(question: str, shown: Sequence[Citation], words: WordWeights) -> tuple[str, ...]:
    """Return the words of a question's names that no document's text has, nor the title of one that is shown.

    None where all that is shown is in another language, which may write all of them in its own way.
    """
    names = _names(question)
    if not names or _crosses(question, shown):
        return ()
    forms = {name: _forms(name.casefold()) for name in names}
    spellings = list(dict.fromkeys(form for name in names for form in forms[name]))
    there = dict(zip(spellings, words.frequencies(spellings), strict=True))
    absent = (name for name in forms if not any(there[form] for form in forms[name]))
    return tuple(name for name in absent if not _in_title(name, shown))


def _names(question: str) -> list[str]:
    """Return the words of a question's names; none where capitals tell no names, as each word has one.

    A word that begins a sentence is one only if the name goes on: phones make capitals there.
    """
    asked = as_read(question)
    if asked.istitle():
        return []
    sentences = _SENTENCE_END.split(asked)
    found = [name for one in sentences for name in names_in(one) if " " in name or not one.startswith(name)]
    return [word for name in found for word in _WORD.findall(name) if word.casefold() not in STOP_WORDS]


def _forms(name: str) -> list[str]:
    """Return a name, and what is left of it without an ending."""
    return [name, *(name[:-cut] for cut in range(1, _ENDING + 1) if len(name) - cut >= _SHORTEST)]


def _crosses(question: str, shown: Sequence[Citation]) -> bool:
    languages = {citation.document.language for citation in shown}
    return bool(languages) and languages.issubset(LANGUAGES) and main_language(question) not in languages


def _in_title(name: str, shown: Sequence[Citation]) -> bool:
    forms = word_forms([name.casefold()])
    return any(has_each(forms, citation.document.title, citation.document.language) for citation in shown)

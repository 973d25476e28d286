"""Tell which names of a question stand in no document, and which in another form: people share parts of names."""

import re
from collections.abc import Sequence
from itertools import dropwhile

from retrieval.courtesy import as_read
from retrieval.cues import asked_kind_is_there
from retrieval.languages import LANGUAGES, main_language
from retrieval.question_parts import names_in
from retrieval.values import Citation, Document
from retrieval.words import STOP_WORDS, WordWeights, has_each, word_forms

_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SHORTEST = 4  # letters that are left of a word without its ending
_ENDING = 3  # letters at most: "Indonesian" where documents have "Indonesia"


def unknown_names(question: str, shown: Sequence[Citation], words: WordWeights) -> tuple[str, ...]:
    """Return the words of a question's names that no document's text has, nor the title of one that is shown.

    None where all that is shown is in another language, which may write all of them in its own way.
    """
    words_of = (word for name in _names(question) for word in _WORD.findall(name))
    names = [word for word in words_of if word.casefold() not in STOP_WORDS]
    if not names or _crosses(question, shown):
        return ()
    forms = {name: _forms(name.casefold()) for name in names}
    spellings = list(dict.fromkeys(form for name in names for form in forms[name]))
    there = dict(zip(spellings, words.frequencies(spellings), strict=True))
    absent = (name for name in forms if not any(there[form] for form in forms[name]))
    return tuple(name for name in absent if not _in_title(name, shown))


def _names(question: str) -> list[str]:
    """Return a question's names; none where capitals tell no names, as each word has one.

    A word that begins a sentence is one only if the name goes on: phones make capitals there.
    """
    asked = as_read(question)
    if asked.istitle():
        return []
    sentences = _SENTENCE_END.split(asked)
    return [name for one in sentences for name in names_in(one) if " " in name or not one.startswith(name)]


def _forms(name: str) -> list[str]:
    """Return a name, and what is left of it without an ending."""
    return [name, *(name[:-cut] for cut in range(1, _ENDING + 1) if len(name) - cut >= _SHORTEST)]


def namesakes(question: str, documents: Sequence[Document]) -> tuple[tuple[str, str], ...]:
    """Return names of a question of which documents have only the last word, each with one that the first has instead.

    So has "William Rainey Harper" who asks for Robert Harper. A title, as in "Minister Harper", is no other name; the
    document has it in small letters, too.
    """
    texts = [f"{document.title}\n{document.text[document.body :]}" for document in documents]
    asked = [(name, [word for word in _WORD.findall(name) if word[0].isupper()]) for name in _names(question)]
    unknown = ((name, words) for name, words in asked if len(words) > 1 and not any(_has_both(words, t) for t in texts))
    others = ((name, _other_name(words, texts[0])) for name, words in unknown)
    return tuple((name, other) for name, other in others if other)


def _has_both(words: Sequence[str], text: str) -> bool:
    """Tell whether a text has the first of these words and, soon after it, the last."""
    first, last = re.escape(words[0]), re.escape(words[-1])
    return re.search(rf"\b{first}\b(?:\W+[\w.]+){{0,3}}?\W+{last}\b", text, re.IGNORECASE) is not None


def _other_name(words: Sequence[str], text: str) -> str:
    """Return the name in a text that has the last of these words after others; nothing if there is none."""

    def is_no_name(word: str) -> bool:
        is_day = asked_kind_is_there("when?", word) > 0
        return is_day or word in words or re.search(rf"\b{re.escape(word.lower())}\b", text) is not None

    for match in re.finditer(rf"(?<![.?!:\n] )(?<![\n\w])((?:[A-Z][\w'’.-]* ){{1,3}}){re.escape(words[-1])}\b", text):
        if before := list(dropwhile(is_no_name, match[1].split())):
            return " ".join((*before, words[-1]))
    return ""


def _crosses(question: str, shown: Sequence[Citation]) -> bool:
    languages = {citation.document.language for citation in shown}
    return bool(languages) and languages.issubset(LANGUAGES) and main_language(question) not in languages


def _in_title(name: str, shown: Sequence[Citation]) -> bool:
    forms = word_forms([name.casefold()])
    return any(has_each(forms, citation.document.title, citation.document.language) for citation in shown)

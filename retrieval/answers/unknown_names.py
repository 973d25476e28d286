"""Tell which names of a question stand in no document, and which in another form: people share parts of names."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import dropwhile, islice

from retrieval.questions.asked_part import without_part_names
from retrieval.questions.courtesy import as_read
from retrieval.questions.kinds import tells_time
from retrieval.questions.question_parts import SENTENCE_END, names_in
from retrieval.text.dates import MONTH, month_number
from retrieval.text.headings import beginning_of
from retrieval.text.languages import LANGUAGES, question_language
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, WordWeights, has_each, without_accents, word_forms
from retrieval.values import Citation, Document

_WHO_IS = regex(r"siapa(?:kah)?(?:\s+\S+){1,4}", re.IGNORECASE)  # "Siapa Hendra Gunawan?": no small words there
_WORD = regex(r"[^\W\d_]{3,}")
_SMALL = regex(r"\b[a-z]\w+")
_BEFORE = regex(r"[^\W\d_][\w'’-]*\.?")
_NAME_BEFORE = regex(r"(?:\A|[^.?!\n\w] |[\w,;:)] )((?:[A-Z][\w'’.-]* ){1,3})\Z")  # none that begins a sentence
_MOST_READ = 500_000  # characters of a document
_MOST_PLACES = 200  # of a word in it
_MOST_BEFORE = 3  # words of a name before its last
_NEAR = 60  # characters
_SHORTEST = 4  # letters that are left of a word without its ending
_FORMS_OF_ADDRESS = frozenset(
    """mister madam doctor professor general colonel captain admiral president minister secretary senator governor
    mayor judge king queen prince princess pope bishop saudara pak bapak ibu jenderal kolonel kapten laksamana presiden
    menteri sekretaris senator gubernur bupati hakim raja ratu pangeran paus uskup kiai ustaz profesor dokter""".split()
)
_ENDING = 3  # letters at most: "Indonesian" where documents have "Indonesia"


def unknown_names(question: str, shown: Sequence[Citation], words: WordWeights) -> tuple[str, ...]:
    """Return the words of a question's names that no document's text has, nor the title of one that is shown.

    Accents do not count in the quotes shown, nor do forms of address. None where all that is shown is in another
    language, which may write all of them in its own way.
    """
    words_of = (word for name in _names(question) for word in _without_address(_WORD.findall(name)))
    names = [word for word in words_of if word.casefold() not in STOP_WORDS]
    if not names or _crosses(question, shown):
        return ()
    forms = {name: _forms(name.casefold()) for name in names}
    spellings = list(dict.fromkeys(form for name in names for form in forms[name]))
    there = dict(zip(spellings, words.frequencies(spellings), strict=True))
    absent = (name for name in forms if not any(there[form] for form in forms[name]))
    said = without_accents(" ".join(one.sentence for one in shown))
    known = (name for name in absent if not (_in_title(name, shown) or _is_month_of(name, said)))
    return tuple(  # nor as "Sam" in "Samuel"
        name for name in known if not re.search(rf"\b{re.escape(without_accents(name))}", said)
    )


def _is_month_of(name: str, said: str) -> bool:
    """Tell whether a name is that of a month in which a day lies that is said in figures: "2024-04-20"."""
    is_month = re.fullmatch(MONTH, name, re.IGNORECASE) is not None
    return is_month and re.search(rf"\b\d{{4}}-{month_number(name)}-\d\d\b", said) is not None


def _without_address(words: Sequence[str]) -> Iterator[str]:
    return dropwhile(lambda word: word.casefold() in _FORMS_OF_ADDRESS, words)


def _names(question: str) -> list[str]:
    """Return a question's names; none where capitals tell no names, as each word has one.

    A word that begins a sentence is one only if the name goes on: phones make capitals there.
    """
    asked = as_read(without_part_names(question))
    if asked.istitle() and not _WHO_IS.fullmatch(asked):
        return []
    sentences = SENTENCE_END.split(asked)
    return [name for one in sentences for name in names_in(one) if " " in name or not one.startswith(name)]


def _forms(name: str) -> list[str]:
    """Return a name, and what is left of it without an ending; of a month also its short form."""
    short = [name[:3]] if re.fullmatch(MONTH, name) else []
    return [name, *short, *(name[:-cut] for cut in range(1, _ENDING + 1) if len(name) - cut >= _SHORTEST)]


def namesakes(question: str, citations: Sequence[Citation]) -> tuple[tuple[str, str], ...]:
    """Return names of a question of which what is cited has only the last word, each with what the first has instead.

    So has "William Rainey Harper" who asks for Robert Harper. Of several in its document it is the one most alike. A
    title, as in "Minister Harper", is no name; the document has it in small letters, too.
    """
    names = [(name, [word for word in _WORD.findall(name) if word[0].isupper()]) for name in _names(question)]
    if all(len(words) < 2 for _, words in names):
        return ()
    texts = [beginning_of(one.document, _MOST_READ) for one in citations]
    small = set(_SMALL.findall(texts[0]))
    found = []
    for name, words in names:
        *before, last = words or [""]
        before = _without_titles(before, small)
        if before and not any(_is_named(before, last, text) for text in texts):
            others = _names_before(last, texts[0], small)
            found += [(name, max(others, key=lambda other: _likeness(other, name)))] if others else []
    return tuple(found)


def _is_named(before: Sequence[str], last: str, text: str) -> bool:
    """Tell whether one of some words, its initial or what it is short for stands soon before the last of the name."""
    return any(
        there.casefold().startswith(word.casefold()) or (there.endswith(".") and word.startswith(there[:-1]))
        for beginning in _beginnings(last, text)
        for there in [one for one in _BEFORE.findall(beginning) if not _is_title(one, before)][-_MOST_BEFORE:]
        for word in before
    )


def _is_title(short: str, before: Sequence[str]) -> bool:
    """Tell whether a word with a full stop is short for none of a name's words: "Hj.", but not "Moh." of "Mohammad"."""
    return short.endswith(".") and not any(word.startswith(short[:-1]) for word in before)


def _names_before(last: str, text: str, small: set[str]) -> list[str]:
    """Return the names in a text that end with a word, without the titles before them; `small` are its small words."""
    found = []
    for beginning in _beginnings(last, text):
        match = _NAME_BEFORE.search(beginning)
        if before := _without_titles(match[1].split() if match else [], small):
            found.append(" ".join((*before, last)))
    return found


def _beginnings(last: str, text: str) -> Iterator[str]:
    """Yield what stands before each of a text's first places of a word."""
    places = (match.start() for match in islice(re.finditer(rf"\b{re.escape(last)}\b", text), _MOST_PLACES))
    return (text[max(0, place - _NEAR) : place] for place in places)


def _without_titles(words: Sequence[str], small: set[str]) -> list[str]:
    return list(dropwhile(lambda word: _is_no_name(word, small), _without_address(words)))


def _is_no_name(word: str, small: set[str]) -> bool:
    """Tell whether a word with a capital is one that stands in small letters, too, a day or a short title."""
    return word.endswith(".") or len(word) < _SHORTEST - 1 or word.lower() in small or tells_time(word)


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name, other).ratio()


def _crosses(question: str, shown: Sequence[Citation]) -> bool:
    languages = {citation.document.language for citation in shown}
    return bool(languages) and languages.issubset(LANGUAGES) and question_language(question) not in languages


def _in_title(name: str, shown: Sequence[Citation]) -> bool:
    forms = word_forms([name.casefold()])
    return any(has_each(forms, _about(citation.document), citation.document.language) for citation in shown)


def _about(document: Document) -> str:
    """Return what is known of a document beside its text."""
    return " ".join(filter(None, (document.title, document.author, document.source, document.id)))

"""How old somebody is whom a question names, where that stands beside the name: "Ana Lim (52)", "Ana Lim, 52 tahun"."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.text.names import NAME_WORD
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, TITLES
from retrieval.values import Document, Reading

_ASKED = regex(r"\b(?:umur|usia)(?:nya)?\b|\bhow old\b|\b(?:what(?: is|[’']s)? )?(?:the )?age\b(?: of)?", re.IGNORECASE)
_NAMES_NOBODY = regex(r"\b(?:s?he|they|dia|ia|beliau)\b|nya\b.*,", re.IGNORECASE)  # but the title of what was said
_NO_NAME = STOP_WORDS | frozenset("berapa brp brapa tahun thn sekarang skrg now old si pak bu bapak ibu".split())
_WORD = regex(r"[^\W\d_][\w'’-]*")
_AGE = regex(
    rf"(?P<name>{NAME_WORD}(?: {NAME_WORD}){{0,4}}),? ?"
    r"(?:\((?:umur |usia )?(?P<age>\d\d?)(?: tahun| th| years?(?: old)?)?\)"
    r"|(?<=,)\s(?P<said>\d\d?(?: (?:tahun|years old)\b|(?=,))))"
)
_MOST_WORDS = 5  # of a name
_MOST_DOCUMENTS = 8


def asked_age(question: str) -> frozenset[str] | None:
    """Return the words of the name, in small letters, of whoever's age a question asks for; None if it does not."""
    if not _ASKED.search(question) or _NAMES_NOBODY.search(question):
        return None
    words = {word.casefold() for word in _WORD.findall(_ASKED.sub(" ", question))} - _NO_NAME
    return frozenset(words) if 0 < len(words) <= _MOST_WORDS else None


def age_of(name: frozenset[str], documents: Iterable[int], index: Index) -> list[Reading]:
    """Return the first sentence of each document, given by their numbers, with the age of a name; none if they differ.

    A part of the name is it where the document has all of it.
    """
    found = [list(_told(name, number, index)) for number in islice(documents, _MOST_DOCUMENTS)]
    ages = {one.marked.split()[0] for told in found for one in told}
    return [told[0] for told in found if told] if len(ages) == 1 else []


def _told(name: frozenset[str], number: int, index: Index) -> Iterator[Reading]:
    document = index.document(number)
    spans = [match.span("age" if match["age"] else "said") for match in _ages(name, document)]
    for passage in index.passages_of(number) if spans else ():
        for sentence in passage.sentences:
            for span in spans:
                if sentence.start <= span[0] < sentence.end and not sentence.heading:
                    yield as_named(document, passage, sentence, span)


def _ages(name: frozenset[str], document: Document) -> Iterator[re.Match[str]]:
    """Yield where an age stands behind a name that is the one asked for, or has that, or is a part of it."""
    in_whole = all(re.search(rf"\b{re.escape(word)}\b", document.text, re.IGNORECASE) for word in name)
    for match in _AGE.finditer(document.text):
        words = {word.casefold() for word in _WORD.findall(match["name"])} - {*TITLES}
        if words and (name <= words or (in_whole and words <= name)):
            yield match

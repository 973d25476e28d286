"""The documents of an index, as people look through them."""

from collections.abc import Iterable
from itertools import islice

from retrieval.answers.places import Places
from retrieval.index.protocols import Index
from retrieval.values import Source
from retrieval.words import without_accents


def sources(index: Index, places: Places, first: int, count: int) -> list[Source]:
    """Return so many documents in order, from the one with the number `first`, in [0, document_count], on."""
    return _sources(index, places, range(first, min(first + count, index.document_count)))


def sources_named(index: Index, places: Places, name: str, count: int) -> list[Source]:
    """Return the first `count` documents whose title or id holds a name, whatever the case of its letters."""
    wanted = _spelt(name)
    documents = enumerate(index.titles())
    found = (number for number, (id, title) in documents if wanted in _spelt(title) or wanted in _spelt(id))
    return _sources(index, places, islice(found, count))


def _sources(index: Index, places: Places, numbers: Iterable[int]) -> list[Source]:
    found = []
    for number in numbers:
        passages = index.passages_of(number)
        key = places.key(passages[0], passages[0].sentences[0])
        found.append(Source(index.document(number), len(passages), key))
    return found


def _spelt(name: str) -> str:
    """Return a name in the form in which names compare, without accents."""
    return without_accents(name).casefold()

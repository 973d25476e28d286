"""The documents of an index, as people look through them: by their ids, in which numbers count as numbers."""

from array import array
from collections.abc import Iterable, Sequence

from retrieval.answers.places import Places
from retrieval.index.protocols import Index
from retrieval.text.patterns import regex
from retrieval.text.words import without_accents
from retrieval.values import Source

_NUMBER = regex("0*([0-9]+)")


def in_order(index: Index) -> Sequence[int]:
    """Return the numbers of all documents in the order in which they are listed: "no. 2" before "no. 10"."""
    return array("l", (number for _, number in sorted((_place(id), number) for id, number in index.numbers().items())))


def sources(index: Index, places: Places, numbers: Iterable[int]) -> list[Source]:
    """Return documents by their numbers, in this order."""
    found = []
    for number in numbers:
        passages = index.passages_of(number)
        key = places.key(passages[0], passages[0].sentences[0])
        found.append(Source(index.document(number), len(passages), key))
    return found


def sources_named(index: Index, places: Places, name: str, count: int, *, first: int = 0) -> list[Source]:
    """Return `count` of the documents whose title or id holds a name, whatever the case of its letters, in order.

    They begin with the one that has the number `first` among them, from 0.
    """
    wanted = _spelt(name)
    documents = enumerate(index.titles())
    found = sorted((_place(id), number) for number, (id, title) in documents if wanted in _spelt(f"{title}\0{id}"))
    return sources(index, places, (number for _, number in found[first : first + count]))


def _place(id: str) -> str:
    """Return what ids are ordered by: each number in it has its length before it."""
    return _NUMBER.sub(lambda match: f"{len(match[1]):04}{match[1]}", id)


def _spelt(name: str) -> str:
    """Return a name in the form in which names compare, without accents."""
    return without_accents(name).casefold()

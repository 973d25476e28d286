"""The documents that were read last, in memory: every question needs some, and a text may be long."""

from collections.abc import Callable, Mapping, Set
from sys import getsizeof
from threading import Lock

from cachetools import LRUCache

from retrieval.values import Document

_MOST_BYTES = 64 * 2**20
_BESIDE = 2_000  # bytes that a document takes beside its text, more or less


class KeptDocuments:
    """Reads documents by their numbers, for several threads; the last are kept, the very last however long it is."""

    def __init__(self, read: Callable[[Set[int]], Mapping[int, Document]]) -> None:
        """`read` returns documents by their numbers, all that it is asked for."""
        self._read = read
        self._kept: LRUCache[int, Document] = LRUCache(_MOST_BYTES, _size)
        self._keeping = Lock()

    def documents(self, numbers: Set[int]) -> dict[int, Document]:
        """Return documents by their numbers, those that are not kept read together."""
        with self._keeping:
            found = {number: self._kept[number] for number in numbers if number in self._kept}
        if missing := numbers - found.keys():
            read = self._read(missing)
            with self._keeping:
                self._kept.update(read)
            found |= read
        return found


def _size(document: Document) -> int:
    return min(getsizeof(document.text) + _BESIDE, _MOST_BYTES)

"""The documents that were read last are kept, by the size of their texts, for several threads."""

import sys
from collections.abc import Callable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from retrieval.index.kept_documents import KeptDocuments
from retrieval.values import Document

LENGTH = 10_000
ROOM = 3 * (LENGTH + 2_500)  # bytes: for three such documents


class Reads:
    """Reads documents of a length, and writes down which."""

    def __init__(self, length: int = LENGTH) -> None:
        self.length = length
        self.read: list[int] = []

    def __call__(self, numbers: Set[int]) -> dict[int, Document]:
        self.read.extend(sorted(numbers))
        return {number: Document(str(number), "", str(number) * self.length) for number in numbers}


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[Reads], KeptDocuments]:
    monkeypatch.setattr("retrieval.index.kept_documents._MOST_BYTES", ROOM)
    return KeptDocuments


@pytest.fixture
def quick_switches() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_a_document_is_read_once(kept: Callable[[Reads], KeptDocuments]) -> None:
    reads = Reads()
    documents = kept(reads)
    found = [documents.documents(numbers) for numbers in ({1, 2}, {2}, {3, 1})]
    assert [sorted(one) for one in found] == [[1, 2], [2], [1, 3]]
    assert found[0][1] is found[2][1]
    assert reads.read == [1, 2, 3]


def test_those_not_asked_for_longest_make_room(kept: Callable[[Reads], KeptDocuments]) -> None:
    reads = Reads()
    documents = kept(reads)
    for number in (1, 2, 3, 1, 4, 1, 3, 2):
        documents.documents({number})
    assert reads.read == [1, 2, 3, 4, 2]


def test_short_documents_are_kept_in_greater_number(kept: Callable[[Reads], KeptDocuments]) -> None:
    reads = Reads(length=1)
    documents = kept(reads)
    for number in (*range(10), *range(10)):
        documents.documents({number})
    assert reads.read == list(range(10))


def test_the_last_document_is_kept_however_long_it_is(kept: Callable[[Reads], KeptDocuments]) -> None:
    reads = Reads(length=2 * ROOM)
    documents = kept(reads)
    for number in (1, 1, 2, 2, 1):
        documents.documents({number})
    assert reads.read == [1, 2, 1]


def test_more_documents_than_there_is_room_for_come_all_at_once(kept: Callable[[Reads], KeptDocuments]) -> None:
    assert sorted(kept(Reads()).documents(set(range(9)))) == list(range(9))


@pytest.mark.usefixtures("quick_switches")
def test_several_threads_get_what_they_ask_for(kept: Callable[[Reads], KeptDocuments]) -> None:
    documents = kept(Reads())

    def ask(seed: int) -> list[bool]:
        numbers = Random(seed).choices(range(8), k=20_000)
        return [documents.documents({number})[number].id == str(number) for number in numbers]

    with ThreadPoolExecutor(4) as pool:
        assert all(all(found) for found in pool.map(ask, range(4)))

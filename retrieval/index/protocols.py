"""What an index and its store can do: the seam between answering and indexing, and where passages are kept.

`retrieval/index/numpy_index` keeps them in files of NumPy arrays, `retrieval/index/postgres_index` in a database.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import Vectors
from retrieval.receipts import FailedFile, Receipt
from retrieval.text.words import WordWeights
from retrieval.values import Document, Passage, Question, Sentence

FORMAT = 6
"""Raised when the way an index is written, or passages are embedded, changes: an index of before is not read."""

SPLITTING = 33
"""Raised when the way files are read and split changes: they are read again, what stays as it was keeps its vector."""

HASH_SIZE = 16
READ = DOCUMENT, DUPLICATE, EMPTY = "document", "duplicate", "empty"  # what became of a file that could be read


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What an indexing run found of one file; `outcome` is DOCUMENT, DUPLICATE, EMPTY or why it failed.

    `stamp` has sizes and times, as SourceFile has; it is empty while the file may still change without showing it.
    `digest` is that of the document's text.
    """

    id: str
    stamp: str
    sha256: str
    outcome: str
    digest: str = ""

    @property
    def failed(self) -> bool:
        return self.outcome not in READ


class Seen(NamedTuple):
    """A file's sizes and times, as SourceFile has them, and its SHA-256."""

    stamp: str
    sha256: str


KnownVectors = Callable[[Sequence[bytes]], Mapping[bytes, Vectors]]
"""Returns the vectors of embedded texts by their hashes (`text_hash`), of those that are known."""


class Closest(NamedTuple):
    """A passage that is close to a question: its number, its cosine, and its words' share (see Hit)."""

    number: int
    cosine: float
    words: float


class Index(Protocol):
    """An index that answers: immutable, safe for several threads.

    Documents, passages and sentences are numbered in the order of the documents' ids. What is read may raise
    IndexUnusableError.
    """

    name: str
    fingerprint: str
    splitting: int
    document_count: int
    passage_count: int
    sentence_count: int

    @property
    def words(self) -> WordWeights:
        """What the words of questions weigh here."""

    @property
    def newest_date(self) -> str | None:
        """The last date of all documents: ISO, to the day, the month or the year; None if none has one."""

    def closest(
        self, question: Question, count: int, *, words_weight: float, document: int | None = None
    ) -> list[Closest]:
        """Return the `count` best passages by `cosine + words_weight * words`, best first; equal ones in order.

        With `document`, the number of one, only those of it.
        """

    def document(self, number: int, *, afresh: bool = False) -> Document:
        """Return a document by its number, in [0, document_count); `afresh`: as it is stored, not as it is kept."""

    def document_id(self, number: int) -> str:
        """Return a document's id by its number, without reading its text."""

    def documents(self) -> Iterator[tuple[Document, int]]:
        """Yield every document with the number of its passages, in order."""

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield every document's id and title, in order, without reading the texts."""

    def numbers(self) -> dict[str, int]:
        """Return each document's number by its id."""

    def asking(self) -> Iterator[int]:
        """Yield the numbers of the documents that name questions, in order."""

    def short_names(self) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
        """Yield the number of every document that explains short names, and them (Document.short_names), in order."""

    def copies(self, document: int) -> tuple[str, ...]:
        """Return the ids of the other files that say the same as a document."""

    def passage(self, number: int) -> Passage:
        """Return a passage by its number, in [0, passage_count)."""

    def passages_of(self, document: int) -> list[Passage]:
        """Return the passages of a document, in order."""

    def passages_around(self, passage: Passage, count: int) -> list[Passage]:
        """Return a passage with at most `count` before it and `count` after it in its document, in order."""

    def sentence(self, row: int) -> tuple[Passage, Sentence]:
        """Return a sentence by its number, in [0, sentence_count), and its passage."""

    def sentence_row(self, passage: Passage, sentence: Sentence) -> int:
        """Return the number of a passage's sentence among all sentences."""

    def first_sentence(self, document: int) -> int:
        """Return the number of a document's first sentence; of the one after the last, that of all sentences."""

    def sentences_with(self, hash: int) -> list[int]:
        """Return the numbers of the sentences whose words have this hash (`words_hash`), in order."""

    def known_vectors(self) -> KnownVectors:
        """Return what finds vectors of texts that were embedded before; it may take memory while it is used."""

    def files(self) -> list[FileRecord]:
        """Return what the indexing run that made this index found."""

    def failed(self) -> list[FailedFile]:
        """Return the files that could not be read in that run."""


class IndexWriter(Protocol):
    """Takes a new version of an index, document by document; raises OSError or DataError."""

    @property
    def passage_count(self) -> int: ...

    def add(
        self,
        document: Document,
        passages: Sequence[Sequence[Sentence]],
        texts: Sequence[str],
        vectors: Vectors,
        hashes: npt.NDArray[np.uint8],
    ) -> None:
        """Add a document with its passages: of each the text that was embedded, its vector and its hash."""

    def vector(self, passage: int) -> Vectors:
        """Return the vector of a passage that was added, shape (dim,)."""

    def finish(self, files: Sequence[FileRecord], copies: Mapping[int, Sequence[str]]) -> None:
        """Write the rest. `copies` are the ids of the files that say the same as a document, by its number."""


class IndexStore(Protocol):
    """The versions of the index, of which one counts. Reading needs no lock; writing is one process at a time."""

    def open(self, fingerprint: str, *, check: bool = False) -> Index | None:
        """Open the current version; None if there is none. Raises IndexUnusableError.

        The version that was opened last is not opened twice; `check` reads it again, the whole of it.
        """

    def is_held(self) -> bool:
        """Tell whether somebody went back to the current version; raises IndexUnusableError."""

    def writing(self, *, wait: bool, stopped: Callable[[], bool] = lambda: False) -> AbstractContextManager[None]:
        """Hold the lock that a writer needs.

        If another process has it, raises IndexBusyError when `wait` is false, and IndexingStoppedError soon after
        `stopped` turns true.
        """

    def publish(
        self,
        write: Callable[[IndexWriter], None],
        *,
        fingerprint: str,
        dim: int,
        splitting: int = SPLITTING,
        held: bool = False,
    ) -> None:
        """Let `write` fill a new version, then make it the current one, held or not. The lock must be held.

        Raises DataError if it cannot be written, and what `write` raises; the version before then stays.
        """

    def roll_back(self, fingerprint: str) -> Index:
        """Make the last whole version before the current one the current one, held; the lock must be held.

        Raises RollbackError if there is none that was made with this model, IndexUnusableError, DataError.
        """

    def release(self) -> None:
        """Let the current version be one like any other; the lock must be held. Raises DataError."""

    def withdraw(self) -> None:
        """Let no version count any more; the lock must be held. Raises DataError."""

    def seen(self) -> dict[str, Seen]:
        """Return the files that were found with another time, but the content of the current version."""

    def remember(self, seen: Mapping[str, Seen]) -> None:
        """Keep what `seen` returns, so that those files need not be read again; the lock must be held."""

    def keep_receipt(self, receipt: Receipt) -> None:
        """Keep what a run did, and when it ended; the lock must be held."""


def document_record(document: Document) -> bytes:
    """Return all fields of a document but its text, as JSON."""
    fields = asdict(document)
    del fields["text"]
    return json.dumps(fields).encode()


def document_of(record: bytes, text: str) -> Document:
    """Return the document of a record (`document_record`) and its text; raises ValueError, LookupError, TypeError."""
    fields = json.loads(record)
    fields["pages"], fields["questions"] = tuple(fields["pages"]), tuple(fields["questions"])
    fields["short_names"] = tuple(map(tuple, fields.get("short_names", ())))  # none where it was read before
    return Document(text=text, **fields)


def text_hash(text: str) -> bytes:
    """Return the hash by which an embedded text is known again, HASH_SIZE bytes."""
    return blake2b(text.encode(errors="replace"), digest_size=HASH_SIZE).digest()


def words_hash(text: str) -> int:
    """Return the hash by which a sentence is found again, whatever the white space between its words; 64 bits."""
    return int.from_bytes(blake2b(" ".join(text.split()).encode(errors="replace"), digest_size=8).digest())

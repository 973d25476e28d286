"""A version of the index while it is made: documents come in, what is new of them is embedded, all is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.embedding.embedder import Embedder, Vectors
from retrieval.index.passages import embedded_text
from retrieval.index.protocols import HASH_SIZE, FileRecord, Index, IndexWriter, text_hash
from retrieval.receipts import Progress
from retrieval.values import Document, Sentence

_MOST_WAITING = 4_096  # passages more than are embedded together, those with a vector too


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document whose passages wait for their vectors."""

    document: Document
    passages: Sequence[tuple[Sentence, ...]]
    texts: Sequence[str]
    hashes: Sequence[bytes]
    known: Mapping[bytes, Vectors]  # of the texts that were embedded for the version before


class Version:
    """Fills a writer; no more than some documents are in memory at once."""

    def __init__(
        self,
        writer: IndexWriter,
        embedder: Embedder,
        previous: Index | None,
        report: Callable[[Progress], None],
        *,
        together: Callable[[], int],
    ) -> None:
        """`previous` has the vectors of passages that were embedded before; `report` may raise, to stop it.

        `together` says how many passages are to be embedded at once.
        """
        self.encoded = 0
        self._together = together
        self._embedder = embedder
        self._known = previous.known_vectors() if previous else None
        self._report = report
        self._progress = Progress("Reading", 0, 0, "files")
        self._writer = writer
        self._rows: dict[bytes, int] = {}  # of the vectors that were written, by the hashes of their texts
        self._numbers: dict[str, int] = {}
        self._copies: dict[int, list[str]] = {}
        self._waiting: list[_Waiting] = []
        self._waiting_passages = 0
        self._new: dict[bytes, str] = {}  # the texts among theirs that have no vector yet

    @property
    def document_count(self) -> int:
        return len(self._numbers)

    @property
    def passage_count(self) -> int:
        return self._writer.passage_count

    def reached(self, files: int, of: int) -> None:
        """Report how many files are done."""
        self._progress = Progress("Reading", files, of, "files", self.encoded)
        self._report(self._progress)

    def add(self, document: Document, passages: Sequence[tuple[Sentence, ...]]) -> None:
        """Add the next document; those that wait are embedded together."""
        texts = [embedded_text(document, sentences, self._embedder) for sentences in passages]
        hashes = [text_hash(text) for text in texts]
        known = self._known(hashes) if self._known else {}
        for hash, text in zip(hashes, texts, strict=True):
            if hash not in known and hash not in self._rows:
                self._new[hash] = text
        self._waiting.append(_Waiting(document, passages, texts, hashes, known))
        self._waiting_passages += len(passages)
        self._numbers[document.id] = len(self._numbers)
        together = self._together()
        if len(self._new) >= together or self._waiting_passages >= together + _MOST_WAITING:
            self._write_waiting()

    def add_copy(self, original: str, id: str) -> None:
        """Note that another file says the same as a document that was added."""
        self._copies.setdefault(self._numbers[original], []).append(id)

    def finish(self, records: Sequence[FileRecord]) -> None:
        """Write what waits, and what was found of each file."""
        self._write_waiting()
        self._report(Progress("Writing", 0, 0, ""))
        self._writer.finish(records, self._copies)

    def _write_waiting(self) -> None:
        self._report(self._progress)
        vectors = self._embedder.embed_passages(list(self._new.values()), on_done=self._embedded)
        fresh = dict(zip(self._new, vectors, strict=True))
        self.encoded += len(fresh)
        for one in self._waiting:
            rows = np.array([self._vector(hash, fresh, one.known) for hash in one.hashes], dtype=np.float32)
            first = self._writer.passage_count
            self._rows.update((hash, first + number) for number, hash in enumerate(one.hashes) if hash in fresh)
            hashes = np.frombuffer(b"".join(one.hashes), dtype=np.uint8).reshape(-1, HASH_SIZE)
            self._writer.add(one.document, one.passages, one.texts, rows, hashes)
        self._waiting.clear()
        self._waiting_passages = 0
        self._new.clear()

    def _vector(self, hash: bytes, fresh: Mapping[bytes, Vectors], known: Mapping[bytes, Vectors]) -> Vectors:
        """Return the vector of a text: embedded just now, for the version before, or in this run before."""
        if hash in fresh:
            return fresh[hash]
        return known[hash] if hash in known else self._writer.vector(self._rows[hash])

    def _embedded(self, done: int) -> None:
        self._report(replace(self._progress, embedded=self.encoded + done))

"""Bring the index up to date with the knowledge folder: read, split, embed what is new, write a version."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from retrieval.embedding import Embedder, Vectors
from retrieval.errors import IndexHeldError, IndexingStoppedError, IndexUnusableError, KnowledgeError
from retrieval.examining import Examiner
from retrieval.files import SourceFile, find_files
from retrieval.index import DOCUMENT, DUPLICATE, EMPTY, HASH_SIZE, Contents, FileRecord, Index, text_hash, write_index
from retrieval.passages import embedded_text, split_passages
from retrieval.store import IndexStore, Seen
from retrieval.values import Document, FailedFile, Parsed, Progress, Receipt, Sentence
from retrieval.words import WordIndex
from retrieval.workers import FileWorkers

logger = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IndexingOptions:
    """What to index: `max_bytes` is a file's largest size, `exclude` a folder to leave out."""

    knowledge: Path
    max_bytes: int = 20 * 2**20
    exclude: Path | None = None


def update_index(
    store: IndexStore,
    embedder: Embedder,
    options: IndexingOptions,
    *,
    workers: FileWorkers | None = None,
    asked: bool = True,
    wait: bool = True,
    check: bool = False,
    on_progress: OnProgress = lambda progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Make the index hold what the knowledge folder holds; nothing is written if it does already.

    A passage whose text was embedded before keeps its vector. Files are read by `workers`, or by some that end with
    the run. `check` reads the whole index that is there for damage. If nobody `asked` for it, a version that somebody
    went back to stays: raises IndexHeldError. With `wait` false, raises IndexBusyError if another process is indexing.
    Raises KnowledgeError if there is nothing to answer from, IndexingStoppedError soon after `stopped` turns true,
    DataError; the index is then as it was.
    """
    began = time.monotonic()
    with store.writing(wait=wait, stopped=stopped), nullcontext(workers) if workers else FileWorkers() as reading:
        run = _Run(store, embedder, options, on_progress, stopped, reading, check=check)
        if not asked and run.is_held:
            raise IndexHeldError
        receipt = run.update()
    return replace(receipt, seconds=time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class _Source:
    """A document that goes into the index, and its passages as sentences."""

    document: Document
    passages: list[tuple[Sentence, ...]]


class _Run:
    """One indexing run, its lock held."""

    def __init__(
        self,
        store: IndexStore,
        embedder: Embedder,
        options: IndexingOptions,
        on_progress: OnProgress,
        stopped: Callable[[], bool],
        workers: FileWorkers,
        *,
        check: bool,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._options = options
        self._on_progress = on_progress
        self._stopped = stopped
        self._previous = self._open_previous(check)
        self._known = {record.id: record for record in self._previous.files()} if self._previous else {}
        self._seen = store.seen()
        self._examiner = Examiner(self._known, self._seen, workers, max_bytes=options.max_bytes)
        self.is_held = self._previous is not None and store.is_held()
        self._fresh: dict[str, _Source] = {}

    def update(self) -> Receipt:
        files = find_files(self._options.knowledge, exclude=self._options.exclude)
        records = []
        self._report("Reading", 0, len(files), "files")
        for record, parsed in self._examiner.examine(files):
            if parsed:
                self._fresh[record.id] = self._split(parsed)
            records.append(record)
            self._report("Reading", len(records), len(files), "files")
        records = _without_duplicates(records)
        receipt = self._receipt(records)
        if not any(record.outcome == DOCUMENT for record in records):
            first = next((f"{failed.document} ({failed.reason})" for failed in receipt.failed), "")
            raise KnowledgeError.no_documents(self._options.knowledge, len(receipt.failed), first)
        if self._previous and _content(records) == _content(self._known.values()):
            self._remember_times(records)
            if self.is_held:
                self._store.release()
            count = self._previous.document_count
            return replace(receipt, documents=count, passages=self._previous.passage_count)
        sources = self._sources(records, {file.id: file for file in files})
        return self._write(receipt, records, sources)

    def _open_previous(self, check: bool) -> Index | None:
        try:
            return self._store.open(self._embedder.fingerprint, check=check)
        except IndexUnusableError as error:
            logger.warning("The index is built again: %s.", error)
            return None

    def _report(self, stage: str, done: int, total: int, unit: str) -> None:
        if self._stopped():
            raise IndexingStoppedError
        self._on_progress(Progress(stage, done, total, unit))

    def _remember_times(self, records: Sequence[FileRecord]) -> None:
        """Keep the times of files that were touched but not changed, so that they are not read at every start."""
        seen = {
            record.id: Seen(record.stamp, record.sha256)
            for record in records
            if record.stamp and record.sha256 and record.stamp != self._known[record.id].stamp
        }
        if seen != self._seen:
            self._store.remember(seen)

    def _split(self, parsed: Parsed) -> _Source:
        return _Source(parsed.document, split_passages(parsed.document, parsed.sentences, self._embedder))

    def _receipt(self, records: Sequence[FileRecord]) -> Receipt:
        there = {record.id for record in records if record.outcome != EMPTY}
        before = {record.id: record.sha256 for record in self._known.values() if record.outcome == DOCUMENT}
        now = {record.id: record.sha256 for record in records if record.outcome == DOCUMENT}
        return Receipt(
            added=len(now.keys() - before.keys()),
            changed=sum(before[id] != now[id] for id in now.keys() & before.keys()),
            unchanged=sum(before[id] == now[id] for id in now.keys() & before.keys()),
            removed=len(before.keys() - there),
            duplicate=sum(record.outcome == DUPLICATE for record in records),
            failed=tuple(FailedFile(record.id, record.outcome) for record in records if _failed(record)),
        )

    def _sources(self, records: Sequence[FileRecord], files: dict[str, SourceFile]) -> list[_Source]:
        """Return what goes into the index: read just now, else from the index before, else from the file."""
        numbers = self._previous.numbers() if self._previous else {}
        sources = []
        for record in records:
            if record.outcome != DOCUMENT:
                continue
            source = self._fresh.get(record.id)
            if source is None and self._previous and record.id in numbers:
                number = numbers[record.id]
                passages = [passage.sentences for passage in self._previous.passages_of(number)]
                source = _Source(self._previous.document(number), passages)
            if source is None:  # a duplicate until now
                parsed = self._examiner.read(files[record.id])
                source = self._split(parsed) if parsed else None
            if source is not None:
                sources.append(source)
        return sources

    def _write(self, receipt: Receipt, records: Sequence[FileRecord], sources: Sequence[_Source]) -> Receipt:
        texts = [
            (embedded_text(source.document, sentences, self._embedder), source.document.language)
            for source in sources
            for sentences in source.passages
        ]
        hashes = [text_hash(text) for text, _ in texts]
        vectors, encoded = self._vectors([text for text, _ in texts], hashes)
        self._report("Writing", 0, 0, "")
        contents = Contents(
            fingerprint=self._embedder.fingerprint,
            documents=[source.document for source in sources],
            passages=[source.passages for source in sources],
            vectors=vectors,
            hashes=np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, HASH_SIZE),
            words=WordIndex.build(texts),
            files=records,
        )
        self._store.publish(lambda folder: write_index(folder, contents))
        return replace(receipt, documents=len(sources), passages=len(texts), encoded=encoded)

    def _vectors(self, texts: Sequence[str], hashes: Sequence[bytes]) -> tuple[Vectors, int]:
        """Return a vector a text, taken from the index before where it has it, and how many were encoded."""
        known = self._previous.vectors_by_hash() if self._previous else {}
        new = {hash: text for hash, text in zip(hashes, texts, strict=True) if hash not in known}
        self._report("Embedding", 0, len(new), "passages")
        encoded = self._embedder.embed_passages(
            list(new.values()), on_done=lambda done: self._report("Embedding", done, len(new), "passages")
        )
        rows = {hash: row for row, hash in enumerate(new)}
        vectors = np.empty((len(texts), self._embedder.dim), dtype=np.float32)
        for number, hash in enumerate(hashes):
            if hash in rows:
                vectors[number] = encoded[rows[hash]]
            elif self._previous:
                vectors[number] = self._previous.vectors[known[hash]]
        return vectors, len(new)


def _without_duplicates(records: Sequence[FileRecord]) -> list[FileRecord]:
    """Let the first of several files with the same content, by id, be the document."""
    seen: set[str] = set()
    result = []
    for record in records:
        if record.outcome in (DOCUMENT, DUPLICATE):
            record = replace(record, outcome=DUPLICATE if record.sha256 in seen else DOCUMENT)
            seen.add(record.sha256)
        result.append(record)
    return result


def _failed(record: FileRecord) -> bool:
    return record.outcome not in (DOCUMENT, DUPLICATE, EMPTY)


def _content(records: Iterable[FileRecord]) -> list[tuple[str, str, str]]:
    return [(record.id, record.sha256, record.outcome) for record in records]

"""Bring the index up to date with the knowledge folder: read, split, embed what is new, write a version."""

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from retrieval.documents import parse_document
from retrieval.embedding import Embedder, Vectors
from retrieval.errors import DocumentError, IndexingStoppedError, IndexUnusableError, KnowledgeError
from retrieval.files import SourceFile, find_files, read_bytes
from retrieval.index import HASH_SIZE, Contents, FileRecord, Index, text_hash, write_index
from retrieval.passages import embedded_text, split_passages
from retrieval.store import IndexStore, Seen
from retrieval.values import Document, FailedFile, Progress, Receipt, Sentence
from retrieval.words import WordIndex

logger = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]

_DOCUMENT, _DUPLICATE, _EMPTY = "document", "duplicate", "empty"
_UNSETTLED = 2 * 10**9  # nanoseconds: a file this young may change again without its time showing it


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
    wait: bool = True,
    check: bool = False,
    on_progress: OnProgress = lambda progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Make the index hold what the knowledge folder holds; nothing is written if it does already.

    A passage whose text was embedded before keeps its vector. `check` reads the whole index that is there for
    damage. With `wait` false, raises IndexBusyError if another process is indexing. Raises KnowledgeError if there
    is nothing to answer from, IndexingStoppedError soon after `stopped` turns true, DataError; the index is then
    as it was.
    """
    began = time.monotonic()
    with store.writing(wait=wait, stopped=stopped):
        run = _Run(store, embedder, options, on_progress, stopped, check=check)
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
        self._fresh: dict[str, _Source] = {}

    def update(self) -> Receipt:
        files = find_files(self._options.knowledge, exclude=self._options.exclude)
        records = []
        for done, file in enumerate(files):
            self._report("Reading", done, len(files), "files")
            records.append(self._examine(file))
        records = _without_duplicates(records)
        receipt = self._receipt(records)
        if not any(record.outcome == _DOCUMENT for record in records):
            first = next((f"{failed.document} ({failed.reason})" for failed in receipt.failed), "")
            raise KnowledgeError.no_documents(self._options.knowledge, len(receipt.failed), first)
        if self._previous and _content(records) == _content(self._known.values()):
            self._remember_times(records)
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

    def _examine(self, file: SourceFile) -> FileRecord:
        """Find out what a file is, from size and time if they are as they were, else from its content."""
        known = self._known.get(file.id)
        if known and known.sha256 and file.size <= self._options.max_bytes:
            if (known.size, known.modified) == (file.size, file.modified):
                return known
            if self._seen.get(file.id) == (file.size, file.modified, known.sha256):
                return replace(known, modified=file.modified)
        settled = time.time_ns() - file.modified > _UNSETTLED
        record = FileRecord(file.id, file.size, file.modified if settled else 0, sha256="", outcome=_DOCUMENT)
        try:
            data, digest = read_bytes(file, max_bytes=self._options.max_bytes)
            record = replace(record, sha256=digest)
            if known and known.sha256 == digest:
                return replace(record, outcome=known.outcome)
            source = self._parse(file.id, data)
        except DocumentError as error:
            return replace(record, outcome=str(error))
        if source is None:
            return replace(record, outcome=_EMPTY)
        self._fresh[file.id] = source
        return record

    def _remember_times(self, records: Sequence[FileRecord]) -> None:
        """Keep the times of files that were touched but not changed, so that they are not read at every start."""
        seen = {
            record.id: Seen(record.size, record.modified, record.sha256)
            for record in records
            if record.modified and record.sha256 and record.modified != self._known[record.id].modified
        }
        if seen != self._seen:
            self._store.remember(seen)

    def _parse(self, id: str, data: bytes) -> _Source | None:
        parsed = parse_document(id, data)
        if parsed is None:
            return None
        return _Source(parsed.document, split_passages(parsed.document, parsed.sentences, self._embedder))

    def _receipt(self, records: Sequence[FileRecord]) -> Receipt:
        there = {record.id for record in records if record.outcome != _EMPTY}
        before = {record.id: record.sha256 for record in self._known.values() if record.outcome == _DOCUMENT}
        now = {record.id: record.sha256 for record in records if record.outcome == _DOCUMENT}
        return Receipt(
            added=len(now.keys() - before.keys()),
            changed=sum(before[id] != now[id] for id in now.keys() & before.keys()),
            unchanged=sum(before[id] == now[id] for id in now.keys() & before.keys()),
            removed=len(before.keys() - there),
            duplicate=sum(record.outcome == _DUPLICATE for record in records),
            failed=tuple(FailedFile(record.id, record.outcome) for record in records if _failed(record)),
        )

    def _sources(self, records: Sequence[FileRecord], files: dict[str, SourceFile]) -> list[_Source]:
        """Return what goes into the index: read just now, else from the index before, else from the file."""
        numbers = self._previous.numbers() if self._previous else {}
        sources = []
        for record in records:
            if record.outcome != _DOCUMENT:
                continue
            source = self._fresh.get(record.id)
            if source is None and self._previous and record.id in numbers:
                number = numbers[record.id]
                passages = [passage.sentences for passage in self._previous.passages_of(number)]
                source = _Source(self._previous.document(number), passages)
            if source is None:  # a duplicate until now
                data, _ = read_bytes(files[record.id], max_bytes=self._options.max_bytes)
                source = self._parse(record.id, data)
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
        if record.outcome in (_DOCUMENT, _DUPLICATE):
            record = replace(record, outcome=_DUPLICATE if record.sha256 in seen else _DOCUMENT)
            seen.add(record.sha256)
        result.append(record)
    return result


def _failed(record: FileRecord) -> bool:
    return record.outcome not in (_DOCUMENT, _DUPLICATE, _EMPTY)


def _content(records: Iterable[FileRecord]) -> list[tuple[str, str, str]]:
    return [(record.id, record.sha256, record.outcome) for record in records]

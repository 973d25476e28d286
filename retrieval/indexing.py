"""Bring the index up to date with the knowledge folder: read, split, embed what is new, write a version."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.documents.files import UPLOADS, SourceFile, find_files
from retrieval.documents.workers import FileWorkers, Workers
from retrieval.embedding.embedder import Embedder
from retrieval.errors import (
    IndexAwayError,
    IndexHeldError,
    IndexingStoppedError,
    IndexUnusableError,
    KnowledgeError,
    NothingLeftError,
)
from retrieval.index.examining import NEW, Examiner
from retrieval.index.new_version import Version
from retrieval.index.passages import split_passages
from retrieval.index.protocols import (
    DOCUMENT,
    DUPLICATE,
    EMPTY,
    SPLITTING,
    FileRecord,
    Index,
    IndexStore,
    IndexWriter,
    Seen,
)
from retrieval.index.resuming import resumable
from retrieval.receipts import Cause, FailedFile, Progress, Receipt
from retrieval.values import Parsed

logger = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IndexingOptions:
    """What to index: `max_bytes` is a file's largest size, `data` Kutip's own folder, with what was sent to it."""

    knowledge: Path
    max_bytes: int = 20 * 2**20
    data: Path | None = None


def update_index(
    store: IndexStore,
    embedder: Embedder,
    options: IndexingOptions,
    *,
    workers: Workers | None = None,
    cause: Cause = Cause.ASKED,
    wait: bool = True,
    check: bool = False,
    on_progress: OnProgress = lambda progress: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Make the index hold what the knowledge folder holds; nothing is written if it does already.

    A passage whose text was embedded before keeps its vector, also what a run embedded that was cut off, where Kutip
    has a folder of its own to keep that in. Files are read by `workers`, or by some that end with the run. `check`
    reads the whole index that is there for damage, also if nothing is new. If nobody wants it, a version that somebody
    went back to stays: raises IndexHeldError. If somebody asked for it, files that could not be read are tried again,
    and the folder may have lost its last document; not so where only a file was sent to Kutip. Where the last document
    of these is removed and there is no other, no version counts any more: raises NothingLeftError. With `wait` false,
    raises IndexBusyError if another process is indexing. Raises KnowledgeError if there is nothing to answer from,
    IndexingStoppedError soon after `stopped` turns true, WorkersError, ClusterError, DataError; the index is then as
    it was.
    """
    began = time.monotonic()
    with (
        store.writing(wait=wait, stopped=stopped),
        nullcontext(workers) if workers else FileWorkers() as reading,
        resumable(embedder, options.data) as keeping,
    ):
        run = _Run(store, keeping, options, on_progress, stopped, reading, cause=cause, check=check)
        if cause is Cause.NOTICED and run.is_held:
            raise IndexHeldError
        receipt = replace(run.update(), seconds=time.monotonic() - began)
        if cause is not Cause.NOTICED or run.has_published:
            store.keep_receipt(receipt)
    return receipt


class _Run:
    """One indexing run, its lock held."""

    def __init__(
        self,
        store: IndexStore,
        embedder: Embedder,
        options: IndexingOptions,
        on_progress: OnProgress,
        stopped: Callable[[], bool],
        workers: Workers,
        *,
        cause: Cause,
        check: bool,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._options = options
        self._on_progress = on_progress
        self._stopped = stopped
        self._cause = cause
        self._is_checked = check
        self._workers = workers
        self._previous, self._known = self._open_previous(check)
        self.is_held = self._previous is not None and store.is_held()
        self._seen = store.seen()
        self._examiner = self._new_examiner()
        self._numbers: dict[str, int] = {}  # of the documents of the version before, by their ids
        self.has_published = False
        self._originals: dict[str, str] = {}  # ids of documents by the digests of their texts

    def _new_examiner(self) -> Examiner:
        # what a newer program split stays: two on one database would else split all again in turn
        stays = self._previous is not None and self._previous.splitting >= SPLITTING
        known = self._known if stays else {}
        return Examiner(known, self._seen, self._workers, self._stopped, max_bytes=self._options.max_bytes)

    def update(self) -> Receipt:
        files = find_files(self._options.knowledge, data=self._options.data)
        is_away = not any(_is_own(file.id) for file in files) and any(map(_is_own, self._known))
        if is_away and self._cause is not Cause.ASKED:
            raise KnowledgeError.no_documents(self._options.knowledge)  # a disk may be away
        looked = self._look(files)
        if self._previous and _content(looked) == _content(self._known.values()):
            self._remember_times(looked)
            if self.is_held:
                self._store.release()
            receipt = self._receipt(looked)
            counts = self._previous.document_count, self._previous.passage_count
            return replace(receipt, documents=counts[0], passages=counts[1])
        if self._previous and not self._is_checked:  # damage must not be copied into a version that looks whole
            self._previous, self._known = self._open_previous(check=True)
            if not self._previous:
                self._examiner = self._new_examiner()
                looked = self._look(files)
        built: list[Receipt] = []
        try:
            self._store.publish(
                lambda writer: built.append(self._build(writer, files, looked)),
                fingerprint=self._embedder.fingerprint,
                dim=self._embedder.dim,
            )
        except KnowledgeError as error:
            known = {record.id for record in self._known.values() if record.outcome == DOCUMENT}
            if self._cause is not Cause.SENT or not known or not known.isdisjoint(file.id for file in files):
                raise
            self._store.withdraw()  # somebody has removed the last document that was sent
            raise NothingLeftError from error
        self.has_published = True
        return built[0]

    def _look(self, files: Sequence[SourceFile]) -> list[FileRecord]:
        """Find out what the files are; those that could not be read are tried again when somebody asks for it."""
        looked = []
        for done, file in enumerate(files):
            self._report(Progress("Checking", done, len(files), "files"))
            looked.append(self._examiner.look(file))
        if self._cause is Cause.ASKED:
            failed = [number for number, one in enumerate(looked) if one.failed and one.outcome != NEW]
            again = self._examiner.read((files[number], replace(looked[number], outcome=NEW)) for number in failed)
            for number, (_, record, _) in zip(failed, again, strict=True):
                if record.outcome != looked[number].outcome:
                    looked[number] = replace(record, outcome=NEW)
        return looked

    def _open_previous(self, check: bool) -> tuple[Index | None, dict[str, FileRecord]]:
        """Open the version before, and return its files by their ids."""
        try:
            index = self._store.open(self._embedder.fingerprint, check=check)
            return index, {record.id: record for record in index.files()} if index else {}
        except IndexAwayError:
            raise
        except IndexUnusableError as error:
            logger.warning("The index is built again: %s.", error)
            return None, {}

    def _report(self, progress: Progress) -> None:
        if self._stopped():
            raise IndexingStoppedError
        self._on_progress(progress)

    def _remember_times(self, records: Sequence[FileRecord]) -> None:
        """Keep the times of files that were touched but not changed, so that they are not read at every start."""
        seen = {
            record.id: Seen(record.stamp, record.sha256)
            for record in records
            if record.stamp and record.sha256 and record.stamp != self._known[record.id].stamp
        }
        if seen != self._seen:
            self._store.remember(seen)

    def _build(self, writer: IndexWriter, files: Sequence[SourceFile], looked: Sequence[FileRecord]) -> Receipt:
        """Write a version, file by file; raises KnowledgeError if there is nothing to answer from."""
        self._numbers = self._previous.numbers() if self._previous else {}
        records = []
        workers = self._workers
        version = Version(writer, self._embedder, self._previous, self._report, together=lambda: workers.together)
        version.reached(0, len(files))
        for file, record, parsed in self._examiner.read(zip(files, looked, strict=True)):
            records.append(self._add(version, file, record, parsed))
            version.reached(len(records), len(files))
        receipt = self._receipt(records)
        if not version.document_count:
            failed = [(one.document, one.reason) for one in receipt.failed]
            raise KnowledgeError.no_documents(self._options.knowledge, failed, blank=len(records) - len(failed))
        version.finish(records)
        return replace(
            receipt, documents=version.document_count, passages=version.passage_count, encoded=version.encoded
        )

    def _add(self, version: Version, file: SourceFile, record: FileRecord, parsed: Parsed | None) -> FileRecord:
        """Add a file's document to the version, unless another file said the same before; return what it is now."""
        if record.outcome not in (DOCUMENT, DUPLICATE):
            return record
        original = self._originals.get(record.digest)
        if original:
            version.add_copy(original, record.id)
            return replace(record, outcome=DUPLICATE)
        if parsed is None and self._previous and record.id in self._numbers:
            number = self._numbers[record.id]
            passages = [passage.sentences for passage in self._previous.passages_of(number)]
            version.add(self._previous.document(number, afresh=True), passages)
        else:
            if parsed is None:  # a duplicate until now
                record, parsed = self._examiner.read_again(file)
            if parsed is None:
                return record
            version.add(parsed.document, split_passages(parsed.document, parsed.sentences, self._embedder))
        self._originals[record.digest] = record.id
        return replace(record, outcome=DOCUMENT)

    def _receipt(self, records: Sequence[FileRecord]) -> Receipt:
        there = {record.id for record in records if record.outcome != EMPTY}
        before = {record.id: record.sha256 for record in self._known.values() if record.outcome == DOCUMENT}
        now = {record.id: record.sha256 for record in records if record.outcome == DOCUMENT}
        added, removed = now.keys() - before.keys(), before.keys() - there
        moved = (Counter(now[id] for id in added) & Counter(before[id] for id in removed)).total()
        return Receipt(
            added=len(added) - moved,
            changed=sum(before[id] != now[id] for id in now.keys() & before.keys()),
            unchanged=sum(before[id] == now[id] for id in now.keys() & before.keys()),
            moved=moved,
            removed=len(removed) - moved,
            duplicate=sum(record.outcome == DUPLICATE for record in records),
            failed=tuple(FailedFile(record.id, record.outcome) for record in records if record.failed),
        )


def _is_own(id: str) -> bool:
    """Tell whether a file is of the knowledge folder, and was not sent to Kutip."""
    return not id.startswith(f"{UPLOADS}/")


def _content(records: Iterable[FileRecord]) -> list[tuple[str, str, str]]:
    return [(record.id, record.sha256, record.outcome) for record in records]

"""Find out what has become of each file since the index was made, and read those that are new or changed."""

import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from retrieval.documents.files import SourceFile, read_bytes
from retrieval.documents.workers import Pending, Workers
from retrieval.errors import DocumentError
from retrieval.index.protocols import DOCUMENT, EMPTY, FileRecord, Seen
from retrieval.values import Parsed

NEW = "new"  # the outcome of a file that has to be read
_UNSETTLED = 2 * 10**9  # nanoseconds: a file this young may change again without its time showing it
_MOST_AHEAD = 256 * 2**20  # bytes of files that are read before they are needed

Examined = tuple[SourceFile, FileRecord, Parsed | None]


class Examiner:
    """Compares files with what the index before knew of them."""

    def __init__(
        self,
        known: Mapping[str, FileRecord],
        seen: Mapping[str, Seen],
        workers: Workers,
        stopped: Callable[[], bool],
        *,
        max_bytes: int,
    ) -> None:
        """`seen` are files with another time but the content that is known; larger files than `max_bytes` fail.

        Soon after `stopped` turns true, reading raises IndexingStoppedError.
        """
        self._known = known
        self._seen = seen
        self._workers = workers
        self._stopped = stopped
        self._max_bytes = max_bytes

    def look(self, file: SourceFile) -> FileRecord:
        """Find out what a file is, from size and time if they are as they were, else from the hash of its content.

        Its outcome is the one before, NEW, or why it cannot be read.
        """
        known = self._known.get(file.id)
        if not known:
            return self._record(file)
        if known.sha256 and file.size <= self._max_bytes:
            if known.stamp == file.stamp:
                return known
            if self._seen.get(file.id) == (file.stamp, known.sha256):
                return replace(known, stamp=file.stamp)
        record = self._record(file)
        try:
            _, _, digest = read_bytes(file, max_bytes=self._max_bytes)
        except DocumentError as error:
            return replace(record, outcome=str(error))
        if known.sha256 == digest:
            return replace(known, stamp=record.stamp)
        return replace(record, sha256=digest)

    def read(self, looked: Iterable[tuple[SourceFile, FileRecord]]) -> Iterator[Examined]:
        """Yield the files in order, those that are NEW with what they are now and their document.

        While one is awaited, the next are read; not so many that they fill the memory.
        """
        waiting: deque[tuple[SourceFile, FileRecord, Pending | None]] = deque()
        for file, record in looked:
            waiting.append(self._submitted(file) if record.outcome == NEW else (file, record, None))
            while waiting and (waiting[0][2] is None or self._is_enough(waiting)):
                yield self._settled(*waiting.popleft())
        while waiting:
            yield self._settled(*waiting.popleft())

    def _is_enough(self, waiting: Collection[tuple[SourceFile, FileRecord, Pending | None]]) -> bool:
        """Tell whether so many files are being read that the first is to be waited for."""
        return len(waiting) > 2 * self._workers.count or sum(file.size for file, _, _ in waiting) > _MOST_AHEAD

    def read_again(self, file: SourceFile) -> tuple[FileRecord, Parsed | None]:
        """Read a file whatever is known of it."""
        _, record, parsed = self._settled(*self._submitted(file))
        return record, parsed

    def _submitted(self, file: SourceFile) -> tuple[SourceFile, FileRecord, Pending | None]:
        record = self._record(file)
        try:
            data, side, digest = read_bytes(file, max_bytes=self._max_bytes)
            record = replace(record, sha256=digest)
            return file, record, self._workers.submit(file.id, data, side)
        except DocumentError as error:
            return file, replace(record, outcome=str(error)), None

    def _record(self, file: SourceFile) -> FileRecord:
        settled = time.time_ns() - file.modified > _UNSETTLED
        return FileRecord(file.id, file.stamp if settled else "", sha256="", outcome=NEW)

    def _settled(self, file: SourceFile, record: FileRecord, pending: Pending | None) -> Examined:
        if not pending:
            return file, record, None
        try:
            parsed = pending.result(self._stopped)
        except DocumentError as error:
            return file, replace(record, outcome=str(error)), None
        if parsed is None:
            return file, replace(record, outcome=EMPTY), None
        return file, replace(record, outcome=DOCUMENT, digest=parsed.digest), parsed

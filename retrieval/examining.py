"""Find out what has become of each file since the index was made, and read those that are new or changed."""

import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from retrieval.errors import BrokenOffError, DocumentError
from retrieval.files import SourceFile, read_bytes
from retrieval.index import DOCUMENT, EMPTY, FileRecord
from retrieval.store import Seen
from retrieval.values import Parsed
from retrieval.workers import FileWorkers, PendingFile

_UNSETTLED = 2 * 10**9  # nanoseconds: a file this young may change again without its time showing it

Examined = tuple[FileRecord, Parsed | None]


class Examiner:
    """Compares files with what the index before knew of them."""

    def __init__(
        self, known: Mapping[str, FileRecord], seen: Mapping[str, Seen], workers: FileWorkers, *, max_bytes: int
    ) -> None:
        """`seen` are files with another time but the content that is known; larger files than `max_bytes` fail."""
        self._known = known
        self._seen = seen
        self._workers = workers
        self._max_bytes = max_bytes

    def examine(self, files: Iterable[SourceFile]) -> Iterator[Examined]:
        """Yield what each file is, in order, with the document if it had to be read.

        While some are read, the next are looked at; not so many that their bytes fill the memory.
        """
        waiting: deque[tuple[FileRecord, PendingFile | None]] = deque()
        for file in files:
            waiting.append(self._look(file))
            while waiting and (waiting[0][1] is None or len(waiting) > 2 * self._workers.count):
                yield _settled(*waiting.popleft())
        while waiting:
            yield _settled(*waiting.popleft())

    def read(self, file: SourceFile) -> Parsed | None:
        """Read a file whatever is known of it; raises DocumentError if it cannot be read."""
        data, side, _ = read_bytes(file, max_bytes=self._max_bytes)
        return self._workers.submit(file.id, data, side).result()

    def _look(self, file: SourceFile) -> tuple[FileRecord, PendingFile | None]:
        """Find out what a file is, from size and time if they are as they were, else from its content."""
        known = self._known.get(file.id)
        if known and known.sha256 and file.size <= self._max_bytes:
            if known.stamp == file.stamp:
                return known, None
            if self._seen.get(file.id) == (file.stamp, known.sha256):
                return replace(known, stamp=file.stamp), None
        settled = time.time_ns() - file.modified > _UNSETTLED
        record = FileRecord(file.id, file.stamp if settled else "", sha256="", outcome=DOCUMENT)
        try:
            data, side, digest = read_bytes(file, max_bytes=self._max_bytes)
        except DocumentError as error:
            return replace(record, outcome=str(error)), None
        record = replace(record, sha256=digest)
        if known and known.sha256 == digest:
            return replace(record, outcome=known.outcome), None
        return record, self._workers.submit(file.id, data, side)


def _settled(record: FileRecord, pending: PendingFile | None) -> Examined:
    if not pending:
        return record, None
    try:
        parsed = pending.result()
    except BrokenOffError as error:
        return replace(record, sha256="", outcome=str(error)), None
    except DocumentError as error:
        return replace(record, outcome=str(error)), None
    return (record, parsed) if parsed else (replace(record, outcome=EMPTY), None)

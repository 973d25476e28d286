"""Read files in processes of their own, with a limit of time and memory each, so that a bad one stops only itself."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.context import ForkServerContext
from multiprocessing.synchronize import RLock
from typing import Protocol

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from retrieval.errors import DocumentError, IndexingStoppedError, WorkersError
from retrieval.values import Parsed

_SECONDS = 120  # for one file
_MEMORY = 2 * 2**30  # bytes, of one process
_MOST_WORKERS = 4
_START_SECONDS = 60  # for a process to take the file whose turn it is
_LOOK_EVERY = 0.5  # seconds, at whether to go on waiting
_BROKEN_OFF = "reading it broke off: it is damaged, or made to do harm"
_ORPHANED = 10  # seconds after which a process whose parent was killed stops by itself

File = tuple[str, bytes, bytes | None]
"""Its id, its content, and that of the file beside it."""


class Workers(Protocol):
    """What reads files, `count` of them at once; `together` passages are to be embedded at once meanwhile."""

    @property
    def count(self) -> int: ...

    @property
    def together(self) -> int: ...

    def submit(self, id: str, data: bytes, side: bytes | None) -> "Pending":
        """Let a worker make a document of a file's content and of what stands in the file beside it."""


class Pending(Protocol):
    """A file that is being read."""

    def result(self, stopped: Callable[[], bool] = lambda: False) -> Parsed | None:
        """Wait for the document; None if the file is blank.

        Raises DocumentError if it cannot be read, IndexingStoppedError soon after `stopped` turns true, and
        WorkersError or ClusterError if nobody reads it.
        """


class FileWorkers:
    """Processes that read files; they start with the first file, and end with the `with` block."""

    together = 512
    """Passages that are embedded at once: enough for batches of similar length."""

    def __init__(
        self, *, seconds: float = _SECONDS, memory: int = _MEMORY, start_seconds: float = _START_SECONDS
    ) -> None:
        self.count = min(_MOST_WORKERS, os.cpu_count() or 1)
        self.seconds = seconds
        self.start_seconds = start_seconds
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._futures: list[ProcessFuture[Parsed | None]] = []

    def __enter__(self) -> "FileWorkers":
        return self

    def __exit__(self, *exception: object) -> None:
        self._end()

    def _end(self) -> None:
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def submit(self, id: str, data: bytes, side: bytes | None) -> "PendingFile":
        """Let a worker make a document of a file's content and of what stands in the file beside it.

        Raises WorkersError if no worker can be started.
        """
        return PendingFile(self, (id, data, side))

    def schedule(self, file: File) -> tuple["ProcessFuture[Parsed | None]", ProcessPool]:
        """Put a file in the queue of the pool; raises WorkersError if no worker can be started."""
        for _ in range(2):  # a pool does not outlive the violent end of an idle process
            if not self._pool or not self._pool.active:
                self._end()
                self._pool = self._new_pool()
            limit = int(self.seconds) + _ORPHANED
            try:
                future = self._pool.schedule(_read, args=(*file, limit), timeout=self.seconds)
                self._futures = [one for one in self._futures if not one.done()] + [future]
                return future, self._pool
            except (RuntimeError, OSError):
                self._end()
        raise WorkersError

    def give_up(self, pool: ProcessPool) -> None:
        """End a pool that reads nothing any more; the next file gets a new one."""
        if pool is self._pool:
            self._end()

    def is_reading(self) -> bool:
        """Tell whether any file is being read."""
        return any(future.running() for future in self._futures)

    def _new_pool(self) -> ProcessPool:
        context = _WorkersContext()
        context.set_forkserver_preload(["retrieval.documents.preloaded"])
        return ProcessPool(self.count, initializer=_limit_memory, initargs=[self._memory], context=context)


class _WorkersContext(ForkServerContext):
    """How processes start. Not by fork: this one has threads. The server imports the readers once, for all to come.

    A pool that ends drops its locks first and its processes then: one that is still starting would not find them.
    """

    def __init__(self) -> None:
        self._locks: list[RLock] = []

    def RLock(self) -> RLock:  # noqa: N802 - the name that it overrides
        self._locks.append(super().RLock())
        return self._locks[-1]


class PendingFile:
    """A file that a worker reads."""

    def __init__(self, workers: FileWorkers, file: File) -> None:
        self._workers = workers
        self._file = file
        self._future, self._pool = workers.schedule(file)

    def result(self, stopped: Callable[[], bool] = lambda: False) -> Parsed | None:
        """Wait for the document; None if the file is blank.

        Raises DocumentError if it cannot be read, IndexingStoppedError soon after `stopped` turns true, and
        WorkersError if no process takes it.
        """
        try:
            return self._result(stopped)
        except WorkersError:  # a process that was killed may take its pool's lock, or its pool, with it
            self._workers.give_up(self._pool)
            self._future, self._pool = self._workers.schedule(self._file)
            return self._result(stopped)

    def _result(self, stopped: Callable[[], bool]) -> Parsed | None:
        busy = time.monotonic()
        while not wait([self._future], timeout=_LOOK_EVERY).done:
            if stopped():
                raise IndexingStoppedError
            if not self._pool.active:
                raise WorkersError
            if self._workers.is_reading():
                busy = time.monotonic()
            if time.monotonic() - busy > self._workers.start_seconds:
                raise WorkersError  # each process that was started has ended at once
        try:
            found: Parsed | None = self._future.result()
        except TimeoutError as error:
            raise DocumentError(f"reading it took more than {self._workers.seconds:g} seconds") from error
        except ProcessExpired as error:
            raise DocumentError(_BROKEN_OFF) from error
        except (BrokenProcessPool, CancelledError) as error:  # a process ended that read no file
            raise WorkersError from error
        except RuntimeError as error:
            raise DocumentError(_BROKEN_OFF) from error
        except MemoryError as error:
            raise DocumentError("reading it takes too much memory") from error
        return found


def _limit_memory(most: int) -> None:
    import resource  # not everywhere

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(id: str, data: bytes, side: bytes | None, limit: int) -> Parsed | None:
    from retrieval.documents.parsing import parse_document  # preloaded; what only asks need not wait for it

    signal.alarm(limit)
    try:
        return parse_document(id, data, side)
    finally:
        signal.alarm(0)

"""Read files in processes of their own, with a limit of time and memory each, so that a bad one stops only itself."""

import multiprocessing
import os
import signal
from concurrent.futures import CancelledError, TimeoutError
from contextlib import suppress

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from retrieval.documents import parse_document
from retrieval.errors import BrokenOffError, DocumentError
from retrieval.values import Parsed

_SECONDS = 120  # for one file
_MEMORY = 2 * 2**30  # bytes, of one process
_MOST_WORKERS = 4
_ORPHANED = 10  # seconds after which a process whose parent was killed stops by itself


class FileWorkers:
    """Processes that read files; they start with the first file, and end with the `with` block."""

    def __init__(self, *, seconds: float = _SECONDS, memory: int = _MEMORY) -> None:
        self.count = min(_MOST_WORKERS, os.cpu_count() or 1)
        self._seconds = seconds
        self._memory = memory
        self._pool: ProcessPool | None = None

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
        """Let a worker make a document of a file's content and of what stands in the file beside it."""
        if self._pool and not self._pool.active:  # it does not outlive the violent end of an idle process
            self._end()
        if not self._pool:
            # Not fork: this process has threads. The server imports the readers once, for all workers to come.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["retrieval.documents"])
            self._pool = ProcessPool(self.count, initializer=_limit_memory, initargs=[self._memory], context=context)
        limit = int(self._seconds) + _ORPHANED
        return PendingFile(
            self._pool.schedule(_read, args=(id, data, side, limit), timeout=self._seconds), self._seconds
        )


class PendingFile:
    """A file that a worker reads."""

    def __init__(self, future: "ProcessFuture[Parsed | None]", seconds: float) -> None:
        self._future = future
        self._seconds = seconds

    def is_being_read(self) -> bool:
        """Tell whether a worker has begun, and has not finished."""
        return self._future.running()

    def result(self) -> Parsed | None:
        """Wait for the document; None if there is nothing in it to quote. Raises DocumentError if it cannot be read."""
        try:
            found: Parsed | None = self._future.result()
        except TimeoutError as error:
            raise DocumentError(f"reading it took more than {self._seconds:g} seconds") from error
        except (ProcessExpired, CancelledError, RuntimeError) as error:
            raise BrokenOffError from error
        except MemoryError as error:
            raise DocumentError("reading it takes too much memory") from error
        return found


def _limit_memory(most: int) -> None:
    import resource  # not everywhere

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(id: str, data: bytes, side: bytes | None, limit: int) -> Parsed | None:
    signal.alarm(limit)
    try:
        return parse_document(id, data, side)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # of any library: it fails this file, and no other
        raise DocumentError(f"it cannot be read ({type(error).__name__}: {error})") from None
    finally:
        signal.alarm(0)

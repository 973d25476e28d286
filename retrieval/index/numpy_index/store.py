"""The versions of the index on disk: one folder each, and a pointer file that names the one that counts.

A version is written whole beside the others; then the pointer is replaced in one step. So a reader sees the old
version or the new one, never half, and a process that is killed leaves the old one in place. The pointer may say that
the version is held: somebody went back to it.
"""

import json
import logging
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import DataError, IndexUnusableError, RollbackError
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.writer import NumpyWriter, flush, flush_folder
from retrieval.index.protocols import SPLITTING, IndexWriter, Seen
from retrieval.index.versioning import kept_versions, take_lock
from retrieval.receipts import Receipt

logger = logging.getLogger(__name__)

_HELD = "held"


class NumpyStore:
    """The index's folder below the data folder; see IndexStore."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "index"
        self._pointer = self._folder / "current"
        self._opened: NumpyIndex | None = None

    def open(self, fingerprint: str, *, check: bool = False) -> NumpyIndex | None:
        """Open the current version; None if there is none. Raises IndexUnusableError.

        The version that was opened last is not opened twice; `check` reads it again.
        """
        for _ in range(3):  # a version that was just replaced may be gone, or half of it: its successor is there
            name, _held = self._current()
            if not name and self._opened and not self._folder.is_dir():
                raise IndexUnusableError("its folder is missing")
            if not name:
                return None
            known = self._opened
            if not (known and known.folder.name == name and known.is_there(fingerprint)):
                known = None
            if known and not check:
                return known
            try:
                read = NumpyIndex.open(self._folder / name, fingerprint=fingerprint, check=check)
                self._opened = known or read
                return self._opened
            except IndexUnusableError:
                if self._current()[0] == name and (self._folder / name).is_dir():
                    raise
        raise IndexUnusableError("its folder is missing")

    def is_held(self) -> bool:
        """Tell whether somebody went back to the current version; raises IndexUnusableError."""
        return self._current()[1]

    def _current(self) -> tuple[str, bool]:
        """Return the current version's name, empty if there is none, and whether it is held."""
        try:
            words = self._pointer.read_text("utf-8").split()
        except (FileNotFoundError, NotADirectoryError):
            return "", False
        except (OSError, ValueError) as error:
            raise IndexUnusableError(f"its pointer cannot be read: {error}") from error
        name, *more = words or [""]
        if not re.fullmatch(r"v\d{6,12}", name) or more not in ([], [_HELD]):
            raise IndexUnusableError("its pointer is damaged")
        return name, bool(more)

    @contextmanager
    def writing(self, *, wait: bool, stopped: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Hold the lock that a writer needs.

        If another process has it, raises IndexBusyError when `wait` is false, and IndexingStoppedError soon after
        `stopped` turns true.
        """
        lock = FileLock(self._folder / "lock")
        with self._data_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            take_lock(partial(_acquired, lock), wait=wait, stopped=stopped)
        try:
            yield
        finally:
            lock.release()

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
        newest = max(self._numbers(), default=0)
        before = self._current_number() or newest  # where the pointer is damaged, nothing was gone back from
        number = newest + 1
        partial, version = self._folder / f"partial-{number:06}", self._folder / f"v{number:06}"
        try:
            for leftover in self._folder.glob("partial-*"):  # of a process that was killed
                shutil.rmtree(leftover)
            partial.mkdir()
            with closing(NumpyWriter(partial, fingerprint=fingerprint, dim=dim, splitting=splitting)) as writer:
                write(writer)
            partial.replace(version)
            self._point_to(f"{version.name} {_HELD}" if held else version.name)
        except BaseException as error:
            shutil.rmtree(partial, ignore_errors=True)
            if self._current_number() != number:
                shutil.rmtree(version, ignore_errors=True)
            if isinstance(error, OSError):
                raise DataError(self._folder, error) from error
            raise
        numbers = self._numbers()
        for old in numbers - kept_versions(numbers, before, number):
            shutil.rmtree(self._folder / f"v{old:06}", ignore_errors=True)

    def roll_back(self, fingerprint: str) -> NumpyIndex:
        """Make the last whole version before the current one the current one, held; the lock must be held.

        Raises RollbackError if there is none that was made with this model, IndexUnusableError, DataError.
        """
        current = self._current_number()
        for number in sorted((number for number in self._numbers() if number < current), reverse=True):
            version = self._folder / f"v{number:06}"
            try:
                self._opened = NumpyIndex.open(version, fingerprint=fingerprint, check=True)
            except IndexUnusableError as error:
                logger.warning("The version %s of the index cannot be used: %s.", version.name, error)
                continue
            with self._data_errors():
                self._point_to(f"{version.name} {_HELD}")
            return self._opened
        raise RollbackError

    def release(self) -> None:
        """Let the current version be one like any other; the lock must be held. Raises DataError."""
        with self._data_errors():
            self._point_to(self._current()[0])

    def withdraw(self) -> None:
        """Let no version count any more; the lock must be held. Raises DataError."""
        with self._data_errors():
            self._pointer.unlink(missing_ok=True)
            flush_folder(self._folder)

    def _point_to(self, text: str) -> None:
        new_pointer = self._folder / "current.new"
        new_pointer.write_text(f"{text}\n", "utf-8")
        flush(new_pointer)
        new_pointer.replace(self._pointer)
        flush_folder(self._folder)

    @contextmanager
    def _data_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise DataError(self._folder, error) from error

    def seen(self) -> dict[str, Seen]:
        """Return the files that were found with another time, but the content of the current version."""
        try:
            rows = json.loads((self._folder / "seen.json").read_text("utf-8"))
            return {id: Seen(*row) for id, row in rows.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def remember(self, seen: Mapping[str, Seen]) -> None:
        """Keep what `seen` returns, so that those files need not be read again; the lock must be held."""
        new = self._folder / "seen.json.new"
        with suppress(OSError):  # it only saves time
            new.write_text(json.dumps(seen), "utf-8")
            new.replace(self._folder / "seen.json")

    def keep_receipt(self, receipt: Receipt) -> None:
        """Write what a run did, and when it ended, into receipt.json of the data folder; the lock must be held."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        fields = {"finished": finished, **asdict(receipt), "seconds": round(receipt.seconds, 4)}
        new = self._folder / "receipt.json.new"
        with suppress(OSError):  # the work is done, whether or not this can be written
            new.write_text(f"{json.dumps(fields, indent=1)}\n", "utf-8")
            new.replace(self._folder.parent / "receipt.json")

    def _current_number(self) -> int:
        """Return the number of the current version; 0 if there is none that can be told."""
        try:
            name, _ = self._current()
        except IndexUnusableError:
            return 0
        return int(name[1:]) if name else 0

    def _numbers(self) -> set[int]:
        return {int(path.name[1:]) for path in self._folder.glob("v*") if path.name[1:].isdigit()}


def _acquired(lock: FileLock, timeout: float) -> bool:
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        return False
    return True

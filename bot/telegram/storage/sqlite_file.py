"""One SQLite file beside the event loop, which costs nobody an answer when it is damaged, held or on a full disk."""

import asyncio
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import aiosqlite

from bot.telegram.storage.changes import MOST_UNWRITTEN, Change, Changes, UnavailableError, Values, WrongChangeError

logger = logging.getLogger(__name__)

DAMAGED = ".damaged-"
"""What stands between the name of a file that was set aside and a number."""

_BUSY_MS = {False: 5_000, True: 100}  # for which another process that holds the file is waited for; if it did so before
_TRIES = 12  # times, each so long, that it is waited for at the start


class SqliteFile(Changes):
    """What cannot be written, as the disk is full or another process holds the file, waits in memory until it can.

    All methods belong to the event loop.
    """

    def __init__(self, path: Path, schema: Sequence[str]) -> None:
        """`schema` is one script for each version, which `PRAGMA user_version` counts. Nothing is opened yet."""
        super().__init__()
        self._path = path
        self._schema = schema
        self._connection: aiosqlite.Connection | None = None
        self._without = ""
        self._apart: deque[Change] = deque(maxlen=MOST_UNWRITTEN)  # what was written while there was no file

    @property
    def trouble(self) -> str:
        """Why nothing can be written to the file; empty while it can."""
        return self._without or super().trouble

    async def open(self) -> None:
        """Open the file, or make it; a damaged one is set aside. Where none can be, what is kept waits for one."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            await self._connect_when_free()
        except (OSError, sqlite3.Error) as error:
            if not _is_broken(error):
                await self._do_without(error)
                return
            aside = self._path.with_name(f"{self._path.name}{DAMAGED}{time.time_ns()}")
            try:
                self._path.rename(aside)
                logger.warning(
                    "%s cannot be used (%s). It is now %s, and a new one is begun.", self._path, error, aside
                )
                await self._connect(self._path)
            except (OSError, sqlite3.Error):
                await self._do_without(error)

    async def close(self) -> None:
        """Close the file, after a last try to write what waits."""
        if self._connection:
            await self.write_again()
            if self._unwritten:
                logger.error("What could not be written to %s is lost: %d changes.", self._path, self.unwritten)
            await self._connection.close()
            self._connection = None

    async def clean(self, oldest: float) -> None:
        """Delete damaged files that were set aside before a time: they hold what people asked."""

        def delete() -> None:
            for aside in self._path.parent.glob(f"{self._path.name}{DAMAGED}*"):
                with suppress(OSError):
                    if aside.stat().st_ctime < oldest:  # when it was renamed
                        aside.unlink()

        await asyncio.to_thread(delete)

    async def write_again(self) -> None:
        """Write what could not be written before, if that is possible now, also where there was no file."""
        await asyncio.shield(self._come_back())
        await super().write_again()

    async def _come_back(self) -> None:
        """Go on with the file that could not be used at the start, if there was one and it can be now."""
        async with self._writing:
            memory = self._connection
            if not self._without or memory is None:
                return
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                await self._connect(self._path)
            except (OSError, sqlite3.Error):
                return
            self._without = ""
            new = asyncio.get_running_loop().create_future
            self._unwritten.extendleft(Change(one.statement, one.values, new()) for one in reversed(self._apart))
            self._apart.clear()
            await self._heard()
            await memory.close()

    async def query(self, *statements: tuple[str, Values]) -> list[Any]:
        assert self._connection is not None
        rows: list[Any] = []
        try:
            for statement, values in statements:
                rows = list(await self._connection.execute_fetchall(statement, values))
        except sqlite3.Error as error:
            raise UnavailableError(str(error)) from error
        return rows

    async def _run(self, changes: Sequence[Change]) -> list[int]:
        assert self._connection is not None
        rows: list[int] = []
        try:
            for change in changes:
                rows.append((await self._connection.execute(change.statement, change.values)).rowcount)
            await self._connection.commit()
        except (sqlite3.Error, OverflowError) as error:
            await self._connection.rollback()
            if isinstance(error, sqlite3.OperationalError) or _is_broken(error):
                raise UnavailableError(str(error)) from error
            raise WrongChangeError(len(rows)) from error
        if self._without:
            self._apart.extend(changes)
        return rows

    async def _heard(self) -> None:
        """Let nobody wait long for a file that is held for long."""
        assert self._connection is not None
        await self._connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS[bool(self._trouble)]}")

    async def _connect_when_free(self) -> None:
        """Connect, waiting a minute for another process that holds the file."""
        for left in reversed(range(_TRIES)):
            try:
                await self._connect(self._path)
                return
            except sqlite3.OperationalError as error:
                if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                logger.warning("%s is held by another process, and is waited for.", self._path)

    async def _connect(self, path: Path | str) -> None:
        connection = await aiosqlite.connect(path)
        try:
            await connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS[bool(self._without)]}")
            await connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
            await connection.execute("PRAGMA journal_mode = WAL")
            [[found]] = await connection.execute_fetchall("PRAGMA quick_check(1)")
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            [[version]] = await connection.execute_fetchall("PRAGMA user_version")
            for number, script in enumerate(self._schema[version:], start=version + 1):
                await connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
        except BaseException:
            await connection.close()
            raise
        self._connection = connection

    async def _do_without(self, error: Exception) -> None:
        logger.warning("%s cannot be used (%s). What is kept waits in memory until it can be.", self._path, error)
        await self._connect(":memory:")
        self._without = str(error)


def _is_broken(error: Exception) -> bool:
    """Tell whether a file is damaged, or no database; its subclasses say other things."""
    return type(error) is sqlite3.DatabaseError


def damage(path: Path) -> str:
    """Say what is damaged in a database file, empty if nothing is; the file and those beside it stay as they are.

    Raises sqlite3.Error if it cannot be read.
    """
    # Opened as one that may change, a file that nobody has open would get two more beside it.
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
    return "" if found == ["ok"] else "; ".join(found)

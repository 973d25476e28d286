"""The versions of the index in PostgreSQL: a schema each, and one row that names the one that counts.

A version is loaded beside the others; then the row is changed. So a reader sees the old version or the new one, never
half. The writer's lock is the database's (`pg_advisory_lock`), which a killed process gives back. A version that some
process answers from is locked too, and not removed.
"""

import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from weakref import finalize

from psycopg import Connection, Error
from psycopg.sql import SQL, Composed, Identifier

from retrieval.errors import (
    DatabaseError,
    IndexAwayError,
    IndexUnusableError,
    RollbackError,
)
from retrieval.index.postgres_index.database import Database, Row
from retrieval.index.postgres_index.index import PostgresIndex
from retrieval.index.postgres_index.schema import shared_tables, version_schema
from retrieval.index.postgres_index.version_tables import VersionRow
from retrieval.index.postgres_index.writer import PostgresWriter
from retrieval.index.protocols import FORMAT, SPLITTING, IndexWriter, Seen
from retrieval.index.versioning import kept_versions, take_lock
from retrieval.receipts import Receipt

logger = logging.getLogger(__name__)

_WRITING = 0  # the second key of the writer's lock; a version's is its number
_VERSION = (
    "SELECT number, format, fingerprint, dim, documents, passages, sentences, mean_length,"
    # a database that only older versions of Kutip wrote to has no such column
    " coalesce((to_jsonb(one) ->> 'splitting')::integer, 1) FROM {name}.versions AS one"
)


class PostgresStore:
    """The index in a database; see IndexStore. Its methods raise DatabaseError too."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._opened: PostgresIndex | None = None
        self._locked: Connection[Row] | None = None  # what holds the writer's lock

    def open(self, fingerprint: str, *, check: bool = False) -> PostgresIndex | None:
        """Open the current version; None if there is none. Raises IndexUnusableError.

        The version that was opened last is not opened twice; `check` counts its rows.
        """
        number, _ = self._current()
        if not number:
            return None
        known = self._opened
        if known is None or (known.number, known.fingerprint) != (number, fingerprint):
            known = self._open_version(number, fingerprint)
        if check and not known.is_whole():
            raise IndexUnusableError("it is damaged: its counts differ")
        self._opened = known
        return known

    def _open_version(self, number: int, fingerprint: str) -> PostgresIndex:
        """Open a version, and keep others from removing its tables for as long as the index is in use."""
        holding = ExitStack()
        try:
            connection = holding.enter_context(self._database.own_connection())
            connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", [self._database.lock_key, number])
            index = self._read_version(number, fingerprint)
        except BaseException:
            holding.close()
            raise
        finalize(index, holding.close)
        return index

    def _read_version(self, number: int, fingerprint: str) -> PostgresIndex:
        rows = self._database.rows(self._sql(f"{_VERSION} WHERE number = %s"), [number])
        if not rows:
            raise IndexUnusableError("its version is missing")
        version = VersionRow(*rows[0])
        if version.format != FORMAT:
            raise IndexUnusableError("it has another format")
        if version.fingerprint != fingerprint:
            raise IndexUnusableError("it was made with another embedding model")
        return PostgresIndex(self._database, version)

    def is_held(self) -> bool:
        """Tell whether somebody went back to the current version."""
        return self._current()[1]

    def _current(self) -> tuple[int, bool]:
        """Return the current version's number, 0 if there is none, and whether it is held."""
        if not self._is_there():
            return 0, False
        rows = self._database.rows(self._sql("SELECT version, held FROM {name}.current"))
        return (int(rows[0][0]), bool(rows[0][1])) if rows else (0, False)

    def _is_there(self) -> bool:
        [[there]] = self._database.rows(SQL("SELECT to_regclass(%s) IS NOT NULL"), [f"{self._database.name}.current"])
        return bool(there)

    @contextmanager
    def writing(self, *, wait: bool, stopped: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Hold the lock that a writer needs.

        If another process has it, raises IndexBusyError when `wait` is false, and IndexingStoppedError soon after
        `stopped` turns true.
        """
        with self._database.own_connection() as connection:
            keys = [self._database.lock_key, _WRITING]

            def take(timeout: float) -> bool:
                time.sleep(timeout)
                return bool(connection.execute("SELECT pg_try_advisory_lock(%s, %s)", keys).fetchall()[0][0])

            take_lock(take, wait=wait, stopped=stopped)
            connection.execute(shared_tables(self._database.name))
            self._locked = connection
            try:
                yield
            finally:
                self._locked = None
                with suppress(Error):  # the server gives it back too, but a moment after the connection ends
                    connection.execute("SELECT pg_advisory_unlock(%s, %s)", keys)

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

        Raises what `write` raises; the version before then stays.
        """
        before, _ = self._current()
        numbers = self._numbers()
        [[number]] = self._database.rows(SQL("SELECT nextval(%s)"), [f"{self._database.name}.version_numbers"])
        for leftover in self._schemas() - numbers:  # of a process that was killed
            self._remove(leftover)
        try:
            with self._database.own_connection() as connection:
                name = self._database.name
                write(PostgresWriter(connection, name, number, fingerprint=fingerprint, dim=dim, splitting=splitting))
            self._check_lock()
            self._point_to(number, held=held)
        except BaseException:
            with suppress(DatabaseError):
                if self._current()[0] != number:
                    self._remove(number)
            raise
        for old in numbers - kept_versions(numbers, before, number):
            self._remove(old)

    def roll_back(self, fingerprint: str) -> PostgresIndex:
        """Make the last whole version before the current one the current one, held; the lock must be held.

        Raises RollbackError if there is none that was made with this model.
        """
        current, _ = self._current()
        for number in sorted((number for number in self._numbers() if number < current), reverse=True):
            try:
                index = self._open_version(number, fingerprint)
                if not index.is_whole():
                    raise IndexUnusableError("it is damaged: its counts differ")
            except IndexAwayError:
                raise
            except IndexUnusableError as error:
                logger.warning("The version %s of the index cannot be used: %s.", number, error)
                continue
            self._point_to(number, held=True)
            self._opened = index
            return index
        raise RollbackError

    def release(self) -> None:
        """Let the current version be one like any other; the lock must be held."""
        self._database.run(self._sql("UPDATE {name}.current SET held = false"))

    def withdraw(self) -> None:
        """Let no version count any more; the lock must be held."""
        self._database.run(self._sql("DELETE FROM {name}.current"))

    def seen(self) -> dict[str, Seen]:
        """Return the files that were found with another time, but the content of the current version."""
        rows = self._database.rows(self._sql("SELECT id, stamp, sha256 FROM {name}.seen"))
        return {id: Seen(stamp, sha256) for id, stamp, sha256 in rows}

    def remember(self, seen: Mapping[str, Seen]) -> None:
        """Keep what `seen` returns, so that those files need not be read again; the lock must be held."""
        with self._database.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.execute(self._sql("DELETE FROM {name}.seen"))
            cursor.executemany(
                self._sql("INSERT INTO {name}.seen VALUES (%s, %s, %s)"), [(id, *one) for id, one in seen.items()]
            )

    def keep_receipt(self, receipt: Receipt) -> None:
        """Keep what a run did, and when it ended; the lock must be held."""
        fields = {**asdict(receipt), "seconds": round(receipt.seconds, 4)}
        with self._database.connection() as connection, connection.transaction():
            connection.execute(self._sql("DELETE FROM {name}.receipts"))
            connection.execute(self._sql("INSERT INTO {name}.receipts (receipt) VALUES (%s)"), [json.dumps(fields)])

    def _check_lock(self) -> None:
        """Raise DatabaseError if the connection that holds the writer's lock was lost, and with it the lock."""
        assert self._locked
        try:
            self._locked.execute("SELECT 1")
        except Error as error:
            raise DatabaseError("it was away meanwhile, so that another process may write the index now") from error

    def _point_to(self, number: int, *, held: bool) -> None:
        """Make a version the current one, and let whoever listens know."""
        with self._database.connection() as connection, connection.transaction():
            connection.execute(
                self._sql(
                    "INSERT INTO {name}.current (version, held) VALUES (%s, %s)"
                    " ON CONFLICT (single) DO UPDATE SET version = excluded.version, held = excluded.held"
                ),
                [number, held],
            )
            connection.execute("SELECT pg_notify(%s, '')", [self._database.name])

    def _remove(self, number: int) -> None:
        """Remove a version's tables, unless somebody answers from them."""
        schema = Identifier(version_schema(self._database.name, number))
        keys = [self._database.lock_key, number]
        with self._database.connection() as connection, connection.transaction():
            if connection.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", keys).fetchall()[0][0]:
                connection.execute(self._sql("DELETE FROM {name}.versions WHERE number = %s"), [number])
                connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(schema))

    def _numbers(self) -> set[int]:
        """Return the numbers of the versions that were written whole."""
        if not self._is_there():
            return set()
        return {number for [number] in self._database.rows(self._sql("SELECT number FROM {name}.versions"))}

    def _schemas(self) -> set[int]:
        """Return the numbers of the versions of which there is anything."""
        names = self._database.rows(
            SQL("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)"), [f"{self._database.name}_v"]
        )
        found = (re.fullmatch(r"v(\d{6,})", name.removeprefix(f"{self._database.name}_")) for [name] in names)
        return {int(match[1]) for match in found if match}

    def _sql(self, statement: str) -> Composed:
        return SQL(statement).format(name=Identifier(self._database.name))

"""What has to outlive the bot's process, in PostgreSQL: shared by all processes that answer for one bot."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.sql import SQL, Identifier

from bot.telegram.storage.changes import Change, Changes, UnavailableError, Values, WrongChangeError
from retrieval.documents.encodings import without_halves
from retrieval.errors import DatabaseError
from retrieval.index.postgres_index.database import LIVELINESS, NO_ADDRESS, reason_of
from retrieval.index.postgres_index.database import NAME as INDEX_NAME

logger = logging.getLogger(__name__)

NAME = "kutip_bot"
"""The schema of the tables."""

_OPTIONS = (
    f"-c search_path={NAME} -c lock_timeout=5s -c statement_timeout=60s -c idle_in_transaction_session_timeout=10s"
)
_LOCK = 7_209_871  # of who makes the tables, so that processes that start together do not both

_TABLES = f"""
    CREATE SCHEMA IF NOT EXISTS {NAME};
    SET search_path TO {NAME};
    CREATE TABLE IF NOT EXISTS answer (
        chat bigint, question bigint, messages text NOT NULL, at bigint NOT NULL, person bigint NOT NULL DEFAULT 0,
        text text NOT NULL DEFAULT '', found boolean NOT NULL DEFAULT true, seconds double precision NOT NULL DEFAULT 0,
        PRIMARY KEY (chat, question)
    );
    CREATE INDEX IF NOT EXISTS answer_at ON answer (at);
    CREATE INDEX IF NOT EXISTS answer_person ON answer (person);
    CREATE TABLE IF NOT EXISTS vote (
        chat bigint, message bigint, person bigint, vote integer NOT NULL, at bigint NOT NULL,
        PRIMARY KEY (chat, message, person)
    );
    CREATE TABLE IF NOT EXISTS person (id bigint PRIMARY KEY, language text NOT NULL);
    CREATE TABLE IF NOT EXISTS inbox (
        id bigint PRIMARY KEY, content text NOT NULL, at bigint NOT NULL, chat bigint NOT NULL DEFAULT 0,
        owner text NOT NULL DEFAULT '', leased_until timestamptz NOT NULL DEFAULT '-infinity'
    );
    CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox (chat, id) WHERE content <> '';
    CREATE TABLE IF NOT EXISTS moved (old bigint PRIMARY KEY, new bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS act (
        rowid bigserial PRIMARY KEY,
        at bigint NOT NULL, person bigint NOT NULL, act text NOT NULL, subject text NOT NULL
    );
    CREATE TABLE IF NOT EXISTS gone (chat bigint PRIMARY KEY, at bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS report (
        chat bigint, message bigint, shown bigint NOT NULL, sent text NOT NULL, undo text NOT NULL,
        language text NOT NULL, at bigint NOT NULL, PRIMARY KEY (chat, message)
    );
"""


class PostgresTables(Changes):
    """The same statements as SqliteFile's, with ? for each value. All methods belong to the event loop.

    What cannot be written while the server is away waits in memory until it is back.
    """

    def __init__(self, url: str) -> None:
        """Nothing is opened yet."""
        super().__init__()
        self._url = url
        self._writer = _Connection(url)
        self._reader = _Connection(url)
        self._listener = _Connection(url)

    async def open(self) -> None:
        """Connect, and make the tables that are not there; raises DatabaseError."""
        try:
            await self._writer.together([("SELECT pg_advisory_xact_lock(?)", (_LOCK,)), (_TABLES, ())])
        except (UnavailableError, WrongChangeError) as error:
            raise DatabaseError(str(error)) from error

    async def close(self) -> None:
        """Close the connections, after a last try to write what waits."""
        await self.write_again()
        if self.unwritten:
            logger.error("What could not be written to the database is lost: %d changes.", self.unwritten)
        for connection in (self._writer, self._reader, self._listener):
            await connection.close()

    async def index_changed(self, seconds: float) -> None:
        """Wait until another version of the index is the current one, at most so long."""
        try:
            await self._listener.heard(INDEX_NAME, seconds)
        except UnavailableError:
            await asyncio.sleep(seconds)

    async def query(self, *statements: tuple[str, Values]) -> list[Any]:
        """Run statements in one transaction, and return the rows of the last; raises UnavailableError."""
        try:
            rows, _ = await self._reader.together(statements)
        except UnavailableError as error:
            await self._note(str(error))
            raise
        if not self.unwritten:
            await self._note("")
        return rows

    async def _run(self, changes: Sequence[Change]) -> list[int]:
        _, counts = await self._writer.together([(change.statement, change.values) for change in changes])
        return counts


class _Connection:
    """One connection, opened when it is needed and again when it was lost."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._open: AsyncConnection[Any] | None = None
        self._turn = asyncio.Lock()

    async def together(self, statements: Sequence[tuple[str, Values]]) -> tuple[list[Any], list[int]]:
        """Run statements in one transaction; return the rows of the last, and how many each has changed.

        Raises UnavailableError, or WrongChangeError where one of them is to blame.
        """
        async with self._turn:
            known = self._open is not None
            try:
                return await self._together(statements)
            except UnavailableError:
                if not known:
                    raise
            return await self._together(statements)  # the server may have been started again since

    async def _together(self, statements: Sequence[tuple[str, Values]]) -> tuple[list[Any], list[int]]:
        counts: list[int] = []
        rows: list[Any] = []
        connection = self._open = self._open or await self._connected()
        try:
            async with connection.transaction():
                for statement, values in statements:
                    cursor = await connection.execute(statement.replace("?", "%s"), _clean(values) or None)
                    counts.append(cursor.rowcount)
                    rows = await cursor.fetchall() if cursor.description else []
        except (psycopg.DataError, psycopg.IntegrityError, psycopg.ProgrammingError) as error:
            raise WrongChangeError(len(counts), reason_of(error)) from error
        except psycopg.Error as error:
            await self.close()
            raise UnavailableError(reason_of(error)) from error
        except BaseException:  # cancelled in the middle: what the server still does is not known
            await self.close()
            raise
        return rows, counts

    async def heard(self, channel: str, seconds: float) -> None:
        """Wait until something is told on a channel, at most so long; raises UnavailableError."""
        try:
            if self._open is None:
                self._open = await self._connected()
                await self._open.execute(SQL("LISTEN {}").format(Identifier(channel)))
            async for _ in self._open.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error as error:
            await self.close()
            raise UnavailableError(reason_of(error)) from error

    async def close(self) -> None:
        """Close it, if it is open."""
        if self._open:
            with suppress(psycopg.Error):
                await self._open.close()
        self._open = None

    async def _connected(self) -> AsyncConnection[Any]:
        try:
            return await AsyncConnection.connect(self._url, autocommit=True, options=_OPTIONS, **LIVELINESS)
        except psycopg.ProgrammingError:  # it repeats the address, and that has a password
            raise UnavailableError(NO_ADDRESS) from None
        except psycopg.Error as error:
            raise UnavailableError(reason_of(error)) from error


def _clean(values: Values) -> list[int | str | float | list[int]]:
    """Take out of texts what PostgreSQL cannot hold: zeros, and halves of characters."""
    return [_clean_text(value) if isinstance(value, str) else value for value in values]


def _clean_text(text: str) -> str:
    return without_halves(text.replace("\0", ""))

"""What has to outlive the process: which messages answer which, what people chose and thought. One SQLite file.

Of what people ask it holds only what waits for its answer.
"""

import json
import logging
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import aiosqlite

logger = logging.getLogger(__name__)

_SCHEMA = (
    """
    CREATE TABLE answer (
        chat INTEGER, question INTEGER, messages TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat, question)
    );
    CREATE TABLE vote (
        chat INTEGER, message INTEGER, person INTEGER, vote INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (chat, message, person)
    );
    CREATE TABLE person (id INTEGER PRIMARY KEY, language TEXT NOT NULL);
    """,
    """
    CREATE TABLE inbox (id INTEGER PRIMARY KEY, content TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE INDEX inbox_waiting ON inbox (id) WHERE content != '';
    """,
)
"""One script for each version of the schema, which `PRAGMA user_version` counts."""

NAME = "kutip.db"
DAMAGED = f"{NAME}.damaged-"
"""How the name of a file begins that was set aside."""

_KEEP_DAYS = 30  # of answers, for edits of their questions
_SEEN_DAYS = 3  # of the numbers of updates; Telegram repeats none after a day


class Database:
    """All methods belong to the event loop. What cannot be written is in the log, and costs nobody an answer."""

    def __init__(self, data: Path) -> None:
        """`data` is the data folder; nothing is opened yet."""
        self._path = data / NAME
        self._languages: dict[int, str] = {}
        self._connection: aiosqlite.Connection | None = None

    async def open(self) -> None:
        """Open the file, or make it; a damaged one is set aside. Where none can be, what is kept ends with the bot."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            await self._connect(self._path)
        except sqlite3.DatabaseError as error:
            aside = self._path.with_name(f"{DAMAGED}{time.time_ns()}")
            try:
                self._path.rename(aside)
                logger.warning(
                    "%s cannot be used (%s). It is now %s, and a new one is begun.", self._path, error, aside
                )
                await self._connect(self._path)
            except (OSError, sqlite3.Error):
                await self._do_without(error)
        except OSError as error:
            await self._do_without(error)

    async def close(self) -> None:
        if self._connection:
            await self._connection.close()
            self._connection = None

    async def receive(self, update: int, content: str) -> bool:
        """Write an update down until it is dealt with; False if it came before. What cannot be written is new."""
        assert self._connection is not None
        try:
            now = int(time.time())
            rows = await self._connection.execute(
                "INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)", (update, content, now)
            )
            await self._connection.commit()
        except sqlite3.Error as error:
            logger.warning("The database cannot be written: %s", error)
            await self._connection.rollback()
            return True
        return rows.rowcount > 0

    async def dealt_with(self, update: int) -> None:
        """Let go of what an update says; its number is kept a while, to know it again."""
        await self._write("UPDATE inbox SET content = '' WHERE id = ?", (update,))

    async def undone(self) -> list[str]:
        """Return the updates that are not dealt with, in order."""
        assert self._connection is not None
        rows = await self._connection.execute_fetchall("SELECT content FROM inbox WHERE content != '' ORDER BY id")
        return [str(row[0]) for row in rows]

    def language_of(self, person: int) -> str | None:
        """Return the language that a person chose, if they did."""
        return self._languages.get(person)

    async def choose_language(self, person: int, language: str) -> None:
        self._languages[person] = language
        await self._write("INSERT OR REPLACE INTO person VALUES (?, ?)", (person, language))

    async def keep_answer(self, chat: int, question: int, messages: Sequence[int]) -> None:
        """Note the messages that answer a question, by their ids in its chat, in order."""
        ids, now = json.dumps(list(messages)), int(time.time())
        await self._write("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", (chat, question, ids, now))

    async def answer_to(self, chat: int, question: int) -> list[int]:
        """Return the ids of the messages that answer a question, in order; none if it is not known to be answered."""
        assert self._connection is not None
        try:
            rows = await self._connection.execute_fetchall(
                "SELECT messages FROM answer WHERE chat = ? AND question = ?", (chat, question)
            )
        except sqlite3.Error as error:
            logger.warning("The database cannot be read: %s", error)
            return []
        return [int(message) for row in rows for message in json.loads(row[0])]

    async def vote(self, chat: int, message: int, person: int, vote: int) -> None:
        """Note what a person thinks of an answer: 1 is good, -1 bad. The last vote counts."""
        values = (chat, message, person, vote, int(time.time()))
        await self._write("INSERT OR REPLACE INTO vote VALUES (?, ?, ?, ?, ?)", values)

    async def votes(self) -> list[tuple[int, int, int, int]]:
        """Return all votes: chat, message, person, vote."""
        assert self._connection is not None
        rows = await self._connection.execute_fetchall("SELECT chat, message, person, vote FROM vote ORDER BY at")
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    async def _write(self, statement: str, values: Sequence[int | str]) -> None:
        assert self._connection is not None
        try:
            await self._connection.execute(statement, values)
            await self._connection.commit()
        except sqlite3.Error as error:
            logger.warning("The database cannot be written: %s", error)
            await self._connection.rollback()

    async def _connect(self, path: Path | str) -> None:
        connection = await aiosqlite.connect(path)
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
            [[version]] = await connection.execute_fetchall("PRAGMA user_version")
            for number, script in enumerate(_SCHEMA[version:], start=version + 1):
                await connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
            now, day = int(time.time()), 24 * 60 * 60
            await connection.execute("DELETE FROM answer WHERE at < ?", (now - _KEEP_DAYS * day,))
            await connection.execute("DELETE FROM inbox WHERE content = '' AND at < ?", (now - _SEEN_DAYS * day,))
            await connection.commit()
            people = await connection.execute_fetchall("SELECT id, language FROM person")
            self._languages = {int(row[0]): str(row[1]) for row in people}
        except BaseException:
            await connection.close()
            raise
        self._connection = connection

    async def _do_without(self, error: Exception) -> None:
        logger.warning("%s cannot be used (%s). What is kept now ends with the bot.", self._path, error)
        await self._connect(":memory:")


def damage(path: Path) -> str:
    """Say what is damaged in a database file, empty if nothing is; the file and those beside it stay as they are.

    Raises sqlite3.Error if it cannot be read.
    """
    # Opened as one that may change, a file that nobody has open would get two more beside it.
    mode = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
    return "" if found == ["ok"] else "; ".join(found)

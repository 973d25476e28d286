"""What has to outlive the process: which messages answer which, what people chose and thought. One SQLite file.

What people ask is deleted after some days (KUTIP_KEEP_QUESTIONS).
"""

import json
import logging
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
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
    """
    ALTER TABLE answer ADD COLUMN person INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE answer ADD COLUMN text TEXT NOT NULL DEFAULT '';
    ALTER TABLE answer ADD COLUMN found INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE answer ADD COLUMN seconds REAL NOT NULL DEFAULT 0;
    CREATE INDEX answer_at ON answer (at);
    CREATE INDEX answer_person ON answer (person);
    """,
    "CREATE TABLE moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);",
    "CREATE TABLE act (at INTEGER NOT NULL, person INTEGER NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL);",
)
"""One script for each version of the schema, which `PRAGMA user_version` counts."""

NAME = "kutip.db"
DAMAGED = f"{NAME}.damaged-"
"""How the name of a file begins that was set aside."""

_LEAST_DAYS = 2  # for which it is kept which messages answer which, for edits of questions
_SEEN_DAYS = 3  # of the numbers of updates; Telegram repeats none after a day


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered: when, in seconds since the epoch, by whom, how, and what people thought of it.

    `seconds` is the time until the answer was sent; `good` and `bad` count the votes. `text` is empty where what people
    ask is not kept.
    """

    at: int
    person: int
    text: str
    found: bool
    seconds: float
    good: int = 0
    bad: int = 0


class Database:
    """All methods belong to the event loop. What cannot be written is in the log, and costs nobody an answer."""

    def __init__(self, data: Path, *, keep_days: int = 30) -> None:
        """`data` is the data folder; nothing is opened yet. `keep_days` of what people ask are kept; 0: none."""
        self._path = data / NAME
        self._keep_days = keep_days
        self._languages: dict[int, str] = {}
        self._moved: dict[int, int] = {}  # by their new ids, the old ones of groups
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
        values = (update, content, int(time.time()))
        return await self._write("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?)", values) != 0

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

    def former_id(self, chat: int) -> int | None:
        """Return the id that a group had before it became a supergroup, if that is known."""
        return self._moved.get(chat)

    async def move_chat(self, old: int, new: int) -> None:
        """Let what is kept of a group belong to the supergroup that it has become."""
        self._moved[new] = old
        await self._write("INSERT OR REPLACE INTO moved VALUES (?, ?)", (old, new))
        await self._write("UPDATE OR REPLACE answer SET chat = ? WHERE chat = ?", (new, old))
        await self._write("UPDATE OR REPLACE vote SET chat = ? WHERE chat = ?", (new, old))

    async def keep_answer(self, chat: int, question: int, messages: Sequence[int], asked: Asked) -> None:
        """Note what was asked, and the messages that answer it, by their ids in its chat, in order."""
        text = asked.text if self._keep_days else ""
        about = (asked.at, asked.person, text, asked.found, asked.seconds)
        await self._write(
            "INSERT OR REPLACE INTO answer (chat, question, messages, at, person, text, found, seconds)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (chat, question, json.dumps(list(messages)), *about),
        )

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

    async def asked(self, since: int) -> list[Asked]:
        """Return what was asked from a time on, in seconds since the epoch, oldest first, with what people thought."""
        assert self._connection is not None
        rows = await self._connection.execute_fetchall(
            """
            SELECT answer.at, answer.person, text, found, seconds, total(vote > 0), total(vote < 0)
            FROM answer, json_each(messages) AS shown
            LEFT JOIN vote ON vote.chat = answer.chat AND vote.message = shown.value
            WHERE answer.at >= ? GROUP BY answer.chat, question ORDER BY answer.at, question
            """,
            (since,),
        )
        return [Asked(row[0], row[1], row[2], bool(row[3]), row[4], int(row[5]), int(row[6])) for row in rows]

    async def note_act(self, person: int, act: str, subject: str = "") -> None:
        """Note what an administrator did, and with which file; this is never deleted."""
        await self._write("INSERT INTO act VALUES (?, ?, ?, ?)", (int(time.time()), person, act, subject))

    async def acts(self) -> list[tuple[int, str, str]]:
        """Return what administrators did, oldest first: person, act, subject."""
        assert self._connection is not None
        rows = await self._connection.execute_fetchall("SELECT person, act, subject FROM act ORDER BY rowid")
        return [(row[0], row[1], row[2]) for row in rows]

    async def forget_person(self, person: int) -> None:
        """Delete what is kept of a person: what they asked, thought and chose."""
        self._languages.pop(person, None)
        for statement in (
            "DELETE FROM answer WHERE person = ?",
            "DELETE FROM vote WHERE person = ?",
            "DELETE FROM person WHERE id = ?",
        ):
            await self._write(statement, (person,))

    async def clean(self) -> None:
        """Delete what has been kept long enough."""
        now, day = int(time.time()), 24 * 60 * 60
        oldest = now - max(self._keep_days, _LEAST_DAYS) * day
        await self._write("DELETE FROM answer WHERE at < ?", (oldest,))
        await self._write("DELETE FROM vote WHERE at < ?", (oldest,))
        await self._write("UPDATE answer SET text = '' WHERE at < ?", (now - self._keep_days * day,))
        await self._write("DELETE FROM inbox WHERE content = '' AND at < ?", (now - _SEEN_DAYS * day,))

    async def _write(self, statement: str, values: Sequence[int | str | float]) -> int | None:
        """Return how many rows were changed; None, after saying so in the log, if it cannot be written."""
        assert self._connection is not None
        try:
            changed = await self._connection.execute(statement, values)
            await self._connection.commit()
        except sqlite3.Error as error:
            logger.warning("The database cannot be written: %s", error)
            await self._connection.rollback()
            return None
        return changed.rowcount

    async def _connect(self, path: Path | str) -> None:
        connection = await aiosqlite.connect(path)
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
            [[version]] = await connection.execute_fetchall("PRAGMA user_version")
            for number, script in enumerate(_SCHEMA[version:], start=version + 1):
                await connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
            people = await connection.execute_fetchall("SELECT id, language FROM person")
            moved = await connection.execute_fetchall("SELECT new, old FROM moved")
            self._moved = {int(row[0]): int(row[1]) for row in moved}
            self._languages = {int(row[0]): str(row[1]) for row in people}
        except BaseException:
            await connection.close()
            raise
        self._connection = connection
        await self.clean()

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

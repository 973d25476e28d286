"""What has to outlive the process: which messages answer which, what people chose and thought. One SQLite file.

What people ask is deleted after some days (KUTIP_KEEP_QUESTIONS).
"""

import json
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.telegram.storage.changes import Changes, UnavailableError
from bot.telegram.storage.sqlite_file import SqliteFile
from bot.telegram.storage.sqlite_schema import SCHEMA

logger = logging.getLogger(__name__)

NAME = "kutip.db"

_LEAST_DAYS = 2  # for which it is kept which messages answer which, for edits of questions
_CLOCKS_APART = 60  # seconds by which this machine's clock may be behind Telegram's before the latter counts
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
    """All methods belong to the event loop. What cannot be written at once waits, and costs nobody an answer."""

    def __init__(
        self,
        data: Path,
        *,
        keep_days: int = 30,
        now: Callable[[], float] = time.time,
        shared: Changes | None = None,
    ) -> None:
        """`data` is the data folder; nothing is opened yet. `keep_days` of what people ask are kept; 0: none.

        `now` is the time in seconds since the epoch; `shared` are the tables of several processes, instead of a file.
        """
        self.is_shared = shared is not None
        self.rows: Changes = shared or SqliteFile(data / NAME, SCHEMA)
        self._keep_days = keep_days
        self._now = now
        self._known = 0  # counts what is learned of the three below
        self._languages: dict[int, str] = {}
        self._moved: dict[int, int] = {}  # by their new ids, the old ones of groups
        self._gone: dict[int, int] = {}  # when chats were found to take no messages, by their ids

    async def index_changed(self, seconds: float) -> None:
        """Wait until another process may have changed the index, at most so long."""
        await self.rows.index_changed(seconds)

    async def open(self) -> None:
        """Open the file, or make it; where none can be, what is kept waits for one."""
        await self.rows.open()
        await self.refresh()
        await self.clean()

    async def refresh(self) -> None:
        """Learn what other processes wrote down, unless that is not possible now or this one is just writing."""
        if self.rows.unwritten:
            return
        known = self._known
        try:
            languages = await self.rows.query(("SELECT id, language FROM person", ()))
            moved = await self.rows.query(("SELECT new, old FROM moved", ()))
            gone = await self.rows.query(("SELECT chat, at FROM gone", ()))
        except UnavailableError as error:
            logger.warning("The database cannot be read: %s", error)
            return
        if known == self._known:
            self._languages, self._moved, self._gone = dict(languages), dict(moved), dict(gone)

    async def close(self) -> None:
        await self.rows.close()

    @property
    def trouble(self) -> str:
        """Why nothing can be written; empty while it can."""
        return self.rows.trouble

    @property
    def unwritten(self) -> int:
        """How many changes wait until they can be written."""
        return self.rows.unwritten

    async def write_again(self) -> None:
        """Write what could not be written before, if that is possible now."""
        was_away = bool(self.trouble)
        await self.rows.write_again()
        if was_away and not self.trouble:
            await self.refresh()

    def time(self) -> int:
        """Return the time in whole seconds since the epoch."""
        return int(self._now())

    async def receive(self, update: int, content: str) -> bool:
        """Write an update down until it is dealt with; False if it came before. What cannot be written is new."""
        values = (update, content, self.time())
        statement = "INSERT INTO inbox (id, content, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
        return await self.rows.write(statement, values) != 0

    async def dealt_with(self, update: int) -> None:
        """Let go of what an update says; its number is kept a while, to know it again."""
        await self.rows.write("UPDATE inbox SET content = '' WHERE id = ?", (update,))

    async def undone(self) -> list[tuple[int, str]]:
        """Return the updates that are not dealt with, each with its number, in order."""
        rows = await self.rows.read("SELECT id, content FROM inbox WHERE content != '' ORDER BY id")
        return [(int(row[0]), str(row[1])) for row in rows]

    @property
    def keeps_questions(self) -> bool:
        """Whether what people ask is kept, beyond its answer."""
        return self._keep_days > 0

    @property
    def days_known(self) -> int:
        """For how many days it is known when something was asked, and how it was answered."""
        return max(self._keep_days, _LEAST_DAYS)

    def language_of(self, person: int) -> str | None:
        """Return the language that a person chose, if they did."""
        return self._languages.get(person)

    async def choose_language(self, person: int, language: str) -> None:
        self._known += 1
        self._languages[person] = language
        await self.rows.write(
            "INSERT INTO person VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET language = excluded.language",
            (person, language),
        )

    def former_id(self, chat: int) -> int | None:
        """Return the id that a group had before it became a supergroup, if that is known."""
        return self._moved.get(chat)

    async def move_chat(self, old: int, new: int) -> None:
        """Know a supergroup as the group that it was; what is kept of that stays with it, as messages count anew."""
        self._known += 1
        self._moved[new] = old
        await self.rows.write(
            "INSERT INTO moved VALUES (?, ?) ON CONFLICT (old) DO UPDATE SET new = excluded.new", (old, new)
        )

    def gone_since(self, chat: int) -> int | None:
        """Return when a chat was found to take no messages, in seconds since the epoch; None if it takes them."""
        return self._gone.get(chat)

    async def mark_gone(self, chat: int, at: float | None = None) -> None:
        """Note that a chat takes no messages, from now or a time on: the bot is blocked, or was sent away."""
        self._known += 1
        self._gone[chat] = self.time() if at is None else min(int(at), self.time())
        await self.rows.write(
            "INSERT INTO gone VALUES (?, ?) ON CONFLICT (chat) DO UPDATE SET at = excluded.at",
            (chat, self._gone[chat]),
        )

    async def mark_back(self, chat: int) -> None:
        """Note that a chat takes messages again."""
        if self._gone.pop(chat, None) is not None:
            self._known += 1
            await self.rows.write("DELETE FROM gone WHERE chat = ?", (chat,))

    async def keep_answer(self, chat: int, question: int, messages: Sequence[int], asked: Asked) -> None:
        """Note what was asked, and the messages that answer it, by their ids in its chat, in order."""
        text = asked.text if self._keep_days else ""
        about = (asked.at, asked.person, text, asked.found, asked.seconds)
        await self.rows.write(
            "INSERT INTO answer (chat, question, messages, at, person, text, found, seconds)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (chat, question) DO UPDATE SET"
            " messages = excluded.messages, at = excluded.at, person = excluded.person, text = excluded.text,"
            " found = excluded.found, seconds = excluded.seconds",
            (chat, question, json.dumps(list(messages)), *about),
        )

    async def keep_messages(self, chat: int, question: int, messages: Sequence[int]) -> None:
        """Note that other messages stand now where a question was answered."""
        statement = "UPDATE answer SET messages = ? WHERE chat = ? AND question = ?"
        await self.rows.write(statement, (json.dumps(list(messages)), chat, question))

    async def answer_to(self, chat: int, question: int, asked: float) -> list[int]:
        """Return the ids of the messages that answer a question, in order; none if it is not known to be answered.

        `asked` is when: what was answered before is another bot's, whose messages had the same numbers.
        """
        rows = await self.rows.read(
            "SELECT messages FROM answer WHERE chat = ? AND question = ? AND at >= ?",
            (chat, question, int(asked) - _CLOCKS_APART),
        )
        return [int(message) for row in rows for message in json.loads(row[0])]

    async def vote(self, chat: int, message: int, person: int, vote: int) -> None:
        """Note what a person thinks of an answer: 1 is good, -1 bad. The last vote counts."""
        await self.rows.write(
            "INSERT INTO vote VALUES (?, ?, ?, ?, ?) ON CONFLICT (chat, message, person) DO UPDATE SET"
            " vote = excluded.vote, at = excluded.at",
            (chat, message, person, vote, self.time()),
        )

    async def asked(self, since: int) -> list[Asked]:
        """Return what was asked from a time on, in seconds since the epoch, oldest first, with what people thought."""
        votes: dict[tuple[int, int], list[int]] = {}
        for chat, message, vote in await self.rows.read("SELECT chat, message, vote FROM vote WHERE at >= ?", (since,)):
            votes.setdefault((chat, message), []).append(vote)
        rows = await self.rows.read(
            "SELECT chat, messages, at, person, text, found, seconds FROM answer WHERE at >= ? ORDER BY at, question",
            (since,),
        )
        found = []
        for chat, messages, at, person, text, answered, seconds in rows:
            if not (shown := json.loads(messages)):  # the answer reached nobody
                continue
            thought = [vote for message in shown for vote in votes.get((chat, message), [])]
            good, bad = sum(vote > 0 for vote in thought), sum(vote < 0 for vote in thought)
            found.append(Asked(at, person, text, bool(answered), seconds, good, bad))
        return found

    async def note_act(self, person: int, act: str, subject: str = "") -> None:
        """Note what an administrator did, and with which file; this is never deleted."""
        statement = "INSERT INTO act (at, person, act, subject) VALUES (?, ?, ?, ?)"
        await self.rows.write(statement, (self.time(), person, act, subject))

    async def acts(self) -> list[tuple[int, str, str]]:
        """Return what administrators did, oldest first: person, act, subject."""
        rows = await self.rows.read("SELECT person, act, subject FROM act ORDER BY rowid")
        return [(row[0], row[1], row[2]) for row in rows]

    async def forget_person(self, person: int) -> None:
        """Delete what is kept of a person: what they asked, thought and chose."""
        self._known += 1
        self._languages.pop(person, None)
        self._gone.pop(person, None)
        for statement in (
            "DELETE FROM gone WHERE chat = ?",
            "DELETE FROM answer WHERE person = ?",
            "DELETE FROM vote WHERE person = ?",
            "DELETE FROM person WHERE id = ?",
        ):
            await self.rows.write(statement, (person,))

    async def clean(self) -> None:
        """Delete what has been kept long enough."""
        now, day = self.time(), 24 * 60 * 60
        await self.rows.clean(oldest := now - self.days_known * day)
        await self.rows.write("DELETE FROM answer WHERE at < ?", (oldest,))
        await self.rows.write("DELETE FROM vote WHERE at < ?", (oldest,))
        await self.rows.write("UPDATE answer SET text = '' WHERE at < ?", (now - self._keep_days * day,))
        await self.rows.write("DELETE FROM inbox WHERE content = '' AND at < ?", (now - _SEEN_DAYS * day,))
        await self.rows.write("DELETE FROM gone WHERE at < ?", (now - _SEEN_DAYS * day,))
        self._gone = {chat: at for chat, at in self._gone.items() if at >= now - _SEEN_DAYS * day}

"""Telegram and the desk as the handlers see them: a transport that answers, documents that obey the test."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, cast

import numpy as np
from telegram import Update
from telegram._utils.types import ODVInput
from telegram.error import TimedOut
from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest, RequestData

from bot.settings import Settings
from bot.telegram.alarm import Alarm
from bot.telegram.desk import Desk
from bot.telegram.handlers import Handlers
from bot.telegram.storage.database import Database
from bot.texts import Texts
from retrieval.answering import Snapshot
from retrieval.embedding.embedder import Vectors
from retrieval.index.protocols import DOCUMENT, FileRecord
from retrieval.receipts import Cause, Progress, Receipt
from retrieval.values import Answer, Citation, Document, Source, Suggestion, Turn
from tests.bot_api import Json, bot_api_entities, tdlib

TOKEN = "123456:TEST"
ADMIN, ANA, STRANGER = 1, 42, 666
QUOTE = "The notice period is three months."
KEY = "80098ZQaagXGxfMA"
LEASE = Document("lease.md", "The lease", f"{QUOTE} It may be longer.", markdown=True, date="2020", source="The owner")


CITATION = Citation(1, QUOTE, 0, len(QUOTE), LEASE, after="It may be longer.", key=KEY)


SUGGESTED = ("How long is the notice period?", "May it be longer?")
"""The questions that the lease names."""


OTHERS = tuple(
    Citation(number, "It may be longer.", 35, 52, LEASE, before=QUOTE, key=f"80098ZQaagXGxfM{number}")
    for number in (2, 3)
)
"""Citations that no answer shows at first."""


def answer_to(question: str) -> Answer:
    """Make the one answer that the fake desk knows."""
    return Answer(question, (CITATION,), (), 0.9, 0.01)


@dataclass(frozen=True, slots=True)
class Refusal:
    """How Telegram refuses a call; with the status 0 it takes it and does not say so in time."""

    status: int
    description: str
    parameters: Json | None = None


class FakeTelegram(BaseRequest):
    """Answers every call as Telegram does, and writes it down. No HTTP."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Json]] = []
        self.content: bytes | None = b"The lease ends in May."  # of every file that people send; None: there is none
        self._refusals: dict[str, list[Refusal]] = {}
        self.ids = itertools.count(1_000)
        self._called = asyncio.Event()

    @property
    def read_timeout(self) -> float:
        return 1

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = None,
        write_timeout: ODVInput[float] = None,
        connect_timeout: ODVInput[float] = None,
        pool_timeout: ODVInput[float] = None,
    ) -> tuple[int, bytes]:
        await asyncio.sleep(0)  # as with a network, others come first
        name = url.rpartition("/")[2]
        if "/file/bot" in url:
            refused = json.dumps({"ok": False, "error_code": 404, "description": "Not Found"}).encode()
            return (404, refused) if self.content is None else (200, self.content)
        sent: Json = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, sent))
        self._called.set()
        if refusals := self._refusals.get(name):
            refusal = refusals.pop(0)
            if not refusal.status:
                self._result(name, sent)
                raise TimedOut
            body: Json = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            body |= {"parameters": refusal.parameters} if refusal.parameters else {}
            return refusal.status, json.dumps(body).encode()
        return 200, json.dumps({"ok": True, "result": self._result(name, sent)}).encode()

    def refuse(self, method: str, status: int, description: str, parameters: Json | None = None) -> None:
        """Refuse the next call of a method that is not refused already."""
        self._refusals.setdefault(method, []).append(Refusal(status, description, parameters))

    def be_late(self, method: str) -> None:
        """Let the next call of a method arrive, but not say so in time."""
        self.refuse(method, 0, "")

    def called(self, method: str) -> list[Json]:
        """List what the calls of a method sent."""
        return [sent for name, sent in self.calls if name == method]

    async def until_called(self, method: str, count: int = 1) -> Json:
        """Wait for the call of a method with this number, and return what it sent."""
        async with asyncio.timeout(10):
            while len(self.called(method)) < count:
                self._called.clear()
                await self._called.wait()
        return self.called(method)[count - 1]

    def _result(self, method: str, sent: Json) -> Any:
        if method == "getMe":
            return {"id": 123456, "is_bot": True, "first_name": "Kutip", "username": "kutip_bot"}
        if method == "getFile":
            return {"file_id": "f", "file_unique_id": "f", "file_path": "documents/file_1"}
        if method in ("sendPhoto", "sendDocument"):
            return {"message_id": next(self.ids), "date": 0, "chat": {"id": sent["chat_id"], "type": "private"}}
        if method in ("sendMessage", "editMessageText") and "chat_id" in sent:
            chat = {"id": sent["chat_id"], "type": "private"}
            message_id = sent.get("message_id") or next(self.ids)
            return {"message_id": message_id, "date": 0, "chat": chat, "text": sent["text"]}
        return True


@dataclass(frozen=True, slots=True)
class FakeIndex:
    """The part of an index that the handlers look at."""

    listed: tuple[tuple[Document, int], ...] = ((LEASE, 1),)

    @property
    def document_count(self) -> int:
        return len(self.listed)

    @property
    def newest_date(self) -> str | None:
        return max(filter(None, (document.date for document, _ in self.listed)), default=None)

    @property
    def passage_count(self) -> int:
        return sum(passages for _, passages in self.listed)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class FakeSnapshot:
    index: FakeIndex = field(default_factory=FakeIndex)

    def find(self, key: str) -> Citation | None:
        return next((one for one in (CITATION, *OTHERS) if one.key == key), None)

    def sources(self, first: int, count: int) -> list[Source]:
        return [Source(document, passages, KEY) for document, passages in self.index.listed[first : first + count]]

    def sources_named(self, name: str, count: int, *, first: int = 0) -> list[Source]:
        named = [one for one in self.sources(0, len(self.index.listed)) if name in one.document.title]
        return named[first : first + count]

    def suggested(self, key: str, number: int) -> str | None:
        return SUGGESTED[number] if number < len(SUGGESTED) else None

    def beside(self, key: str) -> tuple[str | None, str | None]:
        return (None, OTHERS[0].key) if key == KEY else (KEY, None)


class FakeDesk(Desk):
    """A desk whose snapshot, progress and troubles the test sets; a reload lasts until the test ends it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.befores: list[Turn | None] = []
        self.trouble: Exception | None = None
        self.ready_trouble: Exception | None = None
        self.answer_to: Callable[[str], Answer] = answer_to
        self.files: dict[str, Path] = {}
        self.suggestions: dict[str, list[Suggestion]] = {}
        self.reloads = self.rollbacks = 0
        self.found: FileRecord | None = FileRecord("", "", "", DOCUMENT)  # of every file that was sent
        self.namesakes: list[FileRecord] = []
        self.current: FakeSnapshot | None = FakeSnapshot()
        self.reading: Progress | None = None
        self.reload: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()

    @property
    def snapshot(self) -> Snapshot | None:
        return cast("Snapshot | None", self.current)

    @property
    def progress(self) -> Progress | None:
        return self.reading

    async def ready(self) -> Snapshot | None:
        if self.ready_trouble:
            raise self.ready_trouble
        return self.snapshot

    async def ask(self, question: str, before: Turn | None = None) -> Answer:
        self.asked.append(question)
        self.befores.append(before)
        await asyncio.sleep(0)
        if self.trouble:
            raise self.trouble
        return self.answer_to(question)

    async def ask_at_once(self, question: str) -> Answer:
        return await self.ask(question)

    async def examples(self, language: str) -> list[Suggestion]:
        return self.suggestions.get(language, [])

    async def file_of(self, document: str) -> Path | None:
        return self.files.get(document)

    async def found_sent(self, name: str) -> tuple[FileRecord | None, list[FileRecord]]:
        return self.found, self.namesakes

    async def update(self, cause: Cause = Cause.ASKED) -> Receipt:
        self.reloads += 1
        return await self.reload

    async def embed(self, questions: Sequence[str]) -> Vectors:
        known = list(dict.fromkeys(questions))
        return np.eye(len(known), dtype=np.float32)[[known.index(question) for question in questions]]

    async def roll_back(self) -> Snapshot:
        self.rollbacks += 1
        if self.trouble:
            raise self.trouble
        self.current = FakeSnapshot(FakeIndex(listed=((LEASE, 1), (LEASE, 2))))
        return cast("Snapshot", self.current)

    def why_not_ready(self, texts: Texts) -> str:
        return "Not ready."


class Talk:
    """A bot with a fake desk behind a fake Telegram, and people who write to it."""

    def __init__(self, **settings: Any) -> None:
        self.telegram = FakeTelegram()
        self.desk = FakeDesk()
        self.languages: dict[int, str] = {}  # of people's Telegram
        self._folder = TemporaryDirectory()
        self.data = Path(self._folder.name)
        self._settings = Settings.model_construct(admins=frozenset({ADMIN}), data=self.data, **settings)
        self._ids = itertools.count(1)
        self._begin()

    def _begin(self) -> None:
        self.application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().token(TOKEN).request(self.telegram).get_updates_request(FakeTelegram()).build()
        )
        self.database = Database(self.data)
        alarm = Alarm(self.application.bot, self._settings, self.database)
        self.handlers = Handlers(self._settings, self.desk, self.database, alarm)
        self.handlers.add_to(self.application)

    async def __aenter__(self) -> Self:
        await self.application.initialize()
        await self.database.open()
        self.telegram.calls.clear()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.application.shutdown()
        await self.database.close()
        self._folder.cleanup()

    async def hears(
        self,
        text: str | None = None,
        *,
        user: int = ANA,
        chat: int | None = None,
        kind: str = "message",
        **fields: Any,
    ) -> int:
        """Let a message arrive, handle it, and return its id; in the supergroup `chat`, else in private."""
        number = next(self._ids)
        place: Json = {"id": user, "type": "private", "first_name": "Ana"}
        if chat is not None:
            place = {"id": chat, "type": "supergroup", "title": "Group"}
        sender = {"id": user, "is_bot": False, "first_name": "Ana", "language_code": self.languages.get(user)}
        message: Json = {"message_id": number, "date": int(time.time()), "chat": place, "from": sender}
        if text is not None:
            entities = bot_api_entities(tdlib("getTextEntities", text=text))
            message |= {"text": text, "entities": entities or []}
        update = Update.de_json({"update_id": number, kind: message | fields}, self.application.bot)
        await self.application.process_update(update)
        return number

    async def edits(self, message: int, text: str, *, user: int = ANA, chat: int | None = None, **fields: Any) -> None:
        """Let a message, by its id, be edited to a text."""
        fields = {"edit_date": int(time.time()), **fields, "message_id": message}
        await self.hears(text, user=user, chat=chat, kind="edited_message", **fields)

    async def restart(self) -> None:
        """Let the bot be stopped and started: what it had only in memory is gone."""
        await self.database.close()
        await self.application.shutdown()
        self._begin()
        await self.application.initialize()
        await self.database.open()

    async def is_killed(self) -> None:
        """Let the bot be killed in whatever it does, and started, and go on with what it had not told to its end."""
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self.desk.reload = asyncio.get_running_loop().create_future()
        await self.restart()
        await self.handlers.go_on(self.application.bot)

    async def presses(
        self, data: str, *, user: int = ANA, chat: int | None = None, message: int | None = None, date: int = 1
    ) -> int:
        """Let somebody press a button with this data, and return the id of the message that it is below.

        A message of the date 0 is one that Telegram does not show to the bot any more.
        """
        number = message or next(self._ids)
        place: Json = {"id": user, "type": "private", "first_name": "Ana"}
        if chat is not None:
            place = {"id": chat, "type": "supergroup", "title": "Group"}
        bot = {"id": 123456, "is_bot": True, "first_name": "Kutip"}
        query: Json = {"id": str(number), "chat_instance": "1", "data": data}
        query["from"] = {"id": user, "is_bot": False, "first_name": "Ana", "language_code": self.languages.get(user)}
        query["message"] = {"message_id": number, "date": date, "chat": place, "from": bot, "text": "An answer."}
        update = Update.de_json({"update_id": number, "callback_query": query}, self.application.bot)
        await self.application.process_update(update)
        return number

    async def types(self, query: str, *, user: int = ANA) -> None:
        """Let somebody type `@bot query` in some chat."""
        number = next(self._ids)
        sender = {"id": user, "is_bot": False, "first_name": "Ana", "language_code": self.languages.get(user)}
        told = {"id": str(number), "from": sender, "query": query, "offset": ""}
        update = Update.de_json({"update_id": number, "inline_query": told}, self.application.bot)
        await self.application.process_update(update)

    async def settles(self) -> None:
        """Wait until everything that a handler has started is over."""
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(others, timeout=10)

    @property
    def said(self) -> list[str]:
        """The HTML of the messages that the bot sent, in order."""
        return [sent["text"] for sent in self.telegram.called("sendMessage")]

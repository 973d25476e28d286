"""Updates on their way: none is lost with the process, none is handled twice, each chat's keep their order."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from telegram import Bot, Update

from bot.telegram.storage.database import Database
from bot.telegram.storage.inbox import ChatOrder, Inbox
from tests.bot_api import Json

BOT = Bot("123456:TEST")


def update(chat: int, id: int = 1, kind: str = "message") -> Update:
    content: Json = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}, "text": "a"}
    if kind == "inline_query":
        content = {"id": "1", "from": {"id": chat, "is_bot": False, "first_name": "A"}, "query": "a", "offset": ""}
    made: Update = Update.de_json({"update_id": id, kind: content}, BOT)
    return made


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(tmp_path)
    await database.open()
    yield database
    await database.close()


def pinned(id: int) -> Update:
    """Make the note that a message was pinned of which the bot sees nothing."""
    chat = {"id": -100, "type": "supergroup", "title": "Group"}
    hidden = {"message_id": 3, "date": 0, "chat": chat}
    made: Update = Update.de_json({"update_id": id, "message": hidden | {"date": 1, "pinned_message": hidden}}, BOT)
    return made


async def restored(database: Database) -> list[object]:
    """Return what is there after the next start."""
    inbox = Inbox(database)
    await inbox.restore(BOT)
    return [inbox.get_nowait() for _ in range(inbox.qsize())]


# What is lost with the process


async def test_what_is_restored_while_it_is_written_down_is_taken_once(database: Database) -> None:
    inbox = Inbox(database)
    receive = database.receive

    async def receive_and_restore(update: int, content: str) -> bool:
        new = await receive(update, content)
        await inbox.restore(BOT)
        return new

    database.receive = receive_and_restore  # type: ignore[method-assign]
    await inbox.put(update(1))
    assert inbox.qsize() == 1


async def test_what_is_not_dealt_with_is_there_after_the_next_start(database: Database) -> None:
    inbox = Inbox(database)
    order = ChatOrder(inbox)
    updates = [update(1, 7), update(2, 8, "edited_message"), update(1, 9)]
    for one in updates:
        await inbox.put(one)
    assert await restored(database) == updates
    await order.process_update(updates[1], nothing())
    assert await restored(database) == [updates[0], updates[2]]


async def test_an_update_with_a_message_that_the_bot_cannot_see_is_written_down(database: Database) -> None:
    await Inbox(database).put(pinned(7))
    [again] = await restored(database)
    assert again == pinned(7)
    assert isinstance(again, Update) and again.message and again.message.pinned_message
    assert not again.message.pinned_message.is_accessible


@pytest.mark.parametrize("content", ["no JSON", '{"update_id": 8, "message": {"message_id": 1}}'])
async def test_what_was_written_down_and_cannot_be_read_any_more_is_let_go(
    content: str, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await database.receive(7, content)
    await Inbox(database).put(update(1, 9))
    assert await restored(database) == [update(1, 9)]
    assert await database.undone() == [(9, update(1, 9).to_json())]
    assert "An update cannot be read, and is let go." in caplog.text


async def test_what_comes_again_is_dropped_also_when_it_is_dealt_with(database: Database) -> None:
    inbox = Inbox(database)
    order = ChatOrder(inbox)
    for _ in range(2):
        await inbox.put(update(1, 7))
    assert inbox.qsize() == 1
    await order.process_update(update(1, 7), nothing())
    await inbox.put(update(1, 7))
    assert inbox.qsize() == 1


async def test_nothing_of_a_message_is_kept_once_it_is_dealt_with(database: Database, tmp_path: Path) -> None:
    await Inbox(database).put(update(1, 7))
    await ChatOrder(Inbox(database)).process_update(update(1, 7), nothing())
    with closing(sqlite3.connect(tmp_path / "kutip.db")) as file:
        assert list(file.execute("SELECT id, content FROM inbox")) == [(7, "")]


async def test_inline_queries_are_not_written_down(database: Database) -> None:
    inbox = Inbox(database)
    await inbox.put(update(1, 7, "inline_query"))
    assert inbox.qsize() == 1
    assert await restored(database) == []


async def test_an_update_that_cannot_be_written_down_is_handled(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    inbox = Inbox(database)
    with closing(sqlite3.connect(tmp_path / "kutip.db")) as another:
        another.execute("BEGIN IMMEDIATE")
        await inbox.put(update(1, 7))
        await inbox.put(update(1, 7))  # Telegram may repeat it also now
        assert inbox.qsize() == 1
        assert "The database cannot be written: database is locked." in caplog.text
    await database.write_again()
    assert await restored(database) == [update(1, 7)]


async def test_what_waits_in_a_file_that_could_not_be_used_at_the_start_is_taken_later(tmp_path: Path) -> None:
    first = Database(tmp_path)
    await first.open()
    await Inbox(first).put(update(1, 7))
    await first.close()
    (tmp_path / "kutip.db").rename(tmp_path / "kept.db")
    (tmp_path / "kutip.db").mkdir()
    database = Database(tmp_path)
    await database.open()
    inbox = Inbox(database)
    await inbox.restore(BOT)
    await inbox.put(update(1, 8))
    (tmp_path / "kutip.db").rmdir()
    (tmp_path / "kept.db").rename(tmp_path / "kutip.db")
    await database.write_again()
    await inbox.restore(BOT)
    await inbox.restore(BOT)
    assert [inbox.get_nowait() for _ in range(inbox.qsize())] == [update(1, 8), update(1, 7)]
    assert (database.trouble, inbox.waiting) == ("", 2)
    await database.close()


async def test_when_there_are_too_many_updates_telegram_keeps_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.storage.inbox.MOST_WAITING", 2)
    inbox = Inbox(database)
    order = ChatOrder(inbox)
    for number in (1, 2):
        await inbox.put(update(1, number))
    third = asyncio.create_task(inbox.put(update(1, 3)))
    await asyncio.sleep(0.05)
    assert (inbox.is_full, inbox.waiting, third.done()) == (True, 2, False)
    await order.process_update(update(1, 1), nothing())
    async with asyncio.timeout(10):
        await third
    assert (inbox.waiting, inbox.qsize()) == (2, 3)


async def test_what_is_cancelled_is_not_dealt_with(database: Database) -> None:
    await Inbox(database).put(update(1, 7))
    order = ChatOrder(Inbox(database))
    task = asyncio.create_task(order.process_update(update(1, 7), asyncio.sleep(60)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(await restored(database)) == 1


async def test_after_the_grace_time_what_is_in_hand_is_left_for_the_next_start(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.storage.inbox._GRACE", 0.2)
    inbox = Inbox(database)
    order = ChatOrder(inbox)
    for chat in (1, 2):
        await inbox.put(update(chat, chat))
    quick = asyncio.create_task(order.process_update(update(1, 1), asyncio.sleep(0.01)))
    slow = asyncio.create_task(order.process_update(update(2, 2), asyncio.sleep(60)))
    await asyncio.sleep(0)
    order.give_grace()
    await quick
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert await restored(database) == [update(2, 2)]


async def nothing() -> None:
    pass


# Order


async def test_updates_of_one_chat_are_handled_in_order_and_other_chats_beside_them(database: Database) -> None:
    order = ChatOrder(Inbox(database))
    begun: list[str] = []
    ended: list[str] = []
    may_end = {name: asyncio.Event() for name in ("first", "second", "other")}
    noticed = asyncio.Event()

    async def handle(name: str) -> None:
        begun.append(name)
        noticed.set()
        await may_end[name].wait()
        ended.append(name)

    async with asyncio.timeout(10), order:
        first = asyncio.create_task(order.process_update(update(1), handle("first")))
        second = asyncio.create_task(order.process_update(update(1), handle("second")))
        other = asyncio.create_task(order.process_update(update(2), handle("other")))
        may_end["other"].set()
        await other
        assert (begun, ended) == (["first", "other"], ["other"])
        may_end["second"].set()
        may_end["first"].set()
        await first
        await second
    assert ended == ["other", "first", "second"]


async def test_an_update_that_fails_lets_the_next_one_of_its_chat_through(database: Database) -> None:
    async def fail() -> None:
        raise RuntimeError("handler")

    async def succeed() -> None:
        done.set()

    done = asyncio.Event()
    async with asyncio.timeout(10), ChatOrder(Inbox(database)) as order:
        with pytest.raises(RuntimeError, match="handler"):
            await order.process_update(update(1), fail())
        await order.process_update(update(1), succeed())
    assert done.is_set()


async def test_what_is_no_update_of_a_chat_is_handled_at_once(database: Database) -> None:
    done = asyncio.Event()

    async def handle() -> None:
        done.set()

    async with asyncio.timeout(10), ChatOrder(Inbox(database)) as order:
        await order.process_update("anything", handle())
    assert done.is_set()

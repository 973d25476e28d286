"""The bot's process: in which order updates are handled, and what its log holds."""

import asyncio
import logging
import sys

import pytest
from telegram import Update

from bot.application import ChatOrder, _WithoutToken


def update(chat: int) -> Update:
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}, "text": "a"}
    made: Update = Update.de_json({"update_id": 1, "message": message})
    return made


async def test_updates_of_one_chat_are_handled_in_order_and_other_chats_beside_them() -> None:
    order = ChatOrder()
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


async def test_an_update_that_fails_lets_the_next_one_of_its_chat_through() -> None:
    async def fail() -> None:
        raise RuntimeError("handler")

    async def succeed() -> None:
        done.set()

    done = asyncio.Event()
    async with asyncio.timeout(10), ChatOrder() as order:
        with pytest.raises(RuntimeError, match="handler"):
            await order.process_update(update(1), fail())
        await order.process_update(update(1), succeed())
    assert done.is_set()


async def test_what_is_no_update_of_a_chat_is_handled_at_once() -> None:
    done = asyncio.Event()

    async def handle() -> None:
        done.set()

    async with asyncio.timeout(10), ChatOrder() as order:
        await order.process_update("anything", handle())
    assert done.is_set()


def test_the_log_leaves_the_token_out_of_messages_arguments_and_tracebacks() -> None:
    try:
        raise RuntimeError("https://api.telegram.org/bot123456:SECRET/getMe")
    except RuntimeError:
        caught = sys.exc_info()
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "It is %s.", ("123456:SECRET",), caught)
    line = _WithoutToken("123456:SECRET").format(record)
    assert "SECRET" not in line
    assert "ERROR It is <token>." in line
    assert line.endswith("RuntimeError: https://api.telegram.org/bot<token>/getMe")

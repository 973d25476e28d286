"""Updates on their way: written down before Telegram hears that they arrived, then handled in order, chat by chat.

What is not dealt with when the process ends, or is killed, is handled after the next start.
"""

import asyncio
import json
import logging
from typing import Any
from weakref import WeakValueDictionary

from cachetools import LRUCache
from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.api.updates import as_json
from bot.telegram.storage.database import Database

logger = logging.getLogger(__name__)

MOST_WAITING = 10_000  # updates that have come and are not dealt with; beyond, Telegram keeps them
_GRACE = 20  # seconds in which what is in hand may end when the bot is told to stop


class Inbox(asyncio.Queue[object]):
    """The queue between what fetches updates and what handles them. It takes an update when it is written down."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._waiting: set[int] = set()  # the numbers of updates
        self._dealt_with: LRUCache[int, bool] = LRUCache(MOST_WAITING)  # theirs too
        self._room = asyncio.Event()
        self._room.set()

    @property
    def waiting(self) -> int:
        """How many updates have come and are not dealt with."""
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= MOST_WAITING

    async def put(self, item: object) -> None:
        """Take an update, when there is room; one that came before is dropped.

        Inline queries, which nobody waits for long, are not written down.
        """
        if not isinstance(item, Update):
            await super().put(item)
            return
        await self._room.wait()
        if self._knows(item.update_id):
            return
        new = item.inline_query or await self._database.receive(item.update_id, as_json(item))
        if new and not self._knows(item.update_id):  # it may be restored as soon as it is written down
            await self._take(item)

    def _knows(self, number: int) -> bool:
        return number in self._waiting or number in self._dealt_with

    async def offer(self, item: object) -> bool:
        """Take an update, as `put` does; False if that is not possible now."""
        if self.is_full:
            return False
        await self.put(item)
        return True

    def begin(self) -> None:
        """Begin to take what others may take too."""

    def stop(self) -> None:
        """Take no more of what others may take."""

    async def close(self) -> None:
        """Leave to others what this process has not dealt with."""

    async def dealt_with(self, update: Update) -> None:
        """Let go of an update."""
        self._waiting.discard(update.update_id)
        self._dealt_with[update.update_id] = True
        if not self.is_full:
            self._room.set()
        if not update.inline_query:
            await self._database.dealt_with(update.update_id)

    async def _take(self, update: Update) -> None:
        self._waiting.add(update.update_id)
        if self.is_full:
            self._room.clear()
        await super().put(update)

    async def restore(self, bot: Bot) -> None:
        """Take again what was written down before and is not dealt with, in order."""
        undone = await self._database.undone()
        before = [one for one in undone if not self._knows(one[0])]
        for number, content in before:
            await self._take_written(number, content, bot)
        if before:
            logger.info("%d updates from before are handled now.", len(before))

    async def _take_written(self, number: int, content: str, bot: Bot | None) -> None:
        """Take an update that was written down; one that cannot be read any more is let go."""
        try:
            update = Update.de_json(json.loads(content), bot)
        except Exception:
            logger.exception("An update cannot be read, and is let go.")
            await self._database.dealt_with(number)
            return
        await self._take(update)


class ChatOrder(BaseUpdateProcessor):
    """Handles the updates of one chat in their order, and different chats side by side."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(2 * MOST_WAITING)  # more than there can be: what waits for its turn holds up nobody else
        self._inbox = inbox
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._handling: set[asyncio.Task[Any]] = set()

    async def do_process_update(self, update: object, coroutine: Any) -> None:
        """Handle an update, and note that it is dealt with, unless it is cancelled."""
        task = asyncio.current_task()
        assert task is not None
        self._handling.add(task)
        task.add_done_callback(self._handling.discard)
        chat = update.effective_chat if isinstance(update, Update) else None
        lock = self._locks.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()
        try:
            async with lock:
                await coroutine
        except asyncio.CancelledError:
            coroutine.close()
            raise
        except BaseException:
            await self._deal_with(update)
            raise
        await self._deal_with(update)

    async def _deal_with(self, update: object) -> None:
        if isinstance(update, Update):
            await self._inbox.dealt_with(update)

    def give_grace(self) -> None:
        """Let what is in hand end within the grace time; the rest is handled after the next start."""
        asyncio.get_running_loop().call_later(_GRACE, self._cancel)

    def _cancel(self) -> None:
        for task in self._handling:
            task.cancel()

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

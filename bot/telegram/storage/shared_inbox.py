"""One inbox for several processes of a bot: each update is handled by one of them, in its chat's order.

An update is written down by the process that it comes to, and taken by whichever is free, for a while that goes on as
long as that process lives. Of a process that died, the others take what it held when that while is over.
"""

import asyncio
import logging
import time
from contextlib import suppress
from uuid import uuid4

from telegram import Bot, Update

from bot.telegram.api.updates import as_json
from bot.telegram.storage.changes import UnavailableError
from bot.telegram.storage.database import Database
from bot.telegram.storage.inbox import Inbox
from bot.telegram.storage.postgres_tables import PostgresTables

logger = logging.getLogger(__name__)

_HELD = 100  # updates that a process has in hand at once
_LOOK_SECONDS = 1.0  # between two looks for what others left
_LEASE_SECONDS = 20  # after which what a process holds is taken by others, unless it says that it lives
_RENEW_SECONDS = 5.0
_CAREFUL_SECONDS = 10.0  # after the database was away, in which the others may say that they live
_LOCK = 7_209_872  # of who takes updates: one process at a time looks which are free

_PUT = """
    INSERT INTO inbox (id, content, at, chat) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_TAKE = f"""
    UPDATE inbox SET owner = ?, leased_until = now() + interval '{_LEASE_SECONDS} seconds' WHERE id IN (
        SELECT id FROM inbox AS one
        WHERE content <> '' AND leased_until < now() AND (owner = '' OR ?) AND NOT EXISTS (
            SELECT FROM inbox AS other WHERE other.chat = one.chat AND other.content <> ''
            AND (other.id < one.id OR other.leased_until >= now()) AND other.id <> one.id
        )
        ORDER BY id LIMIT ?
    ) AND content <> '' AND leased_until < now() RETURNING id, content
"""
_RENEW = f"""
    UPDATE inbox SET leased_until = now() + interval '{_LEASE_SECONDS} seconds'
    WHERE owner = ? AND content <> '' AND id = ANY(?::bigint[])
"""
_LEAVE = "UPDATE inbox SET owner = '', leased_until = '-infinity' WHERE owner = ? AND content <> ''"


class SharedInbox(Inbox):
    """The queue of one of several processes; it holds what this one has taken."""

    def __init__(self, database: Database, tables: PostgresTables) -> None:
        super().__init__(database)
        self._tables = tables
        self._owner = uuid4().hex
        self._wanted = asyncio.Event()
        self._taking: asyncio.Task[None] | None = None
        self._held: set[int] = set()  # numbers of updates, until it is written down that they are dealt with
        self._renewed = 0.0
        self._careful_until = 0.0
        self._most = _HELD
        self._bot: Bot | None = None

    async def put(self, item: object) -> None:
        """Write an update down, as soon as the database can be written; one that came before is dropped."""
        while not await self.offer(item):
            await asyncio.sleep(_LOOK_SECONDS)

    async def offer(self, item: object) -> bool:
        """Write an update down; False if that is not possible now."""
        if not isinstance(item, Update) or item.inline_query:
            await super().put(item)
            return True
        chat = item.effective_chat.id if item.effective_chat else -item.update_id  # what is of no chat waits for none
        try:
            await self._tables.query((_PUT, (item.update_id, as_json(item), self._database.time(), chat)))
        except UnavailableError:
            return False
        self._wanted.set()
        return True

    async def dealt_with(self, update: Update) -> None:
        """Let go of an update, and look for the next."""
        await super().dealt_with(update)
        self._wanted.set()

    async def restore(self, bot: Bot) -> None:
        """Remember whose updates they are; they are taken from `begin` on."""
        self._bot = bot

    def begin(self) -> None:
        """Begin to take updates."""
        self._taking = self._taking or asyncio.create_task(self._take_for_ever())

    def stop(self) -> None:
        """Take no more updates; what is in hand stays this process's."""
        self._most = 0

    async def close(self) -> None:
        """Leave to others what this process has not dealt with."""
        if not self._taking:
            return
        self._taking.cancel()
        with suppress(asyncio.CancelledError):
            await self._taking
        await self._tables.write_again()
        if not self._tables.unwritten:  # otherwise others would handle again what is dealt with
            with suppress(UnavailableError):
                await self._tables.query((_LEAVE, (self._owner,)))

    async def _take_for_ever(self) -> None:
        while True:
            try:
                await self._take_some()
            except UnavailableError:
                self._careful_until = time.monotonic() + _CAREFUL_SECONDS
                await asyncio.sleep(_LOOK_SECONDS)
            except Exception:
                logger.exception("No updates could be taken.")
                await asyncio.sleep(_LOOK_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):  # wait_for may swallow that it is cancelled
                    await self._wanted.wait()

    async def _take_some(self) -> None:
        """Take what is free, as far as there is room, and say that this process lives."""
        self._wanted.clear()
        if self._tables.trouble:
            await self._tables.write_again()
        if not self._tables.unwritten:
            self._held &= self._waiting
        if time.monotonic() - self._renewed > _RENEW_SECONDS:
            await self._tables.query((_RENEW, (self._owner, list(self._held))))
            self._renewed = time.monotonic()
        if (room := self._most - len(self._held)) <= 0:
            return
        from_others = time.monotonic() > self._careful_until
        taken = await self._tables.query(
            ("SELECT pg_advisory_xact_lock(?)", (_LOCK,)), (_TAKE, (self._owner, from_others, room))
        )
        for number, content in sorted(taken):
            if number not in self._held:  # it is, if its lease ended before it was dealt with
                self._held.add(number)
                await self._take_written(number, content, self._bot)

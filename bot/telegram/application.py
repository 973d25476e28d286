"""The Telegram bot as a process: its start, what runs beside the handlers, its end."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.settings import WRONG_TOKEN, Settings, SettingsError, bot_token
from bot.telegram import metrics
from bot.telegram.alarm import Alarm
from bot.telegram.api.client import Client
from bot.telegram.api.contact import Contact
from bot.telegram.api.retrying import until_reached
from bot.telegram.api.server import Server, status_routes, webhook_route, webhook_secret
from bot.telegram.chats.menus import set_menus
from bot.telegram.desk import Desk
from bot.telegram.handlers import Handlers
from bot.telegram.log import set_up_log
from bot.telegram.storage.inbox import ChatOrder
from bot.telegram.storage.keeping import database_and_inbox
from bot.texts import Texts
from retrieval.errors import KutipError

logger = logging.getLogger(__name__)

_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
_CLEAN_SECONDS = 24 * 60 * 60  # between two times that what was kept long enough is deleted
_LOOK_SECONDS = 10  # between two looks for trouble
_FOLLOW_SECONDS = 2.0  # between two looks at whether another process has changed the index; a database tells it sooner
_WEBHOOK_SECONDS = 30  # between two times that Telegram is asked where it delivers
_SILENCE = 60  # seconds without a word from Telegram, which is asked all the time, after which the log says so
_STOP_SECONDS = 3  # for which a fetch that Telegram does not answer is waited for at the end
_LONG_SILENCE = 300  # seconds without a word from Telegram, after which the bot is not healthy


def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT. Raises SettingsError for a missing or wrong token, KutipError."""
    token = bot_token(settings)
    secret = webhook_secret(token)
    set_up_log((token, secret), settings.log_format)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the library will do by itself; it warns until then
    if not settings.chats:
        logger.warning("KUTIP_CHATS is empty: everybody who finds the bot may ask.")
    asyncio.run(_Process(settings, token, secret).run())


class _Process:
    def __init__(self, settings: Settings, token: str, secret: str) -> None:
        self._settings = settings
        self._secret = secret
        self._contact = Contact()
        self._bot = Client(settings, token, self._contact)
        self._database, self._inbox = database_and_inbox(settings, self._contact.now)
        self._order = ChatOrder(self._inbox)
        self._desk = Desk(settings)
        self._alarm = Alarm(self._bot, settings, self._database)
        self._handlers = Handlers(settings, self._desk, self._database, self._alarm)
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder().bot(self._bot).update_queue(self._inbox).concurrent_updates(self._order).build()
        )
        self._servers = self._made_servers()
        self._stopped = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self._beside: list[asyncio.Task[None]] = []
        self._failure: KutipError | None = None
        self._is_silent = False

    def _made_servers(self) -> list[Server]:
        """Make what listens: for updates if there is a webhook, for health and metrics there or on a port of theirs."""
        settings, routes = self._settings, status_routes(self._health, self._measure)
        webhook = []
        if settings.webhook_url:
            path = urlsplit(settings.webhook_url).path or "/"
            webhook = [webhook_route(path, self._secret, self._take)]
        ports = {settings.webhook_port: webhook} if webhook else {}
        if settings.metrics_port or webhook:
            ports.setdefault(settings.metrics_port or settings.webhook_port, []).extend(routes)
        return [Server(routes, str(settings.listen), port) for port, routes in ports.items()]

    async def run(self) -> None:
        """Run until it is told to stop; raises what makes it impossible."""
        for one in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(one, self._stopped.set)
        try:
            await self._unless_stopped(self._begin())
            await self._stopped.wait()
        finally:
            await self._end()
        if self._failure:
            raise self._failure

    async def _unless_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        begun, stopped = asyncio.create_task(work), asyncio.create_task(self._stopped.wait())
        await asyncio.wait([begun, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not begun.done():
            begun.cancel()
            await asyncio.wait([begun])
        if not begun.cancelled():
            begun.result()

    async def _begin(self) -> None:
        for server in self._servers:
            await server.start()
        try:
            await until_reached(self._application.initialize)
        except InvalidToken:
            raise SettingsError(WRONG_TOKEN) from None
        await self._database.open()
        await self._handlers.go_on(self._bot)
        self._handlers.add_to(self._application)
        self._reading = asyncio.create_task(self._open_and_index())
        self._beside = [
            asyncio.create_task(_every(_CLEAN_SECONDS, self._database.clean)),
            asyncio.create_task(_every(_LOOK_SECONDS, self._look_for_trouble)),
            asyncio.create_task(_every(_FOLLOW_SECONDS, self._desk.follow, self._database.index_changed)),
        ]
        if self._settings.webhook_url:
            self._beside.append(asyncio.create_task(_every(_WEBHOOK_SECONDS, self._look_at_webhook)))
        await self._inbox.restore(self._bot)
        await set_menus(self._bot, self._settings, self._database)
        await self._application.start()
        if self._settings.webhook_url:
            await self._set_webhook()
        else:
            assert self._application.updater is not None
            await self._application.updater.start_polling(
                bootstrap_retries=-1, allowed_updates=_UPDATES, error_callback=self._tell_of_polling
            )
        logger.info("The bot @%s is listening.", self._bot.username)

    def _tell_of_polling(self, error: TelegramError) -> None:
        self._application.create_task(self._application.process_error(None, error))

    async def _end(self) -> None:
        """Let what is in hand end within the grace time; the rest is handled after the next start."""
        self._order.give_grace()
        self._inbox.stop()
        try:
            updater = self._application.updater
            if updater and updater.running:
                with suppress(TimeoutError):
                    await asyncio.wait_for(updater.stop(), _STOP_SECONDS)
            for server in self._servers:
                await server.stop()
            if self._application.running:
                await self._application.stop()
            for task in self._beside:
                task.cancel()
            await self._desk.close()
            await self._handlers.close()
            if self._reading:
                await asyncio.wait([self._reading])
            await self._inbox.close()
        finally:
            await self._database.close()
            await self._application.shutdown()
            await self._bot.shutdown()

    async def _open_and_index(self) -> None:
        try:
            await self._desk.open()
            self._inbox.begin()
            await (self._desk.watch() if self._settings.watch else self._desk.update_unasked())
        except KutipError as error:  # without a model there is nothing to wait for
            self._failure = error
            self._stopped.set()
        except Exception:
            logger.exception("The documents could not be read.")

    def _look_for_silence(self) -> None:
        """Say in the log that Telegram is not heard of, and that it is again: a fetch that times out is no error."""
        silence = self._contact.silence or 0.0
        if silence > _SILENCE and not self._is_silent:
            logger.warning("Nothing was heard of Telegram for %.0f seconds. What people write waits there.", silence)
        elif silence <= _SILENCE and self._is_silent:
            logger.info("Telegram is heard of again.")
        self._is_silent = silence > _SILENCE

    async def _look_for_trouble(self) -> None:
        if not self._settings.webhook_url:
            self._look_for_silence()
        was_in_trouble = bool(self._database.trouble)
        await self._database.write_again()
        shared = self._database.is_shared
        if not self._database.trouble:
            if was_in_trouble:
                await self._inbox.restore(self._bot)  # the database may not have been there at the start
            if shared:
                await self._database.refresh()
        if reason := self._database.trouble:
            await self._alarm.tell("database", partial(Texts.not_reached if shared else Texts.not_kept, reason=reason))
        else:
            await self._alarm.end("database", lambda texts: texts.reached_again if shared else texts.kept_again)

    # The webhook

    async def _take(self, content: dict[str, Any]) -> bool:
        """Take an update that Telegram delivers, unless there are too many."""
        self._contact.hear()
        return self._application.running and await self._inbox.offer(Update.de_json(content, self._bot))

    async def _set_webhook(self) -> None:
        async def set_it() -> bool:
            url = self._settings.webhook_url
            return await self._bot.set_webhook(url, secret_token=self._secret, allowed_updates=_UPDATES)

        try:
            await until_reached(set_it)
        except BadRequest as error:
            raise SettingsError(f"Telegram does not take the address in KUTIP_WEBHOOK_URL: {error}.") from None

    async def _look_at_webhook(self) -> None:
        """Set the webhook again where another process has removed or changed it, and say so."""
        try:
            told = await self._bot.get_webhook_info()
            if told.url != self._settings.webhook_url:
                await self._alarm.tell("two bots", lambda texts: texts.two_bots)
                await self._set_webhook()
        except (TelegramError, SettingsError) as error:
            logger.warning("It is not known whether Telegram delivers: %s", error)

    # What others are told

    def _health(self) -> tuple[bool, dict[str, Any]]:
        """Tell whether there is an index to answer from and Telegram is there, and what is known of both."""
        snapshot, silence = self._desk.snapshot, self._contact.silence
        found = {
            "index": None if snapshot is None else {"documents": snapshot.index.document_count},
            "telegram_silence_seconds": None if silence is None else round(silence, 1),
            "database": self._database.trouble or "ok",
            "updates_waiting": self._inbox.waiting,
        }
        return snapshot is not None and silence is not None and silence < _LONG_SILENCE, found

    def _measure(self) -> None:
        silence, snapshot = self._contact.silence, self._desk.snapshot
        metrics.SILENCE.set(-1 if silence is None else silence)
        metrics.WAITING.set(self._inbox.waiting)
        metrics.UNWRITTEN.set(self._database.unwritten)
        metrics.DOCUMENTS.set(snapshot.index.document_count if snapshot else 0)
        metrics.PASSAGES.set(snapshot.index.passage_count if snapshot else 0)
        metrics.TASKS.set(len(asyncio.all_tasks()))


async def _every(
    seconds: float,
    work: Callable[[], Coroutine[Any, Any, None]],
    wait: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
) -> None:
    """Do some work again and again, after waiting so long; what goes wrong once is in the log."""
    while True:
        await wait(seconds)
        try:
            await work()
        except Exception:
            logger.exception("What is done every %d seconds went wrong.", seconds)

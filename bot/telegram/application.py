"""The Telegram bot as a process: polling, its start and its end."""

import asyncio
import logging
import os
import sys
from typing import Any

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import Application, ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.settings import WRONG_TOKEN, Settings, SettingsError, bot_token
from bot.telegram.database import Database
from bot.telegram.desk import Desk
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import ChatOrder, GracefulApplication, Inbox
from bot.telegram.menus import set_menus
from bot.telegram.polling import PatientBot, PollRequest
from retrieval.errors import KutipError

logger = logging.getLogger(__name__)

_CONNECTIONS = 256
_CLEAN_SECONDS = 24 * 60 * 60  # between two times that what was kept long enough is deleted


def run(settings: Settings) -> None:
    """Run the bot until SIGTERM or SIGINT. Raises SettingsError for a missing or wrong token, KutipError."""
    token = bot_token(settings)
    _log_without(token)
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # as the library will do by itself; it warns until then
    if not settings.chats:
        logger.warning("KUTIP_CHATS is empty: everybody who finds the bot may ask.")
    database = Database(settings.data, keep_days=settings.keep_questions)
    service = _Service(settings, database)
    bot = PatientBot(
        token,
        base_url=f"{settings.telegram_api}/bot",
        base_file_url=f"{settings.telegram_api}/file/bot",
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS),
        get_updates_request=PollRequest(connection_pool_size=1),
    )
    application = (
        ApplicationBuilder()
        .application_class(GracefulApplication)
        .bot(bot)
        .update_queue(service.inbox)
        .concurrent_updates(ChatOrder(database))
        .post_init(service.begin)
        .post_stop(service.end)
        .build()
    )
    try:
        application.run_polling(
            bootstrap_retries=-1,  # a bad moment of the network at start ends nothing
            allowed_updates=[Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY],
        )
    except InvalidToken:
        raise SettingsError(WRONG_TOKEN) from None
    if service.failure:
        raise service.failure


class _Service:
    """What runs beside the handlers: opening the library, indexing what is new."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self.inbox = Inbox(database)
        self._desk: Desk | None = None
        self._handlers: Handlers | None = None
        self._work: asyncio.Task[None] | None = None
        self._cleaning: asyncio.Task[None] | None = None
        self.failure: KutipError | None = None

    async def begin(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        self._desk = Desk(self._settings)
        await self._database.open()
        self._handlers = Handlers(self._settings, self._desk, self._database)
        self._handlers.add_to(application)
        self._work = asyncio.create_task(self._open_and_index(application, self._desk))
        self._work.add_done_callback(_log_unforeseen)
        await self.inbox.restore(application.bot)
        self._cleaning = asyncio.create_task(self._clean_daily())
        await set_menus(application.bot, self._settings, self._database)
        logger.info("The bot @%s is listening.", application.bot.username)

    async def _clean_daily(self) -> None:
        while True:
            await asyncio.sleep(_CLEAN_SECONDS)
            await self._database.clean()

    async def end(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        if self._desk:
            await self._desk.close()
        if self._handlers:
            await self._handlers.close()
        if self._work:
            await asyncio.wait([self._work])
        if self._cleaning:
            self._cleaning.cancel()
        await self._database.close()

    async def _open_and_index(self, application: "Application[Any, Any, Any, Any, Any, Any]", desk: Desk) -> None:
        try:
            await desk.open()
        except KutipError as error:  # without a model there is nothing to wait for
            self.failure = error
            logger.error("%s", error)
            while not application.running:  # it would not hear of it before
                await asyncio.sleep(0.1)
            application.stop_running()
            return
        await (desk.watch() if self._settings.watch else desk.update_unasked())


def _log_unforeseen(work: asyncio.Task[None]) -> None:
    if not work.cancelled() and (error := work.exception()):
        logger.error("The documents could not be read.", exc_info=error)


class _WithoutToken(logging.Formatter):
    """Leaves the token out of everything that is logged, tracebacks too."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith("telegram") and record.exc_info:  # what Telegram said, not where the library was
            record.msg, record.args = f"{record.getMessage()} {record.exc_info[1]}", None
            record.exc_info = record.exc_text = None
        return super().format(record).replace(self._token, "<token>")


def _is_news(record: logging.LogRecord) -> bool:
    """Tell whether a record says what nothing else says: a wrong token ends the process with a line of its own."""
    return not (record.exc_info and isinstance(record.exc_info[1], InvalidToken))


def _log_without(token: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutToken(token))
    handler.setLevel(logging.INFO)
    handler.addFilter(_is_news)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(logging.INFO)  # not httpx: at INFO it logs addresses, which hold the token

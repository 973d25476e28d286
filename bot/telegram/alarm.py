"""Trouble that an administrator can do something about, told to all of them in Telegram."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress

from telegram import Bot
from telegram.error import TelegramError

from bot.settings import Settings
from bot.telegram.database import Database
from bot.texts import Texts, texts_in

logger = logging.getLogger(__name__)

_AGAIN = 60 * 60.0  # seconds between two times that they hear of the same trouble


class Alarm:
    """Tells the log and the administrators, not too often."""

    def __init__(self, bot: Bot, settings: Settings, database: Database) -> None:
        self._bot = bot
        self._admins = sorted(settings.admins)
        self._database = database
        self._told: dict[str, float] = {}  # when, by the trouble
        self._open: set[str] = set()  # troubles whose end is worth a word

    async def tell(self, trouble: str, text: Callable[[Texts], str]) -> None:
        """Tell of a trouble, by its name, unless that was done within the hour."""
        if time.monotonic() - self._told.get(trouble, -_AGAIN) < _AGAIN:
            return
        self._told[trouble] = time.monotonic()
        self._open.add(trouble)
        logger.error("%s", text(texts_in(None)))
        await self._send(text)

    async def end(self, trouble: str, text: Callable[[Texts], str]) -> None:
        """Tell that a trouble is over, if it was told of."""
        if trouble in self._open:
            self._open.discard(trouble)
            logger.info("%s", text(texts_in(None)))
            await self._send(text)

    async def _send(self, text: Callable[[Texts], str]) -> None:
        for admin in self._admins:
            with suppress(TelegramError):
                await self._bot.send_message(admin, text(texts_in(self._database.language_of(admin))))

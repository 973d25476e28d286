"""Trouble that an administrator can do something about, told to all of them in Telegram."""

import logging
import time
from collections.abc import Callable, Iterable

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.catalogue import LANGUAGES
from bot.settings import Settings
from bot.telegram.api.retrying import may_send_again
from bot.telegram.storage.database import Database
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
        self._unreached: dict[str, list[int]] = {}  # by the trouble, who is still to hear of it
        self._open: set[str] = set()  # troubles whose end is worth a word

    async def tell(self, trouble: str, text: Callable[[Texts], str]) -> None:
        """Tell of a trouble, by its name; within the hour after that only those whom it did not reach."""
        if time.monotonic() - self._told.get(trouble, -_AGAIN) >= _AGAIN:
            self._told[trouble] = time.monotonic()
            self._unreached[trouble] = self._admins
            self._open.add(trouble)
            logger.error("%s", text(texts_in(None)))
        if admins := self._unreached.pop(trouble, None):
            self._unreached[trouble] = await self._send(admins, text)

    async def end(self, trouble: str, text: Callable[[Texts], str]) -> None:
        """Tell that a trouble is over, if it was told of."""
        if trouble in self._open:
            self._open.discard(trouble)
            self._unreached.pop(trouble, None)
            logger.info("%s", text(texts_in(None)))
            await self._send(self._admins, text)

    async def _send(self, admins: Iterable[int], text: Callable[[Texts], str]) -> list[int]:
        """Tell administrators, in every language where they chose none; return those whom Telegram did not reach."""
        unreached = []
        for admin in admins:
            chosen = self._database.language_of(admin)
            texts = [text(texts_in(language)) for language in ([chosen] if chosen else LANGUAGES)]
            said = "\n\n".join(dict.fromkeys(texts))  # some are the same in all
            try:
                await self._bot.send_message(admin, said)
            except (BadRequest, Forbidden) as error:  # they never wrote to the bot, or blocked it
                logger.info("%d cannot be told: %s", admin, error)
            except TelegramError as error:
                if may_send_again(error):  # else it has arrived, if late
                    unreached.append(admin)
        return unreached

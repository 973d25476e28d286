"""What went wrong with an update: in the log, and an apology to whoever asked."""

import logging

from telegram import Update
from telegram.error import Conflict, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.telegram.alarm import Alarm
from bot.telegram.chats.people import People
from bot.telegram.messages.sending import say
from bot.telegram.metrics import FAILED
from bot.telegram.storage.database import Database
from retrieval.errors import IndexUnusableError

logger = logging.getLogger(__name__)


class Failures:
    """Tells of updates that could not be handled."""

    def __init__(self, people: People, database: Database, alarm: Alarm) -> None:
        self._people = people
        self._database = database
        self._alarm = alarm

    async def tell(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Write down what went wrong, and apologise to whoever asked."""
        if isinstance(context.error, Forbidden):
            logger.info("A chat takes no messages any more: %s", context.error)
            if isinstance(update, Update) and update.effective_chat:
                await self._database.mark_gone(update.effective_chat.id)
            return
        if isinstance(context.error, Conflict):
            await self._alarm.tell("two bots", lambda texts: texts.two_bots)
            return
        if not isinstance(update, Update):
            logger.warning("Telegram: %s", context.error)
            return
        FAILED.inc()
        if isinstance(unusable := context.error, IndexUnusableError):  # as while its database is away
            logger.error("An update could not be handled: %s", unusable)
            await self._alarm.tell("index", lambda texts: texts.error(unusable))
        else:
            logger.error("An update could not be handled.", exc_info=context.error)
        message = update.effective_message
        if message and not isinstance(context.error, TelegramError):
            await say(message, self._people.texts(update.effective_user).apology)

"""The commands that Telegram offers to those who write to the bot."""

import logging
from collections.abc import Mapping

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot.catalogue import LANGUAGES
from bot.settings import Settings
from bot.telegram.storage.database import Database
from bot.texts import texts_in

logger = logging.getLogger(__name__)


async def set_menus(bot: Bot, settings: Settings, database: Database) -> None:
    """Set the commands that Telegram offers, in each language; a failure is no reason to stop.

    Whoever was an administrator, and did something as one, gets the menu of others again.
    """
    try:
        await bot.set_my_commands(_listed(texts_in(None).commands))
        for language in LANGUAGES:
            await bot.set_my_commands(_listed(texts_in(language).commands), language_code=language)
    except TelegramError as error:
        logger.warning("The menu of commands could not be set: %s", error)
    for person in sorted({*settings.admins, *(person for person, _, _ in await database.acts())}):
        await set_own_menu(bot, person, database.language_of(person), admin=person in settings.admins)


async def set_own_menu(bot: Bot, person: int, chosen: str | None, *, admin: bool) -> None:
    """Set the menu of one person: in the language that they chose, else of their Telegram; all for an administrator."""
    first, *others = LANGUAGES
    try:
        for language in (None, *others):
            texts = texts_in(chosen or language or first)
            commands = {**texts.commands, **(texts.admin_commands if admin else {})}
            await bot.set_my_commands(_listed(commands), scope=BotCommandScopeChat(person), language_code=language)
    except TelegramError as error:
        logger.info("The menu of %d is not set until they write to the bot: %s", person, error)


def _listed(commands: Mapping[str, str]) -> list[BotCommand]:
    return [BotCommand(*item) for item in commands.items()]

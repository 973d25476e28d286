"""The commands that Telegram offers to those who write to the bot."""

import logging

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

from bot import texts
from bot.settings import Settings

logger = logging.getLogger(__name__)


async def set_menus(bot, settings: Settings) -> None:  # type: ignore[no-untyped-def]
    """Set the commands that Telegram offers; a failure is no reason to stop."""
    try:
        await bot.set_my_commands([BotCommand(*item) for item in texts.COMMANDS.items()])
    except TelegramError as error:
        logger.warning("The menu of commands could not be set: %s", error)
    for admin in sorted(settings.admins):
        await set_admin_menu(bot, admin)


async def set_admin_menu(bot, admin: int) -> None:  # type: ignore[no-untyped-def]
    """Set an administrator's own menu, which has to repeat the public commands."""
    commands = {**texts.COMMANDS, **texts.ADMIN_COMMANDS}
    try:
        await bot.set_my_commands([BotCommand(*item) for item in commands.items()], scope=BotCommandScopeChat(admin))
    except TelegramError as error:
        logger.info("The menu of administrator %d is not set until they write to the bot: %s", admin, error)

"""Chats that come, go and move: where the bot is blocked or sent away, and groups that become supergroups."""

import logging

from telegram import ChatMember, Update
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.telegram.storage.database import Database

logger = logging.getLogger(__name__)


class Presence:
    """What is handled before all else, or says nothing that is answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def came_or_went(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Note that a chat takes no messages any more, or takes them again."""
        change = update.my_chat_member
        assert change is not None
        if change.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
            await self._database.mark_gone(change.chat.id, change.date.timestamp())
        else:
            await self._database.mark_back(change.chat.id)

    async def skip_the_gone(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Handle nothing that a chat sent before it took no messages any more; what it sends later says it is back."""
        chat, message = update.effective_chat, update.message or update.edited_message
        since = self._database.gone_since(chat.id) if chat else None
        if chat is None or since is None or message is None:
            return
        if (message.edit_date or message.date).timestamp() < since:
            raise ApplicationHandlerStop
        await self._database.mark_back(chat.id)

    async def moved(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Know a group again that has become a supergroup."""
        message = update.message
        assert message is not None
        old = message.migrate_from_chat_id or message.chat_id
        new = message.migrate_to_chat_id or message.chat_id
        await self._database.move_chat(old, new)
        logger.warning("The group %d is now %d; where KUTIP_CHATS names it, write the new number.", old, new)

"""What the bot does with each kind of update."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.settings import Settings
from bot.telegram.administration import Administration
from bot.telegram.alarm import Alarm
from bot.telegram.answering.asked import asks_below, is_command_of, question_in
from bot.telegram.answering.asking import Asking
from bot.telegram.answering.browsing import Browsing
from bot.telegram.answering.inline import Inline
from bot.telegram.answering.languages import Languages
from bot.telegram.chats.memory import Albums
from bot.telegram.chats.menus import set_own_menu
from bot.telegram.chats.people import People, sender
from bot.telegram.chats.presence import Presence
from bot.telegram.desk import Desk
from bot.telegram.failures import Failures
from bot.telegram.messages.buttons import UNDO, parsed, suggestion_buttons
from bot.telegram.messages.replies import text_messages
from bot.telegram.messages.sending import acknowledge, say, send, typing
from bot.telegram.storage.database import Database
from bot.telegram.uploads import UploadFolder
from bot.texts import Texts
from retrieval.answers.places import KEY_LENGTH

Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]
Act = Callable[[Message, Texts], Coroutine[Any, Any, None]]

_New = filters.UpdateType.MESSAGE
_Edited = filters.UpdateType.EDITED_MESSAGE
_Private = _New & filters.ChatType.PRIVATE
_Written = filters.TEXT | filters.CAPTION
_Asks = filters.Regex(re.compile(r"^/(?:ask|new)\b", re.IGNORECASE))


class Handlers:
    """The bot's side of the conversation; `desk` knows the documents."""

    def __init__(self, settings: Settings, desk: Desk, database: Database, alarm: Alarm) -> None:
        self._desk = desk
        self._database = database
        self._albums = Albums()
        self._presence = Presence(database)
        self._people = People(settings, database)
        self._failures = Failures(self._people, database, alarm)
        self._asking = Asking(desk, self._people, database, log_questions=settings.log_questions)
        self._browsing = Browsing(desk, self._people, database, self._asking, files=bool(settings.chats))
        self._languages = Languages(self._people, database, self._asking)
        self._inline = Inline(desk, self._people, settings.rate_limit)
        self._administration = Administration(desk, database, UploadFolder(settings.data), max_bytes=settings.max_bytes)
        self._asked_below: set[asyncio.Task[None]] = set()  # questions below files that are being read

    def add_to(self, application: "Application") -> None:  # type: ignore[type-arg]
        """Register all handlers."""
        application.add_handler(TypeHandler(Update, self._presence.skip_the_gone), group=-1)
        for command in (self.start, self.help, self.new, self.sources, self.language):
            application.add_handler(CommandHandler(command.__name__, self._guarded(command), filters=_New))
        application.add_handler(CommandHandler("source", self._guarded(self.sources), filters=_New))
        application.add_handler(CommandHandler("ask", self.message, filters=_New))
        for unguarded in (self.id, self.forget):
            application.add_handler(CommandHandler(unguarded.__name__, unguarded, filters=_New))
        for act in self.admin_acts(self._administration):
            application.add_handler(CommandHandler(act.__name__, self._for_admins(act), filters=_New))
        application.add_handler(MessageHandler(_Private & filters.Document.ALL, self.file))
        application.add_handler(MessageHandler(_New & filters.COMMAND, self.unknown_command))
        application.add_handler(MessageHandler(_New & filters.StatusUpdate.MIGRATE, self._presence.moved))
        application.add_handler(MessageHandler(_New & _Written & ~filters.COMMAND, self.message))
        application.add_handler(MessageHandler(_Edited & _Written & (~filters.COMMAND | _Asks), self.edited))
        application.add_handler(MessageHandler(_Private & ~filters.StatusUpdate.ALL, self._guarded(self.no_text)))
        application.add_handler(CallbackQueryHandler(self.pressed))
        application.add_handler(InlineQueryHandler(self.inline))
        application.add_handler(ChatMemberHandler(self._presence.came_or_went, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(self._failures.tell)

    def _guarded(self, callback: Callback) -> Callback:
        """Let only those whom KUTIP_CHATS lists, and administrators, through to a handler."""

        async def guarded(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if await self._may_ask(*self._received(update)):
                await callback(update, context)

        return guarded

    async def _may_ask(self, message: Message, texts: Texts) -> bool:
        """Tell whether the sender may ask, and the sender, if not."""
        if not (allowed := self._people.may_ask(sender(message), message.chat_id)):
            await self._say_once(message, texts.not_allowed(sender(message), message.chat_id))
        return allowed

    async def _say_once(self, message: Message, text: str) -> None:
        """Reply with plain text; to what is sent together, as an album, only once."""
        if not self._albums.knows(message):
            self._albums.note(message)
            await say(message, text)

    @staticmethod
    def admin_acts(administration: Administration) -> tuple[Act, ...]:
        """Return what only administrators may do; the names are those of the commands."""
        return (
            administration.reload,
            administration.rollback,
            administration.remove,
            administration.stats,
            administration.gaps,
        )

    def _for_admins(self, act: Act) -> Callback:
        """Let only administrators through; to others it is a command that there is not."""

        async def for_admins(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message, texts = self._received(update)
            if self._people.is_admin(sender(message)):
                await self._database.note_act(sender(message), act.__name__)
                await act(message, texts)
            else:
                await self.unknown_command(update, context)

        return for_admins

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the place that a citation's link leads to, or greet: with what there is, and what may be asked.

        A menu of somebody's own is set again, as Telegram refuses it before the chat exists.
        """
        message, texts = self._received(update)
        if context.args and len(context.args[0]) == KEY_LENGTH:
            await self._browsing.follow_link(message, context.args[0], texts)
            return
        if self._people.is_admin(person := sender(message)):
            await set_own_menu(context.bot, person, self._database.language_of(person), admin=True)
        async with typing(message):
            snapshot = await self._desk.ready()
            index = snapshot.index if snapshot else None
            newest = await asyncio.to_thread(lambda: index.newest_date if index else None)
            examples = await self._desk.examples(texts.language)
        greeting = texts.greeting(index.document_count if index else 0, newest, examples=bool(examples))
        await send(message, text_messages(greeting), suggestion_buttons(examples))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, _ = self._received(update)
        await say(message, self._people.help(message))

    async def id(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell people their id, also those who may not ask: it is what the owner needs to list them."""
        message, texts = self._received(update)
        await say(message, texts.own_id(sender(message), message.chat_id))

    async def sources(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """List the documents, or those that the words after the command find."""
        message, texts = self._received(update)
        await self._browsing.list_sources(message, texts, " ".join(context.args or []))

    async def message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that the bot is meant by; others are not seen."""
        message, texts = self._received(update)
        question = question_in(message, context.bot.bot)
        if question is not None and not await self._may_ask(message, texts):
            return
        self._albums.note(message)
        if question is not None:
            await self._asking.answer(message, question, context.bot.username)

    async def edited(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an edited question in the place of the answer before."""
        message = update.edited_message
        assert message is not None
        in_private = message.chat.type == message.chat.PRIVATE
        if in_private and message.document and self._people.is_admin(sender(message)):  # a file that was stored
            return
        question = question_in(message, context.bot.bot)
        if question is not None and self._people.may_ask(sender(message), message.chat_id):
            await self._asking.answer_again(message, question, context.bot.username)

    async def new(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget what was asked before, and answer what stands after the command."""
        message, texts = self._received(update)
        self._asking.forget(message)
        if context.args:
            await self.message(update, context)
        else:
            await say(message, texts.forgotten)

    async def language(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Speak the language that is named after the command; else offer them as buttons."""
        message, texts = self._received(update)
        await self._languages.choose(message, texts, " ".join(context.args or []))

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a button says."""
        query = update.callback_query
        assert query is not None
        press = parsed(query.data or "")
        if press.kind == UNDO and isinstance(query.message, Message):
            await acknowledge(query)
            if self._people.is_admin(query.from_user.id):
                texts = self._people.texts(query.from_user)
                await self._administration.undo(query.message, query.from_user.id, press.keys[0], texts)
            return
        if press.language:
            await self._languages.press(query, press.language)
        else:
            await self._browsing.press(query, press, context.bot.username)

    async def inline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer quotes to somebody who types in any chat."""
        assert update.inline_query is not None
        await self._inline.offer(update.inline_query, context.bot.username)

    async def file(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Take a file from an administrator; what is asked below it is answered when it is read.

        What others write below theirs is a question.
        """
        message, texts = self._received(update)
        if not self._people.is_admin(sender(message)):
            await (self.message(update, context) if message.caption else self._guarded(self.no_text)(update, context))
            return
        reading = await self._administration.take(message, texts)
        if not (message.caption and asks_below(message.caption)):
            return
        if reading is None:
            await self.message(update, context)
            return
        task = asyncio.create_task(self._message_after(reading, update, context))
        self._asked_below.add(task)
        task.add_done_callback(self._asked_below.discard)

    async def _message_after(
        self, reading: asyncio.Task[None], update: Update, context: ContextTypes.DEFAULT_TYPE
    ) -> None:
        """Answer a message when the documents have been read; the chat is not held up until then."""
        await asyncio.wait([reading])
        try:
            await self.message(update, context)
        except Exception as error:
            await context.application.process_error(update, error)

    async def unknown_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say that there is no such command; in a group, where others have theirs, if it carries the bot's name."""
        message, texts = self._received(update)
        is_meant = message.chat.type == message.chat.PRIVATE or is_command_of(message, context.bot.bot)
        if is_meant and await self._may_ask(message, texts):
            await say(message, texts.unknown_command)

    async def no_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, texts = self._received(update)
        await self._say_once(message, texts.only_text)

    async def forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete what is kept of whoever asks for it."""
        message, texts = self._received(update)
        chosen = self._database.language_of(person := sender(message))
        await self._asking.forget_person(message)
        if chosen:  # the menu is in it too
            await set_own_menu(context.bot, person, None, admin=self._people.is_admin(person))
        await say(message, texts.forgotten_person)

    async def go_on(self, bot: Bot) -> None:
        """Tell administrators what was not told to its end when the process ended."""
        await self._administration.go_on(bot)

    async def close(self) -> None:
        """Wait until a reload that was stopped has said so."""
        for task in self._asked_below:
            task.cancel()
        await self._administration.close()

    def _received(self, update: Update) -> tuple[Message, Texts]:
        """Return the message and the texts in its sender's language."""
        message = update.message
        assert message is not None, "these handlers take new messages only"
        return message, self._people.texts_for(message)

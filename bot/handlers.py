"""What the bot does with each kind of update."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from bot import texts
from bot.asked import message_replied_to, place_of, question_in, text_replied_to
from bot.browsing import Browsing, answer_buttons
from bot.desk import Desk
from bot.memory import Memory
from bot.menus import set_admin_menu
from bot.rates import RateLimit
from bot.replies import answer_messages
from bot.sending import Report, say, send, typing
from bot.settings import Settings
from bot.sources import SourceList, snapshot_for
from retrieval.answering import clean_question, turn_after
from retrieval.errors import KutipError, QuestionError
from retrieval.follow_ups import is_courtesy
from retrieval.places import KEY_LENGTH

logger = logging.getLogger(__name__)

_LISTED_FAILED = 20
_CLOSE_SECONDS = 4
_EDIT_SECONDS = 2  # between two edits of the message that shows a reload's progress

Callback = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]

_New = filters.UpdateType.MESSAGE
_Private = _New & filters.ChatType.PRIVATE
_Written = _New & (filters.TEXT | filters.CAPTION)


class Handlers:
    """The bot's side of the conversation; `desk` knows the documents."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings = settings
        self._desk = desk
        self._memory = Memory()
        self._rates = RateLimit(settings.rate_limit)
        self._browsing = Browsing(desk, may_ask=self._may_ask, refusal=self._refusal, files=bool(settings.chats))
        self._reload: asyncio.Task[None] | None = None

    def add_to(self, application: "Application") -> None:  # type: ignore[type-arg]
        """Register all handlers; edited messages reach none of them."""
        for command in (self.start, self.help, self.new, self.ask, self.sources):
            application.add_handler(CommandHandler(command.__name__, self._guarded(command), filters=_New))
        application.add_handler(CommandHandler("source", self._guarded(self.sources), filters=_New))
        application.add_handler(CommandHandler("id", self.id, filters=_New))
        application.add_handler(CommandHandler("reload", self.reload, filters=_New))
        application.add_handler(CommandHandler("rollback", self.rollback, filters=_New))
        application.add_handler(MessageHandler(_Private & filters.COMMAND, self._guarded(self.unknown_command)))
        application.add_handler(MessageHandler(_Written & ~filters.COMMAND, self.message))
        application.add_handler(MessageHandler(_Private & ~filters.StatusUpdate.ALL, self._guarded(self.no_text)))
        self._browsing.add_to(application)
        application.add_error_handler(self.error)

    def _guarded(self, callback: Callback) -> Callback:
        """Let only those whom KUTIP_CHATS lists, and administrators, through to a handler."""

        async def guarded(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            message, user = _sender(update)
            if self._may_ask(message, user):
                await callback(update, context)
            else:
                await say(message, texts.not_allowed(user))

        return guarded

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show the place that a citation's link leads to, or greet.

        An administrator's menu is set again, as Telegram refuses it before the chat exists.
        """
        message, user = _sender(update)
        if context.args and len(context.args[0]) == KEY_LENGTH:
            await self._browsing.show_place(message, context.args[0])
            return
        if self._is_admin(user):
            await set_admin_menu(context.bot, user)
        snapshot = self._desk.snapshot
        greeting = texts.greeting(snapshot.index.document_count if snapshot else None)
        await say(message, f"{greeting}\n\n{self._help(user)}")

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user = _sender(update)
        await say(message, self._help(user))

    async def id(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell people their id, also those who may not ask: it is what the owner needs to list them."""
        message, user = _sender(update)
        await say(message, texts.own_id(user, message.chat_id))

    async def sources(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """List the documents, or those that the words after the command find."""
        message, _ = _sender(update)
        await SourceList(self._desk).show(message, " ".join(context.args or []))

    async def ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer what stands after the command, or in the message that it replies to."""
        message, user = _sender(update)
        _, *rest = (message.text or "").split(maxsplit=1)
        await self._answer(context, message, user, rest[0] if rest else text_replied_to(message))

    async def message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a message that the bot is meant by; others are not seen."""
        message, user = _sender(update)
        question = question_in(message, context.bot.bot)
        if question is None:
            return
        if self._may_ask(message, user):
            await self._answer(context, message, user, question)
        else:
            await say(message, texts.not_allowed(user))

    async def _answer(self, context: ContextTypes.DEFAULT_TYPE, message: Message, user: int, question: str) -> None:
        if is_courtesy(question) and question.strip():
            if message.chat.type == message.chat.PRIVATE:
                await say(message, texts.WELCOME)
            return
        if refusal := self._refusal(user):
            if self._rates.is_first_refusal(user):
                await say(message, refusal)
            return
        try:
            question = clean_question(question)
        except QuestionError as error:
            await say(message, str(error))
            return
        async with typing(message):
            if await snapshot_for(self._desk, message) is None:
                return
            place = place_of(message)
            before = self._memory.turn(place, user, replied_to=message_replied_to(message))
            answer = await self._desk.ask(question, before)
            sent = await send(message, answer_messages(answer, context.bot.username), answer_buttons(answer))
            messages = [one.message_id for one in sent]
            self._memory.keep(place, user, messages, turn_after(answer, before))

    async def new(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget what was asked before."""
        message, user = _sender(update)
        self._memory.forget(place_of(message), user)
        await say(message, texts.FORGOTTEN)

    async def unknown_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, _ = _sender(update)
        await say(message, texts.UNKNOWN_COMMAND)

    async def no_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, _ = _sender(update)
        await say(message, texts.ONLY_TEXT)

    async def reload(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Start reading the documents again; the work goes on beside the questions."""
        message, user = _sender(update)
        if not self._is_admin(user):
            await self._unknown_to_others(update, context)
            return
        if self._reload and not self._reload.done():
            await say(message, texts.reload_runs(self._desk.progress))
            return
        self._reload = asyncio.create_task(self._reload_and_report(message))

    async def rollback(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer from the version of the index before this one."""
        message, user = _sender(update)
        if not self._is_admin(user):
            await self._unknown_to_others(update, context)
            return
        if (self._reload and not self._reload.done()) or self._desk.progress:
            await say(message, texts.reload_runs(self._desk.progress))
            return
        try:
            snapshot = await self._desk.roll_back()
        except KutipError as error:
            await say(message, str(error))
            return
        await say(message, texts.rolled_back(snapshot.index.document_count, snapshot.index.passage_count))

    async def _unknown_to_others(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer a command of administrators, sent by somebody else, as one that there is not."""
        message, _ = _sender(update)
        if message.chat.type == message.chat.PRIVATE:
            await self._guarded(self.unknown_command)(update, context)

    async def _reload_and_report(self, message: Message) -> None:
        """Reload, showing the progress in one message that ends as the receipt."""
        report = Report(message)
        await report.show(texts.reloading(None))
        work = asyncio.create_task(self._desk.update())
        while not work.done():
            await asyncio.wait([work], timeout=_EDIT_SECONDS)
            if not work.done():
                await report.show(texts.reloading(self._desk.progress))
        try:
            text = texts.receipt_text(work.result(), most_failed=_LISTED_FAILED)
        except KutipError as error:
            text = texts.reload_failed(str(error), answering=self._desk.snapshot is not None)
        except Exception:
            logger.exception("The reload failed.")
            text = texts.reload_failed(texts.APOLOGY, answering=self._desk.snapshot is not None)
        await report.show(text, last=True)

    async def error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Write down what went wrong, and apologise to whoever asked."""
        if isinstance(context.error, Forbidden):
            logger.info("A chat no longer takes messages: %s", context.error)
            return
        if not isinstance(update, Update):
            logger.warning("Telegram: %s", context.error)
            return
        logger.error("An update could not be handled.", exc_info=context.error)
        message = update.effective_message
        if message and not isinstance(context.error, TelegramError):
            await say(message, texts.APOLOGY)

    async def close(self) -> None:
        """Wait until a reload that was stopped has said so."""
        if self._reload:
            await asyncio.wait([self._reload], timeout=_CLOSE_SECONDS)

    def _help(self, user: int) -> str:
        admin = texts.ADMIN_COMMANDS if self._is_admin(user) else {}
        return texts.help_text({**texts.COMMANDS, **admin}, texts.TELEGRAM_HINTS)

    def _refusal(self, user: int) -> str:
        """Return why somebody has to wait, empty if they need not."""
        allowed = self._is_admin(user) or self._rates.allows(user)
        return "" if allowed else texts.too_many(self._settings.rate_limit)

    def _is_admin(self, user: int) -> bool:
        return user in self._settings.admins

    def _may_ask(self, message: Message, user: int) -> bool:
        listed = self._settings.chats
        return not listed or user in listed or message.chat_id in listed or self._is_admin(user)


def _sender(update: Update) -> tuple[Message, int]:
    """Return the message and its sender's id; for a channel or an anonymous administrator that is the chat's."""
    message = update.message
    assert message is not None, "handlers take new messages only"
    if message.sender_chat:
        return message, message.sender_chat.id
    return message, message.from_user.id if message.from_user else message.chat_id

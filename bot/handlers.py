"""What the bot does with each kind of update."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from telegram import BotCommand, BotCommandScopeChat, Message, ReplyParameters, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from bot import texts
from bot.desk import Desk
from bot.rates import RateLimit
from bot.replies import answer_messages, plain_text, sources_messages, text_messages
from bot.settings import Settings
from retrieval.answering import clean_question
from retrieval.errors import KutipError, QuestionError

logger = logging.getLogger(__name__)

_LISTED_SOURCES = 50
_LISTED_FAILED = 20
_SEND_TRIES = 5
_TYPING_SECONDS = 4  # Telegram shows "typing" for five
_EDIT_SECONDS = 2  # between two edits of the message that shows a reload's progress

_New = filters.UpdateType.MESSAGE
_Private = _New & filters.ChatType.PRIVATE


class Handlers:
    """The bot's side of the conversation; `desk` knows the documents."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings = settings
        self._desk = desk
        self._rates = RateLimit(settings.rate_limit)
        self._reload: asyncio.Task[None] | None = None

    def add_to(self, application: "Application") -> None:  # type: ignore[type-arg]
        """Register all handlers; edited messages reach none of them."""
        for name in ("start", "help", "sources", "id", "reload"):
            application.add_handler(CommandHandler(name, getattr(self, name), filters=_New))
        application.add_handler(MessageHandler(_Private & filters.COMMAND, self.unknown_command))
        application.add_handler(MessageHandler(_Private & filters.TEXT, self.question))
        application.add_handler(MessageHandler(_Private & ~filters.StatusUpdate.ALL, self.no_text))
        application.add_error_handler(self.error)

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet; an administrator's menu is set again, as Telegram refuses it before the chat exists."""
        message, user = _sender(update)
        if self._is_admin(user):
            await set_admin_menu(context.bot, user)
        if not self._may_ask(update):
            await _say(message, texts.not_allowed(user))
            return
        snapshot = self._desk.snapshot
        greeting = texts.greeting(snapshot.index.document_count if snapshot else None)
        await _say(message, f"{greeting}\n\n{self._help(user)}")

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user = _sender(update)
        await _say(message, self._help(user) if self._may_ask(update) else texts.not_allowed(user))

    async def id(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell people their id, also those who may not ask: it is what the owner needs to list them."""
        message, user = _sender(update)
        await _say(message, texts.own_id(user, message.chat_id))

    async def sources(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user = _sender(update)
        if not self._may_ask(update):
            await _say(message, texts.not_allowed(user))
            return
        snapshot = await self._desk.ready()
        if snapshot is None:
            await _say(message, self._desk.why_not_ready())
            return
        count = snapshot.index.document_count
        listed = await asyncio.to_thread(snapshot.index.first_documents, _LISTED_SOURCES)
        await _send(message, sources_messages(listed, count))

    async def question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the text of a message in a private chat."""
        message, user = _sender(update)
        if not self._may_ask(update):
            await _say(message, texts.not_allowed(user))
            return
        if not self._is_admin(user) and not self._rates.allows(user):
            await _say(message, texts.too_many(self._settings.rate_limit))
            return
        try:
            question = clean_question(message.text or "")
        except QuestionError as error:
            await _say(message, str(error))
            return
        async with _typing(message):
            if await self._desk.ready() is None:
                await _say(message, self._desk.why_not_ready())
                return
            answer = await self._desk.ask(question)
            await _send(message, answer_messages(answer))

    async def unknown_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user = _sender(update)
        await _say(message, texts.UNKNOWN_COMMAND if self._may_ask(update) else texts.not_allowed(user))

    async def no_text(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, user = _sender(update)
        await _say(message, texts.ONLY_TEXT if self._may_ask(update) else texts.not_allowed(user))

    async def reload(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Start reading the documents again; the work goes on beside the questions."""
        message, user = _sender(update)
        if not self._is_admin(user):
            if message.chat.type == message.chat.PRIVATE:
                await self.unknown_command(update, context)
            return
        if self._reload and not self._reload.done():
            await _say(message, texts.reload_runs(self._desk.progress))
            return
        self._reload = asyncio.create_task(self._reload_and_report(message))

    async def _reload_and_report(self, message: Message) -> None:
        """Reload, showing the progress in one message that ends as the receipt."""
        report = _Report(message)
        await report.show(texts.reloading(None))
        work = asyncio.create_task(self._desk.update())
        while not work.done():
            await asyncio.wait([work], timeout=_EDIT_SECONDS)
            if not work.done():
                await report.show(texts.reloading(self._desk.progress))
        try:
            text = texts.receipt_text(work.result(), most_failed=_LISTED_FAILED)
        except KutipError as error:
            text = texts.reload_failed(str(error))
        except Exception:
            logger.exception("The reload failed.")
            text = texts.reload_failed(texts.APOLOGY)
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
        if update.message and not isinstance(context.error, TelegramError):
            await _say(update.message, texts.APOLOGY)

    async def close(self) -> None:
        """Wait until a reload that was stopped has said so."""
        if self._reload:
            await asyncio.wait([self._reload], timeout=_TYPING_SECONDS)

    def _help(self, user: int) -> str:
        admin = texts.ADMIN_COMMANDS if self._is_admin(user) else {}
        return texts.help_text({**texts.COMMANDS, **admin})

    def _is_admin(self, user: int) -> bool:
        return user in self._settings.admins

    def _may_ask(self, update: Update) -> bool:
        message, user = _sender(update)
        listed = self._settings.chats
        return not listed or user in listed or message.chat_id in listed or self._is_admin(user)


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


class _Report:
    """One message that is edited as work goes on."""

    def __init__(self, message: Message) -> None:
        self._message = message
        self._sent: Message | None = None
        self._text = ""

    async def show(self, text: str, *, last: bool = False) -> None:
        """Show a text; only the last one has to arrive."""
        if text == self._text:
            return
        self._text = text
        first, *more = text_messages(text)
        try:
            if self._sent is None:
                self._sent = await _reply(self._message, first)
            else:
                await self._sent.edit_text(first, parse_mode=ParseMode.HTML)
        except TelegramError as error:
            logger.info("The progress could not be shown: %s", error)
            if last:
                await _reply(self._message, first)
        for part in more:
            await _reply(self._message, part)


@asynccontextmanager
async def _typing(message: Message) -> AsyncIterator[None]:
    """Show "typing" in the chat until the block ends; it never holds the block up."""

    async def show() -> None:
        while True:
            try:
                await message.get_bot().send_chat_action(
                    message.chat_id, ChatAction.TYPING, message_thread_id=_topic(message)
                )
            except TelegramError as error:
                logger.info("Typing could not be shown: %s", error)
            await asyncio.sleep(_TYPING_SECONDS)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()


def _sender(update: Update) -> tuple[Message, int]:
    """Return the message and its sender's id; for a channel or an anonymous administrator that is the chat's."""
    message = update.message
    assert message is not None, "handlers take new messages only"
    if message.sender_chat:
        return message, message.sender_chat.id
    return message, message.from_user.id if message.from_user else message.chat_id


async def _say(message: Message, text: str) -> None:
    await _send(message, text_messages(text))


async def _send(message: Message, htmls: list[str]) -> None:
    for html in htmls:
        await _reply(message, html)


async def _reply(message: Message, html: str) -> Message:
    """Reply in the same topic; what Telegram cannot parse is sent as plain text rather than not at all."""
    try:
        return await _reply_with(message, html, ParseMode.HTML)
    except BadRequest as error:
        if "parse" not in str(error).lower():
            raise
        logger.error("Telegram could not parse a message: %s", error)
        return await _reply_with(message, plain_text(html), None)


async def _reply_with(message: Message, text: str, parse_mode: str | None) -> Message:
    """Send a reply; where Telegram says that there was too much of late, wait as long as it asks, and try again."""
    tries = 0
    while True:
        try:
            return await message.get_bot().send_message(
                message.chat_id,
                text,
                parse_mode=parse_mode,
                reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
                message_thread_id=_topic(message),
                disable_web_page_preview=True,
            )
        except RetryAfter as error:
            tries += 1
            if tries == _SEND_TRIES:
                raise
            pause = error.retry_after
            await asyncio.sleep(pause.total_seconds() if isinstance(pause, timedelta) else pause)


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None

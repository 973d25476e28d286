"""How messages are sent: in the right topic, again where that is safe, as plain text where HTML is refused."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError, TimedOut

from bot.telegram.api.retrying import patiently
from bot.telegram.messages.replies import plain_text, text_messages

logger = logging.getLogger(__name__)

Sent = TypeVar("Sent")

_TYPING_SECONDS = 4  # Telegram shows "typing" for five
_UPLOAD_SECONDS = 120


async def say(message: Message, text: str) -> None:
    """Reply with plain text."""
    await send(message, text_messages(text))


async def send(message: Message, htmls: Sequence[str], buttons: InlineKeyboardMarkup | None = None) -> list[int]:
    """Reply with messages of HTML, in order, and buttons below the last; return the ids of what was sent.

    One that Telegram did not confirm in time has arrived in most cases: the next ones follow it, and its id is missing.
    """
    sent = []
    for number, html in enumerate(htmls, start=1):
        try:
            sent.append((await reply(message, html, buttons if number == len(htmls) else None)).message_id)
        except TimedOut as error:
            logger.warning("Telegram did not say in time whether a message has arrived: %s", error)
    return sent


async def reply(message: Message, html: str, buttons: InlineKeyboardMarkup | None = None) -> Message:
    """Reply in the same topic; what Telegram cannot parse is sent as plain text rather than not at all."""

    async def send(chat: int, text: str, mode: ParseMode | None) -> Message:
        return await message.get_bot().send_message(
            chat,
            text,
            parse_mode=mode,
            reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
            message_thread_id=_topic(message),
            disable_web_page_preview=True,
            reply_markup=buttons,
        )

    async def show(text: str, mode: ParseMode | None) -> Message:
        try:
            return await patiently(lambda: send(message.chat_id, text, mode))
        except ChatMigrated as error:  # a group that has become a supergroup meanwhile
            new = error.new_chat_id
            return await patiently(lambda: send(new, text, mode))

    return await _as_html(html, show)


async def edit(query: CallbackQuery, html: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Let the message below which a button was pressed show something else; as plain text rather than not at all.

    Where it is too old to be edited, a new one shows it; where there is none, nothing does.
    """
    if not query.message:
        return
    bot, chat = query.get_bot(), query.message.chat.id
    if query.message.is_accessible:
        await _edit(bot, chat, query.message.message_id, html, buttons)
        return

    async def show(text: str, mode: ParseMode | None) -> Message:
        return await patiently(
            lambda: bot.send_message(chat, text, mode, reply_markup=buttons, disable_web_page_preview=True)
        )

    await _as_html(html, show)


async def edit_messages(
    message: Message, old: Sequence[int], htmls: Sequence[str], buttons: InlineKeyboardMarkup | None
) -> list[int]:
    """Let earlier replies to a message show other HTML; return the ids of the messages that show it.

    What there is too much of goes, what is missing is sent. From the first on that cannot be edited any more, as it was
    deleted perhaps, all is sent anew in the place of what is left.
    """
    bot, chat = message.get_bot(), message.chat_id
    last = len(htmls) - 1
    kept: list[int] = []
    for number, (id, html) in enumerate(zip(old, htmls, strict=False)):
        try:
            await _edit(bot, chat, id, html, buttons if number == last else None)
        except TimedOut as error:
            logger.warning("Telegram did not say in time whether a message has been edited: %s", error)
        except BadRequest as error:
            logger.info("An answer could not be edited: %s", error)
            break
        kept.append(id)
    for id in old[len(kept) :]:
        with suppress(TelegramError):  # an old part too many is no harm
            await bot.delete_message(chat, id)
    missing = htmls[len(kept) :]
    return [*kept, *(await send(message, missing, buttons) if missing else [])]


async def send_file(message: Message, path: Path) -> None:
    """Send a file to the chat and topic of a message; raises OSError if it cannot be read."""
    await send_content(message, await asyncio.to_thread(path.read_bytes), path.name)


async def send_content(message: Message, content: bytes, name: str) -> None:
    """Send a file of this content and name to the chat and topic of a message."""
    await patiently(
        lambda: message.get_bot().send_document(
            message.chat_id,
            content,
            filename=name,
            message_thread_id=_topic(message),
            read_timeout=_UPLOAD_SECONDS,
            write_timeout=_UPLOAD_SECONDS,
        )
    )


async def send_picture(message: Message, png: bytes) -> None:
    """Send a picture to the chat and topic of a message."""
    await patiently(
        lambda: message.get_bot().send_photo(
            message.chat_id,
            png,
            message_thread_id=_topic(message),
            read_timeout=_UPLOAD_SECONDS,
            write_timeout=_UPLOAD_SECONDS,
        )
    )


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Tell Telegram that a press has arrived, and the person something, to close or passing; too late is no error."""
    try:
        await query.answer(text or None, show_alert=alert or None)
    except TelegramError as error:
        logger.info("A press could not be acknowledged: %s", error)


async def _edit(bot: Bot, chat: int, id: int, html: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Let a message show other HTML, as plain text rather than not at all; that it shows it already is no error."""

    async def show(text: str, mode: ParseMode | None) -> Message | bool:
        return await patiently(
            lambda: bot.edit_message_text(
                text, chat, id, parse_mode=mode, reply_markup=buttons, disable_web_page_preview=True
            )
        )

    try:
        await _as_html(html, show)
    except BadRequest as error:
        if "not modified" not in str(error).lower():
            raise


async def _as_html(html: str, show: Callable[[str, ParseMode | None], Coroutine[Any, Any, Sent]]) -> Sent:
    """Send or edit with HTML; what Telegram cannot parse goes as plain text rather than not at all."""
    try:
        return await show(html, ParseMode.HTML)
    except BadRequest as error:
        if "parse" not in str(error).lower():
            raise
        logger.error("Telegram could not parse a message: %s", error)
        return await show(plain_text(html), None)


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


class Report:
    """One message that is edited as work goes on; `id` is its own, 0 while there is none."""

    def __init__(self, message: Message, id: int = 0) -> None:
        """It replies to `message`, if it is not there already."""
        self._message = message
        self.id = id
        self._text = ""

    async def show(self, text: str, *, last: bool = False, buttons: InlineKeyboardMarkup | None = None) -> None:
        """Show a text, with buttons below; only the last one has to arrive."""
        if text == self._text and not buttons:
            return
        self._text = text
        first, *more = text_messages(text)
        try:
            if not self.id:
                self.id = (await reply(self._message, first, buttons)).message_id
            else:  # not patiently: the next one comes soon, and the last is sent anew
                await self._message.get_bot().edit_message_text(
                    first,
                    self._message.chat_id,
                    self.id,
                    parse_mode=ParseMode.HTML,
                    reply_markup=buttons,
                    disable_web_page_preview=True,
                )
        except TelegramError as error:
            logger.info("The progress could not be shown: %s", error)
            if last:
                await reply(self._message, first, buttons)
        for part in more:
            await reply(self._message, part)


@asynccontextmanager
async def typing(message: Message) -> AsyncIterator[None]:
    """Show "typing" in the chat until the block ends, or Telegram has enough; it never holds the block up."""

    async def show() -> None:
        while True:
            try:
                await message.get_bot().send_chat_action(
                    message.chat_id, ChatAction.TYPING, message_thread_id=_topic(message)
                )
            except RetryAfter:
                return
            except TelegramError as error:
                logger.info("Typing could not be shown: %s", error)
            await asyncio.sleep(_TYPING_SECONDS)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()

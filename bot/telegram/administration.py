"""What administrators do and see, while the bot goes on answering: reloads, files that they send, figures."""

import asyncio
import logging

from telegram import Bot, File, Message
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, InvalidToken, TelegramError, TimedOut

from bot.plots import PlotError, days_picture
from bot.telegram.api.retrying import patiently
from bot.telegram.chats.people import sender
from bot.telegram.desk import Desk
from bot.telegram.insight import by_day, gaps, gaps_csv, is_gap, statistics
from bot.telegram.messages.sending import say, send_content, send_picture
from bot.telegram.reloading import Reloading
from bot.telegram.storage.database import Database
from bot.telegram.uploads import UploadFolder, file_name
from bot.texts import Texts
from retrieval.documents.files import UPLOADS
from retrieval.documents.formats.registry import SUFFIXES, save_as
from retrieval.errors import KutipError

logger = logging.getLogger(__name__)

_LISTED_GAPS = 15
_LISTED_DAYS = 7
_STATS_DAYS = 30
_DAY = 24 * 60 * 60  # seconds


class Administration:
    """Whoever is no administrator is sent away before. What changes the documents is noted in the database."""

    def __init__(self, desk: Desk, database: Database, uploads: UploadFolder, *, max_bytes: int) -> None:
        """Files of up to `max_bytes` are taken, and of what Telegram lets a bot fetch."""
        self._desk = desk
        self._database = database
        self._uploads = uploads
        self._max_bytes = min(max_bytes, FileSizeLimit.FILESIZE_DOWNLOAD)
        self._reloading = Reloading(desk, database, uploads)
        self._reload: asyncio.Task[None] | None = None

    async def reload(self, message: Message, texts: Texts) -> None:
        """Start reading the documents again; the work goes on beside the questions."""
        if self._reload and not self._reload.done():
            await say(message, texts.reload_runs(self._desk.progress))
            return
        self._reload = await self._reloading.begin(message, texts)

    async def take(self, message: Message, texts: Texts) -> asyncio.Task[None] | None:
        """Store a file that was sent and index it, with a button that undoes it; None if it is not taken.

        The task that is returned ends when it is told what has become of it.
        """
        document = message.document
        assert document is not None
        name = file_name(document.file_name)
        if name is None:
            saved = save_as(document.file_name or "")
            await say(message, texts.upload_save_as(saved) if saved else texts.upload_kinds(SUFFIXES))
            return None
        if (document.file_size or 0) > self._max_bytes:
            await say(message, texts.upload_too_large(self._max_bytes))
            return None
        try:
            content = await _content(await patiently(document.get_file, reads=True))
            await asyncio.to_thread(self._uploads.store, name, content)
        except (OSError, TelegramError) as error:
            logger.warning("%s, sent by an administrator, could not be stored: %s", name, error)
            reason = (isinstance(error, OSError) and error.strerror) or str(error)  # the path may hold the token
            await say(message, texts.upload_failed(reason))
            return None
        return await self._changed(message, sender(message), "upload", name, texts)

    async def remove(self, message: Message, texts: Texts) -> None:
        """Remove a file that was sent, by its name after the command; without one, list those that can be."""
        asked = (message.text or "").partition(" ")[2].strip().removeprefix(f"{UPLOADS}/")
        name = await asyncio.to_thread(self._uploads.meant, asked)
        removed = name is not None and await asyncio.to_thread(self._uploads.remove, name)
        if name and removed:
            await self._changed(message, sender(message), "remove", name, texts)
        else:
            await say(message, texts.removable(await asyncio.to_thread(self._uploads.names), asked))

    async def undo(self, message: Message, person: int, key: str, texts: Texts) -> None:
        """Bring back what was there before a change of a file that was sent, unless it has changed since."""
        pressed_again = False
        try:
            await patiently(lambda: message.edit_reply_markup(None))
        except TimedOut:  # the button is gone in most cases
            pass
        except BadRequest:
            pressed_again = True
        name = await asyncio.to_thread(self._uploads.undo, key)
        if name:
            await self._changed(message, person, "undo", name, texts)
        elif not pressed_again:
            await say(message, texts.changed_since)

    async def _changed(self, message: Message, person: int, act: str, name: str, texts: Texts) -> asyncio.Task[None]:
        """Note a change of the files that were sent, and index it, after what is being indexed."""
        await self._database.note_act(person, act, name)
        return await self._reloading.begin(message, texts, name)

    async def rollback(self, message: Message, texts: Texts) -> None:
        """Answer from the version of the index before this one; that is not done again after a restart."""
        if (self._reload and not self._reload.done()) or self._desk.progress:
            await say(message, texts.reload_runs(self._desk.progress))
            return
        self._reload = self._reloading.run(self._roll_back_and_report(message, texts))

    async def stats(self, message: Message, texts: Texts) -> None:
        """Say how many questions were answered, how fast and how well, with a picture where matplotlib is installed."""
        span = min(_STATS_DAYS, self._database.days_known)
        asked = await self._database.asked(self._database.time() - span * _DAY)
        days = by_day(asked)
        await say(message, texts.statistics(statistics(asked), days[-_LISTED_DAYS:], span))
        if not days:
            return
        try:
            picture = await asyncio.to_thread(days_picture, days, texts)
        except PlotError:
            return
        await send_picture(message, picture)

    async def gaps(self, message: Message, texts: Texts) -> None:
        """List the questions that found no answer, or a bad one, those that are alike together; all of them as CSV."""
        if message.chat.type != message.chat.PRIVATE:
            await say(message, texts.in_private)
            return
        asked = [one for one in await self._database.asked(0) if is_gap(one)]
        if not asked:
            await say(message, texts.no_gaps(kept=self._database.keeps_questions))
            return
        await self._desk.ready()
        vectors = await self._desk.embed([one.text for one in asked])
        found = await asyncio.to_thread(gaps, asked, vectors)
        await say(message, texts.gaps(found[:_LISTED_GAPS]))
        await send_content(message, await asyncio.to_thread(gaps_csv, found), "gaps.csv")

    async def go_on(self, bot: Bot) -> None:
        """Tell what was not told to its end when the process ended."""
        await self._reloading.go_on(bot)

    async def close(self) -> None:
        """Wait until a reload that was stopped has said so."""
        await self._reloading.close()

    async def _roll_back_and_report(self, message: Message, texts: Texts) -> None:
        try:
            index = (await self._desk.roll_back()).index
            text = texts.rolled_back(index.document_count, index.passage_count)
        except KutipError as error:
            text = texts.error(error)
        except Exception:
            logger.exception("The rollback failed.")
            text = texts.apology
        await say(message, text)


async def _content(file: File) -> bytes:
    """Download a file; raises TelegramError, or OSError where the Bot API server lays it on this machine's disk."""

    async def download() -> bytearray:
        try:
            return await file.download_as_bytearray()
        except InvalidToken as error:  # so the library takes it that there is none at its address
            raise TelegramError("Telegram does not hand it out") from error

    return bytes(await patiently(download, reads=True))

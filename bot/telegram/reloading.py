"""Reading the documents again, beside the questions: one message shows how far that is, and then how it ended.

What is still to be told is written down: after a kill it is told when the bot has started again.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from telegram import Bot, Chat, Message
from telegram.error import TelegramError

from bot.telegram.desk import Desk
from bot.telegram.messages.buttons import undo_button
from bot.telegram.messages.sending import Report
from bot.telegram.storage.database import Database
from bot.telegram.storage.open_reports import OpenReport, OpenReports
from bot.telegram.uploads import UploadFolder
from bot.texts import Texts, texts_in
from retrieval.errors import IndexingStoppedError, KutipError, NothingLeftError
from retrieval.receipts import Cause, Receipt

logger = logging.getLogger(__name__)

_LISTED_FAILED = 20
_CLOSE_SECONDS = 4
_EDIT_SECONDS = 2  # between two edits of the message that shows the progress


class Reloading:
    """What changes the index for administrators; they are told in the chat where they asked."""

    def __init__(self, desk: Desk, database: Database, uploads: UploadFolder) -> None:
        self._desk = desk
        self._open = OpenReports(database)
        self._uploads = uploads
        self._running: set[asyncio.Task[None]] = set()

    async def begin(self, message: Message, texts: Texts, sent: str = "") -> asyncio.Task[None]:
        """Begin to read the documents again, after what is being read; return the task, which ends when that is told.

        After a change of a file that was `sent`, by its name, only that is looked at anew. What has become of it is
        said first, and a button undoes the change.
        """
        undo = await asyncio.to_thread(self._uploads.key, sent) if sent else ""
        report = OpenReport(message.chat_id, message.message_id, texts.language, sent, undo)
        await self._open.note(report)
        return self.run(self._reload(message, report, texts))

    async def go_on(self, bot: Bot) -> None:
        """Begin once more what was not told to its end when the process ended; this comes before anything new.

        A file that is not in this process's folder was sent to another one.
        """
        for report in await self._open.left():
            if not report.sent or await asyncio.to_thread(self._uploads.knows, report.sent):
                self.run(self._reload(_message(report, bot), report, texts_in(report.language)))

    def run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin work that says in a chat how it ended; where Telegram does not take that, the log says so."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(_note_untold)
        return task

    async def close(self) -> None:
        """Wait until what was stopped has said so."""
        if self._running:
            await asyncio.wait(self._running, timeout=_CLOSE_SECONDS)

    async def _reload(self, message: Message, open: OpenReport, texts: Texts) -> None:
        report = Report(message, open.shown)
        work = asyncio.create_task(self._desk.update(Cause.SENT if open.sent else Cause.ASKED))
        await report.show(texts.reloading(None))
        await self._open.note(replace(open, shown=report.id))
        while not work.done():
            await asyncio.wait([work], timeout=_EDIT_SECONDS)
            if not work.done():
                await report.show(texts.reloading(self._desk.progress))
        text = await self._told(work, open.sent, texts)
        await report.show(text, last=True, buttons=undo_button(open.undo, texts) if open.undo else None)
        if not isinstance(work.exception(), IndexingStoppedError):  # else it ends after the next start
            await self._open.end(open)

    async def _told(self, work: asyncio.Task[Receipt], sent: str, texts: Texts) -> str:
        """Say how a reload that is done ended."""
        try:
            if sent:
                text = texts.sent_receipt(work.result(), sent, *await self._desk.found_sent(sent))
            else:
                text = texts.receipt(work.result(), most_failed=_LISTED_FAILED)
        except NothingLeftError:
            text = f"{texts.sent_file(sent, None)}\n{texts.no_documents}"
        except KutipError as error:
            text = texts.reload_failed(texts.error(error), answering=self._desk.snapshot is not None)
        except Exception:
            logger.exception("The reload failed.")
            text = texts.reload_failed(texts.apology, answering=self._desk.snapshot is not None)
        return text


def _message(report: OpenReport, bot: Bot) -> Message:
    """Make a message, of which the ids are known, to reply to."""
    kind = Chat.PRIVATE if report.chat > 0 else Chat.SUPERGROUP
    message = Message(report.message, datetime.now(UTC), Chat(report.chat, kind))
    message.set_bot(bot)
    return message


def _note_untold(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        fault = None if isinstance(error, TelegramError) else error  # of ours: where it lies is worth knowing
        logger.warning("How a change of the documents ended could not be told: %s", error, exc_info=fault)

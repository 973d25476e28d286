"""/reload and /rollback: what administrators do with the index, while the bot goes on answering."""

import asyncio
import logging

from telegram import Message

from bot.desk import Desk
from bot.sending import Report, say
from bot.texts import Texts
from retrieval.errors import KutipError

logger = logging.getLogger(__name__)

_LISTED_FAILED = 20
_CLOSE_SECONDS = 4
_EDIT_SECONDS = 2  # between two edits of the message that shows a reload's progress


class Reloading:
    """One reload at a time; whoever may not ask for one is sent away before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._reload: asyncio.Task[None] | None = None

    async def reload(self, message: Message, texts: Texts) -> None:
        """Start reading the documents again; the work goes on beside the questions."""
        if self._reload and not self._reload.done():
            await say(message, texts.reload_runs(self._desk.progress))
            return
        self._reload = asyncio.create_task(self._reload_and_report(message, texts))

    async def roll_back(self, message: Message, texts: Texts) -> None:
        """Answer from the version of the index before this one."""
        if (self._reload and not self._reload.done()) or self._desk.progress:
            await say(message, texts.reload_runs(self._desk.progress))
            return
        try:
            snapshot = await self._desk.roll_back()
        except KutipError as error:
            await say(message, texts.error(error))
            return
        await say(message, texts.rolled_back(snapshot.index.document_count, snapshot.index.passage_count))

    async def close(self) -> None:
        """Wait until a reload that was stopped has said so."""
        if self._reload:
            await asyncio.wait([self._reload], timeout=_CLOSE_SECONDS)

    async def _reload_and_report(self, message: Message, texts: Texts) -> None:
        """Reload, showing the progress in one message that ends as the receipt."""
        report = Report(message)
        await report.show(texts.reloading(None))
        work = asyncio.create_task(self._desk.update())
        while not work.done():
            await asyncio.wait([work], timeout=_EDIT_SECONDS)
            if not work.done():
                await report.show(texts.reloading(self._desk.progress))
        try:
            text = texts.receipt(work.result(), most_failed=_LISTED_FAILED)
        except KutipError as error:
            text = texts.reload_failed(texts.error(error), answering=self._desk.snapshot is not None)
        except Exception:
            logger.exception("The reload failed.")
            text = texts.reload_failed(texts.apology, answering=self._desk.snapshot is not None)
        await report.show(text, last=True)

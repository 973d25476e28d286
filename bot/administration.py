"""What administrators do and see, while the bot goes on answering: /reload, /rollback, /stats, /gaps."""

import asyncio
import logging
import time

from telegram import Message

from bot.database import Database
from bot.desk import Desk
from bot.insight import by_day, gaps, gaps_csv, is_gap, statistics
from bot.plots import PlotError, days_picture
from bot.sending import Report, say, send_content, send_picture
from bot.texts import Texts
from retrieval.errors import KutipError

logger = logging.getLogger(__name__)

_LISTED_FAILED = 20
_LISTED_GAPS = 15
_LISTED_DAYS = 7
_STATS_DAYS = 30
_DAY = 24 * 60 * 60  # seconds
_CLOSE_SECONDS = 4
_EDIT_SECONDS = 2  # between two edits of the message that shows a reload's progress


class Administration:
    """One reload at a time; whoever is no administrator is sent away before."""

    def __init__(self, desk: Desk, database: Database) -> None:
        self._desk = desk
        self._database = database
        self._reload: asyncio.Task[None] | None = None

    async def reload(self, message: Message, texts: Texts) -> None:
        """Start reading the documents again; the work goes on beside the questions."""
        if self._reload and not self._reload.done():
            await say(message, texts.reload_runs(self._desk.progress))
            return
        self._reload = asyncio.create_task(self._reload_and_report(message, texts))

    async def rollback(self, message: Message, texts: Texts) -> None:
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

    async def stats(self, message: Message, texts: Texts) -> None:
        """Say how many questions were answered, how fast and how well, with a picture where matplotlib is installed."""
        asked = await self._database.asked(int(time.time()) - _STATS_DAYS * _DAY)
        days = by_day(asked)
        await say(message, texts.statistics(statistics(asked), days[-_LISTED_DAYS:], _STATS_DAYS))
        if not days:
            return
        try:
            picture = await asyncio.to_thread(days_picture, days)
        except PlotError:
            return
        await send_picture(message, picture)

    async def gaps(self, message: Message, texts: Texts) -> None:
        """List the questions that found no answer, or a bad one, those that are alike together; all of them as CSV."""
        asked = [one for one in await self._database.asked(0) if is_gap(one)]
        if not asked:
            await say(message, texts.no_gaps())
            return
        await self._desk.ready()
        vectors = await self._desk.embed([one.text for one in asked])
        found = await asyncio.to_thread(gaps, asked, vectors)
        await say(message, texts.gaps(found[:_LISTED_GAPS]))
        await send_content(message, await asyncio.to_thread(gaps_csv, found), "gaps.csv")

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

"""The list of documents, in pages, each with a button that opens its beginning."""

import asyncio

from telegram import CallbackQuery, InlineKeyboardMarkup, Message

from bot.telegram.desk import Desk
from bot.telegram.messages.buttons import source_buttons
from bot.telegram.messages.replies import SOURCES_A_PAGE, sources_message
from bot.telegram.messages.sending import edit, say, send
from bot.texts import Texts
from retrieval.answering import Snapshot


class SourceList:
    """What /sources and /source show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, message: Message, texts: Texts, name: str = "") -> None:
        """Reply with the first page of all documents, or with those that a name finds."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        if not name:
            await send(message, *await asyncio.to_thread(_page, snapshot, 0, texts))
            return
        found = await asyncio.to_thread(snapshot.sources_named, name, SOURCES_A_PAGE + 1)
        title = texts.sources_found if len(found) <= SOURCES_A_PAGE else texts.first_sources_found(SOURCES_A_PAGE)
        found = found[:SOURCES_A_PAGE]
        if found:
            await send(message, [sources_message(found, title, texts)], source_buttons(found, texts))
        else:
            await say(message, texts.no_source(name))

    async def turn(self, query: CallbackQuery, message: Message, first: int, texts: Texts) -> None:
        """Let a message show another page; the press is acknowledged already."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        [html], buttons = await asyncio.to_thread(_page, snapshot, first, texts)
        await edit(query, html, buttons)


async def snapshot_for(desk: Desk, message: Message, texts: Texts) -> Snapshot | None:
    """Return the snapshot to answer from; while there is none, None, and whoever wrote is told why."""
    snapshot = await desk.ready()
    if snapshot is None:
        await say(message, desk.why_not_ready(texts))
    return snapshot


def _page(snapshot: Snapshot, first: int, texts: Texts) -> tuple[list[str], InlineKeyboardMarkup]:
    """Return the page that begins with a document, the last one if there are not so many, and its buttons."""
    total = snapshot.index.document_count
    first = min(first, (total - 1) // SOURCES_A_PAGE * SOURCES_A_PAGE)
    listed = snapshot.sources(first, SOURCES_A_PAGE)
    buttons = source_buttons(listed, texts, first=first, size=SOURCES_A_PAGE, total=total)
    return [sources_message(listed, texts.documents(total), texts, first=first + 1)], buttons

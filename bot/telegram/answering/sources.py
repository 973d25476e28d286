"""The list of documents, in pages, each with a button that opens its beginning."""

import asyncio
from typing import NamedTuple

from telegram import CallbackQuery, InlineKeyboardMarkup, Message

from bot.telegram.desk import Desk
from bot.telegram.messages.buttons import NAME_BYTES, source_buttons
from bot.telegram.messages.replies import SOURCES_A_PAGE, sources_message
from bot.telegram.messages.sending import edit, say, send
from bot.texts import Texts
from retrieval.answering import Snapshot


class _Page(NamedTuple):
    html: str
    buttons: InlineKeyboardMarkup


class SourceList:
    """What /sources and /source show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def show(self, message: Message, texts: Texts, name: str = "") -> None:
        """Reply with the first page of all documents, or of those that a name finds."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        if page := await asyncio.to_thread(_page, snapshot, 0, name, texts):
            await send(message, [page.html], page.buttons)
        else:
            await say(message, texts.no_source(name))

    async def turn(self, query: CallbackQuery, message: Message, first: int, name: str, texts: Texts) -> None:
        """Let a message show another page; the press is acknowledged already."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        if page := await asyncio.to_thread(_page, snapshot, first, name, texts):
            await edit(query, page.html, page.buttons)
        else:
            await say(message, texts.no_source(name))


async def snapshot_for(desk: Desk, message: Message, texts: Texts) -> Snapshot | None:
    """Return the snapshot to answer from; while there is none, None, and whoever wrote is told why."""
    snapshot = await desk.ready()
    if snapshot is None:
        await say(message, desk.why_not_ready(texts))
    return snapshot


def _page(snapshot: Snapshot, first: int, name: str, texts: Texts) -> _Page | None:
    """Return the page that begins with a document, of all or of those that a name finds, if there are any.

    If there are not so many any more, it is the last page of all, or the first of those with a name.
    """
    if name:
        return _page_of_named(snapshot, first, name, texts) or (
            _page_of_named(snapshot, 0, name, texts) if first else None
        )
    total = snapshot.index.document_count
    first = min(first, (total - 1) // SOURCES_A_PAGE * SOURCES_A_PAGE)
    listed = snapshot.sources(first, SOURCES_A_PAGE)
    buttons = source_buttons(listed, texts, first=first, size=SOURCES_A_PAGE, total=total)
    return _Page(sources_message(listed, texts.documents(total), texts, first=first + 1), buttons)


def _page_of_named(snapshot: Snapshot, first: int, name: str, texts: Texts) -> _Page | None:
    found = snapshot.sources_named(name, SOURCES_A_PAGE + 1, first=first)
    listed, total = found[:SOURCES_A_PAGE], first + len(found)
    if not found:
        return None
    is_cut = len(found) > len(listed) and len(name.encode()) > NAME_BYTES
    title = texts.first_sources_found(SOURCES_A_PAGE) if is_cut else texts.sources_found
    buttons = source_buttons(listed, texts, first=first, size=SOURCES_A_PAGE, total=total, name=name)
    return _Page(sources_message(listed, title, texts, first=first + 1), buttons)

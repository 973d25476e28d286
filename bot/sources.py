"""The list of documents, in pages, each with a button that opens its beginning."""

import asyncio
import re

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.desk import Desk
from bot.replies import SOURCES_A_PAGE, sources_message
from bot.sending import edit, say, send
from bot.texts import Texts
from retrieval.answering import Snapshot
from retrieval.values import Source

PAGE = re.compile(r"s:(\d{1,9})", re.ASCII)
"""The data of a button that turns to a page: the number of its first document, from 0."""
OPEN = "o"  # what the data of a button begins with that opens a place
_IN_A_ROW = 5


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
        found = await asyncio.to_thread(snapshot.sources_named, name, SOURCES_A_PAGE)
        if found:
            await send(
                message,
                [sources_message(found, texts.sources_found, texts)],
                InlineKeyboardMarkup(_openers(found, 1, texts)),
            )
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
    turns = [(texts.before, first - SOURCES_A_PAGE), (texts.after, first + SOURCES_A_PAGE)]
    row = [InlineKeyboardButton(text, callback_data=f"s:{to}") for text, to in turns if 0 <= to < total]
    html = sources_message(listed, texts.documents(total), texts, first=first + 1)
    return [html], InlineKeyboardMarkup([*_openers(listed, first + 1, texts), *([row] if row else [])])


def _openers(listed: list[Source], first: int, texts: Texts) -> list[list[InlineKeyboardButton]]:
    """Return a button for each document, with its number."""
    buttons = [
        InlineKeyboardButton(texts.number(number), callback_data=f"{OPEN}:{source.key}")
        for number, source in enumerate(listed, start=first)
    ]
    return [buttons[at : at + _IN_A_ROW] for at in range(0, len(buttons), _IN_A_ROW)]

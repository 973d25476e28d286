"""What opens from an answer: a citation's place, the passages around it, more citations, the document's file.

Buttons carry keys of sentences, so that they work after a restart too, as long as the sentences stand.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import replace

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import FileSizeLimit

from bot.database import Database
from bot.desk import Desk
from bot.people import People
from bot.replies import more_messages, passage_message
from bot.sending import acknowledge, edit, say, send, send_file
from bot.sources import OPEN, PAGE, SourceList, snapshot_for
from bot.texts import Texts
from retrieval.answering import Snapshot
from retrieval.markup import shortened
from retrieval.places import KEY_LENGTH
from retrieval.values import Answer, Citation

_PASSAGE, _FILE, _MORE = "p", "f", "m"  # what a button's data begins with
_DATA = re.compile(rf"([a-z])(\d?):((?:[\w-]{{{KEY_LENGTH}}})+)", re.ASCII)  # the digit: of the first citation
_VOTES = {"👍": 1, "👎": -1}  # what a button shows and its data is, and how it counts
_BUTTON_LENGTH = 40  # characters of a title


class Browsing:
    """The buttons below answers and places, and what they do."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        database: Database,
        *,
        files: bool,
    ) -> None:
        """`files`: whoever may ask may have the documents' files."""
        self._desk = desk
        self._people = people
        self._database = database
        self._files = files
        self._sources = SourceList(desk)

    async def show_place(self, message: Message, key: str, texts: Texts) -> None:
        """Reply with the place that a key leads to, the sentence marked."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        citation = await asyncio.to_thread(snapshot.find, key)
        if citation is None:
            await say(message, texts.place_gone)
            return
        buttons = await asyncio.to_thread(_place_buttons, snapshot, key, texts, files=self._files)
        await send(message, [passage_message(citation, texts, marked=True)], buttons)

    async def press(self, query: CallbackQuery, bot: str) -> None:
        """Do what a button says; its data may be old, or a forger's. `bot` is the bot's user name."""
        message, user = query.message, query.from_user.id
        if not isinstance(message, Message) or not self._people.may_ask(user, message.chat_id):
            await acknowledge(query)
            return
        texts = self._people.texts(query.from_user)
        if query.data in _VOTES:
            await self._database.vote(message.chat_id, message.message_id, user, _VOTES[query.data])
            await acknowledge(query, texts.voted)
            return
        kind, first, keys = _parsed(query.data or "")
        page = PAGE.fullmatch(query.data or "")
        refusal = self._people.refusal(user, texts) if page or keys else texts.place_gone
        await acknowledge(
            query, refusal, alert=bool(refusal)
        )  # first: after some seconds Telegram takes no answer any more
        if refusal:
            return
        if page:
            await self._sources.turn(query, message, int(page[1]), texts)
        elif kind == OPEN:
            await self.show_place(message, keys[0], texts)
        else:
            await self._show_more(query, message, (kind, first, keys), bot, texts)

    async def _show_more(
        self, query: CallbackQuery, message: Message, wanted: tuple[str, int, list[str]], bot: str, texts: Texts
    ) -> None:
        """Show what keys lead to: the next passage, the file, more citations."""
        kind, first, keys = wanted
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        found = await asyncio.to_thread(_find, snapshot, keys)
        if not found:
            await say(message, texts.place_gone)
        elif kind == _PASSAGE:
            buttons = await asyncio.to_thread(_place_buttons, snapshot, keys[0], texts, files=self._files)
            await edit(query, passage_message(found[0], texts, marked=False), buttons)
        elif kind == _FILE and self._files:
            await self._send_file(message, found[0], texts)
        elif kind == _MORE:
            numbered = [replace(citation, number=number) for number, citation in enumerate(found, start=first)]
            await send(message, more_messages(numbered, bot, texts))

    async def _send_file(self, message: Message, citation: Citation, texts: Texts) -> None:
        path = await self._desk.file_of(citation.document.id)
        if path is None:
            await say(message, texts.file_gone)
            return
        try:
            if path.stat().st_size > FileSizeLimit.FILESIZE_UPLOAD:
                await say(message, texts.file_too_large)
            else:
                await send_file(message, path)
        except OSError:
            await say(message, texts.file_gone)


def answer_buttons(answer: Answer, texts: Texts) -> InlineKeyboardMarkup:
    """Return the buttons below an answer: what people think of it, and more citations or the nearest documents."""
    votes = [InlineKeyboardButton(sign, callback_data=sign) for sign in _VOTES]
    if answer.more:
        data = f"{_MORE}{len(answer.citations) + 1}:{''.join(answer.more)}"
        return InlineKeyboardMarkup([[InlineKeyboardButton(texts.more, callback_data=data), *votes]])
    nearest: dict[str, Citation] = {}
    for citation in answer.related:
        nearest.setdefault(citation.document.id, citation)
    rows = [
        [InlineKeyboardButton(_title(citation), callback_data=f"{OPEN}:{citation.key}")]
        for citation in nearest.values()
        if citation.key
    ]
    return InlineKeyboardMarkup([*rows, votes])


def _place_buttons(snapshot: Snapshot, key: str, texts: Texts, *, files: bool) -> InlineKeyboardMarkup | None:
    """Return the buttons below a place: the passages before and after it, and the document's file."""
    before, after = snapshot.beside(key)
    turns = [(texts.before, before), (texts.after, after)]
    row = [InlineKeyboardButton(text, callback_data=f"{_PASSAGE}:{to}") for text, to in turns if to]
    file = [InlineKeyboardButton(texts.file, callback_data=f"{_FILE}:{key}")] if files else []
    rows = [buttons for buttons in (row, file) if buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _parsed(data: str) -> tuple[str, int, list[str]]:
    """Return what a button asks for, the number of its first citation, and its keys; none if it is none of ours."""
    match = _DATA.fullmatch(data)
    if not match:
        return "", 0, []
    kind, first, keys = match.groups()
    return kind, int(first or 1), [keys[at : at + KEY_LENGTH] for at in range(0, len(keys), KEY_LENGTH)]


def _find(snapshot: Snapshot, keys: Sequence[str]) -> list[Citation]:
    return [citation for key in keys if (citation := snapshot.find(key))]


def _title(citation: Citation) -> str:
    return shortened(citation.document.title, _BUTTON_LENGTH)

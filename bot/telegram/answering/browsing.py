"""What opens from an answer: a citation's place, the passages around it, more citations, the document's file."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from telegram import CallbackQuery, Message
from telegram.constants import FileSizeLimit

from bot.telegram.answering.asking import Asking
from bot.telegram.answering.sources import SourceList, snapshot_for
from bot.telegram.chats.people import People
from bot.telegram.desk import Desk
from bot.telegram.messages.buttons import FILE, MORE, OPEN, PAGE, PASSAGE, QUESTION, VOTE, Press, place_buttons
from bot.telegram.messages.replies import more_messages, passage_message
from bot.telegram.messages.sending import acknowledge, edit, say, send, send_file
from bot.telegram.storage.database import Database
from bot.texts import Texts
from retrieval.answering import Snapshot
from retrieval.values import Citation


class Browsing:
    """What the buttons below answers, places and lists do."""

    def __init__(self, desk: Desk, people: People, database: Database, asking: Asking, *, files: bool) -> None:
        """`files`: whoever may ask may have the documents' files."""
        self._desk = desk
        self._people = people
        self._database = database
        self._asking = asking
        self._files = files
        self._sources = SourceList(desk)

    async def follow_link(self, message: Message, key: str, texts: Texts) -> None:
        """Reply with the place that a citation's link leads to; it counts as a question."""
        if not await self._asking.refuses(message, texts):
            await self._show_place(message, key, texts)

    async def list_sources(self, message: Message, texts: Texts, name: str) -> None:
        """Reply with the list of documents, or with those that a name finds; that counts as a question."""
        if not (name and await self._asking.refuses(message, texts)):
            await self._sources.show(message, texts, name)

    async def _show_place(self, message: Message, key: str, texts: Texts) -> None:
        """Reply with the place that a key leads to, the sentence marked."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        citation = await asyncio.to_thread(snapshot.find, key)
        if citation is None:
            await say(message, texts.place_gone)
            return
        buttons = await asyncio.to_thread(place_buttons, snapshot, key, texts, files=self._files)
        await send(message, [passage_message(citation, texts, marked=True)], buttons)

    async def press(self, query: CallbackQuery, press: Press, bot: str) -> None:
        """Do what a button says; that may be old, or a forger's. `bot` is the bot's user name."""
        message, user = query.message, query.from_user.id
        if not isinstance(message, Message) or not self._people.may_ask(user, message.chat_id):
            await acknowledge(query)
            return
        texts = self._people.texts(query.from_user)
        refusal = self._people.refusal(user, message.chat_id, texts) if press.kind else texts.place_gone
        said = texts.voted if press.kind == VOTE else ""
        await acknowledge(query, refusal or said, alert=bool(refusal))  # first: after some seconds it is taken no more
        if refusal:
            return
        if press.kind == VOTE:
            await self._database.vote(message.chat_id, message.message_id, user, press.number)
        elif press.kind == PAGE:
            await self._sources.turn(query, message, press.number, press.name, texts)
        elif press.kind == OPEN:
            await self._show_place(message, press.keys[0], texts)
        else:
            await self._show(query, message, press, bot, texts)

    async def _show(self, query: CallbackQuery, message: Message, press: Press, bot: str, texts: Texts) -> None:
        """Show what keys lead to: the next passage, the file, more citations, the answer to a document's question."""
        snapshot = await snapshot_for(self._desk, message, texts)
        if snapshot is None:
            return
        found = await asyncio.to_thread(_find, snapshot, press.keys)
        if not found:
            await say(message, texts.place_gone)
        elif press.kind == PASSAGE:
            buttons = await asyncio.to_thread(place_buttons, snapshot, press.keys[0], texts, files=self._files)
            await edit(query, passage_message(found[0], texts, marked=False), buttons)
        elif press.kind == FILE and self._files:
            await self._send_file(message, found[0], texts)
        elif press.kind == MORE:
            numbered = [replace(citation, number=number) for number, citation in enumerate(found, start=press.number)]
            await send(message, more_messages(numbered, bot, texts))
        elif press.kind == QUESTION:
            question = await asyncio.to_thread(snapshot.suggested, press.keys[0], press.number)
            if question is None:
                await say(message, texts.place_gone)
            else:
                await self._asking.answer_suggested(message, query.from_user, question, bot)

    async def _send_file(self, message: Message, citation: Citation, texts: Texts) -> None:
        path = await self._desk.file_of(citation.document.id)
        if path is None:
            await say(message, texts.file_gone)
            return
        try:
            if (await asyncio.to_thread(path.stat)).st_size > FileSizeLimit.FILESIZE_UPLOAD:
                await say(message, texts.file_too_large)
            else:
                await send_file(message, path)
        except OSError:
            await say(message, texts.file_gone)


def _find(snapshot: Snapshot, keys: Sequence[str]) -> list[Citation]:
    return [citation for key in keys if (citation := snapshot.find(key))]

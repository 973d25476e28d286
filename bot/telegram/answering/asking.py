"""From a message that asks to the messages that answer it, and again when it is edited."""

import logging
import re
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from cachetools import LRUCache
from telegram import Message, User

from bot.telegram.answering.asked import message_replied_to, only_replies, place_of
from bot.telegram.answering.sources import snapshot_for
from bot.telegram.chats.memory import Memory
from bot.telegram.chats.people import People, sender
from bot.telegram.desk import Desk
from bot.telegram.messages.buttons import answer_buttons
from bot.telegram.messages.replies import answer_messages, text_messages
from bot.telegram.messages.sending import edit_messages, say, send, typing
from bot.telegram.metrics import QUESTIONS, SECONDS
from bot.telegram.storage.database import Asked, Database
from bot.texts import Texts
from retrieval.answering import clean_question
from retrieval.answers.turns import turn_after
from retrieval.errors import QuestionError
from retrieval.questions.courtesy import as_read
from retrieval.questions.question_parts import asks, is_question
from retrieval.questions.several import questions_in
from retrieval.questions.to_the_bot import is_courtesy, speaks_to_the_bot
from retrieval.text.patterns import regex
from retrieval.values import Answer, Turn

logger = logging.getLogger(__name__)

_LATE = 60 * 60  # seconds from which on an answer comes with an apology
_REQUESTS = regex(r"\b(?:tell|list|show|give|explain|jelaskan|sebutkan|jumlah|data|info\w*)\b", re.IGNORECASE)
_MOST_FORGOTTEN = 1_000  # people
_STILL_ASKED = timedelta(minutes=30)  # after which a message that is edited into a question is none any more


class _Moment(NamedTuple):
    """When something was written, in whole seconds since the epoch, and when its handling began, a monotonic time."""

    written: float
    handled: float


class Asking:
    """Answers, and knows which messages are the answer to which."""

    def __init__(self, desk: Desk, people: People, database: Database, *, log_questions: bool = False) -> None:
        """`log_questions`: what people ask stands in the log too."""
        self._desk = desk
        self._people = people
        self._database = database
        self._log_questions = log_questions
        self._memory = Memory()
        self._forgotten: LRUCache[int, _Moment] = LRUCache(_MOST_FORGOTTEN)  # when people wanted to be

    async def answer(self, message: Message, question: str, bot: str) -> None:
        """Reply to a message with the answer to what it asks; `bot` is the bot's user name.

        One that was answered before the process was killed, and is handled again, stays as it is.
        """
        if not await self._database.answer_to(message.chat_id, message.message_id, message.date.timestamp()):
            await self._answer(message, question, bot, [])

    async def answer_suggested(self, message: Message, user: User, question: str, bot: str) -> None:
        """Answer a question that somebody chose from a message of the bot, below which it was a button."""
        texts = self._people.texts(user)
        asked = _Moment(self._database.time(), time.monotonic())
        async with typing(message):
            answer = await self._desk.ask(question)
            htmls = answer_messages(answer, bot, texts, chosen=True)
            sent = await send(message, htmls, answer_buttons(answer, texts))
            if sent:
                await self._note(message, -sent[0], [answer], turn_after(answer), None, sent, user.id, asked)

    async def answer_again(self, message: Message, question: str, bot: str) -> None:
        """Let the messages that answered a message, which is edited now, show the answer to what it asks."""
        old = await self._database.answer_to(message.chat_id, message.message_id, message.date.timestamp())
        if old or (message.edit_date and message.edit_date - message.date < _STILL_ASKED):
            await self._answer(message, question, bot, old)

    async def forget_person(self, message: Message) -> None:
        """Delete all that is kept of a message's sender, in memory too; what was asked before it is not kept later."""
        person = sender(message)
        self._forgotten[person] = _Moment(_asked_at(message), time.monotonic())
        self._memory.forget_person(person)
        await self._database.forget_person(person)

    def forget(self, message: Message) -> None:
        """Let the sender's next question in this chat stand alone."""
        self._memory.forget(place_of(message), sender(message))

    async def _answer(self, message: Message, question: str, bot: str, old: list[int]) -> None:
        texts = self._people.texts_for(message)
        asked = _Moment(_asked_at(message), time.monotonic())
        cleaned = await self._cleaned(message, question, texts, old)
        if cleaned is None:
            return
        async with typing(message):
            if await snapshot_for(self._desk, message, texts) is None:
                return
            place, person = place_of(message), sender(message)
            known, before = self._memory.before(place, message.message_id)
            if not known:
                before = self._memory.turn(place, person, replied_to=message_replied_to(message))
            answers, turn = await self._answers(cleaned, before)
            if all(not one.found and speaks_to_the_bot(one.question) for one in answers):
                await self._tell(message, self._people.help(message), old)
                return
            if not old and not any(one.found for one in answers) and _is_aside(message, cleaned):
                return
            late, several = self._database.time() - _asked_at(message) > _LATE, len(answers) > 1
            htmls = [
                html
                for one in answers
                for html in answer_messages(one, bot, texts, chosen=several, late=late and one is answers[-1])
            ]
            buttons = answer_buttons(answers[-1], texts)
            sent = await (edit_messages(message, old, htmls, buttons) if old else send(message, htmls, buttons))
            await self._note(message, message.message_id, answers, turn, before, sent, person, asked)

    async def _answers(self, cleaned: str, before: Turn | None) -> tuple[list[Answer], Turn]:
        """Answer each question of a message, which goes on from the one before; return the turn after the last, too."""
        first, *others = questions_in(cleaned)
        answers = [await self._desk.ask(first, before)]
        turn = turn_after(answers[0], before)
        for question in others:
            answers.append(await self._desk.ask(question, turn))
            turn = turn_after(answers[-1], turn)
        return answers, turn

    async def _note(
        self,
        message: Message,
        question: int,
        answers: Sequence[Answer],
        turn: Turn,
        before: Turn | None,
        sent: list[int],
        person: int,
        asked: _Moment,
    ) -> None:
        """Keep, count and log what was just sent, one answer or several.

        They are not kept if the person has wanted to be forgotten since they were `asked`. `question` is the number
        that they are stored under, with the first that was not found, if any; `turn` the one after them, `before` the
        one that they may have gone on from.
        """
        seconds = time.monotonic() - asked.handled
        told = next((one for one in answers if not one.found), answers[-1])
        forgotten = self._forgotten.get(person)
        if not forgotten or (forgotten.written <= asked.written and forgotten.handled <= asked.handled):
            self._memory.keep(place_of(message), person, message.message_id, sent, turn, before)
            row = Asked(self._database.time(), person, told.question, told.found, seconds)
            await self._database.keep_answer(message.chat_id, question, sent, row)
        for answer in answers:
            QUESTIONS.labels("yes" if answer.found else "no").inc()
            about = {"chat": message.chat_id, "found": answer.found, "confidence": round(answer.confidence, 2)}
            text = {"question": answer.question} if self._log_questions else {}
            logger.info("A question is answered.", extra={**about, "seconds": round(seconds, 3), **text})
        SECONDS.observe(seconds)

    async def _tell(self, message: Message, text: str, old: list[int]) -> None:
        """Say something to whoever wrote a message, in the place of the messages that answered it before, if any."""
        if not old:
            await say(message, text)
            return
        shown = await edit_messages(message, old, text_messages(text), None)
        await self._database.keep_messages(message.chat_id, message.message_id, shown)

    async def _cleaned(self, message: Message, question: str, texts: Texts, old: list[int]) -> str | None:
        """Return a question that can be answered now; where it is none, say why, in the place of an answer before."""
        try:
            cleaned = clean_question(question)  # first: of long messages the rest takes long
            if is_courtesy(cleaned):
                if message.chat.type == message.chat.PRIVATE:
                    await self._tell(message, texts.welcome, old)
                return None
            questions = questions_in(cleaned)
        except QuestionError as error:
            if not await self.refuses(message, texts):
                await self._tell(message, texts.error(error), old)
            return None
        return None if await self.refuses(message, texts, len(questions)) else cleaned

    async def refuses(self, message: Message, texts: Texts, questions: int = 1) -> bool:
        """Count what a message asks, or tell its sender, once, to wait."""
        person = sender(message)
        refusal = self._people.refusal(person, message.chat_id, texts, _asked_at(message), questions)
        if refusal and self._people.is_first_refusal(person, message.chat_id):
            await say(message, refusal)
        return bool(refusal)


def _is_aside(message: Message, text: str) -> bool:
    """Tell whether a message in a group asks nothing by its words: "no way!", in reply to an answer."""
    read = as_read(text)
    asked = "?" in text or asks(read) or is_question(read) or _REQUESTS.search(read)
    return not asked and only_replies(message, message.get_bot().bot)


def _asked_at(message: Message) -> float:
    """Return when a message was written, or edited last, in seconds since the epoch, by Telegram's clock."""
    return (message.edit_date or message.date).timestamp()

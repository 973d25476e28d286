"""Quotes offered while somebody types `@bot question` in any chat; the one that they choose is posted there."""

import asyncio
import logging
import time
from weakref import WeakKeyDictionary

from cachetools import LRUCache
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.telegram.chats.people import People
from bot.telegram.chats.rates import RateLimit
from bot.telegram.desk import Desk
from bot.telegram.messages.replies import offered_message
from bot.texts import Texts
from retrieval.answering import Snapshot, clean_question
from retrieval.errors import QuestionError
from retrieval.text.markup import quote_parts, shortened
from retrieval.values import Answer, Citation

logger = logging.getLogger(__name__)

_PAUSE = 0.4  # seconds without a key pressed, after which a question is taken for complete
_CACHE_SECONDS = 10  # for which Telegram may show a person the same cards again
_CARDS = 5
_KNOWN = 500  # questions whose answers are kept, of one snapshot
_SHOWN_LENGTH = 200
_START = "inline"  # what /start is told by who comes from here
_AS_OFTEN = 5  # times as often as questions in a chat, as a person pauses while typing


class Inline:
    """Answers inline queries; a person's newer query takes the place of the one before."""

    def __init__(self, desk: Desk, people: People, rate_limit: int) -> None:
        self._desk = desk
        self._people = people
        self._rates = RateLimit(rate_limit * _AS_OFTEN)
        self._newest: dict[int, str] = {}
        self._answers: WeakKeyDictionary[Snapshot, LRUCache[str, tuple[Answer, list[Citation]]]] = WeakKeyDictionary()

    async def offer(self, query: InlineQuery, bot: str) -> None:
        """Answer a query with up to five cards, once its sender pauses; `bot` is the bot's user name."""
        user, texts = query.from_user, self._people.texts(query.from_user)
        if not self._people.may_ask(user.id):
            await _show(query, [], texts.inline_not_allowed)
            return
        self._newest[user.id] = query.id
        await asyncio.sleep(_PAUSE)
        if self._newest.get(user.id) != query.id:
            return
        del self._newest[user.id]
        try:
            question = clean_question(query.query)
        except QuestionError:
            await _show(query, [], texts.inline_hint)
            return
        if self._desk.snapshot is None or not self._rates.allows(user.id, time.monotonic()):
            await _show(query, [], texts.inline_later)
            return
        answer, more = await self._answer(question)
        cards = [_card(one, answer, bot, texts) for one in (*answer.shown, *more)[:_CARDS]]
        await _show(query, cards, "" if answer.found else texts.not_found)

    async def _answer(self, question: str) -> tuple[Answer, list[Citation]]:
        """Return the answer to a question that stands alone, and its further citations."""
        snapshot = self._desk.snapshot
        assert snapshot is not None
        answers = self._answers.setdefault(snapshot, LRUCache(_KNOWN))
        if question not in answers:
            answer = await self._desk.ask_at_once(question)
            more = await asyncio.to_thread(lambda: [one for key in answer.more if (one := snapshot.find(key))])
            answers[question] = answer, more
        return answers[question]


def _card(citation: Citation, answer: Answer, bot: str, texts: Texts) -> InlineQueryResultArticle:
    """Return a card that shows a quote with its title and source, and posts it with its citation."""
    quote = "".join(quote_parts(citation))
    about = shortened(texts.place(citation), _SHOWN_LENGTH)
    title = shortened(citation.document.title, _SHOWN_LENGTH)
    return InlineQueryResultArticle(
        id=citation.key,
        title=title if answer.found else f"{texts.related} {title}",
        description=f"{citation.opening}{shortened(quote, _SHOWN_LENGTH)}{citation.closing}\n{about}",
        input_message_content=InputTextMessageContent(
            offered_message(citation, answer, bot, texts),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )


async def _show(query: InlineQuery, cards: list[InlineQueryResultArticle], text: str) -> None:
    """Answer a query; `text`, if there is one, stands above the cards, and leads to the private chat."""
    above = InlineQueryResultsButton(text, start_parameter=_START) if text else None
    try:
        await query.answer(cards, cache_time=_CACHE_SECONDS, is_personal=True, button=above)
    except TelegramError as error:  # the person has typed on, or gone
        logger.info("An inline query could not be answered: %s", error)

"""What a message asks, if it is the bot that is meant."""

import re

from telegram import Message, MessageEntity, User

from retrieval.questions.courtesy import as_read
from retrieval.questions.question_parts import ASKS, ASKS_LAST, SENTENCE_END, opened
from retrieval.text.patterns import regex

_BETWEEN = r"[\s,:;–—-]*"  # "@kutip_bot, who …", "/ask: who …"
_COMMAND = regex(rf"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?![\w@]){_BETWEEN}")  # as other commands are taken
_ASKING = ("ask", "new")  # after which a question may stand
_TELLS = regex(  # after a word that asks, in a heading: "How to apply", "What we know"
    r"\s+(?:to|the|an?|this|that|i|we|you|he|she|it|they|my|our|your|his|her|its|their)\b", re.IGNORECASE
)


def question_in(message: Message, bot: User) -> str | None:
    """Return what a message asks, empty if it only calls the bot; None if the bot is not meant.

    In private all is meant. In a group a message is meant that mentions the bot or replies to it, whatever the bot gets
    to see there. One that mentions it, or says /ask, and nothing more asks what it replies to. The mention is no part
    of the question.
    """
    if message.is_automatic_forward:  # a channel's post in the group where it is discussed
        return None
    if message.via_bot and message.via_bot.id == bot.id:  # a quote that somebody chose in inline mode
        return None
    command = _after_command(message, bot)
    if command is not None:
        return command or _meant_by(message, bot)
    text, mentioned = _without_mentions(message, bot)
    in_private = message.chat.type == message.chat.PRIVATE
    if not in_private and not mentioned and not _replies_to(message, bot):
        return None
    return text.strip() or _meant_by(message, bot)


def only_replies(message: Message, bot: User) -> bool:
    """Tell whether a message of a group is meant for the bot only because it replies to it."""
    in_private = message.chat.type == message.chat.PRIVATE
    return not (in_private or _after_command(message, bot) is not None or _without_mentions(message, bot)[1])


def asks_below(caption: str) -> bool:
    """Tell whether what stands below a file asks something, and does not only say what the file is.

    Without its mark a question begins or ends with what asks: not "a report on how …".
    """
    asked = (opened(sentence)[0] for sentence in SENTENCE_END.split(as_read(caption)))
    return "?" in caption or any(map(_is_asked, asked))


def _is_asked(sentence: str) -> bool:
    begins = ASKS.match(sentence)
    return not _TELLS.match(sentence, begins.end()) if begins else bool(ASKS_LAST.search(sentence.rstrip(" .!")))


def _meant_by(message: Message, bot: User) -> str:
    """Return what a message asks that only calls the bot: what it replies to, unless the bot said that itself."""
    to = message.reply_to_message
    return _without_mentions(to, bot)[0].strip() if to and not _replies_to(message, bot) else ""


def place_of(message: Message) -> tuple[int, int]:
    """Return the chat of a message and its topic there; 0 where there are none."""
    return message.chat_id, (message.message_thread_id or 0) if message.is_topic_message else 0


def message_replied_to(message: Message) -> int | None:
    """Return the id of the message that a message replies to."""
    return message.reply_to_message.message_id if message.reply_to_message else None


def text_of(message: Message) -> str | None:
    return message.text or message.caption


def is_command_of(message: Message, bot: User) -> bool:
    """Tell whether a message begins with a command that carries the bot's name."""
    match = _COMMAND.match(text_of(message) or "")
    return match is not None and match["bot"] is not None and _is_for(match, bot)


def _after_command(message: Message, bot: User) -> str | None:
    """Return what stands after /ask or /new, in a text or in a picture's caption; None if it does not begin so."""
    text = text_of(message) or ""
    match = _COMMAND.match(text)
    if not match or match["name"].casefold() not in _ASKING or not _is_for(match, bot):
        return None
    return text[match.end() :]


def _is_for(command: re.Match[str], bot: User) -> bool:
    return (command["bot"] or bot.username or "").casefold() == (bot.username or "").casefold()


def _replies_to(message: Message, bot: User) -> bool:
    """Tell whether a message replies to the bot; the note that begins a topic looks like a message replied to."""
    to = message.reply_to_message
    return bool(to and to.from_user and to.from_user.id == bot.id and not to.forum_topic_created)


def _without_mentions(message: Message, bot: User) -> tuple[str, bool]:
    """Return a message's text without the places that mention the bot, and whether there are any."""
    units = (text_of(message) or "").encode("utf-16-le")  # in which entities are measured
    ours = [
        (2 * entity.offset, 2 * (entity.offset + entity.length))
        for entity in (message.entities if message.text else message.caption_entities)
        if _is(entity, _decoded(units[2 * entity.offset : 2 * (entity.offset + entity.length)]), bot)
    ]
    for start, end in sorted(ours, reverse=True):
        units = units[:start] + units[end:]
    text = _decoded(units)
    return (re.sub(f"^{_BETWEEN}", "", text) if ours else text), bool(ours)


def _decoded(units: bytes) -> str:
    """Return a text from UTF-16; half a character, of an entity that begins or ends in one, as a question mark."""
    return units.decode("utf-16-le", errors="replace")


def _is(entity: MessageEntity, shown: str, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return entity.type == MessageEntity.MENTION and shown.casefold() == f"@{bot.username}".casefold()

"""Those who write to the bot: who may ask, how often, and in which language they are spoken to."""

from telegram import Message, User

from bot.settings import Settings
from bot.telegram.chats.rates import RateLimit
from bot.telegram.storage.database import Database
from bot.texts import Texts, texts_in

_GROUP_LIMIT = 20  # messages that Telegram lets a bot send to a group in a minute


class People:
    """A person is named by the id of a user, or of the chat in whose name somebody writes."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._settings = settings
        self._database = database
        self._rates = RateLimit(settings.rate_limit)
        self._group_limit = max(settings.rate_limit, _GROUP_LIMIT) if settings.rate_limit else 0
        self._group_rates = RateLimit(self._group_limit)

    def is_admin(self, person: int) -> bool:
        return person in self._settings.admins

    def may_ask(self, person: int, chat: int | None = None) -> bool:
        """Tell whether a person may ask, in a chat or by themselves: KUTIP_CHATS lists one of them, or nobody."""
        listed = self._settings.chats
        former = self._database.former_id(chat) if chat is not None else None
        return not listed or bool(listed & {person, chat, former}) or self.is_admin(person)

    def texts(self, user: User | None, *, in_group: bool = False) -> Texts:
        """Return the texts in the language that somebody chose, else in that of their Telegram."""
        language = (self._database.language_of(user.id) or user.language_code) if user else None
        return texts_in(language, in_group=in_group)

    def texts_for(self, message: Message) -> Texts:
        """Return the texts for whoever wrote a message, as they are said in its chat."""
        return self.texts(message.from_user, in_group=_is_group(message.chat_id))

    def help(self, message: Message) -> str:
        """Tell whoever wrote a message how to ask, and what the commands do that they may use."""
        texts, is_admin = self.texts_for(message), self.is_admin(sender(message))
        commands = {**texts.commands, **(texts.admin_commands if is_admin else {})}
        takes_files = is_admin and not _is_group(message.chat_id)
        return texts.help(commands, [*texts.telegram_hints, *([texts.admin_hint] if takes_files else [])])

    def refusal(self, person: int, chat: int, texts: Texts, at: float | None = None, questions: int = 1) -> str:
        """Count questions that come together, or return why a person has to wait before the next one in this chat.

        `at` is when it was asked, in seconds since the epoch; now if it is None. So what waited while Telegram was out
        of reach is not taken for asked at once.
        """
        if self.is_admin(person):
            return ""
        at = self._database.time() if at is None else at
        if not self._rates.allows(person, at, questions):
            return texts.too_many(self._settings.rate_limit)
        if _is_group(chat) and not self._group_rates.allows(chat, at, questions):
            return texts.too_many_here(self._group_limit)
        return ""

    def is_first_refusal(self, person: int, chat: int) -> bool:
        """Tell whether a person who has to wait, or the chat, has not been told so yet."""
        if _is_group(chat) and not self._rates.is_used_up(person):
            return self._group_rates.is_first_refusal(chat)
        return self._rates.is_first_refusal(person)


def _is_group(chat: int) -> bool:
    return chat < 0


def sender(message: Message) -> int:
    """Return the id of who wrote a message; of a channel or an anonymous administrator, that of the chat."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat_id

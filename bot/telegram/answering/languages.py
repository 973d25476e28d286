"""The language in which somebody is spoken to: named after the command, or chosen with a button."""

from telegram import Bot, CallbackQuery, Message

from bot.telegram.answering.asking import Asking
from bot.telegram.chats.menus import set_own_menu
from bot.telegram.chats.people import People
from bot.telegram.messages.buttons import language_buttons
from bot.telegram.messages.replies import text_messages
from bot.telegram.messages.sending import acknowledge, edit, say, send
from bot.telegram.storage.database import Database
from bot.texts import Texts, texts_in


class Languages:
    """What /language and its buttons do."""

    def __init__(self, people: People, database: Database, asking: Asking) -> None:
        self._people = people
        self._database = database
        self._asking = asking

    async def choose(self, message: Message, texts: Texts, name: str) -> None:
        """Speak the language of this name from now on; that counts as a question. Else offer them as buttons."""
        language = texts.language_named(name)
        if language is None or message.from_user is None or message.sender_chat:  # nobody in particular
            await send(message, text_messages(texts.choose_language), language_buttons())
        elif not await self._asking.refuses(message, texts):
            await self._speak(message.get_bot(), message.from_user.id, language)
            await say(message, texts_in(language).language_chosen)

    async def press(self, query: CallbackQuery, language: str) -> None:
        """Speak the language of a button from now on."""
        person, texts = query.from_user.id, texts_in(language)
        chat = query.message.chat.id if query.message else person
        refusal = self._people.refusal(person, chat, texts)
        await acknowledge(query, refusal, alert=bool(refusal))
        if refusal or not self._people.may_ask(person, chat):
            return
        await self._speak(query.get_bot(), person, language)
        [html] = text_messages(texts.language_chosen)
        await edit(query, html, None)

    async def _speak(self, bot: Bot, person: int, language: str) -> None:
        await self._database.choose_language(person, language)
        await set_own_menu(bot, person, language, admin=self._people.is_admin(person))

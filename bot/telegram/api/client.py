"""The Bot API's client: what is fetched and sent, and what is made of answers that are none of Telegram's."""

import json
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.settings import WRONG_PROXY, Settings, SettingsError
from bot.telegram.api.contact import Contact
from bot.telegram.api.retrying import NotTelegramError
from bot.telegram.api.updates import sound

_CONNECTIONS = 256


class Request(HTTPXRequest):
    """Speaks HTTP with Telegram; an answer that is none of its, perhaps of a proxy, is trouble of the network."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        try:
            answer = json.loads(payload.decode(errors="replace"))
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise NotTelegramError
        return answer


class PollRequest(Request):
    """Fetches updates. One that no handler could take, which Telegram should never send, is only counted."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        answer = Request.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            try:
                answer["result"] = [sound(update) for update in answer["result"]]
            except (LookupError, TypeError):
                raise NotTelegramError from None
        return answer


class Client(ExtBot):  # type: ignore[type-arg]
    """Goes on polling when Telegram refuses the token for a moment, and never shows the token."""

    def __init__(self, settings: Settings, token: str, contact: Contact) -> None:
        """Raises SettingsError if the environment names a proxy that cannot be used."""
        hooks = {"event_hooks": {"response": [contact.note]}}
        try:
            super().__init__(
                token,
                base_url=f"{settings.telegram_api}/bot",
                base_file_url=f"{settings.telegram_api}/file/bot",
                request=Request(connection_pool_size=_CONNECTIONS, httpx_kwargs=hooks),
                get_updates_request=PollRequest(connection_pool_size=1, httpx_kwargs=hooks),
            )
        except (RuntimeError, ValueError):  # whose text may hold the password of the proxy
            raise SettingsError(WRONG_PROXY) from None

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **kwargs)
        except InvalidToken as error:
            raise NetworkError(
                "the bot's token is refused; if it was revoked, stop the bot and set the new one"
            ) from error

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

"""How updates are fetched: through bad moments of the network, and without those that no handler could take."""

import json
import logging
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from telegram import Update, User
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

logger = logging.getLogger(__name__)

_Number = Annotated[int, Field(ge=-(2**63), lt=2**63)]


class _Strict(BaseModel):
    """What handlers rely on of what Telegram sends; anything else may be there too."""

    model_config = ConfigDict(strict=True)


class _User(_Strict):
    id: _Number
    language_code: str | None = None


class _Chat(_Strict):
    id: _Number
    type: str


class _Entity(_Strict):
    type: str
    offset: int
    length: int
    user: _User | None = None


class _Document(_Strict):
    file_id: str
    file_name: str | None = None
    file_size: int | None = None


class _Message(_Strict):
    message_id: _Number
    date: int
    chat: _Chat
    sender: _User | None = Field(default=None, alias="from")
    sender_chat: _Chat | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[_Entity] | None = None
    caption_entities: list[_Entity] | None = None
    reply_to_message: "_Message | None" = None
    message_thread_id: _Number | None = None
    is_topic_message: bool | None = None
    document: _Document | None = None
    migrate_to_chat_id: _Number | None = None
    migrate_from_chat_id: _Number | None = None


class _CallbackQuery(_Strict):
    id: str
    sender: _User = Field(alias="from")
    message: _Message | None = None
    data: str | None = None


class _InlineQuery(_Strict):
    id: str
    sender: _User = Field(alias="from")
    query: str


class _Update(_Strict):
    update_id: _Number
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _CallbackQuery | None = None
    inline_query: _InlineQuery | None = None


class PollRequest(HTTPXRequest):
    """Fetches updates. One that no handler could take, which Telegram should never send, is only counted."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        data = HTTPXRequest.parse_json_payload(payload)
        if isinstance(data.get("result"), list):
            data["result"] = [_sound(update) for update in data["result"]]
        return data


def _sound(update: dict[str, Any]) -> dict[str, Any]:
    """Return an update, or only its number if it is not as it should be; half a character becomes a question mark."""
    try:
        written = json.dumps(update, ensure_ascii=False)
        if not written.isascii():
            update = json.loads(written.encode(errors="replace"))
        _Update.model_validate(update)
        Update.de_json(update, None)
    except (ValidationError, TypeError, ValueError, LookupError, AttributeError, OverflowError, OSError) as error:
        logger.warning("An update cannot be read, and is left out: %s", type(error).__name__)
        return {"update_id": update["update_id"]}
    return update


class PatientBot(ExtBot):  # type: ignore[type-arg]
    """Says when Telegram cannot be reached, and goes on polling when it refuses the token for a moment."""

    async def get_me(self, *args: Any, **kwargs: Any) -> User:
        try:
            return await super().get_me(*args, **kwargs)
        except NetworkError as error:
            logger.warning("Telegram cannot be reached, trying again: %s", error)
            raise

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **kwargs)
        except InvalidToken as error:
            raise NetworkError(
                "the bot's token is refused; if it was revoked, stop the bot and set the new one"
            ) from error

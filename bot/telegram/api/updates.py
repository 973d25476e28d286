"""What may arrive: the fields that handlers rely on, checked before any of them sees an update."""

import json
import logging
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from telegram import Update

logger = logging.getLogger(__name__)

_UNREADABLE = (
    ValidationError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    OverflowError,
    OSError,
    RecursionError,
)
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


class _Member(_Strict):
    status: str


class _Membership(_Strict):
    date: int
    chat: _Chat
    sender: _User = Field(alias="from")
    new_chat_member: _Member


class _Update(_Strict):
    update_id: _Number
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _CallbackQuery | None = None
    inline_query: _InlineQuery | None = None
    my_chat_member: _Membership | None = None


def as_json(update: Update) -> str:
    """Return an update as JSON that it can be read from again.

    The library leaves a date where it does not expect one, as in a pinned message that the bot cannot see.
    """
    return json.dumps(update.to_dict(), default=lambda date: int(date.timestamp()))


def sound(update: dict[str, Any]) -> dict[str, Any]:
    """Return an update that handlers can take, or only its number; half a character becomes a question mark.

    Raises LookupError or TypeError if it has no number, so that it is no update at all.
    """
    try:
        written = json.dumps(update, ensure_ascii=False)
        if not written.isascii():
            update = json.loads(written.encode(errors="replace"))
        _Update.model_validate(update)
        update = {name: update[name] for name in _Update.model_fields if name in update}  # no other kinds are handled
        as_json(Update.de_json(update, None))
    except _UNREADABLE as error:
        number = update["update_id"]
        if not isinstance(number, int):
            raise TypeError("the number of an update is none") from None
        logger.warning("An update cannot be read, and is left out: %s", type(error).__name__)
        return {"update_id": number}
    return update

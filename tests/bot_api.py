"""A small Telegram Bot API server, for tests that start ``kutip bot`` as a process of its own.

The server runs in a thread of the test process and keeps Telegram's rules; the test plays the people::

    with BotApi(token="123456:TEST") as api:
        ...  # start the bot with KUTIP_TELEGRAM_API=api.url
        question = api.says("How long is the notice period?", user=42)
        answer = api.wait_for_message(42, containing="three months", after=question)

One condition guards all state and is notified at every event; each wait, a long poll's or a test's, is a
wait on it. Message ids are unique across chats, as they are for a bot in private chats.
"""

import asyncio
import email
import itertools
import json
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import formatdate
from functools import cache, partial
from http import HTTPStatus
from typing import Any, Self, TypeAlias, TypeVar
from urllib.parse import parse_qsl, urlsplit

import httpx
import tdjson
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol

Json: TypeAlias = dict[str, Any]
T = TypeVar("T")

# Never decoded, even where they read like JSON: the bot may well say "42".
STRINGS = {
    "callback_query_id",
    "description",
    "inline_query_id",
    "language_code",
    "parse_mode",
    "short_description",
    "text",
}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
# Where the Bot API's name for an entity is not TDLib's with underscores.
ENTITY_NAMES = {"email_address": "email", "pre_code": "pre", "text_url": "text_link"}


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message from the bot, as it stands now."""

    message_id: int
    chat_id: int
    raw: str  # as sent, with its markup
    text: str  # as people see it
    entities: tuple[tuple[str, int, int], ...]  # type, offset and length in UTF-16 units
    links: tuple[str, ...]  # the addresses of its text links
    reply_to: int | None
    thread_id: int | None
    reply_markup: Json | None
    time: float  # of this version, in seconds since the epoch
    former: tuple["SentMessage", ...] = ()  # the versions before its edits, oldest first

    @property
    def buttons(self) -> dict[str, str]:
        """Tell what each inline button says, and its callback data or its address."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return {b["text"]: b.get("callback_data") or b.get("url", "") for row in rows for b in row}


@dataclass(frozen=True, slots=True)
class Call:
    """A method call, written down when it arrives."""

    method: str
    parameters: Json  # decoded: chat_id is an int, reply_markup a dict
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What goes wrong with a call. With a delay alone, the work is done at once and answered late."""

    status: int | None = None
    description: str | None = None
    retry_after: int | None = None
    drop: bool = False  # the connection is closed without an answer
    garbled: bool = False  # the answer, of work that is done, breaks off in the middle
    html: bool = False  # with a status: what answers is a proxy and not Telegram
    after: bool = False  # the work is done, and only then goes wrong
    delay: float = 0.0  # seconds before the answer, or before what comes instead


class ApiError(Exception):
    """A refusal, in Telegram's words."""

    def __init__(self, reason: str, status: int = 400, retry_after: int | None = None) -> None:
        text = f"Bad Request: {reason}" if status == 400 else reason
        super().__init__(text)
        body: Json = {"ok": False, "error_code": status, "description": text}
        if retry_after is not None:
            body["parameters"] = {"retry_after": retry_after}
        self.answer = JSONResponse(body, status)


class BotApi:
    """Serve the Bot API on a free port of 127.0.0.1 while the ``with`` block runs."""

    def __init__(self, token: str = "123456:TEST") -> None:
        self.token = token
        self.bot = person(int(token.split(":")[0]), "Kutip") | {"is_bot": True, "username": "kutip_bot"}
        self.calls: list[Call] = []
        self.updates: list[Json] = []  # every one, in order, also those that the bot has confirmed
        self.commands: dict[tuple[str, int | None, str], list[Json]] = {}  # by scope, its chat, language
        self.descriptions: dict[str, str] = {}  # by language, "" for the default
        self.short_descriptions: dict[str, str] = {}
        self.inline_mode = True
        self.clock_ahead = 0.0  # seconds
        self.is_away = False  # every connection is closed
        self.webhook: Json = {"url": ""}  # as getWebhookInfo tells it
        self._changed = threading.Condition()  # re-entrant: what is waited for may ask the API
        self._closed = False
        self._story: list[str] = []
        self._message_ids = itertools.count(1)
        self.files: dict[str, bytes] = {}  # what people sent, by its id
        self.documents: list[tuple[int, str, bytes]] = []  # the files that the bot sent: chat, name and content
        self.offers: dict[str, list[Json]] = {}  # the cards for each inline query, with what each would post
        self._messages: dict[int, Json] = {}  # everybody's, as the Bot API shows them
        self._sent: dict[int, SentMessage] = {}
        self.replies: dict[int, list[SentMessage]] = {}  # of the bot, as first sent, by what they reply to
        self._chats: dict[int, Json] = {}
        self._blocked: set[int] = set()
        self._pressed: dict[str, float] = {}  # when, by the id of the callback query
        self._unconfirmed: list[Json] = []
        self._repeated: list[Json] = []
        self._repeats_told = 0
        self._allowed_updates: list[str] = []
        self._polls = 0
        self._troubles: dict[str, list[Trouble]] = {}
        self._methods: dict[str, Callable[[Json], Any]] = {
            "answerCallbackQuery": self._answer_callback_query,
            "answerInlineQuery": self._answer_inline_query,
            "deleteMessage": self._delete_message,
            "deleteWebhook": self._delete_webhook,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "editMessageText": self._edit_message_text,
            "getFile": self._get_file,
            "getMe": lambda sent: self.bot | {"supports_inline_queries": self.inline_mode},
            "getMyCommands": lambda sent: self.commands.get(command_list(sent), []),
            "getUpdates": self._get_updates,
            "getWebhookInfo": self._get_webhook_info,
            "sendChatAction": lambda sent: bool(self._chat(sent)),
            "sendDocument": self._send_document,
            "sendMessage": self._send_message,
            "setMyCommands": self._set_my_commands,
            "setMyDescription": partial(describe, self.descriptions, "description", 512),
            "setWebhook": self._set_webhook,
            "setMyShortDescription": partial(describe, self.short_descriptions, "short_description", 120),
        }
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._serve_dated, methods=["GET", "POST"]),
                Route("/file/bot{token}/{file}", self._serve_file),
            ]
        )
        config = uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_config=None, date_header=False)
        config.timeout_graceful_shutdown = 1  # a late answer must not hold up the end of the test
        self._server = uvicorn.Server(config)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))
        self._webhook_secret = ""
        self._bringing = threading.Thread(target=self._bring)

    def __enter__(self) -> Self:
        self._thread.start()
        self._bringing.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.should_exit = True
        self._thread.join()
        self._bringing.join()

    # What people do

    def says(self, text: str, **sender: Any) -> int:
        """Write to the bot, as with ``sends``, with the entities (commands, mentions) that Telegram finds."""
        entities = bot_api_entities(tdlib("getTextEntities", text=text))
        return self.sends(**sender, text=text, entities=entities)

    def sends(
        self,
        *,
        user: int = 42,
        chat: int | None = None,
        first_name: str = "Ana",
        language: str | None = "en",
        reply_to: int | None = None,
        thread_id: int | None = None,
        edited_message_id: int | None = None,
        **fields: Any,
    ) -> int:
        """Send a message with these Bot API fields (``voice={...}``) and return its id.

        It is a private one, or goes to the supergroup ``chat``. Who writes has unblocked the bot. An edit
        keeps all but the fields.
        """
        with self._changed:
            here: Json = {"id": user, "type": "private", "first_name": first_name}
            if chat is not None and chat != user:
                here = {"id": chat, "type": "supergroup", "title": "Group", "is_forum": thread_id is not None}
            message: Json = {
                "from": person(user, first_name, language),
                "chat": here,
                "date": int(time.time() + self.clock_ahead),
            }
            if thread_id is not None:  # who replies to nobody seems to reply to the topic's first message
                topic = {"message_id": thread_id, "forum_topic_created": {"name": "Topic", "icon_color": 0}}
                message["reply_to_message"] = message | topic
                message |= {"message_thread_id": thread_id, "is_topic_message": True}
            if reply_to is not None:
                message["reply_to_message"] = self._messages[reply_to] | {"reply_to_message": None}
            if edited_message_id is None:
                message["message_id"] = next(self._message_ids)
            else:
                message = self._messages[edited_message_id] | {"edit_date": int(time.time() + self.clock_ahead)}
            message = without_none(message | fields)
            message_id: int = message["message_id"]
            self._messages[message_id] = message
            self._chats[message["chat"]["id"]] = message["chat"]
            self._blocked.discard(message["chat"]["id"])
            self._deliver("message" if edited_message_id is None else "edited_message", message)
            return message_id

    def sends_file(self, name: str, content: bytes, **sender: Any) -> int:
        """Send a file with ``sends``, and return the message's id."""
        id = f"file{len(self.files)}"
        self.files[id] = content
        about = {"file_id": id, "file_unique_id": id, "file_name": name, "file_size": len(content)}
        return self.sends(**sender, document=about)

    def edits(self, message_id: int, text: str) -> None:
        """Change the text of a person's message."""
        self.says(text, edited_message_id=message_id)

    def presses(
        self, message_id: int, data: str, *, user: int = 42, first_name: str = "Ana", language: str = "en"
    ) -> str:
        """Press a button under a message and return the callback query's id; ``data`` may be a forger's."""
        with self._changed:
            query: Json = {"id": str(len(self._pressed) + 1), "from": person(user, first_name, language)}
            query |= {"message": self._messages[message_id], "chat_instance": "1", "data": data}
            self._pressed[query["id"]] = time.time()
            self._deliver("callback_query", query)
            return str(query["id"])

    def types(self, query: str, *, user: int = 42, first_name: str = "Ana", language: str = "en") -> str:
        """Type `@bot query` in some chat and return the inline query's id."""
        with self._changed:
            told: Json = {"id": str(len(self.updates) + 1), "from": person(user, first_name, language)}
            self._deliver("inline_query", told | {"query": query, "offset": "", "chat_type": "sender"})
            return str(told["id"])

    def delivers(self, content: Json) -> None:
        """Deliver an update as it stands, however odd."""
        with self._changed:
            number = {"update_id": 1_000 + len(self.updates)}
            self.updates.append(number)
            self._unconfirmed.append(number | content)
            self._tell(f"odd: {content}")

    def block(self, chat_id: int) -> None:
        """Block the bot, until the person writes again."""
        with self._changed:
            self._blocked.add(chat_id)

    def _deliver(self, kind: str, content: Json) -> None:
        update = {"update_id": 1_000 + len(self.updates), kind: content}
        self.updates.append(update)
        if not self._allowed_updates or kind in self._allowed_updates:
            self._unconfirmed.append(update)
        told = {name: value for name, value in content.items() if name not in {"from", "chat", "message"}}
        self._tell(f"{content['from']['first_name']}, {kind}: {told}")

    def _tell(self, event: str) -> None:
        self._story.append(event)
        self._changed.notify_all()

    # What a test asks and orders

    def messages(self, chat_id: int) -> list[SentMessage]:
        """List the bot's messages in a chat, oldest first, without the deleted ones."""
        with self._changed:
            return [message for message in self._sent.values() if message.chat_id == chat_id]

    def wait_for(self, condition: Callable[["BotApi"], T | None], timeout: float = 30) -> T:
        """Wait until the condition, asked after every event, gives something true, and return that."""
        with self._changed:
            if found := self._changed.wait_for(lambda: condition(self), timeout):
                return found
            raise AssertionError("\n".join([f"not within {timeout} seconds; so far:", *self._story]))

    def wait_for_message(
        self, chat_id: int, *, containing: str = "", after: int = 0, timeout: float = 30
    ) -> SentMessage:
        """Wait for a message of the bot with a greater id than ``after``; an edit may bring the text."""

        def fitting(api: BotApi) -> SentMessage | None:
            found = (m for m in api.messages(chat_id) if m.message_id > after and containing in m.text)
            return next(found, None)

        return self.wait_for(fitting, timeout)

    @property
    def methods(self) -> list[str]:
        """The names of all methods."""
        return sorted(self._methods)

    def fail(self, method: str, times: int = 1, **trouble: Any) -> None:
        """Let the next calls of a method go wrong, with the fields of ``Trouble``."""
        if method not in self._methods:
            raise ValueError(f"this server has no method {method}")
        with self._changed:
            self._troubles.setdefault(method, []).extend([Trouble(**trouble)] * times)

    def repeat_update(self, update_id: int) -> None:
        """Deliver an update once more, as Telegram does when its confirmation got lost."""
        with self._changed:
            self._repeated += [update for update in self.updates if update["update_id"] == update_id]
            self._tell(f"update {update_id} comes again")

    # The server

    async def _serve_dated(self, request: Request) -> Response:
        answer = await self._serve(request)
        answer.headers["date"] = formatdate(time.time() + self.clock_ahead, usegmt=True)
        return answer

    async def _serve(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != self.token:
            return ApiError("Unauthorized", 401).answer
        if method not in self._methods:
            return ApiError("Not Found", 404).answer
        sent = await parameters(request)
        with self._changed:
            self.calls.append(Call(method, sent, time.time()))
            self._changed.notify_all()
            planned = self._troubles.get(method)
            trouble = planned.pop(0) if planned else Trouble(drop=self.is_away)
        fails = trouble.drop or trouble.after or trouble.status is not None
        answer = Response()
        if trouble.after or not fails:
            answer = await run_in_threadpool(self._answer, method, sent)
        await asyncio.sleep(trouble.delay)
        if trouble.garbled:
            return Response(bytes(answer.body)[:-9], media_type="application/json")
        if trouble.status is not None:
            wait = "" if trouble.retry_after is None else f": retry after {trouble.retry_after}"
            text = trouble.description or HTTPStatus(trouble.status).phrase + wait
            if trouble.html:
                return HTMLResponse(f"<html><h1>{text}</h1></html>", trouble.status)
            return ApiError(text, trouble.status, trouble.retry_after).answer
        if fails:  # what is written to a closed connection goes nowhere
            for connection in self._server.server_state.connections:
                if isinstance(connection, H11Protocol) and connection.client == request.scope["client"]:
                    connection.transport.close()
        return answer

    async def _serve_file(self, request: Request) -> Response:
        content = self.files.get(request.path_params["file"])
        known = content is not None and request.path_params["token"] == self.token
        return Response(content) if known else Response(status_code=404)

    def _get_file(self, sent: Json) -> Json:
        if sent["file_id"] not in self.files:
            raise ApiError("wrong file_id or the file is temporarily unavailable")
        return {"file_id": sent["file_id"], "file_unique_id": sent["file_id"], "file_path": sent["file_id"]}

    def _answer(self, method: str, sent: Json) -> Response:
        with self._changed:
            try:
                return JSONResponse({"ok": True, "result": self._methods[method](sent)})
            except ApiError as error:
                self._tell(f"{method} refused: {error}")
                return error.answer

    def _bring(self) -> None:
        """Bring updates to the webhook while there is one, one after the other, each until it is taken."""
        with httpx.Client(timeout=5, trust_env=False) as client:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or (self.webhook["url"] and self._waiting()))
                    if self._closed:
                        return
                    url, update = self.webhook["url"], self._waiting()[0]
                    headers = {"X-Telegram-Bot-Api-Secret-Token": self._webhook_secret}
                try:
                    taken = client.post(url, json=update, headers=headers).is_success
                except httpx.HTTPError:
                    taken = False
                with self._changed:
                    if not taken:
                        self._changed.wait(0.2)
                    elif update in self._repeated:
                        self._repeated.remove(update)
                    elif update in self._unconfirmed:
                        self._unconfirmed.remove(update)

    def _waiting(self) -> list[Json]:
        return sorted(self._repeated + self._unconfirmed, key=lambda update: int(update["update_id"]))

    def _set_webhook(self, sent: Json) -> bool:
        if urlsplit(sent["url"]).scheme not in ("http", "https"):
            raise ApiError("bad webhook: HTTPS URL must be provided for webhook")
        self._allowed_updates = sent.get("allowed_updates", self._allowed_updates)
        self._webhook_secret = sent.get("secret_token", "")
        self.webhook = {"url": sent["url"]}
        self._tell(f"updates go to {sent['url']} now")
        return True

    def _get_updates(self, sent: Json) -> list[Json]:
        if self.webhook["url"]:
            text = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(f"Conflict: {text}", 409)
        self._polls += 1
        poll = self._polls
        self._changed.notify_all()  # ends the poll before this one
        self._allowed_updates = sent.get("allowed_updates", self._allowed_updates)
        offset = sent.get("offset", 0)
        if offset < 0:
            del self._unconfirmed[:offset]
        if offset > 0:
            del self._repeated[: self._repeats_told]
            self._unconfirmed = [update for update in self._unconfirmed if update["update_id"] >= offset]
        self._changed.wait_for(
            lambda: self._repeated or self._unconfirmed or self._closed or self._polls > poll,
            min(sent.get("timeout", 0), 50),
        )
        if self._polls > poll:
            text = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise ApiError(f"Conflict: {text}", 409)
        self._repeats_told = len(self._repeated)
        return self._waiting()[: sent.get("limit", 100)]

    def _get_webhook_info(self, sent: Json) -> Json:
        told = {"has_custom_certificate": False, "pending_update_count": len(self._unconfirmed)}
        return told | self.webhook

    def _delete_webhook(self, sent: Json) -> bool:
        self.webhook = {"url": ""}
        if sent.get("drop_pending_updates"):
            self._unconfirmed.clear()
        return True

    def _set_my_commands(self, sent: Json) -> bool:
        key = command_list(sent)
        if key[1] is not None and key[1] not in self._chats:
            raise ApiError("chat not found")
        for command in sent["commands"]:
            if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]):
                raise ApiError("BOT_COMMAND_INVALID")
        self.commands[key] = sent["commands"]
        return True

    def _answer_callback_query(self, sent: Json) -> bool:
        if time.time() - self._pressed.get(sent["callback_query_id"], 0) > 15:
            raise ApiError("query is too old and response timeout expired or query ID is invalid")
        return True

    def _answer_inline_query(self, sent: Json) -> bool:
        offered = sent["results"]
        if len(offered) > 50:
            raise ApiError("RESULTS_TOO_MUCH")
        if len({result["id"] for result in offered}) < len(offered):
            raise ApiError("RESULT_ID_DUPLICATE")
        if any(not 1 <= len(result["id"].encode()) <= 64 for result in offered):
            raise ApiError("RESULT_ID_INVALID")
        contents = [card["input_message_content"] for card in offered]
        posted = [content(one | {"text": one["message_text"]}) for one in contents]
        self.offers[sent["inline_query_id"]] = [
            card | {"posted": post} for card, post in zip(offered, posted, strict=True)
        ]
        self._tell(f"the bot offers {len(offered)} cards")
        return True

    def _send_message(self, sent: Json) -> Json:
        message: Json = {"from": self.bot, "chat": self._chat(sent), "date": int(time.time() + self.clock_ahead)}
        message |= content(sent)
        if thread_id := sent.get("message_thread_id"):
            message |= {"message_thread_id": thread_id, "is_topic_message": True}
        if reply := sent.get("reply_parameters"):
            replied = self._messages.get(reply["message_id"])
            if replied and replied["chat"]["id"] == message["chat"]["id"]:
                message["reply_to_message"] = replied | {"reply_to_message": None}
            elif not reply.get("allow_sending_without_reply"):
                raise ApiError("message to be replied not found")
        return self._keep({"message_id": next(self._message_ids)} | message, sent["text"])

    def _send_document(self, sent: Json) -> Json:
        chat, file = self._chat(sent), sent["document"]
        if not file["data"]:
            raise ApiError("file must be non-empty")
        self.documents.append((chat["id"], file["file_name"], file["data"]))
        document = {"file_id": "f", "file_unique_id": "f", "file_name": file["file_name"]}
        message = {"from": self.bot, "chat": chat, "date": int(time.time()), "document": document}
        return {"message_id": next(self._message_ids)} | message

    def _edit_message_text(self, sent: Json) -> Json:
        message = self._message(sent, "edit")
        if message["message_id"] not in self._sent:
            raise ApiError("message can't be edited")
        new = content(sent)
        if new == {name: message.get(name) for name in new}:
            raise ApiError(NOT_MODIFIED)
        return self._keep(message | new | {"edit_date": int(time.time() + self.clock_ahead)}, sent["text"])

    def _edit_message_reply_markup(self, sent: Json) -> Json:
        message = self._message(sent, "edit")
        if sent.get("reply_markup") == message.get("reply_markup"):
            raise ApiError(NOT_MODIFIED)
        new = {"reply_markup": sent.get("reply_markup"), "entities": message.get("entities")}
        return self._keep(message | new, self._sent[message["message_id"]].raw)

    def _delete_message(self, sent: Json) -> bool:
        message_id = self._message(sent, "delete")["message_id"]
        del self._messages[message_id]
        self._sent.pop(message_id, None)
        self._tell(f"the bot deletes message {message_id}")
        return True

    def _chat(self, sent: Json) -> Json:
        chat = self._chats.get(sent["chat_id"])
        if chat is None:
            raise ApiError("chat not found")
        if chat["id"] in self._blocked:
            raise ApiError("Forbidden: bot was blocked by the user", 403)
        return chat

    def _message(self, sent: Json, to: str) -> Json:
        message = self._messages.get(sent["message_id"])
        if message is None or message["chat"]["id"] != self._chat(sent)["id"]:
            raise ApiError(f"message to {to} not found")
        return message

    def _keep(self, message: Json, raw: str) -> Json:
        message_id, chat_id = message["message_id"], message["chat"]["id"]
        before = self._sent.get(message_id)
        self._messages[message_id] = without_none(message)
        self._sent[message_id] = SentMessage(
            message_id=message_id,
            chat_id=chat_id,
            raw=raw,
            text=message["text"],
            entities=tuple((e["type"], e["offset"], e["length"]) for e in message["entities"] or ()),
            links=tuple(e["url"] for e in message["entities"] or () if e["type"] == "text_link"),
            reply_to=message.get("reply_to_message", {}).get("message_id"),
            thread_id=message.get("message_thread_id"),
            reply_markup=message["reply_markup"],
            time=time.time(),
            former=(*before.former, replace(before, former=())) if before else (),
        )
        if not before and (reply_to := self._sent[message_id].reply_to):
            self.replies.setdefault(reply_to, []).append(self._sent[message_id])
        self._tell(f"the bot in {chat_id}, message {message_id}{' edited' if before else ''}: {raw}")
        return self._messages[message_id]


async def parameters(request: Request) -> Json:
    """Read what was sent: JSON, a form or a multipart form, in which values may hold JSON."""
    sent: Json = dict(request.query_params)
    kind, body = request.headers.get("content-type", ""), await request.body()
    if kind.startswith("application/json"):
        sent |= json.loads(body)
    elif kind.startswith("multipart/"):
        for part in email.message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body).walk():
            if not part.is_multipart():
                value: Any = part.get_payload(decode=True)
                file = {"file_name": part.get_filename(), "data": value}
                name = str(part.get_param("name", header="content-disposition"))
                sent[name] = file if part.get_filename() else value.decode()
    else:
        sent |= parse_qsl(body.decode(), keep_blank_values=True)
    return {name: value if name in STRINGS else decoded(value) for name, value in sent.items()}


def decoded(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def content(sent: Json) -> Json:
    """Check and parse what an edit can change in a message."""
    markup = sent.get("reply_markup")
    for button in itertools.chain(*(markup or {}).get("inline_keyboard", [])):
        if len(button.get("callback_data", "").encode()) > 64:
            raise ApiError("BUTTON_DATA_INVALID")
    if len(sent["text"].encode()) > 32_768:
        raise ApiError("text is too long")
    parsed: Json = {"text": sent["text"], "entities": []}
    if mode := sent.get("parse_mode"):
        if mode.upper() != "HTML":
            raise ApiError("unsupported parse_mode")
        parsed = tdlib("parseTextEntities", text=sent["text"], parse_mode={"@type": "textParseModeHTML"})
    text = parsed["text"]
    if not text.strip():
        raise ApiError("message text is empty")
    # In UTF-16 units, as the documentation says; the server's code points are more generous.
    if len(text.encode("utf-16-le")) // 2 > 4_096:
        raise ApiError("message is too long")
    return {"text": text, "entities": bot_api_entities(parsed), "reply_markup": markup}


def tdlib(function: str, **arguments: Any) -> Json:
    """Ask Telegram's own library; ApiError with its reason when it refuses."""
    silence_tdlib()
    request = json.dumps({"@type": function, **arguments})
    answer: Json = json.loads(tdjson.td_execute(request.encode()) or b"{}")
    if answer["@type"] == "error":
        raise ApiError(answer["message"][0].lower() + answer["message"][1:])
    return answer


@cache
def silence_tdlib() -> None:
    """Keep its log, of which every request is a line, out of standard error."""
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())


def bot_api_entities(formatted: Json) -> list[Json] | None:
    found = []
    for entity in formatted["entities"]:
        kind = dict(entity["type"])
        name = kind.pop("@type").removeprefix("textEntityType").replace("BlockQuote", "Blockquote")
        name = re.sub("(?<=.)(?=[A-Z])", "_", name).lower()
        if name == "mention_name":
            name, kind = "text_mention", {"user": person(kind["user_id"], "?")}
        place = {"offset": entity["offset"], "length": entity["length"]}
        found.append({"type": ENTITY_NAMES.get(name, name), **place, **kind})
    return found or None


def describe(texts: dict[str, str], field: str, limit: int, sent: Json) -> bool:
    if len(sent.get(field, "")) > limit:
        raise ApiError(f"{field} is too long")
    texts[sent.get("language_code", "")] = sent.get(field, "")
    return True


def command_list(sent: Json) -> tuple[str, int | None, str]:
    scope = sent.get("scope", {"type": "default"})
    return scope["type"], scope.get("chat_id"), sent.get("language_code", "")


def person(user: int, first_name: str, language: str | None = None) -> Json:
    return without_none({"id": user, "is_bot": False, "first_name": first_name, "language_code": language})


def without_none(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if value is not None}

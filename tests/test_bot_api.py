"""The server that the end-to-end tests talk to is itself held to Telegram's rules."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.bot_api import BotApi, Json

Method = Callable[..., httpx.Response]
KEYBOARD = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def data_of(characters: int) -> Json:
    """Make a keyboard whose button holds so many characters of two bytes."""
    return {"inline_keyboard": [[{"text": "More", "callback_data": "é" * characters}]]}


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi(token="123456:TEST") as api:
        yield api


@pytest.fixture
def call(api: BotApi) -> Iterator[Method]:
    with httpx.Client(base_url=f"{api.url}/bot123456:TEST/", timeout=20) as client:
        yield lambda method, **parameters: client.post(method, json=parameters)


def refusal(response: httpx.Response) -> tuple[int, str]:
    answer = response.json()
    assert (answer["ok"], answer["error_code"]) == (False, response.status_code)
    return response.status_code, answer["description"]


def test_a_wrong_token_and_an_unknown_method_are_refused(api: BotApi, call: Method) -> None:
    assert refusal(httpx.get(f"{api.url}/bot654321:TEST/getMe")) == (401, "Unauthorized")
    assert refusal(call("sendPigeon")) == (404, "Not Found")
    assert api.calls == []


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda fields: {"json": fields}, id="json"),
        pytest.param(lambda fields: {"data": fields | {"reply_markup": json.dumps(KEYBOARD)}}, id="form"),
        pytest.param(
            lambda fields: {
                "files": {name: (None, value) for name, value in fields.items()}
                | {"chat_id": (None, "42"), "reply_markup": (None, json.dumps(KEYBOARD))}
            },
            id="multipart",
        ),
    ],
)
def test_parameters_come_as_json_as_a_form_or_in_parts(api: BotApi, encode: Callable[[Json], Json]) -> None:
    api.says("Hello")
    fields = {"chat_id": 42, "text": "7", "parse_mode": "HTML", "reply_markup": KEYBOARD}
    sent = httpx.post(f"{api.url}/bot{api.token}/sendMessage", **encode(fields))
    assert sent.json()["result"]["text"] == "7"
    assert [(called.method, called.parameters) for called in api.calls] == [("sendMessage", fields)]


def test_an_update_wakes_a_waiting_poll_at_once(api: BotApi, call: Method) -> None:
    threading.Timer(0.2, api.says, ["/start notice"]).start()
    began = time.monotonic()
    [update] = call("getUpdates", timeout=15).json()["result"]
    assert 0.1 < time.monotonic() - began < 5
    assert update["message"] == {
        "message_id": 1,
        "from": {"id": 42, "is_bot": False, "first_name": "Ana", "language_code": "en"},
        "chat": {"id": 42, "type": "private", "first_name": "Ana"},
        "date": update["message"]["date"],
        "text": "/start notice",
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }


def test_a_poll_ends_when_its_time_is_over(call: Method) -> None:
    began = time.monotonic()
    assert call("getUpdates", timeout=1).json() == {"ok": True, "result": []}
    assert 0.9 < time.monotonic() - began < 5


def test_updates_come_again_until_an_offset_confirms_them(api: BotApi, call: Method) -> None:
    for text in ["0", "1", "2", "3"]:
        api.says(text)
    first = api.updates[0]["update_id"]

    def told(**parameters: int) -> list[int]:
        return [update["update_id"] - first for update in call("getUpdates", **parameters).json()["result"]]

    assert told(limit=3) == [0, 1, 2]
    assert told() == [0, 1, 2, 3]
    assert told(offset=first + 2) == [2, 3]
    assert told() == [2, 3]
    assert told(offset=-1) == [3]
    assert told() == [3]


def test_of_two_polls_the_later_one_ends_the_other(call: Method) -> None:
    answers: list[httpx.Response] = []
    began = time.monotonic()
    polls = [threading.Thread(target=lambda: answers.append(call("getUpdates", timeout=2))) for _ in range(2)]
    for poll in polls:
        poll.start()
    while not answers:
        time.sleep(0.01)
    assert time.monotonic() - began < 1.5
    for poll in polls:
        poll.join()
    told = "terminated by other getUpdates request; make sure that only one bot instance is running"
    assert refusal(answers[0]) == (409, f"Conflict: {told}")
    assert answers[1].json() == {"ok": True, "result": []}


def test_an_update_of_a_kind_that_is_not_allowed_stays_away(api: BotApi, call: Method) -> None:
    call("getUpdates", allowed_updates=["edited_message"])
    api.edits(api.says("Is it?"), "Was it?")
    [update] = call("getUpdates").json()["result"]
    assert update["edited_message"]["text"] == "Was it?"
    assert "edit_date" in update["edited_message"]


def test_what_is_told_of_a_webhook_confirms_nothing_and_deleting_it_is_told(api: BotApi, call: Method) -> None:
    api.says("Hello")
    api.webhook = {"url": "https://hooks.example/"}
    told = {"url": "https://hooks.example/", "has_custom_certificate": False, "pending_update_count": 1}
    assert call("getWebhookInfo").json()["result"] == told
    call("deleteWebhook")
    assert call("getWebhookInfo").json()["result"] == told | {"url": ""}


def test_answers_bear_the_time_of_the_servers_clock(api: BotApi, call: Method) -> None:
    for ahead in (0, -3_600):
        api.clock_ahead = ahead
        [date] = call("getMe").headers.get_list("date")
        assert abs(parsedate_to_datetime(date).timestamp() - time.time() - ahead) < 5


def test_a_repeated_update_comes_again_although_it_was_confirmed(api: BotApi, call: Method) -> None:
    api.says("Hello")
    [update] = api.updates
    after = update["update_id"] + 1
    assert call("getUpdates", offset=after).json()["result"] == []
    api.repeat_update(update["update_id"])
    assert call("getUpdates", offset=after).json()["result"] == [update]
    assert call("getUpdates").json()["result"] == [update]  # a bot that has just started knows no offset
    assert call("getUpdates", offset=after).json()["result"] == []


def test_html_is_read_as_telegram_reads_it(api: BotApi, call: Method) -> None:
    question = api.says("Hello")
    raw = '<b>😀</b> &lt; <blockquote expandable>a</blockquote><a href="https://example.org/">b</a>'
    sent = call("sendMessage", chat_id=42, text=raw, parse_mode="HTML", reply_parameters={"message_id": question})
    [message] = api.messages(42)
    assert (message.raw, message.text, message.reply_to) == (raw, "😀 < ab", question)
    assert message.entities == (("bold", 0, 2), ("expandable_blockquote", 5, 1), ("text_link", 6, 1))
    assert Message.de_json(sent.json()["result"]).text_html == raw


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        pytest.param(
            {"text": "a<br>b", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "br" at byte offset 1',
            id="unknown-tag",
        ),
        pytest.param({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty", id="empty"),
        pytest.param({"text": "😀" * 2_049}, "message is too long", id="4098-utf16-units"),
        pytest.param({"text": "a" * 32_769}, "text is too long", id="32769-bytes"),
        pytest.param({"text": "a", "parse_mode": "Markdown"}, "unsupported parse_mode", id="not-html"),
        pytest.param({"reply_parameters": {"message_id": 9}}, "message to be replied not found", id="reply"),
        pytest.param({"reply_parameters": {"message_id": 2}}, "message to be replied not found", id="elsewhere"),
        pytest.param({"reply_markup": data_of(33)}, "BUTTON_DATA_INVALID", id="66-bytes-of-data"),
        pytest.param({"chat_id": 43}, "chat not found", id="somebody-who-never-wrote"),
    ],
)
def test_a_message_against_the_rules_is_refused(api: BotApi, call: Method, parameters: Json, reason: str) -> None:
    api.says("Hello")
    api.says("Hello", user=44)
    sent = call("sendMessage", **{"chat_id": 42, "text": "a", **parameters})
    assert refusal(sent) == (400, f"Bad Request: {reason}")
    assert api.messages(42) == []


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({"text": "😀" * 2_048}, id="4096-utf16-units"),
        pytest.param({"text": "<b>a</b>" * 4_096, "parse_mode": "HTML"}, id="32768-bytes"),
        pytest.param({"reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}}, id="reply"),
        pytest.param({"reply_markup": data_of(32)}, id="64-bytes-of-data"),
    ],
)
def test_a_message_just_within_the_rules_is_sent(api: BotApi, call: Method, parameters: Json) -> None:
    api.says("Hello")
    assert call("sendMessage", **{"chat_id": 42, "text": "a", **parameters}).status_code == 200
    assert [message.reply_to for message in api.messages(42)] == [None]


def test_an_edit_must_change_something_and_keeps_the_former_version(api: BotApi, call: Method) -> None:
    question = api.says("Hello")
    sent = call("sendMessage", chat_id=42, text="a", reply_markup=KEYBOARD).json()["result"]

    def edit(message_id: int, text: str, **more: Any) -> httpx.Response:
        return call("editMessageText", chat_id=42, message_id=message_id, text=text, **more)

    assert refusal(edit(sent["message_id"], "a", reply_markup=KEYBOARD)) == (400, NOT_MODIFIED)
    assert refusal(edit(99, "b")) == (400, "Bad Request: message to edit not found")
    assert refusal(edit(question, "b")) == (400, "Bad Request: message can't be edited")
    [before] = api.messages(42)
    edited = edit(sent["message_id"], "<i>b</i>", parse_mode="HTML").json()["result"]
    assert (edited["text"], edited["date"], "reply_markup" in edited) == ("b", sent["date"], False)
    [now] = api.messages(42)
    assert (now.text, now.reply_markup, now.former) == ("b", None, (before,))


def test_a_deleted_message_is_gone(api: BotApi, call: Method) -> None:
    api.says("Hello")
    sent = call("sendMessage", chat_id=42, text="a").json()["result"]["message_id"]
    assert call("deleteMessage", chat_id=42, message_id=sent).json() == {"ok": True, "result": True}
    assert api.messages(42) == []
    again = call("deleteMessage", chat_id=42, message_id=sent)
    assert refusal(again) == (400, "Bad Request: message to delete not found")


def test_who_blocked_the_bot_gets_nothing_until_they_write_again(api: BotApi, call: Method) -> None:
    api.says("Hello")
    api.block(42)
    for method in ["sendMessage", "sendChatAction"]:
        blocked = (403, "Forbidden: bot was blocked by the user")
        assert refusal(call(method, chat_id=42, text="a", action="typing")) == blocked
    api.says("Sorry")
    assert call("sendMessage", chat_id=42, text="a").status_code == 200


def test_a_button_pressed_long_ago_cannot_be_answered(
    api: BotApi, call: Method, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.says("Hello")
    message = call("sendMessage", chat_id=42, text="a", reply_markup=KEYBOARD).json()["result"]["message_id"]
    query = api.presses(message, api.messages(42)[0].buttons["More"])
    assert api.updates[-1]["callback_query"]["data"] == "more"
    assert call("answerCallbackQuery", callback_query_id=query).json() == {"ok": True, "result": True}
    later = time.time() + 16
    monkeypatch.setattr(time, "time", lambda: later)
    too_old = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    assert refusal(call("answerCallbackQuery", callback_query_id=query)) == too_old
    assert refusal(call("answerCallbackQuery", callback_query_id="99")) == too_old


def test_commands_are_kept_by_scope_and_language(api: BotApi, call: Method) -> None:
    ask = [{"command": "ask", "description": "Ask"}]
    tanya = [{"command": "ask", "description": "Tanya"}]
    mine = {"type": "chat", "chat_id": 42}
    assert refusal(call("setMyCommands", commands=ask, scope=mine)) == (400, "Bad Request: chat not found")
    api.says("Hello")
    call("setMyCommands", commands=ask, scope=mine)
    call("setMyCommands", commands=tanya, language_code="id")
    assert api.commands == {("chat", 42, ""): ask, ("default", None, "id"): tanya}
    assert call("getMyCommands", language_code="id").json()["result"] == tanya
    assert call("getMyCommands").json()["result"] == []
    wrong = call("setMyCommands", commands=[{"command": "Ask", "description": "Ask"}])
    assert refusal(wrong) == (400, "Bad Request: BOT_COMMAND_INVALID")


def test_descriptions_have_a_limit(api: BotApi, call: Method) -> None:
    assert call("setMyDescription", description="a" * 512).status_code == 200
    assert call("setMyDescription", description="a" * 513, language_code="id").status_code == 400
    assert call("setMyShortDescription", short_description="b" * 120, language_code="id").status_code == 200
    assert call("setMyShortDescription", short_description="b" * 121).status_code == 400
    assert (api.descriptions, api.short_descriptions) == ({"": "a" * 512}, {"id": "b" * 120})


def test_people_write_in_groups_and_topics_and_send_more_than_text(api: BotApi, call: Method) -> None:
    api.says("Hello @kutip_bot", user=7, chat=-100, thread_id=5, language=None)
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 1}
    api.sends(user=7, voice=voice, reply_to=1)
    topic, spoken = (Update.de_json(update).message for update in call("getUpdates").json()["result"])
    assert topic and topic.from_user and topic.reply_to_message and spoken and spoken.reply_to_message
    assert (topic.chat.id, topic.chat.is_forum, topic.message_thread_id) == (-100, True, 5)
    assert topic.parse_entities() == {topic.entities[0]: "@kutip_bot"}
    assert topic.reply_to_message.forum_topic_created is not None
    assert (spoken.chat.id, spoken.voice is not None, spoken.reply_to_message.message_id) == (7, True, 1)
    call("sendMessage", chat_id=-100, text="a", message_thread_id=5)
    assert [message.thread_id for message in api.messages(-100)] == [5]


@pytest.mark.parametrize(
    ("trouble", "answer"),
    [
        pytest.param({"status": 429, "retry_after": 1}, (429, "Too Many Requests: retry after 1"), id="429"),
        pytest.param({"status": 502}, (502, "Bad Gateway"), id="502"),
        pytest.param({"drop": True}, None, id="dropped"),
    ],
)
def test_a_failing_call_does_nothing_and_the_next_one_works(
    api: BotApi, call: Method, trouble: Json, answer: tuple[int, str] | None
) -> None:
    api.says("Hello")
    api.fail("sendMessage", times=1, **trouble)
    if answer is None:
        with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
            call("sendMessage", chat_id=42, text="a")
    else:
        response = call("sendMessage", chat_id=42, text="a")
        assert refusal(response) == answer
        assert response.json().get("parameters", {}).get("retry_after") == trouble.get("retry_after")
    assert api.messages(42) == []
    assert call("sendMessage", chat_id=42, text="a").status_code == 200


def test_a_lost_or_late_answer_leaves_the_work_done(api: BotApi, call: Method) -> None:
    api.says("Hello")
    api.fail("sendMessage", after=True)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        call("sendMessage", chat_id=42, text="lost")
    api.fail("sendMessage", delay=1)
    late = threading.Thread(target=call, args=["sendMessage"], kwargs={"chat_id": 42, "text": "late"})
    began = time.monotonic()
    late.start()
    api.wait_for_message(42, containing="late")
    assert time.monotonic() - began < 0.9
    late.join()
    assert time.monotonic() - began > 1
    assert [message.text for message in api.messages(42)] == ["lost", "late"]


def test_a_message_is_waited_for_by_its_text_and_its_place(api: BotApi, call: Method) -> None:
    api.says("Hello")
    ids = [call("sendMessage", chat_id=42, text=text).json()["result"]["message_id"] for text in "aba"]
    assert api.wait_for_message(42).message_id == ids[0]
    assert api.wait_for_message(42, containing="b").message_id == ids[1]
    assert api.wait_for_message(42, containing="a", after=ids[0]).message_id == ids[2]


def test_waiting_in_vain_shows_the_conversation(api: BotApi, call: Method) -> None:
    api.says("Is anybody there?")
    call("sendMessage", chat_id=42, text="<b>No", parse_mode="HTML")
    with pytest.raises(AssertionError, match=r"Ana, message: .*Is anybody there\?(.|\n)*sendMessage refused"):
        api.wait_for_message(42, timeout=0.1)


async def test_python_telegram_bot_holds_a_conversation(api: BotApi) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message and update.effective_user
        await context.bot.send_chat_action(update.message.chat_id, "typing")
        await update.message.reply_html(
            f"<b>Hello</b> {update.effective_user.first_name}",
            reply_parameters=ReplyParameters(update.message.message_id, allow_sending_without_reply=True),
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]]),
        )

    async def more(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query
        await update.callback_query.answer()
        await update.callback_query.edit_message_text("More")

    application: Application[Any, Any, Any, Any, Any, Any] = (
        ApplicationBuilder().token(api.token).base_url(f"{api.url}/bot").build()
    )
    application.add_handlers([CommandHandler("start", start), CallbackQueryHandler(more)])
    async with application:
        assert application.updater
        await application.updater.start_polling()
        await application.start()
        question = api.says("/start", first_name="Budi")
        hello = await asyncio.to_thread(api.wait_for_message, 42, after=question, timeout=10)
        assert (hello.text, hello.entities, hello.reply_to) == ("Hello Budi", (("bold", 0, 5),), question)
        api.presses(hello.message_id, hello.buttons["More"])
        edited = await asyncio.to_thread(api.wait_for_message, 42, containing="More", timeout=10)
        assert edited.former == (hello,)
        await application.updater.stop()
        await application.stop()
    methods = [call.method for call in api.calls if call.method != "getUpdates"]
    asked = ["sendChatAction", "sendMessage", "answerCallbackQuery", "editMessageText"]
    assert methods == ["getMe", "deleteWebhook", *asked]

"""Whatever arrives as an update, nothing goes wrong unhandled, and the bot goes on answering.

EXAMPLES says how many: EXAMPLES=10000 python -m pytest tests/test_any_update.py
"""

import asyncio
import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from telegram import Update

from bot.telegram.api.client import PollRequest
from retrieval.receipts import Receipt
from tests.bot_api import BotApi, Json
from tests.fakes_telegram import ANA, KEY, Talk
from tests.processes import Workplace
from tests.test_bot import NOTICE, api, place, running

__all__ = ["api", "place"]  # fixtures

EXAMPLES = int(os.environ.get("EXAMPLES", "150"))
pytestmark = pytest.mark.timeout(300 + EXAMPLES)

numbers = st.sampled_from([0, 1, ANA, -100, 777_000, 2**31, -(2**63), 2**70]) | st.integers()
letters = st.characters() | st.sampled_from([*"/@ \ud800\udfff\u202e", "/ask", "@kutip_bot", "👍"])
words = st.lists(letters, max_size=12).map("".join)
texts = words | st.sampled_from(
    ["How long?", "/start", f"/start {KEY}", "/ask", "/ask x", "/reload", "/source \x00", ""]
)
junk = st.recursive(
    st.none() | st.booleans() | numbers | st.floats() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=4,
)
users = st.fixed_dictionaries(
    {"id": numbers, "is_bot": st.booleans(), "first_name": words}, optional={"language_code": words, "username": words}
)
chats = st.fixed_dictionaries(
    {"id": numbers, "type": st.sampled_from(["private", "group", "supergroup", "channel", "odd"])},
    optional={"title": words, "is_forum": st.booleans()},
)
entities = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["mention", "text_mention", "bot_command", "url", "odd"]),
            "offset": st.integers(-5, 50),
            "length": st.integers(-5, 50),
        },
        optional={"user": users},
    ),
    max_size=3,
)
plain = {"message_id": numbers, "date": st.integers(0, 2**31), "chat": chats}
media = {"file_id": words, "file_unique_id": words}
optional: dict[str, st.SearchStrategy[Any]] = {
    "from": users,
    "sender_chat": chats,
    "text": texts,
    "caption": texts,
    "entities": entities,
    "caption_entities": entities,
    "edit_date": st.integers(0, 2**31),
    "message_thread_id": numbers,
    "is_topic_message": st.booleans(),
    "is_automatic_forward": st.booleans(),
    "photo": st.lists(st.fixed_dictionaries({**media, "width": numbers, "height": numbers}), max_size=1),
    "document": st.fixed_dictionaries(media, optional={"file_name": words, "file_size": numbers}),
    "new_chat_members": st.lists(users, max_size=2),
    "migrate_to_chat_id": numbers,
    "migrate_from_chat_id": numbers,
    "forum_topic_created": st.fixed_dictionaries({"name": words, "icon_color": numbers}),
}
messages = st.fixed_dictionaries(
    plain, optional={**optional, "reply_to_message": st.fixed_dictionaries(plain, optional=optional)}
)
presses = st.fixed_dictionaries(
    {"id": words, "from": users, "chat_instance": words},
    optional={
        "message": messages,
        "inline_message_id": words,
        "data": st.sampled_from([f"o:{KEY}", f"m3:{KEY}", "v:1", "l:id", "s:99999", "q9:" + KEY, ""]) | words,
    },
)
typed = st.fixed_dictionaries({"id": words, "from": users, "query": texts, "offset": words})
member = st.fixed_dictionaries({"status": st.just("left"), "user": users})
members = st.fixed_dictionaries(
    {"chat": chats, "from": users, "date": numbers, "old_chat_member": member, "new_chat_member": member}
)
kinds: dict[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(["message", "edited_message", "channel_post", "edited_channel_post"], messages),
    "callback_query": presses,
    "inline_query": typed,
    **dict.fromkeys(["my_chat_member", "chat_member"], members),
    **dict.fromkeys(["poll", "poll_answer", "shipping_query", "message_reaction", "odd_kind_of_the_future"], junk),
}
contents = st.sampled_from(sorted(kinds)).flatmap(lambda kind: st.tuples(st.just(kind), kinds[kind]))


@st.composite
def updates(draw: st.DrawFn) -> Json:
    """Make an update in which, now and then, something is missing or odd."""
    kind, content = draw(contents)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        holder: Any = content
        while isinstance(holder, dict) and holder:
            name = draw(st.sampled_from(sorted(holder)))
            if not isinstance(holder[name], dict) or draw(st.booleans()):
                if draw(st.booleans()):
                    del holder[name]
                else:
                    holder[name] = draw(junk)
                break
            holder = holder[name]
    return {"update_id": draw(st.integers(0, 2**62)), kind: content}


def parsed(some: list[Json]) -> list[Json]:
    """Return updates as the bot takes them from Telegram's answer."""
    answer = json.dumps({"ok": True, "result": some}).encode()
    result: list[Json] = PollRequest.parse_json_payload(answer)["result"]
    return result


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("bot.telegram.answering.inline._PAUSE", 0.0)
    yield


@pytest.mark.usefixtures("impatient")
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.generate],
)
@given(some=st.lists(updates(), min_size=1, max_size=3))
def test_nothing_that_arrives_goes_wrong_unhandled(some: list[Json], caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()

    async def handle() -> list[str]:
        async with Talk(rate_limit=0, max_file_mb=20) as talk:
            talk.desk.reload.set_result(Receipt())
            for content in parsed(some):
                await talk.application.process_update(Update.de_json(content, talk.application.bot))
            await talk.settles()
            before = len(talk.said)
            await talk.hears("How long?", message_id=2**40)
            return talk.said[before:]

    assert len(asyncio.run(handle())) == 1
    assert [record.getMessage() for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []


def test_what_cannot_be_read_does_not_stop_the_polling(place: Workplace, api: BotApi) -> None:
    with running(place, api) as bot:
        bot.ask("/id")
        chat = {"id": -1001, "type": "supergroup", "title": "Group"}
        hidden = {"message_id": 3, "date": 0, "chat": chat}  # of which the bot sees nothing else
        pinned = {"message_id": 4, "date": 1, "chat": chat, "pinned_message": hidden}
        odd: list[Json] = [{"message": {"date": "never"}}, {"message": []}, {"callback_query": 7}, {"poll": None}]
        odd.append({"message": pinned})
        for one in odd:
            api.delivers(one)
        assert "three months" in bot.ask(NOTICE).text

"""What the bot says to each kind of message, with a fake desk behind a fake Telegram."""

import asyncio
import errno
import logging
import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, File, Message, Update
from telegram.error import Conflict, NetworkError

from bot.settings import Settings
from bot.telegram.administration import Administration
from bot.telegram.chats.menus import set_menus
from bot.telegram.handlers import Handlers
from bot.telegram.messages.sending import typing
from bot.telegram.storage.open_reports import OpenReports
from bot.texts import Texts, texts_in
from retrieval.errors import (
    EmptyQuestionError,
    IndexingStoppedError,
    IndexUnusableError,
    KnowledgeError,
    LongQuestionError,
    RollbackError,
)
from retrieval.index.protocols import DOCUMENT, DUPLICATE, EMPTY, FileRecord
from retrieval.receipts import FailedFile, Progress, Receipt
from retrieval.values import Answer, Document, Suggestion, Turn
from tests.bot_api import Json
from tests.fakes_telegram import (
    ADMIN,
    ANA,
    CITATION,
    KEY,
    QUOTE,
    STRANGER,
    SUGGESTED,
    TOKEN,
    FakeIndex,
    FakeSnapshot,
    Talk,
    answer_to,
)

texts = texts_in("en")
INDONESIAN = texts_in("id")
IN_GROUP = texts_in("en", in_group=True)

GROUP = -100
ANSWER = f'“{QUOTE}” <a href="https://t.me/kutip_bot?start={KEY}">[1]</a>'
MEDIA = {"file_id": "f", "file_unique_id": "f"}
VOICE = {"voice": {**MEDIA, "duration": 1}}
PHOTO: Json = {"photo": [{**MEDIA, "width": 1, "height": 1}]}
STICKER = {"sticker": {**MEDIA, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}}
ANONYMOUS: Json = {  # an administrator of a group who hides behind it
    "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    "sender_chat": {"id": GROUP, "type": "supergroup", "title": "Group"},
}


# Questions


async def test_a_question_is_answered_in_reply_to_it_with_its_quote_first() -> None:
    async with Talk() as talk:
        asked = await talk.hears(" How long is the notice period? ")
        [sent] = talk.telegram.called("sendMessage")
    assert talk.desk.asked == ["How long is the notice period?"]
    assert sent["text"].splitlines()[0] == ANSWER
    assert {name: sent[name] for name in ("chat_id", "parse_mode", "reply_parameters", "link_preview_options")} == {
        "chat_id": ANA,
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": asked, "allow_sending_without_reply": True},
        "link_preview_options": {"is_disabled": True},
    }


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        pytest.param(" \n ", str(EmptyQuestionError()), id="blank"),
        pytest.param("a" * 2_001, str(LongQuestionError(2_001, 2_000)), id="2001-characters"),
    ],
)
async def test_what_is_no_question_is_told_why(text: str, reply: str) -> None:
    async with Talk() as talk:
        await talk.hears(text)
    assert (talk.said, talk.desk.asked) == ([reply], [])


async def test_while_there_is_no_index_a_question_is_told_so() -> None:
    async with Talk() as talk:
        talk.desk.current = None
        await talk.hears("How long?")
        await talk.hears("/sources")
    assert (talk.said, talk.desk.asked) == (["Not ready.", "Not ready."], [])


async def test_typing_is_shown_before_the_answer() -> None:
    async with Talk() as talk:
        await talk.hears("How long?")
    assert talk.telegram.calls[0] == ("sendChatAction", {"chat_id": ANA, "action": "typing"})
    assert [name for name, _ in talk.telegram.calls[1:]] == ["sendMessage"]


async def test_typing_ends_when_telegram_asks_for_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.messages.sending._TYPING_SECONDS", 0.01)
    async with Talk() as talk:
        talk.telegram.refuse("sendChatAction", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
        message = Message(1, datetime.now(UTC), Chat(ANA, "private"))
        message.set_bot(talk.application.bot)
        async with typing(message):
            await talk.settles()
    assert len(talk.telegram.called("sendChatAction")) == 1


async def test_typing_that_fails_does_no_harm(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendChatAction", 502, "Bad Gateway")
        await talk.hears("How long?")
    assert talk.said[0].startswith(ANSWER)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_a_message_that_telegram_cannot_parse_is_sent_as_plain_text() -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 400, "Bad Request: can't parse entities: Unexpected end tag at 3")
        asked = await talk.hears("How long?")
        first, second = talk.telegram.called("sendMessage")
    assert (first["parse_mode"], "parse_mode" in second) == ("HTML", False)
    assert second["reply_parameters"]["message_id"] == asked
    assert second["text"].startswith(f"“{QUOTE}” [1]\n")


async def test_plain_text_in_place_of_a_refused_message_shows_no_markup() -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 400, "Bad Request: can't parse entities: Unexpected end tag at 3")
        await talk.hears("How long?")
    assert "<" not in talk.said[1]
    assert "&lt;" not in talk.said[1]


async def test_an_answer_is_sent_again_after_the_time_that_telegram_names() -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
        await talk.hears("How long?")
    assert [text.splitlines()[0] for text in talk.said] == [ANSWER, ANSWER]


async def test_a_fault_of_the_program_is_not_taken_for_one_of_the_network(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with Talk() as talk, asyncio.timeout(10):
        monkeypatch.setattr(talk.telegram, "_result", lambda method, sent: sent["nothing of that name"])
        await talk.hears("How long?")
    assert len(talk.telegram.called("sendMessage")) == 1
    assert "An update could not be handled." in caplog.text


# Who may ask


@pytest.mark.parametrize(
    ("user", "chats"),
    [
        pytest.param(STRANGER, set(), id="anybody-where-nobody-is-listed"),
        pytest.param(ANA, {ANA}, id="a-listed-user"),
        pytest.param(ADMIN, {ANA}, id="an-administrator-who-is-not-listed"),
    ],
)
async def test_who_may_ask_is_answered(user: int, chats: set[int]) -> None:
    async with Talk(chats=frozenset(chats)) as talk:
        await talk.hears("How long?", user=user)
    assert talk.said[0].startswith(ANSWER)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"text": "How long?"}, id="question"),
        pytest.param({"text": "/start"}, id="start"),
        pytest.param({"text": "/help"}, id="help"),
        pytest.param({"text": "/sources"}, id="sources"),
        pytest.param({"text": "/reload"}, id="reload"),
        pytest.param({"text": "/unknown"}, id="unknown-command"),
        pytest.param(PHOTO, id="photo"),
    ],
)
async def test_a_stranger_is_told_their_id_and_nothing_else(message: Json) -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.hears(user=STRANGER, **message)
    assert talk.said == [
        f"This bot answers only those whom its owner has listed. Your id is {STRANGER}: the owner can add it."
    ]
    assert talk.desk.asked == []


async def test_in_a_group_a_stranger_is_told_its_id_too() -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.hears("/help", user=STRANGER, chat=GROUP)
    [told] = talk.said
    assert f"Your id is {STRANGER}, and that of this chat {GROUP}: " in told


@pytest.mark.parametrize("caption", [{}, {"caption": "How long?"}])
async def test_a_stranger_who_sends_several_pictures_together_is_refused_once(caption: Json) -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        for fields in (caption, {}, caption, {}):
            await talk.hears(user=STRANGER, **PHOTO, media_group_id="1", **fields)
    assert talk.said == [texts.not_allowed(STRANGER, STRANGER)]


async def test_a_stranger_may_learn_their_id() -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.hears("/id", user=STRANGER)
    assert talk.said == [f"Your id is {STRANGER}."]


async def test_in_a_group_the_id_of_the_chat_is_told_too() -> None:
    async with Talk() as talk:
        await talk.hears("/id", chat=GROUP)
    assert talk.said == [f"Your id is {ANA}. The id of this chat is {GROUP}."]


async def test_everybody_in_a_listed_group_may_use_its_commands() -> None:
    async with Talk(chats=frozenset({GROUP})) as talk:
        await talk.hears("/help", user=STRANGER, chat=GROUP)
        await talk.hears("/help", user=STRANGER)
    assert talk.said == [texts.help(texts.commands, texts.telegram_hints), texts.not_allowed(STRANGER, STRANGER)]


async def test_an_administrator_hidden_behind_a_group_has_the_id_of_the_group() -> None:
    async with Talk() as talk:
        await talk.hears("/id", chat=GROUP, **ANONYMOUS)
    assert talk.said == [f"Your id is {GROUP}."]


# Groups


HOW = "How long is it?"
BOT: Json = {"id": 123456, "is_bot": True, "first_name": "Kutip", "username": "kutip_bot"}
BUDI: Json = {"id": 43, "is_bot": False, "first_name": "Budi"}


def replied_to(sender: Json, **fields: object) -> Json:
    """Make the message of somebody in the group, to which another one replies."""
    chat = {"id": GROUP, "type": "supergroup", "title": "Group"}
    return {"reply_to_message": {"message_id": 900, "date": 0, "chat": chat, "from": sender, **fields}}


def text_mention(text: str, shown: str, user: Json) -> Json:
    """Make a message that mentions somebody who needs no user name for it."""
    offset = len(text[: text.index(shown)].encode("utf-16-le")) // 2
    entity = {"type": "text_mention", "offset": offset, "length": len(shown), "user": user}
    return {"text": text, "entities": [entity]}


MENTIONED: Json = {"text": f"@kutip_bot {HOW}", "entities": [{"type": "mention", "offset": 0, "length": 10}]}


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        pytest.param({"text": f"@kutip_bot {HOW}"}, HOW, id="mention"),
        pytest.param({"text": f"😀 {HOW} @Kutip_Bot"}, f"😀 {HOW}", id="mention-in-other-case-at-the-end"),
        pytest.param({"text": f"@kutip_bot, {HOW}"}, HOW, id="mention-with-a-comma"),
        pytest.param({"text": f"@kutip_bot @budi_s {HOW}"}, f"@budi_s {HOW}", id="mention-beside-another"),
        pytest.param(text_mention(f"😀 Kutip, {HOW}", "Kutip,", BOT), f"😀  {HOW}", id="text-mention"),
        pytest.param({"text": HOW, **replied_to(BOT, text="An answer.")}, HOW, id="reply-to-the-bot"),
        pytest.param({"text": f"/ask {HOW}"}, HOW, id="command"),
        pytest.param({"text": f"/Ask {HOW}"}, HOW, id="command-with-a-capital"),
        pytest.param({"text": f"/ask@kutip_bot\n{HOW}"}, HOW, id="command-that-names-the-bot"),
        pytest.param({"text": f"/ask: {HOW}"}, HOW, id="command-with-a-colon"),
        pytest.param({"text": f"/ask@kutip_bot, {HOW}"}, HOW, id="command-that-names-the-bot-with-a-comma"),
        pytest.param({"text": "/ask", **replied_to(BUDI, **MENTIONED)}, HOW, id="command-in-reply-to-a-mention"),
        pytest.param({"text": "/ask", **replied_to(BUDI, text=HOW)}, HOW, id="command-in-reply"),
        pytest.param({"text": "@kutip_bot", **replied_to(BUDI, text=HOW)}, HOW, id="mention-in-reply"),
        pytest.param(
            {"text": "/ask", **replied_to(BUDI, **PHOTO, caption=HOW)}, HOW, id="command-in-reply-to-a-picture"
        ),
    ],
)
async def test_in_a_group_it_answers_when_it_is_meant(message: Json, asked: str) -> None:
    async with Talk() as talk:
        number = await talk.hears(chat=GROUP, **message)
        [sent] = talk.telegram.called("sendMessage")
    assert talk.desk.asked == [asked]
    assert (sent["chat_id"], sent["reply_parameters"]["message_id"]) == (GROUP, number)
    assert sent["text"].startswith(ANSWER)


@pytest.mark.parametrize(
    ("text", "is_found", "said"),
    [
        pytest.param("no way!", False, 0, id="aside"),
        pytest.param("no way!", True, 1, id="aside-that-is-found"),
        pytest.param("korban luka", True, 1, id="phrase-that-is-found"),
        pytest.param("how long", False, 1, id="question-without-its-mark"),
        pytest.param("brp korban di Orla", False, 1, id="question-in-short-forms"),
        pytest.param("jelaskan banjir Orla", False, 1, id="request"),
        pytest.param("@kutip_bot no way!", False, 1, id="mention"),
        pytest.param("/ask no way!", False, 1, id="command"),
    ],
)
async def test_in_a_group_an_aside_in_reply_to_an_answer_is_not_told_that_it_is_not_found(
    text: str, is_found: bool, said: int
) -> None:
    async with Talk() as talk:
        if not is_found:
            talk.desk.answer_to = lambda question: Answer(question, (), (), 0.1, 0.01)
        await talk.hears(text, chat=GROUP, **replied_to(BOT, text="An answer."))
    assert len(talk.said) == said


@pytest.mark.parametrize("text", ["/ask", "@kutip_bot"])
async def test_what_the_bot_said_itself_is_no_question(text: str) -> None:
    async with Talk() as talk:
        await talk.hears(text, chat=GROUP, **replied_to(BOT, text="Not found in these documents."))
    assert (talk.desk.asked, talk.said) == ([], [IN_GROUP.error(EmptyQuestionError())])


async def test_in_a_group_a_picture_is_answered_whose_caption_mentions_the_bot() -> None:
    mention = {"type": "mention", "offset": 0, "length": len("@kutip_bot")}
    async with Talk() as talk:
        await talk.hears(chat=GROUP, **PHOTO, caption=f"@kutip_bot {HOW}", caption_entities=[mention])
    assert talk.desk.asked == [HOW]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"text": f"@kutip_bots {HOW}"}, id="mention-of-another"),
        pytest.param(text_mention(f"Budi, {HOW}", "Budi", BUDI), id="text-mention-of-another"),
        pytest.param({"text": f"kutip_bot {HOW}"}, id="name-without-the-sign"),
        pytest.param({"text": HOW, **replied_to(BUDI, text="Hello.")}, id="reply-to-another"),
        pytest.param({"text": f"/ask@other_bot {HOW}"}, id="command-of-another-bot"),
        pytest.param({"text": f"/ask@other_bot: {HOW}"}, id="command-of-another-bot-with-a-colon"),
        pytest.param({"text": f"/asks: {HOW}"}, id="another-command"),
        pytest.param({"text": HOW, **replied_to(BOT, forum_topic_created={"name": "T", "icon_color": 1})}, id="topic"),
        pytest.param({"text": f"@kutip_bot {HOW}", "is_automatic_forward": True}, id="post-of-a-channel"),
        pytest.param({**PHOTO, "caption": HOW}, id="picture"),
    ],
)
async def test_in_a_group_it_is_silent_when_others_are_meant(message: Json) -> None:
    async with Talk() as talk:
        await talk.hears(chat=GROUP, **message)
    assert (talk.telegram.calls, talk.desk.asked) == ([], [])


async def test_a_quote_that_was_chosen_in_inline_mode_is_no_question() -> None:
    async with Talk() as talk:
        await talk.hears(f"{HOW}\n\n“Ten years.” [1]", via_bot=talk.application.bot.bot.to_dict())
    assert (talk.telegram.calls, talk.desk.asked) == ([], [])


@pytest.mark.parametrize("caption", [f"/ask {HOW}", f"/ask@kutip_bot {HOW}"])
async def test_in_a_group_a_picture_is_answered_whose_caption_is_the_command(caption: str) -> None:
    async with Talk() as talk:
        await talk.hears(chat=GROUP, **PHOTO, caption=caption)
        await talk.hears(chat=GROUP, **PHOTO, caption=f"/ask@other_bot {HOW}")
    assert talk.desk.asked == [HOW]


async def test_who_calls_it_below_its_own_answer_asks_nothing() -> None:
    async with Talk() as talk:
        await talk.hears("@kutip_bot", chat=GROUP, **replied_to(BOT, text="An answer."))
    assert (talk.said, talk.desk.asked) == ([IN_GROUP.error(EmptyQuestionError())], [])


@pytest.mark.parametrize("text", ["/start", "/new", "/ask", "@kutip_bot"])
async def test_in_a_group_it_says_how_to_ask_there(text: str) -> None:
    how = "In a group, mention me, reply to me, or write /ask and the question."
    async with Talk() as talk:
        talk.desk.suggestions = {"en": [Suggestion(SUGGESTED[0], 0, KEY)]}
        await talk.hears(text, chat=GROUP)
        await talk.hears(text)
    assert talk.said[0].endswith(how)
    assert how not in talk.said[-1] and len(talk.said) == 2


@pytest.mark.parametrize("command", ["fly", "reload"])
async def test_in_a_group_a_command_that_there_is_not_is_told_if_it_carries_the_name_of_the_bot(command: str) -> None:
    async with Talk() as talk:
        for text in (f"/{command}@Kutip_bot now", f"/{command}", f"/{command}@other_bot"):
            await talk.hears(text, chat=GROUP)
    assert talk.said == [texts.unknown_command]


async def test_in_a_group_that_is_not_listed_the_commands_of_others_are_passed_over() -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.hears("/fly", user=STRANGER, chat=GROUP)
        await talk.hears("/fly@kutip_bot", user=STRANGER, chat=GROUP)
    assert talk.said == [texts.not_allowed(STRANGER, GROUP)]


async def test_in_a_group_that_is_not_listed_only_who_means_the_bot_is_told() -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.hears(HOW, user=STRANGER, chat=GROUP)
        await talk.hears(f"@kutip_bot {HOW}", user=STRANGER, chat=GROUP)
        await talk.hears(f"/ask {HOW}", user=STRANGER, chat=GROUP)
        await talk.hears(f"/ask {HOW}", user=ANA, chat=GROUP)
    assert [text.split("\n")[0] for text in talk.said] == [texts.not_allowed(STRANGER, GROUP)] * 2 + [ANSWER]


async def test_in_a_topic_of_a_group_it_answers_there() -> None:
    async with Talk() as talk:
        await talk.hears(f"@kutip_bot {HOW}", chat=GROUP, message_thread_id=5, is_topic_message=True)
        [sent] = talk.telegram.called("sendMessage")
    assert sent["message_thread_id"] == 5


# Conversations


async def test_a_question_goes_on_from_the_one_before() -> None:
    async with Talk() as talk:
        for text in (HOW, "And when?", "/new", "Who else?"):
            await talk.hears(text)
    first, second, third = talk.desk.befores
    assert (first, third) == (None, None)
    assert second is not None
    assert (second.question, second.title, second.said) == (HOW, "The lease", frozenset({QUOTE}))
    assert talk.said[2] == texts.forgotten


@pytest.mark.parametrize("chat", [None, GROUP])
async def test_what_stands_after_new_is_answered_and_goes_on_from_nothing(chat: int | None) -> None:
    async with Talk() as talk:
        await talk.hears(f"/ask {HOW}", chat=chat)
        asked = await talk.hears("/new@kutip_bot Who else\ncame?", chat=chat)
        await talk.edits(asked, "/new Who left?", chat=chat)
    assert (talk.desk.asked, talk.desk.befores) == ([HOW, "Who else\ncame?", "Who left?"], [None] * 3)
    assert all(text.startswith(ANSWER) for text in talk.said)


def nothing_found(question: str) -> Answer:
    return Answer(question, (), (CITATION,), 0.1, 0.01)


@pytest.mark.parametrize(
    ("message", "chat"),
    [("who are you?", None), ("help", None), ("Who are you? What can you do?", None), ("/ask help", GROUP)],
)
async def test_who_asks_for_help_and_finds_nothing_is_helped_and_it_is_no_gap(message: str, chat: int | None) -> None:
    async with Talk() as talk:
        talk.desk.answer_to = nothing_found
        await talk.hears(message, chat=chat)
        assert await talk.database.asked(0) == []
    assert talk.said == [texts.help(texts.commands, texts.telegram_hints)]


async def test_a_question_that_is_edited_into_a_call_for_help_shows_the_help_in_its_place() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = nothing_found
        asked = await talk.hears(HOW)
        await talk.edits(asked, "help")
        [edited] = talk.telegram.called("editMessageText")
    assert (edited["text"], len(talk.said)) == (texts.help(texts.commands, texts.telegram_hints), 1)


@pytest.mark.parametrize("message", [HOW, "who are you? How long is it?"])
async def test_beside_a_question_nothing_is_taken_for_a_call_for_help(message: str) -> None:
    async with Talk() as talk:
        talk.desk.answer_to = nothing_found
        await talk.hears(message)
        assert len(await talk.database.asked(0)) == 1
    assert texts.not_found in talk.said[0]


async def test_what_the_bot_is_asked_and_documents_answer_is_answered() -> None:
    async with Talk() as talk:
        await talk.hears("who are you?")
    assert talk.said[0].startswith(ANSWER)


async def test_an_edited_first_question_goes_on_from_nothing() -> None:
    async with Talk() as talk:
        number = await talk.hears("Who came?")
        await talk.hears("Who left?")
        await talk.edits(number, "Who came there?")
    first, _, again = talk.desk.befores
    assert (first, again) == (None, None)


async def test_in_a_group_each_goes_on_from_their_own_question_or_from_what_they_reply_to() -> None:
    async with Talk() as talk:
        await talk.hears("/ask Who came?", chat=GROUP)
        await talk.hears("/ask Who left?", chat=GROUP, user=43)
        await talk.hears("/ask And when?", chat=GROUP)
        reply = {"message_id": 1_001, "date": 0, "chat": {"id": GROUP, "type": "supergroup", "title": "G"}, "from": BOT}
        await talk.hears("And when?", chat=GROUP, reply_to_message=reply)
    assert [before and before.question for before in talk.desk.befores] == [None, None, "Who came?", "Who left?"]


async def test_what_a_follow_up_was_taken_for_is_told_first() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = lambda question: replace(answer_to(question), understood="How long is <it>?")
        await talk.hears("And how long?")
    assert talk.said[0].startswith("<i>Understood as: How long is &lt;it&gt;?</i>")


async def test_in_one_group_each_topic_has_its_own_conversation() -> None:
    async with Talk() as talk:
        for topic in (5, 9):
            await talk.hears("/ask Who came?", chat=GROUP, message_thread_id=topic, is_topic_message=True)
    assert talk.desk.befores == [None, None]


@pytest.mark.parametrize("text", ["Thanks!", "ok", "👍", "terima kasih", "Hello"])
async def test_a_kind_word_is_no_question(text: str) -> None:
    async with Talk() as talk:
        await talk.hears(text)
        await talk.hears(text, chat=GROUP, **replied_to(BOT, text="An answer."))
    assert (talk.said, talk.desk.asked) == ([texts.welcome], [])


# In private


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({**PHOTO, "caption": HOW}, id="caption"),
        pytest.param({**PHOTO, "caption": f"/ask {HOW}"}, id="command-in-a-caption"),
        pytest.param({"text": f"/ask {HOW}"}, id="command"),
        pytest.param({"text": f"@kutip_bot, {HOW}"}, id="mention"),
        pytest.param({"text": "@kutip_bot", **replied_to(BUDI, text=HOW)}, id="mention-in-reply"),
        pytest.param(
            {"text": HOW, "forward_origin": {"type": "hidden_user", "sender_user_name": "Budi", "date": 0}},
            id="forwarded",
        ),
    ],
)
async def test_in_private_all_that_is_written_is_a_question(message: Json) -> None:
    async with Talk() as talk:
        await talk.hears(**message)
    assert talk.desk.asked == [HOW]


# How often


async def test_who_asks_too_often_is_told_so_and_others_are_still_answered() -> None:
    async with Talk(rate_limit=2) as talk:
        for _ in range(3):
            await talk.hears("How long?")
        await talk.hears("How long?", user=43)
    assert [text.splitlines()[0] for text in talk.said] == [ANSWER, ANSWER, texts.too_many(2), ANSWER]


async def test_what_telegram_does_not_confirm_in_time_holds_up_no_other_answer() -> None:
    async with Talk() as talk:
        talk.telegram.be_late("sendMessage")
        await talk.hears("How long is the notice period? Who signed the lease?")
        assert len(await talk.database.asked(0)) == 1
        await talk.hears("And when?")
    assert len(talk.said) == 3
    assert [before is not None for before in talk.desk.befores] == [False, True, True]


async def test_an_edit_that_telegram_does_not_confirm_in_time_holds_up_no_other_answer() -> None:
    async with Talk() as talk:
        number = await talk.hears("How far?")
        talk.telegram.be_late("editMessageText")
        await talk.edits(number, "How long is the notice period? Who signed the lease?")
        assert [one.text for one in await talk.database.asked(0)] == ["Who signed the lease?"]
    assert len(talk.said) == 2  # the first shows its answer in the old message
    assert len(talk.telegram.called("editMessageText")) == 1


async def test_each_question_of_a_message_counts() -> None:
    async with Talk(rate_limit=2) as talk:
        await talk.hears("How long is the notice period? Who signed the lease?")
        await talk.hears("How long?")
    assert talk.desk.asked == ["How long is the notice period?", "Who signed the lease?"]
    assert talk.said[-1] == texts.too_many(2)


async def test_each_question_of_a_message_counts_in_a_group_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.chats.people._GROUP_LIMIT", 3)
    async with Talk(rate_limit=2) as talk:
        for user in (ANA, 43, 44):
            await talk.hears("/ask How long is the notice period? Who signed the lease?", user=user, chat=GROUP)
    assert len(talk.desk.asked) == 4
    assert talk.said[-1] == texts.too_many_here(3)


@pytest.mark.parametrize("command", ["/source lease", "/sources lease", f"/start {KEY}"])
async def test_what_is_looked_up_by_a_command_counts_as_a_question(command: str) -> None:
    async with Talk(rate_limit=1) as talk:
        for _ in range(3):
            await talk.hears(command)
    assert len(talk.said) == 2
    assert talk.said[-1] == texts.too_many(1)


async def test_the_list_of_documents_and_the_greeting_are_for_all() -> None:
    async with Talk(rate_limit=1) as talk:
        for _ in range(2):
            await talk.hears("/sources")
            await talk.hears("/start")
        await talk.hears("How long?")
    assert len(talk.desk.asked) == 1
    assert texts.too_many(1) not in talk.said


async def test_administrators_may_ask_as_often_as_they_like() -> None:
    async with Talk(rate_limit=1) as talk:
        for _ in range(3):
            await talk.hears("How long?", user=ADMIN)
    assert len(talk.desk.asked) == 3


# What administrators see


async def test_stats_tell_of_the_last_days_with_a_picture() -> None:
    async with Talk() as talk:
        await talk.hears("How long?")
        await talk.presses("v:-1", message=1_000)
        talk.desk.answer_to = lambda question: Answer(question, (), (), 0.1, 0.1)
        await talk.hears("How far?")
        await talk.hears("/stats", user=ADMIN)
        pictures = talk.telegram.called("sendPhoto")
    assert talk.said[-1].split("\n")[:2] == [
        "In the last 30 days:",
        "2 questions, 50 % answered, 👍 0 👎 1, half within 0.0 s, 95 of 100 within 0.0 s",
    ]
    assert len(pictures) == 1


async def test_stats_of_nothing_are_no_figures_and_no_picture() -> None:
    async with Talk() as talk:
        await talk.hears("/stats", user=ADMIN)
        assert talk.telegram.called("sendPhoto") == []
    assert talk.said == ["In the last 30 days:\n0 questions"]


async def test_gaps_list_what_found_no_answer_with_all_of_it_as_a_file() -> None:
    async with Talk() as talk:
        await talk.hears("How long?")
        talk.desk.answer_to = lambda question: Answer(question, (), (), 0.1, 0.1)
        for question in ("How far?", "How far?", "How high?"):
            await talk.hears(question)
        await talk.hears("/gaps", user=ADMIN)
        [file] = talk.telegram.called("sendDocument")
    assert talk.said[-1].split("\n")[2:] == ["2 × How far?", "1 × How high?"]
    assert file["chat_id"] == ADMIN


async def test_what_others_asked_is_not_told_in_a_group() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = lambda question: Answer(question, (), (), 0.1, 0.1)
        await talk.hears("How far?")
        await talk.hears("/gaps", user=ADMIN, chat=GROUP)
        assert talk.telegram.called("sendDocument") == []
    assert talk.said[1:] == [texts.in_private]


async def test_without_gaps_it_says_so() -> None:
    async with Talk() as talk:
        await talk.hears("How long?")
        await talk.hears("/gaps", user=ADMIN)
    assert talk.said[-1] == texts.no_gaps(kept=True)


async def test_where_questions_are_not_kept_stats_and_gaps_say_what_that_leaves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Talk() as talk:
        monkeypatch.setattr(talk.database, "_keep_days", 0)
        await talk.hears("/stats", user=ADMIN)
        await talk.hears("/gaps", user=ADMIN)
    assert talk.said == ["In the last 2 days:\n0 questions", texts.no_gaps(kept=False)]


async def test_who_asks_for_it_is_forgotten() -> None:
    async with Talk() as talk:
        talk.languages = {ANA: "id"}
        await talk.hears("How long?")
        await talk.hears("How far?", user=STRANGER)
        await talk.hears("/forget")
        await talk.hears("And when?")
        kept = [one.person for one in await talk.database.asked(0)]
    assert talk.said[2] == INDONESIAN.forgotten_person
    assert talk.desk.befores == [None, None, None]
    assert kept == [STRANGER, ANA]


async def test_who_is_forgotten_while_a_question_is_answered_in_another_chat_is_forgotten_with_it() -> None:
    async with Talk() as talk:
        ask, may_answer = talk.desk.ask, asyncio.Event()

        async def ask_slowly(question: str, before: Turn | None = None) -> Answer:
            await may_answer.wait()
            return await ask(question, before)

        talk.desk.ask = ask_slowly  # type: ignore[method-assign]
        asking = asyncio.create_task(talk.hears("/ask How long?", chat=GROUP))
        await talk.telegram.until_called("sendChatAction")
        await talk.hears("/forget")
        may_answer.set()
        await asking
        assert await talk.database.asked(0) == []
        await talk.hears("/ask And when?", chat=GROUP)
        assert [one.text for one in await talk.database.asked(0)] == ["And when?"]
    assert talk.desk.befores == [None, None]


async def test_what_was_asked_before_and_is_handled_after_who_asked_it_is_forgotten_is_not_kept() -> None:
    async with Talk() as talk:
        await talk.hears("/forget")
        await talk.hears("/ask How long?", chat=GROUP, date=int(time.time()) - 60)
        await talk.hears("/ask And when?", chat=GROUP)
        assert [one.text for one in await talk.database.asked(0)] == ["And when?"]
    assert talk.desk.befores == [None, None]


async def test_who_is_forgotten_sees_the_menu_in_the_language_of_their_telegram_again() -> None:
    async with Talk() as talk:
        await talk.hears("/forget")
        assert talk.telegram.called("setMyCommands") == []
        await talk.presses("l:id")
        await talk.hears("/forget")
        menus = talk.telegram.called("setMyCommands")[2:]
    told = [(one.get("language_code"), one["commands"][0]["description"]) for one in menus]
    assert told == [(None, texts.commands["ask"]), ("id", INDONESIAN.commands["ask"])]
    assert {one["scope"]["chat_id"] for one in menus} == {ANA}


@pytest.mark.parametrize("command", texts.admin_commands)
@pytest.mark.parametrize("chat", [None, GROUP])
async def test_a_command_of_administrators_is_none_for_others(command: str, chat: int | None) -> None:
    async with Talk() as talk:
        await talk.hears("How long?")
        before = len(talk.telegram.calls)
        await talk.hears(f"/{command}", user=STRANGER, chat=chat)
        after = [(name, sent.get("text")) for name, sent in talk.telegram.calls[before:]]
    assert after == ([] if chat else [("sendMessage", texts.unknown_command)])
    assert (talk.desk.reloads, talk.desk.rollbacks) == (0, 0)


def test_every_command_of_administrators_is_handled_as_one() -> None:
    handled = {act.__name__ for act in Handlers.admin_acts(Administration(None, None, None, max_bytes=0))}  # type: ignore[arg-type]
    assert handled == set(texts.admin_commands)


# Files that administrators send


FILE: Json = {"file_id": "f", "file_unique_id": "f", "file_name": "../lease 2.txt", "file_size": 20}


async def sent_file(talk: Talk, *, user: int = ADMIN, **fields: Any) -> None:
    """Let somebody send a file, and wait until it is indexed."""
    talk.desk.reload.set_result(Receipt(added=1, documents=2))
    await talk.hears(user=user, document=FILE | fields)
    await talk.settles()


async def test_a_file_from_an_administrator_is_stored_and_indexed_and_can_be_undone() -> None:
    async with Talk(max_file_mb=20) as talk:
        await sent_file(talk)
        stored = (talk.data / "uploads/lease 2.txt").read_bytes()
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
        [[button]] = last["reply_markup"]["inline_keyboard"]
        await talk.presses(button["callback_data"], user=STRANGER)
        assert (talk.data / "uploads/lease 2.txt").exists()
        await talk.presses(button["callback_data"], user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()
        assert await talk.database.acts() == [(ADMIN, "upload", "lease 2.txt"), (ADMIN, "undo", "lease 2.txt")]
    assert stored == talk.telegram.content
    assert (button["text"], talk.desk.reloads) == (texts.undo, 2)
    assert last["text"].startswith("I answer from lease 2.txt now.\nadded 1")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        pytest.param(FileRecord("", "", "", DUPLICATE), "I answer from lease 2.txt now.", id="as-another-file"),
        pytest.param(FileRecord("", "", "", "it is torn"), "lease 2.txt cannot be read: it is torn", id="unreadable"),
        pytest.param(FileRecord("", "", "", EMPTY), "There is no text in lease 2.txt.", id="empty"),
        pytest.param(None, "lease 2.txt is removed.", id="gone"),
    ],
)
async def test_first_of_all_it_is_said_what_has_become_of_a_file(found: FileRecord | None, told: str) -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.desk.found = found
        await sent_file(talk)
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
    assert last["text"].split("\n")[0] == told


@pytest.mark.parametrize(
    ("caption", "asks"),
    [
        pytest.param("How long is it?", True, id="its-mark"),
        pytest.param("is it so long?", True, id="its-mark-alone"),
        pytest.param("siapa pimpin dapur", True, id="what-asks-first"),
        pytest.param("kepala dinas siapa.", True, id="what-asks-last"),
        pytest.param("The new lease. and how long is it", True, id="in-the-last-sentence"),
        pytest.param("The new lease.", False, id="what-it-is"),
        pytest.param("May report, do not share", False, id="verb-first"),
        pytest.param("Data korban terbaru, price list", False, id="words-of-requests"),
        pytest.param("Report on how long the flood was, and who fled", False, id="what-asks-in-the-middle"),
        pytest.param("How to apply", False, id="heading"),
        pytest.param("What we know so far", False, id="heading-with-its-subject"),
    ],
)
async def test_a_question_below_an_administrators_file_is_answered_and_what_it_is_called_is_not(
    caption: str, asks: bool
) -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.desk.reload.set_result(Receipt(added=1, documents=2))
        await talk.hears(user=ADMIN, document=FILE, caption=caption)
        await talk.settles()
        assert (talk.data / "uploads/lease 2.txt").exists()
    assert talk.desk.asked == [caption] * asks


async def test_a_question_below_a_file_is_answered_when_the_file_is_read_and_others_meanwhile() -> None:
    async with Talk(max_file_mb=20) as talk:
        below = await talk.hears(user=ADMIN, document=FILE, caption=HOW)
        await talk.hears("How high?", user=ADMIN)
        assert talk.desk.asked == ["How high?"]
        talk.desk.reload.set_result(Receipt(added=1, documents=2))
        await talk.settles()
        answer = talk.telegram.called("sendMessage")[-1]
    assert talk.desk.asked == ["How high?", HOW]
    assert (answer["reply_parameters"]["message_id"], answer["text"].startswith(ANSWER)) == (below, True)


@pytest.mark.parametrize("fields", [{"file_name": "virus.exe"}, {}])
async def test_a_question_below_a_file_that_cannot_be_read_is_answered_too(fields: Json) -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.desk.reload.set_exception(KnowledgeError("The folder is gone."))
        await talk.hears(user=ADMIN, document=FILE | fields, caption=HOW)
        await talk.settles()
    assert talk.desk.asked == [HOW]


async def test_whoever_asked_below_a_file_gets_an_apology_when_that_goes_wrong() -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.desk.trouble = RuntimeError("the shelf fell over")
        talk.desk.reload.set_result(Receipt(added=1, documents=2))
        await talk.hears(user=ADMIN, document=FILE, caption=HOW)
        await talk.settles()
    assert talk.said[-1] == texts.apology


@pytest.mark.parametrize(
    ("outcome", "others", "told"),
    [
        pytest.param(
            DOCUMENT,
            [FileRecord("press/lease 2.txt", "", "", DOCUMENT, "y")],
            "I answer from lease 2.txt now.\nThe folder of documents has press/lease 2.txt, too: I answer from both.",
            id="other-text",
        ),
        pytest.param(
            DOCUMENT,
            [FileRecord(f"{day}/lease 2.txt", "", "", DOCUMENT, day) for day in "abcd"],
            "I answer from lease 2.txt now.\nThe folder of documents has a/lease 2.txt, b/lease 2.txt, c/lease 2.txt, "
            "too: I answer from all of them.",
            id="several",
        ),
        pytest.param(
            DUPLICATE,
            [FileRecord("lease 2.txt", "", "", DOCUMENT, "x")],
            "The folder of documents had that text already, in lease 2.txt.\nadded 1",
            id="same-text",
        ),
        pytest.param(
            DOCUMENT,
            [FileRecord("LEASE 2.txt", "", "", "it is torn"), FileRecord("a/lease 2.txt", "", "", EMPTY)],
            "I answer from lease 2.txt now.\nadded 1",
            id="not-answered-from",
        ),
        pytest.param(
            "it is torn",
            [FileRecord("lease 2.txt", "", "", DOCUMENT, "x")],
            "lease 2.txt cannot be read: it is torn\nadded 1",
            id="unreadable-itself",
        ),
    ],
)
async def test_of_a_file_whose_name_the_folder_has_too_that_is_said(
    outcome: str, others: list[FileRecord], told: str
) -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.desk.found, talk.desk.namesakes = FileRecord("", "", "", outcome, "x"), others
        await sent_file(talk)
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
    assert last["text"].startswith(told)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        pytest.param(DOCUMENT, "2 other files cannot be read: kutip sources --failed says why.", id="others"),
        pytest.param("it is torn", "1 other file cannot be read: kutip sources --failed says why.", id="and-another"),
    ],
)
async def test_below_a_file_that_was_sent_the_reasons_of_other_files_do_not_stand(outcome: str, told: str) -> None:
    failed = (FailedFile("old.pdf", "it is damaged"), FailedFile("uploads/lease 2.txt", "it is torn"))
    async with Talk(max_file_mb=20) as talk:
        talk.desk.found = FileRecord("", "", "", outcome)
        talk.desk.reload.set_result(Receipt(documents=2, failed=failed))
        await talk.hears(user=ADMIN, document=FILE)
        await talk.settles()
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
    assert ("old.pdf" in last["text"], last["text"].split("\n")[-1]) == (False, told)


async def test_what_is_undone_while_telegram_is_late_is_undone() -> None:
    async with Talk(max_file_mb=20) as talk:
        await sent_file(talk)
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
        [[button]] = last["reply_markup"]["inline_keyboard"]
        talk.telegram.be_late("editMessageReplyMarkup")
        await talk.presses(button["callback_data"], user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()
    assert talk.desk.reloads == 2


async def test_what_is_undone_is_undone_though_its_button_cannot_be_taken_away() -> None:
    async with Talk(max_file_mb=20) as talk:
        await sent_file(talk)
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
        [[button]] = last["reply_markup"]["inline_keyboard"]
        talk.telegram.refuse("editMessageReplyMarkup", 400, "Bad Request: message can't be edited")
        await talk.presses(button["callback_data"], user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()


async def test_a_change_is_not_undone_after_another_one() -> None:
    async with Talk(max_file_mb=20) as talk:
        await sent_file(talk)
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
        [[button]] = last["reply_markup"]["inline_keyboard"]
        (talk.data / "uploads/lease 2.txt").rename(talk.data / "uploads/.before/lease 2.txt")
        await talk.presses(button["callback_data"], user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()
        assert talk.said[-1] == texts.changed_since


async def test_a_file_is_indexed_also_while_telegram_asks_for_a_pause() -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 600", {"retry_after": 600})
        await talk.hears(user=ADMIN, document=FILE)
        await talk.telegram.until_called("sendMessage")
        assert talk.desk.reloads == 1


async def test_what_is_undone_by_two_presses_stays_undone() -> None:
    async with Talk(max_file_mb=20) as talk:
        await sent_file(talk)
        last = (talk.telegram.called("editMessageText") or talk.telegram.called("sendMessage"))[-1]
        [[button]] = last["reply_markup"]["inline_keyboard"]
        pressed = await talk.presses(button["callback_data"], user=ADMIN)
        await talk.settles()
        talk.telegram.refuse("editMessageReplyMarkup", 400, "Bad Request: message is not modified: specified")
        await talk.presses(button["callback_data"], user=ADMIN, message=pressed)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()
        assert [act for _, act, _ in await talk.database.acts()] == ["upload", "undo"]
        [removed, _] = talk.telegram.called("editMessageReplyMarkup")
    assert (removed["message_id"], "reply_markup" in removed) == (pressed, False)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"file_name": "virus.exe"}, "I read files of these kinds: ", id="kind"),
        pytest.param({"file_name": "Notulen.DOC"}, texts.upload_save_as(".docx"), id="kind-to-save-otherwise"),
        pytest.param({"file_name": None}, "I read files of these kinds: ", id="no-name"),
        pytest.param({"file_size": 2**20 + 1}, texts.upload_too_large(2**20), id="size"),
    ],
)
async def test_a_file_that_is_not_taken_is_told_why(fields: Json, told: str) -> None:
    async with Talk(max_file_mb=1) as talk:
        await sent_file(talk, **fields)
        assert not (talk.data / "uploads").exists()
    assert talk.said[0].startswith(told)
    assert talk.desk.reloads == 0


async def test_a_file_that_cannot_be_stored_is_told_of_and_nothing_is_lost() -> None:
    async with Talk(max_file_mb=1) as talk:
        (talk.data / "uploads").write_text("A file where the folder should be.")
        await sent_file(talk)
    assert talk.said[0].startswith("That file could not be stored: ")


async def test_a_file_that_telegram_does_not_hand_out_is_told_of_at_once() -> None:
    async with Talk(max_file_mb=1) as talk:
        talk.telegram.content = None
        async with asyncio.timeout(10):
            await sent_file(talk)
    assert talk.said == [texts.upload_failed("Telegram does not hand it out")]


async def test_no_message_tells_where_a_file_lies_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unreadable(self: File) -> bytearray:
        raise PermissionError(errno.EACCES, "Permission denied", f"/srv/{TOKEN}/documents/file_1.md")

    monkeypatch.setattr(File, "download_as_bytearray", unreadable)
    async with Talk(max_file_mb=1) as talk:
        await sent_file(talk)
    assert talk.said == [texts.upload_failed("Permission denied")]


async def test_what_stands_below_an_administrators_file_is_no_question_when_it_is_edited() -> None:
    async with Talk() as talk:
        edited: Json = {"kind": "edited_message", "edit_date": int(time.time()), "document": FILE, "caption": HOW}
        await talk.hears(user=ADMIN, **edited)
        assert talk.desk.asked == []
        await talk.hears(user=STRANGER, **edited)
    assert talk.desk.asked == [HOW]


async def test_an_album_is_one_message() -> None:
    async with Talk() as talk:
        await talk.hears(**PHOTO, caption=HOW, media_group_id="1")
        for album in ("1", "1", "2", "2"):
            await talk.hears(**PHOTO, media_group_id=album)
    assert [text.split("\n")[0] for text in talk.said] == [ANSWER, texts.only_text]


async def test_a_file_from_somebody_else_is_only_no_text() -> None:
    async with Talk() as talk:
        await sent_file(talk, user=STRANGER)
        await talk.hears(user=STRANGER, document=FILE, caption="How long?")
        assert not (talk.data / "uploads").exists()
    assert [text.split("\n")[0] for text in talk.said] == [texts.only_text, ANSWER]


async def test_what_became_of_a_file_is_told_also_when_the_bot_was_killed_while_it_was_read() -> None:
    async with Talk(max_file_mb=20) as talk:
        talk.languages[ADMIN] = "id"
        await talk.hears(user=ADMIN, document=FILE)
        await talk.telegram.until_called("sendMessage")
        async with asyncio.timeout(10):  # until it is written down which message that is
            while not any(report.shown for report in await OpenReports(talk.database).left()):
                await asyncio.sleep(0.01)
        await talk.is_killed()
        talk.desk.reload.set_result(Receipt(added=1, documents=2))
        await talk.settles()
        last = talk.telegram.called("editMessageText")[-1]
        [[button]] = last["reply_markup"]["inline_keyboard"]
        assert talk.said == [INDONESIAN.reloading(None)]
        assert (last["message_id"], button["text"]) == (1_000, INDONESIAN.undo)
        assert last["text"].startswith(INDONESIAN.sent_file("lease 2.txt", talk.desk.found))
        await talk.presses(button["callback_data"], user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()
        reloads = talk.desk.reloads
        await talk.is_killed()
        assert talk.desk.reloads == reloads  # there is nothing more to tell


async def test_a_reload_that_the_bot_is_killed_in_is_done_after_its_start_though_nothing_was_shown_yet() -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 600", {"retry_after": 600})
        asked = await talk.hears("/reload", user=ADMIN)
        await talk.telegram.until_called("sendMessage")
        await talk.is_killed()
        talk.desk.reload.set_result(Receipt(documents=3))
        await talk.settles()
        shown = talk.telegram.called("sendMessage")[-1]
        last = talk.telegram.called("editMessageText")[-1]
    assert (shown["chat_id"], shown["reply_parameters"]["message_id"]) == (ADMIN, asked)
    assert "3 documents" in last["text"]


async def test_what_a_stop_left_undone_is_told_after_the_next_start() -> None:
    async with Talk() as talk:
        talk.desk.reload.set_exception(IndexingStoppedError())
        await talk.hears("/reload", user=ADMIN)
        await talk.settles()
        await talk.is_killed()
        talk.desk.reload.set_result(Receipt(documents=3))
        await talk.settles()
        stopped, *_, ended = talk.telegram.called("editMessageText")
    assert "Indexing was stopped" in stopped["text"]
    assert (stopped["message_id"], ended["message_id"], "3 documents" in ended["text"]) == (1_000, 1_000, True)


async def test_what_became_of_a_file_that_another_process_has_is_left_to_it() -> None:
    async with Talk(max_file_mb=20) as talk:
        await talk.hears(user=ADMIN, document=FILE)
        await talk.telegram.until_called("sendMessage")
        shutil.rmtree(talk.data / "uploads")
        await talk.is_killed()
        await talk.settles()
    assert (len(talk.said), talk.desk.reloads) == (1, 1)


async def test_what_was_sent_can_be_removed_by_its_name() -> None:
    async with Talk(max_file_mb=20) as talk:
        await talk.hears("/remove", user=ADMIN)
        await sent_file(talk)
        await talk.hears("/remove nothing.txt", user=ADMIN)
        await talk.hears("/remove lease 2.txt", user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/lease 2.txt").exists()
        acts = [act[1:] for act in await talk.database.acts()]
    assert talk.said[0] == texts.removable([], "")
    assert texts.removable(["lease 2.txt"], "nothing.txt") in talk.said
    assert acts[-2:] == [("remove", ""), ("remove", "lease 2.txt")]


async def test_what_is_removed_may_be_named_in_small_letters_and_without_its_ending() -> None:
    async with Talk(max_file_mb=20) as talk:
        await sent_file(talk, file_name="Lease 2.txt")
        await talk.hears("/remove uploads/lease 2", user=ADMIN)
        await talk.settles()
        assert not (talk.data / "uploads/Lease 2.txt").exists()
        acts = [act[1:] for act in await talk.database.acts()]
    assert acts[-1] == ("remove", "Lease 2.txt")


# Groups that move, and a second bot


async def test_a_listed_group_that_becomes_a_supergroup_stays_listed() -> None:
    new = -1_000_123
    async with Talk(chats=frozenset({GROUP})) as talk:
        asked = await talk.hears("@kutip_bot How long?", chat=GROUP, user=STRANGER)
        await talk.hears(chat=GROUP, user=STRANGER, migrate_to_chat_id=new)
        await talk.hears(chat=new, user=STRANGER, migrate_from_chat_id=GROUP)
        await talk.restart()
        await talk.hears("@kutip_bot How long?", chat=new, user=STRANGER, message_id=asked)  # messages count anew
    assert [text.split("\n")[0] for text in talk.said] == [ANSWER, ANSWER]


async def test_an_answer_goes_to_the_supergroup_that_a_group_has_become() -> None:
    async with Talk() as talk:
        moved = {"migrate_to_chat_id": -1_000_123}
        talk.telegram.refuse("sendMessage", 400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
        await talk.hears("@kutip_bot How long?", chat=GROUP)
    assert [sent["chat_id"] for sent in talk.telegram.called("sendMessage")] == [GROUP, -1_000_123]


async def test_a_mention_that_ends_within_a_character_is_one() -> None:
    bot = {"id": 123456, "is_bot": True, "first_name": "Kutip"}
    async with Talk() as talk:
        mention = {"type": "text_mention", "offset": 0, "length": 1, "user": bot}
        await talk.hears("👍 How long?", chat=GROUP, entities=[mention])
    [asked] = talk.desk.asked
    assert asked.endswith("How long?")


async def test_a_second_bot_with_the_same_token_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        for _ in range(3):
            await talk.application.process_error(None, Conflict("terminated by other getUpdates request"))
    both = f"{texts.two_bots}\n\n{INDONESIAN.two_bots}"
    assert [(sent["chat_id"], sent["text"]) for sent in talk.telegram.called("sendMessage")] == [(ADMIN, both)]
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [texts.two_bots]


async def test_an_alarm_that_telegram_does_not_take_is_sent_again_and_is_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Talk() as talk:
        await talk.presses("l:id", user=ADMIN)
        for _ in range(2):
            talk.telegram.refuse("sendMessage", 429, "Too Many Requests: retry after 1", {"retry_after": 1})
        for _ in range(4):
            await talk.application.process_error(None, Conflict("terminated by other getUpdates request"))
    assert talk.said == [INDONESIAN.two_bots] * 3
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [texts.two_bots]


async def test_an_alarm_that_telegram_does_not_confirm_in_time_is_not_sent_again() -> None:
    async with Talk() as talk:
        talk.telegram.be_late("sendMessage")
        for _ in range(3):
            await talk.application.process_error(None, Conflict("terminated by other getUpdates request"))
    assert len(talk.said) == 1


async def test_an_alarm_that_is_the_same_in_all_languages_is_told_once() -> None:
    damaged = IndexUnusableError("The index is damaged: kutip index builds it again.")
    async with Talk() as talk:
        talk.desk.trouble = damaged
        await talk.hears("How long?")
    assert talk.telegram.called("sendMessage")[0]["text"] == str(damaged)


async def test_an_administrator_who_takes_no_messages_hears_of_no_alarm_each_time() -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        for _ in range(3):
            await talk.application.process_error(None, Conflict("terminated by other getUpdates request"))
    assert len(talk.said) == 1


# Languages


async def test_people_are_spoken_to_in_the_language_of_their_telegram() -> None:
    async with Talk() as talk:
        talk.languages = {ANA: "id", ADMIN: "en-gb", STRANGER: "fr"}
        for user in (ANA, ADMIN, STRANGER):
            await talk.hears("/fly", user=user)
    assert talk.said == [INDONESIAN.unknown_command, texts.unknown_command, texts.unknown_command]


async def test_an_answer_is_in_the_language_of_whoever_asks() -> None:
    async with Talk() as talk:
        talk.languages = {ANA: "id"}
        talk.desk.answer_to = lambda question: Answer(question, (), (), 0.1, 0.1, on_subject=False)
        for user in (ANA, STRANGER):
            await talk.hears("How far?", user=user)
    assert talk.said == [f"{known.not_found}\n{known.off_subject}" for known in (INDONESIAN, texts)]


async def test_a_language_can_be_chosen_and_stays_after_a_restart() -> None:
    async with Talk() as talk:
        await talk.hears("/language")
        [[english, indonesian]] = talk.telegram.called("sendMessage")[0]["reply_markup"]["inline_keyboard"]
        await talk.presses(indonesian["callback_data"])
        [edited] = talk.telegram.called("editMessageText")
        menu, same = talk.telegram.called("setMyCommands")
        await talk.restart()
        await talk.hears("/fly")
        await talk.hears("/fly", user=STRANGER)
        await talk.presses(english["callback_data"])
        await talk.hears("/fly")
    assert (english["text"], indonesian["text"]) == ("English", "Bahasa Indonesia")
    assert edited["text"] == INDONESIAN.language_chosen
    assert menu["scope"] == {"type": "chat", "chat_id": ANA}
    assert {**menu, "language_code": "id"} == same
    assert [one["description"] for one in menu["commands"]] == list(INDONESIAN.commands.values())
    assert talk.said[1:] == [INDONESIAN.unknown_command, texts.unknown_command, texts.unknown_command]


async def test_a_language_can_be_chosen_below_a_message_that_is_too_old_to_be_edited() -> None:
    async with Talk() as talk:
        await talk.presses("l:id", date=0)
        await talk.hears("/fly")
    assert talk.said == [INDONESIAN.language_chosen, INDONESIAN.unknown_command]


@pytest.mark.parametrize("name", ["id", "ID", "Indonesian", "bahasa indonesia"])
async def test_a_language_that_is_named_after_the_command_is_spoken(name: str) -> None:
    async with Talk() as talk:
        await talk.hears(f"/language {name}")
        assert len(talk.telegram.called("setMyCommands")) == 2
        await talk.hears("/fly")
    assert talk.said == [INDONESIAN.language_chosen, INDONESIAN.unknown_command]


async def test_of_a_language_that_there_is_not_and_of_nobody_in_particular_the_buttons_are_shown() -> None:
    async with Talk() as talk:
        await talk.hears("/language fr")
        await talk.hears("/language bahasa")
        await talk.hears("/language id", chat=GROUP, **ANONYMOUS)
    assert talk.said == [texts.choose_language] * 3


async def test_who_chooses_a_language_too_often_is_told_so() -> None:
    async with Talk(rate_limit=1) as talk:
        await talk.presses("l:id")
        await talk.presses("l:en")
        assert talk.database.language_of(ANA) == "id"
    told = [sent.get("text") for sent in talk.telegram.called("answerCallbackQuery")]
    assert told == [None, texts.too_many(1)] or told == [None, INDONESIAN.too_many(1)]


async def test_who_may_not_ask_chooses_no_language() -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.presses("l:id", user=STRANGER, chat=GROUP)
        assert talk.database.language_of(STRANGER) is None
    assert [name for name, _ in talk.telegram.calls] == ["answerCallbackQuery"]


@pytest.mark.parametrize("data", ["l:", "l:xx", "l:../id"])
async def test_a_forged_language_is_none(data: str) -> None:
    async with Talk() as talk:
        await talk.presses(data)
        await talk.hears("/fly")
    assert talk.said == [texts.unknown_command]


async def test_menus_are_set_in_every_language() -> None:
    async with Talk() as talk:
        await set_menus(talk.application.bot, Settings.model_construct(admins=frozenset()), talk.database)
        menus = [(one.get("language_code"), one["commands"][0]) for one in talk.telegram.called("setMyCommands")]
    ask = {"command": "ask", "description": texts.commands["ask"]}
    assert menus == [(None, ask), ("en", ask), ("id", {**ask, "description": INDONESIAN.commands["ask"]})]


async def test_who_is_no_administrator_any_more_gets_the_menu_of_others_again() -> None:
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        await talk.settles()
        await set_menus(talk.application.bot, Settings.model_construct(admins=frozenset({2})), talk.database)
        own = talk.telegram.called("setMyCommands")[3:]
    names = [[command["command"] for command in one["commands"]] for one in own]
    told = [(one["scope"]["chat_id"], one.get("language_code")) for one in own]
    assert told == [(ADMIN, None), (ADMIN, "id"), (2, None), (2, "id")]
    assert ["reload" in one for one in names] == [False, False, True, True]


@pytest.mark.parametrize(
    ("chosen", "languages"),
    [
        pytest.param(None, [texts, INDONESIAN], id="of-their-telegram"),
        pytest.param("id", [INDONESIAN, INDONESIAN], id="chosen"),
        pytest.param("en", [texts, texts], id="chosen-and-not-of-their-telegram"),
    ],
)
async def test_an_administrators_own_menu_is_in_their_language(chosen: str | None, languages: list[Texts]) -> None:
    async with Talk() as talk:
        if chosen:
            await talk.database.choose_language(ADMIN, chosen)
        await set_menus(talk.application.bot, Settings.model_construct(admins=frozenset({ADMIN})), talk.database)
        own = talk.telegram.called("setMyCommands")[3:]
    assert [one.get("language_code") for one in own] == [None, "id"]
    assert [one["commands"][0]["description"] for one in own] == [one.commands["ask"] for one in languages]


# Whatever else arrives


@pytest.mark.parametrize("text", ["/start", "/id", "/reload", "/unknown"])
async def test_an_edited_command_is_not_obeyed(text: str, caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        await talk.hears(text, user=ADMIN, kind="edited_message", edit_date=1)
    assert (talk.telegram.calls, talk.desk.asked, talk.desk.reloads, caplog.records) == ([], [], 0, [])


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        pytest.param(VOICE, texts.only_text, id="voice"),
        pytest.param(PHOTO, texts.only_text, id="photo"),
        pytest.param(STICKER, texts.only_text, id="sticker"),
        pytest.param({"location": {"latitude": 1.0, "longitude": 1.0}}, texts.only_text, id="location"),
        pytest.param({"text": "/fly"}, texts.unknown_command, id="unknown-command"),
        pytest.param({"text": "/help@other_bot"}, texts.unknown_command, id="command-of-another-bot"),
    ],
)
async def test_what_cannot_be_answered_gets_one_friendly_line(message: Json, reply: str) -> None:
    async with Talk() as talk:
        await talk.hears(**message)
    assert talk.said == [reply]
    assert "\n" not in reply


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({"text": "How long?"}, id="text"),
        pytest.param({"text": "/fly"}, id="unknown-command"),
        pytest.param({"text": "/help@other_bot"}, id="command-of-another-bot"),
        pytest.param({"text": "/reload"}, id="reload-of-somebody-else"),
        pytest.param(VOICE, id="voice"),
        pytest.param({"new_chat_members": [{"id": 7, "is_bot": False, "first_name": "Budi"}]}, id="somebody-joins"),
    ],
)
async def test_a_group_is_left_in_peace(message: Json) -> None:
    async with Talk() as talk:
        await talk.hears(chat=GROUP, **message)
    assert (talk.telegram.calls, talk.desk.asked, talk.desk.reloads) == ([], [], 0)


async def test_a_command_that_names_the_bot_is_answered_in_a_group() -> None:
    async with Talk() as talk:
        await talk.hears("/help@kutip_bot", chat=GROUP)
    assert talk.said == [texts.help(texts.commands, texts.telegram_hints)]


async def test_what_telegram_itself_notes_in_a_chat_is_passed_over() -> None:
    pinned = {"message_id": 1, "date": 0, "chat": {"id": ANA, "type": "private", "first_name": "Ana"}, "text": "a"}
    async with Talk() as talk:
        await talk.hears(pinned_message=pinned)
        await talk.hears(write_access_allowed={})
    assert talk.telegram.calls == []


async def test_a_question_in_a_topic_is_answered_there() -> None:
    async with Talk() as talk:
        await talk.hears("How long?", message_thread_id=5, is_topic_message=True)
    assert [(name, sent["message_thread_id"]) for name, sent in talk.telegram.calls] == [
        ("sendChatAction", 5),
        ("sendMessage", 5),
    ]


async def test_a_thread_that_is_no_topic_is_not_named() -> None:
    async with Talk() as talk:
        await talk.hears("/help", chat=GROUP, message_thread_id=5)
    [sent] = talk.telegram.called("sendMessage")
    assert "message_thread_id" not in sent


# Commands


async def test_start_says_what_there_is() -> None:
    async with Talk() as talk:
        await talk.hears("/start")
        [sent] = talk.telegram.called("sendMessage")
    assert talk.said == [texts.greeting(1, "2020")]
    assert "from 1 document " in talk.said[0]
    assert "The newest is from 2020." in talk.said[0]
    assert "reply_markup" not in sent


async def test_start_offers_questions_in_the_language_of_whoever_begins() -> None:
    async with Talk() as talk:
        talk.languages = {ANA: "id"}
        talk.desk.suggestions = {"id": [Suggestion("Berapa lama?", 1, KEY)], "en": [Suggestion("How long?", 0, KEY)]}
        await talk.hears("/start")
        [sent] = talk.telegram.called("sendMessage")
    assert talk.said == [INDONESIAN.greeting(1, "2020", examples=True)]
    assert sent["reply_markup"] == {"inline_keyboard": [[{"text": "Berapa lama?", "callback_data": f"q1:{KEY}"}]]}


async def test_start_greets_also_before_there_is_an_index() -> None:
    async with Talk() as talk:
        talk.desk.current = None
        await talk.hears("/start")
    assert talk.said == [texts.greeting(0)]


async def test_start_with_a_deep_link_greets_too() -> None:
    async with Talk() as talk:
        await talk.hears("/start from-a-link")
    assert talk.said == [texts.greeting(1, "2020")]


async def test_start_with_the_key_of_a_citation_shows_its_place() -> None:
    async with Talk() as talk:
        await talk.hears(f"/start {KEY}")
    assert talk.said == [f"<b>The lease</b>\nThe owner · 2020 · lease.md\n\n<b>{QUOTE}</b> It may be longer."]


async def test_start_with_the_key_of_what_is_gone_says_so() -> None:
    async with Talk() as talk:
        await talk.hears(f"/start {KEY[::-1]}")
    assert talk.said == [texts.place_gone]


async def test_start_with_a_key_while_there_is_no_index_is_told_so() -> None:
    async with Talk() as talk:
        talk.desk.current = None
        await talk.hears(f"/start {KEY}")
    assert talk.said == ["Not ready."]


async def test_start_of_an_administrator_sets_the_menu_that_telegram_refused_before() -> None:
    async with Talk() as talk:
        await talk.hears("/start", user=ADMIN)
        menu, _ = talk.telegram.called("setMyCommands")
    assert menu["scope"] == {"type": "chat", "chat_id": ADMIN}
    names = [command["command"] for command in menu["commands"]]
    assert names == "ask new sources language forget id help reload rollback remove stats gaps".split()


async def test_start_of_somebody_else_sets_no_menu() -> None:
    async with Talk() as talk:
        await talk.hears("/start")
    assert talk.telegram.called("setMyCommands") == []


async def test_menus_that_cannot_be_set_hold_nothing_up(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.telegram.refuse("setMyCommands", 502, "Bad Gateway")
        talk.telegram.refuse("setMyCommands", 400, "Bad Request: chat not found")
        await set_menus(talk.application.bot, Settings.model_construct(admins=frozenset({ADMIN, 2})), talk.database)
        scopes = [sent.get("scope") for sent in talk.telegram.called("setMyCommands")]
    assert scopes == [None, {"type": "chat", "chat_id": ADMIN}, *[{"type": "chat", "chat_id": 2}] * 2]
    assert "The menu of commands could not be set: Bad Gateway" in caplog.text


async def test_sources_lists_the_documents_in_pages() -> None:
    documents = tuple((Document(f"{number}.txt", f"Title {number}", "a"), number) for number in range(1, 13))
    async with Talk() as talk:
        talk.desk.current = FakeSnapshot(FakeIndex(documents))
        await talk.hears("/sources")
        [first] = talk.telegram.called("sendMessage")
        for data in ("s:10", "s:0", "s:999999999"):
            await talk.presses(data)
        pages = talk.telegram.called("editMessageText")
    assert first["text"].split("\n\n")[:2] == ["<b>12 documents</b>", "<b>1. Title 1</b>\n1.txt · 1 passage"]
    rows = [[button["text"] for button in row] for row in first["reply_markup"]["inline_keyboard"]]
    assert rows == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"], [texts.after]]
    second = (
        "<b>12 documents</b>\n\n<b>11. Title 11</b>\n11.txt · 11 passages\n\n<b>12. Title 12</b>\n12.txt · 12 passages"
    )
    assert [page["text"] for page in pages] == [second, first["text"], second]
    rows = [[button["text"] for button in row] for row in pages[0]["reply_markup"]["inline_keyboard"]]
    assert rows == [["11", "12"], [texts.before]]


async def test_a_button_of_the_list_opens_the_beginning_of_a_document() -> None:
    async with Talk() as talk:
        await talk.hears("/sources")
        [sent] = talk.telegram.called("sendMessage")
        await talk.presses(sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    assert QUOTE in talk.said[1]


async def test_source_finds_documents_by_a_part_of_their_name() -> None:
    documents = tuple((Document(f"{number}.txt", f"Title {number}", "a"), number) for number in range(1, 13))
    async with Talk() as talk:
        talk.desk.current = FakeSnapshot(FakeIndex(documents))
        await talk.hears("/source Title 7")
        await talk.hears("/source <b>")
    assert talk.said == [
        f"<b>{texts.sources_found}</b>\n\n<b>1. Title 7</b>\n7.txt · 7 passages",
        "No document is called “&lt;b&gt;”. /sources lists all of them.",
    ]


async def test_of_many_documents_with_a_name_the_pages_can_be_turned() -> None:
    documents = tuple((Document(f"{number}.txt", f"Title: {number}", "a"), 1) for number in range(1, 13))
    async with Talk() as talk:
        talk.desk.current = FakeSnapshot(FakeIndex(documents))
        await talk.hears("/source Title: 1")  # 1, 10, 11, 12
        await talk.hears("/source Title:")
        few, many = (sent["reply_markup"]["inline_keyboard"] for sent in talk.telegram.called("sendMessage"))
        [after] = many[-1]
        await talk.presses(after["callback_data"])
        [second] = talk.telegram.called("editMessageText")
        [[*_], [before]] = second["reply_markup"]["inline_keyboard"]
        await talk.presses(before["callback_data"])
        await talk.presses("s:20:Title:")
        await talk.presses("s:10:gone")
        pages = [page["text"] for page in talk.telegram.called("editMessageText")]
    assert [len(row) for row in few] == [4]
    assert (after["text"], before["text"], len(many)) == (texts.after, texts.before, 3)
    shown = [f"<b>{number}. Title: {number}</b>\n{number}.txt · 1 passage" for number in range(1, 13)]
    first = "\n\n".join([f"<b>{texts.sources_found}</b>", *shown[:10]])
    assert pages == ["\n\n".join([f"<b>{texts.sources_found}</b>", *shown[10:]]), first, first]
    assert talk.said[1:] == [first, "No document is called “gone”. /sources lists all of them."]


async def test_a_name_that_is_too_long_for_a_button_is_asked_to_be_longer_where_it_finds_many() -> None:
    name = "é" * 27
    documents = tuple((Document(f"{number}.txt", name, "a"), 1) for number in range(12))
    async with Talk() as talk:
        talk.desk.current = FakeSnapshot(FakeIndex(documents))
        await talk.hears(f"/source {name}")
        await talk.hears(f"/source {name[1:]}")
        long, short = talk.telegram.called("sendMessage")
    assert [texts.first_sources_found(10) in sent["text"] for sent in (long, short)] == [True, False]
    assert [len(sent["reply_markup"]["inline_keyboard"]) for sent in (long, short)] == [2, 3]
    data = [button["callback_data"] for row in short["reply_markup"]["inline_keyboard"] for button in row]
    assert max(len(one.encode()) for one in data) <= 64


# Reloading


async def test_a_reload_ends_as_its_receipt_in_the_message_that_showed_its_progress() -> None:
    receipt = Receipt(added=1, unchanged=2, documents=3, passages=9, encoded=4, seconds=1.25)
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        started = await talk.telegram.until_called("sendMessage")
        talk.desk.reload.set_result(receipt)
        ended = await talk.telegram.until_called("editMessageText")
    assert started["text"] == texts.reloading(None)
    assert ended["link_preview_options"] == {"is_disabled": True}  # for lease.md could be a site
    assert (ended["message_id"], ended["text"]) == (
        1_000,
        "added 1, changed 0, unchanged 2, moved 0, removed 0, duplicate 0, failed 0\n"
        "3 documents, 9 passages, 4 of them embedded now, in 1.2 s",
    )


async def test_the_progress_of_a_reload_is_shown_as_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.reloading._EDIT_SECONDS", 0.01)
    async with Talk() as talk:
        talk.desk.reading = Progress("Embedding", 120, 400)
        await talk.hears("/reload", user=ADMIN)
        edited = await talk.telegram.until_called("editMessageText")
        talk.desk.reload.set_result(Receipt())
        await talk.telegram.until_called("editMessageText", 2)
    assert edited["text"] == texts.reloading(Progress("Embedding", 120, 400))


async def test_questions_are_answered_while_a_reload_runs() -> None:
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        await talk.hears("How long?")
        assert not talk.desk.reload.done()
        talk.desk.reload.set_result(Receipt())
        await talk.telegram.until_called("editMessageText")
    assert ANSWER in [text.splitlines()[0] for text in talk.said]


async def test_a_second_reload_is_told_that_one_runs() -> None:
    async with Talk() as talk:
        talk.desk.reading = Progress("Embedding", 120, 400)
        await talk.hears("/reload", user=ADMIN)
        await talk.telegram.until_called("sendMessage")
        await talk.hears("/reload", user=ADMIN)
        talk.desk.reload.set_result(Receipt())
        await talk.telegram.until_called("editMessageText")
    assert (talk.said[1], talk.desk.reloads) == (texts.reload_runs(Progress("Embedding", 120, 400)), 1)


async def test_after_a_reload_another_one_can_be_started() -> None:
    async with Talk() as talk:
        talk.desk.reload.set_result(Receipt())
        for number in (1, 2):
            await talk.hears("/reload", user=ADMIN)
            await talk.telegram.until_called("editMessageText", number)
            await talk.settles()
    assert talk.desk.reloads == 2


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        pytest.param(
            KnowledgeError("The folder is gone. Put it back."), "The folder is gone. Put it back.", id="known"
        ),
        pytest.param(RuntimeError("secret"), texts.apology, id="unknown"),
    ],
)
async def test_a_failed_reload_says_why_and_that_the_documents_from_before_answer(
    error: Exception, reason: str
) -> None:
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        await talk.telegram.until_called("sendMessage")
        talk.desk.reload.set_exception(error)
        edited = await talk.telegram.until_called("editMessageText")
    assert edited["text"] == f"The reload failed, and I go on answering from the earlier documents. {reason}"


async def test_a_reload_by_somebody_else_is_a_command_that_the_bot_does_not_know() -> None:
    async with Talk() as talk:
        await talk.hears("/reload")
    assert (talk.said, talk.desk.reloads) == ([texts.unknown_command], 0)


async def test_a_receipt_whose_edit_is_refused_arrives_as_a_message() -> None:
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        await talk.telegram.until_called("sendMessage")
        talk.telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
        talk.desk.reload.set_result(Receipt(documents=3))
        sent = await talk.telegram.until_called("sendMessage", 2)
    assert "3 documents" in sent["text"]


async def test_a_rollback_says_what_is_answered_from() -> None:
    async with Talk() as talk:
        await talk.hears("/rollback", user=ADMIN)
        await talk.settles()
    assert talk.said == [
        "Back to the version before: 2 documents, 3 passages. It stays until all documents are read again: by "
        "/reload, by kutip index, or as a file is sent or removed."
    ]


async def test_a_rollback_that_cannot_be_says_why() -> None:
    async with Talk() as talk:
        talk.desk.trouble = RollbackError()
        await talk.hears("/rollback", user=ADMIN)
        await talk.settles()
    assert talk.said == ["There is no earlier version of the index to go back to."]


async def test_a_rollback_that_goes_wrong_is_apologised_for(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.desk.trouble = RuntimeError("secret")
        await talk.hears("/rollback", user=ADMIN)
        await talk.settles()
    assert talk.said == [texts.apology]
    assert "The rollback failed." in caplog.text


@pytest.mark.parametrize(("command", "messages"), [("/rollback", 1), ("/reload", 3)])
async def test_that_an_end_cannot_be_told_is_in_the_log(
    command: str, messages: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with Talk() as talk:
        for _ in range(messages):
            talk.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        talk.desk.reload.set_result(Receipt())
        await talk.hears(command, user=ADMIN)
        await talk.settles()
    assert "could not be told: Forbidden: bot was blocked by the user" in caplog.text


async def test_a_rollback_does_not_disturb_a_reload() -> None:
    async with Talk() as talk:
        talk.desk.reading = Progress("Embedding", 120, 400)
        await talk.hears("/reload", user=ADMIN)
        await talk.telegram.until_called("sendMessage")
        await talk.hears("/rollback", user=ADMIN)
        talk.desk.reload.set_result(Receipt())
    assert talk.said[1] == texts.reload_runs(Progress("Embedding", 120, 400))


async def test_a_rollback_by_somebody_else_is_a_command_that_the_bot_does_not_know() -> None:
    async with Talk() as talk:
        await talk.hears("/rollback")
        await talk.hears("/rollback", chat=-100)
    assert talk.said == [texts.unknown_command]


async def test_a_receipt_that_cannot_be_sent_is_not_called_a_failed_reload() -> None:
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        await talk.telegram.until_called("sendMessage")
        talk.telegram.refuse("editMessageText", 502, "Bad Gateway")
        talk.telegram.refuse("sendMessage", 502, "Bad Gateway")
        talk.desk.reload.set_result(Receipt(documents=3))
        await talk.telegram.until_called("sendMessage", 2)
        await talk.settles()
    assert not any("failed, and" in sent["text"] for _, sent in talk.telegram.calls)


async def test_a_receipt_of_many_failed_files_is_no_flood_of_messages() -> None:
    failed = tuple(FailedFile(f"folder/file-{number}.txt", "it is not text") for number in range(5_000))
    async with Talk() as talk:
        await talk.hears("/reload", user=ADMIN)
        talk.desk.reload.set_result(Receipt(failed=failed))
        await talk.telegram.until_called("editMessageText")
        await talk.settles()
    assert len(talk.said) < 5


# What goes wrong


async def test_whoever_asked_gets_an_apology_and_the_log_the_whole_story(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.desk.trouble = RuntimeError("the shelf fell over")
        asked = await talk.hears("How long?")
        [sent] = talk.telegram.called("sendMessage")
    assert (sent["text"], sent["reply_parameters"]["message_id"]) == (texts.apology, asked)
    assert "Traceback" in caplog.text
    assert "RuntimeError: the shelf fell over" in caplog.text


async def test_who_blocked_the_bot_is_a_line_in_the_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot")
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        await talk.hears("How long?")
    assert len(talk.said) == 1
    told = [(record.levelname, record.getMessage(), record.exc_info) for record in caplog.records]
    assert told == [("INFO", "A chat takes no messages any more: Forbidden: bot was blocked by the user", None)]


async def test_what_somebody_asked_before_they_blocked_the_bot_is_skipped_and_what_comes_later_is_answered() -> None:
    async with Talk() as talk:
        now = int(time.time())
        talk.telegram.refuse("sendMessage", 403, "Forbidden: bot was blocked by the user")
        await talk.hears("How long?", date=now - 5)
        await talk.hears("How far?", date=now - 4)
        assert talk.desk.asked == ["How long?"]
        await talk.hears("How high?", date=now + 5)
        await talk.hears("How deep?", date=now - 3)
        assert talk.desk.asked == ["How long?", "How high?", "How deep?"]


@pytest.mark.parametrize("status", ["kicked", "left"])
async def test_a_group_that_sends_the_bot_away_and_takes_it_back(status: str) -> None:
    async def becomes(now: str) -> None:
        chat = {"id": -7, "type": "supergroup", "title": "Group"}
        user = {"id": ANA, "is_bot": False, "first_name": "Ana"}
        bot = {"id": 123456, "is_bot": True, "first_name": "Kutip"}
        member = {"user": bot, "status": now, "until_date": 0}
        change = {"chat": chat, "from": user, "date": 1, "old_chat_member": member, "new_chat_member": member}
        update = Update.de_json({"update_id": 1, "my_chat_member": change}, talk.application.bot)
        await talk.application.process_update(update)

    async with Talk() as talk:
        await becomes(status)
        assert talk.database.gone_since(-7) is not None
        await becomes("member")
        assert talk.database.gone_since(-7) is None
        assert talk.said == []


async def test_a_group_has_a_limit_of_its_own_that_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.chats.people._GROUP_LIMIT", 3)
    async with Talk(rate_limit=2) as talk:
        for user in (ANA, ANA, 43, 44, 45, 46):
            await talk.hears("/ask How long?", user=user, chat=-7)
        too_many = texts.too_many_here(3)
        assert [text for text in talk.said if "in this chat" in text] == [too_many]
        assert len(talk.desk.asked) == 3
        await talk.hears("/ask How long?", user=ADMIN, chat=-7)
        await talk.hears("How long?", user=45)
        assert len(talk.desk.asked) == 5


async def test_an_answer_that_could_not_be_sent_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.telegram.refuse("sendMessage", 400, "Bad Request: chat not found")
        await talk.hears("How long?")
    assert len(talk.said) == 1
    assert "Chat not found" in caplog.text


async def test_a_failing_poll_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        await talk.application.process_error(None, NetworkError("Bad Gateway"))
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "Telegram: Bad Gateway")
    ]
    assert talk.telegram.calls == []

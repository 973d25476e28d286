"""Edited questions: their answers change in place, with a fake desk behind a fake Telegram."""

import sqlite3
import time
from contextlib import closing
from typing import Any

import pytest

from bot.texts import texts_in
from retrieval.values import Answer, Turn
from tests.bot_api import Json
from tests.fakes_telegram import ADMIN, ANA, CITATION, STRANGER, Talk

texts = texts_in("en")
GROUP = -100


def long_answer(question: str) -> Answer:
    """Make an answer that takes two messages."""
    return Answer(question, tuple([CITATION] * 60), (), 0.9, 0.01)


def short_answer(question: str) -> Answer:
    return Answer(question, (), (), 0.1, 0.01)


def edits(talk: Talk) -> list[tuple[int, str]]:
    """List which messages were edited, and the first line of what they show now."""
    return [(sent["message_id"], sent["text"].split("\n")[0]) for sent in talk.telegram.called("editMessageText")]


async def test_an_edited_question_edits_its_answer() -> None:
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        talk.desk.answer_to = short_answer
        await talk.edits(asked, "How long?")
        [edited] = talk.telegram.called("editMessageText")
    assert talk.desk.asked == ["How far?", "How long?"]
    assert (edited["chat_id"], edited["message_id"]) == (ANA, 1000)
    assert (edited["text"], edited["parse_mode"]) == (texts.nothing_found(short_answer("?")), "HTML")
    assert [button["text"] for [*row] in edited["reply_markup"]["inline_keyboard"] for button in row] == ["👍", "👎"]
    assert len(talk.said) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Thanks!", texts.welcome.split("\n")[0], id="nothing-asked"),
        pytest.param("How far? " * 500, "The question has", id="too-long"),
    ],
)
async def test_what_is_edited_into_no_question_is_told_in_the_place_of_its_answer(text: str, shown: str) -> None:
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        await talk.edits(asked, text)
        [(edited, line)] = edits(talk)
    assert (edited, len(talk.said), line.startswith(shown)) == (1000, 1, True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Thanks!", id="nothing-asked"),
        pytest.param("How far? " * 500, id="too-long"),
        pytest.param("How long is the lane? " * 11, id="too-many"),
    ],
)
async def test_what_is_edited_into_no_question_and_back_is_answered_once(text: str) -> None:
    async with Talk() as talk:
        talk.desk.answer_to = long_answer
        asked = await talk.hears("How far?")
        first = 1_000 + len(talk.said)
        await talk.edits(asked, text)
        assert await talk.database.answer_to(ANA, asked, 0) == [1000]
        await talk.edits(asked, "How far?")
        shown = await talk.database.answer_to(ANA, asked, 0)
        deleted = [sent["message_id"] for sent in talk.telegram.called("deleteMessage")]
    assert (shown, deleted) == ([1000, *shown[1:]], list(range(1001, first)))
    assert shown[1:] == list(range(first, 1_000 + len(talk.said)))


async def test_parts_too_many_go_and_parts_too_few_come() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = long_answer
        asked = await talk.hears("How far?")
        assert len(talk.said) > 2
        talk.desk.answer_to = short_answer
        await talk.edits(asked, "How long?")
        assert edits(talk) == [(1000, texts.not_found)]
        gone = [sent["message_id"] for sent in talk.telegram.called("deleteMessage")]
        assert gone == [1000 + number for number in range(1, len(talk.said))]
        sent = len(talk.said)
        talk.desk.answer_to = long_answer
        await talk.edits(asked, "How far?")
        assert len(talk.said) == 2 * sent - 1
        assert await talk.database.answer_to(ANA, asked, 0) == [1000, *range(1000 + sent, 1000 + 2 * sent - 1)]
    below = [bool(sent.get("reply_markup")) for sent in talk.telegram.called("sendMessage")[sent:]]
    assert below == [False] * (len(below) - 1) + [True]


async def test_an_edit_is_understood_with_what_its_question_was() -> None:
    first, second = Turn("How far?"), Turn("How long?")
    async with Talk() as talk:
        await talk.hears("How far?")
        asked = await talk.hears("How long?")
        await talk.hears("How high?")
        await talk.edits(asked, "How wide?")
    befores = [before and before.question for before in talk.desk.befores]
    assert befores == [None, first.question, second.question, first.question]


async def test_the_answer_is_edited_also_after_a_restart() -> None:
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        await talk.restart()
        await talk.edits(asked, "How long?")
        assert [message for message, _ in edits(talk)] == [1000]


@pytest.mark.parametrize(
    "description",
    [
        pytest.param("Bad Request: message to edit not found", id="deleted"),
        pytest.param("Bad Request: message can't be edited", id="too-old"),
    ],
)
async def test_an_answer_that_cannot_be_edited_is_sent_again(description: str) -> None:
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        talk.telegram.refuse("editMessageText", 400, description)
        await talk.edits(asked, "How long?")
        assert len(talk.said) == 2
        await talk.edits(asked, "How wide?")
        assert edits(talk)[-1][0] == 1001


async def test_of_an_answer_with_a_part_that_is_deleted_nothing_stands_twice() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = long_answer
        asked = await talk.hears("How far?")
        parts = len(talk.said)
        assert parts > 2
        talk.telegram.be_late("editMessageText")
        talk.telegram.refuse("editMessageText", 400, "Bad Request: message to edit not found")
        await talk.edits(asked, "How far is it?")
        shown = await talk.database.answer_to(ANA, asked, 0)
        deleted = [sent["message_id"] for sent in talk.telegram.called("deleteMessage")]
    assert shown == [1000, *range(1000 + parts, 1000 + 2 * parts - 1)]
    assert deleted == list(range(1001, 1000 + parts))


async def test_a_question_of_long_ago_is_answered_with_an_apology() -> None:
    async with Talk() as talk:
        await talk.hears("How far?", date=int(time.time()) - 3_700)
        await talk.hears("How far?", date=int(time.time()) - 3_500)
    assert [texts.late in text.split("\n\n")[-1] for text in talk.said] == [True, False]


async def test_several_questions_of_long_ago_are_answered_with_one_apology_at_the_end() -> None:
    async with Talk() as talk:
        await talk.hears("How far is the farm? How long is the lane?", date=int(time.time()) - 3_700)
    blocks = "\n\n".join(talk.said).split("\n\n")
    assert sum("How " in block for block in blocks) == 2
    assert [texts.late in block for block in blocks].index(True) == len(blocks) - 1


async def test_what_was_answered_before_the_bot_was_killed_is_not_answered_again() -> None:
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        await talk.restart()
        await talk.hears("How far?", message_id=asked)
    assert len(talk.said) == 1


async def test_what_another_bot_answered_with_this_data_folder_is_asked_of_this_one() -> None:
    now = int(time.time())
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        await talk.restart()
        await talk.hears("How far?", message_id=asked, date=now + 120)
        assert len(talk.said) == 2
        await talk.edits(asked, "How long?", date=now + 300, edit_date=now + 301)
        assert edits(talk) == []
    assert len(talk.said) == 3


async def test_an_edit_that_changes_nothing_sends_nothing() -> None:
    async with Talk() as talk:
        asked = await talk.hears("How far?")
        talk.telegram.refuse("editMessageText", 400, "Bad Request: message is not modified: specified new message")
        await talk.edits(asked, "How far?")
        assert (len(talk.said), await talk.database.answer_to(ANA, asked, 0)) == (1, [1000])


async def test_a_message_that_is_edited_into_a_question_is_answered_while_it_is_fresh() -> None:
    now = int(time.time())
    fresh: Json = {"date": now - 60, "edit_date": now}
    async with Talk() as talk:
        asked = await talk.hears("How far?", chat=GROUP)
        await talk.edits(asked, "@kutip_bot How far?", chat=GROUP, **fresh)
        assert talk.desk.asked == ["How far?"]
        await talk.edits(asked + 1, "@kutip_bot How far?", chat=GROUP, **{**fresh, "date": now - 1_801})
        assert talk.desk.asked == ["How far?"]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("How far?", {"chat": GROUP}, id="the-bot-is-not-meant"),
        pytest.param("How far?", {"user": STRANGER}, id="somebody-who-may-not-ask"),
    ],
)
async def test_other_edits_are_not_seen(text: str, fields: dict[str, Any]) -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.edits(7, text, **fields)
    assert (talk.telegram.calls, talk.desk.asked) == ([], [])


async def test_an_edited_ask_is_answered_again() -> None:
    async with Talk(chats=frozenset({GROUP})) as talk:
        asked = await talk.hears("/ask How far?", chat=GROUP, user=ADMIN)
        await talk.edits(asked, "/ask How long?", chat=GROUP, user=ADMIN)
    assert talk.desk.asked == ["How far?", "How long?"]
    assert [message for message, _ in edits(talk)] == [1000]


async def test_an_answer_is_not_lost_where_nothing_can_be_written(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        with closing(sqlite3.connect(talk.data / "kutip.db")) as other:
            other.execute("DROP TABLE answer")
        asked = await talk.hears("How far?")
        await talk.edits(asked, "How long?")
    assert len(talk.said) == 2
    assert "The database cannot be read" in caplog.text
    assert "The database cannot be written" in caplog.text

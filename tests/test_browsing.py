"""What opens from an answer: its buttons and links, with a fake desk behind a fake Telegram."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram.messages.buttons import answer_buttons
from bot.texts import texts_in
from retrieval.values import Answer, Document
from tests.bot_api import Json
from tests.fakes_telegram import ADMIN, ANA, CITATION, KEY, LEASE, OTHERS, QUOTE, STRANGER, SUGGESTED, Talk

texts = texts_in("en")

PLACE = "<b>The lease</b>\nThe owner · 2020 · lease.md\n\n"
NEXT = OTHERS[0].key
GONE = {"show_alert": True, "text": texts.place_gone}
GROUP = -100
LISTED = frozenset({ANA})  # only where the owner has listed who may ask, files are given


def buttons(sent: Json) -> list[list[tuple[str, str]]]:
    rows = sent.get("reply_markup", {}).get("inline_keyboard", [])
    return [[(button["text"], button["callback_data"]) for button in row] for row in rows]


def alerts(talk: Talk) -> list[Json]:
    """List what presses were answered with, without their ids."""
    asked = talk.telegram.called("answerCallbackQuery")
    return [{name: value for name, value in sent.items() if name != "callback_query_id"} for sent in asked]


# Places


async def test_a_place_can_be_read_on_and_its_file_be_had() -> None:
    async with Talk(chats=LISTED) as talk:
        await talk.hears(f"/start {KEY}")
        [sent] = talk.telegram.called("sendMessage")
    assert sent["text"] == f"{PLACE}<b>{QUOTE}</b> It may be longer."
    assert buttons(sent) == [[(texts.after, f"p:{NEXT}")], [(texts.file, f"f:{KEY}")]]


async def test_turning_to_the_next_passage_shows_it_in_the_same_message_with_nothing_marked() -> None:
    async with Talk(chats=LISTED) as talk:
        number = await talk.presses(f"p:{NEXT}")
        [edited] = talk.telegram.called("editMessageText")
    assert (edited["message_id"], edited["text"]) == (number, f"{PLACE}{QUOTE} It may be longer.")
    assert buttons(edited) == [[(texts.before, f"p:{KEY}")], [(texts.file, f"f:{NEXT}")]]
    assert alerts(talk) == [{}]


async def test_a_press_is_answered_before_the_work() -> None:
    async with Talk() as talk:
        await talk.presses(f"p:{NEXT}")
    assert [name for name, _ in talk.telegram.calls] == ["answerCallbackQuery", "editMessageText"]


async def test_turning_to_what_is_shown_already_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.telegram.refuse("editMessageText", 400, "Bad Request: message is not modified: specified new message")
        await talk.presses(f"p:{NEXT}")
    assert (alerts(talk), caplog.records) == ([{}], [])


async def test_a_passage_that_telegram_cannot_parse_is_shown_as_plain_text() -> None:
    async with Talk() as talk:
        talk.telegram.refuse("editMessageText", 400, "Bad Request: can't parse entities: Unexpected end tag at 3")
        await talk.presses(f"p:{NEXT}")
        _, second = talk.telegram.called("editMessageText")
    assert ("parse_mode" in second, "<" in second["text"], bool(buttons(second))) == (False, False, True)


async def test_the_file_is_sent_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lease.md"
    path.write_text("# The lease", "utf-8")
    async with Talk(chats=LISTED) as talk:
        talk.desk.files[LEASE.id] = path
        talk.telegram.refuse("sendDocument", 429, "Too Many Requests", {"retry_after": 0})
        await talk.presses(f"f:{KEY}")
        sent = talk.telegram.called("sendDocument")[-1]
    assert (len(talk.telegram.called("sendDocument")), sent["chat_id"], talk.said) == (2, ANA, [])


async def test_where_everybody_may_ask_no_files_are_given(tmp_path: Path) -> None:
    async with Talk() as talk:
        talk.desk.files[LEASE.id] = tmp_path / "lease.md"
        await talk.hears(f"/start {KEY}")
        await talk.presses(f"f:{KEY}")
        [sent] = talk.telegram.called("sendMessage")
    assert buttons(sent) == [[(texts.after, f"p:{NEXT}")]]
    assert talk.telegram.called("sendDocument") == []


@pytest.mark.parametrize(
    ("size", "told"),
    [pytest.param(None, texts.file_gone, id="gone"), pytest.param(50 * 2**20 + 1, texts.file_too_large, id="large")],
)
async def test_a_file_that_cannot_be_sent_is_told_why(size: int | None, told: str, tmp_path: Path) -> None:
    path = tmp_path / "lease.md"
    async with Talk(chats=LISTED) as talk:
        if size:
            with path.open("wb") as file:
                file.truncate(size)
            talk.desk.files[LEASE.id] = path
        await talk.presses(f"f:{KEY}")
    assert talk.said == [told]
    assert talk.telegram.called("sendDocument") == []


# What is old, forged, or not for everybody


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(f"o:{KEY[:-1]}", id="no key"),
        pytest.param(f"{KEY}", id="a key alone"),
        pytest.param("m1:" + "\u00e4" * 16, id="other letters"),
        pytest.param("", id="nothing"),
        pytest.param("like:1", id="a button of another time"),
    ],
)
async def test_an_old_or_forged_button_says_kindly_that_there_is_nothing(data: str) -> None:
    async with Talk() as talk:
        await talk.presses(data)
    assert (alerts(talk), talk.said) == ([GONE], [])


@pytest.mark.parametrize("kind", "pofm")
async def test_a_button_whose_sentence_is_gone_says_so(kind: str) -> None:
    async with Talk() as talk:
        await talk.presses(f"{kind}:{KEY[::-1]}")
    assert (alerts(talk), talk.said) == ([{}], [texts.place_gone])


async def test_a_press_that_comes_too_late_to_be_acknowledged_still_works(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.telegram.refuse("answerCallbackQuery", 400, "Bad Request: query is too old and response timeout expired")
        await talk.presses(f"o:{KEY}")
    assert QUOTE in talk.said[0]
    assert [record.levelname for record in caplog.records if record.levelname != "INFO"] == []


async def test_who_presses_too_often_is_told_so() -> None:
    async with Talk(rate_limit=1) as talk:
        await talk.presses(f"o:{KEY}")
        await talk.presses(f"o:{KEY}")
        await talk.presses("s:0")
        await talk.presses("v:1")
    assert len(talk.said) == 1
    refused = {"show_alert": True, "text": texts.too_many(1)}
    assert alerts(talk) == [{}, refused, refused, refused]


async def test_what_goes_wrong_after_a_press_is_apologised_for() -> None:
    async with Talk() as talk:
        talk.desk.current = None
        talk.desk.trouble = None
        talk.desk.ready_trouble = RuntimeError("broken")
        await talk.presses(f"o:{KEY}")
    assert talk.said == [texts.apology]


async def test_a_button_of_an_unknown_kind_does_nothing() -> None:
    async with Talk() as talk:
        await talk.presses(f"x:{KEY}")
    assert [name for name, _ in talk.telegram.calls] == ["answerCallbackQuery"]


@pytest.mark.parametrize("kind", "po")
async def test_while_there_is_no_index_a_button_says_why(kind: str) -> None:
    async with Talk() as talk:
        talk.desk.current = None
        await talk.presses(f"{kind}:{KEY}")
    assert (alerts(talk), talk.said) == ([{}], ["Not ready."])


async def test_who_may_not_ask_may_not_press_either() -> None:
    async with Talk(chats=frozenset({ANA})) as talk:
        await talk.presses(f"o:{KEY}", user=STRANGER, chat=GROUP)
        await talk.presses(f"f:{KEY}", user=STRANGER)
        assert (talk.said, alerts(talk)) == ([], [{}, {}])
        await talk.presses(f"o:{KEY}", user=ADMIN, chat=GROUP)
    assert len(talk.said) == 1


# Questions that documents name


async def test_a_question_on_a_button_is_answered_and_can_be_gone_on_from() -> None:
    async with Talk() as talk:
        await talk.presses(f"q1:{KEY}", user=STRANGER)
        await talk.hears("And when?", user=STRANGER)
    assert talk.desk.asked == [SUGGESTED[1], "And when?"]
    assert talk.said[0].split("\n\n")[0] == f"<b>{SUGGESTED[1]}</b>"
    assert talk.said[0].split("\n\n")[1].startswith(f"“{QUOTE}”")
    assert [before and before.question for before in talk.desk.befores] == [None, SUGGESTED[1]]


@pytest.mark.parametrize("data", [f"q7:{KEY}", f"q1:{KEY[::-1]}"])
async def test_a_question_that_is_gone_says_so(data: str) -> None:
    async with Talk() as talk:
        await talk.presses(data)
    assert (talk.said, talk.desk.asked) == ([texts.place_gone], [])


# More citations, nearest documents


def test_an_answer_with_nothing_more_only_asks_what_people_think_of_it() -> None:
    [row] = answer_buttons(Answer("?", (CITATION,), (), 0.9, 0.1), texts).inline_keyboard
    assert [(button.text, button.callback_data) for button in row] == [("👍", "v:1"), ("👎", "v:-1")]


async def test_what_people_think_of_an_answer_is_noted_also_after_a_restart() -> None:
    async with Talk() as talk:
        await talk.hears("@kutip_bot How long?", chat=GROUP)
        await talk.presses("v:1", chat=GROUP, message=1_000)
        await talk.restart()
        await talk.presses("v:-1", user=STRANGER, chat=GROUP, message=1_000)
        await talk.presses("v:-1", user=ADMIN, chat=GROUP, message=1_000)
        await talk.presses("v:1", user=ADMIN, chat=GROUP, message=1_000)
        [asked] = await talk.database.asked(0)
    assert alerts(talk) == [{"text": texts.voted}] * 4
    assert (asked.text, asked.good, asked.bad) == ("How long?", 2, 1)
    assert len(talk.said) == 1


async def test_more_citations_are_numbered_on() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = lambda question: Answer(
            question, (CITATION,), (), 0.9, 0.1, more=tuple(one.key for one in OTHERS)
        )
        await talk.hears("How long?")
        [[(text, data), *_]] = buttons(talk.telegram.called("sendMessage")[0])
        await talk.presses(data)
    assert text == texts.more
    assert len(data.encode()) <= 64
    lines = talk.said[1].split("\n")
    link = "https://t.me/kutip_bot?start="
    assert lines[0] == f'“It may be longer.” <a href="{link}{OTHERS[0].key}">[2]</a>'
    assert f'“It may be longer.” <a href="{link}{OTHERS[1].key}">[3]</a>' in lines


def test_the_button_for_three_more_citations_keeps_the_limit_of_telegram() -> None:
    markup = answer_buttons(Answer("?", (CITATION,), (), 0.9, 0.1, more=(KEY,) * 3), texts)
    assert len(str(markup.inline_keyboard[0][0].callback_data).encode()) <= 64


async def test_a_not_found_names_the_nearest_documents_each_once() -> None:
    rules = replace(OTHERS[1], document=Document("rules.txt", "House rules " * 20, "No dogs."))
    async with Talk() as talk:
        talk.desk.answer_to = lambda question: Answer(question, (), (CITATION, rules, OTHERS[0]), 0.1, 0.1)
        await talk.hears("How far?")
        [sent] = talk.telegram.called("sendMessage")
        [[(first, data)], [(second, _)], _] = buttons(sent)
        await talk.presses(data)
    assert first == "The lease"
    assert (second[:11], len(second) <= 41) == ("House rules", True)
    assert talk.said[1] == f"{PLACE}<b>{QUOTE}</b> It may be longer."

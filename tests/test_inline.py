"""What is offered while somebody types `@bot question`, with a fake desk behind a fake Telegram."""

import asyncio
import gc
from weakref import ref

import pytest

from bot.texts import texts_in
from retrieval.values import Answer
from tests.bot_api import Json
from tests.fakes_telegram import ADMIN, ANA, CITATION, KEY, OTHERS, QUOTE, STRANGER, FakeSnapshot, Talk

texts = texts_in("en")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.answering.inline._PAUSE", 0.05)


def offers(talk: Talk) -> list[Json]:
    return talk.telegram.called("answerInlineQuery")


async def test_a_card_shows_a_quote_with_title_and_source_and_posts_it_with_its_citation() -> None:
    async with Talk() as talk:
        await talk.types("How long?")
        [offer] = offers(talk)
    [card] = offer["results"]
    assert (card["type"], card["id"], card["title"]) == ("article", KEY, "The lease")
    assert card["description"] == f"“{QUOTE}”\nThe owner · 2020 · lease.md"
    posted = card["input_message_content"]
    link = f'<a href="https://t.me/kutip_bot?start={KEY}">[1]</a>'
    assert posted["message_text"].split("\n\n")[:2] == ["<i>How long?</i>", f"“{QUOTE}” {link}"]
    assert (posted["parse_mode"], posted["link_preview_options"]) == ("HTML", {"is_disabled": True})
    assert (offer["is_personal"], offer["cache_time"], "button" in offer) == (True, 10, False)


async def test_up_to_five_cards_are_offered_each_posted_as_the_first() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = lambda question: Answer(
            question, (CITATION,), (), 0.9, 0.1, more=tuple(one.key for one in OTHERS)
        )
        await talk.types("How long?")
        [offer] = offers(talk)
    assert [card["id"] for card in offer["results"]] == [KEY, OTHERS[0].key, OTHERS[1].key]
    assert all("[1]" in card["input_message_content"]["message_text"] for card in offer["results"])


async def test_what_is_only_related_says_so_on_its_card_and_in_its_message() -> None:
    async with Talk() as talk:
        talk.desk.answer_to = lambda question: Answer(question, (), (CITATION,), 0.1, 0.1)
        await talk.types("How far?")
        [offer] = offers(talk)
    assert offer["button"]["text"] == texts.not_found
    [card] = offer["results"]
    assert card["title"] == f"{texts.related} The lease"
    assert card["input_message_content"]["message_text"].split("\n\n")[1] == texts.related


async def test_while_somebody_types_only_the_last_query_is_answered() -> None:
    async with Talk() as talk:
        await asyncio.gather(*(talk.types("How long?"[:length]) for length in range(1, 10)))
    assert (talk.desk.asked, len(offers(talk))) == (["How long?"], 1)


async def test_two_people_do_not_disturb_each_other() -> None:
    async with Talk() as talk:
        await asyncio.gather(talk.types("How long?"), talk.types("How far?", user=STRANGER))
    assert sorted(talk.desk.asked) == ["How far?", "How long?"]


async def test_an_answer_is_kept_as_long_as_the_documents_stay() -> None:
    async with Talk() as talk:
        for _ in range(2):
            await talk.types("How long?")
        assert (len(talk.desk.asked), len(offers(talk))) == (1, 2)
        talk.desk.current = FakeSnapshot()
        await talk.types("How long?")
        assert len(talk.desk.asked) == 2


async def test_documents_of_before_are_let_go_without_another_query() -> None:
    """Files of an index that is deleted keep their place on the disk as long as something holds them."""
    async with Talk() as talk:
        assert talk.desk.current
        before = ref(talk.desk.current)
        await talk.types("How long?")
        talk.desk.current = FakeSnapshot()
        gc.collect()
        assert before() is None


async def test_an_answer_from_documents_that_were_read_anew_meanwhile_is_not_kept() -> None:
    async with Talk() as talk:
        ask = talk.desk.ask_at_once

        async def reloaded_meanwhile(question: str) -> Answer:
            talk.desk.ask_at_once = ask  # type: ignore[method-assign]
            talk.desk.current = FakeSnapshot()
            await talk.types("How far?", user=STRANGER)
            return await ask(question)

        talk.desk.ask_at_once = reloaded_meanwhile  # type: ignore[method-assign]
        for _ in range(2):
            await talk.types("How long?")
    assert talk.desk.asked == ["How far?", "How long?", "How long?"]


@pytest.mark.parametrize(("user", "allowed"), [(ANA, True), (ADMIN, True), (STRANGER, False)])
async def test_only_those_who_are_listed_are_offered_something(user: int, allowed: bool) -> None:
    async with Talk(chats=frozenset({ANA, -100})) as talk:
        await talk.types("How long?", user=user)
        [offer] = offers(talk)
    assert bool(offer["results"]) == bool(talk.desk.asked) == allowed
    assert offer.get("button", {}).get("text") == (None if allowed else texts.inline_not_allowed)


@pytest.mark.parametrize("query", ["", "  ", "a" * 2_001])
async def test_what_is_no_question_yet_gets_a_hint(query: str) -> None:
    async with Talk() as talk:
        await talk.types(query)
        [offer] = offers(talk)
    assert (offer["results"], offer["button"]["text"], talk.desk.asked) == ([], texts.inline_hint, [])


async def test_before_there_is_an_index_it_says_so() -> None:
    async with Talk() as talk:
        talk.desk.current = None
        await talk.types("How long?")
        [offer] = offers(talk)
    assert (offer["results"], offer["button"]["text"]) == ([], texts.inline_later)


async def test_nobody_asks_without_end() -> None:
    async with Talk(rate_limit=1) as talk:
        for number in range(7):
            await talk.types(f"How long is {number}?")
    assert len(talk.desk.asked) == 5
    assert offers(talk)[-1]["button"]["text"] == texts.inline_later


async def test_a_query_that_is_too_old_to_be_answered_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async with Talk() as talk:
        talk.telegram.refuse("answerInlineQuery", 400, "Bad Request: query is too old and response timeout expired")
        await talk.types("How long?")
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


async def test_it_speaks_the_language_of_whoever_types() -> None:
    async with Talk() as talk:
        talk.languages = {ANA: "id"}
        await talk.types("")
        [offer] = offers(talk)
    assert offer["button"] == {"text": texts_in("id").inline_hint, "start_parameter": "inline"}

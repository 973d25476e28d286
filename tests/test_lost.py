"""No question is lost: the bot is killed while people ask, and Telegram is in trouble.

KILLS, ASKERS and QUESTIONS say how much of that; `make test` does a little.
"""

import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from tests.bot_api import BotApi
from tests.processes import Workplace
from tests.test_bot import ADMIN, LISTED, TOKEN, api, running
from tests.test_webhook import free_port

__all__ = ["api"]  # a fixture

KILLS = int(os.environ.get("KILLS", "3"))
ASKERS = int(os.environ.get("ASKERS", "6"))
QUESTIONS = int(os.environ.get("QUESTIONS", "36"))
PATIENCE = 120 + QUESTIONS

pytestmark = pytest.mark.timeout(2 * PATIENCE)


@pytest.fixture
def place(tmp_path: Path, lease: Workplace) -> Workplace:
    return lease.copied(tmp_path, PATIENCE)


def question(number: int) -> str:
    return f"How long is the notice period of the lease, asks number {number}?"


def replies(api: BotApi, asked: dict[int, int]) -> dict[int, int]:
    """Count the replies to each question, given by its message's id with its asker."""
    return {question: len(api.replies.get(question, ())) for question in asked}


def wait_for_answers(api: BotApi, asked: dict[int, int], count: int) -> None:
    api.wait_for(lambda api: sum(map(bool, replies(api, asked).values())) >= count, timeout=PATIENCE)


def in_order(api: BotApi, asked: dict[int, int]) -> bool:
    """Tell whether the first replies that each person got keep the order of their questions."""
    first = {question: api.replies[question][0].message_id for question in asked}
    by_asker = [[first[question] for question in asked if asked[question] == user] for user in set(asked.values())]
    return all(replies == sorted(replies) for replies in by_asker)


@pytest.fixture(params=["polling", "webhook"])
def way(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the settings of one of the ways in which updates come."""
    if request.param == "polling":
        return {}
    port = free_port()
    return {"KUTIP_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram", "KUTIP_WEBHOOK_PORT": str(port)}


def test_a_bot_that_is_killed_again_and_again_answers_every_question(
    place: Workplace, api: BotApi, way: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(int(os.environ.get("SEED", "0")))
    asked: dict[int, int] = {}
    for kill in range(KILLS):
        new: dict[int, int] = {}
        with running(place, api, KUTIP_RATE_LIMIT="0", **way) as bot:
            for number in range(len(asked), QUESTIONS * (kill + 1) // KILLS):
                user = 100 + number % ASKERS
                new[api.says(question(number), user=user)] = user
            answered = chance.randrange(len(new) or 1)
            wait_for_answers(api, new, answered)
            time.sleep(chance.uniform(0.0, 0.2 if answered else 0.5))  # while it reads, answers or sends, or starts
            asked |= new
            bot.process.kill()
            bot.process.wait()
    with running(place, api, KUTIP_RATE_LIMIT="0", **way):
        wait_for_answers(api, asked, len(asked))
    counts = replies(api, asked)
    again = sum(counts.values()) - len(asked)
    with capsys.disabled():
        print(f"\n{KILLS} kills, {len(asked)} questions: 0 without an answer, {again} answers sent again")
    assert max(counts.values()) <= 1 + KILLS
    assert again <= KILLS * ASKERS  # a kill can come between the sending of an answer, one to each, and the note of it
    assert in_order(api, asked)


TROUBLES: tuple[dict[str, Any], ...] = (
    {"status": 429, "retry_after": 1},
    {"status": 500},
    {"status": 502},
    {"status": 502, "html": True},
    {"drop": True},
    {"drop": True, "after": True},
    {"garbled": True},
    {"delay": 0.5},
)


def test_trouble_at_telegram_loses_no_question_and_keeps_the_order(
    place: Workplace, api: BotApi, way: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every method goes wrong in three of ten calls, in every way, while people also do all else that they can."""
    chance = random.Random(int(os.environ.get("SEED", "0")))
    for method in api.methods:
        for _ in range(2 * QUESTIONS):
            api.fail(method, **(chance.choice(TROUBLES) if chance.random() < 0.3 else {}))
    asked: dict[int, int] = {}
    with running(place, api, KUTIP_RATE_LIMIT="0", KUTIP_CHATS=LISTED, **way) as bot:
        for number in range(QUESTIONS):
            user = 100 + number % ASKERS
            asked[api.says(question(number), user=user)] = user
            if chance.random() < 0.1:
                api.repeat_update(api.updates[-1]["update_id"])
            if chance.random() < 0.5:
                do_something_else(api, user, chance)
            api.wait_for(
                lambda api: list(replies(api, asked).values()).count(0) <= 2 * ASKERS, timeout=PATIENCE
            )  # so that there is something to press and to edit
        wait_for_answers(api, asked, len(asked))
        assert bot.process.poll() is None
        called = {call.method for call in api.calls}
        printed = bot.stop()
    counts = replies(api, asked)
    with capsys.disabled():
        twice = sum(count > 1 for count in counts.values())
        print(f"\n{len(asked)} questions in trouble at {len(called)} methods: 0 lost, {twice} twice")
    assert "Traceback" not in printed
    assert TOKEN not in printed
    assert in_order(api, asked)


def do_something_else(api: BotApi, user: int, chance: random.Random) -> None:
    """Let somebody do what calls one of the other methods."""
    sent = api.messages(user)
    act = chance.choice(["command", "press", "edit", "type", "file"])
    if act == "command":
        api.says(chance.choice(["/start", "/language", "/sources", "/help"]), user=user)
    elif act == "press" and sent:
        message = chance.choice(sent)
        for data in list(message.buttons.values())[:2]:
            api.presses(message.message_id, data, user=user)
    elif act == "edit" and sent and sent[-1].reply_to:
        api.edits(sent[-1].reply_to, "How long is the notice period?")
    elif act == "type":
        api.types("How long is the notice period of the lease?", user=user)
    else:
        api.sends_file(f"note-{user}.txt", b"The office opens at nine.", user=ADMIN)

"""No question is lost: the bot is killed while people ask, and Telegram is in trouble.

KILLS, ASKERS and QUESTIONS say how much of that; `make test` does a little.
"""

import os
import random
import time
from typing import Any

import pytest

from tests.bot_api import BotApi
from tests.processes import Workplace
from tests.test_bot import TOKEN, api, place, running

__all__ = ["api", "place"]  # fixtures

KILLS = int(os.environ.get("KILLS", "3"))
ASKERS = int(os.environ.get("ASKERS", "6"))
QUESTIONS = int(os.environ.get("QUESTIONS", "36"))
PATIENCE = 120 + QUESTIONS


def question(number: int) -> str:
    return f"How long is the notice period of the lease, asks number {number}?"


def replies(api: BotApi, asked: dict[int, int]) -> dict[int, int]:
    """Count the replies to each question, given by its message's id with its asker."""
    counts = dict.fromkeys(asked, 0)
    for user in set(asked.values()):
        for message in api.messages(user):
            if message.reply_to in counts:
                counts[message.reply_to] += 1
    return counts


def in_order(api: BotApi, user: int) -> bool:
    """Tell whether the first replies that a person got keep the order of their questions."""
    got = list(dict.fromkeys(one.reply_to for one in api.messages(user) if one.reply_to))
    return got == sorted(got)


def test_a_bot_that_is_killed_again_and_again_answers_every_question(
    place: Workplace, api: BotApi, capsys: pytest.CaptureFixture[str]
) -> None:
    place.kutip("index")
    chance = random.Random(int(os.environ.get("SEED", "0")))
    asked: dict[int, int] = {}
    for kill in range(KILLS):
        until = QUESTIONS * (kill + 1) // KILLS
        with running(place, api, KUTIP_RATE_LIMIT="0") as bot:
            for _ in range(until - len(asked)):
                user = 100 + len(asked) % ASKERS
                asked[api.says(question(len(asked)), user=user)] = user
            time.sleep(chance.uniform(0.0, 3.0))  # anywhere: while it starts, reads, answers or sends
            bot.process.kill()
            bot.process.wait()
    with running(place, api, KUTIP_RATE_LIMIT="0"):
        api.wait_for(lambda api: all(replies(api, asked).values()), timeout=PATIENCE)
    counts = replies(api, asked)
    twice = sum(count > 1 for count in counts.values())
    with capsys.disabled():
        print(f"\n{KILLS} kills, {len(asked)} questions: 0 without an answer, {twice} answered twice")
    assert max(counts.values()) <= 2
    assert twice <= max(KILLS, ASKERS)  # a kill can come between the sending of some answers and the note of it
    assert all(in_order(api, user) for user in set(asked.values()))


def test_trouble_at_telegram_loses_no_question_and_keeps_the_order(
    place: Workplace, api: BotApi, capsys: pytest.CaptureFixture[str]
) -> None:
    place.kutip("index")
    chance = random.Random(int(os.environ.get("SEED", "0")))
    troubles: tuple[dict[str, Any], ...] = (
        {"status": 429, "retry_after": 1},
        {"status": 500},
        {"status": 502},
        {"drop": True},
        {"drop": True, "after": True},
        {"delay": 0.5},
    )
    asked: dict[int, int] = {}
    with running(place, api, KUTIP_RATE_LIMIT="0") as bot:
        for method in ("sendMessage", "getUpdates", "sendChatAction"):
            for _ in range(2 * QUESTIONS):
                api.fail(method, **(chance.choice(troubles) if chance.random() < 0.3 else {}))
        for number in range(QUESTIONS):
            user = 100 + number % ASKERS
            asked[api.says(question(number), user=user)] = user
            if chance.random() < 0.1:
                api.repeat_update(api.updates[-1]["update_id"])
        api.wait_for(lambda api: all(replies(api, asked).values()), timeout=PATIENCE)
        assert bot.process.poll() is None
        assert TOKEN not in bot.stop()
    counts = replies(api, asked)
    with capsys.disabled():
        print(f"\n{len(asked)} questions in trouble: 0 lost, {sum(count > 1 for count in counts.values())} twice")
    assert all(in_order(api, user) for user in set(asked.values()))

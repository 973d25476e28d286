"""Bad days of the machine: a full disk, a database that another process holds, a clock that is wrong, no network."""

import resource
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import httpx
import pytest

from bot.telegram.storage.database import Asked, Database
from tests.bot_api import BotApi
from tests.processes import PATIENCE, Workplace
from tests.test_bot import ADMIN, NOTICE, TOKEN, RunningBot, api, place, running

__all__ = ["api", "place"]  # fixtures

DAY = 24 * 60 * 60


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory, lease: Workplace) -> Iterator[RunningBot]:
    """A bot for the tests after which all is as it was."""
    place = lease.copied(tmp_path_factory.mktemp("outages"), 3 * PATIENCE)
    with BotApi(token=TOKEN) as api, running(place, api) as bot:
        yield bot
        assert "Traceback" not in bot.stop()


def logs(bot: RunningBot, text: str) -> Callable[[], bool]:
    return lambda: text in bot.log.read_text("utf-8")


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it does not come about"
        time.sleep(0.1)


def kept(place: Workplace) -> list[tuple[int, str, int]]:
    """Return the questions that are kept: chat, text and time."""
    with closing(sqlite3.connect(place.data / "kutip.db")) as file:
        return list(file.execute("SELECT chat, text, at FROM answer ORDER BY rowid"))


def waiting(place: Workplace) -> int:
    with closing(sqlite3.connect(place.data / "kutip.db")) as file:
        return int(file.execute("SELECT count(*) FROM inbox WHERE content != ''").fetchone()[0])


def replies_to(api: BotApi, question: int) -> int:
    return len([one for one in api.messages(42) if one.reply_to == question])


def test_while_another_process_holds_the_database_all_is_answered_and_afterwards_written(
    place: Workplace, api: BotApi
) -> None:
    api.says("/id", user=ADMIN)
    with running(place, api) as bot:
        bot.ask("/id")
        with closing(sqlite3.connect(place.data / "kutip.db")) as another:
            another.execute("BEGIN IMMEDIATE")
            asked = [api.says(NOTICE) for _ in range(3)]
            for question in asked:
                assert "three months" in bot.reply_to(question).text
            until(logs(bot, "The database cannot be written: database is locked."))
            api.wait_for_message(ADMIN, containing="I cannot write to my database (database is locked).")
        api.wait_for_message(ADMIN, containing="I can write to my database again.")
        bot.process.kill()
        bot.process.wait()
    assert [text for _, text, _ in kept(place)] == [NOTICE] * 3
    assert waiting(place) == 0
    with running(place, api) as bot:
        bot.ask("/id")
        assert [replies_to(api, question) for question in asked] == [1, 1, 1]


def test_while_the_disk_is_full_all_is_answered_and_afterwards_written(place: Workplace, api: BotApi) -> None:
    api.says("/id", user=ADMIN)
    with running(place, api, KUTIP_RATE_LIMIT="0") as bot:
        bot.ask(NOTICE)
        place.write("first.txt", "The lift is out of order.")  # those who read files begin without the limit
        read = bot.ask("/reload", user=ADMIN)
        api.wait_for_message(ADMIN, containing="added 1", after=read.message_id - 1)
        most = max(path.stat().st_size for path in place.data.glob("kutip.db*")) + 1
        before = resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (most, -1))
        for _ in range(20):
            assert "three months" in bot.ask(NOTICE).text
        until(logs(bot, "The database cannot be written:"))
        api.wait_for_message(ADMIN, containing="I cannot write to my database")
        place.write("more.txt", "The office opens at nine.\n\n" + "Nobody has rung yet. " * 25_000)
        failed = bot.ask("/reload", user=ADMIN)
        told = api.wait_for_message(
            ADMIN, containing="I go on answering from the earlier documents", after=failed.message_id - 1
        )
        assert "File too large" in told.text
        assert "three months" in bot.ask(NOTICE).text
        resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, before)
        api.wait_for_message(ADMIN, containing="I can write to my database again.")
        done = bot.ask("/reload", user=ADMIN)
        api.wait_for_message(ADMIN, containing="added 1", after=done.message_id - 1)
        assert "nine" in bot.ask("When does the office open?").text
        assert TOKEN not in bot.stop()
    assert [text for _, text, _ in kept(place)].count(NOTICE) == 22


async def test_with_a_clock_that_is_far_ahead_nothing_is_deleted_and_no_answer_called_late(
    place: Workplace, api: BotApi
) -> None:
    database = Database(place.data)
    await database.open()
    await database.keep_answer(42, 0, [0], Asked(database.time(), 42, NOTICE, True, 0.5))
    await database.close()
    api.clock_ahead = -400 * DAY  # as seen from Telegram, this machine's clock jumps
    with running(place, api) as bot:
        assert "late" not in bot.ask(NOTICE).text
        assert "seconds ahead of Telegram's, which counts now." in bot.stop()
    [(_, first, _), (_, second, at)] = kept(place)
    assert first == second == NOTICE
    assert abs(at - time.time() + 400 * DAY) < 60


def test_a_clock_that_jumps_while_the_bot_runs_changes_nothing(bot: RunningBot) -> None:
    bot.ask(NOTICE, user=50)
    bot.ask("/id", user=50)  # the answer before is noted by now
    bot.api.clock_ahead = -3 * 60 * 60
    assert "late" not in bot.ask(NOTICE, user=50).text
    until(logs(bot, "seconds ahead of Telegram's, which counts now."))
    bot.ask("/id", user=50)
    bot.api.clock_ahead = 0.0
    bot.ask("/id", user=50)  # the bot hears of it with the next answer
    until(logs(bot, "This machine's clock agrees with Telegram's again."))
    bot.ask(NOTICE, user=50)
    bot.ask("/id", user=50)
    times = [at for chat, _, at in kept(bot.place) if chat == 50]
    for at, away in zip(times, (0, -3 * 60 * 60, 0), strict=True):
        assert abs(at - time.time() - away) < 60


def test_what_is_asked_while_the_network_is_away_is_answered_afterwards(bot: RunningBot) -> None:
    bot.ask("/id")
    asked = [bot.api.says(NOTICE, user=user) for user in (42, 43, 44)]
    bot.api.is_away = True
    asked += [bot.api.says(NOTICE, user=user) for user in (42, 43, 44)]
    failed = len(bot.api.calls) + 5
    bot.api.wait_for(lambda api: len(api.calls) > failed)  # it tries, and tries again
    bot.api.is_away = False
    for question in asked:
        assert "three months" in bot.reply_to(question).text


def test_another_process_that_fetches_with_the_same_token_is_told_to_administrators(bot: RunningBot) -> None:
    bot.ask("/id", user=ADMIN)
    for _ in range(20):
        httpx.get(f"{bot.api.url}/bot{TOKEN}/getUpdates", params={"timeout": 0}, trust_env=False)
    bot.api.wait_for_message(ADMIN, containing="Another process fetches this bot's messages")
    assert "three months" in bot.ask(NOTICE).text


def test_when_what_answers_is_a_proxy_what_was_asked_is_sent_again(place: Workplace, api: BotApi) -> None:
    for status in (502, 403, 401, 404, 429):
        api.fail("sendMessage", status=status, html=True)
    api.fail("getMe", status=502, html=True)
    api.fail("getUpdates", status=401, html=True)
    with running(place, api, KUTIP_RATE_LIMIT="0") as bot:
        for _ in range(6):
            assert "three months" in bot.ask(NOTICE).text


def test_what_waited_while_telegram_was_out_of_reach_is_not_taken_for_too_much_at_once(
    place: Workplace, api: BotApi
) -> None:
    now = int(time.time())
    asked = [api.says(NOTICE, date=now - 100 * (5 - number)) for number in range(5)]
    with running(place, api, KUTIP_RATE_LIMIT="1") as bot:
        for question in asked:
            assert "three months" in bot.reply_to(question).text

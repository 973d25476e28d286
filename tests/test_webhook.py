"""The bot's own HTTP server: updates that Telegram brings, health and figures; over HTTP, as a process of its own."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import SystemRandom
from typing import Any

import httpx
import pytest

from bot.telegram.api.server import webhook_secret
from tests.bot_api import BotApi
from tests.processes import PATIENCE, Workplace
from tests.test_bot import ADMIN, BORN, NOTICE, TOKEN, RunningBot, api, place, running, unread_place

__all__ = ["api", "place", "unread_place"]  # fixtures

SECRET = {"X-Telegram-Bot-Api-Secret-Token": webhook_secret(TOKEN)}


def free_port() -> int:
    """Return a port that nobody listens on, below those that the system may give to a connection meanwhile."""
    while True:
        port = SystemRandom().randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def called(place: Workplace, api: BotApi, **settings: str) -> Iterator[tuple[RunningBot, str]]:
    """Run a bot with a webhook, until it listens, and return it with its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    with running(place, api, KUTIP_WEBHOOK_URL=url, KUTIP_WEBHOOK_PORT=str(port), **settings) as bot:
        api.wait_for(lambda api: api.webhook["url"] == url)
        yield bot, url


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def shared(
    tmp_path_factory: pytest.TempPathFactory, lease: Workplace, metrics_port: int
) -> Iterator[tuple[RunningBot, str]]:
    """A bot with a webhook and its address, for all tests that leave it as it was."""
    place = lease.copied(tmp_path_factory.mktemp("webhook"), 5 * PATIENCE)
    settings = {"KUTIP_METRICS_PORT": str(metrics_port), "KUTIP_LOG_FORMAT": "json", "KUTIP_RATE_LIMIT": "0"}
    with BotApi(token=TOKEN) as api, called(place, api, **settings) as (bot, url):
        yield bot, url
        assert all(isinstance(json.loads(line), dict) for line in bot.stop().splitlines()), "also as it ends"


def root_of(url: str) -> str:
    return url.removesuffix("/telegram")


def health(address: str) -> tuple[int, dict[str, Any]]:
    answer = httpx.get(f"{address}/healthz")
    return answer.status_code, answer.json()


def healthy(address: str) -> dict[str, Any]:
    """Wait until the bot says that it is well, and return what it says."""
    for _ in range(300):
        try:
            status, found = health(address)
            if status == 200:
                return found
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("it does not get well")


def test_questions_that_telegram_brings_are_answered(place: Workplace, api: BotApi) -> None:
    with called(place, api) as (bot, _):
        assert "three months" in bot.ask(NOTICE).text
        assert [call for call in api.calls if call.method == "getUpdates"] == []
        printed = bot.stop()
    assert api.webhook["url"], "Telegram keeps what comes until the next start"
    assert "SECRET" not in printed and webhook_secret(TOKEN) not in printed


def test_who_does_not_know_the_secret_is_refused(shared: tuple[RunningBot, str]) -> None:
    _, url = shared
    name = b"X-Telegram-Bot-Api-Secret-Token"
    forged = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 666, "type": "private"}}}
    assert httpx.post(url, json=forged).status_code == 403
    for secret in (b"", b"guessed", "guéssed".encode(), b"a" * 64):
        assert httpx.post(url, json=forged, headers={name: secret}).status_code == 403
    assert httpx.get(url, headers=SECRET).status_code == 405
    assert httpx.get(f"{root_of(url)}/elsewhere").status_code == 404


def test_what_is_no_update_is_taken_once_and_what_is_too_large_is_refused(shared: tuple[RunningBot, str]) -> None:
    bot, url = shared
    for odd in (b"", b"{", b"[" * 100_000, b"null", b'{"message": {}}', b'{"update_id": "a"}', b"\xff\xfe"):
        assert httpx.post(url, content=odd, headers=SECRET).status_code == 200
    assert httpx.post(url, content=bytes(2**20 + 1), headers=SECRET).status_code == 413
    assert "three months" in bot.ask(NOTICE).text


def test_an_update_that_comes_twice_is_answered_once(shared: tuple[RunningBot, str]) -> None:
    bot, _ = shared
    asked = bot.api.says(NOTICE)
    bot.reply_to(asked)
    bot.api.repeat_update(bot.api.updates[-1]["update_id"])
    bot.ask("/id")
    assert len([one for one in bot.api.messages(42) if one.reply_to == asked]) == 1


def test_from_a_webhook_to_polling_nothing_has_to_be_done_by_hand(place: Workplace, api: BotApi) -> None:
    with called(place, api) as (bot, _):
        bot.ask("/id")
    with running(place, api) as bot:
        bot.ask("/id")
        assert api.webhook["url"] == ""


def test_an_address_that_telegram_does_not_take_is_told_in_one_line(place: Workplace, api: BotApi) -> None:
    port = str(free_port())
    api.fail("setWebhook", status=400, description="bad webhook: IP address 10.0.0.1 is reserved")
    with running(place, api, KUTIP_WEBHOOK_URL="https://kutip.example", KUTIP_WEBHOOK_PORT=port) as bot:
        assert bot.process.wait(60) == 2
        last = bot.printed().splitlines()[-1]
    reason = "Bad webhook: ip address 10.0.0.1 is reserved"
    assert last == f"Telegram does not take the address in KUTIP_WEBHOOK_URL: {reason}."


def test_a_port_that_is_taken_is_told_in_one_line(place: Workplace, api: BotApi) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with running(place, api, KUTIP_METRICS_PORT=port) as bot:
            assert bot.process.wait(60) == 2
            assert f"The bot cannot listen on 127.0.0.1, port {port}: Address already in use." in bot.printed()


# Health and figures


def test_the_bot_is_healthy_once_there_is_an_index_and_telegram(unread_place: Workplace, api: BotApi) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    api.fail("getMe", times=3, status=502)
    api.fail("deleteWebhook", status=502)
    with running(unread_place, api, KUTIP_METRICS_PORT=str(port)) as bot:
        seen = None
        while seen is None:
            try:
                seen = health(address)
            except httpx.TransportError:
                assert bot.process.poll() is None
                time.sleep(0.02)  # not to keep it from its work
        assert (seen[0], seen[1]["status"]) == (503, "trouble")
        found = healthy(address)
        assert (found["index"], found["database"], found["updates_waiting"]) == ({"documents": 1}, "ok", 0)
        assert found["telegram_silence_seconds"] < 60
        assert "42" in bot.ask("/id").text
        assert "Bad Gateway" in bot.stop()  # or the owner would wonder why nothing happens


def test_the_figures_count_what_was_asked_and_stand_apart_from_the_webhook(
    shared: tuple[RunningBot, str], metrics_port: int
) -> None:
    bot, url = shared
    bot.ask("/id")  # what was asked before is counted by now
    before = figures(metrics_port)

    def more(name: str) -> float:
        return figures(metrics_port)[name] - before.get(name, 0)

    bot.ask(NOTICE)
    bot.ask(BORN)
    bot.ask("/id")
    assert more('kutip_questions_total{found="no"}') == more('kutip_questions_total{found="yes"}') == 1
    assert more("kutip_answer_seconds_count") == 2
    figure = figures(metrics_port)
    assert figure["kutip_documents"] == 1
    assert figure["process_resident_memory_bytes"] > 10**7 and figure["process_open_fds"] > 5
    assert httpx.get(f"{root_of(url)}/metrics").status_code == 404
    assert TOKEN not in httpx.get(f"http://127.0.0.1:{metrics_port}/metrics").text


def figures(port: int) -> dict[str, float]:
    lines = httpx.get(f"http://127.0.0.1:{port}/metrics").text.splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_another_process_that_takes_the_webhook_away_is_told_and_it_is_set_again(place: Workplace, api: BotApi) -> None:
    api.says("/id", user=ADMIN)
    with called(place, api) as (bot, url):
        api.webhook = {"url": ""}
        api.wait_for_message(ADMIN, containing="Another process fetches this bot's messages", timeout=90)
        api.wait_for(lambda api: api.webhook["url"] == url)
        bot.ask("/id")


# The log


def test_the_log_as_json_has_an_object_in_every_line_and_no_question(shared: tuple[RunningBot, str]) -> None:
    bot, _ = shared
    bot.ask(NOTICE, user=91)
    bot.ask("/id", user=91)  # the answer before is told of by now
    lines = [json.loads(line) for line in bot.log.read_text("utf-8").splitlines()]
    [answered] = [line for line in lines if line["message"] == "A question is answered." and line["chat"] == 91]
    assert (answered["found"], answered["level"]) == (True, "info")
    assert NOTICE not in str(lines)


def test_the_log_holds_questions_where_that_is_set(place: Workplace, api: BotApi) -> None:
    with running(place, api, KUTIP_LOG_QUESTIONS="true") as bot:
        bot.ask(NOTICE)
        assert NOTICE in bot.stop()

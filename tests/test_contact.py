"""What Telegram's answers tell beside their content."""

import time
from email.utils import formatdate

import httpx
import pytest

from bot.telegram.api.contact import Contact


def answer(date: str | None, status: int = 200) -> httpx.Response:
    return httpx.Response(status, headers={"content-type": "application/json"} | ({"date": date} if date else {}))


def dated(ahead: float) -> httpx.Response:
    """Make an answer of a Telegram behind whose clock this machine's is so many seconds."""
    return answer(formatdate(time.time() + ahead, usegmt=True))


async def test_before_telegram_is_heard_the_machines_clock_counts() -> None:
    contact = Contact()
    assert contact.silence is None
    assert abs(contact.now() - time.time()) < 1


async def test_a_small_difference_is_none() -> None:
    contact = Contact()
    await contact.note(dated(30))
    assert abs(contact.now() - time.time()) < 1


@pytest.mark.parametrize(("ahead", "words"), [(3_600, "seconds behind"), (-3_600, "seconds ahead of")])
async def test_where_the_clocks_differ_telegrams_counts_and_the_log_says_so_once(
    ahead: float, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    contact = Contact()
    for _ in range(3):
        await contact.note(dated(ahead))
    assert abs(contact.now() - time.time() - ahead) < 2
    assert [message for message in caplog.messages if words in message] == caplog.messages[:1]
    await contact.note(dated(0))
    assert abs(contact.now() - time.time()) < 1
    assert caplog.messages[1:] == ["This machine's clock agrees with Telegram's again."]


async def test_a_clock_that_jumps_between_two_answers_changes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    contact = Contact()
    before = time.time()
    await contact.note(dated(0))
    monkeypatch.setattr("time.time", lambda: before + 1_000_000)
    assert abs(contact.now() - before) < 2


@pytest.mark.parametrize("date", [None, "", "yesterday", "Wed, 99 Nov 99999 00:00:00 GMT"])
async def test_an_answer_without_a_date_tells_that_telegram_is_there(date: str | None) -> None:
    contact = Contact()
    await contact.note(answer(date))
    assert contact.silence is not None and contact.silence < 1
    assert abs(contact.now() - time.time()) < 1


async def test_an_answer_of_what_stands_before_telegram_is_no_word_from_it() -> None:
    contact = Contact()
    await contact.note(answer(formatdate(0, usegmt=True), status=502))
    assert contact.silence is None


async def test_a_page_that_something_between_answers_with_tells_nothing_of_telegram() -> None:
    contact = Contact()
    headers = {"content-type": "text/html", "date": formatdate(0, usegmt=True)}
    await contact.note(httpx.Response(403, headers=headers))
    assert contact.silence is None
    assert abs(contact.now() - time.time()) < 1

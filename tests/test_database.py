"""What outlives the process, in a real SQLite file."""

import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.telegram.storage.database import Asked, Database
from bot.telegram.storage.sqlite_schema import SCHEMA

NOW = int(time.time()) - 60  # so that what is a day old is older than a day, however quickly the tests begin


def asked(text: str, *, days: int = 0, person: int = 42) -> Asked:
    """Make a question of some days ago."""
    return Asked(NOW - days * 24 * 60 * 60, person, text, True, 0.5)


async def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    database = Database(tmp_path / "data")
    await database.open()
    await database.keep_answer(-100, 7, [8, 9], asked("How far?"))
    await database.choose_language(42, "id")
    await database.vote(-100, 9, 42, -1)
    await database.close()
    again = Database(tmp_path / "data")
    await again.open()
    assert await again.answer_to(-100, 7, 0) == [8, 9]
    assert (await again.answer_to(42, 7, 0), await again.answer_to(-100, 8, 0)) == ([], [])
    assert (again.language_of(42), again.language_of(43)) == ("id", None)
    assert await again.asked(0) == [replace(asked("How far?"), bad=1)]
    await again.close()


async def test_the_last_word_counts(tmp_path: Path) -> None:
    database = Database(tmp_path)
    await database.open()
    for messages, language, vote in (([8], "id", 1), ([10, 11], "en", -1)):
        await database.keep_answer(1, 7, messages, asked("How far?"))
        await database.choose_language(42, language)
        await database.vote(1, 11, 42, vote)
    assert await database.answer_to(1, 7, 0) == [10, 11]
    assert database.language_of(42) == "en"
    assert [(one.good, one.bad) for one in await database.asked(0)] == [(0, 1)]
    await database.close()


async def test_an_answer_that_reached_nobody_is_not_counted(tmp_path: Path) -> None:
    database = Database(tmp_path)
    await database.open()
    await database.keep_answer(1, 7, [], asked("How far?"))
    await database.keep_answer(1, 9, [10], asked("How long?"))
    assert [one.text for one in await database.asked(0)] == ["How long?"]
    await database.close()


async def kept(data: Path, *, keep_days: int, ages: Sequence[int]) -> list[str]:
    """Return what is left, after the next start, of questions that are some days old."""
    for _ in range(2):
        database = Database(data, keep_days=keep_days)
        await database.open()
        for age in ages:
            await database.keep_answer(1, age, [age + 1], asked(f"{age}", days=age))
        ages, left = (), await database.asked(0)
        await database.close()
    return [one.text for one in left]


@pytest.mark.parametrize(
    ("keep_days", "left"),
    [
        pytest.param(30, ["29", "5", "1", "0"], id="a-month"),
        pytest.param(7, ["5", "1", "0"], id="a-week"),
        pytest.param(1, ["", "0"], id="edits-are-answered-for-two-days"),
        pytest.param(0, ["", ""], id="never"),
    ],
)
async def test_questions_are_deleted_in_time(tmp_path: Path, keep_days: int, left: list[str]) -> None:
    assert await kept(tmp_path, keep_days=keep_days, ages=(31, 29, 5, 1, 0)) == left


async def test_what_is_not_to_be_kept_is_never_written(tmp_path: Path) -> None:
    database = Database(tmp_path, keep_days=0)
    await database.open()
    await database.keep_answer(1, 7, [8], asked("A secret question"))
    await database.close()
    assert b"secret" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


async def test_a_person_is_forgotten(tmp_path: Path) -> None:
    database = Database(tmp_path)
    await database.open()
    for person in (42, 43):
        await database.keep_answer(person, 7, [8], asked("How far?", person=person))
        await database.choose_language(person, "id")
        await database.vote(person, 8, person, 1)
    await database.vote(43, 8, 42, -1)
    await database.forget_person(42)
    assert await database.asked(0) == [replace(asked("How far?", person=43), good=1)]
    assert (database.language_of(42), database.language_of(43)) == (None, "id")
    await database.close()


async def test_a_database_of_an_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "kutip.db")) as file:
        file.executescript(f"{SCHEMA[0]} PRAGMA user_version = 1;")
        file.execute("INSERT INTO answer VALUES (1, 7, '[8]', ?)", (NOW,))
        file.commit()
    database = Database(tmp_path)
    await database.open()
    assert await database.answer_to(1, 7, 0) == [8]
    assert [one.text for one in await database.asked(0)] == [""]
    await database.keep_answer(1, 8, [9], asked("How far?"))
    await database.close()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"This is no database at all, though it is long enough to look like one. " * 20, id="text"),
        pytest.param(os.urandom(10_000), id="noise"),
    ],
)
async def test_a_damaged_file_is_set_aside(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "kutip.db").write_bytes(content)
    database = Database(tmp_path)
    await database.open()
    await database.keep_answer(1, 7, [8], asked("How far?"))
    assert await database.answer_to(1, 7, 0) == [8]
    await database.close()
    [aside] = tmp_path.glob("kutip.db.damaged-*")
    assert aside.read_bytes() == content
    assert str(aside) in caplog.text


async def test_without_a_place_for_it_the_bot_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "data").write_text("A file where the folder should be.")
    database = Database(tmp_path / "data")
    await database.open()
    await database.keep_answer(1, 7, [8], asked("How far?"))
    assert await database.answer_to(1, 7, 0) == [8]
    await database.close()
    assert "What is kept waits in memory until it can be." in caplog.text


async def test_a_chat_that_takes_no_messages_is_known_after_a_restart_until_it_is_back(tmp_path: Path) -> None:
    database = Database(tmp_path, now=lambda: 1_000)
    await database.open()
    await database.mark_gone(42)
    await database.mark_gone(43)
    await database.mark_back(43)
    await database.close()
    database = Database(tmp_path, now=lambda: 1_000)
    await database.open()
    assert (database.gone_since(42), database.gone_since(43)) == (1_000, None)
    await database.forget_person(42)
    assert database.gone_since(42) is None
    await database.mark_gone(44)
    await database.close()
    database = Database(tmp_path)
    await database.open()
    assert database.gone_since(44) is None, "days later nothing waits any more that would have to be skipped"
    await database.close()


async def test_a_clock_that_is_wrong_deletes_nothing(tmp_path: Path) -> None:
    """The times are Telegram's where this machine's clock is far from them."""
    database = Database(tmp_path, now=lambda: NOW)
    await database.open()
    await database.keep_answer(1, 7, [8], asked("How far?"))
    await database.clean()
    assert [one.text for one in await database.asked(0)] == ["How far?"]
    await database.close()


async def test_what_was_kept_before_and_meanwhile_is_known_when_the_file_can_be_used_again(tmp_path: Path) -> None:
    database = Database(tmp_path)
    await database.open()
    await database.choose_language(42, "id")
    await database.close()
    (tmp_path / "kutip.db").rename(tmp_path / "away.db")
    (tmp_path / "kutip.db").mkdir()
    database = Database(tmp_path)
    await database.open()
    await database.choose_language(43, "en")
    assert (database.language_of(42), database.language_of(43)) == (None, "en")
    (tmp_path / "kutip.db").rmdir()
    (tmp_path / "away.db").rename(tmp_path / "kutip.db")
    await database.write_again()
    assert (database.trouble, database.language_of(42), database.language_of(43)) == ("", "id", "en")
    await database.close()

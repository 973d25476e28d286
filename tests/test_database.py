"""What outlives the process, in a real SQLite file."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.database import Database


async def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    database = Database(tmp_path / "data")
    await database.open()
    await database.keep_answer(-100, 7, [8, 9])
    await database.choose_language(42, "id")
    await database.vote(-100, 9, 42, -1)
    await database.close()
    again = Database(tmp_path / "data")
    await again.open()
    assert await again.answer_to(-100, 7) == [8, 9]
    assert (await again.answer_to(42, 7), await again.answer_to(-100, 8)) == ([], [])
    assert (again.language_of(42), again.language_of(43)) == ("id", None)
    assert await again.votes() == [(-100, 9, 42, -1)]
    await again.close()


async def test_the_last_word_counts(tmp_path: Path) -> None:
    database = Database(tmp_path)
    await database.open()
    for messages, language, vote in (([8], "id", 1), ([10, 11], "en", -1)):
        await database.keep_answer(1, 7, messages)
        await database.choose_language(42, language)
        await database.vote(1, 8, 42, vote)
    assert await database.answer_to(1, 7) == [10, 11]
    assert database.language_of(42) == "en"
    assert await database.votes() == [(1, 8, 42, -1)]
    await database.close()


async def test_answers_of_a_month_ago_are_forgotten(tmp_path: Path) -> None:
    database = Database(tmp_path)
    await database.open()
    await database.keep_answer(1, 7, [8])
    await database.keep_answer(1, 17, [18])
    await database.close()
    with closing(sqlite3.connect(tmp_path / "kutip.db")) as file:
        file.execute("UPDATE answer SET at = at - 31 * 86400 WHERE question = 7")
        file.commit()
    await database.open()
    assert (await database.answer_to(1, 7), await database.answer_to(1, 17)) == ([], [18])
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
    await database.keep_answer(1, 7, [8])
    assert await database.answer_to(1, 7) == [8]
    await database.close()
    [aside] = tmp_path.glob("kutip.db.damaged-*")
    assert aside.read_bytes() == content
    assert str(aside) in caplog.text


async def test_without_a_place_for_it_the_bot_goes_on(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "data").write_text("A file where the folder should be.")
    database = Database(tmp_path / "data")
    await database.open()
    await database.keep_answer(1, 7, [8])
    assert await database.answer_to(1, 7) == [8]
    await database.close()
    assert "What is kept now ends with the bot." in caplog.text


async def test_a_full_disk_costs_nothing_that_is_there(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = Database(tmp_path)
    await database.open()
    await database.keep_answer(1, 7, [8])
    assert database._connection is not None
    await database._connection.execute("PRAGMA max_page_count = 1")
    for number in range(1_000):
        await database.keep_answer(2, number, [number])
    assert "The database cannot be written: database or disk is full" in caplog.text
    assert await database.answer_to(1, 7) == [8]
    await database.close()

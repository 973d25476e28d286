"""A SQLite file that cannot be written for a while, or at all."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest

from bot.telegram.storage.changes import UnavailableError
from bot.telegram.storage.sqlite_file import SqliteFile

SCHEMA = ("CREATE TABLE word (word TEXT NOT NULL UNIQUE);",)


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[SqliteFile]:
    file = SqliteFile(tmp_path / "words.db", SCHEMA)
    await file.open()
    yield file
    await file.close()


async def write(file: SqliteFile, *words: str) -> list[int | None]:
    return [await file.write("INSERT INTO word VALUES (?)", (word,)) for word in words]


async def words(file: SqliteFile) -> list[str]:
    return [row[0] for row in await file.read("SELECT word FROM word ORDER BY rowid")]


async def test_what_a_full_disk_does_not_take_is_written_when_there_is_room(
    file: SqliteFile, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    many = ["before", *(f"{number} {'long ' * 200}" for number in range(20))]
    await write(file, many[0])
    await file.write("PRAGMA max_page_count = 4", ())
    assert None in await write(file, *many[1:])
    assert file.trouble == "database or disk is full"
    assert "The database cannot be written: database or disk is full." in caplog.text
    assert many[0] in await words(file)
    waiting = file.unwritten
    assert 0 < waiting <= 20
    await file.read("PRAGMA max_page_count = 1000")
    await file.write_again()
    assert (file.trouble, file.unwritten) == ("", 0)
    assert await words(file) == many
    assert caplog.messages[-1] == "The database can be written again; what waited is written."


async def test_what_cannot_be_read_is_no_empty_answer(file: SqliteFile, caplog: pytest.LogCaptureFixture) -> None:
    await write(file, "sound")
    await file.write("INSERT INTO word VALUES (CAST(x'ff' AS TEXT))", ())
    with pytest.raises(UnavailableError, match="UTF-8"):
        await file.query(("SELECT word FROM word", ()))
    assert await words(file) == []
    assert "The database cannot be read: " in caplog.text


async def test_a_file_that_another_process_holds_costs_one_wait(file: SqliteFile, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "words.db")) as another:
        another.execute("BEGIN IMMEDIATE")
        assert await write(file, "first") == [None]
        async with asyncio.timeout(3):  # for ten; only the first waits five seconds
            assert await write(file, *"bcdefghijk") == [None] * 10
        assert file.trouble == "database is locked"
    await file.write_again()
    assert await write(file, "last") == [1]
    assert await words(file) == ["first", *"bcdefghijk", "last"]


async def test_a_file_that_is_held_at_the_start_is_waited_for_and_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.telegram.storage.sqlite_file._BUSY_MS", {False: 200, True: 100})
    path = tmp_path / "words.db"
    with closing(sqlite3.connect(path, check_same_thread=False)) as another:
        another.execute("CREATE TABLE other (number)")
        another.execute("BEGIN EXCLUSIVE")
        threading.Timer(0.7, another.rollback).start()
        file = SqliteFile(path, SCHEMA)
        await file.open()
    await write(file, "there")
    await file.close()
    assert f"{path} is held by another process, and is waited for." in caplog.text
    assert [one.name for one in tmp_path.iterdir()] == ["words.db"]
    with closing(sqlite3.connect(path)) as again:
        assert list(again.execute("SELECT word FROM word")) == [("there",)]


async def test_a_statement_that_is_wrong_by_itself_is_not_tried_again(file: SqliteFile) -> None:
    await write(file, "once")
    with pytest.raises(sqlite3.IntegrityError):
        await write(file, "once")
    assert (file.trouble, file.unwritten) == ("", 0)
    assert await write(file, "twice") == [1]


async def test_what_is_never_written_is_told_at_the_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = SqliteFile(tmp_path / "words.db", SCHEMA)
    await file.open()
    with closing(sqlite3.connect(tmp_path / "words.db")) as another:
        another.execute("BEGIN IMMEDIATE")
        await write(file, "lost")
        await file.close()
    assert "words.db is lost: 1 changes." in caplog.text


async def test_what_nobody_waits_for_any_more_is_written_all_the_same(file: SqliteFile, tmp_path: Path) -> None:
    writing = asyncio.create_task(write(file, "cancelled"))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await write(file, "next")
    assert await words(file) == ["cancelled", "next"]


async def test_a_file_of_which_one_page_is_damaged_is_set_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    file = SqliteFile(path, SCHEMA)
    await file.open()
    await write(file, *(f"{number} {'long ' * 200}" for number in range(50)))
    await file.close()
    content = bytearray(path.read_bytes())
    content[8_192:12_288] = bytes(range(256)) * 16
    path.write_bytes(content)
    file = SqliteFile(path, SCHEMA)
    await file.open()
    assert await write(file, "new") == [1]
    assert await words(file) == ["new"]
    await file.close()
    [aside] = tmp_path.glob("words.db.damaged-*")
    assert aside.read_bytes() == content
    await file.clean(time.time() - 60)
    assert aside.exists()
    await file.clean(time.time() + 60)
    assert not aside.exists() and path.exists()


async def test_a_file_that_cannot_be_used_at_the_start_is_gone_on_with_when_it_can_be(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "words.db"
    file = SqliteFile(path, SCHEMA)
    await file.open()
    await write(file, "old")
    await file.close()
    path.rename(tmp_path / "away.db")
    path.mkdir()
    file = SqliteFile(path, SCHEMA)
    await file.open()
    assert await write(file, "new", "newer") == [1, 1]
    await file.write_again()
    assert (bool(file.trouble), await words(file)) == (True, ["new", "newer"])
    assert "What is kept waits in memory until it can be." in caplog.text
    path.rmdir()
    (tmp_path / "away.db").rename(path)
    await file.write_again()
    assert (file.trouble, file.unwritten) == ("", 0)
    assert [list(row) for row in await file.read("PRAGMA busy_timeout")] == [[5_000]]
    assert await write(file, "newest") == [1]
    await file.close()
    with closing(sqlite3.connect(path)) as again:
        rows = list(again.execute("SELECT word FROM word ORDER BY rowid"))
    assert rows == [("old",), ("new",), ("newer",), ("newest",)]


async def test_what_is_deleted_is_overwritten_whatever_sqlite_does_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = aiosqlite.connect

    async def connect_carelessly(path: Path) -> aiosqlite.Connection:
        connection = await connect(path)
        await connection.execute("PRAGMA secure_delete = OFF")  # as most builds of SQLite have it
        return connection

    monkeypatch.setattr("bot.telegram.storage.sqlite_file.aiosqlite.connect", connect_carelessly)
    file = SqliteFile(tmp_path / "words.db", SCHEMA)
    await file.open()
    await write(file, "a secret", "a word")
    await file.write("DELETE FROM word WHERE word = ?", ("a secret",))
    await file.close()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"a word" in content, b"a secret" in content) == (True, False)

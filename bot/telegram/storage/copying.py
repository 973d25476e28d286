"""Copy what the bot has written down from one database to another."""

import asyncio
import sqlite3
from pathlib import Path

from bot.telegram.storage.changes import Changes, UnavailableError
from bot.telegram.storage.database import NAME, Database
from bot.telegram.storage.sqlite_file import damage
from retrieval.errors import DatabaseError, KutipError

_TABLES = {
    "answer": ("chat", "question", "messages", "at", "person", "text", "found", "seconds"),
    "vote": ("chat", "message", "person", "vote", "at"),
    "person": ("id", "language"),
    "moved": ("old", "new"),
    "act": ("at", "person", "act", "subject"),
    "gone": ("chat", "at"),
    "report": ("chat", "message", "shown", "sent", "undo", "language", "at"),
    "inbox": ("id", "content", "at"),
}
_TOGETHER = 1_000  # rows
_SCHEMA = "kutip_bot"  # as in postgres_tables.py, which needs more than every installation has


class RowsError(KutipError):
    """Rows that cannot be copied."""


async def copy_kept(data: Path, shared: Changes, *, back: bool) -> int:
    """Copy from the data folder's database to shared tables, or back; return how many rows there are.

    Raises RowsError if one of the two cannot be used or there is something already where they would go, DatabaseError.
    """
    file = Database(data).rows
    source, target = (shared, file) if back else (file, shared)
    path = data / NAME
    try:
        is_damaged = path.exists() and damage(path)
    except sqlite3.Error as error:
        raise RowsError(f"{path} cannot be read ({error}): nothing was copied.") from error
    if is_damaged:
        raise RowsError(f"{path} is damaged: nothing was copied.")
    opened = []
    try:
        for one in (source, target):
            await one.open()
            opened.append(one)
            if one.trouble:
                raise RowsError(f"What the bot writes down cannot be opened ({one.trouble}): nothing was copied.")
        if any([await _count(table, target) for table in _TABLES]):
            there = f"give {path} another name" if back else f'drop its schema "{_SCHEMA}" there'
            advice = f" Where an earlier copy was cut off, {there}, and copy once more."
            raise RowsError(f"What a bot has written down is there already: nothing of it was copied.{advice}")
        return sum([await _copy(table, source, target) for table in _TABLES])
    except UnavailableError as error:
        raise DatabaseError(str(error)) from error
    finally:
        for one in opened:
            await one.close()


async def _copy(table: str, source: Changes, target: Changes) -> int:
    columns = _TABLES[table]
    rows = await source.query((f"SELECT {', '.join(columns)} FROM {table}", ()))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    flag = columns.index("found") if "found" in columns else None
    for begin in range(0, len(rows), _TOGETHER):
        values = [
            [bool(value) if place == flag else value for place, value in enumerate(row)]
            for row in rows[begin : begin + _TOGETHER]
        ]
        await asyncio.gather(*(target.write(statement, one) for one in values))
    if await _count(table, target) != len(rows):
        raise RowsError(f"Not all of the table {table} was copied. Empty the copy, and copy it again.")
    return len(rows)


async def _count(table: str, database: Changes) -> int:
    [[count]] = await database.query((f"SELECT count(*) FROM {table}", ()))
    return int(count)

"""Copy what the bot has written down from one database to another."""

import asyncio
from pathlib import Path

from bot.telegram.changes import Changes
from bot.telegram.database import Database
from retrieval.errors import KutipError

_TABLES = {
    "answer": ("chat", "question", "messages", "at", "person", "text", "found", "seconds"),
    "vote": ("chat", "message", "person", "vote", "at"),
    "person": ("id", "language"),
    "moved": ("old", "new"),
    "act": ("at", "person", "act", "subject"),
    "gone": ("chat", "at"),
    "inbox": ("id", "content", "at"),
}
_TOGETHER = 1_000  # rows


class NotEmptyError(KutipError):
    """A database that has something already."""


async def copy_kept(data: Path, shared: Changes, *, back: bool) -> int:
    """Copy from the data folder's database to shared tables, or back; return how many rows there are.

    Raises NotEmptyError if there is something already where they would go, DatabaseError.
    """
    databases = Database(data), Database(data, shared=shared)
    for database in databases:
        await database.open()
    source, target = [database.rows_kept for database in (reversed(databases) if back else databases)]
    try:
        for table in _TABLES:
            if await target.read(f"SELECT 1 FROM {table} LIMIT 1"):
                raise NotEmptyError("What a bot has written down is there already: nothing of it was copied.")
        return sum([await _copy(table, source, target) for table in _TABLES])
    finally:
        for database in databases:
            await database.close()


async def _copy(table: str, source: Changes, target: Changes) -> int:
    columns = _TABLES[table]
    rows = await source.read(f"SELECT {', '.join(columns)} FROM {table}")
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    flag = columns.index("found") if "found" in columns else None
    for begin in range(0, len(rows), _TOGETHER):
        values = [
            [bool(value) if place == flag else value for place, value in enumerate(row)]
            for row in rows[begin : begin + _TOGETHER]
        ]
        await asyncio.gather(*(target.write(statement, one) for one in values))
    return len(rows)

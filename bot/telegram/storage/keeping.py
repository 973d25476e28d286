"""Choose where the bot keeps what has to outlive its process."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.telegram.storage.database import Database
from bot.telegram.storage.inbox import Inbox

if TYPE_CHECKING:
    from bot.telegram.storage.postgres_tables import PostgresTables


def database_and_inbox(settings: Settings, now: Callable[[], float]) -> tuple[Database, Inbox]:
    """Return what is kept in PostgreSQL, shared by several processes, or else in a file of the data folder.

    `now` is the time in seconds since the epoch. Nothing is opened yet.
    """
    days, url = settings.keep_questions, settings.database_url.get_secret_value()
    if not url:
        database = Database(settings.data, keep_days=days, now=now)
        return database, Inbox(database)
    from bot.telegram.storage.shared_inbox import SharedInbox  # only here is it needed

    tables = shared_tables(url)
    database = Database(settings.data, keep_days=days, now=now, shared=tables)
    return database, SharedInbox(database, tables)


def shared_tables(url: str) -> "PostgresTables":
    """Return the tables in a database, by its address; nothing is opened yet."""
    from bot.telegram.storage.postgres_tables import PostgresTables  # only here is it needed

    return PostgresTables(url)

"""A place for an index in PostgreSQL that is removed afterwards: for measuring."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from psycopg.sql import SQL, Identifier

from retrieval.index.postgres_index.database import Database
from retrieval.index.postgres_index.store import PostgresStore


@contextmanager
def empty_store(url: str) -> Iterator[tuple[PostgresStore, Database]]:
    """Yield a store without any version, in a database that others may use too; its tables are removed afterwards."""
    database = Database(url, f"kutip_measured_{uuid4().hex[:8]}")
    try:
        yield PostgresStore(database), database
    finally:
        names = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)"
        for [name] in database.rows(SQL(names), [database.name]):
            database.run(SQL("DROP SCHEMA {} CASCADE").format(Identifier(name)))
        database.close()

"""Choose where the index is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from retrieval.errors import DatabaseError
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.index.protocols import IndexStore


def open_store(data: Path, database: str = "") -> IndexStore:
    """Return the store in a PostgreSQL database, given by its address, or else in the data folder.

    Raises DatabaseError if the database cannot be used.
    """
    if not database:
        return NumpyStore(data)
    _check_installed()
    from retrieval.index.postgres_index.database import Database  # only here is it needed
    from retrieval.index.postgres_index.store import PostgresStore

    return PostgresStore(Database(database))


@contextmanager
def passing_store(data: Path, database: str) -> Iterator[IndexStore]:
    """Lend an empty store, in a database or else in a folder; what is in the database is removed afterwards.

    Raises DatabaseError if the database cannot be used.
    """
    if not database:
        yield NumpyStore(data)
        return
    _check_installed()
    from retrieval.index.postgres_index.temporary_store import empty_store

    with empty_store(database) as (store, _):
        yield store


def _check_installed() -> None:
    if find_spec("psycopg") is None or find_spec("pgvector") is None:
        raise DatabaseError("that takes psycopg and pgvector, which kutip[postgres] installs")

"""Choose where the index is kept."""

from importlib.util import find_spec
from pathlib import Path

from retrieval.errors import DatabaseError
from retrieval.index import IndexStore
from retrieval.numpy_index.store import NumpyStore


def open_store(data: Path, database: str = "") -> IndexStore:
    """Return the store in a PostgreSQL database, given by its address, or else in the data folder.

    Raises DatabaseError if the database cannot be used.
    """
    if not database:
        return NumpyStore(data)
    if find_spec("psycopg") is None or find_spec("pgvector") is None:
        raise DatabaseError("that takes psycopg and pgvector, which kutip[postgres] installs")
    from retrieval.postgres_index.database import Database  # only here is it needed
    from retrieval.postgres_index.store import PostgresStore

    return PostgresStore(Database(database))

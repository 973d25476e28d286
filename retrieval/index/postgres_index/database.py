"""Connections to a PostgreSQL database with pgvector, and what goes wrong with them in plain words."""

import logging
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
from pgvector.psycopg import register_vector
from psycopg import Connection
from psycopg.errors import InvalidSchemaName, UndefinedTable
from psycopg.sql import SQL, Composed
from psycopg_pool import ConnectionPool, PoolTimeout

from retrieval.errors import DatabaseError

logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # each of its tries is a warning

NEAREST = 200
"""How many vectors of the HNSW graph are looked at: pgvector's `ef_search`, and what it returns at most."""

LIVELINESS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""What lets a connection fail within seconds where the other machine is gone."""

_CONNECTIONS = 8
_PATIENCE = 5.0  # seconds for a connection
NAME = "kutip"
"""With what the names in a database begin; and the channel on which is told that the index is another one."""

NO_ADDRESS = "its address is not of the form postgresql://user:password@host/name"

Statement = SQL | Composed
Row = tuple[Any, ...]


class Database:
    """One database, whose names begin with `name`; may be used by several threads at once.

    Everything raises DatabaseError.
    """

    def __init__(self, url: str, name: str = NAME) -> None:
        self.name = name
        self._url = url
        with self._errors():
            with psycopg.connect(url, autocommit=True, **LIVELINESS) as connection:
                connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            self._pool = ConnectionPool(
                url,
                min_size=1,
                max_size=_CONNECTIONS,
                timeout=_PATIENCE,
                kwargs={"autocommit": True, **LIVELINESS},
                configure=_configure,
                check=ConnectionPool.check_connection,  # the server may have been started again
                open=True,
            )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()

    @contextmanager
    def connection(self) -> Iterator[Connection[Row]]:
        """Lend a connection that commits each statement by itself."""
        with self._errors(), ExitStack() as stack:
            try:
                connection = stack.enter_context(self._pool.connection())
            except PoolTimeout:  # the pool waits ever longer between its tries, and the server may be back meanwhile
                connection = stack.enter_context(self._connected())
            yield connection

    @contextmanager
    def own_connection(self) -> Iterator[Connection[Row]]:
        """Open a connection that is nobody else's, for the locks that it holds until it is closed."""
        with self._errors(), self._connected() as connection:
            yield connection

    def _connected(self) -> Connection[Row]:
        connection = psycopg.connect(self._url, autocommit=True, **LIVELINESS)
        _configure(connection)
        return connection

    def rows(self, statement: Statement, values: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """Run a statement and return what it returns."""
        with self.connection() as connection:
            return connection.execute(statement, values, binary=True).fetchall()

    def run(self, statement: Statement, values: Sequence[Any] | dict[str, Any] = ()) -> None:
        """Run a statement that returns nothing."""
        with self.connection() as connection:
            connection.execute(statement, values)

    @property
    def lock_key(self) -> int:
        """The first key of this name's advisory locks, 32 bits, signed."""
        return zlib.crc32(self.name.encode()) - 2**31

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.ProgrammingError as error:
            if error.sqlstate is None:  # it repeats the address, and that has a password
                raise DatabaseError(NO_ADDRESS) from None
            missing = isinstance(error, UndefinedTable | InvalidSchemaName)
            raise DatabaseError(reason_of(error), missing=missing) from error
        except psycopg.Error as error:
            raise DatabaseError(reason_of(error)) from error


def _configure(connection: Connection[Row]) -> None:
    register_vector(connection)
    connection.execute(SQL("SET hnsw.ef_search = {}").format(NEAREST))


def reason_of(error: psycopg.Error) -> str:
    """Return the first line of what went wrong."""
    lines = (error.diag.message_primary or str(error)).strip().splitlines() or [type(error).__name__]
    return lines[0].strip().rstrip(".")


def signed(value: int) -> int:
    """Return an unsigned number of 64 bits as PostgreSQL's `bigint` has it."""
    return value - 2**64 if value >= 2**63 else value

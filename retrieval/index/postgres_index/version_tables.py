"""One version's tables, and what is asked of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg.sql import SQL, Composable, Identifier

from retrieval.errors import DatabaseError, IndexAwayError, IndexUnusableError
from retrieval.index.postgres_index.database import Database, Row
from retrieval.index.postgres_index.schema import version_schema


class VersionRow(NamedTuple):
    """What the database says of a version."""

    number: int
    format: int
    fingerprint: str
    dim: int
    documents: int
    passages: int
    sentences: int
    mean_length: float
    splitting: int


class VersionTables:
    """The tables of one version; immutable."""

    def __init__(self, database: Database, version: VersionRow) -> None:
        self.version = version
        self.mean_length = max(version.mean_length, 1e-9)  # of a passage, in stems; something is divided by it
        self.schema = version_schema(database.name, version.number)
        self._database = database

    def rows(self, statement: str, *values: Any) -> list[Row]:
        """Run a statement, where {schema} stands for the version's, with values; raises IndexUnusableError."""
        return self.rows_of(statement, {}, values)

    def rows_of(
        self, statement: str, parts: dict[str, Composable], values: Sequence[Any] | dict[str, Any]
    ) -> list[Row]:
        """Run a statement that has other parts too; raises IndexUnusableError."""
        composed = SQL(statement).format(schema=Identifier(self.schema), **parts)
        try:
            return self._database.rows(composed, values)
        except DatabaseError as error:
            raise (IndexUnusableError if error.missing else IndexAwayError)(str(error)) from error

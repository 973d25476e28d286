"""Write a version into PostgreSQL, one document after the other, with COPY; indexes are made when all is there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pgvector import HalfVector
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from retrieval.embedding.embedder import Vectors
from retrieval.index.postgres_index.database import Row, signed
from retrieval.index.postgres_index.schema import version_indexes, version_schema, version_tables
from retrieval.index.protocols import FORMAT, FileRecord, document_record, words_hash
from retrieval.text.words import stem_hash, stems
from retrieval.values import Document, Sentence

_WRITTEN_TOGETHER = 1_000  # passages

_COLUMNS = {
    "documents": "int4 bytea text bool bytea bytea int4 int4 int4",
    "passages": "int4 int4 int4 int4[] int4[] bool[] bool[] int8[] bytea int4 int8[] int4[] halfvec",
    "words": "int8 int4",
    "copies": "int4 bytea",
    "files": "bytea text text bytea text",
}


class PostgresWriter:
    """Fills the tables of a new version; see IndexWriter."""

    def __init__(
        self, connection: Connection[Row], name: str, number: int, *, fingerprint: str, dim: int, splitting: int
    ) -> None:
        """Make the version's tables; the connection commits each statement by itself."""
        self._connection = connection
        self._name = name
        self._number = number
        self._fingerprint = fingerprint
        self._dim = dim
        self._splitting = splitting
        self._schema = version_schema(name, number)
        self._waiting: dict[str, list[Row]] = {"documents": [], "passages": []}
        self._frequencies: Counter[int] = Counter()  # of the stems, by their hashes: in how many passages each stands
        self._words = 0
        self._sentences = 0
        self.document_count = 0
        self.passage_count = 0
        connection.execute(version_tables(self._schema, dim))

    def add(
        self,
        document: Document,
        passages: Sequence[Sequence[Sentence]],
        texts: Sequence[str],
        vectors: Vectors,
        hashes: npt.NDArray[np.uint8],
    ) -> None:
        """Add a document with its passages: of each the text that was embedded, its vector and its hash."""
        first = self.passage_count, self._sentences
        for sentences, text, vector, hash in zip(passages, texts, vectors, hashes, strict=True):
            counts = Counter(signed(stem_hash(stem)) for stem in stems(text, document.language))
            said = [document.text_of(sentence) for sentence in sentences]
            row = (
                *(self.passage_count, self.document_count, self._sentences),
                [sentence.start for sentence in sentences],
                [sentence.end for sentence in sentences],
                [sentence.heading for sentence in sentences],
                [sentence.cut for sentence in sentences],
                [signed(words_hash(one)) for one in said],
                *(hash.tobytes(), counts.total(), list(counts), list(counts.values()), HalfVector(vector)),
            )
            self._waiting["passages"].append(row)
            self._frequencies.update(counts.keys())
            self._words += counts.total()
            self._sentences += len(sentences)
            self.passage_count += 1
        ids = self.document_count, document.id.encode(), document.date, bool(document.questions)
        self._waiting["documents"].append(
            (*ids, document_record(document), document.text.encode(), *first, len(passages))
        )
        self.document_count += 1
        if len(self._waiting["passages"]) >= _WRITTEN_TOGETHER:
            self._write_waiting()

    def vector(self, passage: int) -> Vectors:
        """Return the vector of a passage that was added, shape (dim,)."""
        self._write_waiting()
        query = SQL("SELECT vector FROM {}.passages WHERE number = %s").format(Identifier(self._schema))
        [[vector]] = self._connection.execute(query, [passage]).fetchall()
        return np.asarray(vector.to_numpy(), dtype=np.float32)

    def finish(self, files: Sequence[FileRecord], copies: Mapping[int, Sequence[str]]) -> None:
        """Write the rest. `copies` are the ids of the files that say the same as a document, by its number."""
        self._write_waiting()
        self._copy("words", self._frequencies.items())
        self._copy("copies", [(document, id.encode()) for document, ids in copies.items() for id in ids])
        encoded = ((one.id.encode(), one.stamp, one.sha256, one.outcome.encode(), one.digest) for one in files)
        self._copy("files", encoded)
        for statement in version_indexes(self._schema, self.passage_count):
            self._connection.execute(statement)
        counts = self.document_count, self.passage_count, self._sentences
        self._connection.execute(
            SQL(
                "INSERT INTO {}.versions"
                " (number, format, fingerprint, dim, documents, passages, sentences, mean_length, splitting)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
            ).format(Identifier(self._name)),
            [
                *(self._number, FORMAT, self._fingerprint, self._dim, *counts),
                *(self._words / max(self.passage_count, 1), self._splitting),
            ],
        )

    def _write_waiting(self) -> None:
        for table, rows in self._waiting.items():
            self._copy(table, rows)
            rows.clear()

    def _copy(self, table: str, rows: "Sequence[Row] | Iterator[Row] | Any") -> None:
        target = SQL("COPY {}.{} FROM STDIN (FORMAT BINARY)").format(Identifier(self._schema), Identifier(table))
        with self._connection.cursor() as cursor, cursor.copy(target) as copy:
            copy.set_types(_COLUMNS[table].split())
            for row in rows:
                copy.write_row(row)

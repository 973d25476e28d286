"""An index in PostgreSQL: vectors by pgvector's graph, words by lists of passages, the best compared exactly."""

import json
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from cachetools import LRUCache

from retrieval.embedding.embedder import Vectors
from retrieval.index.kept_documents import KeptDocuments
from retrieval.index.postgres_index.database import Database, signed
from retrieval.index.postgres_index.search import Search
from retrieval.index.postgres_index.version_tables import VersionRow, VersionTables
from retrieval.index.postgres_index.words import PostgresWords
from retrieval.index.protocols import READ, Closest, FileRecord, KnownVectors, document_of
from retrieval.receipts import FailedFile
from retrieval.values import Document, Passage, Question, Sentence

_KEPT = 1_000  # passages that are kept in memory
_READ_TOGETHER = 100  # documents
_LISTED_TOGETHER = 1_000  # documents, without their texts
_PASSAGES = "SELECT number, document, first_sentence, starts, ends, headings, cuts FROM {schema}.passages"


class PostgresIndex:
    """One version; see Index."""

    def __init__(self, database: Database, version: VersionRow) -> None:
        self.number = version.number
        self.fingerprint = version.fingerprint
        self.splitting = version.splitting
        self.document_count = version.documents
        self.passage_count = version.passages
        self.sentence_count = version.sentences
        tables = VersionTables(database, version)
        self.name = tables.schema
        self._rows = tables.rows
        self.words = PostgresWords(tables)
        self._search = Search(tables, self.words)
        self._passages: LRUCache[int, tuple[Passage, int]] = LRUCache(_KEPT)
        self._keeping = Lock()
        self._kept = KeptDocuments(self._stored)

    def is_whole(self) -> bool:
        """Tell whether the tables have as many rows as they should."""
        [[documents, passages, sentences]] = self._rows(
            "SELECT (SELECT count(*) FROM {schema}.documents), count(*), coalesce(sum(cardinality(starts)), 0)"
            " FROM {schema}.passages"
        )
        counts = self.document_count, self.passage_count, self.sentence_count
        return (documents, passages, sentences) == counts

    def closest(
        self, question: Question, count: int, *, words_weight: float, document: int | None = None
    ) -> list[Closest]:
        """Return the `count` best passages by `cosine + words_weight * words`, best first; equal ones in order.

        With `document`, the number of one, only those of it.
        """
        found = self._search.closest(question, count, words_weight=words_weight, document=document)
        passages = self._numbered([one.number for one in found])
        self._kept.documents({passage.document for passage, _ in passages})
        return found

    # Documents

    def document(self, number: int, *, afresh: bool = False) -> Document:
        """Return a document by its number, in [0, document_count); `afresh`: as it is stored, not as it is kept."""
        read = self._stored if afresh else self._kept.documents
        return read({number})[number]

    def _stored(self, numbers: Set[int]) -> dict[int, Document]:
        rows = self._rows("SELECT number, record, body FROM {schema}.documents WHERE number = ANY(%s)", list(numbers))
        return {number: document_of(record, body.decode()) for number, record, body in rows}

    def document_id(self, number: int) -> str:
        """Return a document's id by its number, without reading its text."""
        [[id]] = self._rows("SELECT id FROM {schema}.documents WHERE number = %s", number)
        return str(id.decode())

    def documents(self) -> Iterator[tuple[Document, int]]:
        """Yield every document with the number of its passages, in order."""
        for first in range(0, self.document_count, _READ_TOGETHER):
            rows = self._rows(
                "SELECT record, body, passages FROM {schema}.documents WHERE number >= %s AND number < %s"
                " ORDER BY number",
                *(first, first + _READ_TOGETHER),
            )
            yield from ((document_of(record, body.decode()), passages) for record, body, passages in rows)

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield every document's id and title, in order, without reading the texts."""
        yield from ((one["id"], one["title"]) for one in self._records())

    def short_names(self) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
        """Yield the number of every document that explains short names, and them (Document.short_names), in order."""
        found = ((number, one.get("short_names")) for number, one in enumerate(self._records()))
        yield from ((number, names) for number, names in found if names)

    def _records(self) -> Iterator[dict[str, Any]]:
        for first in range(0, self.document_count, _LISTED_TOGETHER):
            rows = self._rows(
                "SELECT record FROM {schema}.documents WHERE number >= %s AND number < %s ORDER BY number",
                *(first, first + _LISTED_TOGETHER),
            )
            yield from (json.loads(record) for [record] in rows)

    def numbers(self) -> dict[str, int]:
        """Return each document's number by its id."""
        return {id.decode(): number for id, number in self._rows("SELECT id, number FROM {schema}.documents")}

    @cached_property
    def newest_date(self) -> str | None:
        """The last date of all documents: ISO, to the day, the month or the year; None if none has one."""
        [[date]] = self._rows('SELECT max(date COLLATE "C") FROM {schema}.documents')
        return str(date) if date is not None else None

    def asking(self) -> Iterator[int]:
        """Yield the numbers of the documents that name questions, in order."""
        yield from (number for [number] in self._rows("SELECT number FROM {schema}.documents WHERE asks ORDER BY 1"))

    def copies(self, document: int) -> tuple[str, ...]:
        """Return the ids of the other files that say the same as a document."""
        rows = self._rows("SELECT id FROM {schema}.copies WHERE document = %s ORDER BY id", document)
        return tuple(id.decode() for [id] in rows)

    def files(self) -> list[FileRecord]:
        """Return what the indexing run that made this index found."""
        rows = self._rows("SELECT id, stamp, sha256, outcome, digest FROM {schema}.files ORDER BY id")
        return [
            FileRecord(id.decode(), stamp, sha256, outcome.decode(), digest)
            for id, stamp, sha256, outcome, digest in rows
        ]

    def failed(self) -> list[FailedFile]:
        """Return the files that could not be read in that run."""
        rows = self._rows(
            "SELECT id, outcome FROM {schema}.files WHERE outcome <> ALL(%s) ORDER BY id",
            [outcome.encode() for outcome in READ],
        )
        return [FailedFile(id.decode(), outcome.decode()) for id, outcome in rows]

    # Passages and sentences

    def _numbered(self, numbers: Sequence[int]) -> list[tuple[Passage, int]]:
        """Return passages with the numbers of their first sentences, those that are not kept read together."""
        with self._keeping:
            found = {number: self._passages[number] for number in numbers if number in self._passages}
        if missing := [number for number in numbers if number not in found]:
            rows = self._rows(f"{_PASSAGES} WHERE number = ANY(%s)", missing)
            found |= {row[0]: _passage(*row) for row in rows}
            with self._keeping:
                self._passages.update({number: found[number] for number in missing})
        return [found[number] for number in numbers]

    def passage(self, number: int) -> Passage:
        """Return a passage by its number, in [0, passage_count)."""
        return self._numbered([number])[0][0]

    def passages_of(self, document: int) -> list[Passage]:
        """Return the passages of a document, in order."""
        rows = self._rows(f"{_PASSAGES} WHERE document = %s ORDER BY number", document)
        return [_passage(*row)[0] for row in rows]

    def passages_around(self, passage: Passage, count: int) -> list[Passage]:
        """Return a passage with at most `count` before it and `count` after it in its document, in order."""
        rows = self._rows(
            f"{_PASSAGES} WHERE document = %s AND number BETWEEN %s AND %s ORDER BY number",
            *(passage.document, passage.number - count, passage.number + count),
        )
        return [_passage(*row)[0] for row in rows]

    def sentence(self, row: int) -> tuple[Passage, Sentence]:
        """Return a sentence by its number, in [0, sentence_count), and its passage."""
        [[number]] = self._rows(
            "SELECT number FROM {schema}.passages WHERE first_sentence <= %s ORDER BY first_sentence DESC, number DESC"
            " LIMIT 1",
            row,
        )
        [(passage, first)] = self._numbered([number])
        return passage, passage.sentences[row - first]

    def sentence_row(self, passage: Passage, sentence: Sentence) -> int:
        """Return the number of a passage's sentence among all sentences."""
        return self._numbered([passage.number])[0][1] + passage.sentences.index(sentence)

    def first_sentence(self, document: int) -> int:
        """Return the number of a document's first sentence; of the one after the last, that of all sentences."""
        if document == self.document_count:
            return self.sentence_count
        [[row]] = self._rows("SELECT first_sentence FROM {schema}.documents WHERE number = %s", document)
        return int(row)

    def sentences_with(self, hash: int) -> list[int]:
        """Return the numbers of the sentences whose words have this hash (`words_hash`), in order."""
        wanted = signed(hash)
        rows = self._rows(
            "SELECT first_sentence, sentence_hashes FROM {schema}.passages WHERE sentence_hashes @> %s ORDER BY number",
            [wanted],
        )
        return [first + place for first, hashes in rows for place, one in enumerate(hashes) if one == wanted]

    def known_vectors(self) -> KnownVectors:
        """Return what finds vectors of texts that were embedded before."""

        def find(hashes: Sequence[bytes]) -> dict[bytes, Vectors]:
            rows = self._rows("SELECT text_hash, vector FROM {schema}.passages WHERE text_hash = ANY(%s)", list(hashes))
            return {hash: np.asarray(vector.to_numpy(), dtype=np.float32) for hash, vector in rows}

        return find


def _passage(number: int, document: int, first: int, *of_sentences: list[Any]) -> tuple[Passage, int]:
    """Make a passage of a row of _PASSAGES, with the number of its first sentence."""
    sentences = tuple(Sentence(*one) for one in zip(*of_sentences, strict=True))
    return Passage(number, document, sentences), first

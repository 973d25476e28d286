"""Find the passages closest to a question: candidates by pgvector's graph and by words, the best compared exactly."""

from pgvector import HalfVector
from psycopg.sql import SQL, Composable

from retrieval.index.postgres_index.database import NEAREST
from retrieval.index.postgres_index.version_tables import VersionTables
from retrieval.index.postgres_index.words import PostgresWords, form_hashes
from retrieval.index.protocols import Closest
from retrieval.text.words import K1, B, QuestionWord
from retrieval.values import Question

_BEST_WITH_WORDS = 700  # passages that are compared exactly for their words; docs/scale.md has what other numbers find
_CLOSEST = """
    WITH near AS MATERIALIZED (
        SELECT number FROM {schema}.passages ORDER BY vector <=> %(vector)s LIMIT %(nearest)s
    ), compared AS MATERIALIZED (
        SELECT number FROM near UNION SELECT unnest(%(with_words)s::integer[])
    )
    SELECT number, 1 - (vector <=> %(vector)s), {score} FROM compared JOIN {schema}.passages USING (number)
"""
_CLOSEST_OF_ONE = """
    SELECT number, 1 - (vector <=> %(vector)s), {score} FROM {schema}.passages WHERE document = %(document)s
"""


class Search:
    """Searches one version."""

    def __init__(self, tables: VersionTables, words: PostgresWords) -> None:
        self._tables = tables
        self._words = words

    def closest(
        self, question: Question, count: int, *, words_weight: float, document: int | None = None
    ) -> list[Closest]:
        """Return the `count` best passages by `cosine + words_weight * words`, best first; equal ones in order.

        Those compared are all of the document with this number; without one, the nearest by their vectors, and those
        with most of the question's rarer words.
        """
        words = self._words.question_words(question.text)
        values: dict[str, object] = {"vector": HalfVector(question.vector), "document": document}
        if document is None:
            with_words = self._words.best_passages(words, max(count, _BEST_WITH_WORDS))
            values |= {"nearest": max(count, NEAREST), "with_words": with_words}
        score = SQL(" + ").join(map(self._score, words)) if words else SQL("0::float8")
        total = sum(word.weight for word in words)
        compared = _CLOSEST if document is None else _CLOSEST_OF_ONE
        rows = self._tables.rows_of(compared, {"score": score}, values)
        found = [Closest(number, cosine, score / total if total else 0.0) for number, cosine, score in rows]
        return sorted(found, key=lambda one: (-round(one.cosine + words_weight * one.words, 6), one.number))[:count]

    def _score(self, word: QuestionWord) -> Composable:
        """Return what gives a passage its BM25 score for a word, the best form's."""
        scores = [
            SQL("{}::float8 * {count} / ({count} + {norm})").format(
                self._words.weight(hash), count=_count(hash), norm=self._norm
            )
            for hash in form_hashes(word)
        ]
        return SQL("LEAST(COALESCE(GREATEST({}), 0), {}::float8)").format(SQL(", ").join(scores), word.weight)

    @property
    def _norm(self) -> Composable:
        return SQL("({}::float8 + {}::float8 * length)").format(K1 * (1 - B), K1 * B / self._tables.mean_length)


def _count(hash: int) -> Composable:
    """Return how often a passage has a stem; nothing, where it has not."""
    return SQL("counts[array_position(stems, {})]").format(hash)

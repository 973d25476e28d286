"""Find the passages closest to a question: candidates by pgvector's graph and by words, the best compared exactly."""

from collections.abc import Sequence
from itertools import accumulate, combinations

from pgvector import HalfVector
from psycopg.sql import SQL, Composable

from retrieval.index import Closest
from retrieval.postgres_index.database import NEAREST
from retrieval.postgres_index.version import VersionTables
from retrieval.postgres_index.words import PostgresWords, form_hashes
from retrieval.values import Question
from retrieval.words import K1, B, QuestionWord

_MOST_WITH_RARE = 2_000  # passages that have one of the rarest words
_PAIRED = 4  # of the next words, how many are looked for in pairs
_MOST_WITH_WORDS = 5_000  # passages that are looked at for their words
_BEST_WITH_WORDS = 200  # of those, how many are compared exactly
_CLOSEST = """
    WITH near AS MATERIALIZED (
        SELECT number, length, stems, counts FROM {schema}.passages ORDER BY vector <=> %(vector)s LIMIT %(nearest)s
    ), worded AS MATERIALIZED (
        SELECT number, length, stems, counts FROM {schema}.passages WHERE {with_words} LIMIT %(most)s
    ), scored AS (
        SELECT number, {score} AS score FROM near
        UNION (SELECT number, {score} AS score FROM worded ORDER BY score DESC, number LIMIT %(best)s)
    )
    SELECT number, 1 - (vector <=> %(vector)s), score FROM scored JOIN {schema}.passages USING (number)
"""


class Search:
    """Searches one version."""

    def __init__(self, tables: VersionTables, words: PostgresWords) -> None:
        self._tables = tables
        self._words = words

    def closest(self, question: Question, count: int, *, words_weight: float) -> list[Closest]:
        """Return the `count` best passages by `cosine + words_weight * words`, best first; equal ones in order.

        Those compared are the nearest by their vectors, and those with most of the question's rarer words.
        """
        words = self._words.question_words(question.text)
        with_words, score = self._conditions(words)
        values = {
            "vector": HalfVector(question.vector),
            "nearest": max(count, NEAREST),
            "most": _MOST_WITH_WORDS,
            "best": max(count, _BEST_WITH_WORDS),
        }
        total = sum(word.weight for word in words)
        rows = self._tables.rows_of(_CLOSEST, {"with_words": with_words, "score": score}, values)
        found = [Closest(number, cosine, score / total if total else 0.0) for number, cosine, score in rows]
        return sorted(found, key=lambda one: (-round(one.cosine + words_weight * one.words, 6), one.number))[:count]

    def _conditions(self, words: Sequence[QuestionWord]) -> tuple[Composable, Composable]:
        """Return which passages have enough of the question's words to be looked at, and their BM25 score.

        Those that have one of its rarest words, or two of the next.
        """
        if not words:
            return SQL("false"), SQL("0::float8")
        by_rarity = sorted(words, key=self._words.frequency)
        seen = accumulate(map(self._words.frequency, by_rarity))
        rare = [word for word, count in zip(by_rarity, seen, strict=True) if count <= _MOST_WITH_RARE]
        has = {word: SQL("stems && {}").format(form_hashes(word)) for word in words}
        enough = [SQL("stems && {}").format([hash for word in rare for hash in form_hashes(word)])] if rare else []
        next_ones = by_rarity[len(rare) :][:_PAIRED]
        enough += [SQL("{} AND {}").format(has[one], has[other]) for one, other in combinations(next_ones, 2)]
        weighed = SQL(" + ").join(map(self._score, words))
        return SQL(" OR ").join(enough) if enough else has[by_rarity[0]], weighed

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
        mean = max(self._tables.version.mean_length, 1e-9)
        return SQL("({}::float8 + {}::float8 * length)").format(K1 * (1 - B), K1 * B / mean)


def _count(hash: int) -> Composable:
    """Return how often a passage has a stem; nothing, where it has not."""
    return SQL("counts[array_position(stems, {})]").format(hash)

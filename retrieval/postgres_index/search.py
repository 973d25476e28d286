"""Find the passages closest to a question: candidates by pgvector's graph and by words, the best compared exactly."""

from collections.abc import Sequence

from pgvector import HalfVector
from psycopg.sql import SQL, Composable

from retrieval.index import Closest
from retrieval.postgres_index.database import NEAREST
from retrieval.postgres_index.version import VersionTables
from retrieval.postgres_index.words import PostgresWords, form_hashes
from retrieval.values import Question
from retrieval.words import K1, B, QuestionWord

_MOST_WITH_WORDS = 2_000  # passages that are looked at for their words
_BEST_WITH_WORDS = 200  # of those, how many are compared exactly
_CLOSEST = """
    WITH near AS MATERIALIZED (
        SELECT number FROM {schema}.passages ORDER BY vector <=> %(vector)s LIMIT %(nearest)s
    ), worded AS MATERIALIZED (
        SELECT number, stems FROM {schema}.passages WHERE {with_words} LIMIT %(most)s
    ), best AS (
        SELECT number FROM worded ORDER BY {weighed} DESC, number LIMIT %(best)s
    )
    SELECT number, 1 - (vector <=> %(vector)s), length, stems, counts
    FROM {schema}.passages WHERE number IN (SELECT number FROM near UNION SELECT number FROM best)
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
        with_words, weighed = self._conditions(words)
        values = {
            "vector": HalfVector(question.vector),
            "nearest": max(count, NEAREST),
            "most": _MOST_WITH_WORDS,
            "best": max(count, _BEST_WITH_WORDS),
        }
        rows = self._tables.rows_of(_CLOSEST, {"with_words": with_words, "weighed": weighed}, values)
        total = sum(word.weight for word in words)
        found = [
            Closest(number, cosine, self._share(words, length, stems, counts) / total if total else 0.0)
            for number, cosine, length, stems, counts in rows
        ]
        return sorted(found, key=lambda one: (-round(one.cosine + words_weight * one.words, 6), one.number))[:count]

    def _conditions(self, words: Sequence[QuestionWord]) -> tuple[Composable, Composable]:
        """Return which passages have enough of the question's words to be looked at, and what orders them.

        Those that have any of its rarest words; all words at once where even the rarest is in too many passages.
        """
        if not words:
            return SQL("false"), SQL("number")
        rare, seen = [], 0
        for word in sorted(words, key=lambda word: self._words.frequency(word)):
            seen += self._words.frequency(word)
            if seen > _MOST_WITH_WORDS:
                break
            rare.append(word)
        has = {word: SQL("stems && {}").format(form_hashes(word)) for word in words}
        weighed = SQL(" + ").join(SQL("({})::int * {}").format(has[word], word.weight) for word in words)
        if rare:
            every = [hash for word in rare for hash in form_hashes(word)]
            return SQL("stems && {}").format(every), weighed
        return SQL(" AND ").join(has.values()), weighed

    def _share(self, words: Sequence[QuestionWord], length: int, stems: list[int], counts: list[int]) -> float:
        """Return the BM25 score that a question's words give a passage, of each word its best form's."""
        there = dict(zip(stems, counts, strict=True))
        norm = K1 * (1 - B + B * length / max(self._tables.version.mean_length, 1e-9))
        total = 0.0
        for word in words:
            scores = [
                self._words.weight(hash) * there[hash] / (there[hash] + norm)
                for hash in form_hashes(word)
                if hash in there
            ]
            total += min(max(scores, default=0.0), word.weight)
        return total

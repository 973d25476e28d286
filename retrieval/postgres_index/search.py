"""Find the passages closest to a question: candidates by pgvector's graph and by words, the best compared exactly."""

from collections.abc import Callable, Sequence

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
    SELECT number, 1 - (vector <=> %(vector)s), length, {counts}
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
        places = [SQL("counts[array_position(stems, {})]").format(hash) for word in words for hash in form_hashes(word)]
        counts = SQL("ARRAY[{}]::int[]").format(SQL(", ").join(places))
        values = {
            "vector": HalfVector(question.vector),
            "nearest": max(count, NEAREST),
            "most": _MOST_WITH_WORDS,
            "best": max(count, _BEST_WITH_WORDS),
        }
        parts = {"with_words": with_words, "weighed": weighed, "counts": counts}
        total = sum(word.weight for word in words)
        share = self._share_of(words)
        found = [
            Closest(number, cosine, share(length, counts) / total if total else 0.0)
            for number, cosine, length, counts in self._tables.rows_of(_CLOSEST, parts, values)
        ]
        return sorted(found, key=lambda one: (-round(one.cosine + words_weight * one.words, 6), one.number))[:count]

    def _conditions(self, words: Sequence[QuestionWord]) -> tuple[Composable, Composable]:
        """Return which passages have enough of the question's words to be looked at, and what orders them.

        Those that have any of its rarest words; all words at once where even the rarest is in too many passages.
        """
        if not words:
            return SQL("false"), SQL("number")
        rare, seen = [], 0
        for word in sorted(words, key=self._words.frequency):
            seen += self._words.frequency(word)
            if seen > _MOST_WITH_WORDS:
                break
            rare.append(word)
        has = {word: SQL("stems && {}").format(form_hashes(word)) for word in words}
        weighed = SQL(" + ").join(
            SQL("CASE WHEN {} THEN {}::float8 ELSE 0 END").format(has[word], word.weight) for word in words
        )
        if rare:
            every = [hash for word in rare for hash in form_hashes(word)]
            return SQL("stems && {}").format(every), weighed
        return SQL(" AND ").join(has.values()), weighed

    def _share_of(self, words: Sequence[QuestionWord]) -> Callable[[int, list[int | None]], float]:
        """Return what gives a passage its BM25 score by its length and how often it has each form of the words.

        Of each word, the best form's score counts.
        """
        forms = [(number, self._words.weight(hash)) for number, word in enumerate(words) for hash in form_hashes(word)]
        mean = max(self._tables.version.mean_length, 1e-9)

        def share(length: int, counts: list[int | None]) -> float:
            norm = K1 * (1 - B + B * length / mean)
            best = [0.0] * len(words)
            for (number, weight), count in zip(forms, counts, strict=True):
                if count:
                    best[number] = max(best[number], weight * count / (count + norm))
            return sum(min(score, word.weight) for score, word in zip(best, words, strict=True))

        return share

"""What the words of questions weigh in a version."""

from functools import lru_cache

from retrieval.postgres_index.database import signed
from retrieval.postgres_index.version import VersionTables
from retrieval.words import QuestionWord, stem_hash, weighed, word_weight

_KEPT = 100_000  # stems whose frequencies are kept in memory


class PostgresWords:
    """In how many passages of a version each stem stands; see WordWeights."""

    def __init__(self, tables: VersionTables) -> None:
        self._tables = tables
        self._size = tables.version.passages
        self._frequency = lru_cache(_KEPT)(self._read_frequency)

    def question_words(self, question: str) -> list[QuestionWord]:
        """Return the question's words with their weights; one that no passage holds weighs most."""
        return weighed(question, self._size, lambda form: self._frequency(signed(stem_hash(form))))

    def frequency(self, word: QuestionWord) -> int:
        """Return in how many passages a word stands at most, all its forms together."""
        return sum(self._frequency(hash) for hash in form_hashes(word))

    def weight(self, hash: int) -> float:
        """Return what the stem with a hash weighs."""
        return word_weight(self._frequency(hash), self._size)

    def _read_frequency(self, hash: int) -> int:
        rows = self._tables.rows("SELECT frequency FROM {schema}.words WHERE stem = %s", hash)
        return int(rows[0][0]) if rows else 0


def form_hashes(word: QuestionWord) -> list[int]:
    """Return the hashes of a word's forms, as the tables have them."""
    return sorted(signed(stem_hash(form)) for form in word.stems)

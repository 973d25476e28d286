"""What the words of questions weigh in a version, and which passages have most of them."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np

from retrieval.index.postgres_index.database import signed
from retrieval.index.postgres_index.schema import MOST_POSTINGS, POSTING
from retrieval.index.postgres_index.version_tables import VersionTables
from retrieval.text.words import K1, B, QuestionWord, stem_hash, weighed_words, word_forms, word_weight

_KEPT = 100_000  # stems whose frequencies are kept in memory


class PostgresWords:
    """In how many passages of a version each stem stands; see WordWeights."""

    def __init__(self, tables: VersionTables) -> None:
        self._tables = tables
        self._size = tables.version.passages
        self._frequency = lru_cache(_KEPT)(self._read_frequency)

    def question_words(self, question: str) -> list[QuestionWord]:
        """Return the question's words with their weights; one that no passage holds weighs most."""
        return weighed_words(question, self._size, lambda form: self._frequency(signed(stem_hash(form))))

    def frequencies(self, words: Sequence[str]) -> list[int]:
        hashes = [[signed(stem_hash(form)) for form in forms] for forms in word_forms(words)]
        every = sorted({hash for one in hashes for hash in one})
        rows = self._tables.rows("SELECT stem, frequency FROM {schema}.words WHERE stem = ANY(%s)", every)
        known = {int(stem): int(frequency) for stem, frequency in rows}
        return [max(known.get(hash, 0) for hash in one) for one in hashes]

    def best_passages(self, words: Sequence[QuestionWord], count: int) -> list[int]:
        """Return the `count` passages with the best BM25 scores, counting the rarest words only, in no order.

        As many words count as stand in MOST_POSTINGS passages together; a word's forms count one by one.
        """
        frequencies = {hash: self._frequency(hash) for word in words for hash in form_hashes(word)}
        rarest = sorted((frequency, hash) for hash, frequency in frequencies.items())
        seen = accumulate(frequency for frequency, _ in rarest)
        hashes = [hash for (_, hash), so_far in zip(rarest, seen, strict=True) if so_far <= MOST_POSTINGS]
        rows = self._tables.rows("SELECT stem, passages FROM {schema}.postings WHERE stem = ANY(%s)", hashes)
        if not rows:
            return []
        lists = [np.frombuffer(packed, POSTING) for _, packed in rows]
        weights = np.repeat([self.weight(stem) for stem, _ in rows], [len(one) for one in lists])
        postings = np.concatenate(lists)
        counts = postings["count"].astype(np.float32)
        norms = K1 * (1 - B + B * postings["length"] / self._tables.mean_length)
        passages, places = np.unique(postings["passage"].astype(np.int32), return_inverse=True)
        scores = np.bincount(places, weights * counts / (counts + norms))
        if count < len(passages):
            passages = passages[np.argpartition(-scores, count)[:count]]
        return [int(passage) for passage in passages]

    def weight(self, hash: int) -> float:
        """Return what the stem with a hash weighs."""
        return word_weight(self._frequency(hash), self._size)

    def _read_frequency(self, hash: int) -> int:
        rows = self._tables.rows("SELECT frequency FROM {schema}.words WHERE stem = %s", hash)
        return int(rows[0][0]) if rows else 0


def form_hashes(word: QuestionWord) -> list[int]:
    """Return the hashes of a word's forms, as the tables have them."""
    return sorted(signed(stem_hash(form)) for form in word.stems)

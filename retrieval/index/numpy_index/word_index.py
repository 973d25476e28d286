"""Search by words: BM25 over stems (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009)."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.index.numpy_index.mapped import mapped
from retrieval.text.words import K1, B, QuestionWord, stem_hash, stems, weighed_words, word_forms

_ARRAYS = ("scores", "passages", "starts", "hashes", "columns")


class WordIndex:
    """The BM25 score that each stem adds to each passage, as columns that can be memory-mapped.

    A stem is found by its 64-bit hash, so that no vocabulary needs to be read.
    """

    def __init__(
        self,
        scores: npt.NDArray[np.float32],
        passages: npt.NDArray[np.int32],
        starts: npt.NDArray[np.int64],
        hashes: npt.NDArray[np.uint64],
        columns: npt.NDArray[np.int32],
        *,
        size: int,
    ) -> None:
        """Take each column's scores and passages at `starts[c]:starts[c + 1]`, and the stems' sorted hashes."""
        self._scores = scores
        self._passages = passages
        self._starts = starts
        self._hashes = hashes
        self._columns = columns
        self._size = size

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str]]) -> "WordIndex":
        """Index passages, given as text and language each, in the order of their numbers."""
        builder = WordIndexBuilder()
        for text, language in texts:
            builder.add(text, language)
        return builder.build()

    def save(self, folder: Path) -> None:
        for name in _ARRAYS:
            np.save(folder / f"words-{name}.npy", getattr(self, f"_{name}"))

    @classmethod
    def open(cls, folder: Path, *, size: int) -> "WordIndex":
        """Open what `save` wrote, memory-mapped; `size` is the number of passages."""
        return cls(*(mapped(folder / f"words-{name}.npy") for name in _ARRAYS), size=size)

    def question_words(self, question: str) -> list[QuestionWord]:
        """Return the question's words with their weights; one that no passage holds weighs most."""
        return weighed_words(question, self._size, self._frequency)

    def frequencies(self, words: Sequence[str]) -> list[int]:
        return [max(map(self._frequency, forms)) for forms in word_forms(words)]

    def _frequency(self, form: str) -> int:
        return sum(len(passages) for _, passages in self._postings([form]))

    def shares(self, words: Sequence[QuestionWord]) -> npt.NDArray[np.float32]:
        """Return each passage's BM25 score as a share, in [0, 1], of the words' whole weight; shape (n,)."""
        total, best = np.zeros((2, self._size), dtype=np.float32)
        for word in words:
            postings = list(self._postings(word.stems))
            if len(postings) == 1:
                scores, passages = postings[0]
                total[passages] += scores
            elif postings:
                for scores, passages in postings:  # of one word's forms, the best counts
                    best[passages] = np.maximum(best[passages], scores)
                passages = np.concatenate([passages for _, passages in postings])
                # the rarer form may be rarer than its word; a passage that is there twice gets it once
                total[passages] += np.minimum(best[passages], np.float32(word.weight))
                best[passages] = 0
        weight = sum(word.weight for word in words)
        return total / np.float32(weight) if weight else total

    def _postings(self, forms: Iterable[str]) -> Iterator[tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]]:
        for form in forms:
            value = np.uint64(stem_hash(form))
            place = int(np.searchsorted(self._hashes, value))
            if place < len(self._hashes) and self._hashes[place] == value:
                column = int(self._columns[place])
                span = slice(int(self._starts[column]), int(self._starts[column + 1]))
                yield self._scores[span], self._passages[span]


class WordIndexBuilder:
    """Takes passages one by one, and keeps of each the numbers of its words."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._passages: list[array[int]] = []

    def add(self, text: str, language: str) -> None:
        """Add the next passage."""
        known = self._vocabulary
        self._passages.append(array("i", [known.setdefault(stem, len(known)) for stem in stems(text, language)]))

    def build(self) -> WordIndex:
        """Return the index of the passages that were added."""
        from bm25s import BM25  # brings SciPy, which answering does without

        vocabulary, passages = self._vocabulary, self._passages
        nothing = array("i", [vocabulary.setdefault("", len(vocabulary))])
        if not any(passages):  # bm25s cannot index a corpus without any words
            passages = [nothing] * len(passages)
        model = BM25(k1=K1, b=B, method="lucene")
        model.index((passages, vocabulary), create_empty_token=False, show_progress=False)
        hashes = np.fromiter((stem_hash(stem) for stem in vocabulary), dtype=np.uint64, count=len(vocabulary))
        order = np.argsort(hashes)
        return WordIndex(
            np.asarray(model.scores["data"], dtype=np.float32),
            np.asarray(model.scores["indices"], dtype=np.int32),
            np.asarray(model.scores["indptr"], dtype=np.int64),
            hashes[order],
            order.astype(np.int32),
            size=len(passages),
        )

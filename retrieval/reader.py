"""Find where an answer stands in the retrieved passages, and how sure that is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from retrieval.cues import asked_kind_is_there, missing_names
from retrieval.embedding import Embedder
from retrieval.markup import visible_text
from retrieval.values import Hit, Question, Reading, Sentence
from retrieval.words import QuestionWord, WordIndex, stems

_SENTENCES = 2  # of each passage, those that are embedded: comparing all brings nothing more

# Fitted by benchmarks/calibrate.py on the training sets; the score's weights are rounded, which loses nothing. The
# margin to the next best sentence was tried too: it tells no more, and it makes an answer that several documents give
# look unsure.
SCORE_WEIGHTS = {"sentence": 4.0, "passage": 4.0, "words": 4.0, "own": 3.0, "near": 3.0, "kind": 1.25}
CONFIDENCE_WEIGHTS = {"score": 0.5, "missing": -0.72}
CONFIDENCE_BIAS = -5.15
THRESHOLD = 0.3
"""The confidence below which an answer is "not found".

On the dev sets, half of their articles taken out, it gets most questions right (benchmarks/answers.py).
"""


class Reader(Protocol):
    """What reads questions with their passages. This is where a trained reading model plugs in."""

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        """Return the readings of each question, best first; none where its passages hold no sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and what speaks for it; all but `kind` are in [0, 1] or cosines.

    `sentence` and `passage` are cosines with the question, `words` is the passage's share (see Hit). Of the
    question's words, by weight: `own` stand in the sentence or the title, `near` in those or the sentence before.
    `kind` is 1 if the sentence has the date or number that was asked for, -1 if it has none, 0 if none was asked
    for. `missing` is the share of the question's names and numbers that the passage does not have.
    """

    hit: Hit
    place: Sentence
    text: str
    passage: float
    words: float
    own: float
    near: float
    kind: float
    missing: float
    sentence: float = 0.0  # until it is embedded

    @property
    def score(self) -> float:
        return sum(weight * float(getattr(self, name)) for name, weight in SCORE_WEIGHTS.items())


class SimilarityReader:
    """Takes the sentence most like the question: by its vector, its passage's, and the words that they share."""

    def __init__(self, embedder: Embedder, words: WordIndex) -> None:
        self._embedder = embedder
        self._words = words

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        ranked = self.candidates(questions, hits)
        return [[_reading(candidate) for candidate in candidates] for candidates in ranked]

    def candidates(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Candidate]]:
        """Return the sentences that come into question for each question, best first."""
        shortlists = [self._shortlist(question.text, found) for question, found in zip(questions, hits, strict=True)]
        texts = [candidate.text for shortlist in shortlists for candidate in shortlist]
        vectors = iter(self._embedder.embed_passages(texts))
        ranked = []
        for question, shortlist in zip(questions, shortlists, strict=True):
            compared = [
                replace(candidate, sentence=float(np.dot(next(vectors), question.vector))) for candidate in shortlist
            ]
            ranked.append(sorted(compared, key=lambda candidate: -candidate.score))
        return ranked

    def _shortlist(self, question: str, hits: Sequence[Hit]) -> list[Candidate]:
        asked = self._words.question_words(question)
        shortlist = []
        for hit in hits:
            candidates = sorted(_candidates(question, asked, hit), key=lambda candidate: -candidate.score)
            shortlist += candidates[:_SENTENCES]
        return shortlist


def _candidates(question: str, asked: Sequence[QuestionWord], hit: Hit) -> list[Candidate]:
    """Return the sentences of a passage; its headings only if it has nothing else."""
    document = hit.document
    title = set(stems(document.title, document.language))
    sentences = [sentence for sentence in hit.passage.sentences if not sentence.heading] or hit.passage.sentences
    texts = [
        visible_text(document.text[sentence.start : sentence.end], markdown=document.is_markdown)
        for sentence in sentences
    ]
    words = [title.union(stems(text, document.language)) for text in texts]
    missing = missing_names(question, f"{document.title} {' '.join(texts)}")
    return [
        Candidate(
            hit=hit,
            place=sentence,
            text=text,
            passage=hit.cosine,
            words=hit.words,
            own=_share(asked, own),
            near=_share(asked, own | before),
            kind=asked_kind_is_there(question, text),
            missing=missing,
        )
        for sentence, text, own, before in zip(sentences, texts, words, [title, *words], strict=False)
    ]


def _share(asked: Sequence[QuestionWord], there: set[str]) -> float:
    """Return the share, by weight, of the question's words that are there in one of their forms."""
    whole = sum(word.weight for word in asked)
    found = sum(word.weight for word in asked if not word.stems.isdisjoint(there))
    return found / whole if whole else 0.0


def _reading(candidate: Candidate) -> Reading:
    logit = CONFIDENCE_BIAS + sum(
        weight * float(getattr(candidate, name)) for name, weight in CONFIDENCE_WEIGHTS.items()
    )
    return Reading(candidate.hit, candidate.place, 1 / (1 + math.exp(-logit)))

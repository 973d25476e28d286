"""Choose the sentence most like the question, without a reading model: quicker, and what the reader is measured by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.embedding.embedder import Embedder
from retrieval.reading.cues import Cues, sentence_cues
from retrieval.reading.reader import READ_AT_ONCE, probability
from retrieval.text.markup import visible_text
from retrieval.text.words import QuestionWord, WordWeights
from retrieval.values import Hit, Question, Reading, Sentence

_SENTENCES = 2  # of each passage, those that are embedded: comparing all brings nothing more

# Fitted on the training sets. The score's weights are a softmax over a question's
# sentences; the confidence is a logistic regression, with half of the articles taken out.
_SENTENCE, _PASSAGE, _WORDS, _OWN, _NEAR, _KIND = 4.0, 4.0, 4.0, 3.0, 3.0, 1.25
_SCORE, _MISSING, _BIAS = 0.5, -0.72, -5.15


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and what speaks for it; `cosine` is its own with the question."""

    hit: Hit
    place: Sentence
    text: str
    cues: Cues
    cosine: float = 0.0  # until it is embedded

    @property
    def score(self) -> float:
        passage = _PASSAGE * self.hit.cosine + _WORDS * self.hit.words
        return (
            passage + _SENTENCE * self.cosine + _OWN * self.cues.own + _NEAR * self.cues.near + _KIND * self.cues.kind
        )


class SimilarityReader:
    """Takes the sentence most like the question: by its vector, its passage's, and the words that they share."""

    def __init__(self, embedder: Embedder, words: WordWeights) -> None:
        self._embedder = embedder
        self._words = words

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        ranked = self.candidates(questions, [closest[:READ_AT_ONCE] for closest in hits])
        return [[_reading(candidate) for candidate in candidates] for candidates in ranked]

    def knows_word(self, word: str) -> bool:
        return False  # it has no words but the embedder's, which Finder asks

    def candidates(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Candidate]]:
        """Return the sentences that come into question for each question, best first."""
        shortlists = [self._shortlist(question.text, found) for question, found in zip(questions, hits, strict=True)]
        texts = [candidate.text for shortlist in shortlists for candidate in shortlist]
        vectors = iter(self._embedder.embed_passages(texts))
        ranked = []
        for question, shortlist in zip(questions, shortlists, strict=True):
            compared = [
                replace(candidate, cosine=float(np.dot(next(vectors), question.vector))) for candidate in shortlist
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
    sentences = [sentence for sentence in hit.passage.sentences if not sentence.heading] or hit.passage.sentences
    texts = [visible_text(document.text_of(sentence), markdown=document.markdown) for sentence in sentences]
    cues = sentence_cues(question, asked, document, texts, f"{document.title} {' '.join(texts)}")
    return [Candidate(hit, *of_one) for of_one in zip(sentences, texts, cues, strict=True)]


def _reading(candidate: Candidate) -> Reading:
    logit = _BIAS + _SCORE * candidate.score + _MISSING * candidate.cues.missing
    return Reading(candidate.hit, candidate.place, probability(logit))

"""Read with a trained model: it marks the answer in the passages, and tells where there is none."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.contexts import Context, read_context
from retrieval.cues import missing_names
from retrieval.markup import visible_parts, visible_spans
from retrieval.reading import Calibration, ReadingModel, SentenceReading
from retrieval.values import Hit, Question, Reading


@dataclass(frozen=True, slots=True)
class SpanCandidate:
    """A sentence that may answer, and what speaks for it.

    `odds` is the model's, a logarithm; `retrieval` the passage's score (see Hit); `missing` the share of the
    question's names and numbers that the passage does not have.
    """

    hit: Hit
    reading: SentenceReading
    context: Context
    odds: float
    retrieval: float
    missing: float

    def logit(self, calibration: Calibration) -> float:
        """Return the logarithm of the odds that the sentence answers."""
        return (
            calibration.bias
            + calibration.odds * self.odds
            + calibration.retrieval * self.retrieval
            + calibration.missing * self.missing
        )


class SpanReader:
    """Takes the sentences in which a reading model finds the answer, from all passages together."""

    def __init__(self, model: ReadingModel) -> None:
        self._model = model

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        return [
            [_reading(candidate, self._model.calibration) for candidate in candidates]
            for candidates in self.candidates(questions, hits)
        ]

    def candidates(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[SpanCandidate]]:
        """Return the sentences of each question's passages, best first."""
        pairs = [(question.text, hit) for question, found in zip(questions, hits, strict=True) for hit in found]
        contexts = [read_context(hit.document, hit.passage.sentences) for _, hit in pairs]
        read = self._model.read([(text, context) for (text, _), context in zip(pairs, contexts, strict=True)])
        made = iter(
            [_candidates(*pair, *there) for pair, there in zip(pairs, zip(contexts, read, strict=True), strict=True)]
        )
        ranked = []
        for found in hits:
            candidates = [candidate for _ in found for candidate in next(made)]
            ranked.append(sorted(candidates, key=lambda candidate: -candidate.logit(self._model.calibration)))
        return ranked


def _candidates(question: str, hit: Hit, context: Context, readings: Sequence[SentenceReading]) -> list[SpanCandidate]:
    """Return the sentences of a passage; its headings only if it has nothing else."""
    missing = missing_names(question, context.text)
    kept = [reading for reading in readings if not reading.sentence.heading] or readings
    return [SpanCandidate(hit, reading, context, reading.odds, hit.score, missing) for reading in kept]


def _reading(candidate: SpanCandidate, calibration: Calibration) -> Reading:
    logit = candidate.logit(calibration)
    confidence = 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0
    return Reading(candidate.hit, candidate.reading.sentence, confidence, _highlight(candidate))


def _highlight(candidate: SpanCandidate) -> tuple[int, int] | None:
    """Carry the answer's span over from the text as people see it to the document; None where that does not fit."""
    document, sentence = candidate.hit.document, candidate.reading.sentence
    begin = dict(zip(candidate.context.sentences, candidate.context.spans, strict=True))[sentence][0]
    raw = document.text[sentence.start : sentence.end]
    first, end = candidate.reading.span
    if first == end:
        return None
    places = visible_spans(raw, markdown=document.is_markdown)
    start, stop = places[first - begin][0], places[end - begin - 1][1]
    _, shown, _ = visible_parts(raw, (start, stop), markdown=document.is_markdown)
    return (sentence.start + start, sentence.start + stop) if shown == candidate.context.text[first:end] else None

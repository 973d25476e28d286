"""Fit what a reader's readings are worth, on sets of questions with known answers that it was not trained on.

    python -m benchmarks.calibrate FOLDER... [--reader FOLDER] [--write]

The score's weights are a softmax over each question's sentences. The confidence is a logistic regression of the first
sentence being right: with half of the articles taken out, so that half of the questions cannot be answered, and on the
questions that were written to be unanswerable. Each set counts alike. With --write, they go into the reader's
reader.json. The last lines give the threshold at which one in ten of the answers given is wrong.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.judged import judgements
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.judging import Judge
from retrieval.evaluation.measures import Judged, best_coverage, risk_curve, wrong_at
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, load_set
from retrieval.evaluation.set_index import SetIndex, set_index
from retrieval.reading.reader import READ_AT_ONCE
from retrieval.reading.reading_model import (
    BUNDLED,
    Calibration,
    ConfidenceWeights,
    ReadingModel,
    ScoreWeights,
    load_reading_model,
)
from retrieval.reading.span_reader import SpanCandidate, SpanReader, rank
from retrieval.retriever import Retriever
from retrieval.values import Question, Reading

_PENALTY = 1e-3  # on the squares of the weights: as good as none, but it keeps the fit finite
_WRITTEN = 0.5  # what a set's questions written to be unanswerable count beside its halves
_BATCH = 16
Matrix = npt.NDArray[np.float64]
Asked = list[tuple[SetQuestion, bool, list[SpanCandidate]]]  # question, whether it can be answered, what was read
Weights = TypeVar("Weights", ScoreWeights, ConfidenceWeights)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--reader", type=Path, help="the reader's folder; the bundled one otherwise")
    parser.add_argument("--write", action="store_true", help="write the weights into the reader, which has to be named")
    parser.add_argument("--judged", action="store_true", help="count by judged.jsonl what its sets have otherwise")
    parser.add_argument("--questions", type=int, help="at most so many of a set")
    parser.add_argument("--seeds", type=int, default=2, help="how many halves of the articles to take out")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    if options.write and not options.reader:
        parser.error(f"--write needs the reader that it is for: --reader {BUNDLED}, or one of your own")
    embedder = load_embedder(None, options.data)
    model = load_reading_model(options.reader or BUNDLED)
    whole: list[tuple[Judge, Asked]] = []
    halves: list[tuple[Judge, Asked]] = []
    for folder in options.folders:
        data = load_set(folder, questions=options.questions)
        judge = Judge(data, judgements=judgements(data.name) if options.judged else None)
        answerable = [question for question in data.questions if question.answers]
        half: Asked = []
        with set_index(embedder) as place:
            whole.append(
                (judge, _read(model, place, data, judge, data.questions, frozenset(id for id, _, _ in data.passages)))
            )
            for seed in range(options.seeds):
                half += _read(model, place, data, judge, answerable, data.half_of_articles(seed))
        halves.append((judge, half))
        print(f"{data.name}: {len(data.questions)} questions", flush=True)
    calibration = replace(Calibration(), score=_fit_score(whole))
    calibration = replace(calibration, confidence=_fit_confidence(whole, halves, calibration))
    print(json.dumps(asdict(calibration), indent=1))
    judged = [one for judge, asked in halves for one in _judged(judge, asked, calibration)]
    for wrong in (0.05, 0.1):
        point = best_coverage(risk_curve(judged), wrong)
        if point:
            print(f"at most {wrong:.0%} wrong: threshold {point.threshold:.3f}, answered {point.answered:.1%}")
    for step in range(2, 14):
        answered = sum(one.inside and one.confidence >= step / 20 for one in judged) / sum(one.inside for one in judged)
        print(f"threshold {step / 20:.2f}: answered {answered:.1%}, wrong {wrong_at(judged, step / 20):.1%}")
    if options.write:
        path = options.reader / "reader.json"
        export = {**json.loads(path.read_text("utf-8")), "calibration": asdict(calibration)}
        path.write_text(json.dumps(export, indent=1) + "\n", "utf-8")
        print(f"Written: {path}")


def _read(
    model: ReadingModel,
    place: SetIndex,
    data: QuestionSet,
    judge: Judge,
    questions: Sequence[SetQuestion],
    kept: frozenset[str],
) -> Asked:
    """Read questions with an index of the passages that are kept."""
    index = place.open([passage for passage in data.passages if passage[0] in kept], documents=data.documents)
    reader, retriever = SpanReader(model, index.words), Retriever(index)
    asked: Asked = []
    for begin in range(0, len(questions), _BATCH):
        batch = questions[begin : begin + _BATCH]
        vectors = place.embedder.embed_questions([question.text for question in batch])
        questions_read = [Question(question.text, vector) for question, vector in zip(batch, vectors, strict=True)]
        hits = [retriever.retrieve(one, count=READ_AT_ONCE) for one in questions_read]
        candidates = reader.candidates(questions_read, hits)
        asked += zip(batch, judge.inside(batch, kept), candidates, strict=True)
    return asked


def _holds(judge: Judge, question: SetQuestion, candidate: SpanCandidate) -> bool:
    return judge.holds(question, Reading(candidate.hit, candidate.reading.sentence, 0.0))


def _judged(judge: Judge, asked: Asked, calibration: Calibration) -> list[Judged]:
    judged = []
    for question, inside, candidates in asked:
        for first in rank(candidates, calibration)[:1]:
            right = inside and _holds(judge, question, first.candidate)
            judged.append(Judged(first.confidence(calibration), right, inside))
    return judged


def _fit_score(sets: Sequence[tuple[Judge, Asked]]) -> ScoreWeights:
    """Fit the softmax over the sentences of each answerable question."""
    groups = []
    for judge, asked in sets:
        group = []
        for question, _, candidates in asked:
            right = np.array([_holds(judge, question, candidate) for candidate in candidates], dtype=bool)
            if right.any() and not right.all():
                group.append((np.array([candidate.evidence for candidate in candidates], dtype=np.float64), right))
        groups.append(group)

    def loss(weights: Matrix) -> float:
        return softmax_loss(groups, weights) + _PENALTY * float(weights @ weights)

    return _named(ScoreWeights, minimize(loss, np.full(len(fields(ScoreWeights)), 0.5), method="L-BFGS-B").x)


def softmax_loss(groups: Sequence[Sequence[tuple[Matrix, npt.NDArray[np.bool_]]]], weights: Matrix) -> float:
    """Return minus the logarithm of the share that right sentences have, the mean of the groups' means.

    A group holds, for each question, its sentences' evidence, of shape (sentences, weights), and which are right.
    """
    total = 0.0
    for group in groups:
        for evidence, right in group:
            scores = evidence @ weights
            odds = np.exp(scores - scores.max())
            total -= float(np.log(odds[right].sum() / odds.sum() + 1e-12)) / len(group)
    return total / len(groups)


def _fit_confidence(
    whole: Sequence[tuple[Judge, Asked]], halves: Sequence[tuple[Judge, Asked]], calibration: Calibration
) -> ConfidenceWeights:
    """Fit the logistic regression on what comes first for each question."""
    groups = [(1.0, *_firsts(judge, asked, calibration)) for judge, asked in halves]
    for judge, asked in whole:
        if any(judge.is_unanswerable(question) for question, _, _ in asked):
            groups.append((_WRITTEN, *_firsts(judge, asked, calibration)))

    def loss(weights: Matrix) -> float:
        total = 0.0
        for counts, evidence, right in groups:
            logits = evidence @ weights
            total += counts * float((np.logaddexp(0, logits) - right * logits).mean())
        return total / sum(counts for counts, _, _ in groups) + _PENALTY * float(weights[:-1] @ weights[:-1])

    return _named(ConfidenceWeights, minimize(loss, np.zeros(len(fields(ConfidenceWeights))), method="L-BFGS-B").x)


def _firsts(judge: Judge, asked: Asked, calibration: Calibration) -> tuple[Matrix, Matrix]:
    """Return the evidence of what comes first for each question, and whether that is right."""
    firsts = [(question, inside, rank(found, calibration)[0]) for question, inside, found in asked if found]
    right = [inside and _holds(judge, question, first.candidate) for question, inside, first in firsts]
    return np.array([first.evidence for _, _, first in firsts]), np.array(right, dtype=np.float64)


def _named(kind: type[Weights], values: Matrix) -> Weights:
    return kind(*(round(float(value), 3) for value in values))


if __name__ == "__main__":
    main()

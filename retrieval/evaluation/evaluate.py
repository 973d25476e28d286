"""Measure answers on a question set: open retrieval, everything in one index, only the question given, as it is typed.

right passage     a passage of a document that answers; in a set of documents, it has to hold the answer too.
                  `passage_at_k`: one is among the first k retrieved
right sentence    it stands in a document that answers and holds an answer, or, where answers are whole sentences, is
                  part of one. `sentence_at_k`: one is among the first k sentences, whatever the threshold
span_f1,          of the first reading's highlight against the closest answer, by SQuAD's comparison; not measured where
exact_match       the reader marks no spans or the answers are whole sentences

These count answerable questions. `auroc_written` is the area under the ROC curve of the confidence, answerable against
written to be unanswerable. For what follows, half of the articles are taken out of the index, once a seed, and the
answerable questions are asked: "inside", where a passage that answers is still there, and "outside".

auroc_taken_out   inside against outside, the mean over the seeds
coverage_at_5,    the largest share of the inside questions that is answered, rightly or not, at a threshold at which at
coverage_at_10    most 5 % (10 %) of all answers given are wrong, all seeds together; to an outside question any answer
                  is wrong. `threshold_at_10` is that threshold
right             at the threshold that is set: inside answered by the right sentence, outside not answered; both kinds
                  count for a half, the mean over the seeds
wrong_of_answers  at the threshold that is set: the share of the answers given that is wrong
calibration_error of the confidence as the probability that the first sentence is right, ten bins of equal counts

`seconds` is the median wall time of a question that is asked alone, `seconds_in_batches` the mean in batches of 16.
`quotes` counts the sentences that were compared with their files, `quotes_different` those that are not the same bytes.
None stands for what cannot be measured on a set, such as `auroc_written` where no question is unanswerable.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.answering import Snapshot
from retrieval.embedding.embedder import Embedder
from retrieval.evaluation.judging import Judge, Judgements
from retrieval.evaluation.measures import (
    Judged,
    auroc,
    best_coverage,
    calibration_error,
    exact_match,
    reliability,
    right_at,
    risk_curve,
    span_f1,
    wrong_at,
)
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.evaluation.set_index import SetIndex
from retrieval.index.protocols import Index
from retrieval.indexing import OnProgress
from retrieval.reading.once import one_a_sentence
from retrieval.reading.reader import Reader
from retrieval.receipts import Progress
from retrieval.retriever import Retriever
from retrieval.values import Question, Reading

MakeReader = Callable[[Index, Embedder], Reader]

SEEDS = 3
_BATCH = 16
_ALONE = 50  # questions that are asked alone, for the time that it takes
_RANKS = 20
_QUOTES = 3  # of each question


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured of one reader on one set; shares in [0, 1]; None: cannot be measured on this set.

    `judged` holds the questions asked with half of the articles taken out, all seeds together.
    """

    set: str
    reader: str
    documents: int
    passages: int
    questions: int
    answerable: int
    passage_at_1: float
    passage_at_5: float
    passage_at_20: float
    sentence_at_1: float
    sentence_at_3: float
    span_f1: float | None
    exact_match: float | None
    auroc_taken_out: float | None
    auroc_written: float | None
    coverage_at_5: float | None
    coverage_at_10: float | None
    threshold_at_10: float | None
    threshold: float
    right: float | None
    wrong_of_answers: float | None
    calibration_error: float | None
    seconds: float
    seconds_in_batches: float
    quotes: int
    quotes_different: int
    judged: tuple[Judged, ...]


def evaluate(
    data: QuestionSet,
    place: SetIndex,
    make_reader: MakeReader,
    *,
    reader: str,
    threshold: float,
    seeds: int = SEEDS,
    judgements: Judgements | None = None,
    on_progress: OnProgress = lambda progress: None,
) -> Evaluation:
    """Measure a reader, `reader` being what it is called; each question is read once an index, a few twice for time."""
    index = place.open(data.passages, documents=data.documents, on_progress=on_progress)
    plain = place.embedder.plain  # one that remembers sentences would be quicker than it is for users
    snapshot = Snapshot(index, plain, make_reader(index, plain), threshold=0)
    judge = Judge(data, judgements=judgements)
    began = time.monotonic()
    readings = list(_read(snapshot, data.questions, "Asking", on_progress))
    in_batches = (time.monotonic() - began) / len(readings)
    alone = _seconds_alone(snapshot, data.questions)
    answerable = [
        (question, found) for question, found in zip(data.questions, readings, strict=True) if question.answers
    ]
    written = [
        _confidence(found)
        for question, found in zip(data.questions, readings, strict=True)
        if judge.is_unanswerable(question)
    ]
    ranks = _passage_ranks(Retriever(index), plain, [question for question, _ in answerable], judge)
    rights = [[judge.holds(question, reading) for reading in one_a_sentence(found)] for question, found in answerable]
    spans = _spans(answerable)
    quotes = [
        place.is_verbatim(reading.hit.document, reading.sentence.start, reading.sentence.end)
        for found in readings
        for reading in one_a_sentence(found)[:_QUOTES]
    ]
    halves = list(_halves(data, place, make_reader, judge, seeds, on_progress))
    judged = tuple(one for half in halves for one in half)
    curve = risk_curve(judged)
    at_5, at_10 = best_coverage(curve, 0.05), best_coverage(curve, 0.1)
    return Evaluation(
        set=data.name,
        reader=reader,
        documents=index.document_count,
        passages=index.passage_count,
        questions=len(data.questions),
        answerable=len(answerable),
        passage_at_1=statistics.fmean(rank < 1 for rank in ranks),
        passage_at_5=statistics.fmean(rank < 5 for rank in ranks),
        passage_at_20=statistics.fmean(rank < _RANKS for rank in ranks),
        sentence_at_1=statistics.fmean(any(right[:1]) for right in rights),
        sentence_at_3=statistics.fmean(any(right[:3]) for right in rights),
        span_f1=statistics.fmean(span_f1(found, answers) for found, answers in spans) if spans else None,
        exact_match=statistics.fmean(exact_match(found, answers) for found, answers in spans) if spans else None,
        auroc_taken_out=statistics.fmean(auroc(*_sides(half)) for half in halves) if halves else None,
        auroc_written=auroc([_confidence(found) for _, found in answerable], written) if written else None,
        coverage_at_5=(at_5.answered if at_5 else 0.0) if halves else None,
        coverage_at_10=(at_10.answered if at_10 else 0.0) if halves else None,
        threshold_at_10=at_10.threshold if at_10 else None,
        threshold=threshold,
        right=statistics.fmean(right_at(half, threshold) for half in halves) if halves else None,
        wrong_of_answers=wrong_at(judged, threshold) if halves else None,
        calibration_error=calibration_error(reliability(judged)) if halves else None,
        seconds=alone,
        seconds_in_batches=in_batches,
        quotes=len(quotes),
        quotes_different=quotes.count(False),
        judged=judged,
    )


def _read(
    snapshot: Snapshot, questions: Sequence[SetQuestion], stage: str, on_progress: OnProgress
) -> Iterator[list[Reading]]:
    for begin in range(0, len(questions), _BATCH):
        on_progress(Progress(stage, begin, len(questions), "questions"))
        yield from snapshot.read([question.text for question in questions[begin : begin + _BATCH]])


def _seconds_alone(snapshot: Snapshot, questions: Sequence[SetQuestion]) -> float:
    seconds = []
    for question in questions[:: -(-len(questions) // _ALONE)]:
        began = time.monotonic()
        snapshot.read([question.text])
        seconds.append(time.monotonic() - began)
    return statistics.median(seconds)


def _passage_ranks(
    retriever: Retriever, embedder: Embedder, questions: Sequence[SetQuestion], judge: Judge
) -> list[int]:
    """Return at which place, from 0, a right passage was retrieved; _RANKS if at none."""
    vectors = embedder.embed_questions([question.text for question in questions])
    asked = [Question(question.text, vector) for question, vector in zip(questions, vectors, strict=True)]
    ranks = []
    for question, one in zip(questions, asked, strict=True):
        hits = retriever.retrieve(one, count=_RANKS)
        ranks.append(next((rank for rank, hit in enumerate(hits) if judge.answers(question, hit)), _RANKS))
    return ranks


def _halves(
    data: QuestionSet, place: SetIndex, make_reader: MakeReader, judge: Judge, seeds: int, on_progress: OnProgress
) -> Iterator[list[Judged]]:
    """Yield, for each seed, the answerable questions; seeds that leave none inside or none outside are left out."""
    questions = [question for question in data.questions if question.answers]
    for seed in range(seeds):
        kept = data.half_of_articles(seed)
        inside = judge.inside(questions, kept)
        if all(inside) or not any(inside):
            continue
        stage = f"Half of the articles taken out ({seed + 1} of {seeds}): asking"
        passages = [passage for passage in data.passages if passage[0] in kept]
        index = place.open(passages, documents=data.documents)
        snapshot = Snapshot(index, place.embedder, make_reader(index, place.embedder), threshold=0)
        readings = _read(snapshot, questions, stage, on_progress)
        yield [
            Judged(_confidence(found), there and any(judge.holds(question, one) for one in found[:1]), there)
            for question, there, found in zip(questions, inside, readings, strict=True)
        ]


def _sides(half: Sequence[Judged]) -> tuple[list[float], list[float]]:
    inside = [one.confidence for one in half if one.inside]
    return inside, [one.confidence for one in half if not one.inside]


def _spans(answerable: Sequence[tuple[SetQuestion, list[Reading]]]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the first span found for each question with its answers; nothing if the reader marks no spans."""
    spans = []
    for question, found in answerable:
        if question.spans:
            highlight = found[0].highlight if found else None
            spans.append((found[0].hit.document.text[slice(*highlight)] if highlight else "", question.answers))
    return spans if any(span for span, _ in spans) else []


def _confidence(readings: Sequence[Reading]) -> float:
    return readings[0].confidence if readings else 0.0

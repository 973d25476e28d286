"""The measures of a whole set, with a reader whose readings are written down beforehand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from retrieval.embedding.embedder import Embedder
from retrieval.evaluation.evaluate import Evaluation, evaluate
from retrieval.evaluation.measures import Judged
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.evaluation.set_index import set_index
from retrieval.index.protocols import Index
from retrieval.receipts import Progress
from retrieval.values import Hit, Question, Reading, Sentence
from tests.fakes import FakeEmbedder

# No name begins with a, b or c: to the embedder, the passages are all the same, and the words decide.
TEXTS = {
    "p0": "Dora was born in Paris. She was a painter.",
    "p1": "Emil was born in Rome. He was a miner.",
    "p2": "Fred was born in Oslo. She was a sailor.",
    "p3": "Greta was born in Nice. She was a tailor.",
}
ANSWERABLE = [
    SetQuestion("Where was Dora born?", ("Paris",), frozenset({"p0"})),
    SetQuestion("Where was Emil born?", ("Rome",), frozenset({"p1"})),
    SetQuestion("Where was Fred born?", ("Oslo",), frozenset({"p2"})),
    SetQuestion("Where was Greta born?", ("Nice",), frozenset({"p3"})),
]
WRITTEN = SetQuestion("Where was Fred married?", (), frozenset({"p2"}))
DATA = QuestionSet("births", tuple((id, "", text) for id, text in TEXTS.items()), (*ANSWERABLE, WRITTEN))


@dataclass
class ScriptedReader:
    """Reads the first sentence of the passage on who was asked about, the second next; as sure as is written down.

    `wrong` are read the other way round. Where the passage is not there, the first hit is read, as sure as `absent`.
    """

    sure: dict[str, float] = field(default_factory=dict)
    absent: float = 0.1
    wrong: frozenset[str] = frozenset()
    highlight: str = ""
    asked: list[str] = field(default_factory=list)

    def make(self, index: Index, embedder: Embedder) -> "ScriptedReader":
        return self

    def read(self, questions: Sequence[Question], hits: Sequence[Sequence[Hit]]) -> list[list[Reading]]:
        return [self._read(question.text, found) for question, found in zip(questions, hits, strict=True)]

    def knows_word(self, word: str) -> bool:
        return True

    def _read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        self.asked.append(question)
        name = question.split()[2]
        there = next((hit for hit in hits if hit.document.text.startswith(name)), None)
        hit = there or hits[0]
        confidence = self.sure.get(question, self.sure.get(name, 0.9)) if there else self.absent
        sentences = list(hit.passage.sentences)
        if name in self.wrong:
            sentences.reverse()
        return [
            Reading(hit, sentence, confidence - rank / 100, self._highlight(hit, sentence))
            for rank, sentence in enumerate(sentences)
        ]

    def _highlight(self, hit: Hit, sentence: Sentence) -> tuple[int, int] | None:
        text = hit.document.text[sentence.start : sentence.end]
        match = re.search(self.highlight, text) if self.highlight else None
        return (sentence.start + match.start(), sentence.start + match.end()) if match else None


def measured(reader: ScriptedReader, data: QuestionSet = DATA, *, threshold: float = 0.3, seeds: int = 3) -> Evaluation:
    with set_index(FakeEmbedder()) as place:
        return evaluate(data, place, reader.make, reader="scripted", threshold=threshold, seeds=seeds)


@pytest.fixture(autouse=True)
def _quick(quick_disk: None) -> None:
    pass


def test_a_reader_that_makes_no_mistake() -> None:
    result = measured(ScriptedReader(sure={WRITTEN.text: 0.2}, highlight=r"in (?!a)\w+"))
    seconds = {"seconds": result.seconds, "seconds_in_batches": result.seconds_in_batches}
    assert result.span_f1 == pytest.approx(2 / 3)
    assert result.calibration_error == pytest.approx(0.1)
    assert result == Evaluation(
        set="births",
        reader="scripted",
        documents=4,
        passages=4,
        questions=5,
        answerable=4,
        passage_at_1=1.0,
        passage_at_5=1.0,
        passage_at_20=1.0,
        sentence_at_1=1.0,
        sentence_at_3=1.0,
        span_f1=result.span_f1,
        exact_match=0.0,
        auroc_taken_out=1.0,
        auroc_written=1.0,
        coverage_at_5=1.0,
        coverage_at_10=1.0,
        threshold_at_10=0.9,
        threshold=0.3,
        right=1.0,
        wrong_of_answers=0.0,
        calibration_error=result.calibration_error,
        **seconds,
        quotes=10,
        quotes_different=0,
        judged=result.judged,
    )
    assert sorted(result.judged, key=lambda one: one.inside) == [
        *[Judged(0.1, right=False, inside=False)] * 6,
        *[Judged(0.9, right=True)] * 6,
    ]


def test_a_right_sentence_in_second_place_is_among_the_first_three() -> None:
    result = measured(ScriptedReader(wrong=frozenset({"Emil"})))
    assert (result.sentence_at_1, result.sentence_at_3) == (0.75, 1.0)


def test_a_sure_mistake_is_wrong_at_every_threshold() -> None:
    reader = ScriptedReader(wrong=frozenset({"Dora", "Emil", "Fred", "Greta"}))
    result = measured(reader)
    assert (result.coverage_at_5, result.coverage_at_10, result.threshold_at_10) == (0.0, 0.0, None)
    assert (result.right, result.wrong_of_answers) == (0.5, 1.0)
    assert result.calibration_error == pytest.approx((0.9 + 0.1) / 2)


def test_an_answer_to_an_outside_question_is_wrong() -> None:
    result = measured(ScriptedReader(absent=0.95))
    assert (result.auroc_taken_out, result.coverage_at_10) == (0.0, 0.0)
    assert (result.right, result.wrong_of_answers) == (0.5, 0.5)


def test_right_depends_on_the_threshold_that_is_set() -> None:
    reader = ScriptedReader()
    assert [measured(reader, threshold=threshold).right for threshold in (0.05, 0.3, 0.95)] == [0.5, 1.0, 0.5]


def test_questions_written_to_be_unanswerable_are_told_by_the_confidence() -> None:
    sure = {"Dora": 0.9, "Emil": 0.8, "Fred": 0.4, "Greta": 0.7, WRITTEN.text: 0.6}
    assert measured(ScriptedReader(sure=sure)).auroc_written == 0.75


def test_spans_are_measured_against_the_answers_and_a_missing_one_is_wrong() -> None:
    result = measured(ScriptedReader(highlight="Paris|Rome"))
    assert (result.span_f1, result.exact_match) == (0.5, 0.5)


def test_without_spans_there_is_nothing_to_compare() -> None:
    result = measured(ScriptedReader())
    assert (result.span_f1, result.exact_match) == (None, None)


def test_whole_sentences_are_not_compared_as_spans() -> None:
    whole = tuple(replace(question, spans=False) for question in ANSWERABLE)
    assert measured(ScriptedReader(highlight="born"), replace(DATA, questions=whole)).span_f1 is None


def test_without_unanswerable_questions_nothing_is_told_of_them() -> None:
    assert measured(ScriptedReader(), replace(DATA, questions=tuple(ANSWERABLE))).auroc_written is None


def test_one_article_cannot_be_halved() -> None:
    result = measured(ScriptedReader(), replace(DATA, passages=DATA.passages[:1], questions=tuple(ANSWERABLE[:1])))
    assert result.judged == ()
    assert (result.auroc_taken_out, result.coverage_at_5, result.right, result.calibration_error) == (None,) * 4


def test_a_question_is_read_once_an_index_and_once_alone_for_its_time() -> None:
    reader = ScriptedReader()
    measured(reader, seeds=2)
    assert [reader.asked.count(question.text) for question in (*ANSWERABLE, WRITTEN)] == [4, 4, 4, 4, 2]


def test_the_passage_that_answers_counts_at_its_rank() -> None:
    moved = {question.text: frozenset({"p3"}) for question in ANSWERABLE}  # ranks: the fourth, thrice, and the first
    questions = tuple(replace(question, passages=moved[question.text]) for question in ANSWERABLE)
    result = measured(ScriptedReader(), replace(DATA, questions=questions))
    assert (result.passage_at_1, result.passage_at_5, result.passage_at_20) == (0.25, 1.0, 1.0)


def test_a_sentence_has_to_hold_the_answer_to_count() -> None:
    result = measured(ScriptedReader(), replace(DATA, questions=(replace(ANSWERABLE[0], answers=("Madrid",)),)))
    assert (result.passage_at_1, result.sentence_at_1) == (1.0, 0.0)


def test_progress_is_told_stage_by_stage() -> None:
    stages: list[Progress] = []
    with set_index(FakeEmbedder()) as place:
        evaluate(DATA, place, ScriptedReader().make, reader="", threshold=0, seeds=2, on_progress=stages.append)
    assert [stage for stage in stages if stage.unit == "questions"] == [
        Progress("Asking", 0, 5, "questions"),
        Progress("Half of the articles taken out (1 of 2): asking", 0, 4, "questions"),
        Progress("Half of the articles taken out (2 of 2): asking", 0, 4, "questions"),
    ]

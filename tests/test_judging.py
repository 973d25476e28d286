"""What counts as right in a question set."""

from pathlib import Path

import pytest

from retrieval.evaluation.judging import Judge, distinct
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.values import Document, Hit, Passage, Reading, Sentence

TEXT = "Paris lies on the Seine. It is old."
SENTENCES = (Sentence(0, 24), Sentence(25, 35))
SEINE = SetQuestion("Where does Paris lie?", ("on the Seine",), frozenset({"p1"}))


def hit(document: Document, *sentences: Sentence) -> Hit:
    return Hit(Passage(0, 0, sentences or SENTENCES), document, cosine=1, words=1, score=1)


def reading(document: Document, sentence: Sentence = SENTENCES[0]) -> Reading:
    return Reading(hit(document), sentence, confidence=0.5)


def judge(*, documents: Path | None = None) -> Judge:
    return Judge(QuestionSet("set", (("p1", "", TEXT), ("p2", "", "Rome is old.")), (), documents))


def test_a_sentence_is_right_that_holds_the_answer() -> None:
    document = Document("p1.txt", "", TEXT)
    assert [judge().holds(SEINE, reading(document, sentence)) for sentence in SENTENCES] == [True, False]


def test_an_answer_of_several_sentences_is_right_where_it_begins() -> None:
    document = Document("p1.txt", "", TEXT)
    for answer in ("the Seine. It is", "the Seine. It is old."):
        question = SetQuestion("Where does Paris lie?", (answer,), frozenset({"p1"}))
        assert [judge().holds(question, reading(document, sentence)) for sentence in SENTENCES] == [True, False]


def test_a_sentence_of_another_passage_is_wrong_even_if_it_holds_the_answer() -> None:
    assert not judge().holds(SEINE, reading(Document("p3.txt", "", f"{TEXT} Or not.")))


def test_the_front_matter_makes_no_difference() -> None:
    front_matter = "---\ntitle: Paris\n---\n"
    document = Document("p1.txt", "Paris", front_matter + TEXT, body=len(front_matter))
    assert judge().holds(SEINE, reading(document, Sentence(len(front_matter), len(front_matter) + 24)))


def test_a_copy_of_the_right_passage_is_right_under_any_name() -> None:
    assert judge().holds(SEINE, reading(Document("copy.txt", "", TEXT)))


def test_a_part_of_a_whole_sentence_that_answers_is_right() -> None:
    question = SetQuestion("Where?", (TEXT,), frozenset({"p1"}), spans=False)
    document = Document("p1.txt", "", TEXT)
    assert all(judge().holds(question, reading(document, sentence)) for sentence in SENTENCES)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_any_part_of_the_right_passage_is_the_right_passage(sentence: Sentence) -> None:
    assert judge().answers(SEINE, hit(Document("p1.txt", "", TEXT), sentence))


def test_another_passage_is_not_the_right_passage() -> None:
    assert not judge().answers(SEINE, hit(Document("p2.txt", "", "Rome is old."), Sentence(0, 12)))


def test_of_a_document_only_the_passage_that_holds_the_answer_is_right(tmp_path: Path) -> None:
    document = Document("p1", "", TEXT)
    right = [judge(documents=tmp_path).answers(SEINE, hit(document, sentence)) for sentence in SENTENCES]
    assert right == [True, False]


def test_a_sentence_that_was_read_twice_counts_once() -> None:
    document = Document("p1.txt", "", TEXT)
    readings = [reading(document, SENTENCES[1]), reading(document), reading(document, SENTENCES[1])]
    assert distinct(readings) == readings[:2]

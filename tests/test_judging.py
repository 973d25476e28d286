"""What counts as right in a question set."""

from pathlib import Path

import pytest

from retrieval.evaluation.judging import Judge
from retrieval.evaluation.question_sets import QuestionSet, SetQuestion
from retrieval.reading.once import one_a_sentence
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


def test_a_copy_of_which_only_the_white_space_differs_is_right_too() -> None:
    copy = Document("copy.txt", "", TEXT.replace(" on ", "\n  on "))
    assert judge().holds(SEINE, reading(copy, Sentence(0, 26)))
    assert judge().answers(SEINE, hit(copy))


def test_an_answer_on_two_lines_is_right() -> None:
    text = "Paris lies on\nthe Seine. It is old."
    known = Judge(QuestionSet("set", (("p1", "", text),), ()))
    assert known.holds(SEINE, reading(Document("p1.txt", "", text)))


@pytest.mark.parametrize(
    ("answer", "is_right"), [("4", False), ("14", True), ("14 May 190", False), ("1904", True), ("open", True)]
)
def test_an_answer_stands_by_itself(answer: str, is_right: bool) -> None:
    text = "It was opened on 14 May 1904."
    question = SetQuestion("When?", (answer,), frozenset({"p1"}))
    known = Judge(QuestionSet("set", (("p1", "", text),), ()))
    assert known.holds(question, reading(Document("p1.txt", "", text), Sentence(0, len(text)))) is is_right


def test_what_was_judged_counts_against_the_set_and_makes_its_question_one_inside() -> None:
    passages = (("p1", "", TEXT), ("p2", "", f"Not so. {TEXT}"))
    nothing = SetQuestion("Is Paris old?", (), frozenset({"p1"}))
    known = Judge(
        QuestionSet("set", passages, ()),
        judgements={SEINE.text: {("p2", 9): True, ("p1", 0): False}, nothing.text: {("p2", 33): True}},
    )
    document = Document("p2.txt", "", "---\n---\n" + passages[1][2], body=8)
    read = [reading(document, sentence) for sentence in (Sentence(8, 15), Sentence(16, 40), Sentence(41, 51))]
    assert [known.holds(SEINE, one) for one in read] == [False, True, False]
    assert not known.holds(SEINE, reading(Document("p1.txt", "", TEXT)))
    assert [known.holds(nothing, one) for one in read] == [False, False, True]
    assert known.inside([SEINE, SetQuestion("Else?", ("on the Seine",), frozenset({"p1"}))], ["p2"]) == [True, False]
    assert [known.is_unanswerable(one) for one in (SEINE, nothing, SetQuestion("Else?", (), frozenset()))] == [
        False,
        False,
        True,
    ]


def test_a_question_is_inside_where_a_copy_of_its_passage_is() -> None:
    passages = (("p1", "", TEXT), ("p2", "", "Rome is old."), ("p3", "", TEXT.replace(" ", "  ")))
    known = Judge(QuestionSet("set", passages, ()))
    assert [known.inside([SEINE], kept) for kept in (["p1"], ["p2"], ["p2", "p3"])] == [[True], [False], [True]]


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
    assert one_a_sentence(readings) == readings[:2]

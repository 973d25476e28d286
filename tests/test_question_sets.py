"""Question sets as people write them, and what is wrong with those that cannot be used."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retrieval.evaluation.question_sets import QuestionSet, QuestionSetError, SetQuestion, load_passages, load_set

Write = Callable[..., Path]
PASSAGES = [{"id": "p1", "title": "Paris", "text": "Paris lies on the Seine."}, {"id": "p2", "text": "Bali is warm."}]
SEINE = {"question": "Where does Paris lie?", "answers": ["on the Seine"], "passage_id": "p1"}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a set's files, rows as JSON or text as it is, and return its folder."""

    def write(**files: "list[Any] | str") -> Path:
        for name, content in files.items():
            text = content if isinstance(content, str) else "".join(f"{json.dumps(row)}\n" for row in content)
            (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
        return tmp_path

    return write


def refusal(folder: Path) -> str:
    with pytest.raises(QuestionSetError) as error:
        load_set(folder)
    return str(error.value).replace(f"{folder}/", "").replace(str(folder), "FOLDER")


# Sets of passages


def test_a_set_holds_its_passages_and_its_questions(write: Write) -> None:
    folder = write(passages=PASSAGES, questions=[SEINE])
    assert load_set(folder) == QuestionSet(
        name=folder.name,
        passages=(("p1", "Paris", "Paris lies on the Seine."), ("p2", "", "Bali is warm.")),
        questions=(SetQuestion("Where does Paris lie?", ("on the Seine",), frozenset({"p1"})),),
    )


def test_a_question_may_be_answered_by_several_passages(write: Write) -> None:
    folder = write(passages=PASSAGES, questions=[{"question": "Where?", "answers": ["a"], "passage_ids": ["p1", "p2"]}])
    assert load_set(folder).questions[0].passages == {"p1", "p2"}


def test_a_question_without_answers_needs_no_passage(write: Write) -> None:
    folder = write(passages=PASSAGES, questions=[SEINE, {"question": " Who? ", "answers": []}])
    assert load_set(folder).questions[1] == SetQuestion("Who?", (), frozenset())


def test_blank_lines_are_none(write: Write) -> None:
    rows = f"\ufeff{json.dumps(SEINE)}\n\n  \n" + json.dumps({"question": "Who?", "answers": [], "passage_id": "p1"})
    folder = write(passages=PASSAGES, questions=rows)
    assert [question.answers for question in load_set(folder).questions] == [("on the Seine",), ()]


def test_answers_that_are_whole_sentences_of_their_passage_are_no_spans(write: Write) -> None:
    sentences = ["Paris lies on the Seine. ", "It is old."]
    passages = [{"id": "p1", "text": "".join(sentences), "sentences": sentences}]
    questions = [SEINE, {**SEINE, "answers": ["It is old."]}, {**SEINE, "answers": sentences}]
    folder = write(passages=passages, questions=questions)
    assert [question.spans for question in load_set(folder).questions] == [True, False, False]


@pytest.mark.parametrize("id", [7, 0])
def test_ids_may_be_numbers(write: Write, id: int) -> None:
    folder = write(passages=[{"id": id, "text": "Paris lies on the Seine."}], questions=[{**SEINE, "passage_id": id}])
    assert load_set(folder).questions[0].passages == {str(id)}
    assert load_passages(folder) == [(str(id), "", "Paris lies on the Seine.")]


def test_a_sample_of_the_questions_keeps_all_passages(write: Write) -> None:
    passages = [{"id": f"p{number}", "text": "on the Seine"} for number in range(20)]
    questions = [{**SEINE, "passage_id": f"p{number}"} for number in range(20)]
    data = load_set(write(passages=passages, questions=questions), questions=3)
    assert (len(data.questions), len(data.passages)) == (3, 20)
    assert {id for question in data.questions for id in question.passages} < {id for id, _, _ in data.passages}


# Sets of documents


def test_documents_are_those_of_the_folder_documents(write: Write) -> None:
    folder = write(questions=[{**SEINE, "documents": ["cities/paris.md"]}])
    (folder / "documents" / "cities").mkdir(parents=True)
    (folder / "documents" / "cities" / "paris.md").write_text(
        "---\ntitle: City\n---\nParis lies on the Seine.", "utf-8"
    )
    (folder / "README.md").write_text("Not one of them.", "utf-8")
    data = load_set(folder)
    assert data.passages == (("cities/paris.md", "", "Paris lies on the Seine."),)
    assert data.documents == folder / "documents"
    assert data.questions[0].passages == {"cities/paris.md"}


def test_documents_may_stand_beside_the_questions(write: Write) -> None:
    folder = write(questions=[{**SEINE, "document": "paris.txt"}])
    (folder / "paris.txt").write_text("Paris lies on the Seine.", "utf-8")
    data = load_set(folder)
    assert (data.documents, data.passages) == (folder, (("paris.txt", "", "Paris lies on the Seine."),))


def test_sentences_in_place_of_answers_are_no_spans(write: Write) -> None:
    row = {"question": "Where?", "sentences": ["Paris lies on the Seine."], "documents": ["paris.txt"]}
    folder = write(questions=[row])
    (folder / "paris.txt").write_text("Paris lies on the Seine.", "utf-8")
    expected = SetQuestion("Where?", ("Paris lies on the Seine.",), frozenset({"paris.txt"}), spans=False)
    assert load_set(folder).questions == (expected,)


def test_documents_that_are_too_large_are_left_out(write: Write) -> None:
    folder = write(questions=[{**SEINE, "document": "small.txt"}])
    (folder / "small.txt").write_text("Small, on the Seine.", "utf-8")
    (folder / "large.txt").write_text("Large. " * 100, "utf-8")
    assert [id for id, _, _ in load_set(folder, max_bytes=100).passages] == ["small.txt"]


# What cannot be used


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere") == "There is no folder FOLDER."


def test_a_folder_without_questions(write: Write) -> None:
    told = "There is no questions.jsonl in FOLDER. Write one question with its answers a line."
    assert refusal(write(passages=PASSAGES)) == told


def test_a_folder_with_nothing_to_answer_from(write: Write) -> None:
    assert refusal(write(questions=[SEINE])) == (
        "There are neither passages nor documents in FOLDER. Put passages.jsonl there, or documents."
    )


def test_a_file_of_questions_with_none(write: Write) -> None:
    assert refusal(write(passages=PASSAGES, questions="\n")) == "There are no questions in questions.jsonl."


def test_questions_that_nothing_answers(write: Write) -> None:
    assert refusal(write(passages=PASSAGES, questions=[{**SEINE, "answers": []}])) == (
        "None of the questions in questions.jsonl has an answer: there is nothing to measure."
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("{", "it is not JSON", id="json"),
        pytest.param("[" * 100_000, "it is not JSON", id="deep-json"),
        pytest.param("[1]", "it is no JSON object", id="object"),
        pytest.param('{"answers": []}', 'it has no "question"', id="question"),
        pytest.param('{"question": " ", "answers": []}', "The question is empty", id="empty-question"),
        pytest.param(
            json.dumps({"question": "a" * 2_001, "answers": []}),
            "The question has 2,001 characters; at most 2,000 are read",
            id="long-question",
        ),
        pytest.param(
            '{"question": "Who?"}', '"answers" has to be a list of texts; an empty one: not answerable', id="answers"
        ),
        pytest.param(
            '{"question": "Who?", "answers": "he"}',
            '"answers" has to be a list of texts; an empty one: not answerable',
            id="answers-as-text",
        ),
        pytest.param(
            '{"question": "Who?", "answers": ["he"]}', '"passage_id" has to say where the answers stand', id="where"
        ),
        pytest.param(
            '{"question": "Who?", "answers": ["he"], "passage_id": "p9"}',
            "there is no passage “p9” in passages.jsonl",
            id="unknown-passage",
        ),
    ],
)
def test_a_bad_question_is_named_by_its_line(line: str, reason: str, write: Write) -> None:
    folder = write(passages=PASSAGES, questions=f"{json.dumps(SEINE)}\n{line}\n")
    assert refusal(folder) == f"questions.jsonl, line 2: {reason}. Mend the line, or take it out."


def test_a_line_that_is_not_utf_8_is_named(write: Write) -> None:
    folder = write(passages=PASSAGES)
    (folder / "questions.jsonl").write_bytes(b'{"question": "\xff"}\n')
    assert refusal(folder).startswith("questions.jsonl, line 1: it is not UTF-8 text.")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        pytest.param([{"text": "Paris"}], 'passages.jsonl, line 1: it needs an "id" and a "text"', id="id"),
        pytest.param([{"id": "p1"}], 'passages.jsonl, line 1: it needs an "id" and a "text"', id="text"),
        pytest.param([*PASSAGES, PASSAGES[0]], "passages.jsonl, line 3: the id “p1” was there before", id="twice"),
    ],
)
def test_a_bad_passage_is_named_by_its_line(rows: list[Any], reason: str, write: Write) -> None:
    assert refusal(write(passages=rows, questions=[SEINE])) == f"{reason}. Mend the line, or take it out."


def test_an_unknown_document_is_named(write: Write) -> None:
    folder = write(questions=[{**SEINE, "document": "rome.txt"}])
    (folder / "paris.txt").write_text("Paris lies on the Seine.", "utf-8")
    assert re.search("line 1: there is no document “rome.txt” in FOLDER", refusal(folder))


def test_why_a_document_cannot_be_used_is_told(write: Write) -> None:
    folder = write(questions=[{**SEINE, "document": "paris.pdf"}])
    (folder / "paris.pdf").write_text("no PDF", "utf-8")
    (folder / "rome.txt").write_text("Rome lies on the Tiber.", "utf-8")
    assert re.search("line 1: paris.pdf cannot be used, as it is .*PDF", refusal(folder))


@pytest.mark.parametrize("answer", ["On The Seine", "on the Tiber"])
def test_an_answer_that_stands_nowhere_in_its_document_is_named(write: Write, answer: str) -> None:
    folder = write(questions=[SEINE | {"document": "paris.txt", "answers": [answer]}])
    (folder / "paris.txt").write_text("Paris lies on the Seine.", "utf-8")
    assert re.search("line 1: none of its answers stands, word for word, in paris.txt", refusal(folder))


def test_an_answer_may_stand_on_two_lines(write: Write) -> None:
    folder = write(questions=[{**SEINE, "document": "paris.txt"}])
    (folder / "paris.txt").write_text("Paris lies on\nthe Seine.", "utf-8")
    assert load_set(folder).questions[0].answers == ("on the Seine",)


# Halves


def test_the_passages_of_one_article_stay_together() -> None:
    passages = tuple((f"p{number}", f"Title {number // 2}", "") for number in range(24))
    kept = QuestionSet("set", passages, ()).half_of_articles(seed=1)
    assert len(kept) == 12
    assert all((f"p{number}" in kept) == (f"p{number + 1}" in kept) for number in range(0, 24, 2))


def test_the_sections_of_one_article_stay_together() -> None:
    passages = tuple((f"p{number}", f"Peru {number // 2} - Section {number}", "") for number in range(24))
    kept = QuestionSet("set", passages, ()).half_of_articles(seed=1)
    assert all((f"p{number}" in kept) == (f"p{number + 1}" in kept) for number in range(0, 24, 2))


def test_few_titles_tell_no_articles() -> None:
    passages = tuple((f"p{number}", "Reviews", "") for number in range(24))
    assert len(QuestionSet("set", passages, ()).half_of_articles(seed=1)) == 12


def test_another_seed_is_another_half() -> None:
    data = QuestionSet("set", tuple((f"p{number}", "", "") for number in range(24)), ())
    assert data.half_of_articles(1) == data.half_of_articles(1) != data.half_of_articles(2)

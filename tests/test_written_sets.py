"""The questions that were written for training: each answer where it is said to be, none of the tests among them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retrieval.evaluation.question_sets import load_set

ROOT = Path(__file__).parent.parent
SETS = sorted(path for path in (ROOT / "training/sets").iterdir() if path.is_dir())
HELD_BACK = [f"{name}_held_back" for name in ("written", "written_pairs", "statements", "articles", "pages")]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def plain(text: str) -> str:
    return " ".join(text.casefold().rstrip("?").split())


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_every_answer_stands_where_its_set_says(folder: Path) -> None:
    texts = {row["id"]: row["text"] for row in rows(folder / "passages.jsonl")}
    wrong = [
        row["id"]
        for row in rows(folder / "questions.jsonl")
        for answer, start in zip(row["answers"], row["answer_start"], strict=True)
        if not answer or texts[row["passage_id"]][start : start + len(answer)] != answer
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", SETS, ids=lambda folder: folder.name)
def test_a_set_has_questions_with_and_without_an_answer_and_each_once(folder: Path) -> None:
    questions = list(rows(folder / "questions.jsonl"))
    assert len(load_set(folder).questions) == len(questions)
    assert len({row["id"] for row in questions}) == len(questions)
    asked = {(row["passage_id"], plain(row["question"]), str(row.get("before"))) for row in questions}
    assert len(asked) == len(questions)
    assert 0.3 < sum(not row["answers"] for row in questions) / len(questions) <= 0.5


def test_what_is_held_back_is_not_trained_on() -> None:
    titles = {folder.name: {row["title"] for row in rows(folder / "passages.jsonl")} for folder in SETS}
    held_back = [titles.pop(name) for name in HELD_BACK]
    assert all(held_back)
    assert not set().union(*held_back) & set().union(*titles.values())


def test_no_passage_is_of_the_documents_that_the_tests_and_the_benchmarks_ask_of() -> None:
    documents = [
        path.read_text("utf-8")
        for folder in (
            "knowledge",
            "tests/documents",
            "benchmarks/conversations/documents",
            "benchmarks/lookups/documents",
        )
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".md", ".txt"}
    ]
    passages = [row["text"] for folder in SETS for row in rows(folder / "passages.jsonl")]
    assert len(documents) > 60 and len(passages) > 500
    sentences = {one for text in passages for one in re.split(r"(?<=[.!?]) ", text) if len(one) > 40}
    shared = [one for one in sentences if any(one in document for document in documents)]
    assert shared == []
    assert [text for text in passages if "Bali Process" in text or "Proses Bali" in text] == []


def test_no_question_is_one_of_the_tests_or_the_news() -> None:
    names = "tests/questions", "tests/questions_fresh", "tests/questions_id", "benchmarks/news"
    asked = {plain(row["question"]) for name in names for row in rows(ROOT / f"{name}.jsonl")}
    written = {plain(row["question"]) for folder in SETS for row in rows(folder / "questions.jsonl")}
    assert len(asked) > 200
    assert sorted(asked & written) == []

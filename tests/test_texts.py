"""What is said of a document in a citation is what is known of it."""

import pytest

from bot.texts import NOT_FOUND, OFF_SUBJECT, ON_SUBJECT, UNREADABLE, not_found_text, source_line
from retrieval.values import Answer, Document


@pytest.mark.parametrize(
    ("document", "page", "line"),
    [
        pytest.param(Document("a.txt", "T", ""), None, "a.txt", id="nothing"),
        pytest.param(
            Document("x/a.pdf", "T", "", date="2022-11", source="Antara", author="Ana Lim", pages=(0,)),
            3,
            "Ana Lim · Antara · 2022-11 · page 3 · x/a.pdf",
            id="everything",
        ),
        pytest.param(
            Document("a.eml", "T", "", source="Ana", author="Ana"), None, "Ana · a.eml", id="author-is-source"
        ),
    ],
)
def test_a_source_line_says_what_is_known(document: Document, page: int | None, line: str) -> None:
    assert source_line(document, page) == line


def test_other_files_that_say_the_same_are_named() -> None:
    assert source_line(Document("a.txt", "T", ""), copies=("b.txt", "c/d.md")) == "a.txt · also in b.txt, c/d.md"


@pytest.mark.parametrize(("place", "page"), [(0, 1), (9, 1), (10, 3), (25, 3), (30, 4), (99, 4)])
def test_a_place_stands_on_the_last_page_that_has_begun(place: int, page: int) -> None:
    assert Document("a.pdf", "T", "", pages=(0, 10, 10, 30)).page(place) == page


def test_a_document_without_pages_has_none() -> None:
    assert Document("a.txt", "T", "").page(5) is None


@pytest.mark.parametrize(
    ("answer", "second"),
    [
        pytest.param(Answer("?", (), (), 0.0, 0.0), ON_SUBJECT, id="on-subject"),
        pytest.param(Answer("?", (), (), 0.0, 0.0, on_subject=False), OFF_SUBJECT, id="off-subject"),
        pytest.param(Answer("?", (), (), 0.0, 0.0, on_subject=False, readable=False), UNREADABLE, id="unreadable"),
    ],
)
def test_a_not_found_says_on_its_second_line_what_is_missing(answer: Answer, second: str) -> None:
    assert not_found_text(answer) == f"{NOT_FOUND}\n{second}"

"""What is said of a document in a citation is what is known of it."""

import pytest

from bot.texts import source_line
from retrieval.values import Document


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

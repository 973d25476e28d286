"""What stands beside a file is known of its document, and comes before what the file says."""

import pytest

from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from retrieval.values import Document

TEXT = b"---\ntitle: The old title\nsource: The ministry\n---\nThe board met on Tuesday.\n"


def document(side: str) -> Document:
    parsed = parse_document("a.txt", TEXT, side.encode())
    assert parsed is not None
    return parsed.document


def test_what_it_says_comes_before_what_the_file_says() -> None:
    found = document(
        'title = "The new title"\ndate = 2022-11-05\nurl = "https://example.org/a"\nauthor = "Ana Lim"\nlang = "id"\n'
    )
    assert (found.title, found.source) == ("The new title", "The ministry")
    assert (found.date, found.url) == ("2022-11-05", "https://example.org/a")
    assert (found.author, found.language) == ("Ana Lim", "id")


@pytest.mark.parametrize(
    ("written", "date"), [("2022-11-05T08:00:00Z", "2022-11-05"), ('"2022-11"', "2022-11"), ("2022", "2022")]
)
def test_a_date_may_be_written_as_a_date_a_text_or_a_year(written: str, date: str) -> None:
    assert document(f"date = {written}\n").date == date


def test_it_may_name_questions() -> None:
    assert document('questions = ["When did the board meet?", "Who met?"]').questions == (
        "When did the board meet?",
        "Who met?",
    )


@pytest.mark.parametrize("questions", ['"Who met?"', "[1]", '[["Who met?"]]'])
def test_questions_have_to_be_a_list_of_texts(questions: str) -> None:
    with pytest.raises(DocumentError) as caught:
        document(f"questions = {questions}")
    assert str(caught.value) == "in its .meta.toml file, “questions” has to be a list of texts"


def test_an_empty_one_changes_nothing() -> None:
    assert document("") == document("# nothing\n")
    assert document("").title == "The old title"


@pytest.mark.parametrize(
    ("side", "reason"),
    [
        pytest.param("title = The title", "its .meta.toml file cannot be read: Invalid value", id="no-quotes"),
        pytest.param(f"date = 1{'0' * 5_000}", "its .meta.toml file cannot be read: Exceeds", id="endless-number"),
        pytest.param('titel = "x"', "its .meta.toml file says “titel”; what it may say is title, date,", id="unknown"),
        pytest.param('title = ["x"]', "in its .meta.toml file, “title” has to be a text", id="list"),
    ],
)
def test_a_mistake_in_it_is_named(side: str, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        document(side)
    assert str(caught.value).startswith(reason)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        parse_document("a.txt", TEXT, b"\xff\xfe\x00")

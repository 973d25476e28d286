"""What repeats itself endlessly, by accident or to do harm, takes no longer than its length explains.

The inputs are so long that a step whose time grows with their square does not end within the tests' time.
"""

from collections.abc import Callable

import pytest

from retrieval.answers.pasting import pasted_only
from retrieval.documents.formats import eml, html, rtf
from retrieval.documents.parsing import parse_document
from retrieval.questions.courtesy import without_courtesy
from retrieval.questions.periods import asked_periods
from retrieval.questions.report_names import report_names
from retrieval.questions.several import questions_in
from retrieval.text.days import day_of, in_words, without_days
from retrieval.text.headings import stands_as_heading
from retrieval.text.labels import LABELLED
from retrieval.text.quotations import quoted_by
from retrieval.text.table_rows import names_columns
from retrieval.values import Document, Sentence

pytestmark = pytest.mark.timeout(60)
LONG = 300_000


def mail(sender: bytes) -> bytes:
    return b"From: " + sender + b"\nSubject: Rain\n\nIt rained.\n"


@pytest.mark.parametrize(
    ("read", "data"),
    [
        pytest.param(rtf.extract, rb"{\rtf1\ansi It rained." + rb"\super " * LONG + rb"}", id="raised-in-rich-text"),
        pytest.param(html.extract, b"<p>It rained.</p>" + b"<sup>1<" * LONG, id="raised-in-pages"),
        pytest.param(
            html.extract, b"<article><p>It rained.</p><p>" + b"<br>a b c." * (LONG // 10) + b"</p>", id="breaks"
        ),
        pytest.param(eml.extract, mail(b'"' * LONG), id="quotation-marks-in-a-header"),
        pytest.param(eml.extract, mail(b"=?utf-8?q?a?= " * LONG), id="encoded-words-in-a-header"),
    ],
)
def test_files_are_read(read: Callable[[bytes], object], data: bytes) -> None:
    assert "rain" in str(read(data))


@pytest.mark.parametrize("id", ["a.md", "a.txt", "a.eml"])
@pytest.mark.parametrize(
    "repeated", [" ", "\t", "> ", "* ", "**", "(", "1. ", "| ", "A. ", "No. ", "“", "a:\n", "A:\n\n", "\n"]
)
def test_signs_of_all_kinds_are_read(id: str, repeated: str) -> None:
    text = f"From: Ana\nSubject: Rain {repeated * (100_000 // len(repeated))}x\n\nIt rained.\n"
    parsed = parse_document(id, text.encode())
    assert parsed is not None


def test_cells_over_many_columns_and_rows_are_read() -> None:
    cell = "<tr><td rowspan=100 colspan=100>It rained.</td></tr>"
    said = html.extract_mail(f"<table>{cell * 2_000}</table>").text.count("It rained.")
    assert said == 2_000 + 99  # the first in all of its rows; with the second there are too many cells
    page = f"<p>It is wet.</p><table>{'<tr><td rowspan=100>It rained.</td></tr>' * 500}</table>"
    assert html.extract(page.encode()).text.count("It rained.") == 500 + 10_000


@pytest.mark.parametrize("repeated", ["bu, ", ", kak", " ya", "“", "'", "#", "Who? ", "2. "])
def test_questions_are_read(repeated: str) -> None:
    question = f"Who said that {repeated * (LONG // len(repeated))}x?"
    assert without_courtesy(question).startswith("Who said that")
    assert report_names(question) == []
    assert pasted_only(f"“{question}", []) == []


@pytest.mark.parametrize(
    "repeated", [" ", "q1 ", "2024 ", "in 2024 ", "march ", "no 7 tahun ", "first quarter ", "in the "]
)
def test_periods_are_looked_for(repeated: str) -> None:
    text = repeated * (LONG // 10 // len(repeated))
    assert asked_periods(f"{text} since 2020") == []


@pytest.mark.parametrize("repeated", [" ", "4 ", "4 to ", "4 march ", "march ", "sat, ", "2026-", "1.2.", "on the "])
def test_days_are_looked_for(repeated: str) -> None:
    text = repeated * (LONG // 10 // len(repeated))
    assert day_of(f"{text}x") is None
    assert len(without_days(in_words(text, day_first=True))) == len(text)


def test_the_parts_of_a_message_are_looked_at_once() -> None:
    message = "Who? " * 20_000
    assert questions_in(message) == [message]


def test_blanks_behind_a_row_are_passed_over() -> None:
    row = f"| Tent | 12 |{' ' * LONG}x"
    assert not names_columns(Document("a.md", "Tents", row, markdown=True), Sentence(0, row.index("  ")))


@pytest.mark.parametrize("repeated", [" ", "a", "a ", "(", "a (b) ", "*", "a, ", "a – ", "\t"])
def test_lines_with_labels_are_told(repeated: str) -> None:
    line = f"Room {repeated * (LONG // len(repeated))}\n"
    assert LABELLED.fullmatch(line) is None
    assert not stands_as_heading(Document("a.md", "Rooms", line), Sentence(0, len(line) - 1))


@pytest.mark.parametrize("verse", ["“Water is life.\n\n", "“a\n\n"])
def test_quotations_that_open_again_and_again_are_nobodys(verse: str) -> None:
    document = Document("a.txt", "Verses", verse * (LONG // len(verse)))
    begin = document.text.index("“", LONG // 2) + 1
    assert quoted_by(document, Sentence(begin, document.text.index("\n", begin))) == ""

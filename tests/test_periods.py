"""The months, quarters and years that a question asks for."""

import pytest

from retrieval.questions.periods import Period, asked_periods, is_of_another_period, without_periods
from retrieval.values import Document

SECOND = Period("2026", 4, 6)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        pytest.param("inflasi agustus 2026", [Period("2026", 8, 8)], id="month-and-year"),
        pytest.param("inflasi agustus 2026 di telaga", [Period("2026", 8, 8)], id="in-the-middle"),
        pytest.param("What was inflation in August?", [Period("", 8, 8)], id="month"),
        pytest.param("How much did it grow in the second quarter of 2026?", [SECOND], id="quarter"),
        pytest.param("gdp growth Q2 2026", [SECOND], id="letter"),
        pytest.param("gdp growth 2q26", [SECOND], id="short-year"),
        pytest.param("pertumbuhan triwulan II-2026", [SECOND], id="roman"),
        pytest.param("laba kuartal kedua", [Period("", 4, 6)], id="indonesian-word"),
        pytest.param("laba kuartal ke-2 tahun 2026", [SECOND], id="indonesian-number"),
        pytest.param("third-quarter profit", [Period("", 7, 9)], id="hyphen"),
        pytest.param("budget in 2025", [Period("2025")], id="year"),
        pytest.param("debt at the end of August 2026", [Period("2026", 8, 8)], id="end"),
        pytest.param("debt by the end of August 2026", [], id="by-the-end"),
        pytest.param("sales in the same month of 2025", [], id="same"),
        pytest.param("How much since August 2026?", [], id="since"),
        pytest.param("growth from q1 to q2", [], id="from-to"),
        pytest.param("rate in August 2026 compared with July", [], id="compared"),
        pytest.param("deaths in the August 2026 earthquake", [], id="event"),
        pytest.param("denda menurut perda nomor 7 tahun 2023", [], id="regulation"),
        pytest.param("Who may come?", [], id="may"),
        pytest.param("a quarter of the people", [], id="a-quarter"),
    ],
)
def test_a_question_asks_for_periods(question: str, asked: list[Period]) -> None:
    assert asked_periods(question) == asked


@pytest.mark.parametrize(
    ("question", "title", "sentence", "other"),
    [
        ("waiting time in February 2026?", "Bulletin, March 2026", "It was 3 hours.", True),
        ("waiting time in February 2026?", "Bulletin, March 2026", "In February it was 3 hours.", False),
        ("waiting time in February?", "Bulletin, 3 March 2026", "It was 3 hours.", False),
        ("berapa anggaran tahun 2023?", "Anggaran 2024", "It was 3.", True),
        ("budget 2023?", "Budget 2023", "It was 3.", False),
        ("how big in 2023?", "Budget", "In 2024 it was 3.", True),
        ("how big was it?", "Budget 2024", "It was 3.", False),
        ("how many died in December?", "Report", "19 died, and the toll may rise.", False),
        ("how many died in December 2025?", "Report, January 2026", "In December, 19 died.", False),
        ("how much since 2023?", "Budget 2024", "It was 3.", False),
        ("how many died in the 2023 flood?", "Report 2024", "They died.", False),
    ],
)
def test_what_names_another_month_or_year_than_a_question_is_not_asked_for(
    question: str, title: str, sentence: str, other: bool
) -> None:
    assert is_of_another_period(question, Document("a.md", title, sentence), sentence) == other


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("In 2024, what is the budget?", "what is the budget?"),
        ("How big was it in the year 2024?", "How big was it?"),
        ("Berapa kapal pada bulan Maret 2026?", "Berapa kapal?"),
        ("How many ships in March?", "How many ships?"),
        ("What is the budget for 2024/25?", "What is the budget for 2024/25?"),
        ("How many ships?", "How many ships?"),
    ],
)
def test_a_question_is_asked_without_its_period(question: str, rest: str) -> None:
    assert without_periods(question) == rest

"""Months and years that a question tells by the clock are named, where nothing is found for it as it is typed."""

from datetime import date

import pytest

from retrieval.questions.clock import by_the_clock
from tests.fakes import BuildSnapshot


@pytest.mark.parametrize(
    ("question", "today", "meant"),
    [
        ("How many came last year?", date(2026, 11, 28), "How many came in 2025?"),
        ("How many came in the last year?", date(2026, 11, 28), ""),
        ("Who came in last month?", date(2026, 1, 5), "Who came in December 2025?"),
        ("Who came this month?", date(2026, 11, 28), "Who came in November 2026?"),
        ("Berapa yang datang bulan lalu?", date(2026, 11, 28), "Berapa yang datang pada Oktober 2026?"),
        ("Berapa anggaran tahun ini?", date(2026, 11, 28), "Berapa anggaran pada tahun 2026?"),
        ("How many came since last year?", date(2026, 11, 28), ""),
        ("Who came in the last year of the war?", date(2026, 11, 28), ""),
        ("What was last year's budget?", date(2026, 11, 28), ""),
        ("Who came last?", date(2026, 11, 28), ""),
        ("Apa yang terjadi 3 tahun lalu?", date(2026, 11, 28), ""),
        ("Apa yang terjadi dua bulan lalu?", date(2026, 11, 28), ""),
        ("How many more than last year?", date(2026, 11, 28), ""),
    ],
)
def test_a_month_or_year_of_the_clock_is_named(question: str, today: date, meant: str) -> None:
    assert by_the_clock(question, today) == meant


def test_what_is_asked_of_last_month_is_found_under_its_name(snapshot_of: BuildSnapshot) -> None:
    last = by_the_clock("last month", date.today()).removeprefix("in ")
    report = f"# Monthly report, {last}\n\nIn {last}, the ships that the port served were 212.\n"
    snapshot = snapshot_of({"report.md": report, "fleet.md": "# The fleet\n\nThe fleet has 12 boats.\n"})
    plain, happened = snapshot.answer(["How many boats has the fleet?", "What happened last month?"])
    assert (plain.found, plain.understood) == (True, "")
    assert happened.understood == f"What happened in {last}?"
    assert [one.document.id for one in happened.citations] == ["report.md"]

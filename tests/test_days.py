"""Days are found in texts, told and compared, however they are written."""

import pytest

from retrieval.documents.written_days import day_within, written_day
from retrieval.questions.asked_day import AskedDay, asked_day
from retrieval.questions.report_names import report_names
from retrieval.text.days import Day, day_of, day_of_figures, days_in, has_day_first, in_words, without_days

SATURDAY = 5


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 March", Day(4, 4, "03")),
        ("4 March 2026", Day(4, 4, "03", "2026")),
        ("4th of March, 2026", Day(4, 4, "03", "2026")),
        ("4 Mar. 2026", Day(4, 4, "03", "2026")),
        ("March 4th", Day(4, 4, "03")),
        ("Sept. 4, 2026", Day(4, 4, "09", "2026")),
        ("2026-03-04", Day(4, 4, "03", "2026")),
        ("March 4,2026", Day(4, 4, "03", "2026")),
        ("March 4-5, 2026", Day(4, 5, "03", "2026")),
        ("March 4 to 6", Day(4, 6, "03")),
        ("Sunday the 4th of July", Day(4, 4, "07", weekday=6)),
        ("28 Nopember 2026", Day(28, 28, "11", "2026")),
        ("1 Agst", Day(1, 1, "08")),
        ("9–12 March", Day(9, 12, "03")),
        ("9 s.d. 12 maret 2026", Day(9, 12, "03", "2026")),
        ("Sat. 4 July", Day(4, 4, "07", weekday=SATURDAY)),
        ("Sabtu, 4 Juli 2026", Day(4, 4, "07", "2026", SATURDAY)),
        ("sab", Day(0, 0, weekday=SATURDAY)),
        ("March", None),
        ("March 2026", None),
        ("March 4:30", None),
        ("2026-13-04", None),
        ("on 4 March", None),
        ("4 March, 12 people", None),
        ("45 March", None),
        ("0 March", None),
    ],
)
def test_a_text_is_a_day(text: str, day: Day | None) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On Sunday 4 March and on March 5, 2026.", ["Sunday 4 March", "March 5, 2026"]),
        ("from 2026-03-04 to 6 March", ["2026-03-04", "6 March"]),
        ("4 March. 2000 people came in March. 12 died in May. 6 left.", ["4 March"]),
        ("In COVID-19 March was quiet, as on 1.4 March and in 3/4 March.", []),
        ("_4 March 2026_ -5 March", ["4 March 2026", "5 March"]),
        ("Report no. 3 – 4 March 2026, #5 – 6 March", ["4 March 2026", "6 March"]),
        ("Fair: 9 – 12 March, 1–2 April", ["9 – 12 March", "1–2 April"]),
        ("Sunday in March at March 4:30", []),
        ("As of 4 March, 1450 people are out; 4 March\n1950", ["4 March", "4 March"]),
        ("Injured: 4\n\nMarch 5\nDead: 12\nMarch 6, 14\tMarch 7", ["March 5", "March 6", "March 7"]),
        ("It rained on 4\nMarch 2026.", ["4\nMarch 2026"]),
        ("28 Feb-2 March 2026", ["28 Feb", "2 March 2026"]),
        ("Held on 3 – 4 March, tanggal 5 – 6 Maret", ["3 – 4 March", "5 – 6 Maret"]),
        ("How much may 3 families get, on may 4? Which 5 may apply?", ["may 4"]),
    ],
)
def test_days_are_found_as_they_are_written(text: str, days: list[str]) -> None:
    assert [day.text for day in days_in(text)] == days


@pytest.mark.parametrize(
    ("day", "other", "within"),
    [
        ("4 March", "March 4th, 2026", True),
        ("4 March 2025", "4 March 2026", False),
        ("4 March 2026", "4 March", True),
        ("4 March", "5 March", False),
        ("4 March", "4 April", False),
        ("4 March", "3–5 March", True),
        ("3–5 March", "4 March", False),
        ("Saturday", "Sat 4 July", True),
        ("Saturday", "sabtu", True),
        ("Saturday", "4 July", False),
        ("4 July", "Saturday", False),
    ],
)
def test_a_day_is_or_may_be_within_others(day: str, other: str, *, within: bool) -> None:
    one, two = day_of(day), day_of(other)
    assert one and two
    assert one.is_within(two) is within


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("4 March 2026", "2026-03-04"),
        ("2026-03-04", "2026-03-04"),
        ("4 March", ""),
        ("31 February 2026", ""),
        ("3–4 March 2026", ""),
        ("Saturday", ""),
    ],
)
def test_a_day_in_the_calendar_has_its_iso_date(text: str, iso: str) -> None:
    day = day_of(text)
    assert day
    assert day.iso == iso
    assert written_day(f" {text} ") == iso


@pytest.mark.parametrize(
    ("figures", "day_first", "iso"),
    [
        ("26/01/2027", False, "2027-01-26"),
        ("01/26/2027", False, "2027-01-26"),
        ("06/03/2027", False, ""),
        ("06/03/2027", True, "2027-03-06"),
        ("6.3.2027", False, "2027-03-06"),
        ("6-6-2027", False, "2027-06-06"),
        ("2027-03-06", False, "2027-03-06"),
        ("31/02/2027", True, ""),
    ],
)
def test_a_day_in_figures_is_told_unless_it_may_be_either_of_two(figures: str, iso: str, *, day_first: bool) -> None:
    day = day_of_figures(figures, day_first=day_first)
    assert (day.iso if day else "") == iso


def test_days_in_figures_are_put_in_words() -> None:
    text = "From 2027-01-26 to 28/01/2027, not 06/03/2027; 1/2/3 is none."
    assert in_words(text, day_first=False) == "From 26 January 2027 to 28 January 2027, not 06/03/2027; 1/2/3 is none."
    assert "6 March 2027" in in_words(text, day_first=True)
    assert has_day_first(text)
    assert not has_day_first("01/28/2027")


def test_days_are_taken_out_and_the_rest_stays_in_its_place() -> None:
    assert without_days("On 4 March, in March; Sunday.") == "On        , in March; Sunday."


@pytest.mark.parametrize(
    ("text", "has_it"),
    [
        ("the flood of 4 March", True),
        ("Rabu (4/3)", True),
        ("04/03/2026", True),
        ("04/03/2025", False),
        ("Rabu (4/3/25)", False),
        ("Rabu (4/3/26)", True),
        ("from 3 to 5 March", True),
        ("4 March 2025", False),
        ("14/3", False),
    ],
)
def test_a_text_has_a_day(text: str, *, has_it: bool) -> None:
    assert Day(4, 4, "03", "2026").is_in(text) is has_it
    assert not Day(4, 4).is_in(text)


def test_a_day_within_a_name_has_come() -> None:
    assert day_within("Minutes 8th of April 2025") == "2025-04-08"
    assert day_within("Plan 8 April 2199") == ""
    assert day_within("Week 1-7 March 2025") == "2025-03-07"


def test_a_question_names_a_day_and_of_what_it_is_asked() -> None:
    assert asked_day("What was found at Tern Rock on Sat 4 July?") == AskedDay(
        Day(4, 4, "07", weekday=SATURDAY), "Tern Rock", "found"
    )
    assert asked_day("Who came on 4 July?") is None
    assert asked_day("What happened between 4 and 6 July?") is None
    assert asked_day("Apa yang terjadi tanggal 4/7/2026?") == AskedDay(Day(4, 4, "07", "2026"), "", "")
    assert asked_day("tanggal 4 juli ada acara apa saja?") == AskedDay(Day(4, 4, "07"), "", "")
    assert asked_day("4 juli ngapain aja") == AskedDay(Day(4, 4, "07"), "", "")
    assert asked_day("4 juli ada berapa tamu?") is None


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("deaths on Wed. Mar. 4?", [Day(4, 4, "03")]),
        ("deaths on 3 and 4 March?", [Day(3, 4, "03")]),
        ("deaths between March 3 and March 5?", []),
        ("deaths between 3 and 5 March?", []),
        ("how may 3 people come?", []),
        ("deaths on the 4th?", [Day(4, 4)]),
        ("deaths in report no. 3 – 4 March?", [None, Day(4, 4, "03")]),
        ("deaths on 3 – 4 March?", [Day(3, 4, "03")]),
        ("deaths in bulletin no. 45?", [None]),
    ],
)
def test_a_question_names_the_day_of_a_report(question: str, days: list[Day | None]) -> None:
    assert [name.date for name in report_names(question)] == days

"""A report of a series is found by its number or its date; of those that nobody names, the newest is read, too."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from retrieval.answering import Snapshot
from retrieval.answers.series import AllSeries, Series
from retrieval.answers.turns import turn_after
from retrieval.index.protocols import Index
from retrieval.questions.report_names import report_names
from retrieval.questions.report_steps import Step
from retrieval.values import Document
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot, TitledDocuments


def report(number: int, *, title: str = "Situation report no. {} on the flood in Orla", week: int = 0) -> Document:
    text = f"Week {week} of the flood." if week else "The flood."
    return Document(f"{number}.md", title.format(number), text, date=f"2026-03-{number + 1:02}")


def series_of(*documents: Document) -> Series | None:
    return AllSeries(cast(Index, TitledDocuments(*documents))).of(documents[0])


@pytest.fixture
def series() -> Series:
    found = series_of(*(report(number, week=(number + 2) // 2) for number in (1, 2, 3, 4)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "numbers", "rest"),
    [
        pytest.param("How many died, report no. 3?", [3], "How many died?", id="number"),
        pytest.param("sitrep 2 deaths", [2], "deaths", id="short"),
        pytest.param("berapa rumah di Orla laporan no 2?", [2], "berapa rumah di Orla?", id="place-before-the-report"),
        pytest.param(
            "What did report no. 3/2026 say of deaths?", [3], "What did the report say of deaths?", id="subject"
        ),
        pytest.param("deaths in the second report", [2], "deaths", id="ordinal"),
        pytest.param("laporan ketiga korban meninggal", [3], "korban meninggal", id="ordinal-after"),
        pytest.param("How many died in week 2?", [2, 3], "How many died?", id="week"),
        pytest.param("How many died on 4 March?", [3], "How many died?", id="date"),
        pytest.param("On 4 March, how many died by 4 March?", [3], "how many died?", id="date-twice"),
        pytest.param("How many died as of Wednesday, March 4th, 2026?", [3], "How many died?", id="whole-date"),
        pytest.param("berapa pengungsi pada tanggal 4 maret", [3], "berapa pengungsi", id="indonesian-date"),
        pytest.param("pengungsi 2026-03-04", [3], "pengungsi", id="iso"),
        pytest.param("What is the latest death toll?", [4], "What is death toll?", id="latest"),
        pytest.param("berapa pengungsi hari ini", [4], "berapa pengungsi", id="today"),
        pytest.param("deaths in report no. 9", [], "deaths", id="no-such-report"),
        pytest.param("deaths according to the report 9", [], "deaths", id="no-such-report-without-a-mark"),
        pytest.param("korban dalam laporan 9", [], "korban", id="no-such-report-in-indonesian"),
        pytest.param("deaths in report 2 of 4 March", [], "deaths", id="which-is-not-of-that-day"),
    ],
)
def test_a_question_names_reports(series: Series, question: str, numbers: list[int], rest: str) -> None:
    named = series.named(question)
    assert named is not None
    assert ([one.number + 1 for one in named.reports], named.rest) == (numbers, rest)
    assert report_names(question)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("How many died in the flood of 4 March?", id="the-event"),
        pytest.param("What has changed since 4 March?", id="since"),
        pytest.param("How many died on 3 March and on 4 March?", id="two-days"),
        pytest.param("How many died in report no. 3 and in report no. 4?", id="two-numbers"),
        pytest.param("How many died between 3 March and 5 March?", id="between"),
        pytest.param("How many died between 3 and 5 March?", id="between-days-of-a-month"),
        pytest.param("berapa korban dari tanggal 3 maret sampai 5 maret", id="from-to"),
        pytest.param("How many died on 20 March?", id="no-report-of-that-day"),
        pytest.param("What does shelter number 3 need?", id="number-of-something-else"),
        pytest.param("When did it rain for the last time?", id="last-time"),
        pytest.param("How many houses did the report 300 kilometres away name?", id="verb"),
        pytest.param("What was the second issue of the union?", id="issue"),
        pytest.param("Who lives on the 3rd floor?", id="floor"),
        pytest.param("Who sang on the first day?", id="first-day"),
        pytest.param("Berapa korban menurut laporan 2026?", id="year-of-a-report"),
        pytest.param("Berapa kasus dalam laporan 14 puskesmas?", id="reports-of-so-many"),
        pytest.param("How may 3 people come?", id="may"),
        pytest.param("What happened on day 5?", id="no-such-day"),
    ],
)
def test_a_question_names_no_report(series: Series, question: str) -> None:
    assert series.named(question) is None


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param([report(1), report(2, title="Minutes no. {}")], id="other-titles"),
        pytest.param([report(1), report(1)], id="the-same-day"),
        pytest.param([report(1)], id="alone"),
        pytest.param([report(1), report(2, title="Correction: situation report no. {}")], id="a-correction"),
    ],
)
def test_documents_are_no_series(documents: list[Document]) -> None:
    assert series_of(*documents) is None


@pytest.mark.parametrize(
    ("text", "has_it"),
    [
        pytest.param("On 4 March the dam broke.", True, id="day-first"),
        pytest.param("On March 4th the dam broke.", True, id="month-first"),
        pytest.param("Rabu (4/3) tanggul jebol.", True, id="digits"),
        pytest.param("Pada 4 Maret 2026 tanggul jebol.", True, id="indonesian"),
        pytest.param("On 14 March the dam broke.", False, id="another-day"),
        pytest.param("On 4 April the dam broke.", False, id="another-month"),
    ],
)
def test_a_text_has_the_date_that_is_named(series: Series, text: str, has_it: bool) -> None:
    named = series.named("What happened on 4 March?")
    assert named is not None
    assert named.is_in(text) is has_it


DAYS = {1: ("two", 1340), 2: ("five", 2725), 3: ("seven", 4118), 4: ("nine", 5267), 5: ("eleven", 4890)}
REPORTS = {
    f"report-{number}.md": f"""---
title: Flood in Orla, situation report no. {number}
date: 2026-03-{number + 1:02}
---
{deaths.capitalize()} people have died in the flood. {displaced:,} people are displaced in Orla.

| District | Displaced |
| --- | --- |
| Wick | {displaced // 2} |
| Hallam | {displaced // 3} |
"""
    for number, (deaths, displaced) in DAYS.items()
}
REPORTS["report-2.md"] += "\nThe bridge of Wick has collapsed."
CORRECTION = """---
title: "Correction: Flood in Orla, situation report no. 2"
date: 2026-03-07
---
The number of displaced people was not 2,725 but 2,752."""
MINUTES = """---
title: Minutes of the coordination meeting
date: 2026-03-04
---
Amara Quill chaired the meeting of 4 March. 150 displaced people are moved to the school."""


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    return snapshot_of({**REPORTS, "correction.md": CORRECTION, "minutes.md": MINUTES})


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("How many people had died on 4 March?", ["report-3.md"], id="date"),
        pytest.param("How many people are dead in report no. 1?", ["report-1.md"], id="number"),
        pytest.param("What is the latest number of deaths?", ["report-5.md"], id="latest"),
        pytest.param("How many displaced in Wick in report 4?", ["report-4.md"], id="cell"),
        pytest.param(
            "How many people are displaced in report no. 2?", ["correction.md", "report-2.md"], id="corrected"
        ),
        pytest.param("Who chaired the meeting on 4 March?", ["minutes.md"], id="other-document-of-that-day"),
        pytest.param("How many people died in report no. 9?", [], id="no-such-report"),
        pytest.param("Which bridge has collapsed?", ["report-2.md"], id="what-only-an-older-one-says"),
    ],
)
def test_what_is_asked_of_a_report_is_answered_by_it(snapshot: Snapshot, question: str, cited: list[str]) -> None:
    [answer] = snapshot.answer([question])
    assert [citation.document.id for citation in answer.citations] == cited


def test_of_a_series_of_which_no_report_is_named_the_newest_comes_first(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["How many people have died in the flood?"])
    assert answer.citations[0].document.id == "report-5.md"
    assert answer.disagree


def test_a_conversation_goes_from_report_to_report(snapshot: Snapshot) -> None:
    cited, turn = [], None
    asked = ["How many people had died on 4 March?", "and the day before?", "report no. 4?", "the next day?"]
    for question in asked:
        [answer] = snapshot.answer([question], [turn])
        cited.append(answer.citations[0].document.id)
        turn = turn_after(answer, turn)
    assert cited == ["report-3.md", "report-2.md", "report-4.md", "report-5.md"]
    [beyond] = snapshot.answer(["the next day?"], [turn])
    assert not beyond.found


def test_a_day_alone_names_the_report_of_that_day(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["How many people had died on 4 March?"])
    [other] = snapshot.answer(["And the 5th?"], [turn_after(answer)])
    assert [one.document.id for one in other.citations] == ["report-4.md"]


def test_what_is_asked_of_a_year_is_not_answered_by_a_newer_report(snapshot_of: BuildSnapshot) -> None:
    text = "---\ntitle: Budget statement {0}\ndate: {0}-08-16\n---\nThe health budget is Rp {1}.4 trillion this year."
    snapshot = snapshot_of({f"{year}.md": text.format(year, year - 2000) for year in range(2022, 2026)})
    [that] = snapshot.answer(["How big was the health budget in 2023?"])
    assert [one.document.id for one in that.citations] == ["2023.md"]
    [before] = snapshot.answer(["And the year before?"], [turn_after(that)])
    assert [one.document.id for one in before.citations] == ["2022.md"]
    [any_year] = snapshot.answer(["How big is the health budget?"])
    assert any_year.citations[0].document.id == "2025.md"


def test_what_a_newer_report_says_otherwise_is_cited_though_less_surely(snapshot_of: BuildSnapshot) -> None:
    head = "---\ntitle: Situation report no. {0}\ndate: 2026-03-0{0}\n---\n"
    texts = (
        "Electricity has been restored in 11 villages.",
        "The power is back in all villages but Wick.",
    )
    snapshot = snapshot_of({f"{n}.md": head.format(n) + text for n, text in enumerate(texts, start=1)})
    [answer] = snapshot.answer(["Has electricity been restored in the villages?"])
    assert {citation.document.id for citation in answer.citations} == {"1.md", "2.md"}


ARMY = "# Situation report no. {0}\n\nAs of {1} November 2026\n\nWater levels {2}.\n\nThe army has sent 120 soldiers.\n"


def test_what_a_newer_report_says_of_somebody_else_is_not_cited(snapshot_of: BuildSnapshot) -> None:
    head = "---\ntitle: Floods – Situation Report No. {}\ndate: 2026-03-{}\n---\n\n"
    text = f"{head}The governor of {{}} declared a state of emergency on {{}}.\n"
    reports = {"4.md": text.format(4, "05", "Orsel", "24 February"), "5.md": text.format(5, 23, "Maru", "14 March")}
    of_one, of_both = snapshot_of(reports).answer(
        ["who declared a state of emergency in Orsel?", "when was a state of emergency declared?"]
    )
    assert [one.document.id for one in of_one.citations] == ["4.md"]
    assert [one.document.id for one in of_both.citations] == ["5.md", "4.md"]


@pytest.mark.parametrize(
    ("levels", "ids"),
    [
        pytest.param(("rise", "fall"), ["3.md", "2.md"], id="the-same"),
        pytest.param(("rise", "rise"), ["3.md"], id="copies"),
    ],
)
def test_of_reports_that_say_the_same_the_newest_comes_first(
    snapshot_of: BuildSnapshot, levels: tuple[str, str], ids: list[str]
) -> None:
    snapshot = snapshot_of({f"{n}.md": ARMY.format(n, n + 25, level) for n, level in enumerate(levels, start=2)})
    asked = "How many soldiers has the army sent?"
    any_report, older = snapshot.answer([asked, f"{asked[:-1]} in report no. 2?"])
    assert [one.document.id for one in any_report.citations] == ids
    assert [one.document.id for one in older.citations] == ["2.md"]


RATE = """---
title: Central Bank {} policy rate
date: {}
---
The Board of Governors {}, the Deposit Facility rate {}% and the Lending Facility rate {}%.
"""


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("policy rate", ["october.md", "november.md"], id="shown"),
        pytest.param("latest policy rate", ["november.md", "october.md"], id="latest"),
        pytest.param("what is the policy rate now", ["november.md", "october.md"], id="now"),
        pytest.param("current policy rate", ["november.md", "october.md"], id="current"),
        pytest.param("what was the policy rate in october", ["october.md"], id="then"),
    ],
)
def test_the_newest_of_what_answers_comes_first_for_the_latest(
    snapshot_of: BuildSnapshot, question: str, cited: list[str]
) -> None:
    held = "agreed on 20–21 October 2026 to hold the policy rate at 5.25%"
    cut = "decided on 18–19 November 2026 to lower the policy rate by 25 basis points to 5.00%"
    snapshot = snapshot_of(
        {
            "october.md": RATE.format("holds", "2026-10-21", held, "at 4.50", "at 6.00"),
            "november.md": RATE.format("cuts", "2026-11-19", cut, "to 4.25", "to 5.75"),
        }
    )
    [answer] = snapshot.answer([question])
    assert [one.document.id for one in answer.citations] == cited


@pytest.mark.parametrize("latest", ["", " sekarang", " terbaru", " saat ini"])
def test_who_asks_for_the_latest_need_not_find_that_word(snapshot_of: BuildSnapshot, latest: str) -> None:
    snapshot = snapshot_of(
        {
            "a.md": "# Banjir Wanasari: warga mengungsi\n\n9 Maret 2026\n\nSebanyak 2.140 warga mengungsi.\n",
            "b.md": "# Rapat banjir Wanasari\n\n20 Maret 2026\n\nBPBD melaporkan pengungsi tinggal 1.870 jiwa.\n",
        }
    )
    [answer] = snapshot.answer([f"berapa pengungsi di wanasari{latest}?"])
    assert {one.document.id for one in answer.citations} == {"a.md", "b.md"}
    assert not latest or answer.citations[0].document.id == "b.md"


def test_a_series_takes_no_answer_from_other_documents(snapshot_of: BuildSnapshot) -> None:
    head = "---\ntitle: {}\ndate: 2015-03-{:02}\n---\n"
    weather = {f"w{day}.md": head.format("Weather", day) + f"It will be {day} degrees in Orla." for day in range(1, 20)}
    fire = "A fire in the market of Orla killed three people on Saturday night."
    office = "Last week the office trained twelve nurses. This week it vaccinated 300 children."
    others = {"fire.md": head.format("Fire in Orla", 15) + fire, "office.md": head.format("The office", 2) + office}
    snapshot = snapshot_of({**weather, **others})
    killed, degrees = snapshot.answer(
        [
            "How many people did the fire in the market of Orla kill on 14 March?",
            "How many degrees in Orla on 14 March?",
        ]
    )
    assert [one.citations[0].document.id for one in (killed, degrees)] == ["fire.md", "w14.md"]
    [first] = snapshot.answer(["What did the office do this week?"])
    [second] = snapshot.answer(["What about last week?"], [turn_after(first)])
    assert second.citations[0].sentence.startswith("Last week")


@pytest.mark.parametrize(
    ("step", "there"),
    [
        pytest.param(Step(1), 2, id="next-report"),
        pytest.param(Step(-1), 0, id="report-before"),
        pytest.param(Step(1, 1), 2, id="next-day"),
        pytest.param(Step(1, 7), None, id="next-week"),
        pytest.param(Step(-2), None, id="before-the-first"),
    ],
)
def test_a_step_leads_to_the_report_of_that_day(series: Series, step: Step, there: int | None) -> None:
    assert series.beside(1, step) == there


@pytest.mark.parametrize(
    ("days", "there"),
    [
        pytest.param(range(1, 16), 8, id="daily"),
        pytest.param((1, 4, 7, 9, 15), 9, id="a-day-off"),
        pytest.param((1, 4, 10, 15), None, id="too-far-off"),
    ],
)
def test_a_week_before_is_the_nearest_report(days: Sequence[int], there: int | None) -> None:
    daily = series_of(*(replace(report(0), id=f"{day}.md", date=f"2026-03-{day:02}") for day in days))
    assert daily is not None
    found = daily.beside(len(days) - 1, Step(-1, 7))
    assert (days[found] if found is not None else None) == there


@pytest.fixture
def weeks() -> Series:
    title = "Weekly measles bulletin, week {}"
    texts = (f"Bulletin No. {number - 9}/2026. The measles." for number in (10, 11, 12))
    found = series_of(
        *(
            Document(f"{n}.md", title.format(n), text, date=f"2026-03-{n}")
            for n, text in zip((10, 11, 12), texts, strict=True)
        )
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "days"),
    [
        pytest.param("How many cases in week 11?", ["2026-03-11"], id="week-in-the-title"),
        pytest.param("How many cases in bulletin no. 3?", ["2026-03-12"], id="number-at-the-beginning"),
        pytest.param("How many cases in week 17?", [], id="no-such-week"),
    ],
)
def test_the_week_of_a_title_is_no_number_of_a_report(weeks: Series, question: str, days: list[str]) -> None:
    named = weeks.named(question)
    assert named is not None
    assert [one.date for one in named.reports] == days


@pytest.mark.parametrize("question", ["How many cases since week 10?", "Who wrote bulletin 12?"])
def test_what_is_counted_from_a_week_on_names_none(weeks: Series, question: str) -> None:
    assert weeks.named(question) is None


def test_a_correction_is_of_the_report_that_its_title_names(weeks: Series) -> None:
    first, second = (
        Document("c.md", f"Correction to the weekly measles bulletin, week {week}", "") for week in (11, 12)
    )
    assert weeks.is_corrected_by(first)
    assert not weeks.is_corrected_by(Document("c.md", "Correction to the price list", ""))
    latest = weeks.named("How many cases in the latest bulletin?")
    assert latest is not None
    assert [latest.is_corrected_by(one) for one in (first, second)] == [False, True]


DREDGING = "Dredging begins in the East Channel on 1 December."
NOTICE = "# Notice to mariners No. {} of 2026\n\nDate of issue: {} November 2026\n\n{}\n"
NOTICES = {
    "42.md": NOTICE.format(42, 20, "The buoy at Wick Point is not lit. Vessels should keep clear of the point."),
    "43.md": NOTICE.format(43, 24, f"Notice No. 42 is cancelled. {DREDGING}"),
}
LAPORAN = (
    "# Laporan Harian Banjir No. {}\n\nTanggal: {} November 2026\nPukul: 18.00 WIB\n\nSebanyak {} warga mengungsi.\n"
)
TABLE = "# Situation report no. {0}\n\nAs of {1} November 2026\n\n| Town | Deaths |\n|---|---|\n| Eastry | {0} |\n"


@pytest.fixture
def dated(snapshot_of: BuildSnapshot) -> Snapshot:
    daily = {f"l{number}.md": LAPORAN.format(number, number + 24, number * 100) for number in (2, 3)}
    tables = {f"s{number}.md": TABLE.format(number, number + 24) for number in (2, 3)}
    return snapshot_of({**NOTICES, **daily, **tables})


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        pytest.param(
            "what is in notice no. 42",
            ["The buoy at Wick Point is not lit.", "Vessels should keep clear of the point."],
            id="number",
        ),
        pytest.param(
            "what does notice 43 say",
            ["Notice No. 42 is cancelled.", DREDGING],
            id="number-without-a-mark",
        ),
        pytest.param(
            "the latest notice",
            ["Notice No. 42 is cancelled.", DREDGING],
            id="latest",
        ),
        pytest.param("isi laporan harian no 3", ["Sebanyak 300 warga mengungsi."], id="indonesian"),
        pytest.param("laporan harian terbaru", ["Sebanyak 300 warga mengungsi."], id="latest-in-indonesian"),
        pytest.param("isi laporan tanggal 26 november", ["Sebanyak 200 warga mengungsi."], id="day"),
        pytest.param("latest situation report", ["| Eastry | 3 |"], id="table"),
        pytest.param("which notice is cancelled", ["Notice No. 42 is cancelled."], id="one-thing"),
        pytest.param(
            "Where is dredging in notice 43?", ["Dredging begins in the East Channel on 1 December."], id="where"
        ),
        pytest.param("what is in notice no. 99", [], id="no-such-report"),
        pytest.param("what's the latest?", [], id="of-no-report"),
    ],
)
def test_a_report_that_is_named_as_a_whole_is_quoted_from_its_first_sentence(
    dated: Snapshot, question: str, sentences: list[str]
) -> None:
    [answer] = dated.answer([question])
    assert [one.sentence for one in answer.citations] == sentences


def test_a_number_alone_takes_the_place_of_that_of_the_report(dated: Snapshot) -> None:
    first, second = answers_in_turn(dated, "sitrep no 2 deaths eastry", "and no. 3?")
    assert second.taken_for == "sitrep no 3 deaths eastry?"
    assert [one.citations[0].document.id for one in (first, second)] == ["s2.md", "s3.md"]

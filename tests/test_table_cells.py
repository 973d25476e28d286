"""The cell of a table that a question names by its column and its row is cited and marked."""

import re
from collections.abc import Callable

import pytest

from retrieval.answering import Snapshot
from retrieval.documents.parsing import parse_document
from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.lookups.sure import LESS_SURE, LOOKED_UP
from retrieval.lookups.table_cells import named_cell_first
from retrieval.text.markup import quote_parts
from retrieval.text.table_rows import cells_of, column_above, names_columns, unnamed_pairs
from retrieval.values import Answer, Document, Hit, Passage, Reading, Sentence
from tests.conversations import answers_in_turn
from tests.fakes import BuildSnapshot
from tests.made_files import PdfFile

BuildIndex = Callable[[Embedder, dict[str, str]], NumpyIndex]

OFFICIALS = """Name,Position,Phone,Email
Yara Kelen,Deputy Minister,555-0101,deputy@orla.example
Bo Suryadi,Minister of Ports,555-0100,minister@orla.example
Lina Suryadi,Head of Research,555-0150,research@orla.example
"""
FEES = "Layanan,Biaya (krona),Lama\nKTP 10 tahun,70,7 hari\nKTP 5 tahun,40,7 hari\nLegalisasi,20,3 hari\n"
GIFTS = "Donor,Gift (million),Paid by 31 May (million),For\nOrla,5.8,2.9,boats\nWick,3.0,1.5,nets\nHolm,4.2,0,huts\n"
BUDGET = """# Budget of Orla

The town spends more on its harbour. The figures are in millions of crowns, and the council agreed on them in May.

| Directorate | 2023 | 2024 |
| --- | ---: | ---: |
| Ports | 4.1 | 4.9 |
| Capture fisheries | 3.0 | 2.8 |
| Research | 0.6 | |
"""


@pytest.fixture
def snapshot(snapshot_of: BuildSnapshot) -> Snapshot:
    return snapshot_of({"officials.csv": OFFICIALS, "budget.md": BUDGET})


def marked(answer: Answer) -> str:
    """Return what is marked in what is cited first, if a cell was looked up; else nothing."""
    if answer.confidence < LOOKED_UP:
        return ""
    first = answer.citations[0]
    assert first.highlight is not None
    return first.document.text[slice(*first.highlight)]


def test_a_cell_is_found_by_its_column_and_its_row(snapshot: Snapshot) -> None:
    cells = {
        "email of Yara Kelen": "deputy@orla.example",
        "What is the phone number of the deputy minister?": "555-0101",
        "phone Bo Suryadi": "555-0100",
        "Who is the deputy minister?": "Yara Kelen",
        "How much did ports get in 2023?": "4.1",
        "How much did capture fisheries receive in 2024?": "2.8",
    }
    answers = snapshot.answer(list(cells))
    assert {one.question: marked(one) for one in answers} == cells


@pytest.mark.parametrize(
    ("column", "question"), [("E-mail", "email of Ana Lim"), ("Email", "what is Ana Lim's e-mail?")]
)
def test_an_address_is_found_however_its_column_is_spelt(
    column: str, question: str, snapshot_of: BuildSnapshot
) -> None:
    table = f"Name,{column},Phone\nAna Lim,ana@orla.example,555-0101\nBo Roe,bo@orla.example,555-0102\n"
    [answer] = snapshot_of({"a.csv": table}).answer([question])
    assert marked(answer) == "ana@orla.example"


CLINICS = """Clinic,Day,Contact
Wanareja I,Monday,Ana
Wanareja II,Wednesday,Budi
Patimuan,Friday,Cici
"""


@pytest.mark.parametrize(
    "question", ["contact of Wanareja III?", "contact of Patimuan Wednesday?", "kontak Wanareja III?"]
)
def test_a_row_of_another_number_or_day_is_not_looked_up(question: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": CLINICS}).answer([question])
    assert marked(answer) == ""


def test_what_a_row_holds_is_found(snapshot_of: BuildSnapshot) -> None:
    table = "Prison,Prisoners,Officers\nHollin,412,251\nWick,388,190\n"
    [answer] = snapshot_of({"a.csv": table}).answer(["how many prisoners does Hollin hold?"])
    assert marked(answer) == "412"


def test_a_time_is_found_in_a_column_of_times_that_says_of_which_zone(snapshot_of: BuildSnapshot) -> None:
    rows = ["09:00 | The council and the police are told", "11:30 | The pier is closed", "14:00 | Divers arrive"]
    text = "\n".join(f"| {row} |" for row in ("Time (BST) | Event", "--- | ---", *rows))
    [answer] = snapshot_of({"a.md": f"# The pier\n\n{text}\n"}).answer(["when was the pier closed?"])
    assert marked(answer) == "11:30"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("what time does the choir start?", "14.30–16.00"),
        ("when does the choir end?", "14.30–16.00"),
        ("what time does the lunch begin?", "12.00"),
        ("what time does the lunch end?", ""),
    ],
)
def test_when_something_starts_is_its_hour_and_when_it_ends_the_last_of_two(
    question: str, value: str, snapshot_of: BuildSnapshot
) -> None:
    rows = ["Time | Event | Place", "--- | --- | ---", "12.00 | Lunch, with soup | Hall", "14.30–16.00 | Choir | Hall"]
    [answer] = snapshot_of({"a.md": "# Fair\n\n" + "\n".join(f"| {row} |" for row in rows)}).answer([question])
    assert marked(answer) == value


@pytest.mark.parametrize(
    ("table", "question", "value"),
    [
        (FEES, "berapa biaya bikin ktp 5 tahun", "40"),
        (FEES, "biaya mengurus ktp 10 tahun", "70"),
        (FEES, "berapa biaya ganti ktp 10 tahun", ""),
        (GIFTS, "how much has wick paid so far", "1.5"),
        (GIFTS, "how much has wick paid back", ""),
    ],
)
def test_what_says_nothing_of_a_cell_may_be_left_over(
    table: str, question: str, value: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.csv": table}).answer([question])
    assert marked(answer) == value


@pytest.mark.parametrize(
    ("question", "value"), [("which hotel does Bo Roe use?", "Pilot"), ("which hotel has Bo Roe in Wick?", "")]
)
def test_a_place_that_is_left_over_is_no_verb(question: str, value: str, snapshot_of: BuildSnapshot) -> None:
    table = "No,Town,Head,Hotel\n1,Orla,Ana Lim,Harbour View\n2,Holm,Bo Roe,Pilot\n3,Tern,Ida Vik,Pilot House\n"
    [answer] = snapshot_of({"heads.csv": table}).answer([question])
    first = answer.citations[0] if answer.confidence >= LESS_SURE else None
    assert (quote_parts(first)[1] if first else "") == value


def test_the_column_is_named_where_the_row_does_not_say_it(snapshot: Snapshot) -> None:
    above, within = snapshot.answer(["How much did ports get in 2023?", "email of Yara Kelen"])
    assert [one.citations[0].column for one in (above, within)] == ["2023", ""]


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        pytest.param("Item | Fee\nStall | 5,000\nTable | 2,000", "Stall | 5,000", "Fee", id="figures"),
        pytest.param("Police | 110\nFire | 113\nSea | 115", "Fire | 113", "", id="figures-from-the-first-row-on"),
        pytest.param("Title | Expert\nFee | $320\nPlace | Wick", "Fee | $320", "", id="values-of-all-kinds"),
        pytest.param("Day | : Monday\nHour | : 9", "Hour | : 9", "", id="colons"),
        pytest.param("Town | Deaths (by 6 May)\nWick | 3", "Wick | 3", "Deaths (by 6 May)", id="a-day-in-the-name"),
        pytest.param("Town | 2024\nWick | 3\nOrla | –", "Wick | 3", "2024", id="a-year"),
        pytest.param("Town | 2024/25\nWick | 3\nOrla | 4", "Wick | 3", "2024/25", id="a-year-and-the-next"),
        pytest.param("Place | 45 beds\nLength | 3 days", "Length | 3 days", "", id="a-figure-with-a-word"),
    ],
)
def test_the_second_of_two_columns_has_a_name_where_all_below_it_are_figures(rows: str, row: str, column: str) -> None:
    text = f"The list\n\n{rows}\n\nIt ends here."
    document, start = Document("a.txt", "", text), text.index(row)
    span = (start + row.index("|") + 2, start + len(row))
    assert column_above(document, Sentence(start, start + len(row)), span) == column


def test_when_something_is_stands_in_the_column_of_times(snapshot_of: BuildSnapshot) -> None:
    agenda = "# Agenda\n\n| Time | Session |\n| --- | --- |\n| 09.00 | Opening |\n| 10.30 | Coffee break |\n"
    snapshot = snapshot_of({"agenda.md": agenda})
    [answer] = snapshot.answer(["When is the coffee break?"])
    assert marked(answer) == "10.30"


def test_when_something_is_stands_in_another_column_if_that_is_named(snapshot_of: BuildSnapshot) -> None:
    ships = """| Ferry | Departure | Arrival | Day |
| --- | --- | --- | --- |
| Corvo | 8.00 | 11.00 | Monday |
| Wick | 9.00 | 10.00 | Friday |
"""
    snapshot = snapshot_of({"ships.md": ships})
    [answer] = snapshot.answer(["When is the departure of the Corvo ferry?"])
    assert marked(answer) == "8.00"


def test_how_many_there_are_is_no_sum_of_money(snapshot_of: BuildSnapshot) -> None:
    damage = """# Damage

Some 74 schools are damaged.

| Sector | Damage (Rp bn) | Losses (Rp bn) |
| --- | --- | --- |
| Schools | 221.7 | 18.3 |
| Housing | 900.1 | 55.0 |
"""
    snapshot = snapshot_of({"damage.md": damage})
    many, much = snapshot.answer(["How many schools are damaged?", "damage to schools?"])
    assert (many.citations[0].sentence, len(many.citations)) == ("Some 74 schools are damaged.", 1)
    assert marked(much) == "221.7"


def test_a_row_is_found_by_its_code(snapshot_of: BuildSnapshot) -> None:
    text = "Shipment,Item,Status\nBR-101,Tarpaulins,at sea\nBR-102,Filters,at the customs\n"
    snapshot = snapshot_of({"pipeline.csv": text})
    [found] = snapshot.answer(["what is the status of BR-102?"])
    assert marked(found) == "at the customs"


def test_what_names_no_cell_or_several_is_read_as_ever(snapshot: Snapshot) -> None:
    questions = [
        "email of Suryadi",  # of two
        "email of Norman Kelen",
        "When did Yara Kelen change email?",
        "email of Yara Kelen's husband",
        "email of the phone of Yara Kelen",
        "How much did research get in 2024?",  # an empty cell
        "How much did ports get in 2022?",
        "phone 2024",
    ]
    answers = snapshot.answer(questions)
    assert {one.question: marked(one) for one in answers} == dict.fromkeys(questions, "")


REPORT = """---
title: Flood report no. {number}
date: 2026-03-{day}
---
Reporting period: week {number}.

| District | Families affected | Deaths |
| --- | --- | --- |
| Ansel | {families} | {deaths} |
| Wick | 860 | 2 |
"""


def test_the_word_before_a_year_is_no_label_of_it(snapshot_of: BuildSnapshot) -> None:
    table = "# Crops\n\n| Crop | 2024 | 2025 |\n|---|---|---|\n| Rice harvest (tons) | 20,100 | 20,252 |\n"
    answers = snapshot_of({"a.md": table}).answer(["rice harvest 2025?", "corn harvest 2025?", "harvest of corn 2025?"])
    assert [marked(answer) for answer in answers] == ["20,252", "", ""]


def test_a_number_may_be_a_roman_one_in_a_row(snapshot_of: BuildSnapshot) -> None:
    rows = (
        "Rawat inap kelas I | Rp300.000",
        "Rawat inap kelas II per hari | Rp200.000",
        "Rawat inap kelas III | Rp100.000",
    )
    table = "\n".join(("Layanan | Tarif", *rows))
    answers = snapshot_of({"a.txt": table}).answer(
        ["tarif rawat inap kelas 2", "tarif rawat inap kelas 3", "tarif rawat inap kelas 4"]
    )
    assert [marked(answer) for answer in answers] == ["Rp200.000", "Rp100.000", ""]


def test_what_a_row_has_left_is_found(snapshot_of: BuildSnapshot) -> None:
    table = "# Logistik\n\n| Barang | Stok |\n|---|---|\n| Selimut | 340 |\n| Tenda | 26 |\n"
    [answer] = snapshot_of({"a.md": table}).answer(["stok selimut tinggal berapa?"])
    assert marked(answer) == "340"


def test_of_several_reports_each_has_its_cell_or_a_number_tells(snapshot_of: BuildSnapshot) -> None:
    figures = {1: (1_240, 2), 2: (1_640, 3)}
    reports = {
        f"{n}.md": REPORT.format(number=n, day=10 + n, families=families, deaths=deaths)
        for n, (families, deaths) in figures.items()
    }
    snapshot = snapshot_of(reports)
    every, first, second, none = snapshot.answer(
        [
            "How many people died in Ansel?",
            "How many families were affected in Ansel in week 1?",
            "deaths in Ansel, report no. 2",
            "deaths in Ansel in week 3",
        ]
    )
    assert [one.document.id for one in every.citations] == ["2.md", "1.md"]
    assert [(marked(one), one.citations[0].document.id) for one in (first, second)] == [("1240", "1.md"), ("3", "2.md")]
    assert marked(none) == ""


CHOLERA = """# Cholera

The cases of each camp.

| Camp | Cases | Deaths | Cases under 5 | Deaths under 5 |
| --- | ---: | ---: | ---: | ---: |
| Ansel | 120 | 4 | 31 | 1 |
| Kolm | 45 | 2 | 12 | 0 |
| Upper Kolm | 16 | 3 | 5 | 2 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("How many cases in Ansel?", "120", id="column-beside-a-longer-one"),
        pytest.param("How many cases under 5 in Ansel?", "31", id="the-longer-column"),
        pytest.param("How many deaths in Kolm?", "2", id="row-that-is-part-of-another"),
        pytest.param("How many deaths in Upper Kolm?", "3", id="the-longer-row"),
        pytest.param("How many cases under 5 and deaths in Kolm?", "", id="two-columns"),
    ],
)
def test_what_is_named_whole_is_meant_before_what_is_named_in_part(
    snapshot_of: BuildSnapshot, question: str, cell: str
) -> None:
    snapshot = snapshot_of({"cholera.md": CHOLERA})
    assert marked(snapshot.answer([question])[0]) == cell


def test_a_figure_of_a_row_is_not_marked_where_no_column_is_named(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["How many crowns do capture fisheries cost?"])
    assert [one.highlight for one in answer.shown if one.sentence.startswith("| Capture")] == [None]


def test_rows_of_a_pdf_are_named_by_the_first() -> None:
    file = PdfFile()
    page = file.page()
    for number, row in enumerate([("Regency", "Hectares", "Survival"), ("Demak", "9,400", "71 %")]):
        for left, cell in zip((72, 200, 300), row, strict=True):
            page.line(left, 100 + 14 * number, cell)
    found = parse_document("a.pdf", file.data())
    assert found is not None
    cells = cells_of(found.document, found.sentences[-1])
    shown = [(cell.column, found.document.text[cell.start : cell.end]) for cell in cells]
    assert shown == [("Regency", "Demak"), ("Hectares", "9,400"), ("Survival", "71 %")]


ALIGNED = "A   B    C\n1   2    30\n3   4    50\n"


@pytest.mark.parametrize(
    ("name", "text", "cells"),
    [
        pytest.param("a.csv", "A,B\n1,2\n", [("A", "1"), ("B", "2")], id="csv"),
        pytest.param("a.md", "| A | B |\n|---|---|\n| 1 | **2** |\n", [("A", "1"), ("B", "**2**")], id="markdown"),
        pytest.param("a.md", "|A|B|\n|-|-|\n|0|0|\n|1|2|\n", [("A", "1"), ("B", "2")], id="without-blanks"),
        pytest.param("a.md", "| A | B |\n|---|---|\n| | 2 |\n", [("A", ""), ("B", "2")], id="an-empty-cell"),
        pytest.param("a.md", "| A | B |\r\n|---|---|\r\n| 1 | 2 |\r\n", [("A", "1"), ("B", "2")], id="line-ends"),
        pytest.param("a.md", "| A \\| a | B |\n|---|---|\n| 1 | 2 |\n", [("A \\| a", "1"), ("B", "2")], id="escaped"),
        pytest.param("a.md", "Text:\n\n| A | B |\n|---|---|\n| 1 | 2 |\n", [("A", "1"), ("B", "2")], id="after-text"),
        pytest.param("a.txt", "A\tB\tC\n1\t\t2\n", [("A", "1"), ("B", ""), ("C", "2")], id="tabs"),
        pytest.param("a.txt", f"See:\n{ALIGNED}", [("A", "3"), ("B", "4"), ("C", "50")], id="blanks"),
        pytest.param("a.md", f"```\n{ALIGNED}```\n", [("A", "3"), ("B", "4"), ("C", "50")], id="code"),
        pytest.param("a.eml", f"Subject: X\n\n{ALIGNED}", [("A", "3"), ("B", "4"), ("C", "50")], id="mail"),
        pytest.param(
            "a.html",
            f"<html><body><pre>{ALIGNED}</pre></body></html>",
            [("A", "3"), ("B", "4"), ("C", "50")],
            id="typed-in-a-page",
        ),
        pytest.param("a.md", "| A | B |\n|---|---|\n", [], id="the-first-row"),
        pytest.param("a.md", "One of them. Another: here.", [], id="no-row"),
        pytest.param("a.txt", "Date: Monday", [], id="one-label"),
        pytest.param("a.md", "No table | here.", [], id="no-table"),
    ],
)
def test_a_row_has_cells_with_the_names_of_their_columns(name: str, text: str, cells: list[tuple[str, str]]) -> None:
    found = parse_document(name, text.encode())
    assert found is not None
    row = cells_of(found.document, found.sentences[-1])
    assert [(cell.column, found.document.text[cell.start : cell.end]) for cell in row] == cells


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        pytest.param("Revenue | 15,920 | 16,744\nCosts | 14,000 | 15,100", [], id="figures"),
        pytest.param("09.30 | Opening | Hall A\n10.00 | Quiz | Hall B", [], id="begins-with-a-figure"),
        pytest.param("1 | Ana Lim | Orla\n2 | Ben Roe | Wick", [], id="begins-with-a-number"),
        pytest.param("Town | 2024 | 2025\nOrla | 3 | 4", ["Town", "2024", "2025"], id="years"),
        pytest.param("Age | 0–4 | 5–14\nOrla | 3 | 4", ["Age", "0–4", "5–14"], id="ranges"),
        pytest.param("Town | 3 March | 4 March\nOrla | 3 | 4", ["Town", "3 March", "4 March"], id="days"),
        pytest.param("Town | Dead | 2025\nOrla | 3 | 4", ["Town", "Dead", "2025"], id="words"),
    ],
)
def test_figures_name_no_columns(rows: str, names: list[str]) -> None:
    document, begin = Document("a.docx", "", rows), rows.index("\n") + 1
    assert [cell.column for cell in cells_of(document, Sentence(begin, len(rows)))] == names


@pytest.mark.parametrize(
    ("rows", "is_first"),
    [
        pytest.param("Sector | Q3 2025 | Q3 2026\nMining | 0.6 | -2.4", True, id="figures-below"),
        pytest.param("Post | Name | Since\nChair | Ana Lim | 3 May 2021", True, id="days-below"),
        pytest.param("A  B  C\n1  2  30\n3  4  50", True, id="plain-text"),
        pytest.param("Ana Lim | chair | Orla\nBen Roe | clerk | Wick", False, id="words-below"),
        pytest.param("Mining | 0.6 | -2.4\nTrade | 4.4 | 3.7", False, id="figures"),
        pytest.param("Police | 110\nFire | 113", False, id="a-label-and-its-value"),
        pytest.param("Sector | Q3 2025 | Q3 2026", False, id="alone"),
    ],
)
def test_the_first_row_is_known_by_figures_below_it(rows: str, is_first: bool) -> None:
    document, end = Document("a.docx", "", rows), rows.find("\n") % (len(rows) + 1)
    assert names_columns(document, Sentence(0, end)) == is_first


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param("Police | 110\nAmbulance | 118", ["Ambulance", "118"], id="figures"),
        pytest.param("Title | Expert\nDay | : 3 May", ["Day", ": 3 May"], id="a-sign-before-the-value"),
        pytest.param("Item | Fee\nStall | 5,000\nTable | 2,000", [], id="named-columns"),
        pytest.param("A | B | C\nd | e | f", [], id="three-cells"),
    ],
)
def test_a_row_of_two_cells_may_be_a_label_and_its_value(rows: str, told: list[str]) -> None:
    start = rows.rindex("\n") + 1
    pairs = unnamed_pairs(Document("a.html", "", rows), [Sentence(start, len(rows))])
    assert [rows[slice(*cell)] for cell in pairs.get(start, [])] == told


@pytest.mark.parametrize(
    ("text", "is_heading"),
    [
        pytest.param("Tabel 1. Inflasi (%)\n\nKota\tMei\tJuni\nOrla\t1\t2\n", True, id="above-a-table"),
        pytest.param("**Table 2.1** Growth\n\n| A | B |\n|---|---|\n| 1 | 2 |\n", True, id="in-markdown"),
        pytest.param("Table 1. Growth\n\nIt grew.\n", False, id="above-text"),
        pytest.param("The growth\n\nKota\tMei\tJuni\nOrla\t1\t2\n", False, id="not-a-caption"),
    ],
)
def test_a_caption_right_above_a_table_is_its_heading(text: str, is_heading: bool) -> None:
    found = parse_document("a.md" if "|" in text else "a.txt", f"The report begins here.\n\n{text}".encode())
    assert found is not None
    assert found.sentences[1].heading == is_heading


SITUATION = """---
title: Laporan banjir Orla
date: 2026-03-04
---
Sebanyak 141 rumah rusak berat. Anak-anak mengungsi ke masjid.

| Kecamatan | Meninggal | Mengungsi (jiwa) | Rumah rusak |
| --- | --- | --- | --- |
| Sukamulya | 5 | 2.284 | 188 |
| Rantau Hulu | 2 | 401 | 91 |
| Jumlah | 7 | 2.685 | 279 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("berapa pengungsi", "2.685", id="total"),
        pytest.param("how many pengungsi are there?", "2.685", id="there-are"),
        pytest.param("jumlah pengungsi di Sukamulya", "2.284", id="a-row-before-the-total"),
        pytest.param("jumlah korban jiwa", "7", id="lives-lost-are-no-unit"),
        pytest.param("berapa orang tewas di Rantau Hulu", "2", id="other-word"),
        pytest.param("berapa rumah rusak berat di Sukamulya", "", id="only-some-of-a-column"),
        pytest.param("berapa anak mengungsi di Sukamulya", "", id="only-some-people"),
        pytest.param("berapa pengungsi di Kuala", "", id="no-such-row"),
        pytest.param("kapan warga mengungsi", "", id="no-number-asked-for"),
    ],
)
def test_a_total_is_meant_where_no_row_is_named_and_nothing_else_is_asked(
    snapshot_of: BuildSnapshot, question: str, cell: str
) -> None:
    snapshot = snapshot_of({"laporan.md": SITUATION})
    [answer] = snapshot.answer([question])
    shown = answer.shown[0]
    is_row = shown.sentence.startswith("|") and shown.highlight is not None
    assert (shown.document.text[slice(*shown.highlight or (0, 0))] if is_row else "") == cell


def read_in(text: str, question: str) -> list[tuple[str, float]]:
    """Return the lines of a text in Markdown as they come back, all of them read with the same confidence."""
    document = Document("a.md", "Flood", text, markdown=True)
    lines = [Sentence(*match.span()) for match in re.finditer(r".+", text) if "---" not in match[0]]
    hit = Hit(Passage(0, 0, tuple(lines)), document, 0.5, 0.5, 1.0)
    found = named_cell_first(question, [Reading(hit, line, 0.8) for line in lines])
    return [(one.text, one.confidence) for one in found]


def test_rows_that_have_nothing_of_the_question_and_that_of_the_columns_do_not_answer() -> None:
    rows = ["| Place | Houses | Deaths |", "| Wick | 7 | 1 |", "| Orla | 9 | 0 |"]
    text = "\n".join([rows[0], "| --- | --- | --- |", *rows[1:], "", "Houses were damaged."])
    read = read_in(text, "Were houses damaged in any place?")
    assert read == [("Houses were damaged.", 0.8), *((row, 0.0) for row in rows)]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        pytest.param("Venue: City Hall; Time: 10.00; Contact: Anna Smith", "What is the venue?", id="labels"),
        pytest.param("| Master | Olof Berg |\n| --- | --- |\n| Depth | 12 m |", "Who is the master?", id="pairs"),
        pytest.param("| Depth | Length |\n| --- | --- |\n| 12 m | 9 m |", "How deep is it?", id="two-columns"),
        pytest.param("| A | B | Chair |\n| --- | --- | --- |\n| Mo | Bo | Ida |", "Who is chair?", id="one-row"),
    ],
)
def test_what_is_no_row_of_several_columns_and_rows_is_read_as_ever(text: str, question: str) -> None:
    assert {confidence for _, confidence in read_in(text, question)} == {0.8}


@pytest.mark.parametrize(
    ("name", "text", "column", "cell"),
    [
        pytest.param("a.md", "|Place|Deaths|Missing|\n|---|---|---|\n|Brook||7|\n", "Missing", "7", id="empty-cell"),
        pytest.param("a.md", "| |Deaths|\n|---|---|\n|Brook|7|\n", "Deaths", "7", id="empty-first-name"),
        pytest.param("a.html", "| Deaths | Missing\nBrook | 7 | 9", "Missing", "9", id="empty-first-name-elsewhere"),
        pytest.param("a.md", "|Place|A \\| B|\n|---|---|\n|Brook|7|\n", "A \\| B", "7", id="escaped"),
    ],
)
def test_cells_stand_below_their_names_where_some_are_empty(name: str, text: str, column: str, cell: str) -> None:
    document = Document(name, "Flood", text, markdown=name.endswith(".md"))
    start = text.index("Brook") - text.startswith("|", text.index("Brook") - 1)
    row = Sentence(start, len(text.rstrip()))
    named = {one.column: text[one.start : one.end] for one in cells_of(document, row)}
    assert named[column] == cell


@pytest.mark.parametrize("column", ["Deaths", "Dead", "Killed", "Died"])
@pytest.mark.parametrize("word", ["deaths", "dead", "were killed", "died"])
def test_a_column_is_found_by_its_own_word_and_by_another(column: str, word: str) -> None:
    text = f"| Place | {column} | Houses |\n| --- | --- | --- |\n| Wick | 5 | 9 |\n| Orla | 3 | 8 |"
    assert read_in(text, f"How many {word} in Wick?")[0] == ("| Wick | 5 | 9 |", LOOKED_UP)


def test_a_number_that_stands_twice_in_a_row_is_found_below_its_column() -> None:
    text = "| Week | Deaths | Missing |\n| --- | --- | --- |\n| 1 | 4 | 4 |\n| 2 | 7 | 2 |"
    assert read_in(text, "deaths in week 2")[0] == ("| 2 | 7 | 2 |", LOOKED_UP)


def test_a_pasted_mark_of_a_note_is_no_trouble() -> None:
    text = "| Place | Deaths | Houses |\n| --- | --- | --- |\n| Wick | 5 | 9 |"
    assert read_in(text, "The minister resigned.¹")[0][1] == 0.8


def test_a_row_that_has_only_the_columns_of_a_question_does_not_answer(snapshot: Snapshot) -> None:
    [answer] = snapshot.answer(["What is the email?"])
    assert not answer.found


VOTES = "District,Votes cast,Turnout,Marlow (PDU),Okafor (NCP)\n"
VOTES += "Tolmen,34044,65.0%,12033,18790\nWick,44892,68.0%,19004,19411\n"


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("how many votes did Okafor get in Tolmen", "18790"),
        ("votes cast in Wick", "44892"),
        ("votes cast and turnout in Wick", ""),
    ],
)
def test_a_column_that_is_named_in_part_is_not_meant_besides(
    question: str, marked: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"votes.csv": VOTES}).answer([question])
    assert quote_parts(answer.citations[0])[1] == marked


@pytest.mark.parametrize(
    ("first", "then", "marked"),
    [
        ("turnout in dunmore in 2019", "and Saltash?", "63.3"),
        ("2014 in Saltash", "and 2019?", "63.3"),
    ],
)
def test_a_year_in_a_title_names_no_column(first: str, then: str, marked: str, snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"Turnout 2024.csv": "District,2014,2019,2024\nDunmore,66.6,70.2,76\nSaltash,60,63.3,68\n"})
    _, answer = answers_in_turn(snapshot, first, then)
    assert quote_parts(answer.citations[0])[1] == marked


@pytest.mark.parametrize("then", ["turnout?", "and turnout?"])
def test_another_cell_of_the_row_before_answers(then: str, snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"votes.csv": VOTES})
    _, answer = answers_in_turn(snapshot, "votes cast in Wick", then)
    assert quote_parts(answer.citations[0])[1] == "68.0%"


def test_a_day_in_figures_is_found_by_its_name(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of(
        {"a.csv": "Date,Time,Event,Speaker\n2024-04-20,10:00,Open day,Ada\n2024-05-14,18:00,Lecture,Bo\n"}
    )
    april, may, june = snapshot.answer(["event on 20 April", "speaker on 14 May", "event on 14 June"])
    assert (quote_parts(april.citations[0])[1], april.unknown_names) == ("Open day", ())
    assert quote_parts(may.citations[0])[1] == "Bo"
    assert not june.found


SCHEDULE = """Tanggal,Kegiatan,Tempat,Pendamping
2026-04-02,Rapat kerja,Senayan,Ana
2026-04-14,Peresmian balai,Jombang,Budi
2026-04-20,Kunjungan pabrik,Bekasi,Ana
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("kegiatan tanggal 14 april", "Peresmian balai"),
        ("siapa pendamping tanggal 14 april?", "Budi"),
        ("di mana kegiatan 14 april?", "Jombang"),
        ("kegiatan 14 april di mana?", "Jombang"),
        ("dimana kunjungan pabrik", "Bekasi"),
        ("kapan kunjungan pabrik?", "2026-04-20"),
    ],
)
def test_a_row_of_a_schedule_is_found_by_its_day_and_asked_for_its_place(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    assert marked(snapshot_of({"jadwal.csv": SCHEDULE}).answer([question])[0]) == cell


WORKERS = (
    "# Kerja\n\n| Indikator | Feb 2025 | Feb 2026 |\n|---|---|---|\n| Angkatan kerja (juta orang) | 153,05 | 155,27 |\n"
)
WORKERS += "| Partisipasi angkatan kerja (%) | 70,6 | 71,0 |\n"


def test_the_unit_of_a_row_need_not_be_named(snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.md": WORKERS}).answer(["angkatan kerja feb 2026"])[0]) == "155,27"


PLEDGES = (
    "# Fund\n\n| Donor | Paid 2024 (US$) | Pledged 2025 (US$) |\n|---|---|---|\n| Germany | 12,400,000 | 10,000,000 |\n"
)
PLEDGES += "| United Kingdom (UK) | 6,000,000 | – |\n| Sweden | 4,100,000 | 5,000,000 |\n"


def test_the_only_figure_of_a_row_is_not_that_of_an_empty_column(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": PLEDGES}).answer(["how much did the UK pledge"])
    assert answer.citations[0].sentence.startswith("| United Kingdom") and answer.citations[0].highlight is None


def test_a_name_in_small_letters_takes_the_place_of_that_of_the_row(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": PLEDGES})
    _, answer = answers_in_turn(snapshot, "how much did sweden pledge", "and germany?")
    assert (marked(answer), answer.understood) == ("10,000,000", "how much did Germany pledge?")


def test_rows_that_are_alike_in_one_table_leave_the_cell_of_another(snapshot_of: BuildSnapshot) -> None:
    families = "# Camps\n\n| Camp | Families |\n|---|---|\n| Wick | 310 |\n| Hull | 90 |\n"
    schools = "Camp,School,Families\nWick,School 1,56\nWick,School 2,40\nHull,School 3,12\n"
    [answer] = snapshot_of({"a.md": families, "b.csv": schools}).answer(["families in wick"])
    assert marked(answer) == "310"


def test_an_empty_cell_hides_no_figure(snapshot_of: BuildSnapshot) -> None:
    text = "# Crew\n\n| Name | Years | Remarks |\n|---|---|---|\n| Ana Lim | 31 | |\n| Bo Roe | 42 | ill |\n"
    [answer] = snapshot_of({"a.md": text}).answer(["how old is Ana Lim?"])
    assert quote_parts(answer.citations[0])[1] == "31"


def test_a_column_of_days_is_one(snapshot_of: BuildSnapshot) -> None:
    text = "# Aid\n\n| Day | Blankets | Tents |\n|---|---|---|\n| 1 | 40 | 3 |\n| 2 | 60 | 5 |\n"
    assert marked(snapshot_of({"a.md": text}).answer(["how many blankets on day 2?"])[0]) == "60"


@pytest.mark.parametrize(
    ("question", "cell"),
    [("where is the eye clinic?", "Mill Lane 4"), ("di mana parkir untuk klinik mata?", "Pintu 3")],
)
def test_a_place_is_an_address_before_a_room_and_the_place_that_is_named(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    english = "Clinic,City,Address,Room\nEye clinic,Wick,Mill Lane 4,2A\nChild clinic,Wick,Dock Road 1,4B\n"
    indonesian = "Kegiatan,Tempat,Lokasi parkir\nKlinik mata,Balai,Pintu 3\nKlinik anak,Aula,Pintu 4\n"
    snapshot = snapshot_of({"a.csv": english if question.startswith("where") else indonesian})
    assert marked(snapshot.answer([question])[0]) == cell


INCIDENTS = """Date,Province,Place,Perpetrator,Killed,Status,Signed,Signed by
2025-01-19,Orla,Wick,Army,2,open,2025-02-01,Ana Lim
2025-08-30,Ansel,Hatu,Guards,1,closed,2025-09-03,Bo Roe
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("who killed people in Wick?", "", id="who-is-no-figure"),
        pytest.param("who signed for Hatu?", "Bo Roe", id="who-is-no-day"),
        pytest.param("when were people killed in Hatu?", "2025-08-30", id="when-is-no-figure"),
        pytest.param("when was Hatu signed?", "2025-09-03", id="when-in-a-column-that-is-named"),
        pytest.param("status of the Hatu case", "closed", id="case"),
        pytest.param("how many were killed in the Wick incident?", "2", id="incident"),
    ],
)
def test_a_cell_is_of_the_kind_that_is_asked_for(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.csv": INCIDENTS}).answer([question])[0]) == cell


def test_a_price_is_all_that_different_people_pay_if_it_is_not_said_who(snapshot_of: BuildSnapshot) -> None:
    tickets = (
        "Ticket,Citizens (rupees),Foreign visitors (rupees),Valid for\n"
        "Parking motorbike,5000,7000,1 day\nParking car,15000,20000,1 day\n"
    )
    snapshot = snapshot_of({"a.csv": tickets})
    questions = ["how much is parking for a motorbike?", "parking car fee", "parking car fee for foreign visitors"]
    cells = ["5000; Foreign visitors (rupees): 7000", "15000; Foreign visitors (rupees): 20000", "20000"]
    assert [quote_parts(answer.citations[0])[1] for answer in snapshot.answer(questions)] == cells
    assert not snapshot.answer(["how much is parking for a bus?"])[0].found


def test_a_sum_that_is_no_price_tells_no_cost(snapshot_of: BuildSnapshot) -> None:
    damage = "Building,Damage (USD),Insured (USD)\nClinic,5000,4000\nSchool,7000,6500\n"
    [answer] = snapshot_of({"a.csv": damage}).answer(["how much is the clinic?"])
    assert not answer.found or answer.confidence < LESS_SURE


def test_a_row_that_the_title_names_too_tells_when_it_is(snapshot_of: BuildSnapshot) -> None:
    text = (
        "# Measles and polio vaccination schedule\n\n| Vaccination | Date | Time |\n|---|---|---|\n"
        "| Measles vaccination | 3 May 2025 | 09.00 |\n| Polio vaccination | 10 May 2025 | 10.00 |\n"
    )
    [answer] = snapshot_of({"a.md": text}).answer(["when is the measles vaccination?"])
    assert quote_parts(answer.citations[0])[1] == "3 May 2025 | 09.00"


def test_a_share_may_be_asked_for_in_per_cent(snapshot_of: BuildSnapshot) -> None:
    table = "| Aspek | Lantera (% puas) | Oru (% puas) |\n|---|---|---|\n| Toilet | 41 | 57 |\n| Tiket | 79 | 83 |\n"
    snapshot = snapshot_of({"a.md": table})
    assert marked(snapshot.answer(["kepuasan toilet di lantera berapa persen?"])[0]) == "41"


def test_when_something_is_said_to_be_done_is_meant_before_the_hour_of_another_row(snapshot_of: BuildSnapshot) -> None:
    agreements = "Agreement,Signed,Place\nMoU on Training,2025-10-06,Orla\nVisa exemption,2025-10-23,Wick\n"
    programme = (
        "# Programme\n\n| Time | Event |\n|---|---|\n| 13.00 | Signing of the MoU on Training |\n| 19.00 | Dinner |\n"
    )
    snapshot = snapshot_of({"a.csv": agreements, "b.md": programme})
    assert marked(snapshot.answer(["when was the MoU on Training signed?"])[0]) == "2025-10-06"


YEARS = "Year,Province,Killed,Arrested\n" + "".join(
    f"{year},{province},{number},{number * 10}\n"
    for number, (province, year) in enumerate(((one, year) for one in ("Orla", "Ansel") for year in (2024, 2023)), 1)
)


def test_a_year_is_that_of_a_row(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.csv": YEARS})
    first, other = snapshot.answer(["how many killed in Ansel in 2024", "how many arrested in 2023 in Orla"])
    assert (marked(first), marked(other)) == ("3", "20")
    _, then, last = answers_in_turn(snapshot, "killed in Orla 2024", "and in 2023?", "and in Ansel?")
    assert (marked(then), marked(last)) == ("2", "4")


def test_the_word_total_is_no_value(snapshot_of: BuildSnapshot) -> None:
    table = "| Village | Displaced |\n|---|---|\n| Ansel | 655 |\n| Wick | 1,499 |\n| **Total** | **2,154** |\n"
    [answer] = snapshot_of({"a.md": f"# Flood report\n\n{table}"}).answer(["how many villages?"])
    assert [quote_parts(one)[1].strip("*") for one in answer.citations if one.column] == []


def test_what_is_asked_of_a_place_there_is_no_total(snapshot_of: BuildSnapshot) -> None:
    text = "# Incidents\n\n| Province | Killed | Arrested |\n|---|---|---|\n| Orla | 11 | 203 |\n| Ansel | 3 | 20 |\n"
    snapshot = snapshot_of({"a.md": f"{text}| Total | 14 | 223 |\n"})
    _, then = answers_in_turn(snapshot, "how many arrested in Orla?", "how many killed there?")
    assert marked(then) == "11"


PROGRAMME = """# Programme of the visit

## Monday, 6 October 2025

| Time | Event | Venue |
|---|---|---|
| 08.15 | Arrival | Terminal 3 |
| 19.00 | Official dinner | Hotel Orla |

## Tuesday, 7 October 2025

| Time | Event | Venue |
|---|---|---|
| 09.00 | Courtesy call | Palace |
| 20.00 | Official dinner | Town hall |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("what time is the official dinner on Monday?", "19.00"),
        ("when is the official dinner on 7 October?", "20.00"),
        ("where is the courtesy call on 7 October?", "Palace"),
        ("where is the courtesy call on 6 October?", ""),
        ("what time is the courtesy call on Monday?", ""),
    ],
)
def test_a_day_that_is_a_heading_is_that_of_the_rows_below(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    snapshot = snapshot_of({"a.md": PROGRAMME})
    assert marked(snapshot.answer([question])[0]) == cell


def test_another_day_that_is_a_heading_is_meant_by_what_goes_on(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": PROGRAMME})
    _, then = answers_in_turn(snapshot, "what time is the official dinner on Monday?", "and on Tuesday?")
    assert marked(then) == "20.00"


STOCK = "# Stok\n\n| Barang | Gudang A | Gudang B |\n|---|---|---|\n| Selimut | 400 | 120 |\n| Popok bayi | 55 | 90 |\n"


def test_after_a_cell_another_row_is_looked_up(snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"a.md": f"{STOCK}| Tenda | 12 | 7 |\n"})
    answers = answers_in_turn(snapshot, "stok selimut di gudang b", "popok bayi?", "kalau tenda?", "gudang a?")
    assert [marked(answer) for answer in answers] == ["120", "90", "7", "12"]


@pytest.mark.parametrize("question", ["berapa selimut di gudang A?", "selimut di gudang a", "selimut Gudang A"])
def test_a_letter_tells_a_column(question: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.md": STOCK}).answer([question])[0]) == "400"


@pytest.mark.parametrize(
    ("table", "question", "cell"),
    [
        pytest.param(
            "Building,Completed,Floors\nPort tower,1998,12", "when was the tower completed?", "1998", id="year"
        ),
        pytest.param("Service,Opens,Closes\nPost office,9,17", "when does the post office close?", "17", id="hour"),
        pytest.param(
            "Office,Contact,Chair\nClinic,555-0199,Bo", "who is the contact for the clinic?", "555-0199", id="phone"
        ),
        pytest.param(
            "Office,Chair,Room\nClinic,Bo Roe (since 3 May 2021),2",
            "who is the chair of the clinic?",
            "Bo Roe (since 3 May 2021)",
            id="since",
        ),
        pytest.param(
            "Place,Killed by,Killed\nWick,Army unit,2\nOrla,Guards,1", "who was killed in Wick?", "", id="done-to"
        ),
        pytest.param("Village,Founded,People\nWick,1990,2024", "how many people in Wick in 2024?", "", id="no-year"),
    ],
)
def test_what_a_cell_may_say(table: str, question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": f"{table}\n"}).answer([question])
    assert marked(answer) == cell


TARIFFS = """Golongan,Daya,Tarif (Rp/kWh)
Rumah tangga,900 VA,"1.352,00"
Rumah tangga,1.300 VA,"1.440,70"
Bisnis,6.600 VA,"1.467,02"
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("tarif rumah tangga 900 va", "1.352,00"),
        ("tarif rumah tangga 1300 va", "1.440,70"),
        ("tarif bisnis 6.600 va", "1.467,02"),
        ("tarif bisnis 7000 va", ""),
    ],
)
def test_a_number_with_its_unit_tells_a_row(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.csv": TARIFFS}).answer([question])[0]) == cell


def test_a_code_is_known_by_its_last_number(snapshot_of: BuildSnapshot) -> None:
    text = "Tender,Title,Winner\nERA/T/2024/016,Poles,Orla Ltd\nERA/T/2024/017,Meters,Wick Ltd\n"
    assert marked(snapshot_of({"a.csv": text}).answer(["winner of tender 017"])[0]) == "Wick Ltd"


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("kasus baru waringin minggu ke-6?", "38"),
        ("kasus baru waringin minggu ke 6", "38"),
        ("kasus baru waringin minggu 6", "38"),
        ("kasus baru waringin minggu ke-8", ""),
    ],
)
def test_a_week_is_known_by_its_number(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    head = "# Laporan demam berdarah\n\nMinggu epidemiologi ke-6 (8–14 Februari 2026)\n\n"
    table = "| Kecamatan | Kasus baru |\n|---|---|\n| Waringin | 38 |\n| Cibeureum | 19 |\n"
    snapshot = snapshot_of({"a.md": head + table})
    assert marked(snapshot.answer([question])[0]) == cell


@pytest.mark.parametrize("question", ["losses north year 2023", "losses north tahun 2023"])
def test_what_a_number_is_called_need_not_stand_in_a_row(question: str, snapshot_of: BuildSnapshot) -> None:
    text = "Region,Losses 2022 (%),Losses 2023 (%)\nNorth,9.1,8.7\nSouth,7.0,6.9\n"
    assert marked(snapshot_of({"a.csv": text}).answer([question])[0]) == "8.7"


def test_of_two_tables_that_is_meant_whose_column_is_named_whole(snapshot_of: BuildSnapshot) -> None:
    text = "# Customers\n\n| Region | 2022 | 2023 |\n|---|---|---|\n| North | 1200 | 1250 |\n| South | 800 | 840 |\n\n"
    text += (
        "# Losses\n\n| Region | Losses 2022 | Losses 2023 |\n|---|---|---|\n| North | 9.1 | 8.7 |\n| South | 7 | 6 |\n"
    )
    snapshot = snapshot_of({"a.md": text})
    customers, losses = snapshot.answer(["customers south 2022", "losses south 2022"])
    assert (marked(customers), marked(losses)) == ("800", "7")


@pytest.mark.parametrize("then", ["what about the south?", "and south?"])
def test_another_column_takes_the_place_of_that_of_a_cell(then: str, snapshot_of: BuildSnapshot) -> None:
    text = "# Prices\n\n| Product | North | South |\n|---|---|---|\n| Diesel | 14,400 | 14,020 |\n"
    snapshot = snapshot_of({"a.md": f"{text}| Petrol | 12,100 | 12,300 |\n"})
    _, answer = answers_in_turn(snapshot, "diesel price north", then)
    assert marked(answer) == "14,020"


@pytest.mark.parametrize(
    ("table", "question", "cell"),
    [
        ("Station,RB 1,RB 3\nOrla,05:12,06:42\nWick,06:08,07:35", "when does RB 3 leave Orla?", "06:42"),
        ("Station,RB 1,RB 3\nOrla,05:12,06:42\nWick,06:08,07:35", "jam berapa RB 3 berangkat dari Orla?", "06:42"),
        ("Station,RB 1\nOrla arr,05:12\nOrla dep,05:15", "when does RB 1 leave Orla?", ""),
        ("Visitors,Permanent,Special\nAdults,€12,€15\nStudents,€6,€8", "price of special for students", "€8"),
        ("Ticket,Single,Return\nAdult,12.50,22.00\nChild,6.00,10.50", "price of a single for an adult", "12.50"),
        ("Item,Wick,Orla\nTents,12,7\nBlankets,40,50", "price of tents in Wick", ""),
        ("Name,Post,Room\nAna Lim,Dean,301\nBo Hall,Vice-Dean,303", "room of the dean?", "301"),
    ],
)
def test_words_for_a_value_of_its_kind_need_not_stand_there(
    table: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    assert marked(snapshot_of({"a.csv": f"{table}\n"}).answer([question])[0]) == cell


RATES = "Layanan,Kelas,Tarif (Rp)\nKamar,II,210000\nKamar,III,120000\nUSG kehamilan,,175000\nCT-scan kepala,,890000\n"
FEES = "Service,Fee (crowns),Days\nBirth certificate,120,3\nPassport,900,14\n"


@pytest.mark.parametrize(
    ("table", "question", "cell"),
    [
        (RATES, "berapa biaya usg kehamilan?", "175000"),
        (RATES, "ct scan kepala harganya brp", "890000"),
        (RATES, "tarif kamar kelas 3?", "120000"),
        (RATES, "harga kamar?", ""),
        (RATES, "biaya usg kehamilan 2024", ""),
        (FEES, "how much is a passport?", "900"),
        (FEES, "how much does a birth certificate cost?", "120"),
        (FEES, "cost of a visa", ""),
        ("Lot,Price,Bond,Winner\nDredging,€90,€9,Meridian\n", "how much does Meridian pay?", ""),
        ("Lot,Price,Cost of bond\nDredging,€90,€9\n", "how much is dredging?", ""),
    ],
)
def test_a_price_is_known_by_any_word_for_one(table: str, question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.csv": table}).answer([question])[0]) == cell


COUNT = """Kecamatan,Paslon 1 (Asep Sudrajat–Rini Mulyani),Paslon 2 (Gunawan Tirta–Halimah),Suara tidak sah
Wanasari,12.430,11.875,612
Cibodas,9.214,13.066,488
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("suara Asep Sudrajat di wanasari?", "12.430"),
        ("berapa suara Halimah di Cibodas?", "13.066"),
        ("suara tidak sah di cibodas", "488"),
    ],
)
def test_a_name_in_brackets_tells_the_column(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.csv": COUNT}).answer([question])[0]) == cell


def test_who_may_be_asked_at_the_end(snapshot_of: BuildSnapshot) -> None:
    text = "No.,Nama,Negara,Wilayah kerja\n1,Gde Mahardika,Velmora,Bali\n2,Ratih Soemarno,Velmora,Yogyakarta\n"
    answers = snapshot_of({"konsul.csv": text}).answer(
        ["konsul velmora di bali siapa?", "siapa konsul velmora di bali"]
    )
    assert list(map(marked, answers)) == ["Gde Mahardika"] * 2


INFLATION = """# Inflasi Oktober 2026

| Kelompok | IHK Okt 2025 | IHK Okt 2026 | Inflasi m-to-m (%) | Inflasi y-on-y (%) | Andil (%) |
|---|---|---|---|---|---|
| Makanan | 107,90 | 112,27 | 0,41 | 4,05 | 1,24 |
| Kesehatan | 104,02 | 105,87 | 0,11 | 1,78 | 0,05 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("inflasi makanan oktober 2026", "", id="one-of-two-columns-that-have-no-time"),
        pytest.param("inflasi y-on-y makanan oktober 2026", "4,05", id="the-subject-before-the-time"),
        pytest.param("andil kesehatan oktober 2026", "0,05", id="one-word-before-two-of-time"),
        pytest.param("ihk kesehatan oktober 2025", "104,02", id="the-time-where-the-subject-is-that-of-two"),
    ],
)
def test_words_of_time_only_tell_which_of_several_columns_is_meant(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    assert marked(snapshot_of({"a.md": INFLATION}).answer([question])[0]) == cell


SHELTERS = """Shelter,Capacity,People,Deaths,Food (boxes)
Milton School,300,260,1,40
Sports Hall,550,430,2,90
"""
TENDERS = "Tenderer,Price,Completion\nBrannock Civil,482 crowns,14 weeks\nTarmac West,455 crowns,20 weeks\n"


@pytest.mark.parametrize(
    ("table", "question", "cell"),
    [
        pytest.param(SHELTERS, "how many people are in the sports hall?", "430", id="people"),
        pytest.param(SHELTERS, "how many people died in the sports hall?", "2", id="the-other-word-before-people"),
        pytest.param(SHELTERS, "capacity of the sports hall, how many people?", "550", id="people-besides"),
        pytest.param(SHELTERS, "how many people fit into the sports hall?", "", id="something-else-of-people"),
        pytest.param(SHELTERS, "how many boxes did Milton School get?", "40", id="unit-in-the-name"),
        pytest.param(TENDERS, "how many weeks for Tarmac West?", "20 weeks", id="unit-in-the-value"),
        pytest.param(TENDERS, "price of Tarmac West in crowns?", "455 crowns", id="the-name-before-the-unit"),
        pytest.param("Item,Wick (boxes),Orla (boxes)\nTea,4,9\nRice,3,5", "how many boxes of tea?", "", id="two-units"),
    ],
)
def test_what_is_counted_names_a_column_where_no_other_word_does(
    table: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    assert marked(snapshot_of({"a.csv": f"{table}\n"}).answer([question])[0]) == cell


RELEASES = """# Release calendar

| Date | Time | Release | Contact |
|---|---|---|---|
| 1 December 2026 | 11:00 | Consumer price index | P. Lindahl |
| 18 December 2026 | 10:00 | Retail sales | S. Ito |
"""
SPORTS = "Cabang,Tanggal,Tempat,Waktu\nRenang,2026-11-30,Kolam Tirta,08:00\nAtletik,2026-12-01,Stadion,07:30\n"


@pytest.mark.parametrize(
    ("name", "table", "question", "cell"),
    [
        ("a.md", RELEASES, "when is the retail sales release?", "18 December 2026 | 10:00"),
        ("a.md", RELEASES, "what time is the retail sales release?", "10:00"),
        ("a.md", RELEASES, "which day is the retail sales release?", "18 December 2026"),
        ("a.csv", SPORTS, "kapan renang", "2026-11-30"),
        ("a.csv", SPORTS, "renang kapan?", "2026-11-30"),
        ("a.csv", SPORTS, "jam berapa renang", "08:00"),
        ("a.csv", SPORTS, "pukul berapa atletik", "07:30"),
        ("a.csv", SPORTS, "hari apa atletik", "2026-12-01"),
    ],
)
def test_when_is_a_day_and_the_hour_beside_it_unless_one_of_both_is_asked_for(
    name: str, table: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    assert marked(snapshot_of({name: table}).answer([question])[0]) == cell


AUCTIONS = """No,Tanggal Lelang,Seri,Target Indikatif,Target Maksimal
1,2027-01-05,FR0104,26,39
2,2027-01-12,PBS032,10,20
3,2027-01-19,FR0107,28,42
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("target maksimal tanggal 26 januari", ""),
        ("target indikatif 10 januari", ""),
        ("target indikatif tanggal 28 januari", ""),
        ("target indikatif 12 januari", "10"),
        ("target indikatif tanggal 19 januari 2027", "28"),
        ("target indikatif tanggal 19 januari 2026", ""),
        ("seri 12/1/2027", "PBS032"),
        ("berapa target maksimal tanggal 19?", "42"),
        ("seri nomor 3", ""),
    ],
)
def test_a_day_in_a_question_is_no_amount_of_a_row(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.csv": AUCTIONS}).answer([question])[0]) == cell


IN_FIGURES = "Auction date,Series,Target\n05/01/2027,FR0104,26\n19/01/2027,FR0105,10\n06/02/2027,FR0106,12\n"
DAYS_OF_A_MONTH = "# Tides in May 2026\n\n| Day | High | Low |\n|---|---|---|\n| 4 | 3.1 | 0.4 |\n| 5 | 3.3 | 0.5 |\n"
SPANS = "Event,Days,Place\nFair,9–12 March 2026,Wick\nMarket,14 March 2026,Orla\n"


@pytest.mark.parametrize(
    ("name", "table", "question", "cell"),
    [
        pytest.param("a.csv", IN_FIGURES, "target on 19 January", "10", id="no-other-order"),
        pytest.param("a.csv", IN_FIGURES, "target on 5 January", "26", id="the-order-of-another-row"),
        pytest.param("a.csv", IN_FIGURES, "series on 05/01/2027", "FR0104", id="in-figures"),
        pytest.param("a.csv", IN_FIGURES, "target on 1 May", "", id="not-the-other-order"),
        pytest.param("a.csv", "Date,Ship,Berth\n05/01/2027,Elk,2\n", "ship on 5 January", "", id="unread"),
        pytest.param("a.csv", "Date,Ship,Berth\n1/19/2027,Elk,2\n", "ship on 19 January", "Elk", id="month-first"),
        pytest.param("a.csv", "Date,Ship,Berth\n5.1.2027,Elk,2\n", "ship on 5 January", "Elk", id="full-stops"),
        pytest.param("a.md", DAYS_OF_A_MONTH, "low on 5 May", "0.5", id="month-in-the-title"),
        pytest.param("a.md", DAYS_OF_A_MONTH, "low on 5 June", "", id="another-month"),
        pytest.param("a.csv", SPANS, "where is the event on 10 March", "Wick", id="one-of-several-days"),
        pytest.param("a.csv", SPANS, "where is the event on 13 March", "", id="none-of-several-days"),
    ],
)
def test_a_day_is_known_however_it_is_written(
    name: str, table: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    assert marked(snapshot_of({name: table}).answer([question])[0]) == cell


MONTHS = """# Realisasi 2026

| Bulan | Masuk | Dimenangkan |
|---|---|---|
| September | 76,5 | 30,0 |
| Oktober | 92,4 | 33,5 |

# Realisasi 2025

| Bulan | Masuk | Dimenangkan |
|---|---|---|
| September | 66,5 | 20,0 |
| Oktober | 62,4 | 23,5 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [("dimenangkan oktober 2025", "23,5"), ("masuk september 2026", "76,5"), ("masuk september 2024", "")],
)
def test_the_year_of_months_may_stand_above_them(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.md": MONTHS}).answer([question])[0]) == cell


FERRIES = [
    "| Service | Days | Vessel | Note |",
    "| WI 1 | Mon–Fri | Heron | 5 cars |",
    "| WI 3 | daily | Heron | meets WI 1 |",
    "| WI 5 | weekends | Curlew | no cars |",
]
DUTIES = [
    "| Day | Name | Post |",
    "| 2 May 2026 | Ana | North |",
    "| 3 May 2026 | Bo | South |",
    "| | Cy | 3 May 2026 |",
]
TOWNS = ["| Town | Mayor | Part of |", "| Wick | Ana | Orla |", "| Upper Wick | Bo | Orla |", "| Hatu | Cy | Wick |"]
LAWS = ["| Law | Signed | By |", "| Peace | 5 May 2026 | Ana |", "| Peace | 6 May 2026 | Bo |"]


@pytest.mark.parametrize(
    ("rows", "question", "answering"),
    [
        pytest.param(FERRIES, "which ship sails as WI 5 with cars?", [3], id="code"),
        pytest.param(FERRIES, "which ship meets WI 1?", [1], id="code-in-another-column"),
        pytest.param(FERRIES, "which ship sails after WI 5?", [1, 2, 3], id="to-compare-with"),
        pytest.param(FERRIES, "which ship sails as WI 3 or WI 5?", [2, 3], id="two-codes"),
        pytest.param(FERRIES, "which ship is for cars?", [1, 3], id="no-name"),
        pytest.param(TOWNS, "who runs Hatu of Orla?", [3], id="name"),
        pytest.param(TOWNS, "who runs Wick?", [1, 2, 3], id="name-elsewhere-in-a-row"),
        pytest.param(TOWNS, "which town is part of Orla?", [1, 2], id="no-name-of-a-row"),
        pytest.param(DUTIES, "who is in the north or south on 3 May?", [2, 3], id="day"),
        pytest.param(LAWS, "who is for peace on 7 May?", [1, 2], id="a-day-that-is-not-the-row's"),
        pytest.param(DUTIES, "who is in the north or south since 3 May?", [1, 2, 3], id="since-a-day"),
        pytest.param(DUTIES, "who is in the north or south on 4 May?", [], id="another-day"),
        pytest.param(["| Mayor | Ana |", "| Port | Bo |"], "who is mayor of the port Bo?", [0, 1], id="two-columns"),
    ],
)
def test_beside_a_row_that_a_question_names_others_do_not_answer(
    rows: list[str], question: str, answering: list[int]
) -> None:
    text = "\n".join([rows[0], "|---" * (rows[0].count("|") - 1) + "|", *rows[1:]])
    read = dict(read_in(text, question))
    assert [place for place, row in enumerate(rows) if read[row] > 0] == answering


LINES = """Service,Days,Dep. Orla,Vessel,Captain
WI 1,Mon–Fri,06:45,Heron,Ana Lim
WI 5,"Sat, Sun",15:30,Curlew,Bo Roe
"""
TEAMS = "Team,Played,Won,Lost,Points\nOrla City,14,10,2,32\nHarlow Rovers,14,9,3,30\n"
CLUBS = "Klub,Main,Menang,Kalah\nPersira,12,8,1\nGaruda Muda,12,7,3\n"
MATCHES = "Match,Date,Time\nWick v Orla,28 November,17:30\nHatu v Ansel,29 November,14:00\n"
CENSUS = "Town,Residents,Displaced\nWick,900,40\nOrla,700,20\n"


@pytest.mark.parametrize(
    ("table", "question", "cell"),
    [
        (LINES, "which vessel is used for WI 5?", "Curlew"),
        (LINES, "which vessel runs wi 5", "Curlew"),
        (LINES, "on what days does WI 1 run?", "Mon–Fri"),
        (LINES, "vessel yang melayani wi 5", "Curlew"),
        (LINES, "on what days does WI 1 not run?", ""),
        (LINES, "what vessel type is WI 5?", ""),
        (LINES, "which vessel was lost on WI 5?", ""),
        (LINES, "vessel of the owner of WI 5", ""),
        (LINES, "why is the vessel used for WI 5?", ""),
        (LINES, "which vessel runs WI 7?", ""),
        (MATCHES, "what time do wick play orla", "17:30"),
        (TEAMS, "how many matches did Harlow Rovers lose?", "3"),
        (TEAMS, "how many games has Orla City won?", "10"),
        (TEAMS, "how many points did Orla City lose?", ""),
        (CLUBS, "berapa kali garuda muda kalah", "3"),
        (CENSUS, "how many residents did Wick move?", ""),
        (CENSUS, "how many women in Wick are displaced?", ""),
    ],
)
def test_a_verb_or_what_is_counted_may_be_left_over(
    table: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.csv": table}).answer([question])
    first = answer.citations[0] if answer.citations else None
    assert (quote_parts(first)[1] if first and answer.confidence >= LESS_SURE else "") == cell


STATUS = """---
title: Flood report no. 3
date: 2026-03-14
---
Some 141 houses were destroyed in Wick. About 30 children are missing in Ansel.

| District | Date of flood | Deaths | Status |
|---|---|---|---|
| Ansel | 2026-03-10 | 3 | open |
| Wick | 2026-03-11 | 2 | closed |
| Total | | 5 | |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("status of Wick on 14 March", "closed", id="day-of-the-report"),
        pytest.param("how many deaths by 14 March in Ansel?", "3", id="before-the-total"),
        pytest.param("how many deaths by 13 March in Ansel?", "", id="no-total-of-another-day"),
        pytest.param("deaths in Ansel on 10 March", "3", id="day-of-the-row"),
    ],
)
def test_a_row_with_a_day_may_be_of_that_of_its_report(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    assert marked(snapshot_of({"a.md": STATUS}).answer([question])[0]) == cell


def test_no_total_is_meant_where_a_row_is_named() -> None:
    rows = ["| Town | Deaths | Note |", "|---|---|---|", "| Ansel | | later |", "| Total | 5 | |"]
    assert read_in("\n".join(rows), "how many deaths in Ansel?")[-1] == ("| Total | 5 | |", 0.0)


def test_a_cell_of_plain_text_is_found_and_nobody_says_it(snapshot_of: BuildSnapshot) -> None:
    turns = "ANA LIM: We shall vote on the harbour now.\n\nBEN ROE: I read the votes of all."
    votes = "Party   Votes   Absent\nBlue        4        1\nGreen       2        3\n"
    [answer] = snapshot_of({"record.txt": f"The sitting of May\n\n{turns}\n\n{votes}"}).answer(["absent of Green"])
    assert (marked(answer), answer.citations[0].column, answer.citations[0].speaker) == ("3", "Absent", "")


@pytest.mark.parametrize("question", ["Why were people in Ansel displaced?", "kenapa ada yang displaced di Ansel?"])
def test_no_cell_says_why(question: str, snapshot_of: BuildSnapshot) -> None:
    snapshot = snapshot_of({"flood.csv": "District,Displaced,Deaths\nAnsel,1200,3\nWick,430,0\n"})
    asked = [question, "How many people were displaced in Ansel?", "How many deaths in Ansel, and why?"]
    [answer, number, both] = snapshot.answer(asked)
    assert (answer.found, marked(number), marked(both)) == (False, "1200", "3")


RESULTS = """# Results

| Constituency | Ballots cast | Postal votes | Turnout 2026 (%) | Turnout 2022 (%) |
| --- | ---: | ---: | ---: | ---: |
| Wick | 12,400 | 2,210 | 61.2 | 58.4 |
| Ansel | 9,870 | 1,904 | 63.0 | 60.1 |
"""
LEADERS = """RW,RT,Jabatan,Nama
04,01,Ketua RT,Asep Sunandar
04,02,Ketua RT,Dedi Kurnia
05,02,Ketua RT,Rahmat Saleh
"""
FIXTURES = """Date,Kick-off,Home,Away
4 April,15.00,Harlow Rovers,Penwick
4 April,17.30,Dunmarsh,Harlow Rovers
"""


def test_a_row_of_figures_does_not_answer_what_no_column_says(snapshot_of: BuildSnapshot) -> None:
    majority, earlier, turnout, votes = snapshot_of({"a.md": RESULTS}).answer(
        ["majority in Wick", "postal votes in Wick in 2022", "turnout in Wick?", "postal votes in Wick"]
    )
    assert (majority.found, earlier.found, turnout.found, marked(votes)) == (False, False, True, "2,210")


def test_a_year_alone_names_no_other_figure_after_one(snapshot_of: BuildSnapshot) -> None:
    asked = ["How many postal votes in Wick?", "and in 2022?", "turnout in Wick in 2026?", "and in 2022?"]
    answers = answers_in_turn(snapshot_of({"a.md": RESULTS}), *asked)
    assert ([one.found for one in answers], marked(answers[-1])) == ([True, False, True, True], "58.4")


def test_a_row_is_named_by_numbers_of_its_columns(snapshot_of: BuildSnapshot) -> None:
    questions = ["siapa ketua RT 02 RW 04?", "siapa ketua RT 2 RW 5?", "siapa ketua RT 03 RW 05?"]
    answers = snapshot_of({"a.csv": LEADERS}).answer(questions)
    assert list(map(marked, answers)) == ["Dedi Kurnia", "Rahmat Saleh", ""]
    assert not answers[-1].found


@pytest.mark.parametrize("versus", ["v", "vs", "versus"])
def test_teams_are_named_with_what_stands_between_them(snapshot_of: BuildSnapshot, versus: str) -> None:
    [answer] = snapshot_of({"a.csv": FIXTURES}).answer([f"kick-off of Harlow Rovers {versus} Penwick"])
    assert marked(answer) == "15.00"


CLOSED = """# Schools

Three schools were closed by the flood.

| School | Closed until | Pupils |
| --- | --- | --- |
| Wick High School | 8 February | 640 |
| Dunbrae Primary | 12 February | 120 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("how many schools were closed", "Three"),
        ("until when is wick high school closed", "8 February"),
        ("how many pupils at dunbrae primary", "120"),
    ],
)
def test_a_day_is_no_count(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"schools.md": CLOSED}).answer([question])
    assert quote_parts(answer.citations[0])[1] == cell


BOARD = """No,Nama,Jabatan,Partai,Email
1,Sari Lontoh,Ketua,Nelayan Bersatu,sari@dewan-kolaka.example
2,Bram Ndolu,Wakil Ketua,Tani Makmur,bram@dewan-kolaka.example
3,Rita Moke,Anggota,Nelayan Bersatu,rita@dewan-kolaka.example
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("siapa ketua dewan kolaka?", "", id="words-of-an-address"),
        pytest.param("siapa rita@dewan-kolaka.example?", "Rita Moke", id="a-whole-address"),
        pytest.param("siapa ketuanya?", "Sari Lontoh", id="an-office"),
        pytest.param("siapa ketua partai nelayan bersatu?", "", id="an-office-of-what-a-column-names"),
        pytest.param("who is the ketua of the Nelayan Bersatu partai?", "", id="in-the-order-of-English"),
        pytest.param("siapa ketua partai tani makmur?", "", id="where-the-row-has-a-deputy"),
        pytest.param("partai ketua?", "Nelayan Bersatu", id="the-column-itself"),
    ],
)
def test_whoever_has_an_address_or_an_office_in_a_list_is_not_head_of_another_body(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.csv": BOARD}).answer([question])
    assert marked(answer) == cell


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param("Ana Weo,Ketua,Hukum\nBo Riwu,Anggota,Hukum\nIna Bere,Ketua,Gizi\n", id="several-have-one"),
        pytest.param("Ana Weo,Ketua,Hukum\nBo Riwu,Anggota,Hukum\n", id="a-list-of-one"),
        pytest.param(
            "Ana Weo,Ketua Komisi,Hukum\nBo Riwu,Anggota,Hukum\nIna Bere,Anggota,Gizi\n", id="the-row-says-it"
        ),
    ],
)
def test_who_heads_a_part_is_found_in_a_list_where_that_may_be_told(rows: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": f"Nama,Jabatan,Komisi\n{rows}"}).answer(["siapa ketua komisi hukum?"])
    assert marked(answer) == "Ana Weo"


PLAN = """# Anggaran Dinas Perikanan 2026

| Kode | Kegiatan | Pagu 2025 | Pagu 2026 |
|---|---|---|---|
| 1.01 | Bibit ikan | 5700 | 6100 |
| 4.02 | Perjalanan dinas | 1450 | 870 |
| 4.03 | Sewa gedung | 300 | 340 |
| | Jumlah | 7450 | 7310 |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("total pagu 2026?", "7310"),
        ("total pagu 2026 dinas perikanan?", "7310"),
        ("total pagu 2026 perjalanan dinas?", "870"),
        ("pagu 2026 bibit ikan?", "6100"),
        ("jumlah pagu 2025 sewa gedung?", "300"),
    ],
)
def test_a_total_is_that_of_no_row_that_has_only_words_of_the_title(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.md": PLAN}).answer([question])
    assert answer.citations[0].highlight is not None
    assert answer.citations[0].document.text[slice(*answer.citations[0].highlight)] == cell


@pytest.mark.parametrize(
    ("question", "cell"),
    [("dapil rita moke?", "Kolaka 2"), ("norek sari lontoh?", "778-1"), ("darah sari lontoh?", "")],
)
def test_a_column_is_named_by_a_word_made_of_how_its_words_begin(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    rows = "Sari Lontoh,Kolaka 1,778-1\nRita Moke,Kolaka 2,778-2\n"
    [answer] = snapshot_of({"a.csv": f"Nama,Daerah pemilihan,Nomor rekening\n{rows}"}).answer([question])
    assert marked(answer) == cell


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("brp yg nolak dari tani makmur?", "6", id="menolak"),
        pytest.param("brp yg nerima dari tani makmur?", "2", id="menerima"),
        pytest.param("brp yg Nolan dari tani makmur?", "", id="a-name"),
    ],
)
def test_a_column_is_named_by_a_verb_as_it_is_spoken(question: str, cell: str, snapshot_of: BuildSnapshot) -> None:
    rows = "Nelayan Bersatu | 14 | 1\nTani Makmur | 2 | 6\n"
    [answer] = snapshot_of({"a.txt": f"Fraksi | Menerima | Menolak\n{rows}"}).answer([question])
    assert marked(answer) == cell


CREW = """# Ward list

| Wing | Ward | Beds | Ward manager |
|---|---|---|---|
| East | A | 14 | Ana Lim |
| East | B | 18 | Bo Roe |
| West | C | 9 | Cy Dunn |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("who manages ward b?", "Bo Roe"),
        ("who is the manager of ward b?", "Bo Roe"),
        ("who is the manager of ward d?", ""),
        ("who is the director of ward b?", ""),
    ],
)
def test_an_office_in_the_name_of_a_column_is_that_of_each_row(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.md": CREW}).answer([question])
    assert marked(answer) == cell


ACTIONS = """# Minutes of the ferry board, meeting 4

| No. | Action | Responsible | Deadline |
|---|---|---|---|
| 4.1 | Paint the gate | Ana Lim | 4 June |
| 4.2 | Repair of two boats | Bo Roe | 31 May |
| 4.10 | Letter to the crew | Cy Dunn | 16 May |
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        ("who is responsible for 4.2?", "Bo Roe"),
        ("deadline for 4.10?", "16 May"),
        ("who is responsible for 4.3?", ""),
        ("deadline for the letter to the crew?", "16 May"),
    ],
)
def test_a_row_is_named_by_the_number_with_points_that_it_begins_with(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.md": ACTIONS}).answer([question])
    assert marked(answer) == cell


GIVEN = """Name,Item,Quantity,Agency,Donor,Duty station
Ana Lim,Cooking pots,350 pots,Wick Aid,Orla,Holm
Bo Roe,Soap,16 t,Selle Relief,Chile,Tern
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("who hands out cooking pots?", "Wick Aid", id="no-amount"),
        pytest.param("who funds cooking pots?", "Orla", id="who-pays"),
        pytest.param("who distributes soap?", "Selle Relief", id="who-does"),
        pytest.param("who steals soap?", "", id="another-verb"),
        pytest.param("who funds blankets?", "", id="another-thing"),
    ],
)
def test_who_does_something_stands_in_the_column_that_the_verb_names(
    question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    table = "\n".join(line.partition(",")[2] for line in GIVEN.splitlines())
    [answer] = snapshot_of({"a.csv": table}).answer([question])
    assert marked(answer) == cell


def test_where_somebody_is_based_stands_in_the_column_of_duty_stations(snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.csv": GIVEN}).answer(["where is Ana Lim based?"])
    assert marked(answer) == "Holm"


DISTRICTS = """# Flood report no. 3

| District | Displaced people | Deaths | Missing | Meals a day |
|---|---|---|---|---|
| Holm | 1,700 | 45 | 2 | 1.8 |
| Tern | 4,300 | 12 | 2 | 2.1 |

Many were injured when the bridge fell.
"""


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        pytest.param("how many injured in Tern?", None, id="that-prose-tells-of"),
        pytest.param("how many missing in Tern?", "2", id="a-column"),
        pytest.param("how many meals do people eat in Tern?", "2.1", id="what-people-do-with-it"),
    ],
)
def test_a_row_without_a_column_of_what_is_counted_does_not_answer(
    question: str, cell: str | None, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.md": DISTRICTS}).answer([question])
    first = answer.citations[0] if answer.citations else None
    assert (quote_parts(first)[1] if first else None) == cell


SPENDING = """# Budget speech 2031

| Item (million) | 2030 budget | 2030 outlook | 2031 |
| --- | --- | --- | --- |
| Schools | 198 | 196 | 212 |
| Ports | 74 | 75 | 79 |
"""
PROJECTIONS = """# Bank of Orla, statement

Table 1. Projections

| Indicator | 2029 | 2030 (September) | 2030 (October) |
| --- | --- | --- | --- |
| Growth (%) | 5.1 | 5.0 | 4.8 |
| Inflation (%) | 2.7 | 3.2 | 3.1 |
"""
REVISED = """Ekspor Agustus (Revisi)

Tabel 1. Ekspor menurut komoditas, Agustus (juta krona)

Komoditas	Angka lama	Angka revisi
Nikel	1.312	1.455
Kopi	214	221

Pembeli nikel terbesar ialah Jepang.
"""
FERRY_LINES = """# Ferries by route

| Route | Spring | Summer | Boats |
| --- | --- | --- | --- |
| Orla - Holm | 138 | 121 | 16 |
| Holm - Tern | 25 | 22 | 4 |
"""


@pytest.mark.parametrize(
    ("name", "text", "question", "cell"),
    [
        pytest.param("a.md", SPENDING, "ports budget 2031", "79", id="of-another-year"),
        pytest.param("a.md", SPENDING, "ports budget 2030", "74", id="of-the-year"),
        pytest.param("a.md", SPENDING, "schools budget outlook 2030", "196", id="a-word-of-the-title-besides"),
        pytest.param("a.md", PROJECTIONS, "inflation forecast for 2030 in october", "3.1", id="made-in-a-month"),
        pytest.param("a.md", PROJECTIONS, "inflation forecast 2030 in september", "3.2", id="made-in-another"),
        pytest.param("a.md", PROJECTIONS, "inflation in october 2030", "", id="in-the-month"),
        pytest.param("a.txt", REVISED, "ekspor kopi agustus", "221", id="new-and-old"),
        pytest.param("a.txt", REVISED, "ekspor kopi agustus setelah revisi", "221", id="new"),
        pytest.param("a.txt", REVISED, "angka lama kopi", "214", id="old"),
        pytest.param("a.txt", REVISED, "ekspor kopi ke jepang", "", id="of-what-only-prose-tells"),
        pytest.param("a.md", FERRY_LINES, "boats on the tern route", "4", id="a-word-beside-the-name-of-the-row"),
        pytest.param("a.md", FERRY_LINES, "boats on the wick route", "", id="of-another-row"),
    ],
)
def test_of_columns_alike_that_is_meant_which_the_question_tells(
    name: str, text: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({name: text}).answer([question])
    assert marked(answer) == cell


QUARTER = """# Results for the third quarter of 2031

Selle, 30 October 2031. Wick Ferries (WFR) made a loss of 96 million in the third quarter of 2031, as Holm was shut.

## Key figures (million)

| | Q3 2031 | Q3 2030 | 9M 2031 |
| --- | --- | --- | --- |
| Turnover | 2,760 | 2,981 | 8,455 |
| Fuel | 812 | 701 | 2,290 |
"""
KINERJA = """# Laporan kinerja kuartal III 2031

PT Samudra Tirta Tbk membukukan laba bersih Rp142 miliar pada kuartal III 2031, kata Direktur Utama Sari Lontoh.

| Pos (Rp miliar) | Kuartal III 2031 | Kuartal III 2030 | Sembilan bulan 2031 |
| --- | --- | --- | --- |
| Laba usaha | 214 | 181 | 633 |
| Laba bersih | 142 | 118 | 412 |
"""


@pytest.mark.parametrize(
    ("text", "question", "cell"),
    [
        pytest.param(QUARTER, "fuel costs wick ferries q3 2031", "812", id="whose-report-it-is"),
        pytest.param(QUARTER, "turnover of wick ferries in the third quarter of 2030", "2,981", id="a-quarter-in-full"),
        pytest.param(QUARTER, "turnover wick ferries nine months 2031", "8,455", id="nine-months"),
        pytest.param(QUARTER, "fuel holm q3 2031", "", id="another-name"),
        pytest.param(QUARTER, "fuel selle q3 2031", "", id="where-it-was-written"),
        pytest.param(KINERJA, "laba usaha samudra kuartal iii 2030", "181", id="in-Indonesian"),
        pytest.param(KINERJA, "laba bersih samudra sembilan bulan 2031", "412", id="nine-months-in-Indonesian"),
    ],
)
def test_a_report_begins_with_the_name_of_whose_figures_it_has(
    text: str, question: str, cell: str, snapshot_of: BuildSnapshot
) -> None:
    [answer] = snapshot_of({"a.md": text}).answer([question])
    assert marked(answer) == cell


COORDINATORS = """# Volunteers

| Kota | Tempat | Koordinator | Telepon |
|---|---|---|---|
| Tirtamarga | SMA Negeri 2 | Oktavianus Bere | 0813-5550-1134 |
| Wick | Aula 4 | Farida Hanum | 0813-5550-1158 |
"""


@pytest.mark.parametrize("question", ["phone number of oktavianus bere", "nomor hpnya Oktavianus Bere?"])
def test_a_number_to_call_is_told_from_the_other_figures_of_a_row(question: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": COORDINATORS}).answer([question])
    assert quote_parts(answer.citations[0])[1] == "0813-5550-1134"


STAGES = """# The tour of Orla

| Stage | Date | Start | Finish | Distance (km) |
|---|---|---|---|---|
| 3 | 9 July | Sarn | Holloway | 158 |
| 5 | 12 July | Wick | Gunung Pelana | 121 |

The last stage climbs to the Pelana pass at 1,870 metres.
"""


@pytest.mark.parametrize("question", ["how long is stage 5", "how far is stage 5?", "seberapa jauh stage 5?"])
def test_how_long_something_is_stands_in_the_column_of_distances(question: str, snapshot_of: BuildSnapshot) -> None:
    [answer] = snapshot_of({"a.md": STAGES}).answer([question])
    assert marked(answer) == "121"

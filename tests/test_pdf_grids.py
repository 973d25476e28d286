"""The ruled tables of a PDF are read cell by cell, by the lines that are drawn around these."""

import pytest

from retrieval.documents.formats.pdf.pages import extract
from tests.made_files import PdfFile, PdfPage
from tests.test_pdf import blocks

GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
TASKS = [
    ["No", "Action", "Who", "By"],
    [
        "1",
        "Ask Brodie Marine for a written timetable of the work on the quay",
        "Ruth Calder, harbour master",
        "13 March",
    ],
    ["2", "Inspect the chalets at Reiss", "Dr Isla Munro", ""],
    ["3", "Tell the crews", "", "6 March 2026"],
]
WIDTHS = [30.0, 130.0, 80.0, 60.0]
READ = [
    "No | Action | Who | By",
    "1 | Ask Brodie Marine for a written timetable of the work on the quay | Ruth Calder, harbour master | 13 March",
    "2 | Inspect the chalets at Reiss | Dr Isla Munro",
    "3 | Tell the crews | | 6 March 2026",
]


def of_table(rows: list[list[str]], widths: list[float], *style: tuple[object, ...]) -> list[str]:
    file = PdfFile()
    file.page().table(72, 100, rows, widths, [GRID, *style])
    return blocks(file)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_cells_that_are_wrapped_are_whole(turn: int) -> None:
    file = PdfFile()
    page = file.page()
    if turn:
        page.turn(turn)
    page.line(72, 80, "What is to be done:")
    end = page.table(72, 100, TASKS, WIDTHS, [GRID])
    page.line(72, end + 30, "That was all.")
    assert blocks(file) == ["What is to be done:", *READ, "That was all."]


@pytest.mark.parametrize("filled", [pytest.param(0, id="drawn"), pytest.param(0.7, id="filled")])
def test_a_table_may_be_open_at_its_sides(filled: float) -> None:
    file = PdfFile()
    page = file.page()
    for left, text in ((72, "Wick"), (72, "Orla"), (150, "9,400 trees, most"), (150, "of them oaks"), (150, "none")):
        page.line(left, {"Orla": 134, "none": 134, "of them oaks": 112}.get(text, 100), text)
    page.rule(70, 120, 300, 120, filled=filled)
    page.rule(140, 90, 140, 140, filled=filled)
    assert blocks(file) == ["Wick | 9,400 trees, most of them oaks", "Orla | none"]


def test_each_row_says_what_a_cell_over_several_rows_says() -> None:
    rows = [
        ["District", "Village", "Homes"],
        ["Ciparay", "Sukasari", "214"],
        ["", "Mekarjaya", "187"],
        ["Total", "", "401"],
    ]
    assert of_table(rows, [90.0, 90.0, 60.0], ("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (1, 3))) == [
        "District | Village | Homes",
        "Ciparay | Sukasari | 214",
        "Ciparay | Mekarjaya | 187",
        "Total | | 401",
    ]


def test_names_in_two_rows_are_one() -> None:
    rows = [
        ["Village", "Victims", "", "Homes"],
        ["", "Dead", "Injured", ""],
        ["Reiss", "6", "21", "214"],
        ["Wick", "4", "12", "187"],
    ]
    merged = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
    assert of_table(rows, [60.0] * 4, *merged) == [
        "Village | Victims Dead | Victims Injured | Homes",
        "Reiss | 6 | 21 | 214",
        "Wick | 4 | 12 | 187",
    ]


def test_rows_without_lines_between_their_cells_have_these() -> None:
    file = PdfFile()
    page = file.page()
    rows = [["Service", "Fee"], ["Registration", "15,000"], ["Specialist in the", "75,000"], ["Teeth", "50,000"]]
    for number, (service, fee) in enumerate(rows):
        page.line(80, 100 + 30 * number, service)
        page.line(250, 100 + 30 * number, fee)
    page.line(80, 172, "polyclinic")
    for top in (85, 115, 145, 175, 205):
        page.rule(72, top, 320, top)
    for top in (115, 175):  # every second row
        page.rule(240, top, 240, top + 30)
    for side in (72, 320):
        page.rule(side, 85, side, 205)
    assert blocks(file) == [
        "Service | Fee",
        "Registration | 15,000",
        "Specialist in the polyclinic | 75,000",
        "Teeth | 50,000",
    ]


def test_rows_that_only_gaps_part_are_several_also_between_two_lines() -> None:
    file = PdfFile()
    page = file.page()
    rows = [["Place", "Beds", "Open"], ["Dunmere", "320", "yes"], ["Pellwick", "85", "no"], ["Sandrige", "40", "no"]]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.line(80 + 100 * column, 100 + 20 * number, cell)
    for top in (85, 106, 170):
        page.rule(72, top, 372, top)
    for left in (72, 172, 272, 372):
        page.rule(left, 85, left, 106)
    for side in (72, 372):
        page.rule(side, 106, side, 170)
    assert [" | ".join(row) for row in rows[1:]] == blocks(file)[1:]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        pytest.param(["1.200.000.0", "00"], "1.200.000.000", id="a-figure"),
        pytest.param(["1.200", "12"], "1.200 12", id="two-figures"),
        pytest.param(["Kecamata", "n"], "Kecamatan", id="a-word-that-stands-elsewhere"),
        pytest.param(["Sukasar", "i"], "Sukasar i", id="an-unknown-word"),
        pytest.param(["vosko@nocp-", "wick.exa", "mple"], "vosko@nocp-wick.example", id="an-address"),
        pytest.param(["vosko@wick.example", "Monday"], "vosko@wick.example Monday", id="an-address-and-a-word"),
    ],
)
def test_what_a_narrow_cell_breaks_is_whole(lines: list[str], read: str) -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 60, "Kecamatan Wick stands here.")
    page.paragraph(80, 100, lines)
    page.line(180, 100, "other")
    frame(page, 72, 85, 176, 140)
    frame(page, 176, 85, 300, 140)
    assert blocks(file)[1:] == [f"{read} | other"]


def test_a_line_between_rows_says_what_those_below_are() -> None:
    rows = [["Place", "Homes"], ["North", ""], ["Reiss", "214"], ["South", ""], ["Wick", "187"]]
    file = PdfFile()
    file.page().table(72, 100, rows, [90, 90], [GRID, ("SPAN", (0, 1), (1, 1)), ("SPAN", (0, 3), (1, 3))])
    found = extract(file.data())
    assert found.text == "Place | Homes\nNorth\nReiss | 214\nSouth\nWick | 187"
    assert [found.text[block.start : block.end] for block in found.blocks if not block.whole] == ["North", "South"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_that_counts_the_columns_is_left_out(ruled: bool) -> None:
    rows = [["Group", "2024", "2025"], ["(1)", "(2)", "(3)"], ["Food", "106.1", "108.4"], ["Health", "103.0", "103.9"]]
    file = PdfFile()
    file.page().table(72, 100, rows, [90, 90, 90], [GRID] if ruled else [])
    assert blocks(file) == [" | ".join(row) for row in rows if row[0] != "(1)"]


def test_a_table_goes_on_overleaf_below_the_same_names() -> None:
    file = PdfFile()
    for rows in (TASKS[:2], [TASKS[0], *TASKS[2:]]):
        file.page().table(72, 60, rows, WIDTHS, [GRID])
    assert extract(file.data()).text == "\n".join(READ)


@pytest.mark.parametrize("names", [pytest.param([], id="alone"), pytest.param(TASKS[:1], id="below-the-names")])
def test_a_row_may_go_on_overleaf(names: list[list[str]]) -> None:
    file = PdfFile()
    file.page().table(72, 60, [*TASKS[:2], ["2", "Inspect the chalets", "Dr Isla", ""]], WIDTHS, [GRID])
    file.page().table(72, 60, [*names, ["", "at Reiss", "Munro", ""], TASKS[3]], WIDTHS, [GRID])
    assert extract(file.data()).text == "\n".join(READ)


def test_the_text_of_long_cells_is_that_of_a_page() -> None:
    texts = [
        " ".join(f"The {place} road was closed on day {day}." for day in range(12)) for place in ("north", "south")
    ]
    assert of_table([["Access", "Health"], texts], [200.0, 200.0]) == ["Access | Health", *texts]


def test_a_frame_around_a_text_is_no_table() -> None:
    file = PdfFile()
    page = file.page()
    page.paragraph(
        72, 100, ["The board met on Tuesday, and Dr. Ana Lim spoke of the", "harbour. It will be dredged in May."]
    )
    for top, bottom in ((50, 60), (60, 200)):
        frame(page, 60, top, 400, bottom)
    assert blocks(file) == [
        "The board met on Tuesday, and Dr. Ana Lim spoke of the harbour. It will be dredged in May."
    ]


def test_a_table_within_a_cell_is_read_for_itself() -> None:
    file = PdfFile()
    page = file.page()
    page.line(80, 110, "Trees")
    page.line(200, 110, "They were planted in two places.")
    page.table(200, 130, [["Orla", "94"], ["Wick", "61"]], [60, 40], [GRID])
    frame(page, 72, 90, 190, 220)
    frame(page, 190, 90, 400, 220)
    assert blocks(file) == ["Trees | They were planted in two places.", "Orla | 94", "Wick | 61"]


def test_what_is_laid_over_a_table_is_no_part_of_it() -> None:
    file = PdfFile()
    page = file.page()
    page.table(72, 100, [["Reiss", "14"], ["Wick", "61"]], [60, 40], [GRID])
    page.line(80, 122, "UNCLASSIFIED and provisional", size=6)
    assert blocks(file)[:2] == ["Reiss | 14", "Wick | 61"]


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, "A map of the harbour stands below.")
    for number in range(1_500):
        page.rule(72, 120 + number * 4 % 600, 72 + number % 400, 120 + number * 4 % 600)
        page.rule(72 + number * 4 % 400, 120, 72 + number * 4 % 400, 120 + number % 600)
    assert blocks(file) == ["A map of the harbour stands below."]


def frame(page: PdfPage, left: float, top: float, right: float, bottom: float) -> None:
    for sides in (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ):
        page.rule(*sides)

"""Of a workbook each row that is shown is a sentence that names the columns, its figures as the cells show them."""

from collections.abc import Sequence
from datetime import datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from retrieval.documents.formats.xlsx import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import made_xlsx, repacked, saved

NAMES = ["place", "master", "depth"]
BRACKWATER, ANSEL = ["Brackwater", "Ana", 7.5], ["Port Ansel", "Ben", 6]


def made(*rows: Sequence[object]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book["Sheet"]
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def blocks(book: Workbook) -> list[str]:
    """Return what is read of a workbook, headings with a mark before them."""
    found = extract(saved(book))
    return [f"{'# ' * block.heading}{found.text[block.start : block.end]}" for block in found.blocks]


def test_a_row_names_the_columns_of_its_values_and_leaves_out_empty_ones() -> None:
    found = extract(made_xlsx())
    assert found.text == "place: Brackwater; harbour master: Yusra Delacroix; depth: 7.5\nplace: Port Ansel; depth: 6"
    assert all(block.whole for block in found.blocks)


def test_lines_above_a_table_are_headings_and_those_below_are_text() -> None:
    book, _ = made(["Depths of the basins"], [], NAMES, BRACKWATER, [], ["Source: the board, in May 2022."])
    assert blocks(book) == [
        "# Depths of the basins",
        "place: Brackwater; master: Ana; depth: 7.5",
        "Source: the board, in May 2022.",
    ]


def test_a_line_over_several_rows_and_columns_is_read_once() -> None:
    book, sheet = made(["Depths of the basins"], [None], NAMES, BRACKWATER)
    sheet.merge_cells("A1:C2")
    assert blocks(book) == ["# Depths of the basins", "place: Brackwater; master: Ana; depth: 7.5"]


def test_each_table_of_a_sheet_has_its_own_names() -> None:
    book, sheet = made(NAMES, BRACKWATER, [], ["Ships"], ["ship", "tons", "flag"], ["Ida", 40, "NO"], [])
    sheet.append(["crane", "lift", "year"])
    sheet.append(["North", 12, 1987])
    for cell in sheet[8]:
        cell.font = Font(bold=True)
    assert blocks(book) == [
        "place: Brackwater; master: Ana; depth: 7.5",
        "# Ships",
        "ship: Ida; tons: 40; flag: NO",
        "crane: North; lift: 12; year: 1987",
    ]


def test_a_gap_or_a_line_between_rows_does_not_take_their_names() -> None:
    book, _ = made(NAMES, BRACKWATER, [], ANSEL, [], ["In the south"], ["Sund", "Cy", 4])
    assert blocks(book) == [
        "place: Brackwater; master: Ana; depth: 7.5",
        "place: Port Ansel; master: Ben; depth: 6",
        "# In the south",
        "place: Sund; master: Cy; depth: 4",
    ]


def test_names_in_two_rows_are_joined() -> None:
    book, sheet = made(
        ["place", 2021, None, "note"], [None, "dead", "hurt", None], ["Bima", 3, 4, "all"], ["Dompu", 5, 6, None]
    )
    for area in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(area)
    assert blocks(book) == [
        "place: Bima; 2021 dead: 3; 2021 hurt: 4; note: all",
        "place: Dompu; 2021 dead: 5; 2021 hurt: 6",
    ]


def test_a_gap_or_a_line_does_not_take_names_in_two_rows() -> None:
    book, sheet = made(
        ["programme", "Wick", None],
        [None, "budget", "spent"],
        ["Harbour", 29, 4],
        [],
        ["Social support"],
        ["Hotels", 5, 3],
    )
    sheet.merge_cells("B1:C1")
    assert blocks(book) == [
        "programme: Harbour; Wick budget: 29; Wick spent: 4",
        "# Social support",
        "programme: Hotels; Wick budget: 5; Wick spent: 3",
    ]


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    book, sheet = made(["island", "town", "dead"], ["Sumbawa", "Bima", 3], [None, "Dompu", 5])
    sheet.merge_cells("A2:A3")
    assert blocks(book)[1] == "island: Sumbawa; town: Dompu; dead: 5"


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        ([["Project", "Harbour"], ["Begins:", datetime(2026, 11, 3)]], ["Project: Harbour", "Begins: 2026-11-03"]),
        ([["place", "depth"], ["North", 7], ["South", 6]], ["place: North; depth: 7", "place: South; depth: 6"]),
        ([["Deaths", 5], ["Hurt", 7]], ["Deaths: 5", "Hurt: 7"]),
    ],
    ids=["labels", "names", "figures"],
)
def test_two_columns_may_be_labels_and_values(rows: list[list[object]], read: list[str]) -> None:
    assert blocks(made(*rows)[0]) == read


def test_two_columns_have_names_where_only_these_are_bold() -> None:
    book, sheet = made(["Name", "Phone"], ["Ana", "no phone"])
    assert blocks(book) == ["Name: Phone", "Ana: no phone"]
    sheet["A1"].font = sheet["B1"].font = Font(bold=True)
    assert blocks(book) == ["Name: Ana; Phone: no phone"]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1234567, "#,##0", "1,234,567"),
        (1234567.89, "General", "1234567.89"),
        (0.0000001, "General", "0.0000001"),
        (2.5, "0", "3"),
        (1e30, "#,##0", "1,000,000,000,000,000,000,000,000,000,000"),
        (1.005, "0.00", "1.01"),
        (812345678, "0000000000", "0812345678"),
        (-3.456, "0.00", "-3.46"),
        (0.123, "0.0%", "12.3%"),
        (1500000, "_-[$Rp-421]* #,##0_-;-[$Rp-421]* #,##0_-", "Rp1,500,000"),
        (5, '"about "0', "about 5"),
        (0.1 + 0.2, "General", "0.3"),
        (1200.0, "General", "1200"),
        (0.5, "# ?/?", "0.5"),
        (datetime(2026, 11, 3), "d mmm yyyy", "2026-11-03"),
        (datetime(2026, 11, 3, 14, 30), "d/m/yy h:mm", "2026-11-03 14:30"),
        (time(9, 5), "h:mm", "09:05"),
        (True, "General", "True"),
        ("two\nlines", "General", "two lines"),
    ],
)
def test_a_value_is_read_as_its_cell_shows_it(value: object, form: str, shown: str) -> None:
    book, sheet = made(["a", "b", "c"], ["x", "y", value])
    sheet["C2"].number_format = form
    assert blocks(book) == [f"a: x; b: y; c: {shown}"]


def test_what_is_hidden_or_struck_out_is_not_read() -> None:
    book, sheet = made(["a", "b", "c", "d"], [1, 2, 3, 4], [5, 6, 7, 8])
    sheet.column_dimensions["B"].hidden = sheet.row_dimensions[3].hidden = True
    sheet["C2"].font = Font(strike=True)
    book.create_sheet("Draft").append(["not", "read"])
    book["Draft"].sheet_state = "hidden"
    assert blocks(book) == ["a: 1; d: 4"]


def test_several_sheets_are_told_by_their_names_and_the_file_names_the_whole() -> None:
    book, sheet = made(NAMES, BRACKWATER)
    sheet.title = "May"
    book.create_sheet("June").append(NAMES)
    book["June"].append(ANSEL)
    assert blocks(book)[::2] == ["# May", "# June"]
    parsed = parse_document("x/harbour_depths.xlsx", saved(book))
    assert parsed is not None
    assert (parsed.document.title, parsed.document.author, parsed.document.date) == ("harbour depths", None, None)


def test_the_line_at_its_head_or_its_properties_name_it() -> None:
    book, _ = made(["Depths of the basins"], NAMES, BRACKWATER)
    assert extract(saved(book)).metadata.title == "Depths of the basins"
    book.properties.title, book.properties.creator = "Basins", "Ana Lim"
    metadata = extract(saved(book)).metadata
    assert (metadata.title, metadata.author) == ("Basins", "Ana Lim")


def test_a_sheet_of_lines_is_read_as_text() -> None:
    book, _ = made(["Members"], ["Ana Lim"], ["Ben Roe"], [], ["All came."])
    assert blocks(book) == ["Members", "Ana Lim", "Ben Roe", "All came."]
    assert extract(saved(book)).metadata.title == "Members"


def test_a_line_above_the_table_of_a_later_sheet_is_no_title() -> None:
    book, _ = made(NAMES, BRACKWATER)
    for row in (["Ships"], ["ship", "tons", "flag"], ["Ida", 40, "NO"]):
        (book["More"] if "More" in book.sheetnames else book.create_sheet("More")).append(row)
    assert extract(saved(book)).metadata.title == ""


def test_a_formula_that_fails_shows_nothing() -> None:
    book, sheet = made(["a", "b", "c"], ["x", "y", None])
    sheet["C2"] = "#REF!"
    sheet["C2"].data_type = "e"
    assert blocks(book) == ["a: x; b: y"]


def test_columns_without_anything_in_them_do_not_count() -> None:
    book, sheet = made(NAMES, BRACKWATER)
    sheet.cell(2, 250).font = Font(bold=True)
    assert blocks(book) == ["place: Brackwater; master: Ana; depth: 7.5"]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(DocumentError, match="300 columns"):
        extract(saved(made(["c"] * 300, [1] * 300)[0]))


def test_a_sheet_of_too_many_cells_is_refused() -> None:
    book, sheet = made(NAMES)
    sheet["ZZ100000"] = "a cell far away"
    with pytest.raises(DocumentError, match="its sheet “Sheet” goes over 100,000 rows of 702 columns"):
        extract(saved(book))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_part_that_is_something_else_makes_a_file_damaged(part: str) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        extract(repacked(made_xlsx(), part, b"no XML"))

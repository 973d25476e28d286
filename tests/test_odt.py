"""Of a text of LibreOffice the paragraphs, headings and table rows are read, as it reads with all changes accepted."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from retrieval.documents.formats.odt import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import FIRST, SECOND, TITLE, made_odt, repacked, texts_and_headings


def blocks(data: bytes) -> list[tuple[str, bool]]:
    return texts_and_headings(extract(data))


def style(name: str, look: str = "", parent: str = "Standard") -> str:
    return (
        f'<style:style style:name="{name}" style:parent-style-name="{parent}">'
        f"<style:text-properties {look}/></style:style>"
    )


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text: str, said: str = "") -> str:
    return f"<table:table-cell {said}><text:p>{text}</text:p></table:table-cell>"


def test_headings_titles_and_items_are_told_from_paragraphs() -> None:
    items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ("one thing", "another"))
    data = made_odt(
        f'<text:p text:style-name="P1">{TITLE}</text:p><text:section><text:h>Costs</text:h></text:section>'
        f"<text:list>{items}</text:list><text:p>{FIRST}</text:p>",
        styles=style("P1", parent="Title"),
    )
    assert blocks(data) == [(TITLE, True), ("Costs", True), ("one thing", False), ("another", False), (FIRST, False)]


def test_a_table_is_read_row_by_row_and_a_cell_keeps_its_place() -> None:
    head = f"<table:table-header-rows>{row(cell('Place'), cell('2021'), cell('2022'))}</table:table-header-rows>"
    below = row(cell("Papua"), "<table:table-cell/>", cell("40"))
    wide = row(cell("Both", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>", cell("7"))
    repeated = row(cell("Bali"), cell("8", 'table:number-columns-repeated="2"'))
    data = made_odt(f"<text:p>{FIRST}</text:p><table:table>{head}{below}{wide}{repeated}</table:table>")
    assert extract(data).text == f"{FIRST}\n\nPlace | 2021 | 2022\nPapua | | 40\nBoth | | 7\nBali | 8 | 8"


@pytest.mark.parametrize(
    ("below", "names"),
    [
        (["", "2024", "2025"], "Company | Households 2024 | Households 2025"),
        (["Wick", "8", "9"], "Company | Households\nWick | 8 | 9"),  # no names
    ],
)
def test_names_of_columns_in_two_rows_are_joined(below: list[str], names: str) -> None:
    wide = cell("Households", 'table:number-columns-spanned="2"')
    rows = row(cell("Company"), wide, "<table:covered-table-cell/>") + row(*map(cell, below))
    last = row(cell("Orla"), cell("410"), cell("428"))
    assert extract(made_odt(f"<table:table>{rows}{last}</table:table>")).text == f"{names}\nOrla | 410 | 428"


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    first = row(cell("Monday", 'table:number-rows-spanned="2"'), cell("Maths"))
    rows = first + row("<table:covered-table-cell/>", cell("Music")) + row("<table:covered-table-cell/>", cell("Art"))
    found = extract(
        made_odt(f"<text:p>{FIRST}</text:p><table:table>{rows}{row(cell('Friday'), cell('PE'))}</table:table>")
    )
    assert found.text == f"{FIRST}\n\nMonday | Maths\nMonday | Music\n\nArt\nFriday | PE"


def test_a_table_that_only_lays_out_a_page_is_read_as_text() -> None:
    long = " ".join([FIRST] * 4)
    paragraphs = f"<table:table-cell><text:p>{long}</text:p><text:p>{SECOND}</text:p></table:table-cell>"
    assert blocks(made_odt(f"<table:table>{row(paragraphs, cell('aside'))}</table:table>")) == [
        (long, False),
        (SECOND, False),
        ("aside", False),
    ]


def test_white_space_and_line_ends_are_those_that_are_seen() -> None:
    text = 'The<text:s text:c="3"/>work<text:tab/>costs\n   3<text:soft-page-break/> million.'
    assert blocks(made_odt(f"<text:p>{text}<text:line-break/>Nobody voted.</text:p>")) == [
        ("The work costs 3 million.", False),
        ("Nobody voted.", False),
    ]


def test_what_is_hidden_struck_out_or_beside_the_text_is_not_read_and_what_is_raised_stays_apart() -> None:
    styles = (
        style("T1", 'style:text-line-through-style="solid"')
        + style("T2", 'style:text-position="super 58%"')
        + style("T3", 'text:display="none"')
        + style("T4", 'style:text-line-through-style="none"')
    )
    data = made_odt(
        "<text:tracked-changes><text:p>was deleted</text:p></text:tracked-changes><text:p>It costs "
        '<text:span text:style-name="T1">5 </text:span><text:span text:style-name="T4">7 million</text:span>'
        '<text:span text:style-name="T2">3</text:span><text:note><text:p>A note.</text:p></text:note>'
        '<text:span text:style-name="T3">, perhaps</text:span><draw:frame><text:p>box</text:p></draw:frame>'
        "<office:annotation><text:p>really?</text:p></office:annotation> <text:a>crowns</text:a>.</text:p>",
        styles=styles,
    )
    assert blocks(data) == [("It costs 7 million³ crowns.", False)]


def test_the_properties_say_what_it_is() -> None:
    about = "<dc:title>The plan</dc:title><meta:initial-creator>Ana Lim</meta:initial-creator>"
    about += "<meta:creation-date>2022-11-05T08:00:00.123</meta:creation-date><dc:creator>Ben</dc:creator>"
    parsed = parse_document("a.odt", made_odt(about=about))
    assert parsed is not None
    found = parsed.document
    assert (found.title, found.author, found.date) == ("The plan", "Ana Lim", "2022-11-05")


def test_a_text_may_say_nothing_of_itself() -> None:
    out = BytesIO()
    with ZipFile(BytesIO(made_odt())) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            if name != "meta.xml":
                after.writestr(name, before.read(name))
    assert blocks(out.getvalue())[0] == (TITLE, True)


@pytest.mark.parametrize("part", ["content.xml", "meta.xml"])
def test_a_part_that_is_something_else_makes_a_file_damaged(part: str) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        extract(repacked(made_odt(), part, b"no XML"))


def test_a_locked_file_says_so() -> None:
    manifest = b'<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    with pytest.raises(DocumentError, match="protected by a password"):
        extract(repacked(made_odt(), "META-INF/manifest.xml", manifest))


def test_a_file_outside_is_not_read() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    assert blocks(made_odt("<text:p>Words &e; here.</text:p>", head=head)) == [("Words here.", False)]

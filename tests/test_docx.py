"""Of a Word document the paragraphs, headings and table rows are read, as it reads with all changes accepted."""

import re
import zipfile
from datetime import datetime
from io import BytesIO

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from retrieval.documents.formats.docx import extract
from retrieval.documents.formats.extracted import with_joined_names
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import FIRST, SECOND, TITLE, made_docx, repacked, saved, texts_and_headings


def blocks(data: bytes) -> list[tuple[str, bool]]:
    return texts_and_headings(extract(data))


def test_headings_are_told_from_paragraphs() -> None:
    data = made_docx(("Title", TITLE), ("Normal", FIRST), ("Heading 2", "Costs"), ("List Bullet", SECOND))
    assert blocks(data) == [(TITLE, True), (FIRST, False), ("Costs", True), (SECOND, False)]


def test_a_table_is_read_row_by_row() -> None:
    data = made_docx(("Normal", FIRST), rows=[["Basin", "Depth"], ["North", "7.5 m. At least"], ["South", ""]])
    assert blocks(data)[1:] == [("Basin | Depth", False), ("North | 7.5 m. At least", False), ("South", False)]


def test_an_empty_cell_keeps_its_place() -> None:
    assert blocks(made_docx(("Normal", FIRST), rows=[["Place", "2021", "2022"], ["Papua", "", "40"]]))[1:] == [
        ("Place | 2021 | 2022", False),
        ("Papua | | 40", False),
    ]


def test_a_label_between_rows_does_not_part_them_from_the_names_of_their_columns() -> None:
    rows = [["Town", "Dead"], ["Orla", "1"], ["South", ""], ["Wick", "2"], ["Total", ""]]
    data = made_docx(("Normal", FIRST), rows=rows)
    assert extract(data).text == f"{FIRST}\n\nTown | Dead\nOrla | 1\nSouth\nWick | 2\n\nTotal"


def test_a_table_that_only_lays_out_a_page_is_read_as_text() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=2).cell(0, 1)
    cell.text = f"{FIRST} {FIRST} {FIRST} {FIRST} {FIRST}"
    cell.add_paragraph(SECOND)
    assert blocks(saved(document)) == [(cell.paragraphs[0].text, False), (SECOND, False)]


def test_each_table_has_its_own_columns() -> None:
    document = docx.Document()
    for rows in (("Name", "City"), ("Ida", "Rome")), (("Age", "Dead"), ("9", "40")):
        table = document.add_table(rows=2, cols=2)
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("")
    assert extract(saved(document)).text == "Name | City\nIda | Rome\n\nAge | Dead\n9 | 40"


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(table.rows, (("Monday", "Maths"), ("", "Music"), ("Friday", "Art")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Monday"
    assert blocks(saved(document)) == [("Monday | Maths", False), ("Monday | Music", False), ("Friday | Art", False)]


def test_a_cell_over_several_columns_is_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Both basins"
    table.cell(0, 2).text = "7 m"
    assert blocks(saved(document)) == [("Both basins | | 7 m", False)]


@pytest.mark.parametrize(
    ("below", "names"),
    [
        (["", "2024", "2025"], ["Company | Households 2024 | Households 2025"]),
        (["Wick", "8", "9"], ["Company | Households", "Wick | 8 | 9"]),  # no names
        (["", "8", "9"], ["Company | Households", "| 8 | 9"]),
    ],
)
def test_names_of_columns_in_two_rows_are_joined(below: list[str], names: list[str]) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, (["Company", "", ""], below, ["Orla", "410", "428"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Households"
    assert [text for text, _ in blocks(saved(document))] == [*names, "Orla | 410 | 428"]


def test_a_first_row_without_cells_names_nothing() -> None:
    rows = [[], ["Orla", "8"], ["Wick", "9"]]
    assert with_joined_names(rows, []) == rows


def test_a_first_row_over_several_columns_may_be_no_names() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    rows = (["Monday", "", ""], ["", "Maths", "Room 4"], ["Tuesday", "Art", "Room 5"])
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Opening"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Monday"
    lines = ["Monday | Opening", "Monday | Maths | Room 4", "Tuesday | Art | Room 5"]
    assert [text for text, _ in blocks(saved(document))] == lines


@pytest.mark.parametrize(("said", "read"), [("2", "Total | | 8"), ("0", "Total | 8"), ("many", "Total | 8")])
def test_a_cell_stands_in_its_column_behind_a_wide_one(said: str, read: str) -> None:
    document = docx.Document()
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Total", "8"
    width = parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{said}"/>')
    row.cells[0]._tc.get_or_add_tcPr().append(width)
    assert blocks(saved(document)) == [(read, False)]


def test_what_was_deleted_is_not_read_and_what_was_inserted_is() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The work costs ")
    space = nsdecls("w")
    for tag, text, name in (("del", "delText", "two"), ("ins", "t", "three")):
        paragraph._p.append(parse_xml(f"<w:{tag} {space}><w:r><w:{text}>{name}</w:{text}></w:r></w:{tag}>"))
    paragraph.add_run(" million.")
    assert blocks(saved(document)) == [("The work costs three million.", False)]


def test_what_is_hidden_or_struck_out_is_not_read_and_what_is_raised_stays_apart() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The work costs ")
    paragraph.add_run("5 million ").font.strike = True
    paragraph.add_run("7 million").font.strike = False
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run(" crowns").font.subscript = True
    paragraph.add_run(". Not to be published.").font.hidden = True
    assert blocks(saved(document)) == [("The work costs 7 million³ crowns", False)]


def test_a_link_is_read_with_its_sentence() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    paragraph._p.append(parse_xml(f"<w:hyperlink {nsdecls('w')}><w:r><w:t>the plan</w:t></w:r></w:hyperlink>"))
    paragraph.add_run(" for more.")
    assert blocks(saved(document)) == [("See the plan for more.", False)]


def test_the_properties_say_what_it_is() -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    about = document.core_properties
    about.title, about.author, about.created = "The plan", "Ana Lim", datetime(2022, 11, 5, 8)
    parsed = parse_document("a.docx", saved(document))
    assert parsed is not None
    assert (parsed.document.title, parsed.document.author, parsed.document.date) == (
        "The plan",
        "Ana Lim",
        "2022-11-05",
    )
    named = parse_document("2022-10-31-plan.docx", saved(document))
    assert named is not None
    assert named.document.date == "2022-10-31"


@pytest.mark.parametrize(
    ("created", "date"),
    [
        pytest.param(datetime(2013, 12, 23, 23, 15), None, id="template"),
        pytest.param(datetime(2025, 3, 12, 8), "2025-03-12", id="day-of-the-month-told"),
        pytest.param(datetime(2026, 3, 12, 8), "2025-03", id="day-of-an-export"),
    ],
)
def test_the_day_on_which_a_file_was_made_may_say_nothing_of_it(created: datetime, date: str | None) -> None:
    document = docx.Document()
    document.core_properties.author, document.core_properties.created = "Ana Lim", created
    for text in ("Orla Oil", FIRST if created.year == 2013 else "Fact sheet, March 2025", FIRST):
        document.add_paragraph(text)
    parsed = parse_document("a.docx", saved(document))
    assert parsed is not None
    assert parsed.document.date == date


@pytest.mark.parametrize("cut", [4, 100, 5_000])
def test_a_cut_file_says_that_it_is_damaged(cut: int) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        extract(made_docx()[:cut])


@pytest.mark.parametrize("part", ["docProps/core.xml", "word/document.xml", "word/styles.xml", "[Content_Types].xml"])
def test_a_part_that_is_something_else_makes_a_file_damaged(part: str) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        extract(repacked(made_docx(), part, b"<a/>"))


def test_a_locked_file_says_so() -> None:
    data = bytearray(made_docx())
    for entry, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(entry, place + 1)) >= 0:
            data[place + flags] |= 1
    with pytest.raises(DocumentError, match="protected by a password"):
        extract(bytes(data))


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = repacked(made_docx(), "word/document.xml", b" " * (201 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(DocumentError, match="unpacks to more than 200 MB"):
        extract(bomb)


def test_an_entity_bomb_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "bomb">{entities}]><w:document {nsdecls("w")}><w:body>'
        "<w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        assert len(extract(repacked(made_docx(), "word/document.xml", xml.encode())).text) < 1_000
    except DocumentError as error:
        assert "damaged" in str(error)


def test_a_file_outside_is_not_read_through_an_entity() -> None:
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {nsdecls("w")}>'
        "<w:body><w:p><w:r><w:t>Words &e; here</w:t></w:r></w:p></w:body></w:document>"
    )
    try:
        assert "root:" not in extract(repacked(made_docx(), "word/document.xml", xml.encode())).text
    except DocumentError as error:
        assert "damaged" in str(error)


def test_content_controls_are_looked_into() -> None:
    document = docx.Document()
    document.add_paragraph(FIRST)
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    paragraph = document.add_paragraph(SECOND)._p
    paragraph.addprevious(control)
    control[0].append(paragraph)
    assert blocks(saved(document)) == [(FIRST, False), (SECOND, False)]


def test_a_hyphen_that_keeps_a_word_together_is_read() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("COVID")
    paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}><w:noBreakHyphen/><w:t>19</w:t></w:r>"))
    assert blocks(saved(document)) == [("COVID-19", False)]


def test_cells_merged_in_odd_ways_are_no_trouble() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"Cell {number}"
    first = table.cell(0, 0)._tc
    first.get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))  # goes on from no row above
    assert blocks(saved(document)) == [("Cell 0 | Cell 1", False), ("Cell 2 | Cell 3", False)]


def test_a_file_without_properties_has_no_title() -> None:
    data = made_docx(("Normal", FIRST))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            if entry.filename != "docProps/core.xml":
                content = before.read(entry)
                if entry.filename == "_rels/.rels":
                    content = re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", content)
                after.writestr(entry.filename, content)
    assert extract(out.getvalue()).metadata.title == ""


def test_lines_that_end_within_a_paragraph_are_blocks_and_wrapped_ones_are_not() -> None:
    document = docx.Document()
    document.add_paragraph("Date: 12 March 2024\nPresent: Ana, Budi\nThe chair opened the meeting.")
    wrapped = [
        "The board of the harbour met on a Tuesday, and it spoke",
        "of the plan for hours with the minister of the towns",
        "and with others.",
    ]
    document.add_paragraph("\n".join(wrapped))
    assert [text for text, _ in blocks(saved(document))] == [
        "Date: 12 March 2024",
        "Present: Ana, Budi",
        "The chair opened the meeting.",
        " ".join(wrapped),
    ]


def test_a_page_that_ends_within_a_sentence_does_not_end_it() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The board met")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    paragraph.add_run("on Tuesday.")
    assert blocks(saved(document)) == [("The board met on Tuesday.", False)]


@pytest.mark.parametrize(
    ("first", "title"),
    [
        pytest.param(["**PRESS RELEASE**", "12 March 2024", "**The harbour plan**"], "The harbour plan", id="release"),
        pytest.param(["**MINISTRY OF TRANSPORT**", "**The harbour plan**"], "The harbour plan", id="letterhead"),
        pytest.param(["**Kementerian Perhubungan Republik Indonesia**"], "a", id="nothing-but-a-letterhead"),
        pytest.param(["**BADAN LAUT**", "**STASIUN ORLA**", "**AWAS OMBAK**"], "AWAS OMBAK", id="offices"),
        pytest.param(["**SURAT EDARAN**", "NOMOR 5", "TENTANG", "**PARKIR KAPAL**"], "PARKIR KAPAL", id="about"),
        pytest.param(["**KEPUTUSAN NOMOR 5**", "TENTANG", "**KAPAL**"], "KEPUTUSAN NOMOR 5", id="about-with-a-number"),
        pytest.param(["**THE HARBOUR PLAN**", "**IN FULL**"], "THE HARBOUR PLAN", id="no-offices"),
        pytest.param(["**Orla, 4 March 2025**", "**NOTE**"], "a", id="neither-a-day-nor-a-word"),
        pytest.param(["**The harbour plan**", "Place: Orla", "**The costs**"], "The harbour plan", id="minutes"),
        pytest.param(["The harbour plan"], "a", id="not-bold"),
        pytest.param(["**Note** that the plan is old"], "a", id="bold-in-part"),
        pytest.param([FIRST * 3, "**Costs**"], "a", id="below-the-text"),
        pytest.param(["**Bold**", "# The harbour plan"], "The harbour plan", id="style"),
        pytest.param(["**The harbour plan**", FIRST, "## Closing"], "The harbour plan", id="style-of-a-part"),
        pytest.param(["**Draft**", FIRST, "# The harbour plan"], "The harbour plan", id="style-further-down"),
    ],
)
def test_a_title_is_told_by_its_letters_where_no_style_tells_it(first: list[str], title: str) -> None:
    document = docx.Document()
    document.core_properties.author = "Ana Lim"
    for text in [*first, FIRST]:
        marks = re.match(r"(#*) ?", text)
        assert marks
        paragraph = document.add_paragraph(style=f"Heading {len(marks[1])}" if marks[1] else None)
        for number, part in enumerate(text[marks.end() :].split("**")):
            paragraph.add_run(part).bold = bool(number % 2)
    parsed = parse_document("a.docx", saved(document))
    assert parsed
    assert parsed.document.title == title


def test_a_kind_in_the_properties_is_no_title() -> None:
    document = docx.Document(BytesIO(made_docx()))
    document.core_properties.author, document.core_properties.title = "Ana Lim", "PRESS RELEASE"
    parsed = parse_document("a.docx", saved(document))
    assert parsed
    assert parsed.document.title == TITLE


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    end = f'<w:pPr {nsdecls("w")}><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr>'
    document.add_paragraph("The dam will be ")._p.insert(0, parse_xml(end))
    document.add_paragraph("finished in 2025.")
    document.add_paragraph("It is long.")._p.insert(0, parse_xml(end))
    assert [text for text, _ in blocks(saved(document))] == ["The dam will be finished in 2025.", "It is long."]


def test_a_table_of_contents_is_not_read_and_a_formula_is() -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Who pays for the clinics 14", style="toc 1")
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = parse_xml(f'<m:oMath xmlns:m="{space}"><m:r><m:t>12%</m:t></m:r></m:oMath>')
    paragraph = document.add_paragraph("It fell by ")
    paragraph._p.append(formula)
    paragraph.add_run(" in May.")
    assert blocks(saved(document)) == [("It fell by 12% in May.", False)]

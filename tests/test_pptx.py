"""Of slides the titles, paragraphs and table rows are read, each on its page."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pptx
import pytest
from PIL import Image
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.util import Length

from retrieval.documents.formats.pptx import extract
from retrieval.documents.parsing import parse_document
from retrieval.errors import DocumentError
from tests.made_files import FIRST, SECOND, TITLE, made_pptx, repacked, saved

WITH_TEXT, TITLE_ONLY, BLANK = 1, 5, 6  # layouts
AREA = (Length(0), Length(0), Length(3_000_000), Length(1_000_000))


def made(layout: int = WITH_TEXT) -> tuple[Presentation, Slide]:
    presentation = pptx.Presentation()
    return presentation, presentation.slides.add_slide(presentation.slide_layouts[layout])


def title_of(slide: Slide) -> Shape:
    assert slide.shapes.title is not None
    return slide.shapes.title


def blocks(presentation: Presentation) -> list[tuple[str, bool]]:
    found = extract(saved(presentation))
    return [(found.text[block.start : block.end], block.heading) for block in found.blocks]


def test_the_title_of_a_slide_is_a_heading_and_each_paragraph_a_block() -> None:
    presentation, slide = made()
    slide.placeholders[1].text = f"{FIRST}\n{SECOND}"
    title_of(slide).text = TITLE
    assert blocks(presentation) == [(TITLE, True), (FIRST, False), (SECOND, False)]


def test_a_table_is_read_row_by_row_and_an_empty_cell_keeps_its_place() -> None:
    presentation, slide = made(BLANK)
    table = slide.shapes.add_table(3, 3, *AREA).table
    for row, texts in zip(table.rows, (["Place", "2021", "2022"], ["Papua", "", "40"], ["", "", "7"]), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 0).merge(table.cell(2, 1))
    table.cell(2, 0).text = "Both"
    assert extract(saved(presentation)).text == "Place | 2021 | 2022\nPapua | | 40\nBoth | | 7"
    table.cell(1, 2).merge(table.cell(2, 2))
    assert extract(saved(presentation)).text.endswith("Papua | | 40 7\nBoth | | 40 7")


def test_a_picture_in_the_place_of_a_title_does_no_harm() -> None:
    presentation, slide = made(BLANK)
    image = BytesIO()
    Image.new("RGB", (1, 1)).save(image, "PNG")
    picture: Any = slide.shapes.add_picture(image, *AREA)
    picture._element.nvPicPr.nvPr.insert(0, parse_xml(f'<p:ph {nsdecls("p")} type="title"/>'))
    slide.shapes.add_textbox(*AREA).text_frame.text = FIRST
    assert blocks(presentation) == [(FIRST, False)]


def test_boxes_and_what_is_grouped_are_read_and_what_stands_on_every_slide_is_not() -> None:
    presentation, slide = made(BLANK)
    slide.shapes.add_textbox(*AREA).text_frame.text = FIRST
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(*AREA).text_frame.text = SECOND
    for placeholder in presentation.slide_layouts[BLANK].placeholders:  # type: ignore[misc]  # date, footer, number
        slide.shapes.clone_placeholder(placeholder)
    footers = list(slide.placeholders)
    assert len(footers) == 3
    for footer in footers:
        footer.text_frame.text = "The board, May 2022"
    assert blocks(presentation) == [(FIRST, False), (SECOND, False)]


def test_what_is_hidden_or_struck_out_is_not_read_and_what_is_raised_stays_apart() -> None:
    presentation, slide = made(TITLE_ONLY)
    title_of(slide).text = TITLE
    paragraph = slide.shapes.add_textbox(*AREA).text_frame.paragraphs[0]
    for text, look in (("It costs ", {}), ("5 ", {"strike": "sngStrike"}), ("7 million", {"strike": "noStrike"})):
        run = paragraph.add_run()
        run.text = text
        for name, value in look.items():
            run.font._element.set(name, value)
    for text, baseline in (("3", "30000"), (" crowns", "0"), ("2", "-25000")):
        run = paragraph.add_run()
        run.text = text
        run.font._element.set("baseline", baseline)
    hidden = presentation.slides.add_slide(presentation.slide_layouts[WITH_TEXT])
    title_of(hidden).text = "Not shown"
    hidden._element.set("show", "0")
    assert blocks(presentation) == [(TITLE, True), ("It costs 7 million³ crowns2", False)]


def test_a_sentence_has_the_number_of_its_slide_as_page() -> None:
    presentation, first = made()
    first._element.set("show", "0")
    presentation.slides.add_slide(presentation.slide_layouts[BLANK])
    last = presentation.slides.add_slide(presentation.slide_layouts[WITH_TEXT])
    title_of(last).text, last.placeholders[1].text = TITLE, FIRST
    parsed = parse_document("a.pptx", saved(presentation))
    assert parsed is not None
    assert {parsed.document.page(sentence.start) for sentence in parsed.sentences} == {3}


def test_the_properties_say_what_it_is_unless_they_are_of_a_template() -> None:
    presentation, slide = made()
    title_of(slide).text, slide.placeholders[1].text = TITLE, FIRST
    assert extract(saved(presentation)).metadata.created == ""
    about = presentation.core_properties
    about.title, about.author, about.created = "PowerPoint Presentation", "Ana Lim", datetime(2022, 11, 5, 8)
    about.last_modified_by = "Ana Lim"
    parsed = parse_document("a.pptx", saved(presentation))
    assert parsed is not None
    assert (parsed.document.title, parsed.document.author, parsed.document.date) == (TITLE, "Ana Lim", "2022-11-05")


@pytest.mark.parametrize("part", ["ppt/presentation.xml", "ppt/slides/slide1.xml", "[Content_Types].xml"])
def test_a_part_that_is_something_else_makes_a_file_damaged(part: str) -> None:
    with pytest.raises(DocumentError, match="damaged"):
        extract(repacked(made_pptx(), part, b"<a/>"))

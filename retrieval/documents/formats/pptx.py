"""Slides (.pptx): their titles, paragraphs and table rows, a slide a page, opened by python-pptx."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml.etree import _Element as Element
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Slides
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.table import Table
from pptx.text.text import TextFrame

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, is_row, raised, row_text
from retrieval.documents.formats.package import read_package
from retrieval.documents.formats.plain import add_lines
from retrieval.text.patterns import regex

_ON_EVERY_SLIDE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.HEADER, PP_PLACEHOLDER.SLIDE_NUMBER}
_LINE_END, _LOOK, _TEXT = qn("a:br"), qn("a:rPr"), qn("a:t")
_NO_TITLE = regex(r"(?:powerpoint presentation|presentasi powerpoint|presentation\d*|slide \d+)?", re.IGNORECASE)
_OF_TEMPLATE = "Steve Canny"  # named by files that have the properties of python-pptx's own template


def extract(data: bytes) -> Extracted:
    """Read a file of slides; raises DocumentError if it is none or damaged."""
    return read_package(data, _read)


def _read(stream: BytesIO) -> Extracted:
    presentation = Presentation(stream)
    builder = TextBuilder()
    for slide in presentation.slides:
        builder.begin_page()
        if slide._element.get("show") == "0":  # hidden
            continue
        title = slide.shapes.title
        if isinstance(title, Shape):  # there may be a picture
            builder.add(" ".join(_paragraphs(title.text_frame)), heading=True)
        for shape in _shapes(slide.shapes):
            if isinstance(shape, GraphicFrame) and shape.has_table:
                _add_table(builder, shape.table)
            elif isinstance(shape, Shape) and (title is None or shape.shape_id != title.shape_id):
                for paragraph in _paragraphs(shape.text_frame):
                    add_lines(builder, paragraph)
    return builder.extracted(_metadata(presentation))


def _shapes(shapes: Iterable[BaseShape]) -> Iterator[BaseShape]:
    """Yield the shapes of a slide, also those in groups, without what stands on every slide."""
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes)
        elif not (shape.is_placeholder and shape.placeholder_format.type in _ON_EVERY_SLIDE):
            yield shape


def _add_table(builder: TextBuilder, table: Table) -> None:
    first = True
    texts: list[str] = []
    for row in table.rows:
        above = texts or [""] * len(table.columns)
        texts = [
            said if cell._tc.vMerge and not cell._tc.hMerge else " ".join(_paragraphs(cell.text_frame))
            for cell, said in zip(row.cells, above, strict=False)
        ]
        if is_row(texts):
            builder.add(row_text(texts), whole=True, apart=first)
            first = False
        else:
            for text in texts:
                add_lines(builder, text)


def _paragraphs(frame: TextFrame) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        yield "".join(_pieces(paragraph._p))


def _pieces(paragraph: Element) -> Iterator[str]:
    """Yield the text of a paragraph, without what is struck out."""
    for run in paragraph:
        look, text = run.find(_LOOK), run.findtext(_TEXT) or ""
        if run.tag == _LINE_END:
            yield "\n"
        elif look is None:
            yield text
        elif look.get("strike", "noStrike") == "noStrike":
            yield raised(text) if look.get("baseline", "0").lstrip("0").isdecimal() else text


def _metadata(presentation: Slides) -> Metadata:
    about = presentation.core_properties
    is_of_template = about.last_modified_by == _OF_TEMPLATE
    created = about.created.date().isoformat() if about.created and not is_of_template else ""
    title = "" if _NO_TITLE.fullmatch(about.title) else about.title
    return Metadata(title=title, created=created, author=about.author)

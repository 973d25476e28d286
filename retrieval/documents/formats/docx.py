"""Word documents (.docx): paragraphs, headings and table rows, opened by python-docx."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from itertools import islice, pairwise, takewhile

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, add_rows, cell_span, raised
from retrieval.documents.formats.lines import (
    LONGEST_TITLE,
    begins_regulation,
    is_day,
    is_letterhead,
    looks_like_title,
    names_officer,
    tells_of_paper,
)
from retrieval.documents.formats.package import read_package
from retrieval.documents.formats.plain import add_lines

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXTS = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_CELL_LOOK, _WIDTH, _MERGED = qn("w:tcPr"), qn("w:gridSpan"), qn("w:vMerge")
_HIDDEN = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText")}
_SIGNS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_KIND, _OF_PAGES = qn("w:type"), {"page", "column"}  # of a break; others are of lines
_END_DELETED = f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}"  # a paragraph's own end, so that the next one goes on
_PARAGRAPH_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
_BOLD = qn("w:b")
_HEADINGS, _CONTENTS = ("Heading", "Title"), ("toc ", "TOC ")  # with these the names of styles begin
_OF_TITLES, _OF_PARTS = ("Heading 1", "Title"), "Heading 2"
_BEFORE_TITLE = 8  # paragraphs in which a title is looked for
_ABOUT = {"TENTANG", "CONCERNING"}  # above the title of a regulation
_RUN, _RUN_LOOK, _PLACE, _VALUE = qn("w:r"), qn("w:rPr"), qn("w:vertAlign"), qn("w:val")
_UNSEEN = (qn("w:vanish"), qn("w:strike"), qn("w:dstrike"))  # of a run: hidden, or struck out
_OFF = {"0", "false", "off"}
_TEMPLATE = "python-docx"  # names itself where a file has no properties, or those of its own template
_TEMPLATE_CREATED = datetime(2013, 12, 23, 23, 15)  # as a file has it that was made from that


def extract(data: bytes) -> Extracted:
    """Read a Word document; raises DocumentError if it is none or damaged."""
    return read_package(data, _read)


def _read(stream: BytesIO) -> Extracted:
    document = docx.Document(stream)
    builder = TextBuilder()
    styles = {style.style_id: style.name or "" for style in document.styles}
    body = document.element.body
    _add(builder, body, styles, _title(body, styles))
    return builder.extracted(_metadata(document))


def _add(
    builder: TextBuilder, element: BaseOxmlElement, styles: Mapping[str, str], title: BaseOxmlElement | None = None
) -> None:
    """Add the paragraphs and tables of a document, or of a cell that holds text as a page does."""
    begun = ""
    for block in _found(element, {_PARAGRAPH, _TABLE}):
        if block.tag == _PARAGRAPH:
            text, style = begun + _text(block), _style(block, styles)
            begun = text if block.find(_END_DELETED) is not None else ""
            if begun or style.startswith(_CONTENTS):
                continue
            if block is title or style.startswith(_HEADINGS):
                builder.add(text, heading=True)
            else:
                add_lines(builder, text)
            continue
        add_lines(builder, begun)
        begun = ""
        _add_table(builder, block, styles)
    add_lines(builder, begun)


def _add_table(builder: TextBuilder, table: BaseOxmlElement, styles: Mapping[str, str]) -> None:
    """Add the rows of a table; a cell over several of them says the same in each."""
    rows: list[list[str]] = []
    of_rows = [list(_found(row, {_CELL})) for row in _found(table, {_ROW})]
    for cells in of_rows:
        above, texts = rows[-1] if rows else [], list[str]()
        for cell in cells:
            goes_on = _is_continued(cell) and len(texts) < len(above)
            texts += [above[len(texts)] if goes_on else _text(cell), *[""] * (_width(cell) - 1)]
        rows.append(texts)

    def add_cells(number: int) -> None:
        for cell in of_rows[number]:
            _add(builder, cell, styles)

    add_rows(builder, rows, [_width(cell) for cells in of_rows[:1] for cell in cells], add_cells)


def _found(element: BaseOxmlElement, tags: set[str]) -> Iterator[BaseOxmlElement]:
    """Yield the elements with these tags, not those inside them; content controls and insertions are looked into."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _HIDDEN:
            yield from _found(child, tags)


def _metadata(document: WordDocument) -> Metadata:
    about = document.core_properties
    if about.last_modified_by == _TEMPLATE:
        return Metadata()
    if about.author == _TEMPLATE:
        return Metadata(title=about.title)
    is_its_own = about.created and about.created.replace(tzinfo=None) != _TEMPLATE_CREATED
    created = about.created.date().isoformat() if is_its_own else ""
    return Metadata(title=about.title, created=created, author=about.author)


def _width(cell: BaseOxmlElement) -> int:
    """Return over how many columns a cell goes."""
    width = cell.find(f"{_CELL_LOOK}/{_WIDTH}")
    return 1 if width is None else cell_span(width.get(_VALUE))


def _is_continued(cell: BaseOxmlElement) -> bool:
    """Tell whether a cell is but a part of the one above it."""
    merged = cell.find(f"{_CELL_LOOK}/{_MERGED}")
    return merged is not None and merged.get(_VALUE, "continue") == "continue"


def _style(paragraph: BaseOxmlElement, styles: Mapping[str, str]) -> str:
    """Return the name of a paragraph's style; nothing for that of all which have none."""
    style = paragraph.find(_PARAGRAPH_STYLE)
    return styles.get(style.get(_VALUE), "") if style is not None else ""


def _title(body: BaseOxmlElement, styles: Mapping[str, str]) -> BaseOxmlElement | None:
    """Return the paragraph that is a document's title by its bold letters, where no style tells that.

    Styles may tell only the headings of its parts.
    """
    paragraphs = [block for block in _found(body, {_PARAGRAPH, _TABLE}) if block.tag == _PARAGRAPH]
    told = (style for one in paragraphs if (style := _style(one, styles)).startswith(_HEADINGS))
    if next(told, _OF_PARTS).startswith(_OF_TITLES):
        return None
    paragraphs = list(takewhile(lambda one: not _style(one, styles).startswith(_HEADINGS), paragraphs))
    every = ((one, " ".join(text.split())) for one in paragraphs if (text := _text(one)).strip())
    shown = list(islice(every, _BEFORE_TITLE))
    of_officer = any(begins_regulation(text) for _, text in shown)
    for number, (paragraph, text) in enumerate(shown):
        if tells_of_paper(text) or is_day(text) or (of_officer and names_officer(text)):
            continue
        if len(text) > LONGEST_TITLE:  # the text has begun
            break
        if " " in text and looks_like_title(text) and not is_letterhead(text) and _is_bold(paragraph):
            below = [one for one, said in takewhile(lambda one: _is_in_capitals(*one), shown[number:])]
            is_kind = begins_regulation(text) and not re.search(r"\d", text)
            subject = next((one for (_, above), (one, _) in pairwise(shown) if above.upper() in _ABOUT), None)
            if is_kind and subject is not None:
                return subject
            return below[-1] if below and is_letterhead(shown[0][1]) else paragraph
    return None


def _is_in_capitals(paragraph: BaseOxmlElement, text: str) -> bool:
    """Tell whether a paragraph is one of several in bold capitals, of which the last is the title below offices."""
    return text.isupper() and looks_like_title(text) and _is_bold(paragraph) and not tells_of_paper(text)


def _is_bold(paragraph: BaseOxmlElement) -> bool:
    """Tell whether all of a paragraph's text is set in bold letters."""
    runs = [run for run in paragraph.iter(_RUN) if "".join(_run_pieces(run)).strip()]
    return bool(runs) and all(_is_on(run.find(f"{_RUN_LOOK}/{_BOLD}")) for run in runs)


def _text(element: BaseOxmlElement) -> str:
    """Return the text of a paragraph or cell as it reads with all changes accepted, without text boxes."""
    return "".join(_pieces(element))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == _RUN:
            yield from _run_pieces(child)
        elif child.tag in _TEXTS:
            yield (child.text or "").replace("\n", " ")
        elif child.tag in _SIGNS:
            yield " " if child.get(_KIND) in _OF_PAGES else _SIGNS[child.tag]
        elif child.tag not in _HIDDEN:
            yield from _pieces(child)
            if child.tag == _PARAGRAPH:
                yield " "


def _run_pieces(run: BaseOxmlElement) -> Iterator[str]:
    """Yield the text of a run of characters that look alike, unless they are hidden or struck out."""
    look = run.find(_RUN_LOOK)
    if look is None:
        yield from _pieces(run)
    elif not any(_is_on(look.find(tag)) for tag in _UNSEEN):
        place = look.find(_PLACE)
        is_raised = place is not None and place.get(_VALUE) == "superscript"
        yield from (map(raised, _pieces(run)) if is_raised else _pieces(run))


def _is_on(switch: BaseOxmlElement | None) -> bool:
    return switch is not None and switch.get(_VALUE) not in _OFF

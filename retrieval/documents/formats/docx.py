"""Word documents (.docx): paragraphs, headings and table rows, opened by python-docx."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, cell_span, is_row, raised, row_text
from retrieval.errors import DocumentError

_MOST_UNPACKED = 200 * 2**20  # bytes
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:t")
_CELL_LOOK, _WIDTH = qn("w:tcPr"), qn("w:gridSpan")
_HIDDEN = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText")}
_SIGNS = {qn("w:br"): " ", qn("w:cr"): " ", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_RUN, _RUN_LOOK, _PLACE, _VALUE = qn("w:r"), qn("w:rPr"), qn("w:vertAlign"), qn("w:val")
_UNSEEN = (qn("w:vanish"), qn("w:strike"), qn("w:dstrike"))  # of a run: hidden, or struck out
_OFF = {"0", "false", "off"}
_TEMPLATE = "python-docx"  # names itself where a file has no properties, or those of its own template


def extract(data: bytes) -> Extracted:
    """Read a Word document; raises DocumentError if it is none or damaged."""
    document = _opened(data)
    builder = TextBuilder()
    _add(builder, document.element.body, document)
    return builder.extracted(_metadata(document))


def _add(builder: TextBuilder, element: BaseOxmlElement, document: WordDocument) -> None:
    """Add the paragraphs and tables of a document, or of a cell that holds text as a page does."""
    for block in _found(element, {_PARAGRAPH, _TABLE}):
        if block.tag == _PARAGRAPH:
            builder.add(_text(block), heading=_is_heading(block, document))
            continue
        for number, row in enumerate(_found(block, {_ROW})):
            cells = list(_found(row, {_CELL}))
            texts = [text for cell in cells for text in (_text(cell), *[""] * (_width(cell) - 1))]
            if is_row(texts):
                builder.add(row_text(texts), whole=True, apart=not number)
            else:
                for cell in cells:
                    _add(builder, cell, document)


def _opened(data: bytes) -> WordDocument:
    try:
        with ZipFile(BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MOST_UNPACKED:
                raise DocumentError(f"it unpacks to more than {_MOST_UNPACKED / 2**20:g} MB")
        return docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, OSError) as error:
        raise DocumentError("it is damaged, or no Word document") from error


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
    created = about.created.date().isoformat() if about.created else ""
    return Metadata(title=about.title, created=created, author=about.author)


def _width(cell: BaseOxmlElement) -> int:
    """Return over how many columns a cell goes."""
    width = cell.find(f"{_CELL_LOOK}/{_WIDTH}")
    return 1 if width is None else cell_span(width.get(_VALUE))


def _is_heading(paragraph: BaseOxmlElement, document: WordDocument) -> bool:
    style = Paragraph(paragraph, document).style
    return bool(style and style.name and style.name.startswith(("Heading", "Title")))


def _text(element: BaseOxmlElement) -> str:
    """Return the text of a paragraph or cell as it reads with all changes accepted, without text boxes."""
    return "".join(_pieces(element))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == _RUN:
            yield from _run_pieces(child)
        elif child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
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

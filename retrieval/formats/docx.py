"""Word documents (.docx): paragraphs, headings and table rows, by python-docx."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from retrieval.errors import DocumentError
from retrieval.formats.extracted import Extracted, Metadata, TextBuilder

_MOST_UNPACKED = 200 * 2**20  # bytes
_CELL_MARK = " | "
_HIDDEN = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent"), qn("w:instrText")}
_BREAKS = {qn("w:br"), qn("w:cr"), qn("w:tab")}


def extract(data: bytes) -> Extracted:
    """Read a Word document; raises DocumentError if it is none or damaged."""
    document = _opened(data)
    builder = TextBuilder()
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            builder.add(_text(block._p), heading=_is_heading(block))
        else:
            for row in _rows(block):
                builder.add(_CELL_MARK.join(row), whole=True, apart=False)
    return builder.extracted(_metadata(document))


def _opened(data: bytes) -> WordDocument:
    try:
        with ZipFile(BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MOST_UNPACKED:
                raise DocumentError(f"it unpacks to more than {_MOST_UNPACKED / 2**20:g} MB")
        return docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, OSError) as error:
        raise DocumentError("it is damaged, or no Word document") from error


def _metadata(document: WordDocument) -> Metadata:
    about = document.core_properties
    if about.author == "python-docx":  # which leaves the properties of its template in what it makes
        return Metadata(title=about.title)
    return Metadata(
        title=about.title, date=about.created.date().isoformat() if about.created else "", author=about.author
    )


def _is_heading(paragraph: Paragraph) -> bool:
    style = paragraph.style
    return bool(style and style.name and style.name.startswith(("Heading", "Title")))


def _rows(table: Table) -> Iterator[list[str]]:
    """Yield the cells of each row that hold text; a cell that spans several columns counts once."""
    for row in table.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)
        if texts := [text for cell in cells if (text := _text(cell))]:
            yield texts


def _text(element: BaseOxmlElement) -> str:
    """Return the text of a paragraph or cell as it reads with all changes accepted, without text boxes."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield " "
        elif child.tag not in _HIDDEN:
            yield from _pieces(child)
            if child.tag == qn("w:p"):
                yield " "

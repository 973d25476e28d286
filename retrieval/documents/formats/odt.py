"""Texts of LibreOffice (.odt): paragraphs, headings and table rows, out of their XML."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element as Element

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, add_rows, cell_span, raised
from retrieval.documents.formats.package import read_package
from retrieval.documents.formats.plain import add_lines
from retrieval.errors import DocumentError

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    **{name: f"{_OASIS}{name}:1.0" for name in ("meta", "office", "style", "table", "text")},
}
_DRAWING = f"{{{_OASIS}drawing:1.0}}"  # pictures and text boxes


def _names(*short: str) -> list[str]:
    """Return names of elements and attributes as lxml has them: "text:p" with its namespace."""
    return [f"{{{_SPACES[prefix]}}}{name}" for prefix, name in (one.split(":") for one in short)]


_HEADING, _PARAGRAPH, _TABLE, _ROW = _names("text:h", "text:p", "table:table", "table:table-row")
_CELLS = _, _COVERED = _names("table:table-cell", "table:covered-table-cell")
_AROUND = _names("text:list", "text:list-item", "text:list-header", "text:section")  # paragraphs stand in them
_AROUND_ROWS = _names("table:table-header-rows", "table:table-rows", "table:table-row-group")
_UNSEEN = _names("text:note", "office:annotation", "text:hidden-text", "text:hidden-paragraph", "text:ruby-text")
_SIGNS = dict(zip(_names("text:s", "text:tab", "text:line-break"), "  \n", strict=True))
_STYLE, _STYLE_NAME, _PARENT = _names("text:style-name", "style:name", "style:parent-style-name")
_STRUCK, _PLACE, _SHOWN = _names("style:text-line-through-style", "style:text-position", "text:display")
_REPEATED, _ROWS = _names("table:number-columns-repeated", "table:number-rows-spanned")
(_COLUMNS,) = _names("table:number-columns-spanned")
_TITLE = "Title"
_ABOUT = "meta.xml"

_Styles = Mapping[str, Element]


def extract(data: bytes) -> Extracted:
    """Read a text of LibreOffice; raises DocumentError if it is none or damaged."""
    return read_package(data, _read)


def _read(stream: BytesIO) -> Extracted:
    with ZipFile(stream) as package:
        if b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise DocumentError("it is protected by a password")
        content = _tree(package.read("content.xml"))
        about = _tree(package.read(_ABOUT)) if _ABOUT in package.namelist() else None
    styles = {
        style.get(_STYLE_NAME, ""): style for style in content.iterfind("office:automatic-styles/style:style", _SPACES)
    }
    builder = TextBuilder()
    for text in content.iterfind("office:body/office:text", _SPACES):
        _add(builder, text, styles)
    return builder.extracted(_metadata(about) if about is not None else Metadata())


def _tree(data: bytes) -> Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _add(builder: TextBuilder, element: Element, styles: _Styles) -> None:
    """Add the paragraphs and tables of a text, or of a cell that holds text as a page does."""
    for child in element:
        if child.tag in (_HEADING, _PARAGRAPH):
            text = "".join(_pieces(child, styles))
            if child.tag == _HEADING or _is_title(child, styles):
                builder.add(text, heading=True)
            else:
                add_lines(builder, text)
        elif child.tag == _TABLE:
            _add_table(builder, child, styles)
        elif child.tag in _AROUND:
            _add(builder, child, styles)


def _add_table(builder: TextBuilder, table: Element, styles: _Styles) -> None:
    """Add the rows of a table; a cell over several of them says the same in each."""
    above: dict[int, tuple[str, int]] = {}  # by columns: what the cell in it says, and in how many more rows
    rows: list[list[str]] = []
    of_rows = [[cell for cell in row if cell.tag in _CELLS] for row in _rows(table)]
    for cells in of_rows:
        texts: list[str] = []
        for cell in cells:
            says = " ".join("".join(_pieces(one, styles)) for one in cell.iter(_PARAGRAPH, _HEADING))
            for _ in range(cell_span(cell.get(_REPEATED))):
                said, more = above.get(len(texts), ("", 0))
                text, left = (said, more) if cell.tag == _COVERED and more else (says, cell_span(cell.get(_ROWS)))
                above[len(texts)] = (text, left - 1)
                texts.append(text)
        rows.append(texts)
    own = [cell for cells in of_rows[:1] for cell in cells if cell.tag != _COVERED]
    widths = [width for cell in own for width in [cell_span(cell.get(_COLUMNS))] * cell_span(cell.get(_REPEATED))]

    def add_cells(number: int) -> None:
        for cell in of_rows[number]:
            _add(builder, cell, styles)

    add_rows(builder, rows, widths, add_cells)


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _ROW:
            yield child
        elif child.tag in _AROUND_ROWS:
            yield from _rows(child)


def _pieces(element: Element, styles: _Styles) -> Iterator[str]:
    """Yield the text in an element as it reads with all changes accepted, without what is hidden or struck out."""
    yield _folded(element.text)
    for child in element:
        if child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _UNSEEN and isinstance(child.tag, str) and not child.tag.startswith(_DRAWING):
            look = _look(child, styles)
            if look.get(_STRUCK, "none") == "none" and look.get(_SHOWN) != "none":
                is_raised = look.get(_PLACE, "").startswith("super")
                yield from map(raised, _pieces(child, styles)) if is_raised else _pieces(child, styles)
        yield _folded(child.tail)


def _folded(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _look(span: Element, styles: _Styles) -> Mapping[str, str]:
    """Return what the style of a span says of its letters; nothing if it has none of its own."""
    style = styles.get(span.get(_STYLE, ""))
    letters = style.find("style:text-properties", _SPACES) if style is not None else None
    return letters.attrib if letters is not None else {}


def _is_title(paragraph: Element, styles: _Styles) -> bool:
    """Tell whether a paragraph has the style of titles, or one made from it."""
    name = paragraph.get(_STYLE, "")
    return _TITLE in (name, styles[name].get(_PARENT) if name in styles else None)


def _metadata(about: Element) -> Metadata:
    def said(name: str) -> str:
        return str(about.findtext(f"office:meta/{name}", "", _SPACES))

    return Metadata(
        title=said("dc:title"),
        created=said("meta:creation-date")[: len("2022-11-28")],
        author=said("meta:initial-creator") or said("dc:creator"),
    )

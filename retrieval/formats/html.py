"""Web pages: the main text without menus and advertisements, and what the page says of itself, by trafilatura."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.etree import _Element
from trafilatura import bare_extraction

from retrieval.encodings import decode
from retrieval.errors import DocumentError
from retrieval.formats.extracted import Extracted, Metadata, TextBuilder

_CHARSET = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page says how it is encoded
_BLOCKS = {"p", "quote", "item", "code", "fw", "ab"}
_CELL_MARK = " | "


def extract(data: bytes) -> Extracted:
    """Read a saved web page; raises DocumentError if it has no main text."""
    return extract_page(_decoded(data))


def extract_page(page: str, *, article: bool = True) -> Extracted:
    """Read the text of a page; what is no `article`, such as a mail, has no menus that have to be told from it."""
    found = bare_extraction(
        page, favor_precision=article, favor_recall=not article, include_comments=False, with_metadata=True
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise DocumentError("no main text can be told from the rest of this page")
    builder = TextBuilder()
    for element in found.body:
        _add(builder, element)
    metadata = Metadata(
        title=found.title or "",
        date=found.date or "",
        source=found.sitename or found.hostname or "",
        url=found.url or "",
        author=found.author or "",
    )
    published = metadata.url if urlsplit(metadata.url).path.strip("/") else ""  # some sites name their front page
    return replace(builder.extracted(metadata), published=published)


def _add(builder: TextBuilder, element: _Element) -> None:
    """Add an element of trafilatura's tree; lists and tables item by item and row by row."""
    if element.tag == "head":
        builder.add(_text(element), heading=True)
    elif element.tag == "row":
        builder.add(_CELL_MARK.join(filter(None, map(_text, element))), whole=True, apart=False)
    elif element.tag in _BLOCKS or not len(element):
        builder.add(_text(element), apart=element.tag != "item")
    else:
        builder.add(element.text or "")
        for child in element:
            _add(builder, child)
            builder.add(child.tail or "")


def _text(element: _Element) -> str:
    """Return an element's text; a line break in it is white space."""
    for break_ in element.iter("lb"):
        break_.text = " "
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _decoded(data: bytes) -> str:
    """Decode a page: UTF-8, else as it says itself, else as its bytes look."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:_HEAD])
    if declared:
        try:
            return data.decode(declared[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)

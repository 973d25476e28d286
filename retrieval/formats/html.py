"""Web pages: the main text without menus and advertisements, and what the page says of itself, by trafilatura."""

import re
from collections.abc import Iterator

from lxml.etree import _Element, strip_elements
from trafilatura import bare_extraction

from retrieval.encodings import decode, decode_declared
from retrieval.errors import DocumentError
from retrieval.formats.extracted import CELL_MARK, Extracted, Metadata, TextBuilder, raised

_CHARSET = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page says how it is encoded
_INLINE = {"hi", "ref", "graphic", "span"}
_DATE = {"original_date": True, "extensive_search": False}  # which would take any year that the text names
_STRUCK = "del"  # what trafilatura makes of <del>, <s> and <strike>
_RAISED = re.compile(r"<sup\b[^>]*>(?:\s|<[^>]*>|[\d,;–-])*</sup\s*>", re.IGNORECASE)
_TAG_OR_DIGITS = re.compile(r"<[^>]*>|\d+")


def extract(data: bytes) -> Extracted:
    """Read a saved web page; raises DocumentError if it has no main text."""
    return extract_page(_decoded(data))


def extract_page(page: str, *, article: bool = True) -> Extracted:
    """Read the text of a page; what is no `article`, such as a mail, has no menus that have to be told from it."""
    page = _RAISED.sub(lambda match: _TAG_OR_DIGITS.sub(_raised_digits, match[0]), page)
    found = bare_extraction(
        page,
        favor_precision=article,
        favor_recall=not article,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATE,
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise DocumentError("no main text can be told from the rest of this page")
    strip_elements(found.body, _STRUCK, with_tail=False)
    builder = TextBuilder()
    _add(builder, found.body)
    metadata = Metadata(
        title=found.title or "",
        date=found.date or "",
        source=found.sitename or found.hostname or "",
        url=found.url or "",
        author=found.author or "",
    )
    return builder.extracted(metadata)


def _add(builder: TextBuilder, element: _Element) -> None:
    """Add an element of trafilatura's tree: its own text, and the blocks in it, in their order."""
    if element.tag == "head":
        builder.add(_text(element), heading=True)
        return
    if element.tag == "row":
        builder.add(CELL_MARK.join(filter(None, map(_text, element))), whole=True, apart=False)
        return
    apart = element.tag != "item"
    own = element.text or ""
    for child in element:
        if child.tag in _INLINE or child.tag == "lb":
            own += _text(child) if child.tag != "lb" else " "
        else:
            builder.add(own, apart=apart)
            own = ""
            _add(builder, child)
        own += child.tail or ""
    builder.add(own, apart=apart)


def _text(element: _Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    """Yield an element's text; what is a block of its own in it is set off by white space."""
    yield element.text or ""
    for child in element:
        inline = child.tag in _INLINE
        yield "" if inline else " "
        yield from _pieces(child)
        yield "" if inline else " "
        yield child.tail or ""


def _raised_digits(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("<") else raised(match[0])


def _decoded(data: bytes) -> str:
    """Decode a page: UTF-8, else as it says itself, else as its bytes look."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:_HEAD])
    return decode_declared(data, declared[1].decode()) if declared else decode(data)

"""Web pages: the main text without menus and advertisements, and what the page says of itself, by trafilatura.

The text of mails, which have no menus, is read as it stands.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import deepcopy

from lxml.etree import Comment, ParserError, _Element, strip_elements
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura import bare_extraction, extract_metadata, load_html
from trafilatura.settings import Document

from retrieval.documents.encodings import decode, decode_declared
from retrieval.documents.formats.byline import byline_date
from retrieval.documents.formats.chat_page import read_chat
from retrieval.documents.formats.extracted import (
    Extracted,
    Metadata,
    TextBuilder,
    is_row,
    label_between,
    raised,
    row_text,
)
from retrieval.documents.formats.page_parts import part_merged_cells, show_folded
from retrieval.documents.formats.page_tree import BLOCKS, drop_beside, drop_unseen, make_plain, mark_text, part_lines
from retrieval.documents.formats.plain import add_lines
from retrieval.errors import DocumentError
from retrieval.text.dates import WEEKDAY
from retrieval.text.patterns import regex

_NO_TEXT = "no main text can be told from the rest of this page"
_CHARSET = regex(rb"""<meta\b[^>]*?charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page says how it is encoded
_INLINE = {"hi", "ref", "graphic", "span"}
_DATE = {"original_date": True, "extensive_search": False}  # which would take any year that the text names
_STRUCK = "del"  # what trafilatura makes of <del>, <s> and <strike>
_RAISED = regex(r"<sup\b(?:[^<>\"]|\"[^\"]*\")*+>(?:\s++|<(?!/?sup\b)[^<>]*>|[\d,;–-]){0,400}+</sup\s*>", re.IGNORECASE)
_STRUCK_STYLE = regex(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_UNSEEN_STYLE = regex(
    rf"{_STRUCK_STYLE.pattern}|display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_MAIL_UNSEEN = ("head", "script", "style", "del", "s", "strike", "template")
_OTHER_DATES = regex("modified|updated|image|thumbnail|video", re.IGNORECASE)  # the address of a picture has one
_SCRIPTS = ".//script[@type='application/ld+json']"
_SAID_IN_TEXT = (
    ".//meta[@itemprop] | .//*[contains(@itemprop, 'datePublished')]"
    " | .//*[self::time or self::abbr][contains(@class, 'published') or contains(@class, 'entry-date') or @pubdate]"
)
_ELSEWHERE = regex(  # the headline of another page, or words of the site's own
    r"(?:baca|simak|lihat|tonton) juga\s*:|(?:read|see|watch) also\s*:|scroll to continue with content"
    r"|(?:[\[(]?\s*(?:(?:baca|simak|tonton) juga\s+(?-i:[A-Z])|baca selengkapnya\s*:|(?<=[\[(])baca\s*:"
    r"|(?:read|see|watch) more\s*:|related(?: (?:posts?|story|stories|articles?))?\s*:|also on \w[\w.]*\.com\s"
    r"|(?:artikel|berita) terkait\s*:|pilihan editor\s*:|filed under\s*:)"
    r"|(?:advertisement|comments?(?: comments?)?)\s*\Z|[^\n]{1,160}\[(?-i:[A-Z ]{4,12})\]\|?\s*\Z)(?!.*[.!]\s*\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ELSEWHERE_LENGTH = 200  # characters, at most
_BETWEEN_TITLES = regex(r"(?<!\s)\s+[|–—-]\s+")
_LEAST_WORDS = 3  # of a title without its site
_DAY = regex(rf"{WEEKDAY}|january|february|sept(?:ember)?|october|november|december", re.IGNORECASE)
_DAY_BEHIND = regex(rf"\s+(?:{_DAY.pattern})\Z", re.IGNORECASE)
_BESIDE_NAME = regex(r"\s+(?:published|posted|updated|is an?)\b.*", re.IGNORECASE | re.DOTALL)
_NO_NAME = regex(r"M[SDA]|MPH|PhD|BA|RDN?|.* com")  # degrees; "Cleveland com"
_TAG_OR_DIGITS = regex(r"<[^>]*>|\d+")


def extract(data: bytes) -> Extracted:
    """Read a saved web page; raises DocumentError if it has no main text."""
    tree = load_html(_with_raised(_decoded(data)))
    if tree is None:
        raise DocumentError(_NO_TEXT)
    show_folded(tree)
    drop_unseen(tree, _STRUCK_STYLE)
    if chat := read_chat(tree):
        return chat
    make_plain(tree)
    scripts = tree.xpath(_SCRIPTS)
    drop_beside(tree)
    published = _published(tree, scripts) or byline_date(tree)
    found = _main_text(deepcopy(tree))
    site = _site(found, tree) or found.hostname or ""
    only_paragraphs = found.body.find(".//head") is None and found.body.find(".//item") is None
    if only_paragraphs and mark_text(tree, [_on_one_line(_text(one)).strip() for one in found.body.iter("p")]):
        found = _main_text(tree)
    strip_elements(found.body, _STRUCK, with_tail=False)
    builder = TextBuilder()
    _add(builder, found.body)
    metadata = Metadata(
        title=_without_site(found.title or "", site),
        date=published,
        created=found.date or "",
        source=site,
        url=found.url or "",
        author=_names(found.author or ""),
    )
    return builder.extracted(metadata)


def _main_text(tree: HtmlElement) -> Document:
    """Return the main text of a page, and what it says of itself; raises DocumentError if it has no main text."""
    found = bare_extraction(
        tree, favor_precision=True, include_comments=False, with_metadata=True, date_extraction_params=_DATE
    )
    if found is None or isinstance(found, dict) or found.body is None:
        raise DocumentError(_NO_TEXT)
    return found


def _site(found: Document, tree: HtmlElement) -> str:
    """Return the name of the site that a page is of, for which its headline is taken where that has a stop: "6.300".

    Then the name is the other part of what the page is called.
    """
    site, own = found.sitename or "", _on_one_line(found.title).strip()
    headlines = {
        own,
        *_BETWEEN_TITLES.split(own),
        *(" ".join(str(h1.text_content()).split()) for h1 in tree.iter("h1")),
    }
    if "." not in site or len(site.split()) < _LEAST_WORDS or site not in headlines:
        return site
    called = _BETWEEN_TITLES.split(_on_one_line(tree.findtext(".//title")).strip())
    others = [part for part in called if part not in headlines]
    return others[0] if len(others) == 1 and site in called else ""


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of its site, before or behind it: "A flood | The Post"."""
    behind = re.fullmatch(rf"(.+?)\s+[|–—-]\s+{re.escape(site)}", title, re.IGNORECASE) if site else None
    before = re.fullmatch(rf"{re.escape(site)}\s+\|\s+(.+)", title, re.IGNORECASE) if site else None
    own = (behind or before or [title, title])[1]
    return own if len(own.split()) >= _LEAST_WORDS else title


def _names(authors: str) -> str:
    """Return authors without the days and words that stood beside their names in the page."""
    parts = [_BESIDE_NAME.sub("", part).strip() for part in authors.split(";")]
    if any(map(_DAY.fullmatch, parts)):  # "Jeff Foust Monday; November"
        parts = [_DAY_BEHIND.sub("", part).strip() for part in parts if not _DAY.fullmatch(part)]
    return "; ".join(part for part in parts if part and not _NO_NAME.fullmatch(part)) or authors


def extract_mail(page: str) -> Extracted:
    """Read all that people see of a mail's page."""
    builder = TextBuilder()
    with suppress(ParserError):  # there is nothing in it
        tree = document_fromstring(_with_raised(page).encode(errors="replace"), parser=HTMLParser(encoding="utf-8"))
        strip_elements(tree, *_MAIL_UNSEEN, Comment, with_tail=False)
        drop_unseen(tree, _UNSEEN_STYLE)
        part_lines(tree)
        part_merged_cells(tree, columns=True)
        _Mail(builder).read(tree)
    return builder.extracted(Metadata())


class _Mail:
    """Reads the elements of a mail one after the other into lines."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._line: list[str] = []

    def read(self, element: _Element) -> None:
        """Add an element's text, and whatever of it is a block as one."""
        is_block = element.tag in BLOCKS
        if is_block:
            self._end()
        is_leaf = element.tag == "tr" and element.find(".//table") is None
        cells = [_cell_text(cell) for cell in element] if is_leaf else []
        if element.tag == "caption":
            self._builder.add(str(element.text_content()), heading=True)
        elif is_row(cells):
            table = next(element.iterancestors("table"), None)
            begins = table is None or next(table.iter("tr")) is element
            self._builder.add(row_text(cells), whole=True, apart=begins)
        else:
            self._line.append(element.text or "")
            for child in element:
                if child.tag == "br":
                    self._end()
                else:
                    self.read(child)
                self._line.append(child.tail or "")
        if is_block:
            self._end()

    def _end(self) -> None:
        self._builder.add("".join(self._line))
        self._line = []


def _cell_text(cell: _Element) -> str:
    builder = TextBuilder()
    _Mail(builder).read(cell)
    return " ".join(builder.extracted(Metadata()).text.split())


def _with_raised(page: str) -> str:
    """Write the raised numbers of a page in raised digits."""
    return _RAISED.sub(lambda match: _TAG_OR_DIGITS.sub(_raised_digits, match[0]), page)


def _published(tree: HtmlElement, scripts: Sequence[HtmlElement]) -> str:
    """Return the day on which a page, or one of its scripts, tells programs that it was published.

    Other dates in it may be of other pages.
    """
    told = deepcopy(tree)
    for meta in told.findall(".//meta"):
        if _OTHER_DATES.search(meta.get("property", meta.get("name", meta.get("itemprop", "")))):
            meta.drop_tree()
    for body in told.iter("body"):
        body[:], body.text = [*map(deepcopy, scripts), *body.xpath(_SAID_IN_TEXT)], None
    return extract_metadata(told, date_config=_DATE).date or ""


def _add(builder: TextBuilder, element: _Element) -> None:
    """Add an element of trafilatura's tree: its own text, and the blocks in it, in their order."""
    if element.tag == "head":
        builder.add(_text(element), heading=True)
        return
    if element.tag == "row":
        cells = _cells(element)
        if is_row(cells):
            builder.add(row_text(cells), whole=True, apart=element.getprevious() is None)
        elif label := label_between(_cells(element.getprevious()), cells, _cells(element.getnext())):
            builder.add(label, apart=False)
        else:
            for cell in element:
                _add(builder, cell)
        return
    apart = element.tag != "item"
    own = _on_one_line(element.text)
    for child in element:
        if child.tag == "lb":
            own += "\n"
        elif child.tag in _INLINE:
            own += _on_one_line(_text(child))
        else:
            _add_lines(builder, own, apart=apart)
            own = ""
            _add(builder, child)
        own += _on_one_line(child.tail)
    _add_lines(builder, own, apart=apart)


def _cells(row: _Element | None) -> list[str]:
    return [] if row is None else list(map(_text, row))


def _add_lines(builder: TextBuilder, text: str, *, apart: bool) -> None:
    if not apart or len(text) > _ELSEWHERE_LENGTH or not _ELSEWHERE.match(text.lstrip()):
        add_lines(builder, text, apart=apart)


def _on_one_line(text: str | None) -> str:
    """Return text whose lines, which mean nothing in a page, are one."""
    return re.sub(r"\s+", " ", text or "")


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

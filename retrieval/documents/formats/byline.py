"""The day in the byline of a web page, between its title and its text, which is left out of the text itself."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from retrieval.documents.dateline import head_date
from retrieval.text.patterns import regex

_BYLINE = regex(r"(?:\A|[\s_-])(?:by-?line|meta|date(?:line)?|posted|published|timestamp)(?:[\s_-]|\Z)", re.IGNORECASE)
_BETWEEN = regex(r"[|·•]")  # parts of a byline: "Ann Gow | 5 May 2025 | 3 min read"
_LEADS_ON = regex(
    r"(?::|\b(?:published|posted|updated|modified|on|pada|diterbitkan|ditayangkan|dimuat|diunggah|diperbarui))\Z",
    re.IGNORECASE,
)
_ELEMENTS = 200  # behind the title, at most
_PIECES = 40  # of the text of a byline, at most
_PARAGRAPH = 80  # characters, that one of the text has at least


def byline_date(tree: HtmlElement) -> str:
    """Return the day that the bylines between the title of a page and its first paragraph say, as ISO 8601.

    Nothing if they say none, or several, or if the page has no title.
    """
    title = next((found for tag in ("h1", "h2") if (found := next(tree.iter(tag), None)) is not None), None)
    if title is None:
        return ""
    lines: list[str] = []
    read: set[HtmlElement] = set()
    for element in title.xpath(f"following::*[position() <= {_ELEMENTS}]"):
        if not isinstance(element.tag, str) or element.tag in ("script", "style") or element.getparent() in read:
            read.add(element)
        elif element.tag == "time" or _BYLINE.search(element.get("class", "")):
            read.add(element)
            lines += _lines(element)
        elif element.tag == "h1":
            lines = []
        if element not in read and len((element.text or "").strip()) >= _PARAGRAPH:
            break
        if element.getparent() not in read and len((element.tail or "").strip()) >= _PARAGRAPH:
            break
    return head_date("\n".join(lines), 0)


def _lines(byline: HtmlElement) -> Sequence[str]:
    """Return the parts of a byline, each with the label before it: "Published: 5 May 2025"."""
    lines: list[str] = []
    for piece in islice(byline.itertext(), _PIECES):
        for part in filter(None, (" ".join(one.split()) for one in _BETWEEN.split(piece))):
            if lines and _LEADS_ON.search(lines[-1]):
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return lines

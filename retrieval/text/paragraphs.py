"""The paragraphs of a text: empty lines part them, also quoted ones (">"), whichever way lines end."""

from retrieval.text.patterns import regex
from retrieval.values import Document

PARAGRAPH_BREAK = regex(r"\n[ \t\r>]*\n")
_LONGEST = 20_000  # characters of a paragraph: what is farther up is not looked through


def paragraph_begin(text: str, begin: int, place: int) -> int:
    """Return where the paragraph of a place begins; `begin`, if no empty line is between the two."""
    return max((match.end() for match in PARAGRAPH_BREAK.finditer(text, begin, place)), default=begin)


def paragraph_start(document: Document, place: int) -> int:
    """Return where the paragraph of a place of a document begins, or the most that one may have before it."""
    return paragraph_begin(document.text, max(document.body, place - _LONGEST), place)


def paragraph_end(text: str, place: int, end: int) -> int:
    """Return where the paragraph of a place ends; `end`, if no empty line is between the two."""
    following = PARAGRAPH_BREAK.search(text, place, end)
    return following.start() if following else end

"""What people see of a piece of text: Markdown without its marks, white space folded."""

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKS = re.compile(r"[*_`\[<!\\&~|]")
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_QUOTE_LINE = re.compile(r"(\r\n|\r|\n)[ \t]*>+[ \t]?")


def visible_text(text: str, *, markdown: bool) -> str:
    """Return the text as people see it, on one line; Markdown's inline marks are rendered away."""
    if markdown:
        text = _QUOTE_LINE.sub(" ", text)
        if _MARKS.search(text):
            text = "".join(_visible(token) for token in _inline_parser().parseInline(text)[0].children or [])
    return " ".join(text.split())


@cache
def _inline_parser() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _visible(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        return " " if _LINE_BREAK.match(token.content) else ""
    if token.children:  # what stands for an image
        return "".join(_visible(child) for child in token.children)
    return token.content


def shortened(text: str, length: int, *, keep_end: bool = False) -> str:
    """Cut a text to a length, at a word if there is one, with an ellipsis where it was cut."""
    if len(text) <= length:
        return text
    if keep_end:
        kept = text[-length:]
        return "…" + (kept.partition(" ")[2] or kept)
    kept = text[:length]
    return (kept.rpartition(" ")[0] or kept) + "…"

"""What people see of a text: Markdown without its marks, white space folded; and where each character of it stands."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple
from unicodedata import combining

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from retrieval.text.patterns import regex
from retrieval.values import Citation

CELL_MARK = " | "  # between the cells of a table's row
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The digits as they stand in texts where they are set above the line."""
_MARKS = regex(r"[*_`\[<!\\&~|]")
_TAG = regex(r"<(/?\w+)")
_SEEN_TAGS = {"br": " ", "sup": "^", **dict.fromkeys(("del", "/del", "s", "/s", "strike", "/strike"), "~~")}
_LINE_END = regex(r"(?:\r\n|\r|\n)(?P<quote>[ \t]*>+[ \t]?)?")


class _Seen(NamedTuple):
    """A character that is seen, and the span of the text that it stands for."""

    character: str
    start: int
    end: int


def visible_text(text: str, *, markdown: bool) -> str:
    """Return the text as people see it, on one line; Markdown's inline marks are rendered away."""
    if markdown:
        text = _LINE_END.sub(_line_end, text)
        if _MARKS.search(text):
            text = "".join(_token_text(token) for token in _inline_tokens(text))
    return " ".join(text.split())


def visible_spans(text: str, *, markdown: bool) -> list[tuple[int, int]]:
    """Return, for each character of what is visible of a text, the span of the text that is seen as it.

    The spans do not go back; each is one character long, except of what is written otherwise, such as "&amp;".
    """
    return [(seen.start, seen.end) for seen in _visible(text, markdown=markdown)]


def visible_parts(text: str, span: tuple[int, int] | None, *, markdown: bool) -> tuple[str, str, str]:
    """Split what is visible of a text into what comes before a span of it, the span, and what comes after.

    The middle is empty where there is no span or nothing of it is seen; it takes whole characters with their combining
    marks, and no white space at its ends.
    """
    seen = _visible(text, markdown=markdown)
    whole = "".join(character for character, _, _ in seen)
    start, end = span or (0, 0)
    inside = [number for number, one in enumerate(seen) if one.start < end and one.end > start and one.character != " "]
    if not inside:
        return whole, "", ""
    first, stop = inside[0], inside[-1] + 1
    while first and seen[first - 1].character != " " and combining(seen[first].character):
        first -= 1
    while stop < len(seen) and combining(seen[stop].character):
        stop += 1
    return whole[:first], whole[first:stop], whole[stop:]


def _visible(text: str, *, markdown: bool) -> list[_Seen]:
    """Return the characters that are seen, white space folded."""
    seen = _markdown_characters(text) if markdown else _characters(text, 0, len(text))
    folded = []
    for blank, group in groupby(seen, key=lambda one: one.character.isspace()):
        characters = list(group)
        folded += [_Seen(" ", characters[0].start, characters[-1].end)] if blank else characters
    first = bool(folded and folded[0].character == " ")
    last = len(folded) - bool(folded and folded[-1].character == " ")
    return folded[first:last]


def _characters(text: str, start: int, end: int) -> Iterator[_Seen]:
    return (_Seen(text[place], place, place + 1) for place in range(start, end))


def _markdown_characters(text: str) -> Iterator[_Seen]:
    """Yield what Markdown makes of a text; the marks of quoted lines are blanks, as line ends are."""
    read: list[_Seen] = []
    begin = 0
    for match in _LINE_END.finditer(text):
        read += _characters(text, begin, match.start())
        read.append(_Seen(_line_end(match), *match.span()))
        begin = match.end()
    read += _characters(text, begin, len(text))
    source = "".join(one.character for one in read)
    if not _MARKS.search(source):
        yield from read
        return
    source = source.replace("\0", "\ufffd")  # as the parser does
    for token in _inline_tokens(source):
        for character, start, end in _token_characters(token, source):
            yield _Seen(character, read[start].start, read[end - 1].end)


def _line_end(match: re.Match[str]) -> str:
    return " " if match["quote"] else "\n"


def _token_text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        tag = _TAG.match(token.content)
        return _SEEN_TAGS.get(tag[1].lower(), "") if tag else ""
    if token.type == "image":
        return "".join(_token_text(child) for child in token.children or [])
    return token.content


def _token_characters(token: Token, source: str, base: int = 0) -> Iterator[_Seen]:
    """Yield the characters of a token's text; it is a token of the part of the source that begins at `base`."""
    start, end = (base + place for place in token.meta["span"])
    if token.type == "image":
        for child in token.children or []:
            yield from _token_characters(child, source, start + len("!["))
        return
    text = _token_text(token)
    fence = len(token.markup) if token.type == "code_inline" else 0
    literal = source[start + fence : end - fence].replace("\n", " ")
    offset = -1 if token.info == "entity" or text == " " else literal.find(text)
    for number, character in enumerate(text):
        place = start + fence + offset + number
        yield _Seen(character, place, place + 1) if offset >= 0 else _Seen(character, start, end)


class _SpanParser(ParserInline):
    """Notes in `meta["span"]` of each token from which part of the source it was made."""

    def tokenize(self, state: StateInline) -> None:
        """Do what the parser itself does, but keep the text of each step a token of its own."""
        rules = self.ruler.getRules("")
        end = state.posMax
        while state.pos < end:
            begin, count = state.pos, len(state.tokens)
            shallow = state.level < state.md.options["maxNesting"]
            if not (shallow and any(rule(state, False) for rule in rules)):
                state.pending += state.src[state.pos]
                state.pos += 1
            if state.pending:
                state.pushPending()
            made = state.tokens[count:]
            single = len(made) == state.pos - begin  # a run of emphasis marks: one token each
            for number, token in enumerate(made, start=begin):
                token.meta.setdefault("span", (number, number + 1) if single else (begin, state.pos))


def _inline_tokens(source: str) -> list[Token]:
    return _inline_parser().parseInline(source)[0].children or []


@cache
def _inline_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline = _SpanParser()
    return parser.configure("commonmark").disable(["fragments_join", "text_join"])  # which would lose the spans


def shortened(text: str, length: int, *, keep_end: bool = False) -> str:
    """Cut a text to a length, at a word if there is one, with an ellipsis where it was cut."""
    if len(text) <= length:
        return text
    if keep_end:
        kept = text[-length:]
        return "…" + (kept.partition(" ")[2] or kept)
    kept = text[:length]
    return (kept.rpartition(" ")[0] or kept) + "…"


def quote_parts(citation: Citation) -> tuple[str, str, str]:
    """Return the sentence as people see it: what comes before the answer's span, the span if any, what comes after."""
    start, end = citation.highlight or (citation.start, citation.start)
    span = start - citation.start, end - citation.start
    return visible_parts(citation.sentence, span, markdown=citation.document.markdown)

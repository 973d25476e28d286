"""Markdown: paragraphs, headings, list items and table rows; inline marks stay in the text as they are in the file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import dropwhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrieval.documents.encodings import decode
from retrieval.documents.formats.extracted import Block, Extracted, trimmed
from retrieval.documents.formats.front_matter import split_front_matter
from retrieval.documents.formats.lines import begins_entry, line_spans, looks_like_title, tells_of_paper
from retrieval.text.markup import visible_text
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS

_HARD_BREAK = regex(r"(?:(?<! ) {2,}|\\)\Z")
_BOLD = regex(r"(?P<mark>\*\*|__)[^*_]+(?P=mark)")
_ITEM = regex(
    r"(?P<mark>[•▪–—]|\(?[a-z][.)]|\d{1,3}(?:\.\d{1,3})+(?=\s[A-Z]))\s+\S"
)  # of a list that is none in Markdown
_BULLETS, _DASHES = ("•", "▪"), ("–", "—")
_GOES_ON = tuple(",;:–-")
_FENCE = regex(r"[\s>*+\d.)-]*(?:```|~~~)")  # where code begins or ends
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = regex(  # of HTML; and a tag over several lines
    _COMMENT.pattern + r"|<\?.*?(?:\?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<(?P<name>script|style)\b.*?(?:</(?P=name)\s*>|\Z)|<[a-z/][^<>\n]*\n[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)


def extract(data: bytes) -> Extracted:
    """Read a Markdown file, front matter and all; raises DocumentError if it is no text.

    Where no heading gives it a title, a first line that looks like one does, and a bold one below "SIARAN PERS".
    """
    text = decode(data)
    metadata, body = split_front_matter(text)
    blocks = markdown_blocks(text, body)
    below = list(
        dropwhile(lambda block: tells_of_paper(visible_text(text[block.start : block.end], markdown=True)), blocks)
    )
    if not metadata.title and len(below) > 1 and not any(block.heading for block in below):
        first = text[below[0].start : below[0].end]
        is_title = looks_like_title(first) and not below[0].whole  # no row of a table
        if is_title and (below == blocks or _BOLD.fullmatch(first)):
            metadata = replace(metadata, title=visible_text(first, markdown=True))
    return Extracted(text, blocks, metadata, body, markdown=True)


def markdown_blocks(text: str, begin: int = 0) -> list[Block]:
    """Return the blocks of Markdown text from `begin` on."""
    return trimmed(text, _blocks(text, begin, line_spans(text, begin)))


@cache
def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")  # what is nested deeper would be lost
    parser.core.ruler.enableOnly(["normalize", "block"])  # inline marks stay in the text, so they need no parsing
    return parser


def _blocks(text: str, begin: int, lines: list[tuple[int, int]]) -> Iterator[Block]:
    heading = False
    row_end = 0  # the cells of a row follow it and are inside it
    for token in _block_parser().parse(text[begin:]):
        if token.map is None:
            continue
        if token.type == "tr_open":
            row_end = token.map[1]
            yield Block(*_span(lines, token.map), whole=True)
        elif token.type == "heading_open":
            heading = True
        elif token.type == "inline" and token.map[1] > row_end:
            for block in _inline_blocks(text, lines, token, heading):
                yield from _without_remarks(text, block)
            heading = False
        elif token.type in ("fence", "code_block"):
            yield from _lines_with_words(text, lines[slice(*token.map)])
        elif token.type == "html_block":
            yield from _lines_with_words(text, _seen_parts(text, *_span(lines, token.map)))


def _span(lines: list[tuple[int, int]], numbers: Iterable[int]) -> tuple[int, int]:
    first, stop = numbers
    return lines[first][0], lines[stop - 1][1]


def _inline_blocks(text: str, lines: list[tuple[int, int]], token: Token, heading: bool) -> Iterator[Block]:
    """Find the lines of a paragraph or heading in the text, without the marks of lists, quotes and headings.

    A hard break ends a block: lines of an address or a poem are not one sentence. So does a bold line above a text, as
    a title is, and each of several lines that begin as items of lists do.
    """
    assert token.map is not None
    numbers = range(*token.map)
    contents = [content.strip() for content in token.content.split("\n")]
    if not any(contents):
        return
    if len(contents) > len(numbers) or not contents[0]:
        yield Block(*_span(lines, token.map), heading)
        return
    begins_item = _begin_items(contents)
    begin: int | None = None
    for number, content, ends in zip(numbers, contents, [*begins_item[1:], False], strict=False):
        start, end = lines[number]
        offset = text.rfind(content, start, end)
        if offset < 0:  # white space that Markdown counts otherwise
            yield Block(*_span(lines, token.map), heading)
            return
        begin = offset if begin is None else begin
        stop = offset + len(content)
        goes_on = len(contents) > 1 and contents[1][:1].islower()
        is_first = number == numbers[0] and number + 1 in numbers and not goes_on
        is_title = is_first and _BOLD.fullmatch(content) and not _leads_on(content)  # "**Duration**"
        if is_title or ends:
            yield Block(begin, stop, heading)
            begin = None
        elif _HARD_BREAK.search(text[offset:end]) and number + 1 in numbers:
            yield Block(begin, stop - content.endswith("\\"), heading)
            begin = None
    if begin is not None:
        yield Block(begin, stop, heading)


def _leads_on(line: str) -> bool:
    """Tell whether a bold line only begins what the next goes on with: "**The team flew to**", "**Note:**"."""
    words = line.strip("*_ ").split()
    return not words or words[-1].endswith(_GOES_ON) or words[-1].casefold() in STOP_WORDS


def _begin_items(lines: Sequence[str]) -> list[bool]:
    """Tell which of several lines begin as items of a list do: with a bullet, the next letter, or dashes one by one.

    So does a clause, "2.1 A visit takes place.", the first of several or the next one, and a year or time of several.
    """
    marks = [match["mark"] if (match := _ITEM.match(line)) else "" for line in lines]
    entries = [begins_entry(line) for line in lines]
    several = entries[0] and sum(entries) > 1
    found = [mark in _BULLETS or (several and is_entry) for mark, is_entry in zip(marks, entries, strict=True)]
    last = ""
    for number, mark in enumerate(marks[1:], start=1):
        before, above = marks[number - 1], lines[number - 1]
        if mark[:1].isdecimal():
            found[number] = _is_clause(mark, last, marks[number:])
            last = mark if found[number] else last
        elif mark and mark not in _BULLETS:
            letters = (mark.strip("(.)"), before.strip("(.)"))
            goes_on = (
                before == mark if mark in _DASHES else len(letters[1]) == 1 and ord(letters[0]) == ord(letters[1]) + 1
            )
            found[number] = bool(goes_on) or above.endswith(":")
    return found if sum(map(bool, marks)) > 1 or last or several else [False] * len(lines)


def _is_clause(mark: str, before: str, marks: Sequence[str]) -> bool:
    """Tell whether a number begins a clause: the next after the one before, or the first of several."""
    kind, _, number = mark.rpartition(".")
    kind_before, _, number_before = before.rpartition(".")
    is_first = number == "1" and f"{kind}.2" in marks
    return is_first or (kind == kind_before and int(number) == int(number_before) + 1)


def _without_remarks(text: str, block: Block) -> Iterator[Block]:
    """Cut out of a block the comments that hold whole sentences, which would be quoted otherwise."""
    begin = block.start
    for comment in _COMMENT.finditer(text, block.start, block.end):
        if re.search("[.!?]", comment[0].removeprefix("<!--")):
            yield replace(block, start=begin, end=comment.start())
            begin = comment.end()
    yield replace(block, start=begin)


def _seen_parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of HTML, and the parts of them that are left of what a page does not show."""
    for unseen in _UNSEEN.finditer(text, start, end):
        yield from _lines_within(text, start, unseen.start())
        start = unseen.end()
    yield from _lines_within(text, start, end)


def _lines_within(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    return ((start + line.start(), start + line.end()) for line in re.finditer("[^\r\n]+", text[start:end]))


def _lines_with_words(text: str, lines: Iterable[tuple[int, int]]) -> Iterator[Block]:
    for start, end in lines:
        line = text[start:end].strip()
        if not _FENCE.match(line) and re.search(r"\w", re.sub(r"<[^<>]*>", "", line)):
            yield Block(start, end, whole=True)

"""Cut a text into blocks that no sentence crosses: paragraphs, headings, list items, table rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\Z")
_NO_TEXT = re.compile(r"[\s>*+\d.)-]*(?:```|~~~|<!--)")  # where code or a comment begins or ends
_TITLE_LENGTH = 120
_WRAPPED_WIDTHS = range(50, 121)  # a text whose longest line is in here may be wrapped by hand


@dataclass(frozen=True, slots=True)
class Block:
    """The span `text[start:end]`; `whole` blocks are one sentence each, as they stand."""

    start: int
    end: int
    heading: bool = False
    whole: bool = False


def split_blocks(text: str, begin: int, *, markdown: bool) -> list[Block]:
    """Return the blocks of `text` from `begin` on, in order; none is empty or begins or ends in white space."""
    lines = _line_spans(text, begin)
    found = _markdown_blocks(text, begin, lines) if markdown else _plain_blocks(text, lines)
    return [block for block in (_stripped(text, block) for block in found) if block.start < block.end]


def looks_like_title(line: str) -> bool:
    """Tell whether a first line reads like a title: short, and not closed like a sentence."""
    line = line.strip()
    return 0 < len(line) <= _TITLE_LENGTH and line[-1] not in ".!?;:,…" and not line[0].islower()


def _line_spans(text: str, begin: int) -> list[tuple[int, int]]:
    """Return the spans of all lines without their ends; the ends are those that Markdown knows."""
    spans = []
    for match in _LINE.finditer(text, begin):
        if match.start() < match.end():
            spans.append((match.start(), match.start() + len(match[0].rstrip("\r\n"))))
    return spans


def _stripped(text: str, block: Block) -> Block:
    part = text[block.start : block.end]
    start = block.start + len(part) - len(part.lstrip())
    return Block(start, max(start, block.start + len(part.rstrip())), block.heading, block.whole)


def _plain_blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    """Each line is a block, except where a paragraph was wrapped by hand: then the line goes on.

    A line goes on when the first word of the next would not have fitted: that is how wrapping works.
    """
    width = max((end - start for start, end in lines), default=0)
    lines = list(dropwhile(lambda line: not text[slice(*line)].strip(), lines))
    if lines and _is_title(text, lines) and not _goes_on(text[slice(*lines[0])], text[slice(*lines[1])], width):
        yield Block(*lines[0], heading=True)
        lines = lines[1:]
    begin = None
    for index, (start, end) in enumerate(lines):
        following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        begin = start if begin is None else begin
        if not _goes_on(text[start:end], following, width):
            yield Block(begin, end)
            begin = None


def _is_title(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the first line is the title of what follows: an empty line or plain sentences come next."""
    if not looks_like_title(text[slice(*lines[0])]) or not text[lines[0][1] :].strip():
        return False
    following = text[slice(*lines[1])].strip()
    return not following or following[-1] in '.!?…"”' or len(following) > _TITLE_LENGTH


def _goes_on(line: str, following: str, width: int) -> bool:
    words = following.split(maxsplit=1)
    if not words or not line.strip() or width not in _WRAPPED_WIDTHS:
        return False
    return len(line.rstrip()) + 1 + len(words[0]) > width


@cache
def _block_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")  # what is nested deeper would be lost
    parser.core.ruler.enableOnly(["normalize", "block"])  # inline marks stay in the text, so they need no parsing
    return parser


def _markdown_blocks(text: str, begin: int, lines: list[tuple[int, int]]) -> Iterator[Block]:
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
            yield from _inline_blocks(text, lines, token, heading)
            heading = False
        elif token.type in ("fence", "code_block", "html_block"):
            yield from _literal_blocks(text, lines[slice(*token.map)])


def _span(lines: list[tuple[int, int]], numbers: Iterable[int]) -> tuple[int, int]:
    first, stop = numbers
    return lines[first][0], lines[stop - 1][1]


def _inline_blocks(text: str, lines: list[tuple[int, int]], token: Token, heading: bool) -> Iterator[Block]:
    """Find the lines of a paragraph or heading in the text, without the marks of lists, quotes and headings.

    A hard break ends a block: lines of an address or a poem are not one sentence.
    """
    assert token.map is not None
    numbers = range(*token.map)
    contents = [content.strip() for content in token.content.split("\n")]
    if not any(contents):
        return
    if len(contents) > len(numbers) or not contents[0]:
        yield Block(*_span(lines, token.map), heading)
        return
    begin: int | None = None
    for number, content in zip(numbers, contents, strict=False):
        start, end = lines[number]
        offset = text.rfind(content, start, end)
        if offset < 0:  # white space that Markdown counts otherwise
            yield Block(*_span(lines, token.map), heading)
            return
        begin = offset if begin is None else begin
        stop = offset + len(content)
        if _HARD_BREAK.search(text[offset:end]) and number + 1 in numbers:
            yield Block(begin, stop - content.endswith("\\"), heading)
            begin = None
    if begin is not None:
        yield Block(begin, stop, heading)


def _literal_blocks(text: str, lines: list[tuple[int, int]]) -> Iterator[Block]:
    for start, end in lines:
        line = text[start:end].strip()
        if not _NO_TEXT.match(line) and re.search(r"\w", re.sub(r"<[^<>]*>", "", line)):
            yield Block(start, end, whole=True)

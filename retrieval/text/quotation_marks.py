"""Where quotations stand in a text, and the paragraph that each is part of.

A quotation of several paragraphs opens anew with each of them, and closes only in the last.
"""

from retrieval.text.patterns import regex
from retrieval.values import Document, Sentence

_QUOTED = regex(r"“[^“”]*”|(?<![\w\"])\"(?=\S)[^\"]*\"(?!\w)|«[^«»]*»")
MARK = regex(r"[\"“”«»]")
BREAK = regex(r"\n(?:[ \t>]*\r?\n|[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]|#)")  # an empty line, an item, a heading
_OPENS = regex(r"[\s>]*(?P<mark>[\"“«])(?=\S)")
_OPEN = regex(r"(?:[“«]|(?<![\w\"])\"(?=\S))[^\"“”«»]*+\Z")
CLOSING = {'"': '"', "“": "”", "«": "»"}
FURTHEST = 2_000  # characters on each side of a sentence, in which its paragraph is looked for
_MOST_PARAGRAPHS = 30  # on each side, over which a quotation goes


def quotations(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the quotations between two places; none where marks are of several kinds, or do not pair."""
    spans = [match.span() for match in _QUOTED.finditer(text, begin, end)]
    marks = MARK.findall(text, begin, end)
    kinds = {text[start] for start, _ in spans}
    return spans if len(kinds) == 1 and len(marks) == 2 * len(spans) else []


def beside_each(text: str, quoted: list[tuple[int, int]], begin: int, end: int) -> list[str]:
    """Return the texts before, between and after quotations."""
    bounds = [begin, *(place for span in quoted for place in span), end]
    return [text[start:stop] for start, stop in zip(bounds[::2], bounds[1::2], strict=True)]


def around(document: Document, sentence: Sentence) -> tuple[str, int, int]:
    """Return a sentence's paragraph, with those that its quotations come from and go on to, as a span of a text.

    That is the document's, with a blank for each mark that opens a quotation anew.
    """
    text = document.text
    begin, end = _paragraph(document, sentence.start, sentence.end)
    for _ in range(_MOST_PARAGRAPHS):
        if begin <= document.body or not _OPENS.match(text, begin):
            break
        at = len(text[:begin].rstrip())
        before = _paragraph(document, at, at)
        if not (again := _opens_again(text, before)):
            break
        text, begin = f"{text[:again]} {text[again + 1 :]}", before[0]
    for _ in range(_MOST_PARAGRAPHS):
        if not end or not (again := _opens_again(text, (begin, end))):
            break
        text, end = f"{text[:again]} {text[again + 1 :]}", _paragraph(document, again, again + 1)[1]
    return text, begin, end


def _opens_again(text: str, paragraph: tuple[int, int]) -> int | None:
    """Return where what follows a paragraph opens a quotation again that is open at its end; None if nothing does."""
    opens = _OPENS.match(text, paragraph[1])
    if not opens:
        return None
    mark, marks = opens["mark"], MARK.findall(text, *paragraph)
    pairs = set(marks) <= {mark, CLOSING[mark]} and len(marks) % 2 == 1 and marks.count(mark) > len(marks) // 2
    return opens.start("mark") if pairs and _OPEN.search(text, *paragraph) else None


def _paragraph(document: Document, start: int, stop: int) -> tuple[int, int]:
    """Return the span of the paragraph in which a span stands; an empty one if that is too long."""
    text = document.text
    least, most = max(start - FURTHEST, document.body), min(stop + FURTHEST, len(text))
    begin = max((match.end() for match in BREAK.finditer(text, least, start)), default=least)
    following = BREAK.search(text, stop, most)
    end = following.start() if following else most
    return (0, 0) if document.body < begin == least or end == most < len(text) else (begin, end)

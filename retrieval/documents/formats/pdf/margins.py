"""What stands in the margins of the pages of a PDF file and is no part of its text: headers, footers, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.documents.formats.pdf.values import Line, usual_height
from retrieval.text.patterns import regex

LARGER = 1.15  # times the usual height of a line: a heading
_MARGIN_LINES = 3
GAP = 1.6  # times a line's height, to the next: it stands apart
_SEVERAL = 3  # pages
_MANY = 5  # pages: four letters may begin alike
_ON_NEARLY_ALL = 0.7  # of the pages, as a first or last one may look otherwise
_PAGE_NUMBER = regex(
    r"(?:(?:page|halaman|hal\.?|p\.)\s*)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:/|of|dari)\s*\d{1,4})?\s*[-–—]?",
    re.IGNORECASE,
)
_COUNTED_PAGE = regex(r"(?:page|halaman|hal\.?)\s+\d{1,4}(?:\s*(?:/|of|dari)\s*\d{1,4})?", re.IGNORECASE)
_PRINTED = regex(  # by a browser, with the page's title, and its address: "11/30/26, 12:36 PM Fact sheet"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d(?:[ \u202f]?[AP]M)?(?: .*)?"
    r"|(?:https?|file)://\S+(?: \d{1,4}/\d{1,4})?"
)
_AT_ENDS = regex(r"\A\d{1,4}(?=\s)|(?<=\s)\d{1,4}\Z")


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and what stands in the margins of several pages, apart or on nearly all.

    So is what browsers print there. Numbers in it may differ, and all but numbers that count the pages. A line in
    large letters is a title, though the pages repeat it.
    """
    pages = [[_without_page_number(line) for line in page] for page in pages]
    usual = usual_height([line for page in pages for line in page])
    apart = [_lines_apart(page) | edges for page, edges in zip(pages, _same_edges(pages, usual), strict=True)]
    often = Counter(text for lines in apart for text in {_numberless(line.text) for line in lines})
    counts = [{line: _counts(line, at, usual) for line in lines} for at, lines in enumerate(apart)]
    counted = Counter(count for page in counts for count in set().union(*page.values()))
    least = 2 if len(pages) < 6 else 3
    most = max(_SEVERAL, len(pages) / 2)

    def is_running(line: Line, at: int) -> bool:
        if line.marginal and _PRINTED.fullmatch(line.text):
            return True
        of_pages = _PAGE_NUMBER.fullmatch(line.text) or any(counted[one] >= most for one in counts[at].get(line, ()))
        is_large = line.height >= LARGER * usual
        return line in apart[at] and not is_large and bool(of_pages or often[_numberless(line.text)] >= least)

    again = [set[Line](), *(_same_head(page, before) for before, page in pairwise(pages))]
    return [
        [line for line in page if not is_running(line, at) and line not in again[at]] for at, page in enumerate(pages)
    ]


def _without_page_number(line: Line) -> Line:
    """Return a line without the number of the page that stands apart at its end, in a margin."""
    if not (line.marginal and len(line.cells) > 1 and _COUNTED_PAGE.fullmatch(line.cells[-1].text)):
        return line
    *cells, _ = line.cells
    text = " ".join(cell.text for cell in cells)
    return replace(line, text=text, right=cells[-1].right, cells=tuple(cells) if len(cells) > 1 else ())


def _same_head(page: Sequence[Line], before: Sequence[Line]) -> set[Line]:
    """Return the lines at the top of a page, several, that stand at the very same places on the page before.

    One may be how each of several letters begins.
    """
    there = {(line.text, round(line.left), round(line.base)) for line in before}
    found: set[Line] = set()
    for line in sorted(page, key=lambda line: -line.base):
        same = (line.text, round(line.left), round(line.base)) in there
        if not (line.marginal and same and line.place is None and not line.cells):
            break
        found.add(line)
    return found if len(found) > 1 else set()


def _counts(line: Line, page: int, usual: float) -> set[tuple[int, int]]:
    """Return from where the numbers at the ends of a line would count pages, by one or two: "1187 Floods 1188".

    One number alone may be that of a heading, unless the line is smaller than `usual`.
    """
    numbers = _AT_ENDS.findall(line.text)
    if len(numbers) < 2 and line.height >= usual:
        return set()
    return {(step, int(number) - step * page) for number in numbers for step in (1, 2)}


def _lines_apart(page: Sequence[Line]) -> set[Line]:
    """Return the lines at the top and the bottom of a page that a gap parts from its text."""
    apart: set[Line] = set()
    down = sorted(page, key=lambda line: -line.base)
    for lines in (down, down[::-1]):
        for number, (line, following) in enumerate(pairwise(lines), start=1):
            if not line.marginal or number > _MARGIN_LINES:
                break
            if abs(line.base - following.base) > GAP * max(line.height, following.height):
                apart.update(lines[:number])
    return apart


def _same_edges(pages: Sequence[Sequence[Line]], usual: float) -> list[set[Line]]:
    """Return of each page the first and the last line, if nearly all pages have the same there; no row of a table.

    Numbers may differ in lines that are smaller than `usual`; others may be of the text: "Day 1", "Day 2".
    """
    edges: list[set[Line]] = [set() for _ in pages]
    for outermost in (max, min):
        found = [outermost(page, key=lambda line: line.base, default=None) for page in pages]
        shown = [line if line and line.marginal and not line.cells else None for line in found]
        texts = [line and (_numberless(line.text) if line.height < usual else line.text) for line in shown]
        often = Counter(filter(None, texts))
        for line, text, kept in zip(found, texts, edges, strict=True):
            if line and text and often[text] >= max(_MANY, _ON_NEARLY_ALL * len(pages)):
                kept.add(line)
    return edges


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)

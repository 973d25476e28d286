"""The paragraphs of a PDF page, as a reader sees them: told by gaps, indents, signs, and room that was left."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from retrieval.documents.formats.lines import is_day, tells_kind
from retrieval.documents.formats.pdf.margins import GAP, LARGER
from retrieval.documents.formats.pdf.values import HYPHENS, Line, Row, is_card
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS

_SHORT = 0.85  # of the widest line: one that ends before that, with a full stop, ends its paragraph
_NARROW = 0.45  # of it: lines that are no longer are an address, or a name with an office
_LOOSE = 1.3  # times the width of a word, as letters differ in theirs: room for it
_SEVERAL = 3  # lines
_NEARBY = 8  # times the height of a line
_SMALLER = 0.87  # times the usual height of a line: a note
_ITEM = regex(  # signs of Word's own fonts are private ones; "o" is that of its second level
    r"(?:[•▪●◦‣○■□➢➤►✓✔\ue000-\uf8ff–—*-]|o(?=\s+[A-Z])|\(?\d{1,3}[.)]|\(?[a-z][.)])\s"
)
_NOTE = regex(r"[(\[]?[\d¹²³⁴-⁹*†]")
ENDS = regex(r"[.!?:;…][\"”’')\]]*\Z")
"""Matches what ends a sentence, or leads on to a list."""
_BEGINS = regex(  # "A. Water", "IV. Water", "1.2 Water", "Contact: Ana Lim"
    r"(?:[A-Z]|[IVX]{1,4})[.)]\s|\d{1,2}(?:\.\d{1,2})+[.)]?\s|[A-Z][\w ./-]{1,30}:\s"
)
_SENTENCE_ENDS = regex(r"\w{4}[.!?][\"”’')\]]*\Z")  # no "M.Si.", "ttd."
_TITLED = regex(r"(?:dr|drg|drh|drs|ir)\. [A-Z]")  # a name, though it begins with a small letter
_MOST_LINES, _LONGEST_HEADING = 2, 120  # of a heading in bold; characters
_HEADING = regex(
    r"(?:(?:(?:table|tabel|figure|gambar|annex|lampiran|part|bagian|bab)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z])[.:)]?\s+)?"
    r"[^\W\d_][^\d:;]*[^\d:;.!?,]",
    re.IGNORECASE,
)
_COPIES = regex(r"(?:cc|tembusan)\b\s*:", re.IGNORECASE)  # of a letter, who gets them
_FIRST_WORD = regex(r"(?:(?:Rp|US\$|USD|IDR|EUR|[$€£])\s)?\S+")
_CLAUSE = regex(r"(?P<part>\d{1,2}(?:\.\d{1,2})*)\.(?P<number>\d{1,2})[.)]?\s")
_LEADS_ON = regex(rf"[,(&/{HYPHENS}-]\Z")


def paragraphs_of(page: Sequence[Line], rows: Mapping[Line, Row], large: float) -> Iterator[Sequence[Line]]:
    """Yield the lines of each paragraph, and those of each row of a table; from a height on, letters are `large`."""
    in_rows = {line for row in rows.values() for line in row.lines}
    paragraph: list[Line] = []
    for line in page:
        if line in in_rows:
            if paragraph:
                yield paragraph
                paragraph = []
            if line in rows:
                yield rows[line].lines
            continue
        if paragraph and _is_new_paragraph(paragraph, line, page, large):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def stands_out(paragraph: Sequence[Line]) -> bool:
    """Tell whether a paragraph is a heading by its bold letters: a line or two without figures or full stops.

    Its own number may be one, or that of a table: "III. Shelters", "Table 2. Prices".
    """
    text = " ".join(line.text for line in paragraph)
    is_short = len(paragraph) <= _MOST_LINES and len(text) <= _LONGEST_HEADING
    return all(line.bold for line in paragraph) and is_short and _HEADING.fullmatch(text) is not None


def begins_alone(text: str) -> bool:
    """Tell whether a text goes on with nothing before it, also if that ends with no full stop: an item, a name."""
    return any(form.match(text) for form in (_ITEM, _COPIES, _TITLED))


def notes_apart(
    paragraphs: Sequence[Sequence[Line]], usual: float, rows: Mapping[Line, Row]
) -> Sequence[Sequence[Line]]:
    """Put the notes at the foot of a page before the paragraph above them, where that may go on overleaf."""
    above = max(len(paragraphs) - 1, 0)
    while above > 0 and (first := paragraphs[above][0]).height < _SMALLER * usual and _NOTE.match(first.text):
        above -= 1
    last = paragraphs[above] if paragraphs else ()
    if not above or len(last) == 1 or last[0] in rows or ENDS.search(last[-1].text):  # one line may be their heading
        return paragraphs
    return [*paragraphs[:above], *paragraphs[above + 1 :], last]


def _is_new_paragraph(paragraph: Sequence[Line], line: Line, page: Sequence[Line], large: float) -> bool:
    """Tell from a line and those before it whether a paragraph ends between them, as a reader sees it."""
    before = paragraph[-1]
    if (
        _row_of(before) != _row_of(line)
        or abs(before.height - line.height) > (LARGER - 1) * before.height
        or _ITEM.match(line.text)
        or _counts_on(paragraph[0], line)
        or (is_card(before.text) and is_card(line.text) and line.left > before.right)
        or _changes_weight(before, line, page)
        or _is_apart_as_day(paragraph, line)
        or _hangs(paragraph, line)
    ):
        return True
    down = before.base - line.base
    ended = bool(ENDS.search(before.text))
    if down < -before.height:  # the next column
        return ended or (not line.text[0].islower() and is_short(before, page))
    if down > GAP * before.height:
        return True
    if _begins_anew(paragraph, line, page, large):
        return True
    return ended and (is_short(before, page) or line.left > before.left + 0.8 * before.height)


def _changes_weight(before: Line, line: Line, page: Sequence[Line]) -> bool:
    """Tell whether a line in bold is a heading above or below another, and no part of a sentence in bold."""
    ended = ENDS.search(before.text) or is_short(before, page) or abs(before.left - line.left) > line.height
    return before.bold != line.bold and bool(ended) and not line.text[0].islower()


def _is_apart_as_day(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether a line, or the one before it, is a day that stands for itself: below a title, above a name."""
    if len(paragraph) == 1 and _is_only_day(paragraph[0].text):
        return True
    return _is_only_day(line.text) and not _leads_on(paragraph[-1])


def _is_only_day(text: str) -> bool:
    """Tell whether a text is a day, with a place before it or without, and no begun sentence."""
    return is_day(text) and not _ITEM.match(text) and STOP_WORDS.isdisjoint(text.casefold().split())


def _hangs(paragraph: Sequence[Line], line: Line) -> bool:
    """Tell whether a line begins where the first one does, and left of those between: the next of several items."""
    first, *others = paragraph
    is_level = abs(first.left - line.left) < line.height / 2
    return bool(others) and is_level and all(other.left > line.left + line.height for other in others)


def _leads_on(line: Line) -> bool:
    return _LEADS_ON.search(line.text) is not None or line.text.split()[-1] in STOP_WORDS


def _counts_on(first: Line, line: Line) -> bool:
    """Tell whether a line begins with the number after that of the clause that another begins: "3.1", "3.2"."""
    before, following = _CLAUSE.match(first.text), _CLAUSE.match(line.text)
    if before is None or following is None or abs(first.left - line.left) > first.height / 2:
        return False
    return before["part"] == following["part"] and int(before["number"]) + 1 == int(following["number"])


def _row_of(line: Line) -> tuple[int, int] | None:
    """Return the ruled table that a line stands in, and its row there."""
    return (line.place.table, line.place.top) if line.place else None


def _begins_anew(paragraph: Sequence[Line], line: Line, page: Sequence[Line], large: float) -> bool:
    """Tell whether the first word of a line would have fitted in the one before it, which ends earlier than it.

    What begins as items, labels and days do may be short itself: then the widest line nearby tells. Where the paragraph
    has several lines, it is as wide as these: below a picture lines are wider. Where all lines are short, as in an
    address or below a letter, each ends by itself. Titles, in large letters or centred, are broken anywhere.
    """
    before = paragraph[-1]
    if _COPIES.match(line.text):
        return True
    if before.cells or line.text[0].islower() or line.height >= large or _leads_on(before):
        return False
    if tells_kind(before.text):
        return True
    nearby = [other for other in page if abs(other.base - before.base) < _NEARBY * before.height]
    off_centre = abs(before.left + before.right - line.left - line.right)
    is_centred = off_centre < before.height < abs(before.left - line.left)
    if is_centred and line.right < max(other.right for other in nearby) - before.height:
        return False
    reach = _widest(before, nearby) if _BEGINS.match(line.text) or is_day(line.text) else line.right
    if _are_short([*paragraph, *_lines_from(line, page)], page):
        reach = _widest(before, page)
    elif len(above := paragraph[:-1][-_SEVERAL:]) > 1:
        reach = min(reach, max(other.right for other in above))
    word = _FIRST_WORD.match(line.text)
    width = (len(word[0]) + 1 if word else 0) * (line.right - line.left) / len(line.text)
    return reach - before.right > _LOOSE * width


def _are_short(lines: Sequence[Line], page: Sequence[Line]) -> bool:
    """Tell whether lines are far shorter than others in their column, and end with no sentence, as captions do."""
    left = lines[0].left
    longest = max(line.right for line in lines) - left
    return longest < _NARROW * (_widest(lines[0], page) - left) and not _SENTENCE_ENDS.search(lines[-1].text)


def _lines_from(line: Line, page: Sequence[Line]) -> Iterator[Line]:
    """Yield a line and those right below it, aligned with it."""
    yield line
    for before, below in pairwise(page[page.index(line) :]):
        if not 0 < before.base - below.base < GAP * line.height or abs(below.left - line.left) > line.height:
            return
        yield below


def is_short(line: Line, page: Sequence[Line]) -> bool:
    """Tell whether a line ends before others in its column do."""
    return line.right - line.left < _SHORT * (_widest(line, page) - line.left)


def _widest(line: Line, page: Sequence[Line]) -> float:
    """Return where the widest line of a line's column ends."""
    return max(other.right for other in page if abs(other.left - line.left) < 3 * line.height)

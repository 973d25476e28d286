"""PDF: the text of its pages, by pdfium; lines are joined to paragraphs, running headers and footers left out."""

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from retrieval.errors import DocumentError
from retrieval.formats.extracted import Extracted, Metadata, TextBuilder, raised

_HYPHENS = "\x02\ufffe"  # what pdfium makes of a hyphen at the end of a line
_MARGIN = 0.12  # of a page's height, at its top and at its bottom: running headers and footers stand there
_MARGIN_LINES = 3
_LARGER = 1.15  # times the usual height of a line: a heading
_GAP = 1.6  # times its height, from one line to the next: a new paragraph
_SHORT = 0.85  # of the widest line: one that ends before that, with a full stop, ends its paragraph
_HEADING_LENGTH = 200  # characters
_ITEM = re.compile(r"(?:[•▪●◦‣–—*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_ENDS = re.compile(r"[.!?:;…][\"”’')\]]*\Z")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|halaman|hal\.?|p\.)\s*)?[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:/|of|dari)\s*\d{1,4})?\s*[-–—]?",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"\.(?:docx?|odt|rtf|pdf|indd|pptx?|xlsx?|tex|html?)\Z|\A(?:microsoft |untitled|\(|about:)", re.IGNORECASE
)
_NO_AUTHOR = re.compile(r"\A\(|\A(?:user|admin|administrator|unknown|anonymous)\Z", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_DIGITS = frozenset("0123456789")
_SMALLER, _HIGHER = 0.85, 0.12  # of the height of the character before: a number that is raised
_Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page, in points from the page's left and bottom; `marginal`: it stands near its top or bottom."""

    text: str
    left: float
    right: float
    base: float
    height: float
    marginal: bool


def extract(data: bytes) -> Extracted:
    """Read a PDF file; raises DocumentError if it is encrypted, damaged or a scan without text."""
    pages, metadata = _read(data)
    if not any(pages):
        raise DocumentError("it holds pictures of pages and no text: run text recognition (OCR) over it first")
    pages = _without_running_lines(pages)
    _with_whole_words(pages)
    lines = [line for page in pages for line in page]
    usual = median(line.height for line in lines) if lines else 0.0
    hyphenated = set(re.findall(r"\w+-\w+", " ".join(line.text for line in lines)))
    builder = TextBuilder()
    going_on = False
    for page in pages:
        builder.begin_page()
        for paragraph in _paragraphs(page):
            text = _joined(paragraph, hyphenated)
            if going_on and text[:1].islower():
                builder.go_on(text)
            else:
                large = paragraph[0].height >= usual * _LARGER
                builder.add(text, heading=large and len(text) <= _HEADING_LENGTH)
            going_on = not _ENDS.search(text)
    return builder.extracted(metadata)


def _read(data: bytes) -> tuple[list[list[_Line]], Metadata]:
    """Return the lines of each page, and what the file says of itself."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise DocumentError("it is protected by a password") from error
        raise DocumentError("it is damaged, or no PDF file") from error
    try:
        pages = [list(_lines(document[number])) for number in range(len(document))]
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"it is damaged: {error}") from error
    finally:
        document.close()
    title, author, created = about.get("Title", ""), about.get("Author", ""), _DATE.match(about.get("CreationDate", ""))
    metadata = Metadata(
        title="" if _NO_TITLE.search(title) else title,
        author="" if _NO_AUTHOR.search(author) else author,
        date="-".join(created.groups()) if created else "",
    )
    return pages, metadata


def _lines(page: pypdfium2.PdfPage) -> Iterator[_Line]:
    """Yield the lines of a page, in the order of the file, which is that of reading."""
    turn = page.get_rotation()
    _, bottom, _, top = _turned(page.get_bbox(), turn)
    margin = _MARGIN * (top - bottom)
    text = page.get_textpage()
    count = text.count_chars()
    characters = [chr(raw.FPDFText_GetUnicode(text, number)) for number in range(count)]
    _raise_numbers(characters, lambda number: _turned(_box(text, number), turn))
    begin = 0
    for number in range(count + 1):
        ends = number == count or characters[number] in "\r\n" or characters[max(begin, number - 1)] in _HYPHENS
        if not ends:
            continue
        places = [place for place in range(begin, number) if not characters[place].isspace()]
        if places:
            left, low, _, high = _turned(_box(text, places[0]), turn)
            _, _, right, _ = _turned(_box(text, places[-1]), turn)
            _, base, _, _ = _turned(_box(text, places[len(places) // 2]), turn)
            shown = "".join(characters[begin:number]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            marginal = not bottom + margin <= base <= top - margin
            yield _Line(" ".join(shown.split()), left, right, base, max(high - low, 1.0), marginal)
        begin = number + (number < count and characters[number] in "\r\n")


def _raise_numbers(characters: list[str], box: Callable[[int], _Box]) -> None:
    """Put raised digits in the place of those that are set smaller and higher than what stands before them."""
    before: int | None = None  # the last character that is not raised, in this line
    for number, character in enumerate(characters):
        if character in "\r\n":
            before = None
        elif character in _DIGITS and before is not None:
            _, base, _, top = box(before)
            _, low, _, high = box(number)
            if high - low < _SMALLER * (top - base) and low - base > _HIGHER * (top - base):
                characters[number] = raised(character)
            else:
                before = number
        elif not character.isspace():
            before = number


def _box(text: pypdfium2.PdfTextPage, number: int) -> _Box:
    """Return left, bottom, right and top of a character, as high as its font is."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, number, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top


def _turned(box: _Box, degrees: int) -> _Box:
    """Return where a box is on a page that is turned clockwise, as its readers see it."""
    left, bottom, right, top = box
    return {
        90: (bottom, -right, top, -left),
        180: (-right, -top, -left, -bottom),
        270: (-top, left, -bottom, right),
    }.get(degrees, box)


def _without_running_lines(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Leave out page numbers, and what stands apart in the margins of several pages, whatever numbers are in it.

    A line in large letters is a title, though the pages repeat it.
    """
    heights = [line.height for page in pages for line in page]
    large = _LARGER * median(heights) if heights else 0.0
    apart = [_lines_apart(page) for page in pages]
    often = Counter(text for lines in apart for text in {_numberless(line.text) for line in lines})
    least = 2 if len(pages) < 6 else 3
    return [
        [
            line
            for line in page
            if line not in lines
            or line.height >= large
            or not (_PAGE_NUMBER.fullmatch(line.text) or often[_numberless(line.text)] >= least)
        ]
        for page, lines in zip(pages, apart, strict=True)
    ]


def _lines_apart(page: Sequence[_Line]) -> set[_Line]:
    """Return the lines at the top and the bottom of a page that a gap parts from its text."""
    apart: set[_Line] = set()
    down = sorted(page, key=lambda line: -line.base)
    for lines in (down, down[::-1]):
        for number, (line, following) in enumerate(pairwise(lines), start=1):
            if not line.marginal or number > _MARGIN_LINES:
                break
            if abs(line.base - following.base) > _GAP * max(line.height, following.height):
                apart.update(lines[:number])
    return apart


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _paragraphs(page: Sequence[_Line]) -> Iterator[list[_Line]]:
    paragraph: list[_Line] = []
    for line in page:
        if paragraph and _is_new_paragraph(paragraph[-1], line, page):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _is_new_paragraph(before: _Line, line: _Line, page: Sequence[_Line]) -> bool:
    """Tell from a line and the one before it whether a paragraph ends between them, as a reader sees it."""
    if abs(before.height - line.height) > (_LARGER - 1) * before.height or _ITEM.match(line.text):
        return True
    down = before.base - line.base
    ended = bool(_ENDS.search(before.text))
    if down < -before.height:  # the next column
        return ended or not line.text[0].islower()
    if down > _GAP * before.height:
        return True
    widest = max(other.right for other in page if abs(other.left - before.left) < 3 * before.height)
    is_short = before.right - before.left < _SHORT * (widest - before.left)
    return ended and (is_short or line.left > before.left + 0.8 * before.height)


def _joined(lines: Sequence[_Line], hyphenated: set[str]) -> str:
    """Join lines; a word divided at a line's end is whole again, unless it has a hyphen elsewhere too."""
    text = ""
    for line in lines:
        shown = line.text
        if text and text[-1] in _HYPHENS:
            first = re.search(r"\w+\Z", text[:-1])
            second = re.match(r"\w+", shown)
            compound = f"{first[0]}-{second[0]}" if first and second else ""
            text = text[:-1] + ("-" if compound in hyphenated or not shown[:1].islower() else "") + shown
        elif re.search(r"\w-\Z", text):  # a hyphen that pdfium takes for one of the word's own
            text += shown
        else:
            text = f"{text} {shown}" if text else shown
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "-")
    return text


def _with_whole_words(pages: Sequence[list[_Line]]) -> None:
    """Bring the rest of a word that is divided between two pages to the first of them."""
    for page, following in pairwise(pages):
        divided = page and following and re.search(rf"\w[-{_HYPHENS}]\Z", page[-1].text)
        if divided and following[0].text[:1].islower():
            rest, _, more = following[0].text.partition(" ")
            page[-1] = replace(page[-1], text=page[-1].text[:-1] + _HYPHENS[0])
            page.append(replace(page[-1], text=rest))
            following[0] = replace(following[0], text=more)
            if not more:
                del following[0]

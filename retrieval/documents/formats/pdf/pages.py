"""PDF: the text of its pages, by pdfium; lines are joined to paragraphs, running headers and footers left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, row_text
from retrieval.documents.formats.lines import is_day, tells_kind
from retrieval.documents.formats.pdf.lines import HYPHENS, Line, Row, read_lines
from retrieval.documents.formats.pdf.margins import GAP, LARGER, without_running_lines
from retrieval.documents.formats.pdf.tables import rows_of
from retrieval.errors import DocumentError
from retrieval.text.markup import CELL_MARK
from retrieval.text.words import STOP_WORDS

_SHORT = 0.85  # of the widest line: one that ends before that, with a full stop, ends its paragraph
_NARROW = 0.45  # of it: lines that are no longer are an address, or a name with an office
_LOOSE = 1.3  # times the width of a word, as letters differ in theirs: room for it
_SEVERAL = 3  # lines
_NEARBY = 8  # times the height of a line
_HEADING_LENGTH = 200  # characters
_SMALLER = 0.87  # times the usual height of a line: a note
_ITEM = re.compile(  # signs of Word's own fonts are private ones; "o" is that of its second level
    r"(?:[•▪●◦‣○■□➢➤►✓✔\ue000-\uf8ff–—*-]|o(?=\s+[A-Z])|\(?\d{1,3}[.)]|\(?[a-z][.)])\s"
)
_SYMBOL = re.compile(r"\A[\ue000-\uf8ff](?=\s)")
_NOTE = re.compile(r"[(\[]?[\d¹²³⁴-⁹*†]")
_ENDS = re.compile(r"[.!?:;…][\"”’')\]]*\Z")
_BEGINS = re.compile(  # "A. Water", "IV. Water", "1.2 Water", "Contact: Ana Lim"
    r"(?:[A-Z]|[IVX]{1,4})[.)]\s|\d{1,2}(?:\.\d{1,2})+[.)]?\s|[A-Z][\w ]{1,30}:\s"
)
_SENTENCE_ENDS = re.compile(r"\w{4}[.!?][\"”’')\]]*\Z")  # no "M.Si.", "ttd."
_COPIES = re.compile(r"(?:cc|tembusan)\b\s*:", re.IGNORECASE)  # of a letter, who gets them
_FIRST_WORD = re.compile(r"(?:(?:Rp|US\$|USD|IDR|EUR|[$€£])\s)?\S+")
_LEADS_ON = re.compile(rf"[,(&/{HYPHENS}-]\Z")
_NO_TITLE = re.compile(
    r"\.(?:docx?|odt|rtf|pdf|indd|pptx?|xlsx?|tex|html?)\Z|\A(?:microsoft |untitled|\(|about:)", re.IGNORECASE
)
_NO_AUTHOR = re.compile(r"\A\(|\A(?:user|admin|administrator|unknown|anonymous)\Z", re.IGNORECASE)
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_DOUBLED = 4  # letters of a word that is doubled; fewer are a syllable, as in "me-menuhi"


def extract(data: bytes) -> Extracted:
    """Read a PDF file; raises DocumentError if it is encrypted, damaged or a scan without text."""
    pages, metadata = _read(data)
    if not any(pages):
        raise DocumentError("it holds pictures of pages and no text: run text recognition (OCR) over it first")
    pages = without_running_lines(pages)
    _with_whole_words(pages)
    lines = [line for page in pages for line in page]
    usual = median(line.height for line in lines) if lines else 0.0
    hyphenated = set(re.findall(r"\w+-\w+", " ".join(line.text for line in lines)))
    builder = TextBuilder()
    in_table = going_on = fills_line = False
    for page, found in zip(pages, rows_of(pages), strict=True):
        builder.begin_page()
        rows = {row.lines[0]: row for row in found}
        for number, paragraph in enumerate(_notes_apart(list(_paragraphs(page, rows, usual * LARGER)), usual, rows)):
            if row := rows.get(paragraph[0]):
                text = row_text([_joined(cell, hyphenated) for cell in row.cells])
                builder.add(text, whole=CELL_MARK in text, apart=row.first or not in_table)
                in_table, going_on, fills_line = True, False, False
                continue
            in_table = False
            text = _SYMBOL.sub("•", _joined([line.text for line in paragraph], hyphenated))
            large = paragraph[0].height >= usual * LARGER
            begins = _ITEM.match(text) or _COPIES.match(text)
            overleaf = number == 0 and fills_line and not large
            if going_on and not begins and (text[:1].islower() or overleaf):
                builder.go_on(text)
            else:
                builder.add(text, heading=large and len(text) <= _HEADING_LENGTH)
            going_on = not _ENDS.search(text)
            fills_line = len(paragraph) > 1 and not large and not _is_short(paragraph[-1], page)
    return builder.extracted(metadata)


def _read(data: bytes) -> tuple[list[list[Line]], Metadata]:
    """Return the lines of each page, and what the file says of itself."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
            raise DocumentError("it is protected by a password") from error
        raise DocumentError("it is damaged, or no PDF file") from error
    try:
        pages = [read_lines(document[number]) for number in range(len(document))]
        about = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise DocumentError(f"it is damaged: {error}") from error
    finally:
        document.close()
    title, author, created = about.get("Title", ""), about.get("Author", ""), _DATE.match(about.get("CreationDate", ""))
    metadata = Metadata(
        title="" if _NO_TITLE.search(title) else title,
        author="" if _NO_AUTHOR.search(author) else author,
        created="-".join(created.groups()) if created else "",
    )
    return pages, metadata


def _paragraphs(page: Sequence[Line], rows: Mapping[Line, Row], large: float) -> Iterator[Sequence[Line]]:
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


def _notes_apart(
    paragraphs: Sequence[Sequence[Line]], usual: float, rows: Mapping[Line, Row]
) -> Sequence[Sequence[Line]]:
    """Put the notes at the foot of a page before the paragraph above them, where that may go on overleaf."""
    above = max(len(paragraphs) - 1, 0)
    while above > 0 and (first := paragraphs[above][0]).height < _SMALLER * usual and _NOTE.match(first.text):
        above -= 1
    last = paragraphs[above] if paragraphs else ()
    if not above or len(last) == 1 or last[0] in rows or _ENDS.search(last[-1].text):  # one line may be their heading
        return paragraphs
    return [*paragraphs[:above], *paragraphs[above + 1 :], last]


def _is_new_paragraph(paragraph: Sequence[Line], line: Line, page: Sequence[Line], large: float) -> bool:
    """Tell from a line and those before it whether a paragraph ends between them, as a reader sees it."""
    before = paragraph[-1]
    if (
        _row_of(before) != _row_of(line)
        or abs(before.height - line.height) > (LARGER - 1) * before.height
        or _ITEM.match(line.text)
    ):
        return True
    down = before.base - line.base
    ended = bool(_ENDS.search(before.text))
    if down < -before.height:  # the next column
        return ended or (not line.text[0].islower() and _is_short(before, page))
    if down > GAP * before.height:
        return True
    if _begins_anew(paragraph, line, page, large):
        return True
    return ended and (_is_short(before, page) or line.left > before.left + 0.8 * before.height)


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
    leads_on = _LEADS_ON.search(before.text) or before.text.split()[-1] in STOP_WORDS
    if before.cells or line.text[0].islower() or line.height >= large or leads_on:
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


def _is_short(line: Line, page: Sequence[Line]) -> bool:
    """Tell whether a line ends before others in its column do."""
    return line.right - line.left < _SHORT * (_widest(line, page) - line.left)


def _widest(line: Line, page: Sequence[Line]) -> float:
    """Return where the widest line of a line's column ends."""
    return max(other.right for other in page if abs(other.left - line.left) < 3 * line.height)


def _joined(lines: Sequence[str], hyphenated: set[str]) -> str:
    """Join lines; a word divided at a line's end is whole again, unless it has a hyphen elsewhere too."""
    text = ""
    for shown in lines:
        if text and text[-1] in HYPHENS:
            first = re.search(r"\w+\Z", text[:-1])
            second = re.match(r"\w+", shown)
            keeps = first and second and _keeps_hyphen(first[0], second[0], hyphenated)
            text = text[:-1] + ("-" if keeps or not shown[:1].islower() else "") + shown
        elif re.search(r"\w-\Z", text):  # a hyphen that pdfium takes for one of the word's own
            text += shown
        else:
            text = f"{text} {shown}" if text else shown
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    return text


def _keeps_hyphen(first: str, second: str, hyphenated: set[str]) -> bool:
    """Tell whether a hyphen at the end of a line is the word's own, as in "undang-undang"."""
    doubled = len(first) >= _DOUBLED and second.casefold().startswith(first.casefold())
    return doubled or f"{first}-{second}" in hyphenated


def _with_whole_words(pages: Sequence[list[Line]]) -> None:
    """Bring the rest of a word that is divided between two pages to the first of them."""
    for page, following in pairwise(pages):
        divided = page and following and re.search(rf"\w[-{HYPHENS}]\Z", page[-1].text)
        if divided and following[0].text[:1].islower():
            rest, _, more = following[0].text.partition(" ")
            page[-1] = replace(page[-1], text=page[-1].text[:-1] + HYPHENS[0], cells=())
            page.append(replace(page[-1], text=rest))
            following[0] = replace(following[0], text=more, cells=())
            if not more:
                del following[0]

"""PDF: the text of its pages, by pdfium; lines are joined to paragraphs, running headers and footers left out."""

import re

import pypdfium2
from pypdfium2 import raw

from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder, row_text
from retrieval.documents.formats.pdf.joining import joined, unbroken, with_whole_words, words_of
from retrieval.documents.formats.pdf.lines import read_lines
from retrieval.documents.formats.pdf.margins import LARGER, without_running_lines
from retrieval.documents.formats.pdf.paragraphs import (
    ENDS,
    begins_alone,
    is_short,
    notes_apart,
    paragraphs_of,
    stands_out,
)
from retrieval.documents.formats.pdf.tables import counts_columns, rows_of
from retrieval.documents.formats.pdf.values import Line, usual_height
from retrieval.errors import DocumentError
from retrieval.text.patterns import regex

_HEADING_LENGTH = 200  # characters
_SYMBOL = regex(r"\A[\ue000-\uf8ff](?=\s)")
_NO_TITLE = regex(
    r"\.(?:docx?|odt|rtf|pdf|indd|pptx?|xlsx?|tex|html?)\Z|\A(?:microsoft |untitled|\(|about:)", re.IGNORECASE
)
_NO_AUTHOR = regex(r"\A\(|\A(?:user|admin|administrator|unknown|anonymous)\Z", re.IGNORECASE)
_DATE = regex(r"D:(\d{4})(\d\d)(\d\d)")


def extract(data: bytes) -> Extracted:
    """Read a PDF file; raises DocumentError if it is encrypted, damaged or a scan without text."""
    pages, metadata = _read(data)
    if not any(pages):
        raise DocumentError("it holds pictures of pages and no text: run text recognition (OCR) over it first")
    pages = [[line for line in page if not counts_columns([cell.text for cell in line.cells])] for page in pages]
    pages = without_running_lines(pages)
    with_whole_words(pages)
    lines = [line for page in pages for line in page]
    usual = usual_height(lines)
    hyphenated = set(re.findall(r"\w+-\w+", " ".join(line.text for line in lines)))
    words = words_of(lines)
    mostly_bold = sum(len(line.text) for line in lines if line.bold) > sum(len(line.text) for line in lines) / 2
    builder = TextBuilder()
    in_table = going_on = fills_line = False
    for page, found in zip(pages, rows_of(pages), strict=True):
        builder.begin_page()
        rows = {row.lines[0]: row for row in found}
        for number, paragraph in enumerate(notes_apart(list(paragraphs_of(page, rows, usual * LARGER)), usual, rows)):
            if row := rows.get(paragraph[0]):
                text = row_text([joined(unbroken(cell, words), hyphenated) for cell in row.cells])
                builder.add(text, whole=sum(map(bool, row.cells)) > 1, apart=row.first or not in_table)
                in_table, going_on, fills_line = True, False, False
                continue
            in_table = False
            text = _SYMBOL.sub("•", joined([line.text for line in paragraph], hyphenated))
            large = paragraph[0].height >= usual * LARGER
            overleaf = number == 0 and fills_line and not large
            if going_on and not begins_alone(text) and (text[:1].islower() or overleaf):
                builder.go_on(text)
            else:
                is_heading = (large and len(text) <= _HEADING_LENGTH) or (not mostly_bold and stands_out(paragraph))
                builder.add(text, heading=is_heading)
            going_on = not ENDS.search(text)
            fills_line = len(paragraph) > 1 and not large and not is_short(paragraph[-1], page)
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

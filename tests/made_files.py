"""Real files of every format, made by the programs' own libraries, with the same two paragraphs in each."""

import zipfile
from email.message import EmailMessage
from io import BytesIO

import docx
import pptx
from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Table

from retrieval.documents.formats.extracted import Extracted

TITLE = "The harbour plan"
FIRST = "The board met on Tuesday, and Dr. Ana Lim spoke of the harbour. It will be dredged in May."
SECOND = "The work costs 3.5 million crowns. Nobody voted against it."
SENTENCES = [
    "The board met on Tuesday, and Dr. Ana Lim spoke of the harbour.",
    "It will be dredged in May.",
    "The work costs 3.5 million crowns.",
    "Nobody voted against it.",
]


def texts_and_headings(found: Extracted) -> list[tuple[str, bool]]:
    """Return what was taken from a file: the text of each block, and whether it is a heading."""
    return [(found.text[block.start : block.end], block.heading) for block in found.blocks]


def made_html(*, head: str = "", body: str = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>") -> bytes:
    """Make a page with menus, advertisements, comments and a footer around its text."""
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Home", "News", "Sport", "Weather", "Shop"))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Gazette</title>{head}
<style>p {{ color: red }}</style><script>var tracked = "a.b";</script></head>
<body><header><nav><ul>{menu}</ul></nav></header>
<div class="cookie-banner"><p>We use cookies. <button>Accept</button></p></div>
<main><article>{body}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/x">Ten tricks for a better sleep tonight</a></li></ul></aside>
<section id="comments"><h3>Comments</h3><p>Bob: I do not believe a word of it.</p></section>
<footer><p>© The Gazette. All rights reserved. <a href="/terms">Terms</a></p></footer></body></html>""".encode()


def made_docx(*paragraphs: tuple[str, str], rows: list[list[str]] | None = None) -> bytes:
    """Make a Word document of (style, text) paragraphs and, after them, a table."""
    document = docx.Document()
    for style, text in paragraphs or (("Heading 1", TITLE), ("Normal", FIRST), ("Normal", SECOND)):
        document.add_paragraph(text, style=style)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    return saved(document)


def saved(document: "docx.document.Document | pptx.presentation.Presentation | Workbook") -> bytes:
    """Return the bytes of a file that one of the programs' libraries has made."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """Replace a part of a package."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            after.writestr(entry.filename, content if entry.filename == name else before.read(entry))
    return out.getvalue()


def made_eml(
    text: str = f"{FIRST}\n\n{SECOND}\n", *, html: str = "", attachments: tuple[tuple[str, bytes], ...] = ()
) -> EmailMessage:
    """Make a mail as a mail program does; more can be changed before its bytes are taken."""
    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "Ana Lim <ana@example.org>"
    message["To"] = "board@example.org"
    message["Date"] = "Tue, 15 Nov 2022 23:30:00 +0700"
    message.set_content(text, cte="quoted-printable")
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def made_rtf(*paragraphs: str) -> bytes:
    """Make rich text with a title in its properties; what is beyond ASCII is written as RTF writes it."""
    body = "".join(f"\\pard {_escaped(text)}\\par\n" for text in paragraphs or (FIRST, SECOND))
    info = "{\\info{\\title " + TITLE + "}{\\author Ana Lim}{\\creatim\\yr2022\\mo11\\dy5}}"
    return ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times New Roman;}}" + info + "\n" + body + "}").encode("ascii")


def _escaped(text: str) -> str:
    return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)


class PdfPage:
    """A page on which lines are set as a printer would: left, from the top, in points."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def turn(self, degrees: int) -> None:
        """Turn what follows so that it is upright on a page that readers see turned by so much, clockwise."""
        width, height = A4
        self._canvas.setPageRotation(degrees)
        self._canvas.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[degrees])
        self._canvas.rotate(degrees)

    def line(self, left: float, top: float, text: str, *, size: float = 10, bold: bool = False) -> None:
        self._canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self._canvas.drawString(left, A4[1] - top, text)

    def aslant(self, left: float, top: float, text: str, *, size: float) -> None:
        """Set a line that rises at 45 degrees, as watermarks do."""
        self._canvas.saveState()
        self._canvas.translate(left, A4[1] - top)
        self._canvas.rotate(45)
        self._canvas.setFont("Helvetica", size)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()

    def leaning(self, left: float, top: float, text: str) -> None:
        """Set a line in letters that lean, as programs make them of a font without italics."""
        out = self._canvas.beginText()
        out.setTextTransform(1, 0, 0.3, 1, left, A4[1] - top)
        out.setFont("Helvetica", 10)
        out.textOut(text)
        self._canvas.drawText(out)

    def paragraph(self, left: float, top: float, lines: list[str], *, size: float = 10) -> None:
        for number, text in enumerate(lines):
            self.line(left, top + number * size * 1.2, text, size=size)

    def rule(self, left: float, top: float, right: float, bottom: float, *, filled: float = 0) -> None:
        """Draw a straight line, or fill a strip so thick."""
        if filled:
            height = max(bottom - top, filled)
            self._canvas.rect(left, A4[1] - top - height, max(right - left, filled), height, stroke=0, fill=1)
        else:
            self._canvas.line(left, A4[1] - top, right, A4[1] - bottom)

    def table(
        self, left: float, top: float, rows: list[list[str]], widths: list[float], style: list[tuple[object, ...]]
    ) -> float:
        """Set a table whose cells are wrapped, its lines and merged cells as reportlab's styles say; return its end."""
        font = ParagraphStyle("cell", fontName="Helvetica", fontSize=10, leading=12)
        table = Table([[Paragraph(cell, font) for cell in row] for row in rows], colWidths=widths, style=style)
        _, height = table.wrapOn(self._canvas, sum(widths), A4[1])
        table.drawOn(self._canvas, left, A4[1] - top - height)
        return top + float(height)


class PdfFile:
    """A PDF file, made page by page."""

    def __init__(
        self, *, title: str = TITLE, author: str = "Ana Lim", password: str = "", printed: bool = False
    ) -> None:
        """With `printed` the file says that it was made now, else always the same day."""
        self._out = BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4, encrypt=password or None, invariant=not printed)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._pages = 0

    def page(self) -> PdfPage:
        if self._pages:
            self._canvas.showPage()
        self._pages += 1
        return PdfPage(self._canvas)

    def data(self) -> bytes:
        if not self._out.getvalue():
            self._canvas.showPage()
            self._canvas.save()
        return self._out.getvalue()


def made_pdf() -> bytes:
    file = PdfFile()
    page = file.page()
    page.line(72, 100, TITLE, size=18)
    page.paragraph(
        72, 140, ["The board met on Tuesday, and Dr. Ana Lim spoke of the", "harbour. It will be dredged in May."]
    )
    page.paragraph(72, 190, [SECOND])
    return file.data()


def made_csv() -> bytes:
    return b"place,harbour master,depth\nBrackwater,Yusra Delacroix,7.5\nPort Ansel,,6\n"


def made_xlsx() -> bytes:
    book = Workbook()
    for row in (["place", "harbour master", "depth"], ["Brackwater", "Yusra Delacroix", 7.5], ["Port Ansel", None, 6]):
        book["Sheet"].append(row)
    return saved(book)


def made_pptx() -> bytes:
    slides = pptx.Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    assert slide.shapes.title is not None
    slide.shapes.title.text = TITLE
    slide.placeholders[1].text = f"{FIRST}\n{SECOND}"
    return saved(slides)


def made_odt(
    text: str = f'<text:p text:style-name="Title">{TITLE}</text:p><text:p>{FIRST}</text:p><text:p>{SECOND}</text:p>',
    *,
    head: str = "",
    styles: str = "",
    about: str = "",
) -> bytes:
    """Make a text as LibreOffice packs it, of its paragraphs, what stands before them, their styles and properties."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    names = "".join(f' xmlns:{name}="{office}:{name}:1.0"' for name in ("office", "meta", "style", "table", "text"))
    names += f' xmlns:draw="{office}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f"{head}<office:document-content{names}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>",
        "meta.xml": f"<office:document-meta{names}><office:meta>{about}</office:meta></office:document-meta>",
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


MADE = {
    "a.html": made_html(),
    "a.docx": made_docx(),
    "a.eml": made_eml().as_bytes(),
    "a.rtf": made_rtf(),
    "a.pdf": made_pdf(),
    "a.csv": made_csv(),
    "a.xlsx": made_xlsx(),
    "a.pptx": made_pptx(),
    "a.odt": made_odt(),
    "a.md": f"# {TITLE}\n\n{FIRST}\n\n{SECOND}\n".encode(),
    "a.txt": f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n".encode(),
}

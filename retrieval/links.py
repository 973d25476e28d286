"""Links that open a document at a sentence.

In web pages by a text fragment, which browsers scroll to and mark ("URL Fragment Text Directives", WICG, 2023):
#:~:text=[prefix-,]start[,end][,-suffix]. In PDF files by the page.
"""

import re
from urllib.parse import quote, urldefrag

from retrieval.formats.extracted import CELL_MARK
from retrieval.markup import visible_text
from retrieval.values import Document, Sentence

_WHOLE = 200  # characters; of a longer sentence only the first words and the last are given
_ENDS = 6  # words at its end, and at its beginning
_BEGINNINGS = (_ENDS, 12, 18)  # as few as stand nowhere else
_NEAR = 1_000  # characters in which those are looked for
_LINE_END, _BLOCK_END = re.compile(r"[\r\n]+"), re.compile(r"(?:\r\n|\r|\n){2,}")
_CONTEXT = (4, 8, 16)  # words before and after a sentence that stands there twice: as few as tell it


def place_link(document: Document, sentence: Sentence) -> str | None:
    """Return a link that opens the document's address at a sentence; None if it has no address."""
    if not document.url:
        return None
    page = document.page(sentence.start)
    if page:
        return f"{urldefrag(document.url).url}#page={page}"
    directive = _directive(document, sentence)
    fragment = "" if "#" in document.url else "#"
    return f"{document.url}{fragment}:~:text={directive}" if directive else document.url


def _directive(document: Document, sentence: Sentence) -> str:
    """Return the text directive of a sentence, percent-encoded."""
    shown = visible_text(document.text[sentence.start : sentence.end], markdown=document.markdown)
    words = shown.split()
    if not words:
        return ""
    parts = [shown]
    cells = _cells(shown)
    if len(cells) > 1:  # of a row of a table, between whose cells a page has nothing
        parts = [cells[0], cells[-1]]
    elif len(shown) > _WHOLE and len(words) > _BEGINNINGS[-1] + _ENDS:
        whole = " ".join(document.text.split())
        beginnings = [" ".join(words[:count]) for count in _BEGINNINGS]
        first = next((one for one in beginnings if whole.count(one) < 2), beginnings[-1])
        parts = [first, " ".join(words[-_ENDS:])]
    before, after = _context(document, sentence)
    if len(cells) > 1 and document.text.count(cells[0]) > 1:  # the last cell of the row before tells it
        row_before = document.text[document.body : sentence.start].rstrip().rpartition("\n")[2]
        cells_before = _cells(visible_text(row_before, markdown=document.markdown))
        before = cells_before[-1] if len(cells_before) > 1 else before
    encoded = ",".join(map(_encoded, parts))
    return (f"{_encoded(before)}-," if before else "") + encoded + (f",-{_encoded(after)}" if after else "")


def _cells(shown: str) -> list[str]:
    return [cell.strip() for cell in shown.split(CELL_MARK.strip()) if cell.strip()]


def _context(document: Document, sentence: Sentence) -> tuple[str, str]:
    """Return the words before and after a sentence that tell it from others like it; nothing if there are none."""
    text = document.text
    raw = text[sentence.start : sentence.end]
    if text.count(raw, document.body) < 2:
        return "", ""
    near = max(document.body, sentence.start - _NEAR)
    around = text[near : sentence.start], text[sentence.end : sentence.end + _NEAR]
    if near > document.body:
        around = re.sub(r"\A\S*", "", around[0]), around[1]  # a word that is cut is none
    before = after = ""
    for count in _CONTEXT:
        first = re.search(rf"(?:\S+\s+){{0,{count}}}\Z", around[0])
        last = re.match(rf"(?:\s+\S+){{0,{count}}}", around[1])
        before, after = first[0] if first else "", last[0] if last else ""
        if text.count(before + raw + after, document.body) == 1:
            break
    blocks = _BLOCK_END if document.markdown else _LINE_END  # a browser looks for each side in one block
    before = next((part for part in reversed(blocks.split(before)) if part.strip()), "")
    after = next((part for part in blocks.split(after) if part.strip()), "")
    markdown = document.markdown
    return visible_text(before, markdown=markdown), visible_text(after, markdown=markdown)


def _encoded(text: str) -> str:
    """Percent-encode a text, with the hyphens, commas and ampersands that have a meaning in a directive."""
    return quote(text, safe="").replace("-", "%2D")

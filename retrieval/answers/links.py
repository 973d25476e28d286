"""Links that open a document at a sentence.

In web pages by a text fragment, which browsers scroll to and mark ("URL Fragment Text Directives", WICG, 2023):
#:~:text=[prefix-,]start[,end][,-suffix]. In PDF files by the page.
"""

import re
from urllib.parse import quote, urldefrag

from retrieval.text.markup import CELL_MARK, visible_text
from retrieval.text.patterns import regex
from retrieval.values import Document, Sentence

_CELL_END = CELL_MARK.strip()
_WHOLE = 200  # characters; of a longer sentence only the first words and the last are given
_ENDS = 6  # words at its end, and at its beginning
_BEGINNINGS = (_ENDS, 12, 18)  # as few as stand nowhere else
_NEAR = 1_000  # characters in which those are looked for
_LINE_END = regex(r"[\r\n]+")
_BLOCK_END = regex(  # of Markdown; and the mark of a note, which pages show in several ways
    r"[\r\n]\s*(?:[-*+>]|#+|\d+[.)])\s+|(?:\r\n|\r|\n){2,}|\[\^[^\[\]\s]+\]"
)
_DELIMITERS = regex(r"[\s>|:-]*")  # below the first row of a table in Markdown
_UNSEEN = regex(  # or seen otherwise: of Markdown, what the quote shows and a page does not
    r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])|^\[\^[^\[\]\s]+\]:|\[\^[^\[\]\s]+\]|</?(?:sup|del|s|strike)>|~~",
    re.IGNORECASE,
)
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
    shown = _on_page(document.text_of(sentence), document)
    cells = _cells(shown)
    row = _CELL_END in shown
    shown = cells[0] if len(cells) == 1 else shown
    words = shown.split()
    if not words:
        return ""
    parts = [shown]
    if len(cells) > 1:  # of a row of a table, between whose cells a page has nothing
        parts = [cells[0], cells[-1]]
    elif len(shown) > _WHOLE and len(words) > _BEGINNINGS[-1] + _ENDS:
        whole = " ".join(document.text.split()).casefold()
        beginnings = [" ".join(words[:count]) for count in _BEGINNINGS]
        first = next((one for one in beginnings if whole.count(one.casefold()) < 2), beginnings[-1])
        parts = [first, " ".join(words[-_ENDS:])]
    before, after = _context(document, sentence)
    if row and cells and document.text.casefold().count(cells[0].casefold()) > 1:  # the row before tells it
        lines = document.text[document.body : sentence.start].rstrip().rsplit("\n", 2)[-2:]
        row_before = next((line for line in reversed(lines) if not _DELIMITERS.fullmatch(line)), "")
        cells_before = _cells(_on_page(row_before, document))
        before = cells_before[-1] if len(cells_before) > 1 else before
    encoded = ",".join(map(_encoded, parts))
    return (f"{_encoded(before)}-," if before else "") + encoded + (f",-{_encoded(after)}" if after else "")


def _cells(shown: str) -> list[str]:
    return [cell.strip() for cell in shown.split(_CELL_END) if cell.strip()]


def _on_page(text: str, document: Document) -> str:
    """Return a text of a document as its page is expected to show it."""
    return visible_text(_UNSEEN.sub("", text) if document.markdown else text, markdown=document.markdown)


def _context(document: Document, sentence: Sentence) -> tuple[str, str]:
    """Return the words before and after a sentence that tell it from others like it; nothing if there are none."""
    text = document.text
    raw = text[sentence.start : sentence.end]
    whole = text[document.body :].casefold()  # browsers tell no capitals
    if whole.count(raw.casefold()) < 2:
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
        if whole.count((before + raw + after).casefold()) == 1:
            break
    blocks = _BLOCK_END if document.markdown else _LINE_END  # a browser looks for each side in one block
    before = next((part for part in reversed(blocks.split(before)) if part.strip()), "")
    after = next((part for part in blocks.split(after) if part.strip()), "")
    return _on_page(before, document), _on_page(after, document)


def _encoded(text: str) -> str:
    """Percent-encode a text, with the hyphens, commas and ampersands that have a meaning in a directive."""
    return quote(text, safe="").replace("-", "%2D")

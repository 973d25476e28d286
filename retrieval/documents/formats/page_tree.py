"""What is taken out of a web page's tree, and made plain in it, before its text is read."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, groupby, islice, repeat, takewhile

from lxml.etree import SubElement
from lxml.html import HtmlElement

from retrieval.documents.formats.extracted import cell_span
from retrieval.documents.formats.page_parts import unfold_parts
from retrieval.text.patterns import regex
from retrieval.text.text_rows import tables_among

_FOUND_BY_SEARCH = "until-found"  # the value of `hidden` for what a browser opens when it is looked for
BLOCKS = frozenset(
    """address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul""".split()
)
_LOST = frozenset(("h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl"))
_BESIDE = ("aside", "nav", "footer")
_ELSEWHERE = regex(r"(?:\A|\s)(?:related|rollover-\S+-block)", re.IGNORECASE)  # of what leads to other pages
_OFFER = regex(r"(?:\A|[\s_-])cta(?:[\s_-]|\Z)", re.IGNORECASE)  # a call to action
_OFFER_LENGTH = 600  # characters, at most
_LONGEST_LABEL, _LONGEST_VALUE = 40, 200  # characters
_LEVELS = 2  # of what an entry stands in
_PARAGRAPH = 80  # characters, that one of a text has at least
_CAPTION = "h4"  # what the caption of a table becomes
_NOT_SEEN = "\u2060"  # left out again as text is put together
_OF_SENTENCES = ("p", "li", "td", "th", "dd", "blockquote", "figcaption")
_ENDS_SENTENCE = regex(r"[.!?:…][\"'”’)]*\Z")
_MAY_BE_EMPTY = ("span", "a", "b", "strong", "em", "i")


def drop_unseen(tree: HtmlElement, unseen: re.Pattern[str]) -> None:
    """Take the elements that are hidden, or have such a style, out of a page; the whole page a script would show."""
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        is_hidden = element.get("hidden", _FOUND_BY_SEARCH) != _FOUND_BY_SEARCH
        if element.getparent() is not None and (is_hidden or unseen.search(element.get("style", ""))):
            element.drop_tree()


def drop_beside(tree: HtmlElement) -> None:
    """Take out what stands beside the text of a page and leads to others, whose dates would be taken for its own."""
    least = _length(tree) / 2
    for element in list(tree.iter(*_BESIDE, "div", "section", "ul", "span")):
        is_beside = element.tag in _BESIDE or _ELSEWHERE.search(element.get("class", "")) or _is_offer(element)
        holds_title = element.tag not in _BESIDE and next(element.iter("h1"), None) is not None
        if not is_beside or element.getparent() is None or holds_title:
            continue
        of_article = element.tag == "footer" and next(element.iterancestors("article"), None) is not None
        if not of_article and _length(element) < least:
            element.drop_tree()


def mark_text(tree: HtmlElement, paragraphs: Iterable[str]) -> bool:
    """Mark as an article what paragraphs that were found stand in; tell whether it had headings or lists and no mark.

    Of a page that marks its text in no way trafilatura takes the paragraphs alone.
    """
    if tree.find(".//article") is not None or tree.find(".//main") is not None:
        return False
    found = set(paragraphs)
    parents = Counter(one.getparent() for one in tree.iter("p") if " ".join(str(one.text_content()).split()) in found)
    parent = max(parents, key=parents.__getitem__, default=None)
    if parent is None or not any(child.tag in _LOST for child in parent):
        return False
    if parent.tag == "body":
        parent[:] = [_article_of(list(parent))]
    else:
        parent.tag = "article"
    return True


def _article_of(children: Sequence[HtmlElement]) -> HtmlElement:
    article = HtmlElement()
    article.tag = "article"
    article[:] = children
    return article


def _is_offer(element: HtmlElement) -> bool:
    """Tell whether an element only offers something of the site's: it is short, and tells no figure."""
    if not _OFFER.search(f"{element.get('class', '')} {element.get('id', '')}"):
        return False
    text = str(element.text_content())
    return len(text) <= _OFFER_LENGTH and not re.search(r"\d", text)


def _length(element: HtmlElement) -> int:
    """Return how many characters people see of an element."""
    own = (one.text or "" for one in element.iter() if isinstance(one.tag, str) and one.tag not in ("script", "style"))
    following = (one.tail or "" for one in element.iterdescendants())
    return sum(len(text.strip()) for text in chain(own, following))


def make_plain(tree: HtmlElement) -> None:
    """Make of a page's elements those of which trafilatura keeps all: of some it drops what is in them, or around."""
    for element in list(tree.iter(*_MAY_BE_EMPTY)):  # what follows an empty one would be lost
        if element.getparent() is not None and not len(element) and not (element.text or "").strip():
            element.drop_tag()
    unfold_parts(tree)
    for span in list(tree.iter("span")):  # which are dropped by classes such as "link"
        if span.getparent() is not None and _is_within_sentence(span):
            span.drop_tag()
    for item in list(tree.iter("li", "ul", "ol")):
        if any(cell.tag in ("td", "th") for cell in item.iterancestors()):
            item.tag = "p" if item.tag == "li" else "div"
    part_lines(tree)
    for table in list(tree.iter("table")):
        _join_rows_of_names(table)
        _lift_caption(table)
    for cell in tree.iter("td", "th"):  # "E-mail" and "Facebook" are dropped as the words of buttons
        if (cell.text or "").strip():
            cell.text += _NOT_SEEN
    for quote in list(tree.iter("q")):
        quote.text = f"“{quote.text or ''}"
        if len(quote):
            quote[-1].tail = f"{quote[-1].tail or ''}”"
        else:
            quote.text += "”"
        quote.drop_tag()
    for said in list(tree.iter("footer", "cite")):  # of a quotation: who said it
        if any(one.tag == "blockquote" for one in said.iterancestors()):
            said.tag = "p"
    for code in list(tree.iter("code")):
        if all(one.tag != "pre" for one in code.iterancestors()):
            code.drop_tag()
    for term in list(tree.iter("dt")):
        _join_to_value(term)
    entries = _entries(tree)
    for block in list(tree.iter("div")):  # a paragraph, if it stands beside others: alone it may be anything
        is_paragraph = _begins_with_text(block) and next(block.iterdescendants(*BLOCKS), None) is None
        of_entry = any(around in entries for around in islice(block.iterancestors(), _LEVELS))
        if is_paragraph and (of_entry or _is_beside_paragraph(block)):
            block.tag = "p"


def _is_within_sentence(span: HtmlElement) -> bool:
    """Tell whether a sentence of the paragraph around it goes on in a span; not in one that leads elsewhere."""
    if _ELSEWHERE.search(span.get("class", "")):
        return False
    before, behind = _text_before(span), (span.tail or "").lstrip()
    in_paragraph = any(around.tag in _OF_SENTENCES for around in span.iterancestors())
    goes_on = (before and not _ENDS_SENTENCE.search(before)) or behind[:1].islower() or behind[:1] in (",", ";")
    return in_paragraph and bool(goes_on)


def _text_before(span: HtmlElement) -> str:
    """Return what stands right before an element in what is around it."""
    previous = span.getprevious()
    if previous is None:
        return str(span.getparent().text or "").strip()
    return (previous.tail or str(previous.text_content()) or "").strip()


def _begins_with_text(block: HtmlElement) -> bool:
    """Tell whether a block begins with text, which may stand out, and is no link."""
    first = block[0] if len(block) and not (block.text or "").strip() else None
    return bool((block.text or "").strip()) or (first is not None and first.tag in ("strong", "b"))


def _is_beside_paragraph(block: HtmlElement) -> bool:
    return any(one is not None and one.tag == "p" for one in (block.getprevious(), block.getnext()))


def _entries(tree: HtmlElement) -> set[HtmlElement]:
    """Return the blocks of which several are alike among the paragraphs of a text, such as those of a timeline."""
    entries: set[HtmlElement] = set()
    for around in tree.iter("div", "section", "article", "main", "body"):
        if any(child.tag == "p" and _length(child) >= _PARAGRAPH for child in around):
            blocks = [child for child in around if child.tag in ("div", "section")]
            alike = Counter((block.tag, block.get("class")) for block in blocks)
            entries.update(block for block in blocks if alike[block.tag, block.get("class")] > 1)
    return entries


def part_lines(tree: HtmlElement) -> None:
    """Make paragraphs and tables of text that stands in a page as it was typed, line by line."""
    for typed in list(tree.iter("pre")):
        for end in typed.iter("br"):
            end.tail = f"\n{end.tail or ''}"
        lines, tail = str(typed.text_content()).splitlines(), typed.tail
        typed.clear()
        typed.tag, typed.tail = "div", tail
        for is_blank, together in groupby(lines, key=lambda line: not line.strip()):
            if not is_blank:
                _add_typed(typed, list(together))


def _add_typed(around: HtmlElement, lines: Sequence[str]) -> None:
    """Add lines that stand together; what stands between the rows of a table is one, too, but for a mere line."""
    rows = {
        number: [lines[number][slice(*cell)] for cell in cells]
        for table in tables_among(lines)
        for number, cells in table.items()
    }
    first, last = min(rows, default=len(lines)), max(rows, default=len(lines))
    _add_paragraph(around, lines[:first])
    if rows:
        table = SubElement(around, "table")
        for number in range(first, last + 1):
            if number in rows or re.search(r"\w", lines[number]):
                row = SubElement(table, "tr")
                for cell in rows.get(number, lines[number : number + 1]):
                    SubElement(row, "td").text = cell.strip()
    _add_paragraph(around, lines[last + 1 :])


def _add_paragraph(around: HtmlElement, lines: Sequence[str]) -> None:
    if lines:
        paragraph = SubElement(around, "p")
        paragraph.text = lines[0]
        for line in lines[1:]:
            SubElement(paragraph, "br").tail = line


def _lift_caption(table: HtmlElement) -> None:
    """Put the caption of a table, or that of a figure with it, before it, as a heading."""
    around = table.getparent()
    of_figure = around.find("figcaption") if around is not None and around.tag == "figure" else None
    caption = table.find("caption") if of_figure is None else of_figure
    if caption is not None and table.getparent() is not None:
        caption.tag = _CAPTION
        table.addprevious(caption)


def _join_rows_of_names(table: HtmlElement) -> None:
    """Make one row of the first two, where both name columns, and a cell of the first goes over several of them."""
    first, second, *_ = [*islice(table.iter("tr"), 2), None, None]
    if first is None or second is None or len(first) == 1 or any(cell.tag != "th" for cell in (*first, *second)):
        return
    if all(cell_span(cell.get("colspan")) == 1 for cell in first):
        return
    below = iter([" ".join(str(cell.text_content()).split()) for cell in second])
    names: list[str] = []
    for cell in first:
        width, name = cell_span(cell.get("colspan")), " ".join(str(cell.text_content()).split())
        own = repeat("", width) if cell_span(cell.get("rowspan")) > 1 else islice(below, width)
        names += [f"{name} {more}".strip() for more in own]
    second[:] = []
    for name in (*names, *below):
        SubElement(second, "th").text = name
    first.drop_tree()


def _join_to_value(term: HtmlElement) -> None:
    """Put the name of a value before it: "Opened: 12 October 2026"; not a question that is answered below it."""
    value = term.getnext()
    label = " ".join(str(term.text_content()).split()).rstrip(" :")
    if value is None or value.tag != "dd" or not 0 < len(label) <= _LONGEST_LABEL or label.endswith(("?", "!", ".")):
        return
    _join_values(value)
    following = value.getnext()
    if (following is None or following.tag != "dd") and len(str(value.text_content()).strip()) <= _LONGEST_VALUE:
        first = value[0] if len(value) and not (value.text or "").strip() else value
        first.text = f"{label}: {(first.text or '').lstrip()}"
        term.drop_tree()


def _join_values(value: HtmlElement) -> None:
    """Make one value of several short ones that a name has: "Members: Peter Swanson; Isla Munro"."""
    others = list(takewhile(lambda one: one.tag == "dd", value.itersiblings()))
    joined = "; ".join(" ".join(str(one.text_content()).split()) for one in (value, *others))
    if others and len(joined) <= _LONGEST_VALUE:
        value[:], value.text = [], joined
        for one in others:
            one.drop_tree()

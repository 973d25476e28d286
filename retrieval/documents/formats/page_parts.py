"""Parts of a web page that scripts and styles lay out, made plain: buttons that unfold, cards, merged cells."""

import re
from collections import Counter
from copy import deepcopy
from itertools import islice

from lxml.etree import SubElement
from lxml.html import HtmlElement

from retrieval.documents.formats.extracted import cell_span
from retrieval.documents.formats.lines import ZONE
from retrieval.text.correction_words import CORRECTION_WORDS
from retrieval.text.hours import HOUR
from retrieval.text.patterns import regex

_HOLDS_TEXT = ("main", "article")
_TITLES = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "summary", "legend")
_OF_NO_TEXT = ("h1", "a", "img", "picture", "figure", "input", "button", "time")
_MENUS = ("nav", "header", "footer", "aside")
_UNFOLDS = "h4"  # what a question becomes that is a button or a label by itself
_PARTS_OF_CARD = frozenset(("div", "p", "span", "strong", "b", "em", "dt", "dd", "h2", "h3", "h4", "h5", "h6"))
_FIGURE = regex(
    r"(?:[£$€]|Rp\.? ?|US ?\$)?\d[\d.,]*"
    r"(?: ?(?:%|[kmb]n?|million|billion|ribu|juta|miliar|triliun|persen|per cent))?\+?",
    re.IGNORECASE,
)
_MOST_OF_CARD, _LONGEST_OF_CARD = 3, 80  # parts; characters of one
_NAMES_OF_TEXT = regex(r"content|body|entry|\btext\b", re.IGNORECASE)
_LONGEST_PANEL = 1_000  # characters
_MOST_ADDED = 10_000  # cells of a page or a mail
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")  # within a text
_CORRECTION = regex(  # "Correction: …", "Ralat, 4 Maret 2026: …", "Correction to this article: …", "Correction"
    rf"\s*+(?:{CORRECTION_WORDS})\b\s*+(?P<label>\Z|(?:[^.:\d]{{0,20}}\d[^.:]{{0,20}}?"
    r"|(?:to|on|for|of) (?:this|our|an earlier) [^.:]{0,30}?)?[:–—-]\s)",
    re.IGNORECASE,
)
_OF_CORRECTION = regex(rf"(?:\A|[\s_-])(?:{CORRECTION_WORDS})(?:[\s_-]|\Z)", re.IGNORECASE)  # a class
_BLOCKS = ("p", "div", "li", "br", *_HEADINGS)
_LONGEST_CORRECTION, _LEAST_OF_CORRECTION = 1_000, 5  # characters; words
_HOUR = regex(rf"\s*+{HOUR}(?:\s?{ZONE}\b)?\s*+", re.IGNORECASE)
_PIECES = 10  # of text, or parts, among which the first that people see is
_BEFORE_NOTE = 10  # blocks, among which the text of the page is
_ENDS_SENTENCE = regex(r"[.!?…][\"'”’)]*\Z")
_GLUED = regex(r"[a-z][A-Z£$€\d]")
_MAY_BE_GLUED = ("span", "strong", "b", "em", "i")


def show_folded(tree: HtmlElement) -> None:
    """Show what the heading or the button right before it would unfold, as these tell readers of the page aloud."""
    for part in tree.iter("div", "section", "dd", "p", "ul", "ol"):
        control = part.getprevious()
        if control is None or control.tag not in (*_TITLES, "button"):
            continue
        if not _in_text(part) and (control.tag == "button" or any(one.tag in _MENUS for one in part.iterancestors())):
            continue
        if any(one.get("aria-expanded") is not None for one in control.iter()):
            part.attrib.pop("hidden", None)
            part.attrib.pop("style", None)


def unfold_parts(tree: HtmlElement) -> None:
    """Make plain what readers of a page see and its tags do not say."""
    _unfold_buttons(tree)
    for note in list(tree.iter("aside", "details", "section", "div")):
        _keep_correction(note)
    for block in tree.iter("div"):
        _unname_panel(block)
    for entry in _timed_entries(tree):
        _tell_hour(entry)
    for time in list(tree.iter("time")):  # is dropped in items of lists, and in headings
        is_hour = _HOUR.fullmatch(str(time.text_content()))
        kept_in = ("li", "td", "dd", *_HEADINGS) if is_hour else ("li", "td", "dd")
        if any(around.tag in kept_in for around in time.iterancestors()):
            if is_hour:
                _keep_day(time)
            time.tail = f" {time.tail or ''}"
            time.drop_tag()
    for part in list(tree.iter("header", "footer", "fieldset")):  # of the text, not of the page
        if _in_text(part) and next(part.iter(*_OF_NO_TEXT), None) is None:
            part.tag = "div"
    for one in list(tree.iter(*_MAY_BE_GLUED)):
        _part_glued(one)
    part_merged_cells(tree, columns=False)
    cards = {card: text for card in list(tree.iter("div", "li")) if (text := _text_of_card(card))}
    beside = Counter(card.getparent() for card in cards)
    for card, text in cards.items():
        if beside[card.getparent()] > 1:  # one alone may count readers
            card[:], card.text = [], text
            card.tag = "p" if card.tag == "div" else card.tag


def _unfold_buttons(tree: HtmlElement) -> None:
    """Keep the words of buttons and labels that are titles, or questions with an answer behind them."""
    for button in list(tree.iter("button", "label")):
        text = " ".join(str(button.text_content()).split())
        if button.getparent() is None or not text:
            continue
        if any(around.tag in _TITLES for around in islice(button.iterancestors(), 2)):
            button.drop_tag()
        elif text.endswith("?") and _in_text(button):
            button.tag = _UNFOLDS


def _unname_panel(part: HtmlElement) -> None:
    """Take its name from what a heading unfolds, if it is called as if it were all of the text: "content", "body"."""
    heading = part.getprevious()
    is_panel = heading is not None and heading.tag in _TITLES and len(str(part.text_content())) <= _LONGEST_PANEL
    if is_panel and _NAMES_OF_TEXT.search(part.get("class", "")):
        del part.attrib["class"]


def _keep_correction(note: HtmlElement) -> None:
    """Make a paragraph of a note beside a text, or in it, that corrects it."""
    first = next((piece for piece in islice(note.itertext(), _PIECES) if piece.strip()), "")
    begins, is_called_so = _CORRECTION.match(first), bool(_OF_CORRECTION.search(note.get("class", "")))
    if note.getparent() is None or not (begins or is_called_so) or not _is_behind_text(note):
        return
    text = " ".join(str(note.text_content()).split())
    is_note = len(text) <= _LONGEST_CORRECTION and len(text.split()) >= _LEAST_OF_CORRECTION
    in_links = sum(len(str(link.text_content())) for link in note.iter("a"))
    if not (is_note and _ENDS_SENTENCE.search(text) and 2 * in_links < len(text)):
        return
    label = first.strip() if begins and not begins["label"] else ""  # "Correction", on a line of its own
    blocks = [one for one in note.iterdescendants(*_BLOCKS) if str(one.text_content()).strip() != label]
    tail = note.tail
    if len(blocks) <= 1:
        note.clear()
        note.tag, note.text, note.tail = "p", f"{label}: {text.removeprefix(label).lstrip()}" if label else text, tail
    elif is_called_so:
        note.tag = "div"
        note.attrib.clear()


def _is_behind_text(note: HtmlElement) -> bool:
    above = islice(note.itersiblings(preceding=True), _BEFORE_NOTE)
    return _in_text(note) or any(one.tag == "p" or one.find("p") is not None for one in above)


def _timed_entries(tree: HtmlElement) -> list[HtmlElement]:
    """Return the parts of a text of which several alike beside each other begin with an hour, as in a live report."""
    begins = {}
    for part in tree.iter("div", "section", "article"):
        first = next((piece for piece in islice(part.itertext(), _PIECES) if piece.strip()), "")
        if _HOUR.fullmatch(first) and _in_text(part) and not _text_of_card(part):
            begins[part] = part.getparent(), part.tag, part.get("class")
    alike = Counter(begins.values())
    return [part for part, kind in begins.items() if alike[kind] > 1]


def _tell_hour(entry: HtmlElement) -> None:
    """Put the hour of an entry before its heading or its first paragraph, and make the entry a plain part of the text.

    The class "post" would have it taken for the whole text.
    """
    entry.tag = "div"
    entry.attrib.clear()
    hour = next((one for one in entry.iter() if isinstance(one.tag, str) and _HOUR.fullmatch(one.text or "")), entry)
    around = (one.tag in _HEADINGS for one in (hour, *hour.iterancestors()))
    if hour is entry or len(hour) or (hour.tail or "").strip() or any(around):
        return
    told = (one for one in entry.iter("p", *_HEADINGS) if not _HOUR.fullmatch(str(one.text_content())))
    first = next((one for one in told if str(one.text_content()).strip()), None)
    if first is not None:
        first.text = f"{hour.text.strip()} {(first.text or '').lstrip()}"
        _keep_day(hour)
        hour.drop_tree()


def _keep_day(hour: HtmlElement) -> None:
    """Leave the day that an hour tells programs in the page, of which it may be the date."""
    day, block = hour.get("datetime"), next(hour.iterancestors("div", "section", "article", "main"), None)
    if day and block is not None:
        SubElement(block, "time", datetime=day)


def _in_text(element: HtmlElement) -> bool:
    return any(around.tag in _HOLDS_TEXT for around in element.iterancestors())


def _part_glued(element: HtmlElement) -> None:
    """Put a blank between two neighbours that only a style sets apart: "Fee", "£14"."""
    following = element.getnext()
    if following is None or following.tag not in _MAY_BE_GLUED or element.tail:
        return
    if _GLUED.fullmatch(str(element.text_content())[-1:] + str(following.text_content())[:1]):
        element.tail = " "


def part_merged_cells(tree: HtmlElement, *, columns: bool) -> None:
    """Let each row of a table say what a cell says that goes over several, in its column.

    With `columns`, also of cells with names, and empty ones are put where a cell goes over several columns.
    """
    added = 0
    for row in tree.iter("tr"):
        place = 0
        for cell in row.findall("*"):
            width, height = cell_span(cell.get("colspan")), cell_span(cell.get("rowspan"))
            if columns or (height > 1 and cell.tag == "td"):
                for span in ("rowspan", "colspan") if columns else ("rowspan",):
                    cell.attrib.pop(span, None)
                for below in [row, *islice(row.itersiblings("tr"), height - 1)]:
                    added += width - (below is row)
                    if added > _MOST_ADDED:  # no table is so
                        return
                    index = _index_of(below, place)
                    if below is not row:
                        again = deepcopy(cell)
                        again.tail = None
                        below.insert(index, again)
                    for _ in range(width - 1 if columns else 0):
                        below.insert(index + 1, SubElement(below, "td"))
            place += width


def _index_of(row: HtmlElement, place: int) -> int:
    """Return the index of the cell of a row at a place, counted in columns."""
    for index, cell in enumerate(row):
        if place <= 0:
            return index
        place -= cell_span(cell.get("colspan"))
    return len(row)


def _text_of_card(card: HtmlElement) -> str:
    """Return a figure and what it is of, which stand above each other, as one text: "1,204 applications received"."""
    parts = [one for one in card if isinstance(one.tag, str) and str(one.text_content()).strip()]
    texts = [" ".join(str(one.text_content()).split()) for one in parts]
    own = "".join([card.text or "", *(one.tail or "" for one in card)]).strip()
    is_plain = not own and all(one.tag in _PARTS_OF_CARD and one.find(".//a") is None for one in parts)
    if not is_plain or not 1 < len(parts) <= _MOST_OF_CARD or any(len(text) > _LONGEST_OF_CARD for text in texts):
        return ""
    figures = [bool(_FIGURE.fullmatch(text)) for text in texts]
    of_entry = any(map(_HOUR.fullmatch, texts)) and any(map(_ENDS_SENTENCE.search, texts))
    if sum(figures) != 1 or of_entry or not _in_text(card):
        return ""
    return " ".join(texts) if figures[0] else f"{texts[0].rstrip(' :')}: {' '.join(texts[1:])}"

"""Words and addresses that the ends of lines, of cells and of pages divide are whole again."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.documents.formats.pdf.values import HYPHENS, Line
from retrieval.text.patterns import regex

_ADDRESS = regex(r"(?:[\w.+-]@|\bwww\.|://)\S*\Z")
_REST_OF_ADDRESS = regex(r"[a-z\d./@_-][\w./@?=&%-]*")
_GROUPED = regex(r"(?<!\d)\d{1,3}(?:[.,]\d{3})+\Z")
_CUT_GROUP = regex(r"\d[.,]\d{1,2}\Z")  # "1.200.000.0", which "00" follows
_WORD = regex(r"[^\W\d]+")
_DOUBLED = 4  # letters of a word that is doubled; fewer are a syllable, as in "me-menuhi"


def joined(lines: Sequence[str], hyphenated: set[str]) -> str:
    """Join lines; a word divided at a line's end is whole again, unless it has a hyphen elsewhere too.

    So is the address of a mailbox or a page.
    """
    text = ""
    for shown in lines:
        if _ADDRESS.search(text) and _REST_OF_ADDRESS.fullmatch(shown):
            text = (text[:-1] + "-" if text[-1] in HYPHENS else text) + shown
        elif text and text[-1] in HYPHENS:
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


def words_of(lines: Sequence[Line]) -> set[str]:
    """Return the words of a text that no end of a line in a cell may have cut."""
    return {word for line in lines for word in _WORD.findall(line.text)[: None if line.place is None else -1]}


def unbroken(cell: Sequence[str], words: Container[str]) -> list[str]:
    """Return the lines of a cell, one for two where a narrow cell breaks a figure or a word, which stands elsewhere."""
    lines: list[str] = []
    for line in cell:
        before, after = lines[-1].split()[-1:] if lines else [], line.split()[:1]
        if before and after and _is_broken(before[0], after[0], words):
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def _is_broken(before: str, after: str, words: Container[str]) -> bool:
    """Tell whether two parts are one figure, "1.200.000.0" and "00", or one of some words, and no two of them."""
    whole = before + after
    is_figure = _GROUPED.search(whole) and _CUT_GROUP.search(before) and after.isdecimal()
    is_word = _WORD.fullmatch(whole) and whole in words and before not in words
    return bool(is_figure or is_word)


def _keeps_hyphen(first: str, second: str, hyphenated: set[str]) -> bool:
    """Tell whether a hyphen at the end of a line is the word's own, as in "undang-undang"."""
    doubled = len(first) >= _DOUBLED and second.casefold().startswith(first.casefold())
    return doubled or f"{first}-{second}" in hyphenated


def with_whole_words(pages: Sequence[list[Line]]) -> None:
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

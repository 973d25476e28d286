"""The title at the head of a document in which no heading tells it, where its first words say of what kind it is."""

import re
from collections.abc import Sequence
from itertools import dropwhile, islice, pairwise, takewhile

from retrieval.documents.formats.lines import (
    SPOKEN,
    begins_regulation,
    is_address,
    is_day,
    line_spans,
    looks_like_title,
    names_office,
    names_officer,
    subject_said,
    tells_kind,
    tells_number_or_day,
    tells_of_paper,
)
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS

_CHARACTERS, _LINES = 1_500, 12  # that a head has at most
_TITLE_LINES = 6  # that a title in capitals has at most, as that of a regulation
_PREAMBLE = "DENGAN RAHMAT"
_OFFICE = regex(r"(?:KEMENTERIAN|DINAS|BADAN|PEMERINTAH (?:KAB|KOTA|PROV|DAERAH)|SEKRETARIAT|MINISTRY|GOVERNMENT OF)")
_NUMBERED = regex(
    r"\bNO(?:MOR|\.) ?:? ?(?:[A-Z./-]*\d[\w./-]*|\.{3}|…)|\bTAHUN \d{4}\b|\b\d{1,3}(?:ST|ND|RD|TH)\b|\bKE-\d{1,3}\b"
)
_WORDS_ONLY = regex(r"[^\d:;|*•]*(?<![.,!?])")
_SALUTES = regex(r"YTH|KEPADA|ASSALAM|SALAM|BISMILLAH|YANG (?:TER)?HORMAT|DEAR|DISTINGUISHED")
_ADDRESSED = regex(rf"{_SALUTES.pattern}|(?:BY|OLEH|TO|FROM|DARI)\b", re.IGNORECASE)
_SPOKEN = regex(rf"(?:\w+ ){{0,2}}{SPOKEN}\b", re.IGNORECASE)
_LABEL = regex(r"[^:]{1,30}:\s")
_REGULATION = regex(
    r"(?:SURAT EDARAN|SURAT KEPUTUSAN|KEPUTUSAN|PERATURAN|INSTRUKSI|PENGUMUMAN|MAKLUMAT)\b(?=.{0,120}\d)"
    r"[^a-z]{0,150}\bTENTANG\b[^a-z]{10,}"
)
_ABOUT = {"TENTANG", "CONCERNING"}  # above the title of a regulation
_AS_OF = regex(r"(?:per|as of)\s+", re.IGNORECASE)
_YEAR_ENDS = regex(r"\d{4}\W*\Z")
_SEVERAL = 2  # lines
_LONGEST_NAME = 5  # words
_SHORT = 40  # characters


def head_title(text: str, body: int) -> str:
    """Return the title that stands at the head of a text, from `body` on; nothing if none can be told.

    That is the subject of a letter, the line with kind, number and subject of a regulation, lines in capitals above an
    empty line, of a regulation or below "SIARAN PERS", the line right above the only day, or the one beside the names
    of offices.
    """
    every = _head_lines(text[body : body + _CHARACTERS])
    days = sum(map(is_day, list(filter(None, every))[:_LINES]))
    lines = list(dropwhile(lambda line: not line or tells_kind(line), every))
    if not lines:
        return ""
    if subject := subject_said(lines[:_LINES]):
        return subject
    if regulation := next(filter(_REGULATION.fullmatch, islice(filter(None, lines), _LINES)), ""):
        return regulation
    begins_above = _OFFICE.match(lines[0]) or names_officer(lines[0])
    letterhead = list(takewhile(lambda line: line.isupper() or is_address(line), lines)) if begins_above else []
    below = list(dropwhile(lambda line: not line, lines[len(letterhead) :]))
    if letterhead and below and begins_regulation(below[0]):
        lines = below
    is_below_kind = any(map(tells_kind, every[: -len(lines)]))
    in_capitals = takewhile(_is_in_capitals, lines[: _TITLE_LINES + 1])
    title = list(takewhile(lambda line: not (line.startswith(_PREAMBLE) or is_day(line)), in_capitals))
    if title and ((is_below_kind and not _OFFICE.match(lines[0])) or begins_regulation(lines[0])):
        is_closed = 1 < len(title) < len(lines) and (not lines[len(title)] or is_day(lines[len(title)]))
        return (
            " ".join(" ".join(title).split())
            if is_closed and all(_WORDS_ONLY.fullmatch(_NUMBERED.sub("", line)) for line in title)
            else ""
        )
    return (days == 1 and _above_day(lines, is_below_kind=is_below_kind)) or _beside_offices(lines)


def _head_lines(begins: str) -> list[str]:
    """Return the lines of a head; "TENTANG" stands right above the title of a regulation, and below its number."""
    lines = [begins[start:end].strip() for start, end in line_spans(begins, 0)]
    beside = zip(["", *lines], lines, [*lines[1:], ""], strict=False)
    return [line for above, line, below in beside if line or _ABOUT.isdisjoint((above.upper(), below.upper()))]


def _above_day(lines: Sequence[str], *, is_below_kind: bool) -> str:
    """Return the line right above the day, or several in capitals, that tell of a speech; nothing if there are none.

    Below what kind of paper it is, or as a phrase with small letters, "Questions on the levy", it may tell of anything.
    """
    above = list(takewhile(lambda line: not is_day(line), lines[:_LINES]))
    is_first = all(above)
    if not all(map(_is_short, above)) or len(above) == len(lines[:_LINES]):
        return ""
    above = list(takewhile(bool, above[::-1]))[::-1]
    is_title = len(above) == 1 or all(line.isupper() and not _SALUTES.match(line) for line in above)
    whole = " ".join(above) if is_title else ""
    if not looks_like_title(whole) or whole.split()[-1].casefold() in STOP_WORDS or _ADDRESSED.match(whole):
        return ""
    return whole if _SPOKEN.match(whole) or (is_first and (is_below_kind or _is_phrase(whole))) else ""


def _beside_offices(lines: Sequence[str]) -> str:
    """Return the one of the first lines that tells more than an office, a kind of paper or a day; nothing of several.

    Where offices in capitals stand above it, it is the last of them, and below a number it stands alone.
    """
    head = list(takewhile(lambda line: line and (tells_number_or_day(line) or not is_day(line)), lines[:_LINES]))
    labelled = [_LABEL.match(line) is not None for line in head]
    head = head[: next((number for number, both in enumerate(pairwise(labelled)) if all(both)), len(head))]
    below = list(dropwhile(lambda line: not line or is_day(line), lines[len(head) :]))
    if len(head) < _SEVERAL or not below:
        return ""
    if tells_number_or_day(head[-1]) and all(map(str.isupper, head[:-1])):
        is_alone = len(below) > 1 and not below[1] and looks_like_title(below[0]) and not _LABEL.match(below[0])
        return below[0] if is_alone and (_tells_more(below[0]) or len(below[0].split()) > _LONGEST_NAME) else ""
    told = list(takewhile(lambda line: not line[0].islower(), head))
    if len(told) < len(head) and not _YEAR_ENDS.search(head[-1]):  # "delivered by … on 4 May 2025"
        return ""
    beside = zip(told, [*told[1:], ""], strict=True)
    titles = [line for line, under in beside if not (_tells_of_office(line) or is_address(under))]
    if len(titles) > 1 and names_office(head[0]) and all(map(str.isupper, titles)):
        titles = titles[-1:]
    if len(titles) != 1 or " " not in titles[0] or _ADDRESSED.match(titles[0]) or not looks_like_title(titles[0]):
        return ""
    return titles[0] if _tells_more(titles[0]) or any(map(tells_kind, head)) else ""


def _tells_of_office(line: str) -> bool:
    return is_day(_AS_OF.sub("", line)) or names_office(line) or is_address(line) or tells_of_paper(line)


def _is_short(line: str) -> bool:
    return not line or looks_like_title(line) or len(line) < _SHORT


def _is_phrase(line: str) -> bool:
    """Tell whether a line is no name, in which all words but "of" and the like have a capital letter."""
    return any(word[0].islower() and word.casefold() not in STOP_WORDS for word in line.split())


def _tells_more(line: str) -> bool:
    """Tell whether a line is more than a name: in capitals, a phrase, or with a number that does not begin it."""
    return line.isupper() or _is_phrase(line) or (not line[0].isdecimal() and any(map(str.isdecimal, line)))


def _is_in_capitals(line: str) -> bool:
    """Tell whether a line is in capitals, but for a number in it: "NOMOR 360/Kep.21-Huk/2026"."""
    return line.isupper() or (line[:1].isupper() and not re.search(r"[a-z]", _NUMBERED.sub("", line)))

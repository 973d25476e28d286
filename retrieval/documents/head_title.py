"""The title at the head of a document in which no heading tells it, where its first words say of what kind it is."""

import re
from itertools import dropwhile, takewhile

from retrieval.documents.formats.lines import (
    SPOKEN,
    begins_regulation,
    is_address,
    is_day,
    line_spans,
    looks_like_title,
    names_officer,
    subject_said,
    tells_kind,
)
from retrieval.words import STOP_WORDS

_CHARACTERS, _LINES = 1_500, 12  # that a head has at most
_TITLE_LINES = 6  # that a title in capitals has at most, as that of a regulation
_PREAMBLE = "DENGAN RAHMAT"
_OFFICE = re.compile(
    r"(?:KEMENTERIAN|DINAS|BADAN|PEMERINTAH (?:KAB|KOTA|PROV|DAERAH)|SEKRETARIAT|MINISTRY|GOVERNMENT OF)"
)
_NUMBERED = re.compile(
    r"\bNO(?:MOR|\.) ?:? ?(?:[A-Z./-]*\d[\w./-]*|\.{3}|…)|\bTAHUN \d{4}\b|\b\d{1,3}(?:ST|ND|RD|TH)\b|\bKE-\d{1,3}\b"
)
_WORDS_ONLY = re.compile(r"[^\d:;|*•]*(?<![.,!?])")
_SALUTES = re.compile(r"YTH|KEPADA|ASSALAM|SALAM|BISMILLAH|YANG (?:TER)?HORMAT|DEAR|DISTINGUISHED")
_ABOVE_DAY = re.compile(rf"(?:{SPOKEN}|\w+ debate)\b", re.IGNORECASE)


def head_title(text: str, body: int) -> str:
    """Return the title that stands at the head of a text, from `body` on; nothing if none can be told.

    That is the subject of a letter, lines in capitals above an empty line, of a regulation or below "SIARAN PERS", or
    the line right above the only day, of a speech or below "TRANSCRIPT".
    """
    begins = text[body : body + _CHARACTERS]
    every = [begins[start:end].strip() for start, end in line_spans(begins, 0)]
    days = sum(map(is_day, list(filter(None, every))[:_LINES]))
    lines = list(dropwhile(lambda line: not line or tells_kind(line), every))
    if not lines:
        return ""
    if subject := subject_said(lines[:_LINES]):
        return subject
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
    above = list(takewhile(lambda line: line and not is_day(line), lines))
    is_above_day = len(lines) > len(above) and is_day(lines[len(above)]) and days == 1
    is_title = len(above) == 1 or all(line.isupper() and not _SALUTES.match(line) for line in above)
    whole = " ".join(above) if is_title else ""
    is_whole = looks_like_title(whole) and whole.split()[-1].casefold() not in STOP_WORDS
    return whole if is_above_day and is_whole and (is_below_kind or _ABOVE_DAY.match(whole)) else ""


def _is_in_capitals(line: str) -> bool:
    """Tell whether a line is in capitals, but for a number in it: "NOMOR 360/Kep.21-Huk/2026"."""
    return line.isupper() or (line[:1].isupper() and not re.search(r"[a-z]", _NUMBERED.sub("", line)))

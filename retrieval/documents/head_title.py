"""The title at the head of a document in which no heading tells it: what a letter is about, or its first lines."""

import re
from itertools import takewhile

from retrieval.documents.formats.lines import (
    is_day,
    is_letterhead,
    line_spans,
    looks_like_title,
    tells_kind,
)
from retrieval.words import STOP_WORDS

_CHARACTERS, _LINES = 1_500, 12  # that a head has at most
_SUBJECT = re.compile(
    r"[ \t*]*(?:subject|perihal|hal|re)[* \t]{0,9}:[* \t]*(?P<subject>[^\W_].{2,117}[^\s*.!?])[* \t]*", re.IGNORECASE
)
_OF_A_LETTER = re.compile(
    r"[ \t*]*(?:(?:nomor|no\.?|lampiran|lamp\.?|sifat|kepada|dari|tanggal|tgl\.?|to|from|date|ref\.?|cc)[* \t]{0,9}:"
    r"|(?:kepada )?yth\b|dear\b|dengan hormat\b)",
    re.IGNORECASE,
)
_TITLE_LINES = 6  # that a title in capitals has at most, as that of a regulation
_WORDS_ONLY = re.compile(r"(?:[^\d:;|*•]|(?<=\bNOMOR )\d+|(?<=\bNO\. )\d+|(?<=\bTAHUN )\d{4})+(?<![.!?])")
_LEAST_WORDS = 3  # of a title above a day: fewer may be a name
_ADDRESSED = re.compile(r"(?:kepada|yth|dear)\b", re.IGNORECASE)


def head_title(text: str, body: int) -> str:
    """Return the title that stands at the head of a text, from `body` on; nothing if none can be told.

    That is what a letter is about ("Perihal: …"); else lines in capitals above an empty line, as regulations have; else
    a line right above the only day.
    """
    begins = text[body : body + _CHARACTERS]
    every = [begins[start:end].strip() for start, end in line_spans(begins, 0)]
    lines = list(filter(None, every))[:_LINES]
    subjects = [match["subject"] for line in lines if (match := _SUBJECT.fullmatch(line))]
    if len(subjects) == 1 and any(map(_OF_A_LETTER.match, lines)):
        return subjects[0]
    while every and (not every[0] or tells_kind(every[0])):
        del every[0]
    return _in_capitals(every) or _above_day(every, lines)


def _in_capitals(lines: list[str]) -> str:
    """Return lines in capitals that stand first, above an empty line, as one; nothing if they have figures or signs."""
    title = list(takewhile(str.isupper, lines[: _TITLE_LINES + 1]))
    is_closed = 1 < len(title) < len(lines) and not lines[len(title)]
    if not is_closed or is_letterhead(title[0]) or not all(map(_WORDS_ONLY.fullmatch, title)):
        return ""
    return " ".join(" ".join(title).split())


def _above_day(lines: list[str], head: list[str]) -> str:
    """Return the first line, if the next one is the day, the only one in the head; nothing if it is no title."""
    if len(lines) < 2 or not is_day(lines[1]) or sum(map(is_day, head)) > 1:
        return ""
    words = lines[0].split()
    is_title = looks_like_title(lines[0]) and not (re.search(r"\d", lines[0]) or _ADDRESSED.match(lines[0]))
    is_whole = len(words) >= _LEAST_WORDS and words[-1].casefold() not in STOP_WORDS
    return lines[0] if is_title and is_whole and not is_letterhead(lines[0]) else ""

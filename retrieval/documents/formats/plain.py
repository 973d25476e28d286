"""Plain text: a line is a block, unless the paragraph was wrapped by hand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, groupby, takewhile

from retrieval.documents.encodings import decode
from retrieval.documents.formats.chat_text import as_chat
from retrieval.documents.formats.extracted import Block, Extracted, TextBuilder, trimmed
from retrieval.documents.formats.front_matter import split_front_matter
from retrieval.documents.formats.lines import (
    begins_entry,
    begins_paper,
    begins_regulation,
    is_address,
    is_byline,
    is_day,
    line_spans,
    looks_like_title,
    names_office,
    subject_said,
    tells_kind,
    tells_number_or_day,
    tells_of_paper,
)
from retrieval.text.days import DATED_DAY
from retrieval.text.patterns import regex
from retrieval.text.speakers import MESSAGE
from retrieval.text.text_rows import tables_among
from retrieval.text.words import STOP_WORDS

_WRAPPED_WIDTHS = range(50, 121)  # a text whose longest line is in here may be wrapped by hand
_NEARLY = 20  # characters that the lines of a wrapped text may be shorter than its longest
_SEVERAL = 3  # lines
_SENTENCE_ENDS = tuple('.!?…"”')
_HEAD_LABEL = regex(  # of minutes and letters
    r"(?:date|place|venue|time|present|chair|from|to|subject"
    r"|(?:hari[/, ]+)?tanggal|tempat|waktu|hadir|pimpinan|perihal)\s*:",
    re.IGNORECASE,
)
_LABEL = regex(r"[^:]{1,30}:")
_VALUE = regex(r"[^\W\d_][^:\n]{0,29}: [^:\n]{1,60}(?<![.!?…])")
_ITEM = regex(r"(?:[•▪o]|\(?(?:[a-z]|[ivx]{2,5})[.)])\s")
_ADDRESS = regex(r"(?:[\w.+-]+@|www\.|https?:)\S+")
_MESSAGE = regex(MESSAGE)
_ITEM_OR_TEXT = regex(r"(?:[*–—-]|\(?\d{1,3}[.)]|\[\d{1,3}\])\s")  # which a line within a sentence may begin with, too
_ENDS = regex(r"[.!?:;,][\"”’)]*\Z")
_UNENDED = regex(r"[^.!?:;…]\Z")
_AMOUNT = regex(  # with which a sentence goes on; no item of a list
    r"(?:Rp|IDR|USD|US\$|[$€£])\.? ?\d|\d[\d.,]*%? [a-z]"
)
_COLUMNS = regex(r"\S(?: {3,}|\t)\s*\S")
_WORD_LABEL = regex(r"[\w./-]{1,20}\s?:")  # "e-mail:"
_GOES_ON = regex(r"[^.!?:;\"”’)]\Z")
_SIGNED_AT = regex(r"\s*(?:Ditetapkan|Disahkan|Diundangkan|Dibuat|Ditandatangani) di \w[\w .]{1,40}$")
_PLACE_AND_DAY = regex(r"(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*)?,\s+)?[^,]*\d{4}\W*")  # "Jakarta, 7 Maret 2024"
_ADDRESSED = regex(  # as letters are, below their place and day
    r"^[ \t]*(?:yth|kepada|dear|to|nomor|no|hal|perihal|lampiran|subject|ref)\b[ \t.:]*\S", re.IGNORECASE | re.MULTILINE
)
_TOLD_ON = regex(rf"[^\W\d_][^.!?:]*,\s{DATED_DAY}", re.IGNORECASE)
_HEAD_LENGTH = 500  # characters
_HEAD_LINES = 12  # of a letter, with empty ones
_PROSE_LENGTH = 120  # characters; a longer line is no title, and what stands under a title may be one


def extract(data: bytes) -> Extracted:
    """Read a plain text file, front matter and all; raises DocumentError if it is no text."""
    text = decode(data)
    metadata, body = split_front_matter(text)
    blocks = plain_blocks(text, body)
    if chat := as_chat(text, body, blocks):
        return Extracted(text, chat.blocks, replace(metadata, date=metadata.date or chat.last_day), body)
    return Extracted(text, blocks, metadata, body)


def plain_blocks(text: str, begin: int = 0, *, wrapped: bool = True) -> list[Block]:
    """Return the blocks of plain text from `begin` on; it may be `wrapped` by hand."""
    lines = line_spans(text, begin)
    return trimmed(text, _blocks(text, lines, _width(text, lines) if wrapped else 0))


def add_lines(builder: TextBuilder, text: str, *, apart: bool = True) -> None:
    """Add a paragraph whose author ended lines within it: each is a block, unless it was wrapped by hand.

    A line goes on before a small letter, and after a word that ends no line, such as "of", but not after a stop.
    """
    before = ""
    for block in plain_blocks(text):
        line = text[block.start : block.end]
        if (
            _GOES_ON.search(before)
            and not (_ITEM.match(line) or _ADDRESS.fullmatch(line))
            and (line[0].islower() or before.split()[-1] in STOP_WORDS)
        ):
            builder.go_on(line)
        else:
            builder.add(line, apart=apart and not before)
        before = line


def _width(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the length of the longest line of several words: one word alone, such as an address, is not wrapped.

    Those that stand alone, such as a title, are passed over where several others are nearly as long as another.
    """
    shown = [text[start:end].strip() for start, end in lines]
    alone: list[int] = []
    others = [0]
    for before, line, after in zip(["", *shown], shown, [*shown[1:], ""], strict=False):
        if len(line.split(maxsplit=1)) > 1:
            (others if before or after else alone).append(len(line))
    usual = max(others)
    several = sum(usual - _NEARLY < length for length in others) >= _SEVERAL
    return usual if several else max([usual, *alone])


def _blocks(text: str, lines: list[tuple[int, int]], width: int) -> Iterator[Block]:
    """Each line is a block, except where a paragraph was wrapped by hand, to `width`: then the line goes on.

    A line goes on when the first word of the next would not have fitted: that is how wrapping works. Where hardly a
    line is that long, only before a small letter, or where what stands together ends as sentences do.
    """
    lines = _from_text(text, lines)
    of_a_kind = False
    while lines:  # the title is below the offices, and below what kind it is
        letterhead = _letterhead(text, lines, of_a_kind=of_a_kind)
        is_kind = not letterhead and tells_kind(text[slice(*lines[0])])
        if not (letterhead or is_kind):
            break
        of_a_kind = of_a_kind or is_kind
        head = letterhead or lines[:1]
        yield from (Block(*line, heading=is_kind) for line in head)
        lines = _from_text(text, lines[len(head) :])
    while len(lines) > 1 and (
        tells_number_or_day(first := text[slice(*lines[0])])
        or (is_day(first) and (of_a_kind or _is_above_title(text, lines)))
    ):
        if not of_a_kind and text[slice(*lines[1])].strip():
            break
        yield Block(*lines[0])
        lines = _from_text(text, lines[1:])
    shown = [text[slice(*line)] for line in lines]
    several = sum(width - _NEARLY < len(line.rstrip()) <= width for line in shown) >= _SEVERAL
    prose = [several or ends for ends in _end_as_sentences(shown)]
    if lines and _is_title(text, lines) and not _goes_on(shown[0], shown[1], width, prose=prose[0], first=shown[0]):
        yield Block(*lines[0], heading=True)
        lines, shown, prose = lines[1:], shown[1:], prose[1:]
    in_row = _are_rows(shown)
    begin, first = None, ""
    for index, (start, end) in enumerate(lines):
        following = shown[index + 1] if index + 1 < len(lines) and not in_row[index + 1] else ""
        if begin is None:
            begin, first = start, shown[index]
        if in_row[index] or not _goes_on(shown[index], following, width, prose=prose[index], first=first):
            yield Block(begin, end, whole=in_row[index])
            begin = None


def _letterhead(text: str, lines: list[tuple[int, int]], *, of_a_kind: bool) -> list[tuple[int, int]]:
    """Return the lines that only name offices, of a letter, of a release, or above a title; one may be a headline."""
    shown = [text[slice(*line)] for line in lines[:_HEAD_LINES]]
    offices = list(takewhile(lambda line: not line.strip() or names_office(line) or is_address(line), shown))
    below = _from_text(text, lines[len(offices) :])
    named = sum(map(names_office, offices))
    if not named or not below:
        return []
    first = text[slice(*below[0])]
    is_above_number = tells_kind(first) or (of_a_kind and tells_number_or_day(first))
    if is_above_number and named == 1:  # what may be a headline is none where another one follows
        following = dropwhile(lambda line: _is_of_head(text[slice(*line)]), below)
        is_above_number = _is_title(text, rest) if (rest := list(following)) else False
    is_above_title = begins_regulation(first) or ((named > 1 or begins_paper(first)) and _is_title(text, below))
    return lines[: len(offices)] if subject_said(shown) or is_above_number or is_above_title else []


def _is_of_head(line: str) -> bool:
    return not line.strip() or tells_of_paper(line) or is_day(line)


def _are_rows(lines: Sequence[str]) -> list[bool]:
    """Tell of each line whether it is a row of a table among those that it stands together with."""
    rows: list[bool] = []
    for _, group in groupby(lines, key=lambda line: not line.strip()):
        together = list(group)
        in_tables = {number for table in tables_among(together) for number in table}
        rows += [number in in_tables for number in range(len(together))]
    return rows


def _from_text(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out empty lines at the beginning."""
    return list(dropwhile(lambda line: not text[slice(*line)].strip(), lines))


def _end_as_sentences(lines: Sequence[str]) -> list[bool]:
    """Tell of each line whether the last of those that it stands together with ends as sentences do."""
    ends, last = [], ""
    for line in reversed(lines):
        last = "" if not line.strip() else last or line.rstrip()
        ends.append(last.endswith(_SENTENCE_ENDS))
    return ends[::-1]


def _is_above_title(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the first line, a place and a day, stands apart above a title, and begins no letter."""
    below = _from_text(text, lines[1:])
    stands_apart = len(below) > 1 and not text[slice(*below[1])].strip()
    return stands_apart and not _is_addressed(text, lines[0][1]) and _is_title(text, below)


def _is_addressed(text: str, place: int) -> bool:
    """Tell whether a letter's address, number or subject stands soon below a place."""
    return _ADDRESSED.search(text, place, place + _HEAD_LENGTH) is not None


def _is_title(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the first line is the title of what follows: an empty line, a label or plain sentences come next."""
    first = text[slice(*lines[0])]
    begins_letter = is_day(first) and _PLACE_AND_DAY.fullmatch(first.strip()) and _is_addressed(text, lines[0][1])
    is_other = begins_letter or _MESSAGE.match(first)
    if not looks_like_title(first) or is_other or not text[lines[0][1] :].strip():
        return False
    following = text[slice(*lines[1])].strip()
    next_line = next((line for line in (text[slice(*one)].strip() for one in lines[1:]) if line), "")
    if _VALUE.fullmatch(first.strip()) and _VALUE.fullmatch(next_line):  # two of a list: "Ambulance: 118"
        return False
    labelled = _HEAD_LABEL.match(following) and not _LABEL.match(first)
    is_above = labelled or is_byline(following) or _is_headline(first.strip(), following)
    return not following or following.endswith(_SENTENCE_ENDS) or len(following) > _PROSE_LENGTH or bool(is_above)


def _is_headline(first: str, following: str) -> bool:
    """Tell whether a line in capitals is a title above who tells it and when: "Harbour news in brief, 18 June 2025"."""
    is_name = " " not in first or names_office(first) or is_day(following)
    return first.isupper() and not (is_name or following.isupper()) and _TOLD_ON.fullmatch(following) is not None


def _goes_on(line: str, following: str, width: int, *, prose: bool, first: str) -> bool:
    """Tell whether a line goes on with the one that follows it, in a block that begins with the `first`."""
    words = following.split(maxsplit=1)
    if not words or not line.strip():
        return False
    if _SIGNED_AT.match(line) and following.lstrip().startswith("pada tanggal"):
        return True
    if not width:
        return False
    after_item = _ITEM_OR_TEXT.match(line.lstrip()) or _ENDS.search(line.rstrip())
    following = following.lstrip()
    of_entries = begins_entry(first.lstrip()) and begins_entry(following)
    in_columns = [_COLUMNS.search(one) is not None for one in (line, following)]
    begins_anew = _MESSAGE.match(following) or _ITEM.match(following) or of_entries or all(in_columns)
    if begins_anew or (after_item and _ITEM_OR_TEXT.match(following)):
        return False
    goes_on = following[0].islower() or _AMOUNT.match(following)
    if prose and goes_on and not any(in_columns) and _is_broken(line.strip(), following, first.lstrip()):
        return True
    length = len(line.rstrip())
    is_full = width in _WRAPPED_WIDTHS and length <= width < length + 1 + len(words[0])
    leads_on = line.split()[-1].casefold() in STOP_WORDS  # "the dinner on"
    return is_full and (prose or words[0][0].islower() or leads_on)


def _is_broken(line: str, following: str, first: str) -> bool:
    """Tell whether a line was ended by hand before a small letter or an amount; not where all begin with small ones."""
    is_other = _WORD_LABEL.match(following) or _ADDRESS.fullmatch(following) or first[0].islower()
    return not is_other and len(line) >= _WRAPPED_WIDTHS.start and bool(_UNENDED.search(line))

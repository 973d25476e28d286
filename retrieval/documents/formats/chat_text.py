"""A chat that a messenger has exported as plain text: the lines in it that nobody wrote, and the day of its end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.documents.formats.extracted import Block
from retrieval.documents.written_days import past
from retrieval.text.days import day_of_figures, has_day_first
from retrieval.text.patterns import regex
from retrieval.text.speakers import MESSAGE

_BEGINS = regex(
    rf"^[\u200e\u200f]?(?={MESSAGE})\[?(?P<day>\d{{1,2}}[/.]\d{{1,2}}[/.])(?P<year>\d{{2,4}})", re.MULTILINE
)
_FIRST_TWO = regex(r"\A(\d+)(.)(\d+)")
_LEAST = 2  # messages
_IN_INDONESIAN = (
    r"(?:pesan dan panggilan dienkripsi secara end-to-end\b.{0,400}|pesan ini (?:telah )?dihapus"
    r"|anda (?:telah )?menghapus pesan ini|<?(?:media|gambar|video|audio|stiker|gif|dokumen) tidak disertakan>?)"
)
_IN_ENGLISH = (
    r"(?:messages and calls are end-to-end\b.{0,400}|this message was deleted|you deleted this message"
    r"|<?(?:media|image|video|audio|sticker|gif|document) omitted>?)"
)
_NOTICE = regex(
    rf"[\u200e\u200f]?{MESSAGE}(?:[^:\n]{{1,60}}:[ \t]+)?[\u200e\u200f]*"
    rf"(?:{_IN_ENGLISH}|(?P<is_indonesian>{_IN_INDONESIAN}))\.?\s*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Chat:
    """What is read of a chat: its blocks, and the day of its last message, as ISO 8601, or nothing."""

    blocks: Sequence[Block]
    last_day: str


def as_chat(text: str, begin: int, blocks: Sequence[Block]) -> Chat | None:
    """Return a text as a chat, without notices such as "<Media omitted>"; None if it does not begin as one does.

    Day and month may be either of two, unless one beyond the twelfth, or a notice, tells which of them comes first.
    """
    messages = list(_BEGINS.finditer(text, begin))
    if len(messages) < _LEAST or text[begin : messages[0].start()].strip():
        return None
    notices = [_NOTICE.fullmatch(text, block.start, block.end) for block in blocks]
    days = [f"{match['day']}20{match['year'][-2:]}" for match in messages]
    day_first = any(match["is_indonesian"] for match in notices if match) or has_day_first(" ".join(days))
    turned = [] if day_first else [_FIRST_TWO.sub(r"\3\2\1", day) for day in days]
    if has_day_first(" ".join(turned)):
        days, day_first = turned, True
    written = [block for block, notice in zip(blocks, notices, strict=True) if not notice]
    return Chat(written, past(day_of_figures(days[-1], day_first=day_first)))

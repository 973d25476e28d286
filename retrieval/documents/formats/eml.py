"""Mails (.eml): subject, sender, date, the text, and what can be read of the attachments."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parseaddr
from itertools import groupby
from typing import Any

from retrieval.documents.encodings import decode_declared
from retrieval.documents.formats.extracted import Extracted, Metadata, TextBuilder
from retrieval.documents.formats.html import extract_mail
from retrieval.documents.formats.plain import plain_blocks
from retrieval.documents.formats.registry import SUFFIXES
from retrieval.documents.formats.registry import extract as extract_file
from retrieval.errors import DocumentError
from retrieval.text.mails import END_OF_QUOTED, tells_writer
from retrieval.text.markup import visible_text
from retrieval.text.patterns import regex

_DEEPEST = 3  # mails in mails
_SHOWN, _LONGEST_HEADER = {"from", "subject", "date"}, 2_000  # characters
_LITTLE = 0.3  # of the words that a page has
_MAIL = "message/rfc822"
_ANSWERS_BELOW = regex(r"</blockquote>(?:\s|<[^>]*>|&nbsp;)*(?!Sent from|Dikirim dari)[^\s<&]", re.IGNORECASE)
_END_OF_QUOTED = Extracted(END_OF_QUOTED, [])
_QUOTED = regex(r"\A(?:>[ \t]?)+")  # what mails put before the lines that they answer


class _Policy(EmailPolicy):
    """Reads headers as Python does, but of very long ones that are shown only the beginning: that takes long enough."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        is_shown = name.casefold() in _SHOWN
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER] if is_shown else value)


def extract(data: bytes) -> Extracted:
    """Read a mail; raises DocumentError if it is none."""
    message = message_from_bytes(data.removeprefix(BOM_UTF8).lstrip(b"\r\n"), policy=_Policy())
    if not isinstance(message, EmailMessage) or not (message["from"] or message["subject"]):
        raise DocumentError("it is no mail: it has neither a sender nor a subject")
    try:
        return _read(message, depth=0)
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # the parser lets odd mails through
        raise DocumentError("it is a damaged mail") from error


def _read(message: EmailMessage, depth: int) -> Extracted:
    """Read a mail that is in `depth` others."""
    builder = TextBuilder()
    subject = _header(message, "subject")
    builder.add(subject, heading=True)
    body = message.get_body(("plain", "html"))
    page = _same_as_page(message, body)
    seen = extract_mail(_text(page)) if page is not None else None
    read = [body]
    if body is not None and seen is not None and _says_little_of(_text(body), seen):
        builder.add_all(seen)
        read.append(page)
    elif body is not None:  # a part without headers of its own is false
        _add_text(builder, body)
    for part, is_alternative in _parts(message):
        if part not in read:
            _add_part(builder, part, depth, is_alternative=is_alternative)
    name, address = parseaddr(_header(message, "from"))
    return builder.extracted(Metadata(title=subject, date=_date(message), source=name or address, author=name))


def _same_as_page(message: EmailMessage, body: MIMEPart | None) -> MIMEPart | None:
    """Return the page that says the same as the plain text of a mail, if there is one."""
    for part in message.walk():
        is_choice = part.get_content_type() == "multipart/alternative" and isinstance(part, MIMEPart)
        if is_choice and any(child is body for child in part.iter_parts()):
            return part.get_body(("html",))
    return None


def _says_little_of(text: str, page: Extracted) -> bool:
    """Tell whether a text only says that a mail should be read as a page."""
    return len(text.split()) < _LITTLE * len(page.text.split())


def _parts(message: MIMEPart, *, is_alternative: bool = False) -> Iterator[tuple[MIMEPart, bool]]:
    """Yield the parts of a mail that hold something, in order, and whether others may say the same.

    A mail in it is one part; so is one that has none.
    """
    is_alternative = is_alternative or message.get_content_type() == "multipart/alternative"
    for part in message.iter_parts() if message.is_multipart() else [message]:
        if part.is_multipart() and part.get_content_type() != _MAIL:
            yield from _parts(part, is_alternative=is_alternative)
        else:
            yield part, is_alternative


def _add_text(builder: TextBuilder, part: MIMEPart) -> None:
    text = _text(part).strip()
    if part.get_content_subtype() == "html":
        _add_page(builder, text)
        return
    last, above = 0, ""
    for depth, lines in groupby(text.splitlines(), key=lambda line: _depth(_QUOTED.match(line))):
        said = "\n".join(_QUOTED.sub("", line, count=1) for line in lines)
        if blocks := plain_blocks(said):
            if depth < last or (depth > last and not tells_writer(above)):
                builder.add_all(_END_OF_QUOTED)
            builder.add_all(Extracted(said, blocks))
            last, above = depth, said


def _add_page(builder: TextBuilder, page: str) -> None:
    """Add a mail that is a page; where it answers below what it quotes, nobody is told to have written that."""
    found = extract_mail(page)
    if not _ANSWERS_BELOW.search(page):
        builder.add_all(found)
        return
    for block in found.blocks:
        text = found.text[block.start : block.end]
        builder.add(text, heading=block.heading, whole=block.whole)
        if tells_writer(text):
            builder.add_all(_END_OF_QUOTED)


def _depth(marks: re.Match[str] | None) -> int:
    """Return how many answers ago a line was written, by the marks before it."""
    return marks[0].count(">") if marks else 0


def _add_part(builder: TextBuilder, part: MIMEPart, depth: int, *, is_alternative: bool) -> None:
    """Add what can be read of a part: more text, a mail, or an attachment, below its name."""
    name = part.get_filename() or ""
    builder.add_all(_END_OF_QUOTED)
    if part.get_content_type() == _MAIL:
        inner = part.get_content()
        if depth < _DEEPEST and isinstance(inner, EmailMessage):
            builder.add_all(_read(inner, depth + 1))
    elif name.lower().endswith(SUFFIXES):
        payload = part.get_payload(decode=True)
        with suppress(DocumentError):
            found = extract_file(name, payload if isinstance(payload, bytes) else b"")
            builder.add(name, heading=True)
            _add_file(builder, found)
    elif not name and part.get_content_type() in (("text/plain",) if is_alternative else ("text/plain", "text/html")):
        _add_text(builder, part)


def _add_file(builder: TextBuilder, found: Extracted) -> None:
    """Add what an attachment holds; Markdown as people see it, as the text of a mail is none."""
    if not found.markdown:
        builder.add_all(found)
        return
    for block in found.blocks:
        shown = visible_text(found.text[block.start : block.end], markdown=True)
        builder.add(shown, heading=block.heading, whole=block.whole)


def _text(part: MIMEPart) -> str:
    """Return a part's text; what its declared encoding does not fit is decoded as its bytes look."""
    payload = part.get_payload(decode=True)
    return decode_declared(payload if isinstance(payload, bytes) else b"", part.get_content_charset("utf-8"))


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message[name] or "").split())


def _date(message: EmailMessage) -> str:
    """Return the day on which a mail was sent, where the sender was."""
    sent = getattr(message["date"], "datetime", None)
    return sent.date().isoformat() if sent else ""

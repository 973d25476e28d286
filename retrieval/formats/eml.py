"""Mails (.eml): subject, sender, date, the text, and what can be read of the attachments."""

from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from retrieval.encodings import decode
from retrieval.errors import DocumentError
from retrieval.formats.extracted import Extracted, Metadata, TextBuilder
from retrieval.formats.html import extract_page
from retrieval.formats.plain import plain_blocks
from retrieval.formats.table import SUFFIXES
from retrieval.formats.table import extract as extract_file

_DEEPEST = 3  # mails in mails


def extract(data: bytes, *, depth: int = 0) -> Extracted:
    """Read a mail, which is in `depth` others; raises DocumentError if it is none."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message["from"] or message["subject"]):
        raise DocumentError("it is no mail: it has neither a sender nor a subject")
    builder = TextBuilder()
    try:
        subject = _header(message, "subject")
        builder.add(subject, heading=True)
        _add_body(builder, message)
        for attachment in message.iter_attachments():
            _add_attachment(builder, attachment, depth)
    except (LookupError, ValueError, TypeError, AttributeError) as error:  # the parser lets odd mails through
        raise DocumentError("it is a damaged mail") from error
    name, address = parseaddr(_header(message, "from"))
    return builder.extracted(Metadata(title=subject, date=_date(message), source=name or address, author=name))


def _add_body(builder: TextBuilder, message: EmailMessage) -> None:
    body = message.get_body(("plain", "html"))
    if body is None:
        return
    text = _text(body)
    if body.get_content_subtype() == "html":
        builder.add_all(extract_page(text, article=False))
    else:
        builder.add_all(Extracted(text.strip(), plain_blocks(text.strip())))


def _add_attachment(builder: TextBuilder, attachment: EmailMessage, depth: int) -> None:
    """Add what can be read of an attachment, below its name; what cannot be read is left out."""
    name = attachment.get_filename() or ""
    try:
        if attachment.get_content_type() == "message/rfc822":
            if depth == _DEEPEST:
                return
            found = extract(attachment.get_content().as_bytes(), depth=depth + 1)
        elif name.lower().endswith(SUFFIXES):
            payload = attachment.get_payload(decode=True)
            found = extract_file(name, payload if isinstance(payload, bytes) else b"")
        else:
            return
    except DocumentError:
        return
    builder.add(name or found.metadata.title, heading=True)
    builder.add_all(found)


def _text(part: MIMEPart) -> str:
    """Return a part's text; what its declared encoding does not fit is decoded as its bytes look."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decode(data)


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message[name] or "").split())


def _date(message: EmailMessage) -> str:
    """Return the day on which a mail was sent, where the sender was."""
    sent = getattr(message["date"], "datetime", None)
    return sent.date().isoformat() if sent else ""

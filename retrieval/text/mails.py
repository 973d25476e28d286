"""Who wrote what a mail quotes below its own text: "On 3 May 2024 Rafiq Salim wrote:"."""

import re

from retrieval.text.patterns import regex
from retrieval.values import Document, Sentence

_SUFFIX = ".eml"
END_OF_QUOTED = "\u2060"
"""Stands, unseen and in no sentence, in the text of a mail where its own text goes on below lines that it quotes."""
_FAR = 20_000  # characters
_TOLD = r"(?:On|Pada)\b(?=[^\n]{0,150}\d)[^\n]{4,150}?(?:(?:\r?\n){1,2}[^\n]{0,80}?)?\b(?:wrote|menulis)"
_WROTE = regex(
    rf"^(?P<wrote>{_TOLD})[ \t]*:[ \t\r]*$"
    r"|^(?:From|Dari)[ \t]*:[ \t]*(?P<sender>[^\W\d_][^\n]*)$"
    r"(?=\s+(?:(?:To|Cc|Kepada)[ \t]*:[^\n]*\s+){0,2}(?:Sent|Date|Subject|Dikirim|Tanggal|Perihal)[ \t]*:)"
    rf"|(?P<ends>{END_OF_QUOTED})",
    re.MULTILINE,
)
_ADDRESS = regex(r"[ \t]*[<\[(](?:mailto:)?[^<>\[\]()\s]+@[^<>\[\]()\s]+[>\])]")


def tells_writer(text: str) -> bool:
    """Tell whether a text, or its last line, tells who wrote what a mail quotes below it."""
    return re.search(rf"^{_TOLD}[ \t]*:\s*\Z", text, re.MULTILINE) is not None


def written_by(document: Document, sentence: Sentence) -> str:
    """Return who wrote a sentence that a mail quotes, in the words above it; nothing of what its sender wrote."""
    if not document.id.casefold().endswith(_SUFFIX):
        return ""
    above = document.text[max(document.body, sentence.start - _FAR) : sentence.start]
    last = max(_WROTE.finditer(above), key=re.Match.start, default=None)
    if last is None or last["ends"]:
        return ""
    return " ".join(_ADDRESS.sub("", last["wrote"] or last["sender"]).split())

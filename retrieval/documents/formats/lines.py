"""The lines of a text, and which of them reads like a title."""

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TITLE_LENGTH = 120
_QUOTED_SENTENCES = re.compile(r"[.!?][\"”’]?\s.*[.!?][\"'”’»)\]]+\Z")  # '"We pay." Then: "Nobody waits."'
_LABEL = re.compile(
    r"(?:(?:(?:press|media|news) (?:release|statement)|for immediate release|(?:siaran|rilis|keterangan|pernyataan)"
    r" (?:pers|media))(?:\W*+(?:(?:no|nomor|number)\b\W*+)?(?=[\w./-]*\d)[\w./-]++)?"
    r"|(?:nomor|number|ref)\b[.:\s]*+(?=[\w./-]*\d)[\w./-]++"
    r"|(?:date|released|issued|embargo\w*|tanggal)\s*:[^.!?]{0,40}\d[^.!?]{0,20})",
    re.IGNORECASE,
)


def line_spans(text: str, begin: int) -> list[tuple[int, int]]:
    """Return the spans of all lines from `begin` on without their ends; the ends are those that Markdown knows."""
    spans = []
    for match in _LINE.finditer(text, begin):
        if match.start() < match.end():
            spans.append((match.start(), match.start() + len(match[0].rstrip("\r\n"))))
    return spans


def looks_like_title(line: str) -> bool:
    """Tell whether a first line reads like a title: short, and not closed like a sentence."""
    line = line.strip()
    open_ended = line[-1:] not in tuple(".!?;:,…") and not _QUOTED_SENTENCES.search(line)
    return 0 < len(line) <= _TITLE_LENGTH and open_ended and not line[0].islower()


def is_label(line: str) -> bool:
    """Tell whether a line only says of what kind a document is, its number or its day.

    "PRESS RELEASE" does, "Nomor: 45/SP/2024", and "Tanggal: 7 Maret 2024".
    """
    return _LABEL.fullmatch(line.strip(" \t*_#:")) is not None

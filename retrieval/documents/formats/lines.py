"""The lines of a text, and which of them reads like a title."""

import re

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TITLE_LENGTH = 120


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
    return 0 < len(line) <= _TITLE_LENGTH and line[-1] not in ".!?;:,…" and not line[0].islower()

"""Times of a day as texts have them: "9.30 a.m.", "08:00–16:00 WIB", "7pm"."""

import re

from retrieval.text.patterns import regex

HOUR = (
    r"(?:(?:[01]?\d|2[0-4])[.:][0-5]\d(?![\d.,%])(?:\s?(?:[ap]\.?m\b\.?|WIB\b|WITA?\b))?"
    r"|(?:1[0-2]|[1-9])\s?[ap]\.?m\b\.?)"
)
"""Matches a time of a day, in any case of letters."""
UNTIL = r"(?:\s*(?:[–-]|to|s\.?d\.?|sampai)\s*)"
"""Matches what stands between two of them, of which one is the end."""
_ALONE = regex(rf"{HOUR}(?P<until>{UNTIL}{HOUR})?", re.IGNORECASE)


def clock_time(value: str) -> re.Match[str] | None:
    """Return the match of a value that is nothing but a time of a day, `until` another or not; None if it is not."""
    return _ALONE.fullmatch(value.strip())

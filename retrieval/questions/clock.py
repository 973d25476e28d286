"""Months and years that a question tells by the clock: "last year", "bulan lalu"."""

import re
from datetime import date

from retrieval.text.dates import MONTH_NAMES, MONTH_NAMES_ID
from retrieval.text.patterns import regex

_BY_THE_CLOCK = regex(  # not "the last year of the war", "last year's"
    r"(?P<before>\b\w+\s+)?\b(?:(?P<last>last|this) (?P<unit>year|month)"
    r"|(?P<satuan>tahun|bulan) (?P<lalu>lalu|kemarin|ini))\b(?! of\b|['’])",
    re.IGNORECASE,
)
_LEADS = frozenset("in during pada selama dalam".split())
_OTHERS = frozenset(  # with these it is a time from or to which something is counted, or so many years ago
    """the since from to by than at early late until before after sejak dari sampai hingga sebelum setelah awal akhir
    berapa beberapa satu dua tiga empat lima enam tujuh delapan sembilan sepuluh belas puluh puluhan ratus ratusan ribu
    ribuan""".split()
)


def by_the_clock(question: str, today: date) -> str:
    """Return a question with the months and years that it means, as "in October 2026"; nothing if it tells none so."""
    asked = _BY_THE_CLOCK.sub(lambda match: _named(match, today), question)
    return asked if asked != question else ""


def _named(match: re.Match[str], today: date) -> str:
    before = (match["before"] or "").strip().casefold()
    if before in _OTHERS or before.isdecimal():
        return match[0]
    kept = "" if before in _LEADS else match["before"] or ""
    return f"{kept}{_name_of(match, today)}"


def _name_of(match: re.Match[str], today: date) -> str:
    is_last = (match["last"] or match["lalu"]).casefold() in ("last", "lalu", "kemarin")
    if (match["unit"] or match["satuan"]).casefold() in ("year", "tahun"):
        return f"{'in' if match['unit'] else 'pada tahun'} {today.year - is_last}"
    months = today.year * 12 + today.month - 1 - is_last
    year, month = divmod(months, 12)
    return f"in {MONTH_NAMES[month]} {year}" if match["unit"] else f"pada {MONTH_NAMES_ID[month]} {year}"

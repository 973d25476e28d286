"""The day that a document bears at its foot, where it was signed."""

import re
from collections.abc import Sequence

from retrieval.documents.formats.lines import line_spans
from retrieval.documents.written_days import DATED, EVENT, OF_SOMETHING_ELSE, PLACE, WORDS, past, without_hijra
from retrieval.text.days import day_of
from retrieval.text.patterns import regex

_LINES, _CHARACTERS = 12, 1_500  # that a foot has at most
_ENACTED = regex(  # at the foot of an Indonesian regulation
    rf"^[ \t]*(?:Ditetapkan|Disahkan|Dikeluarkan|Diumumkan) di\b[^\n]{{2,40}}\s+pada tanggal[\s|:]*{DATED}",
    re.IGNORECASE | re.MULTILINE,
)
_DONE = regex(  # at that of a treaty or a contract, on a line of its own
    r"(?:\A|\n[ \t]*\r?\n)[ \t]*(?-i:Done|DONE|Signed|SIGNED|Given|GIVEN) (?:in [\w ]{3,30} )?"
    rf"(?:at|in){WORDS}(?:,? on(?: this)?|,) {DATED}"
    r"(?:,? in [^\n]{1,80})?\.?[ \t]*(?=\r?\n|\Z)",
    re.IGNORECASE,
)
_PROSE = regex(r".{70}|(?:\S+\s+){4,}\S+[.!?]\Z")
_SIGNED = regex(rf"[\s*_]*{PLACE}{DATED}[\s*_.]*", re.IGNORECASE)  # "Jakarta, 5 November 2026", above a name


def foot_date(text: str) -> str:
    """Return the day that stands at the foot, of a regulation or a letter, as ISO 8601; nothing if none, or several."""
    text = without_hijra(text)
    found = {past(day_of(match["day"])) for form in (_ENACTED, _DONE) for match in form.finditer(text)}
    if not found:
        ends = text[-_CHARACTERS:]
        lines = [line for start, end in line_spans(ends, 0) if (line := ends[start:end].strip())][-_LINES:]
        found = {
            past(day_of(match["day"]))
            for number, line in enumerate(lines)
            if (match := _SIGNED.fullmatch(line)) and _is_signature(lines[:number], lines[number + 1 :])
        }
    return found.pop() if len(found) == 1 else ""


def _is_signature(above: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether below a place and a day stands who signs, and no text; and above it nothing whose day it is."""
    is_of_else = above and (OF_SOMETHING_ELSE.search(above[-1]) or EVENT.fullmatch(above[-1]))
    return not is_of_else and not any(_PROSE.search(line) for line in below)

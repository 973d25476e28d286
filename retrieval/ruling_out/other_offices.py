"""What is said of a deputy does not answer what is asked of whom they stand in for, nor the other way round."""

import re

from retrieval.text.headings import titles_above
from retrieval.text.markup import visible_text
from retrieval.text.offices import ACTING, DEPUTY, OFFICE
from retrieval.values import Reading

_OFFICE = re.compile(rf"\b{OFFICE}\b", re.IGNORECASE)
_STANDS_IN = re.compile(  # "deputy prime minister", "vice-chancellor", "wakil ketua"
    rf"\b(?:(?P<deputy>{DEPUTY})|(?P<acting>{ACTING}))\)?[\s-]+"
    r"(?:(?!(?:the|an?|and|of|to|for|by|with|dan|dari|kepada)\b)[\w-]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\b(?:deputy|vice|wakil)(?:nya)?\b(?!\s+rakyat)", re.IGNORECASE)
_HOLDER, _DEPUTY, _ACTING = "holder", "deputy", "acting"


def is_of_other_offices(question: str, reading: Reading) -> bool:
    """Tell whether a sentence has an office of a question only with "deputy", or only without.

    Who is acting in an office may be asked for as if holding it.
    """
    asked, document = _offices(question), reading.hit.document
    if not asked:
        return False
    said = _offices(visible_text(reading.text, markdown=document.markdown))
    above = _offices("\n".join(titles_above(reading)))
    for office, meant in asked.items():
        fitting = meant | {_ACTING} if _HOLDER in meant else meant
        there = said.get(office, set())
        if _DEPUTY in meant and _ALONE.search(reading.text):  # "the mayor and her deputy"
            continue
        if there and fitting.isdisjoint(there | above.get(office, set())):
            return True
    return False


def _offices(text: str) -> dict[str, set[str]]:
    """Return the offices in a text, and for each whether that is of who holds it, their deputy or who acts in it."""
    found: dict[str, set[str]] = {}
    for match in _OFFICE.finditer(text):
        stands_in = _STANDS_IN.search(text, 0, match.start())
        kind = _HOLDER if stands_in is None else _DEPUTY if stands_in["deputy"] else _ACTING
        found.setdefault(match[0].casefold(), set()).add(kind)
    return found

"""A match of one of two sides does not answer for the match of both: "Rovers vs Town" is not "Rovers vs Wick"."""

import re

from retrieval.text.headings import titles_above
from retrieval.text.names import CAPITAL, names_had
from retrieval.values import Reading

_AGAINST = r"(?:vs?|versus|lawan|melawan|kontra|against)"
_NAME = rf"{CAPITAL}[\w'’-]*"
_SIDES = re.compile(rf"(?P<one>{_NAME})\s+(?i:{_AGAINST})\b\.?\s+(?P<other>{_NAME}(?: {_NAME})*)")
_TELLS_SIDES = re.compile(rf"\s(?:{_AGAINST}\b\.?|beat|[–—-])\s", re.IGNORECASE)


def is_of_another_match(question: str, reading: Reading) -> bool:
    """Tell whether a sentence tells of a match of which a question names only one side, or none."""
    sides = _SIDES.search(question)
    if sides is None or question.isupper() or not _TELLS_SIDES.search(reading.text):
        return False
    names = {sides["one"], sides["other"].split()[-1]}
    return names_had("\n".join([*titles_above(reading), reading.text]), names) != names

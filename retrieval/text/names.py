"""The names in a text, by their capitals: those of people, places and bodies, but not of months and days."""

import re
from collections.abc import Iterable

from retrieval.text.dates import MONTH, WEEKDAY
from retrieval.text.words import without_accents

_NAME = re.compile(r"(?<=[\w,;:)”\"’(“-] )[A-Z][\w'-]*\w")
_TIME = re.compile(rf"(?:{MONTH}|{WEEKDAY})s?", re.IGNORECASE)
_LEAST, _ENDING = 4, 2  # letters of a name that have to be there, and those that may differ: "Victoria", "Victorian"


def names_within(text: str, *, besides: str = "") -> list[str]:
    """Return the names in a text but for its first word, each a word, without those that another text has."""
    names = [name for name in _NAME.findall(text) if not _TIME.fullmatch(name)]
    others = names_had(besides, names)
    return [name for name in names if name not in others]


def names_had(text: str, names: Iterable[str]) -> set[str]:
    """Return those of some names that a text has, with another ending or without accents, in any case of letters."""
    text = without_accents(text).casefold()
    return {name for name in names if re.search(rf"(?<!\w){_beginning(name)}", text)}


def _beginning(name: str) -> str:
    name = without_accents(name).casefold()
    return re.escape(name[: max(_LEAST, len(name) - _ENDING)])

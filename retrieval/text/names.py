"""The names in a text, by their capitals: those of people, places and bodies, but not of months and days."""

import re
from collections.abc import Iterable

from retrieval.text.dates import MONTH, WEEKDAY
from retrieval.text.patterns import regex
from retrieval.text.words import without_accents

CAPITAL = f"[A-Z{''.join(letter for letter in map(chr, range(0xC0, 0x250)) if letter.isupper())}]"
"""Matches a capital letter of the Latin alphabets, where small ones are told apart from them."""
NAME_WORD = rf"{CAPITAL}[\w'’-]+"
FULL_NAME = rf"{NAME_WORD} (?:{CAPITAL}\.? )?{NAME_WORD}"
"""Matches a first and a last name."""
_NAME = regex(rf"(?<=[\w,;:)”\"’(“-] ){CAPITAL}[\w'-]*\w")
_POSSESSIVE = regex(r"(?<=\w)(?:['’]s|(?<=s)['’])(?!\w)", re.IGNORECASE)
_TIME = regex(rf"(?:{MONTH}|{WEEKDAY})s?", re.IGNORECASE)
_LEAST = 4  # letters of a name that have to be there: no "alien" of "Ali"
_ENDING = 2  # letters that may differ: "Victoria", "Victorian"
_LAST_VOWELS = "aiou"  # by which names are told apart: "Hendra", "Hendro"; but not "Argentina" and "Argentine"


def names_within(text: str, *, besides: str = "") -> list[str]:
    """Return the names in a text but for its first word, each a word, without those that another text has."""
    names = [name for name in _NAME.findall(text) if not _TIME.fullmatch(name)]
    others = names_had(besides, names)
    return [name for name in names if name not in others]


def names_had(text: str, names: Iterable[str]) -> set[str]:
    """Return those of some names that a text has, with another ending or without accents, in any case of letters."""
    text = without_accents(text).casefold()
    return {name for name in names if re.search(_in_some_form(name), text)}


def without_possessives(text: str) -> str:
    """Leave out what makes names possessive: "Indonesia's", "the ministers'"."""
    return _POSSESSIVE.sub("", text)


def _in_some_form(name: str) -> str:
    """Return a pattern of a name; what may not come before it is looked for after it, which is far quicker.

    A name that differs only in its last vowel is another one.
    """
    name = without_accents(name).casefold()
    length = max(_LEAST, len(name) - _ENDING)
    begins, rest = re.escape(name[:length]), name[length:]
    others = _LAST_VOWELS.replace(rest[-1], "") if rest.endswith(tuple(_LAST_VOWELS)) else ""
    is_other = rf"(?!{re.escape(rest[:-1])}[{others}](?!\w))" if others else ""
    return rf"{begins}(?<!\w{begins}){is_other}" + (r"(?!\w)" if len(name) < _LEAST else "")

"""Offices that people hold, and the words before one that make it another's: "deputy mayor", "mantan bupati"."""

import re

from retrieval.text.names import names_within
from retrieval.text.patterns import regex

OFFICE = (
    r"(?:mayor|director|minister|president|chair(?:man|woman|person)?|governor|secretary|head|chief|manager|editor"
    r"|principal|dean|rector|chancellor|captain|coach|commissioner|ambassador|leader|treasurer|speaker|officer|registrar"
    r"|councillor|clerk|judge|superintendent|commander|spokes(?:man|woman|person)"
    r"|bupati|wali ?kota|gubernur|ketua|presiden|menteri|direktur|kepala|camat|lurah|kades|rektor|dekan|sekretaris"
    r"|bendahara|(?:wa)?kapol(?:ri|da|res(?:ta(?:bes)?)?|sek)|kasat\w+|dandim|danrem|kadis\w*|kabid|sekda|sekjen"
    r"|dirjen|wabup|wagub|wamen\w*|ju(?:bir|ru bicara)|dubes|duta besar)"
)
"""Matches an office, in small letters."""
AN_OFFICE = regex(rf"\b{OFFICE}\b", re.IGNORECASE)
"""Finds an office, in any case of letters."""
_SHORT = {  # words that Indonesian has for offices
    "dubes": "duta besar",
    "sekjen": "sekretaris jenderal",
    "sekda": "sekretaris daerah",
    "dirjen": "direktur jenderal",
    "kadis": "kepala dinas",
    "kades": "kepala desa",
    "wabup": "wakil bupati",
    "wagub": "wakil gubernur",
    "jubir": "juru bicara",
}
DEPUTY = "(?:deput[yi]|vice|assistant|wakil)"
ACTING = r"(?:acting|interim|plt\.?|pjs?\.?|penjabat|pelaksana tugas)"
FORMER = "(?:former|ex|mantan|eks|bekas)"


def offices_in_full(text: str) -> str:
    """Return a text with the offices in full that Indonesian has a short word for: "duta besar" for "dubes"."""
    return AN_OFFICE.sub(lambda match: _SHORT.get(match[0].casefold(), match[0]), text)


def names_besides_offices(text: str) -> list[str]:
    """Return the names in a text but for its first word (see names_within), without those that are offices."""
    return [name for name in names_within(text) if not AN_OFFICE.fullmatch(name)]

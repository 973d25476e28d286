"""Whether words that tell who speaks name the person that is asked for: "MRS OKAFOR", "the mayor, Ana Lim"."""

import re
from collections.abc import Collection

from retrieval.text.names import NAME_WORD
from retrieval.text.offices import ACTING, DEPUTY, FORMER
from retrieval.text.patterns import regex

BODY = regex(
    r"(?:Rovers|Town|United|City|County|Athletic|Wanderers|Albion|Street|Road|Lane|Avenue|Square|School|College"
    r"|University|Bank|Hospital|Clinic|Council|Library|Museum|Park|Island|Islands|Hills?|Lake|River|Bay|Harbour|Port"
    r"|Bridge|Station|Church|Hall|House|Hotel|Club|Party|Union|Marine|Shipping|Group|Limited|Company|Foundation)s?"
)
"""Matches the last word of a name that is no person's."""
_IN_BRACKETS = regex(r"\([^()]*\)")
_NAME = regex(r"[^\W\d_]{3,}")
_NAME_OR_NUMBER = regex(r"[^\W\d_]{3,}|\d+")
_INITIAL = regex(r"\b[^\W\d_](?=\.)")
_NO_NAMES = frozenset("the and for mrs miss dan ibu pak bapak".split())
_TITLES = (  # of which people of one surname may have different ones
    frozenset("mr bapak bpk pak".split()),
    frozenset("mrs ms miss ibu bu".split()),
    frozenset("dr doctor dokter".split()),
    frozenset("justice judge hakim".split()),
)
_CALLED = {  # what a title before a name says of who has it: "Mr and Mrs Pell" are both
    "he": r"(?:(?i:mr)|Sir|Lord(?! Mayor)|Pak|Bapak|Bpk)\.?(?: (?:and|&|dan) \w{1,5}\.?)?",
    "she": r"(?:(?i:mrs|ms)|Miss|Lady|Madam|Dame|Bu|Ibu)\.?(?: (?:and|&|dan) \w{1,5}\.?)?",
}
_WORD = regex(r"[^\W\d_]+")
_SMALL = regex(r"\b[a-z]\w+")
_MOST_READ = 200_000  # characters of a text, for its small words
_BEFORE = regex(  # another office, whoever is close to somebody, of whom somebody speaks
    rf"(?:{DEPUTY}|{ACTING}|{FORMER}|shadow|prime"
    r"|lawyer|counsel|attorney|wife|husband|widow|son|daughter|brother|sister|father|mother|famil(?:y|ies)|aide"
    r"|spokes\w+|hukum|pengacara|istri|suami|anak|putr[ai]|adik|kakak|ayah|keluarga|bicara|jubir|ajudan|rekan"
    r"|of|for|to|from|dari|untuk|bagi)[\s.-]+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_AFTER = regex(r"['’]s?\b|-\w")


def names_of(text: str) -> set[str]:
    """Return the names in a text, in small letters, without titles."""
    return {name.casefold() for name in _NAME.findall(text)} - _NO_NAMES


def without_brackets(label: str) -> str:
    """Return a label without what stands in brackets."""
    return _IN_BRACKETS.sub("", label).strip()


def are_one(label: str, other: str) -> bool:
    """Tell whether two labels are of one person, as one has all names and numbers of the other, brackets aside."""
    names, others = (set(_NAME_OR_NUMBER.findall(without_brackets(one).casefold())) for one in (label, other))
    same = label == other or bool(names and others and (names <= others or others <= names))
    return same and titles_fit(label, other)


def titles_fit(one: str, other: str) -> bool:
    """Tell whether the titles and initials before two names may be of one person: not "Mr" and "Mrs"."""
    (titles, initials), (other_titles, other_initials) = (_titles(text) for text in (one, other))
    return not (
        (titles and other_titles and titles.isdisjoint(other_titles))
        or (initials and other_initials and initials.isdisjoint(other_initials))
    )


def pronouns_for(name: str, text: str) -> set[str]:
    """Return by which of "he" and "she" a text may mean who has a name, as the titles are before that; none without."""
    named = rf" (?:{NAME_WORD} )?{re.escape(name)}\b"
    return {pronoun for pronoun, title in _CALLED.items() if re.search(rf"\b{title}{named}", text)}


def _titles(text: str) -> tuple[set[int], set[str]]:
    words = {word.casefold() for word in _WORD.findall(text)}
    initials = {initial.casefold() for initial in _INITIAL.findall(text)}
    return {number for number, group in enumerate(_TITLES) if words & group}, initials


def only_one_named(person: str, told: Collection[str], text: str) -> set[str]:
    """Return which of the words that tell who speaks in a text name a person; none if several people have that name.

    An office is that of those whose label begins with it, if others have it too: of the Governor, not of a Deputy.
    """
    found = {one for one in told if _is_named(person, one)}
    first = {one for one in found if _begins_with(person, one)}
    small = set(_SMALL.findall(text[:_MOST_READ])) if len(found) > 1 else set()
    return next((group for group in (found, first) if group and _is_one(person, group, small)), set())


def _is_named(person: str, told: str) -> bool:
    """Tell whether words have a person's name, or only that by which people are called: "OKORO" for "Mayor Okoro"."""
    names, there, called = names_of(person), names_of(told), names_of(without_brackets(told))
    last = next((name for name in reversed(_NAME.findall(person.casefold())) if name in names), "")
    if not names or not titles_fit(person, told) or not (names <= there or (last in called and called <= names)):
        return False
    return any(
        not _BEFORE.search(told, 0, match.start()) and not _AFTER.match(told, match.end())
        for match in re.finditer(_pattern(person if names <= there else last), told, re.IGNORECASE)
    )


def _begins_with(person: str, told: str) -> bool:
    return re.search(rf"(?:\A|[(,/]\s*)(?:the\s+)?{_pattern(person)}", told, re.IGNORECASE) is not None


def _pattern(person: str) -> str:
    """Return a pattern for a person's name, between whose words may stand others: "Retno LP Marsudi"."""
    names = [name for name in _NAME.findall(person) if name.casefold() not in _NO_NAMES]
    return r"\W+(?:\w+\W+){0,3}?".join(rf"\b{re.escape(name)}\b" for name in names)


def _is_one(person: str, told: Collection[str], small: Collection[str]) -> bool:
    """Tell whether words name one person, as they have no different names, nor titles, beside what is asked for."""
    asked = names_of(person)
    others = [{one for one in _NAME_OR_NUMBER.findall(each.casefold()) if one not in asked} for each in told]
    others = [{one for one in each if one not in small} - _NO_NAMES for each in others]
    most = max(others, key=len)
    fit = all(titles_fit(one, other) for one in told for other in told)
    return fit and all(each <= most for each in others)

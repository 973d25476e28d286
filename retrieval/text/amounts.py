"""Numbers in words, English and Indonesian, as digits: "two hundred and five", "1.5 million", "dua belas"."""

from collections.abc import Sequence
from decimal import Decimal

from retrieval.text.patterns import regex

_DIGITS = regex(r"\d+(?:\.\d+)?")
_UNITS = {
    word: Decimal(number)
    for number, words in enumerate(
        "one satu|two dua|three tiga|four empat|five lima|six enam|seven tujuh|eight delapan|nine sembilan"
        "|ten sepuluh|eleven sebelas|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen".split("|"),
        start=1,
    )
    for word in words.split()
}
_TENS = {
    word: Decimal(10 * number)
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_WORDS = _UNITS | _TENS
_HUNDREDS = ("hundred", "ratus")
SCALES = {
    word: Decimal(10**power)
    for power, words in (
        (3, "thousand ribu rb"),
        (6, "million mn juta jt"),
        (9, "billion bn miliar milyar"),
        (12, "trillion triliun"),
    )
    for word in words.split()
} | {"dozen": Decimal(12), "lusin": Decimal(12)}
"""What a number before one of these words is multiplied with."""
SCALE = rf"(?:{'|'.join(SCALES)})"
"""Matches one of these words."""
_ONE_OF = {"seratus": "ratus", "seribu": "ribu", "sejuta": "juta", "semiliar": "miliar"}
NUMBER_WORDS = frozenset({*_WORDS, *_HUNDREDS, *SCALES, *_ONE_OF, "belas", "puluh"} - {"rb", "mn", "jt", "bn"})
"""Of which numbers in words are made, without short forms, which mean other things elsewhere."""
NUMBER_WORD = rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=lambda word: (-len(word), word)))})"
"""Matches one of these words, in small letters."""
_AND = ("and", "dan")


def with_amounts(words: Sequence[str]) -> list[str]:
    """Return words, in small letters, with each number among them in digits, however many words it has."""
    parts = [part for word in words for part in (("satu", _ONE_OF[word]) if word in _ONE_OF else (word,))]
    made: list[str] = []
    place = 0
    for number, following in enumerate(parts[1:]):
        if parts[number] == "a" and (following in _HUNDREDS or following in SCALES):
            parts[number] = "1"
    while place < len(parts):
        amount, count = _amount(parts[place:])
        made.append(f"{amount.normalize():f}" if count else parts[place])
        place += count or 1
    return made


def _amount(words: Sequence[str]) -> tuple[Decimal, int]:
    """Return the number with which words begin, and how many of them it takes; 0 if they begin with none."""
    total = hundreds = Decimal(0)
    rest: Decimal | None = None  # what stands after the last hundred or scale
    room = Decimal("Infinity")  # below it what comes next has to be
    count = 0
    for place, word in enumerate(words, start=1):
        value = _value(word)
        if value is not None and rest is None and value < room:
            rest, room = value, Decimal(10 if word in _TENS else 0)  # "twenty one"
        elif value is not None and rest is not None and word in _WORDS and value < room:
            rest, room = rest + value, Decimal(0)
        elif rest is not None and word == "belas" and rest < 10:
            rest, room = rest + 10, Decimal(0)
        elif rest is not None and word == "puluh" and rest < 10:
            rest, room = rest * 10, Decimal(10)
        elif rest is not None and word in _HUNDREDS and not hundreds:
            hundreds, rest, room = rest * 100, None, Decimal(100)
        elif word in SCALES and (rest is not None or hundreds):
            total += (hundreds + (rest or 0)) * SCALES[word]
            hundreds, rest, room = Decimal(0), None, SCALES[word]
        elif word in _AND and count and rest is None:
            continue
        else:
            break
        count = place
    return total + hundreds + (rest or 0), count


def _value(word: str) -> Decimal | None:
    return Decimal(word) if _DIGITS.fullmatch(word) else _WORDS.get(word)

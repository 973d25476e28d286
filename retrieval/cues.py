"""What kind of thing a question asks for, and what it names, told from its words in English and Indonesian."""

import re

_ASKS_DATE = re.compile(
    r"\b(?:when|kapan(?:kah)?|(?:what|which) (?:year|date|day|month|century)"
    r"|(?:tahun|tanggal|bulan|abad|hari) (?:ke )?(?:berapa|apa)(?:kah)?)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:1\d{3}|20\d\d|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|januari|februari|maret|mei|juni|juli|agustus|oktober|desember|century|abad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu)\b",
    re.IGNORECASE,
)
_ASKS_NUMBER = re.compile(
    r"\b(?:how (?:many|much|long|old|far|tall|high|big|large|often)|berapa(?:kah)?"
    r"|(?:what|which) (?:percent|percentage|number|age))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d.,]*")
_NUMBER_WORD = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundreds?|thousands?|millions?"
    r"|billions?|half|twice|once|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh"
    r"|ratus|ribu|juta|miliar|triliun|sebuah|seorang|setengah)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\s(\"“'])[A-Z][\w'-]+|\d[\d.,]*\d|\d")


def asked_kind_is_there(question: str, sentence: str) -> int:
    """Return 1 if the question asks for a date or a number and the sentence has one, -1 if not, 0 if neither."""
    if _ASKS_DATE.search(question):
        return 1 if _DATE.search(sentence) else -1
    if _ASKS_NUMBER.search(question):
        new = [number for number in _NUMBER.findall(sentence) if number not in question]
        return 1 if new or _NUMBER_WORD.search(sentence) else -1
    return 0


def missing_names(question: str, text: str) -> float:
    """Return the share of the question's names and numbers that a text does not have; 0 if it names none.

    A name is a capitalised word that is not the question's first.
    """
    names = [name.casefold() for name in _NAME.findall(question)]
    there = set(re.findall(r"\d[\d.,]*\d|[\w'-]+", text.casefold()))
    return sum(name not in there for name in names) / len(names) if names else 0.0

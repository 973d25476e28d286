"""Of which kind is what a question asks for: a time, a number, a person, a reason, somebody's words.

In English and Indonesian; and whether a text has that.
"""

import re

from retrieval.text.amounts import NUMBER_WORD
from retrieval.text.offices import ACTING, DEPUTY, FORMER, OFFICE
from retrieval.text.patterns import regex

_ASKS_DATE = regex(  # "when" where it asks, not as in "Who led it when the flood came?"
    r"(?:\A|[^\w\s]|\b(?:and|or|but|so|know|me|us|since|until|by)\b)\s*\bwhen\b|\bwhen\W*\Z"
    r"|\b(?:kapan(?:kah)?|(?:what|which) (?:year|date|day|month|century)"
    r"|(?:tahun|tanggal|bulan|abad|hari) (?:ke )?(?:berapa|apa)(?:kah)?)\b",
    re.IGNORECASE,
)
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_SHORT_MONTH = "(?:jan|feb|peb|mar|apr|jun|jul|aug|agu|agt|sept?|o[ck]t|nov|de[cs])"
_DATE = regex(
    r"\b(?:1\d{3}|20\d\d|(?-i:March|MARCH|May|MAY)"  # other than "march" and "may"
    r"|january|february|april|june|july|august|september|october|november|december"
    r"|januari|februari|maret|mei|juni|juli|agustus|oktober|desember|century|abad"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|senin|selasa|rabu|kamis|jumat|sabtu|minggu"
    rf"|{_DAY} {_SHORT_MONTH}|{_SHORT_MONTH}\.? {_DAY}|[0-3]\d/(?:0?[1-9]|1[0-2])|\d/\d\d?/\d\d)\b",
    re.IGNORECASE,
)
_ASKS_NUMBER = regex(
    r"\b(?:how (?:many|much|long|old|far|tall|high|big|large|often)|berapa(?:kah)?"
    r"|(?:what|which) (?:percent|percentage|number|age))\b",
    re.IGNORECASE,
)
ASKS_HOUR = regex(r"\b(?:jam|pukul) berapa\b|\b(?:at )?what (?:time|hour)\b", re.IGNORECASE)
_BEFORE_RELATIVE = (  # "those who paid", "the WHO"
    "the those people persons person anyone anybody everyone everybody someone somebody one ones others man men woman "
    "women children families residents members he she they"
).split()
_ASKS_WHO = regex(
    "".join(rf"(?<!\b{word} )" for word in _BEFORE_RELATIVE) + r"\b(?:who(?:m|se)?|siapa(?:kah)?)\b", re.IGNORECASE
)
_ASKS_WHY = regex(r"\b(?:why|kenapa|mengapa)\b", re.IGNORECASE)
_FIRST = r"\A\W*(?:and |dan )?"
WHEN_FIRST = regex(rf"{_FIRST}(?:when|kapan)\b|\bkapan(?=\W*\Z)", re.IGNORECASE)
"""Matches what a question that asks when something is begins with, or ends with in Indonesian."""
WHERE_FIRST = regex(rf"{_FIRST}(?:where|di ?mana)\b|\bdi ?mana(?=\W*\Z)", re.IGNORECASE)
WHO_FIRST = regex(rf"{_FIRST}(?:whom?(?: is| was|['’]s)?|siapa(?:kah)?(?: nama)?)\b|\bsiapa(?=\W*\Z)", re.IGNORECASE)
_OFFICE = rf"(?:(?:{DEPUTY}|{ACTING}|{FORMER})[ -]){{0,2}}{OFFICE}"
_ASKS_HOLDER = regex(  # "who is the new mayor", "siapa wakil ketua"; not "who met the mayor"
    rf"{_FIRST}(?:who(?:[’']s| is| was| are| were| became| has been)(?: (?!to\b|that\b)[\w'’-]+){{0,3}}? {_OFFICE}"
    rf"|siapa(?:kah)?(?: saja)?(?: nama| (?:(?:yang|yg) )?(?:(?:men)?jadi|menjabat|sebagai)){{0,2}} {_OFFICE})\b"
    rf"|\A\W*(?:nama )?{_OFFICE}\b.*\bsiapa(?=\W*\Z)",
    re.IGNORECASE,
)
_ASKS_NOT = regex(r"\b(?:not|tidak|tdk|tak|ga|gak|nggak|belum)\s+(?P<what>[^\W\d]+)", re.IGNORECASE)
_PERSON = r"(\S.{0,58}?\S)"
_WHOSE_WORDS = regex(  # "what did the mayor say", "does Ana Lim support it", "apa kata Ratna"
    rf"\b(?:did|does|do|has|had|would|will|is|was) {_PERSON} "
    r"(?:(?:really|also|still|not|now|first|later|ever) )*"
    r"(?:say|think|want|support|oppose|favou?r|believe|agree|call|tell|promise|demand|warn|admit|react|respond|answer"
    r"|regret|explain|describe|accept|against)\b"
    rf"|\b(?:according to|kata|menurut|pendapat|pandangan|tanggapan|komentar|sikap|jawaban) {_PERSON}"
    r"(?= (?:on|about|of|soal|tentang|ttg|mengenai|terhadap|atas|waktu|saat|ketika|kalau|jika|apa|yang)\b|[?,.]|\Z)"
    r"|\b(?:apa kata|saja kata|menurut|pendapat|pandangan|tanggapan|komentar|sikap|jawaban)(nya)\b"
    rf"|\b(?:apakah|kenapa|mengapa) {_PERSON} "
    r"(?:(?:masih|juga|tidak|gak|nggak) )*(?:setuju|mendukung|dukung|menolak|nolak|bilang|mengatakan|menyesal)\b",
    re.IGNORECASE,
)
_NUMBER = regex(r"\d+(?:[.,]\d+)*")
_NUMBER_WORD = regex(
    rf"\b(?:{NUMBER_WORD}|dozens|hundreds|thousands|millions|billions|half|twice|once"
    r"|(?:belas|puluh|ratus|ribu|juta|miliar)an|sebuah|seorang|setengah)\b",
    re.IGNORECASE,
)


def tells_time(text: str) -> bool:
    """Tell whether a text has a date, a month, a day of the week or the like; an hour alone is none."""
    return _DATE.search(text) is not None


def asks_when(question: str) -> bool:
    """Tell whether a question asks for a time."""
    return _ASKS_DATE.search(question) is not None


def asks_hour(question: str) -> bool:
    """Tell whether a question asks for a time of the day."""
    return ASKS_HOUR.search(question) is not None


def asks_number(question: str) -> bool:
    """Tell whether a question asks how many or how much, and not when."""
    return not asks_when(question) and _ASKS_NUMBER.search(question) is not None


def asked_kind_is_there(question: str, sentence: str) -> int:
    """Return 1 if the question asks for a date or a number and the sentence has one, -1 if not, 0 if neither."""
    if asks_when(question):
        return 1 if tells_time(sentence) else -1
    if _ASKS_NUMBER.search(question):
        new = set(_NUMBER.findall(sentence)).difference(_NUMBER.findall(question))
        return 1 if new or _NUMBER_WORD.search(sentence) else -1
    return 0


def asks_who(question: str) -> bool:
    """Tell whether a question asks for a person or a body."""
    return bool(_ASKS_WHO.search(question))


def asks_why(question: str) -> bool:
    """Tell whether a question asks for a reason, of which there may be several."""
    return bool(_ASKS_WHY.search(question))


def asks_holder(question: str) -> bool:
    """Tell whether a question asks who holds an office, or did."""
    return _ASKS_HOLDER.match(question) is not None


def asked_not(question: str) -> str:
    """Return the word that a question denies, in small letters: "siapa yang tidak hadir?"; nothing if none."""
    match = _ASKS_NOT.search(question)
    return match["what"].casefold() if match else ""


def whose_words(question: str) -> str:
    """Return whom a question asks for what they say or think, in its own words; nothing if it asks for other things."""
    match = _WHOSE_WORDS.search(question)
    return "" if match is None or asks_who(question) else next(filter(None, match.groups()))

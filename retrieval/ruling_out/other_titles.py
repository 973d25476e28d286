"""Before an Indonesian name stands another office than is asked for: "Kapolsek Wanasari", not "kapolres wanasari"."""

import re
from collections.abc import Sequence
from itertools import combinations

from retrieval.questions.kinds import asks_holder
from retrieval.text.offices import AN_OFFICE, OFFICE, offices_in_full
from retrieval.text.words import subject_stems
from retrieval.values import Reading

_OFFICES = re.compile(rf"(?:{OFFICE} )*{OFFICE}", re.IGNORECASE)  # "Presiden Direktur"
_BRACKETS = re.compile(r"\([^()]{0,20}\)")  # "Letkol (Purn.)"
_GOES_ON = re.compile(  # what follows an office is no more of it
    r"[,;:]|\.\s(?!\S)|\b(?:dan|yang|sebagai|adalah|ialah|oleh|kepada|bersama|(?:me|di|ber|ter)[^\W\d]{4,})\b"
)
_ENDS = re.compile(  # nor is what a question says of who holds it
    r"[,;:?]|\b(?:yang|yg|di|dari|pada|saat|ketika|waktu|setelah|sebelum|sejak|tahun|soal|tentang|itu|ini"
    r"|(?:me|di|ber|ter)[^\W\d]{4,})\b",
    re.IGNORECASE,
)
_FOR = re.compile(r"\buntuk\b", re.IGNORECASE)
_BY_NOW = frozenset("sekarang kini saat baru nama".split())
_OF_PLACE = re.compile(r"(?:bupati|wali ?kota|gubernur|camat|lurah|kades|kepala desa)\b", re.IGNORECASE)
_RANKS = frozenset(
    "jenderal letjen mayjen brigjen kolonel letkol mayor kapten lettu letda komjen irjen kombes akbp kompol akp iptu"
    " ipda inf purn pol laksamana prof ir dr drg drs dra hj kh tgk ust ustaz saudara saudari sdr sdri pak bapak ibu bu"
    " republik kabupaten kota kecamatan desa kelurahan".split()
)
_MOST_SHORTENED = 8  # words
_FEWEST_SHARED = 3  # words: "Kepala Dinas Pasar"


def is_of_other_title(question: str, reading: Reading) -> bool:
    """Tell whether the office before the name that is marked lacks a word of the question's, and has another instead.

    One of them may be short for the others: "jabar" for "Jawa Barat".
    """
    document, marked = reading.hit.document, reading.highlight
    asked = AN_OFFICE.search(question) if asks_holder(question) else None
    if document.language != "id" or reading.crosses or not marked or not asked:
        return False
    before = _BRACKETS.sub("", document.text[reading.sentence.start : marked[0]])
    offices = list(AN_OFFICE.finditer(before))
    first = next((one for one in offices if _OFFICES.fullmatch(before, one.start(), offices[-1].end())), None)
    named = before[first.start() :].rstrip() if first else ""
    called = named.removesuffix(",")
    if not called or _GOES_ON.search(called):
        return False
    end = _ENDS.search(question, asked.end())
    said = _in_full(question[asked.start() : end.start() if end else len(question)])
    return any(_differs(*parts) for parts in _parts(said, _in_full(called))) and (
        called == named or _is_of_another_body(said, called)
    )


def _is_of_another_body(asked: str, called: str) -> bool:
    """Tell whether an office before a comma, "Kepala Dinas Pasar Orla,", differs from what is asked only in a name.

    Before a comma people often leave out whose office it is, or say "the new director". Of a place, "Camat Orla,", one
    word is shared.
    """
    said = subject_stems(asked)
    own = [
        word for word in called.split() if all(forms.isdisjoint(one) for one in said for forms in subject_stems(word))
    ]
    least = 1 if _OF_PLACE.match(called) else _FEWEST_SHARED
    return len(called.split()) - len(own) >= least and all(word[0].isupper() for word in own)


def _parts(said: str, called: str) -> list[tuple[str, str]]:
    """Return two names of an office, or, if both have "untuk", what stands before that in both, and behind it."""
    parts = _FOR.split(said), _FOR.split(called)
    return list(zip(*parts, strict=True)) if len(parts[0]) == len(parts[1]) else [(said, called)]


def _differs(asked: str, called: str) -> bool:
    """Tell whether what an office is called lacks a word of what is asked for, and has another one instead."""
    said, there = subject_stems(asked), subject_stems(called)
    lacking = [forms for forms in said if not any(forms & one for one in there) and forms.isdisjoint(_BY_NOW)]
    others = [forms for forms in there if not any(forms & one for one in said) and forms.isdisjoint(_RANKS)]
    return bool(lacking and others) and not (_one_shortens(lacking, others) or _one_shortens(others, lacking))


def _in_full(text: str) -> str:
    return offices_in_full(re.sub(r"\bRI\b", "Republik Indonesia", text, flags=re.IGNORECASE))


def _one_shortens(shorts: Sequence[frozenset[str]], words: Sequence[frozenset[str]]) -> bool:
    """Tell whether one of some words, given as their stems, is short for several others that stand together."""
    full = [max(forms, key=len) for forms in words[:_MOST_SHORTENED]]
    runs = [full[start:end] for start, end in combinations(range(len(full) + 1), 2) if end - start > 1]
    return any(_shortens(short, run) for forms in shorts for short in forms for run in runs)


def _shortens(short: str, words: Sequence[str]) -> bool:
    """Tell whether a word is made of the beginnings of others, in their order, or of the last one's end: "kejari"."""
    if not words:
        return not short
    if len(words) == 1 and len(short) > 1 and words[0].endswith(short):
        return True
    begins = (short[:count] for count in range(1, len(short) + 1) if words[0].startswith(short[:count]))
    return any(_shortens(short[len(begin) :], words[1:]) for begin in begins)

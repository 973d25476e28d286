"""What is said of another class, week, weekday or code than a question names does not answer it: "kelas III"."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from retrieval.text.dates import WEEKDAY, weekday_number
from retrieval.text.headings import titles_above
from retrieval.text.markup import visible_text
from retrieval.text.numbered_parts import roman_value
from retrieval.text.paragraphs import paragraph_begin
from retrieval.text.table_rows import cells_of
from retrieval.values import Reading

_NUMBERED = (
    "annex block category chapter class court district division floor gate grade group hall level line lot phase"
    " platform room round route section sector stage step team terminal tier unit ward week zone"
    " blok bab dusun fase gedung gelombang golongan jalur jenjang kategori kelas kelompok lampiran lantai loket minggu"
    " pasal pekan putaran rt ruang rw sektor tahap tim tingkat tipe zona"
).replace(" ", "|")
_NUMBER = r"(?:\d{1,3}(?![.,]?\d)|(?-i:IX|IV|VI{0,3}|I{1,3}|X|[A-H]))(?!\w)"
_JOINED = rf"\s*(?:[,–/-]|\b(?:to|and|or|until|sampai|hingga|dan|atau)\b)\s*{_NUMBER}"
_NAMED = re.compile(
    rf"\b(?P<what>{_NUMBERED})(?P<several>s?)\s+(?:ke-?\s?|no\.? )?(?P<number>{_NUMBER})(?P<joined>{_JOINED})?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ASKED_DAY = re.compile(rf"\b(?:on|each|every|hari|tiap|setiap)\s+({WEEKDAY})s?\b(?![’'])", re.IGNORECASE)
_DAY = re.compile(rf"\b(?-i:(?=[A-Z]))({WEEKDAY})s?\b", re.IGNORECASE)
_COMPARED = re.compile(  # "down from 30 in week 11", "100 more than hall 1", "after phase 1"
    r"\b(?:than|from|after|before|instead of|compared (?:with|to)|daripada|dari|dibanding(?:kan)?|sebelum|setelah"
    r"|sesudah)(?: [\d.,]+)?(?: (?:in|pada|di))?\s+(?:the )?\Z",
    re.IGNORECASE,
)
_BEFORE = 200  # characters before a sentence, which may name what it goes on about
_TELLS_OF_ALL = re.compile(  # what it says of one day tells of the others, too
    rf"\b(?:except|every ?day|daily|closed|kecuali|(?:setiap|tiap) hari(?!\s+{WEEKDAY})|tutup|libur)\b"
    rf"|\b(?:from|since|until|mulai|sejak|sampai) (?:hari )?{WEEKDAY}\b",
    re.IGNORECASE,
)
_WEEKDAY = "weekday"
_CODE = re.compile(  # "T-02", "2024/142"; no day, "12/2", and no result, "3-1"
    r"(?<![\w/.:-])(?=[\w/-]*\d)(?:(?=[\w/-]*[^\W\d_])\w+(?:[/-]\w+)+|\d+/\d{3,})(?![\w/]|[.:]\d)"
)
_ORDINALS = (
    "first 1st pertama|second 2nd|third 3rd ketiga|fourth 4th keempat|fifth 5th kelima|sixth 6th keenam"
    "|seventh 7th ketujuh|eighth 8th kedelapan|ninth 9th kesembilan|tenth 10th kesepuluh|eleventh 11th kesebelas"
    "|twelfth 12th"
).split("|")
_ORDINAL = {word: str(number) for number, words in enumerate(_ORDINALS, start=1) for word in words.split()}
_ORDINAL_OF = re.compile(  # "third regional cash centre"; "putaran kesebelas"
    rf"\b(?P<ordinal>{'|'.join(word for word in _ORDINAL if not word.startswith('ke') and word != 'pertama')})\b"
    r"(?P<things>(?: (?!(?:of|in|on|at|to|for|and|or|was|is|were|are|has|will|that|who|which|takes?)\b)[^\W\d]+){1,3})"
    rf"|\b(?P<hal>[^\W\d]{{4,}}) (?P<ke>{'|'.join(word for word in _ORDINAL if word.startswith('ke'))})\b",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|another|tetapi|lagi)\b", re.IGNORECASE)  # of the next, beside what is named
_GOES_ON = re.compile(r"(?:It|They|This|These|Its|Their)\b")
_WORD = re.compile(r"\w+")
_NO_THINGS = frozenset(
    "half quarter time times day days week weeks month months year years century person place largest biggest most"
    " one".split()
)
_VALUE = re.compile(  # "the 50 crown note", "pecahan 50.000"
    r"\b(?P<value>\d[\d.,]*\d|\d)(?:-| )(?:[^\W\d]+ ){0,2}?(?P<what>notes?|coins?|stamps?|tickets?|banknotes?)\b"
    r"|\b(?P<apa>pecahan|lembar(?:an)?|keping(?:an)?)(?: Rp\.?)? ?(?P<nilai>\d[\d.,]*\d)",
    re.IGNORECASE,
)
_Numbers: TypeAlias = Mapping[str, set[str]]


def is_of_other_numbers(question: str, reading: Reading) -> bool:
    """Tell whether a sentence names another one of what a question names by its number, or weekday.

    So it is with an ordinal, "the second phase", or a value, "the 50 crown note". Otherwise the question names one, and
    the sentence only another, or else the next heading above that names any; what is right before it, the headings and
    the title do not have the one. What is marked as the answer does not count, nor what is only compared with; a
    weekday only before the mark.
    """
    asked = _numbers(question) | _weekdays(_ASKED_DAY.findall(question))
    document, sentence = reading.hit.document, reading.sentence
    if _is_of_other_ordinal(question, reading):
        return True
    if not asked or cells_of(document, sentence):  # a row is known by its columns (see table_cells)
        return False
    headings = titles_above(reading)
    above = [_named(visible_text(text, markdown=document.markdown)) for text in reversed(headings)]
    said = _said(reading)
    begin = paragraph_begin(document.text, max(document.body, sentence.start - _BEFORE), sentence.start)
    before = document.text[begin : sentence.end]
    near = _named(before) if said else {}
    for what, numbers in asked.items():
        found = [one[what] for one in (said, *above) if what in one]
        there = set[str]().union(*found, near.get(what, ()) if what in said else ())
        if found and len(numbers) == len(found[0]) == 1 and numbers.isdisjoint(there):
            return True
    return False


def _is_of_other_ordinal(question: str, reading: Reading) -> bool:
    """Tell whether a sentence has only the third of what a question asks the second of, or notes of another value.

    It does so before what is marked, or the sentence before it does on which it goes on.
    """
    asked = _ordinals(question)
    if not asked or _BUT.search(reading.text):
        return False
    document, sentences = reading.hit.document, reading.hit.passage.sentences
    place = sentences.index(reading.sentence)
    start = sentences[place - 1 if place and _GOES_ON.match(reading.text) else place].start
    end = reading.highlight[0] if reading.highlight else reading.sentence.end
    said = _ordinals(document.text[start:end])
    spelt = {_ORDINAL.get(word) for word in _WORD.findall(reading.text.casefold())}
    for thing, numbers in asked.items():
        if thing in said and numbers.isdisjoint(said[thing] | spelt) and len(numbers) == len(said[thing]) == 1:
            return numbers != {"1"} and not any(thing in _ordinals(text) for text in titles_above(reading))
    return False


def _ordinals(text: str) -> dict[str, set[str]]:
    """Return the things of which a text has one by its ordinal or its value, each with these."""
    found: dict[str, set[str]] = {}
    for match in _ORDINAL_OF.finditer(text):
        number = _ORDINAL[(match["ordinal"] or match["ke"]).casefold()]
        things = (match["things"] or match["hal"]).casefold().split()
        if _NO_THINGS.isdisjoint(things) and not _COMPARED.search(text, 0, match.start()):
            for thing in things:
                found.setdefault(thing.removesuffix("s"), set()).add(number)
    for match in _VALUE.finditer(text):
        value, what = match["value"] or match["nilai"], match["what"] or match["apa"]
        found.setdefault(what.casefold().removesuffix("s"), set()).add(re.sub(r"[.,]", "", value))
    return found


def _said(reading: Reading) -> _Numbers:
    """Return the numbers in a sentence beside what is marked, and the weekdays before it."""
    document, sentence = reading.hit.document, reading.sentence
    start, end = reading.highlight or (sentence.end, sentence.end)
    before, behind = document.text[sentence.start : start], document.text[end : sentence.end]
    beside = f"{before}…{behind}" if before or behind else reading.text
    days = [] if _TELLS_OF_ALL.search(reading.text) else _DAY.findall(before)
    return _numbers(visible_text(beside, markdown=document.markdown)) | _weekdays(days)


def _named(text: str) -> _Numbers:
    return _numbers(text) | _weekdays(_DAY.findall(text))


def _numbers(text: str) -> dict[str, set[str]]:
    """Return the numbers of what a text names by them; of what it names several, more than one."""
    found: dict[str, set[str]] = {}
    for match in _NAMED.finditer(text):
        if _COMPARED.search(text, 0, match.start()):
            continue
        number = match["number"].upper()
        several = {"..."} if match["several"] or match["joined"] else set()
        found.setdefault(match["what"].casefold(), set()).update(
            {str(roman_value(number.casefold()) or number.lstrip("0"))}, several
        )
    for code in _CODE.findall(text):
        found.setdefault(_DIGIT.sub("9", code.upper()), set()).add(code.upper())
    return found


def _weekdays(days: Sequence[str]) -> dict[str, set[str]]:
    return {_WEEKDAY: {str(weekday_number(day)) for day in days}} if days else {}

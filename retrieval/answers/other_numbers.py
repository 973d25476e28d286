"""What is said of another class, week or weekday than a question names does not answer it: "kelas III"."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from retrieval.answers.subject import related_last
from retrieval.text.dates import WEEKDAY, weekday_number
from retrieval.text.markup import visible_text
from retrieval.text.table_rows import cells_of, headings_above
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
_ROMAN = {roman: str(number) for number, roman in enumerate("I II III IV V VI VII VIII IX X".split(), start=1)}
_ASKED_DAY = re.compile(rf"\b(?:on|each|every|hari|tiap|setiap)\s+({WEEKDAY})s?\b(?![’'])", re.IGNORECASE)
_DAY = re.compile(rf"\b(?-i:(?=[A-Z]))({WEEKDAY})s?\b", re.IGNORECASE)
_TELLS_OF_ALL = re.compile(  # what it says of one day tells of the others, too
    rf"\b(?:except|every ?day|daily|closed|kecuali|(?:setiap|tiap) hari(?!\s+{WEEKDAY})|tutup|libur)\b", re.IGNORECASE
)
_WEEKDAY = "weekday"
_Numbers: TypeAlias = Mapping[str, set[str]]


def without_other_numbers(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put last, as no answer, sentences that name another one of what a question names by its number, or weekday.

    The question names one, and the sentence only another, which is not marked as the answer; neither the title nor a
    heading above has the one.
    """
    asked = _numbers(question) | _weekdays(_ASKED_DAY.findall(question))
    return related_last(readings, [one for one in readings if asked and _is_of_another(asked, one)])


def _is_of_another(asked: _Numbers, reading: Reading) -> bool:
    document, sentence = reading.hit.document, reading.sentence
    if cells_of(document, sentence):  # a row is known by its columns (see table_cells)
        return False
    start, end = reading.highlight or (sentence.end, sentence.end)
    beside = f"{document.text[sentence.start : start]}…{document.text[end : sentence.end]}"
    told = reading.text if beside == "…" else beside
    said = _named(visible_text(told, markdown=document.markdown))
    above = _named("\n".join((document.title, *headings_above(document, reading.hit.passage, sentence))))
    return any(
        len(numbers) == len(said.get(what, ())) == 1 and numbers.isdisjoint(said[what] | above.get(what, set()))
        for what, numbers in asked.items()
    )


def _named(text: str) -> _Numbers:
    return _numbers(text) | _weekdays([] if _TELLS_OF_ALL.search(text) else _DAY.findall(text))


def _numbers(text: str) -> dict[str, set[str]]:
    """Return the numbers of what a text names by them; of what it names several, more than one."""
    found: dict[str, set[str]] = {}
    for match in _NAMED.finditer(text):
        number = match["number"].upper()
        several = {"..."} if match["several"] or match["joined"] else set()
        found.setdefault(match["what"].casefold(), set()).update({_ROMAN.get(number, number.lstrip("0"))}, several)
    return found


def _weekdays(days: Sequence[str]) -> dict[str, set[str]]:
    return {_WEEKDAY: {str(weekday_number(day)) for day in days}} if days else {}

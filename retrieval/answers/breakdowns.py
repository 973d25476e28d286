"""Numbers side by side, "five in Selle, three in Mbara", "57 injured and 3 missing": that which is asked for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.questions.asked_contact import contact_in
from retrieval.questions.kinds import asks_number
from retrieval.text.amounts import NUMBER_WORD
from retrieval.text.names import FULL_NAME, NAME_WORD, names_had, names_within
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of
from retrieval.text.words import STOP_WORDS, stems
from retrieval.values import Reading

_WORDS = rf"(?i:{NUMBER_WORD})"
_NUMBER = rf"(?<![\w.,$€£%])(?<!Rp )(?<!\d )(?:\d[\d.,]*(?<=\d)|{_WORDS}(?:[- ](?:and |dan )?{_WORDS})*)"
_PART = regex(rf"(?P<number>{_NUMBER}) (?:in|at|di) (?P<place>{NAME_WORD}(?: {NAME_WORD})*)")
_BETWEEN = regex(r"\s*(?:[,;]\s*)?(?:(?:and|dan|serta)\s+)?")  # parts of one list
_COUNT = regex(rf"{_NUMBER} (?P<what>[^\W\d_]+)")
_MEASURE = regex(  # of which several make up one amount: "2 hours 30 minutes"
    r"(?:hour|minute|second|day|week|month|year|mile|metre|meter|inche?|pound|dollar|cent|euro)s?|feet|foot|k?m|cm|k?g"
    r"|jam|menit|detik|hari|minggu|pekan|bulan|tahun|meter|gram|ton|rupiah|(?:thousand|million|billion)s?|ribu|juta|miliar",
    re.IGNORECASE,
)
_ENTRY = regex(r"(?=\S)[^;\n]+")
_CALLED = r"\+?\(?\d[\d ()./-]{4,}\d"
_MAIL = r"[\w.+-]+@[\w.-]+\w"
_REACHED = regex(rf"(?<!\w){_CALLED}|{_MAIL}")
_FORMS = (_CALLED, _MAIL, FULL_NAME)  # of what may be marked in an entry
_FEW_WORDS = 3  # of a question that only names what is counted: "injured?"


def with_parts_marked(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, in each the one number marked that a question asks for.

    That is the one that its sentence gives for a place, if it asks how many, and there are such numbers for several
    places; or, of several that are marked together, the one before a word of the question. So it is with a number to
    call and an address of e-mail.
    """
    return [_with_part_marked(question, one) for one in readings]


def _with_part_marked(question: str, reading: Reading) -> Reading:
    if contact := contact_in(question, reading.text, reading.marked):
        begin, end = contact
        return replace(reading, highlight=(reading.sentence.start + begin, reading.sentence.start + end))
    may_count = asks_number(question) or len(question.split()) <= _FEW_WORDS
    document = reading.hit.document
    found = _COUNT.finditer(document.text, *reading.highlight) if may_count and reading.highlight else ()
    counts = [one for one in found if one["what"].casefold() not in STOP_WORDS]
    if len(counts) > 1 and not any(_MEASURE.fullmatch(one["what"]) for one in counts):
        asked = set(stems(question, document.language))
        named = [one for one in counts if not asked.isdisjoint(stems(one["what"], document.language))]
        return replace(reading, highlight=named[0].span()) if len(named) == 1 else reading
    return _with_place_marked(question, reading)


def with_entries_marked(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings, each marked in the entry that is asked for: "Ana Lim, Wick, 0811 1; Bo Roe, Selle, 0811 2".

    So it is where each entry tells how to reach somebody: of other sentences each part may go on from the one before.
    What was marked in another moves to what is of its form there; what goes over several is what stands in that one.
    """
    return [_with_entry_marked(question, one) for one in readings]


def _with_entry_marked(question: str, reading: Reading) -> Reading:
    document, sentence = reading.hit.document, reading.sentence
    if not reading.highlight or ";" not in reading.text or cells_of(document, sentence):
        return reading
    entries = [match.span() for match in _ENTRY.finditer(document.text, sentence.start, sentence.end)]
    names = names_within(question)
    texts = [document.text[slice(*one)] for one in entries]
    named = [place for place, text in enumerate(texts) if names and len(names_had(text, names)) == len(names)]
    begin, end = reading.highlight
    over = [place for place, one in enumerate(entries) if begin < one[1] and one[0] < end]
    if len(named) != 1 or not over or over == named or not all(map(_REACHED.search, texts)):
        return reading
    [place] = named
    if place in over:
        return replace(reading, highlight=(max(begin, entries[place][0]), min(end, entries[place][1])))
    form = next((one for one in _FORMS if re.fullmatch(one, reading.marked.strip())), None)
    found = re.search(form, texts[place]) if form else None
    start = entries[place][0]
    return replace(reading, highlight=(start + found.start(), start + found.end())) if found else reading


def _with_place_marked(question: str, reading: Reading) -> Reading:
    names = names_within(question) if asks_number(question) else []
    document, sentence = reading.hit.document, reading.sentence
    parts = list(_PART.finditer(document.text, sentence.start, sentence.end)) if names else []
    meant = [part for part in parts if names_had(part["place"], names)]
    between = (document.text[one.end() : other.start()] for one, other in pairwise(parts))
    if len(parts) == 1 or len(meant) != 1 or not all(map(_BETWEEN.fullmatch, between)):
        return reading
    return replace(reading, highlight=meant[0].span("number"))

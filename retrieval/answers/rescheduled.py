"""A day that was moved, a figure that was revised: who asks hears the one that it was moved to, not the one of before.

"PERUBAHAN: sidang batal. Dijadwal ulang Kamis 3 September", later in a chat; or "originally on 13 August, postponed
to 20 August"; "the final toll was 217; earlier reports gave 208".
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.lookups.sure import at_least
from retrieval.questions.report_names import report_names
from retrieval.text.amounts import SCALE
from retrieval.text.correction_words import figures_in
from retrieval.text.dates import newer
from retrieval.text.days import DAY, Day, day_of, without_days
from retrieval.text.patterns import regex
from retrieval.text.words import subject_stems, words_had
from retrieval.values import Hit, Reading

_MAY_ANSWER = 0.3  # confidence from which on a sentence reads as an answer
_MOVED = (
    r"(?:postponed|rescheduled|moved|put (?:off|back)|brought forward|adjourned|deferred|shifted|delayed"
    r"|ditunda|diundur(?:kan)?|dimundurkan|mundur|dimajukan|digeser|dipindah(?:kan)?|(?:di)?jadwal(?:kan)?(?= ulang\b))"
)
_THE = r"(?:(?:the|hari|tanggal|tgl|pada)\W+)*"
_MOVED_TO = regex(  # or "he now expects 30 May"
    rf"(?:\b{_MOVED}\b.{{0,80}}?\b(?:to|until|till|for|ke|menjadi|jadi|hingga|sampai|ulang)\W+{_THE}"
    r"|\b(?:now (?:expect(?:s|ed)?|hopes?|promises?|planned|scheduled|due|set)"
    r"|(?:kini|sekarang) (?:diperkirakan|dijadwalkan|direncanakan|ditargetkan|dijanjikan))\b[^.;\d]{0,40}?)"
    rf"(?P<day>{DAY})",
    re.IGNORECASE | re.DOTALL,
)
_MOVED_FROM = regex(
    rf"\b(?:originally|initially|first|from|semula|awalnya|sedianya|dari)\b[^.;]{{0,60}}?(?P<day>{DAY})", re.IGNORECASE
)
_ASKS_OF_BEFORE = regex(
    r"\b(?:originally|initially|first|before|until|postponed|semula|awalnya|sedianya|tadinya|sebelum\w*|ditunda|diundur)\b",
    re.IGNORECASE,
)
_DAY = regex(DAY, re.IGNORECASE)
_SUM = rf"(?:(?:Rp|US\$|[$€£])\s?)?(?:\d[\d.,]*\d|\d)(?!\w)(?:\s{SCALE}\b)?"
_A_SUM = regex(_SUM, re.IGNORECASE)
_REVISED = regex(  # "diubah dari Rp15 juta menjadi Rp10 juta"
    r"\b(?:changed|revised|corrected|amended|raised|lowered|reduced|increased|diubah|direvisi|dikoreksi|diralat|dinaikkan"
    r"|diturunkan|diperbarui)\b[^.;]{0,60}?"
    rf"\b(?:from|dari)\s+(?P<old>{_SUM})[^.;]{{0,40}}?\s(?:to|menjadi|ke|jadi)\s+(?P<new>{_SUM})",
    re.IGNORECASE,
)
_GAVE_BEFORE = regex(  # "earlier reports gave 208", "first announced as 29 million dollars", "semula 12 orang"
    r"\b(?:(?:earlier|previous|first|initial|preliminary)"
    r" (?:reports?|figures?|counts?|estimates?|statements?|releases?)\b[^.;\d]{0,30}?"
    r"|(?:first|originally|initially|previously|earlier)"
    r" (?:announced|given|reported|stated|put|estimated|published)\s+(?:as|at|to be)\s+"
    r"|(?:laporan|data|angka|rilis) (?:awal|sebelumnya|terdahulu|pertama)\b[^.;\d]{0,30}?"
    r"|(?:semula|awalnya|sebelumnya)\s+(?:(?:disebut|dilaporkan|diumumkan|tercatat|diberitakan)\w*\s+)?"
    rf"(?:sebanyak |sebesar )?)(?P<old>{_SUM})"
    rf"(?:[^.;\d]{{0,20}}\b(?:kini|sekarang|menjadi|jadi|now)\s(?:only |hanya |sebesar )?(?P<new>{_SUM}))?",
    re.IGNORECASE,
)
_IS_YEAR = regex(r"(?:19|20)\d\d")
_SMALL = 20  # figures below it are those of many things
_MEETINGS = subject_stems(
    "hearing meeting session event trial schedule date sidang rapat acara jadwal agenda hari tanggal"
)


@dataclass(frozen=True, slots=True)
class _Moved:
    """A sentence that tells to which day something was moved, and from which, if it does."""

    reading: Reading
    span: tuple[int, int]
    day: Day
    before: Day | None


def rescheduled_first(question: str, readings: Sequence[Reading], beside: Iterable[Hit] = ()) -> list[Reading]:
    """Return the readings of a question for a day with that first which moves the day that the first one marks.

    It stands later, or says which day that was before, and has all words of the question that the first one has, or the
    sentence before it does; it may be of passages `beside` those that were read. What marks the day of before answers
    no more. Nothing changes for who asks for that.
    """
    first = readings[0] if readings else None
    day = _day_marked(first) if first and not _ASKS_OF_BEFORE.search(question) else None
    if first is None or day is None or first.confidence < _MAY_ANSWER:
        return list(readings)
    asked = subject_stems(question)
    near = map(_moved, _with_unread(readings, beside))
    moved = [one for one in near if one and _moves(asked, one, first, day)]
    if not moved:
        return list(readings)
    last = max(moved, key=lambda one: (one.reading.hit.document.date or "", one.reading.sentence.start))
    if last.day.meets(day):
        return list(readings)
    others = [one for one in readings if one.place != last.reading.place]
    superseded = [one for one in others if (other := _day_marked(one)) and other.meets(day)]
    left = [one for one in others if one not in superseded]
    return [at_least(first.confidence, last.reading, last.span), *left, *(one.silent() for one in superseded)]


def revised_first(question: str, readings: Sequence[Reading], beside: Iterable[Hit] = ()) -> list[Reading]:
    """Return the readings of a question for a figure with that first which calls the one that is marked that of before.

    It is of no older document, and has a word of the question; one for small figures has all that the first
    has. What marks the old figure answers no more. Nothing changes for who asks of a report, or for that of before.
    """
    first = readings[0] if readings else None
    old = _number_in(first.marked) if first and not _ASKS_OF_BEFORE.search(question) else None
    if first is None or old is None or first.confidence < _MAY_ANSWER or report_names(question):
        return list(readings)
    asked = subject_stems(question)
    near = _with_unread(readings, beside)
    revising = [one for one in near if _revised(one, old) and _may_revise(asked, one, first, old)]
    if not revising:
        return list(readings)
    last = max(revising, key=lambda one: (one.hit.document.date or "", one.sentence.start))
    found = at_least(first.confidence, last, _revised(last, old))
    others = [one for one in readings if one.place != last.place]
    superseded = [
        one
        for one in others
        if _number_in(one.marked) == old and not newer(one.hit.document.date, last.hit.document.date)
    ]
    return [found, *(one for one in others if one not in superseded), *(one.silent() for one in superseded)]


def _with_unread(readings: Sequence[Reading], beside: Iterable[Hit]) -> list[Reading]:
    """Return readings, and the sentences of passages beside them that were not read, as not sure at all."""
    there = {one.place for one in readings}
    unread = (Reading(hit, sentence, 0.0) for hit in beside for sentence in hit.passage.sentences)
    return [*readings, *(one for one in unread if one.place not in there)]


def _may_revise(asked: Sequence[frozenset[str]], one: Reading, first: Reading, old: float) -> bool:
    """Tell whether a sentence, of no older document than the first one, speaks of the same."""
    document = one.hit.document
    if newer(first.hit.document.date, document.date):
        return False
    had = _had(asked, one, with_before=True) | words_had(asked, document.title, document.language)
    return bool(had) and (old >= _SMALL or had >= _had(asked, first, with_before=False))


def _revised(reading: Reading, old: float) -> tuple[int, int] | None:
    """Return where a sentence has the figure that takes the place of an old one; None if it does not say so."""
    text, sentence = reading.hit.document.text, reading.sentence
    revised = _REVISED.search(text, sentence.start, sentence.end)
    if revised and _number_in(revised["old"]) == old:
        return revised.span("new")
    before = _GAVE_BEFORE.search(text, sentence.start, sentence.end)
    if before is None or _number_in(before["old"]) != old:
        return None
    if before["new"]:
        return before.span("new")
    said = without_days(text[sentence.start : before.start()])
    sums = [one for one in _A_SUM.finditer(said) if not _IS_YEAR.fullmatch(one[0]) and _number_in(one[0]) != old]
    nearest = min(sums, key=lambda one: _distance(_number_in(one[0]), old), default=None)
    return (sentence.start + nearest.start(), sentence.start + nearest.end()) if nearest else None


def _number_in(text: str) -> float | None:
    """Return the figure in a text, if it has just one."""
    figures = figures_in(text)
    try:
        [number] = map(float, figures)
    except ValueError:
        return None
    return number


def _distance(now: float | None, was: float) -> float:
    """Return how many times a figure is larger or smaller than one before, as a logarithm."""
    return abs(math.log(now / was)) if now and was else math.inf


def _moves(asked: Sequence[frozenset[str]], moved: _Moved, first: Reading, day: Day) -> bool:
    """Tell whether a sentence moves what the first reading says to be on a day."""
    one = moved.reading
    if one.place == first.place:
        return True
    had, of_first = _had(asked, one, with_before=True), _had(asked, first, with_before=False)
    if moved.before is not None:
        return moved.before.meets(day) and bool(had)
    is_same = one.hit.document.id == first.hit.document.id
    is_later = one.sentence.start > first.sentence.start
    is_after = is_later if is_same else newer(one.hit.document.date, first.hit.document.date)
    return is_after and had >= of_first and not had <= {*_MEETINGS}


def _had(asked: Sequence[frozenset[str]], reading: Reading, *, with_before: bool) -> set[frozenset[str]]:
    """Return which words of a question, as their forms, a sentence has, or also what stands before it.

    That is the sentence before, or the beginning of its line, which may stand in another passage.
    """
    document, sentence, sentences = reading.hit.document, reading.sentence, reading.hit.passage.sentences
    begin = sentence.start
    if with_before:
        line = document.text.rfind("\n", 0, sentence.start) + 1
        begin = max(document.body, min(line, sentences[max(0, sentences.index(sentence) - 1)].start))
    return words_had(asked, document.text[begin : sentence.end], document.language)


def _moved(reading: Reading) -> _Moved | None:
    document, sentence = reading.hit.document, reading.sentence
    moved = _MOVED_TO.search(document.text, sentence.start, sentence.end)
    day = day_of(moved["day"]) if moved else None
    if moved is None or day is None:
        return None
    earlier = _MOVED_FROM.search(document.text, sentence.start, sentence.end)
    before = day_of(earlier["day"]) if earlier and earlier.start("day") != moved.start("day") else None
    return _Moved(reading, moved.span("day"), day, before)


def _day_marked(reading: Reading) -> Day | None:
    """Return the first day of a month that a reading marks; None if it marks none."""
    match = _DAY.search(reading.marked)
    return day_of(match[0]) if match else None

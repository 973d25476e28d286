"""A day that was moved: who asks when something is hears the day that it was moved to, not the one of before.

"PERUBAHAN: sidang batal. Dijadwal ulang Kamis 3 September", later in a chat; or "originally on 13 August, postponed
to 20 August".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retrieval.text.dates import newer
from retrieval.text.days import DAY, Day, day_of
from retrieval.text.words import stems, subject_stems
from retrieval.values import Hit, Reading

_MAY_ANSWER = 0.3  # confidence from which on a sentence reads as an answer
_MOVED = (
    r"(?:postponed|rescheduled|moved|put (?:off|back)|brought forward|adjourned|deferred|shifted|delayed"
    r"|ditunda|diundur(?:kan)?|dimundurkan|mundur|dimajukan|digeser|dipindah(?:kan)?|(?:di)?jadwal(?:kan)?(?= ulang\b))"
)
_THE = r"(?:(?:the|hari|tanggal|tgl|pada)\W+)*"
_MOVED_TO = re.compile(
    rf"\b{_MOVED}\b.{{0,80}}?\b(?:to|until|till|for|ke|menjadi|jadi|hingga|sampai|ulang)\W+{_THE}(?P<day>{DAY})",
    re.IGNORECASE | re.DOTALL,
)
_MOVED_FROM = re.compile(
    rf"\b(?:originally|initially|first|from|semula|awalnya|sedianya|dari)\b[^.;]{{0,60}}?(?P<day>{DAY})", re.IGNORECASE
)
_ASKS_OF_BEFORE = re.compile(
    r"\b(?:originally|initially|first|before|until|postponed|semula|awalnya|sedianya|tadinya|sebelum\w*|ditunda|diundur)\b",
    re.IGNORECASE,
)
_DAY = re.compile(DAY, re.IGNORECASE)
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

    def put(self, confidence: float) -> Reading:
        """Return its reading, at least so sure, with the day marked."""
        sure, in_document = max(confidence, self.reading.confidence), max(confidence, self.reading.in_document)
        return replace(self.reading, confidence=sure, in_document=in_document, highlight=self.span)


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
    there = {one.place for one in readings}
    unread = (Reading(hit, sentence, 0.0) for hit in beside for sentence in hit.passage.sentences)
    near = [*readings, *(one for one in unread if one.place not in there)]
    moved = [one for one in map(_moved, near) if one and _moves(asked, one, first, day)]
    if not moved:
        return list(readings)
    last = max(moved, key=lambda one: (one.reading.hit.document.date or "", one.reading.sentence.start))
    if last.day.meets(day):
        return list(readings)
    others = [one for one in readings if one.place != last.reading.place]
    superseded = [one for one in others if (other := _day_marked(one)) and other.meets(day)]
    left = [one for one in others if one not in superseded]
    return [last.put(first.confidence), *left, *(one.silent() for one in superseded)]


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
    there = set(stems(document.text[begin : sentence.end], document.language))
    return {forms for forms in asked if not forms.isdisjoint(there)}


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

"""What a correction says was wrong does not answer, but the sentence after it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from retrieval.questions.kinds import WHERE_FIRST, WHO_FIRST, asks_hour, asks_when, tells_time
from retrieval.reading.once import one_a_sentence
from retrieval.text.correction_words import (
    CORRECTION_WORDS,
    IN_A_PAPER,
    NOT_FIGURE,
    SAYS_NOW,
    SAYS_RIGHT,
    corrects,
    figures_in,
)
from retrieval.text.names import names_within
from retrieval.text.paragraphs import PARAGRAPH_BREAK
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, stems
from retrieval.values import Hit, Reading, Sentence

_SAYS_BEFORE = regex(
    r"\b(?:(?:was|were) (?:\w+ )?(?:given|stated|reported|printed|published|put) (?:as|at)\b"
    r"|(?:reports?|releases?|article|story|version|statement|bulletin|communiqu[eé]|briefing|obituary|column|caption"
    r"|headline|graphic|profile|review"
    r"|(?:the|our) minutes)"
    r"(?: (?:no\.? ?|of |dated |on )?[\w/.-]*\d[^,;:!?]{0,20}?| [\"“'‘][^\"”’]{1,80}[\"”'’])?"
    r" (?:(?:also|had|originally|initially|first|previously) )*"
    r"(?:said|stated|reported|wrote|gave|put|misstated|recorded|named|called)\b"
    r"|we (?:(?:had|also|wrongly) )?(?:said|wrote|reported|called|named|quoted)\b"
    r"|we (?:(?:had|also|wrongly) )?(?:gave|put|listed|described)\b[^.;:!?]{1,60}? (?:as|at)\b"
    r"|kami (?:menulis|menyebut|memberitakan|mencantumkan)\w*\b"
    r"|\bit (?:originally|initially|first|previously) (?:said|stated|gave|put|named)\b"
    r"|(?:wrongly|incorrectly|erroneously|mistakenly|misstated|keliru)\b"
    r"|(?:laporan|berita|artikel|siaran pers|rilis)\b[^,;:!?]{0,30}?"
    r" (?:tertulis|tercantum|disebut(?:kan)?|diberitakan|mencantumkan)\b"
    r"|(?:laporan|berita|artikel|siaran pers|rilis) ini (?:(?:sebelumnya|semula|awalnya) )?(?:menyebut|menulis)\w*\b)",
    re.IGNORECASE,
)
_WRITTEN_THERE = regex(  # in a correction: "Ketiga, tertulis bahwa …", "In "Harbour fee" (3 June) …"
    rf"\A{IN_A_PAPER}|(?:\A|[,;:]\s+)(?:tertulis|tercantum|tertera|(?:disebut|ditulis|diberitakan)(?:kan)?)\b"
    r"|\b(?:tertulis|tercantum|tertera|(?:disebut|ditulis|diberitakan)(?:kan)?) (?:bahwa|sebagai)\b"
    r"|\b(?:keterangan foto|takarir|grafi[ks]|infografis|tabel|judul|peta)\b[^,;:.!?]{0,30}?"
    r" (?:menyebut|menulis|mencantumkan|tertulis|tercantum|tertera)\w*\b",
    re.IGNORECASE,
)
_OF_A_PAPER = regex(rf"\A{IN_A_PAPER}(?:,? ?\([^()]{{1,60}}\))?", re.IGNORECASE)
_PAPER_SAYS = regex(  # "The paragraph gives the total as 5. This is wrong."
    r"\b(?:paragraph|table|sheet|statement|text|programme|program|list|annex|leaflet|map)\b[^.,;:!?]{0,20}?"
    r" (?:(?:also|still) )?(?:gives?|gave|says?|said|states?|stated|shows?|showed|lists?|listed|names?|named|puts?)\b",
    re.IGNORECASE,
)
_IS_WRONG = regex(
    r"\W*(?:this|that|it|the (?:figure|number|name|date|total)|(?:hal )?(?:ini|itu)) (?:(?:is|was|adalah) )?"
    r"(?:(?:wrong|incorrect|mistaken|not (?:right|correct)|an error|a mistake|keliru|salah|tidak (?:benar|tepat)))\W*",
    re.IGNORECASE,
)
_ITEM = regex(r"\d{1,2}[.)]\s")
_CANCELLED = regex(
    r"\W*(?:(?:it|this|(?:the|that) (?P<what>\w+))(?: (?:has|have|had|will))?(?: now)? (?:was|is|were|are|been|be)"
    r"(?: now)? (?:cancell?ed|called off|withdrawn)"
    r"|(?P<apa>\w+) (?:itu|tersebut|ini) (?:(?:telah|sudah|kini|kemudian|akhirnya) )?(?:dibatalkan|dicabut|batal"
    r"|ditiadakan))\b",
    re.IGNORECASE,
)
_CANNOT = regex(  # "Ana Lim, who was to speak, cannot come"
    r"\b(?:was|were) (?:(?:due|going|supposed|meant) )?to\b"
    r".*\b(?:can ?not|can[’']t|could ?n[o’']t|unable|ill|withdrew)\b"
    r"|\b(?:seharusnya|semula|sedianya|dijadwalkan)\b.*\b(?:berhalangan|tidak (?:bisa|dapat|jadi)|batal|sakit)\b",
    re.IGNORECASE | re.DOTALL,
)
_ASKS_ABSENT = regex(
    r"\b(?:not|can[’']?t|\w+n[’']t|cannot|ill|unable|withdrew|absent|(?:was|were) (?:\w+ )?to|originally|seharusnya"
    r"|semula|sedianya|berhalangan|tidak|gak|batal|sakit|digantikan)\b",
    re.IGNORECASE,
)
_STANDS_IN = regex(
    r"(?P<who>[^\s.,;][^.;]{1,60}?),?(?: (?:now|will|akan|kini))? (?:(?:takes?|took) (?:her|his|their|the) place"
    r"|st(?:ands?|eps?|epped|ood) in|replaces? (?:her|him|them)|menggantikan(?:nya)?)\b",
    re.IGNORECASE,
)
_RIGHT_WITHIN = 4  # sentences after one that is called wrong
_LABEL = regex(rf"\A\W*(?:{CORRECTION_WORDS}|amendments?)\b[^:.]{{0,30}}[:.]\W*", re.IGNORECASE)
_OF_ITSELF = regex(
    r"\bversions? of (?:this|our)\b|\bversi (?:sebelumnya|awal|pertama)\b"
    r"|\b(?:this|our) (?:article|story|report|column|page|interview|release|statement)\b.{0,20}?"
    r"\b(?:originally|initially|previously|wrongly|incorrectly|mistakenly|erroneously|misstated)\b"
    r"|\b(?:berita|artikel|laporan|siaran pers|rilis) ini\b.{0,20}?\b(?:sebelumnya|semula|awalnya|keliru)\b"
    r"|\b(?:sebelumnya|semula|awalnya)\b.{0,20}?\b(?:berita|artikel|laporan|siaran pers|rilis) ini\b",
    re.IGNORECASE,
)
_SAYS_THEN = regex(r"[;:]\s+(?:[\w’'-]+\s+){1,4}(?:is|are|was|were|adalah)\b")  # "…; it is 5 dollars"
_INSTEAD = regex(  # what comes before its end was wrong
    r"\b(?P<not>not|bukan)\b.{1,80}?\b(?:but|melainkan|tetapi)\b"
    r"|\b(?:seharusnya|melainkan|yang benar|should (?:be|read|have (?:been|read)))\b",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = regex(r"(?P<number>[$€£]?\d[\d.,]*\d|[$€£]?\d)(?P<unit>(?: [^\W\d]+)?)")


def without_withdrawn(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put the sentence after it in the place of one in which a correction says what was wrong: "It was given as 5.".

    In one that says both, what was wrong is not marked: "It said 5, it should be 6". Who asks for somebody gets no
    figure for it.
    """
    for_who = WHO_FIRST.search(question)
    told = ((one, _what_is_right(one)) for one in _not_denied(readings))
    right = (one if for_who and not (instead and names_within(instead.text)) else instead for one, instead in told)
    return one_a_sentence(filter(None, right))  # it may have been read itself, as less sure


def without_cancelled(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Put the sentence after it in the place of when or where something is that was cancelled, as that says.

    So it is with who was to do something, and cannot, if it says who takes their place.
    """
    if WHO_FIRST.search(question) and not _ASKS_ABSENT.search(question):
        return one_a_sentence(map(_standing_in, readings))
    if not (asks_when(question) or asks_hour(question) or WHERE_FIRST.search(question)):
        return list(readings)
    return one_a_sentence(map(_cancelling, readings))


def _standing_in(reading: Reading) -> Reading:
    """Return the sentence after a reading, if that says who takes the place of who is told not to come; else itself."""
    after = _said_after(reading)[:1] if _CANNOT.search(reading.text) else []
    stands_in = _STANDS_IN.match(after[0].text) if after else None
    if not stands_in:
        return reading
    begin, end = (after[0].sentence.start + place for place in stands_in.span("who"))
    return replace(after[0], highlight=(begin, end))


def _cancelling(reading: Reading) -> Reading:
    """Return the sentence after a reading, if that says that it was cancelled; else itself."""
    after = _said_after(reading)[:1]
    return after[0] if after and _is_cancelled(reading.text, after[0].text) else reading


def _is_cancelled(planned: str, said: str) -> bool:
    """Tell whether a sentence says that what the one before it tells of was cancelled: "Acara itu dibatalkan."."""
    match = _CANCELLED.match(said)
    what = match and (match["what"] or match["apa"])
    return match is not None and (not what or re.search(rf"\b{re.escape(what)}", planned, re.IGNORECASE) is not None)


def _not_denied(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the readings, in the place of one whose figure its document says to be wrong the sentence that does.

    So it is where a mail corrects the one that it quotes: "147 homes, not 174".
    """
    hits = {one.hit.passage.number: one.hit for one in readings}
    denials = [one for hit in hits.values() for sentence in hit.passage.sentences if (one := _denial(hit, sentence))]
    for reading in readings:
        yield next((one.put_for(reading) for one in denials if one.is_of(reading)), reading)


@dataclass(frozen=True, slots=True)
class _Denial:
    """A sentence that says which figures were wrong, the stems of what they are of, and where the right one stands."""

    hit: Hit
    sentence: Sentence
    wrong: set[str]
    told: set[str]
    right: tuple[int, int] | None

    def is_of(self, reading: Reading) -> bool:
        """Tell whether what is marked in another sentence of the document is one of those figures, of the same."""
        document, figures = self.hit.document, figures_in(reading.marked)
        if not figures or not figures <= self.wrong or reading.hit.document.id != document.id:
            return False
        return reading.sentence != self.sentence and not self.told.isdisjoint(stems(reading.text, document.language))

    def put_for(self, reading: Reading) -> Reading:
        return replace(reading, hit=self.hit, sentence=self.sentence, highlight=self.right)


def _denial(hit: Hit, sentence: Sentence) -> _Denial | None:
    document = hit.document
    denied = NOT_FIGURE.search(document.text, sentence.start, sentence.end)
    if denied is None:
        return None
    wrong, told = figures_in(denied["wrong"]), document.text[sentence.start : denied.start()]
    right = [match.span() for match in _FIGURE.finditer(document.text, sentence.start, denied.start())]
    of_what = {stem for stem in stems(told, document.language) if not stem.isdecimal()} - STOP_WORDS - wrong
    return _Denial(hit, sentence, wrong, of_what, right[-1] if right else None)


def _what_is_right(reading: Reading) -> Reading | None:
    """Return a reading, or, of one that was withdrawn, the sentence after it; None if that is none.

    What was wrong is told in a document that corrects another, or in a sentence that corrects its own.
    """
    said, is_correcting = _LABEL.sub("", reading.text), corrects(reading.hit.document)
    if not (is_correcting or said != reading.text or _OF_ITSELF.search(said)):
        return reading
    after, paper = _said_after(reading), _OF_A_PAPER.match(reading.text)
    if is_correcting and paper and reading.highlight and reading.highlight[1] - reading.sentence.start <= paper.end():
        return reading  # its title, or its day
    if after and _IS_WRONG.fullmatch(after[0].text):
        return next((one for one in after if SAYS_RIGHT.search(one.text)), next(iter(after[1:]), None))
    right = _with_figure(said, after)[:1]
    says_wrong = _FIGURE.search(said) and not SAYS_NOW.search(said)
    is_replaced = says_wrong and any(SAYS_RIGHT.search(one.text) for one in right)
    if not (is_replaced or _is_withdrawn(said, by_correction=is_correcting)):
        return _right_marked(reading)
    return next((one for one in right if not _is_withdrawn(one.text, by_correction=is_correcting)), None)


def _with_figure(said: str, after: Sequence[Reading]) -> Sequence[Reading]:
    """Return what stands after a sentence, from the first one that has a figure where that has a wrong one, of it.

    "It gave the profit as 88 million. That is the profit of the year. The profit of the quarter is 21 million."
    """
    told = _OF_A_PAPER.sub("", said)
    wrong = figures_in(told)
    has_figure = _FIGURE.search if _FIGURE.search(told) else figures_in  # "nine months" is no sum
    if not after or not wrong or has_figure(after[0].text):
        return after
    text, language = after[0].hit.document.text, after[0].hit.document.language
    of_it = {one for one in stems(said, language) if not one.isdecimal()} - STOP_WORDS
    for place, one in enumerate(after):
        if PARAGRAPH_BREAK.search(text, after[0].sentence.end, one.sentence.start):
            break
        if has_figure(one.text) and figures_in(one.text) - wrong and not of_it.isdisjoint(stems(one.text, language)):
            return after[place:]
    return after


def _said_after(reading: Reading) -> list[Reading]:
    """Return the next sentences, up to a heading or another item of a list, as readings."""
    sentences = reading.hit.passage.sentences
    after = sentences[sentences.index(reading.sentence) + 1 :][:_RIGHT_WITHIN]
    found = (replace(reading, sentence=sentence, highlight=None) for sentence in after)
    return list(takewhile(lambda one: not (one.sentence.heading or _ITEM.match(one.text)), found))


def _right_marked(reading: Reading) -> Reading:
    """Mark, in the place of a figure that was wrong, the one that stands instead; of other things nothing.

    With a unit, if both have the same. Of a date nothing, as of all that is more than a figure and a unit.
    """
    text, marked = reading.hit.document.text, reading.highlight
    told, then = (
        pattern.search(text, reading.sentence.start, reading.sentence.end) for pattern in (_PAPER_SAYS, _SAYS_THEN)
    )
    if marked and told and then and told.end() <= marked[0] < then.start():
        return replace(reading, highlight=None)
    instead = _INSTEAD.search(text, reading.sentence.start, reading.sentence.end)
    if not marked or not instead:
        return reading
    begins = instead.start() if instead["not"] else reading.sentence.start
    if not begins <= marked[0] < marked[1] <= instead.end():
        return reading
    wrong = _FIGURE.fullmatch(text, *marked)
    right = _FIGURE.search(text, instead.end(), reading.sentence.end) if wrong else None
    if not wrong or not right or tells_time(text[marked[0] : reading.sentence.end]):
        return replace(reading, highlight=None)
    same_unit = text.startswith(wrong["unit"], right.end("number"))
    end = right.end("number") + (len(wrong["unit"]) if same_unit else 0)
    return replace(reading, highlight=(right.start(), end))


def _is_withdrawn(sentence: str, *, by_correction: bool) -> bool:
    """Tell whether a sentence says what was wrong, and not what is right; less of it says so in a correction."""
    says_now = SAYS_NOW.search(sentence) or _SAYS_THEN.search(sentence)
    says_before = _SAYS_BEFORE.search(sentence) or (by_correction and _WRITTEN_THERE.search(sentence))
    return bool(says_before) and not says_now

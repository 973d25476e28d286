"""Documents that correct an earlier one, as newsrooms and ministries put them beside what they correct."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from retrieval.index.protocols import Index
from retrieval.questions.kinds import tells_time
from retrieval.text.correction_words import (
    CORRECTION_WORDS,
    IN_A_PAPER,
    NOT_FIGURE,
    SAYS_NOW,
    SAYS_RIGHT,
    figures_in,
    is_correction,
)
from retrieval.text.dates import newer
from retrieval.text.days import DAY, Day, day_of
from retrieval.text.markup import quote_parts
from retrieval.text.names import NAME_WORD, names_had
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS, has_each, stems, subject_stems, word_forms, words_had
from retrieval.values import Citation, Document, Reading

_NUMBER_LINE = regex(  # which tells a release's own
    r"^[ \t*_]*(?:(?:siaran pers|press release|release) )?(?:nomor|number|no)\b\.?[ \t]*:?[ \t]*[\w./-]*\d[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_WORDS = regex(rf"\b(?:{CORRECTION_WORDS})\b", re.IGNORECASE)
_NUMBER = regex(  # of a release, a letter, a decree: "126/2024"; no date, no season
    r"\b(?!\d{1,2}[/.-]\d{1,2}[/.-])(?!\d{4}[/.-]\d{4})\d+(?:[/.-]\w+)*[/.-]\d{4}\b"
)
_REPORT = regex(r"\b(?P<kind>(?:[^\W\d_]+ ){1,2})(?:no\b\.?|nomor|number|#) ?(?P<number>\d+)\b(?!/)", re.IGNORECASE)
_ITEM = regex(  # "2. Fact sheet "Orla at a glance" of 25 August 2025. The number …"
    rf"^[ \t]*\d{{1,2}}[.)][ \t]+(?P<name>[^\n]{{3,120}}?)(?:[.,:](?=\s)|,? (?:of|dated|from|tanggal) (?P<day>{DAY}))",
    re.IGNORECASE | re.MULTILINE,
)
_ITEM_OF_TITLE = regex(  # "In "Ferry deal falls through" (5 May) we wrote …"
    rf"^{IN_A_PAPER}(?:,? \(?(?:(?:of|on|tanggal|dated) )?(?P<day>{DAY}))?", re.IGNORECASE | re.MULTILINE
)
_QUOTED = regex(r"[\"“]([^\"“”\n]{3,120}?)[.,]?[\"”]")
_OF_PAPER = regex(  # or a title between quotation marks
    r"[\"“‘]|\b(?:report|statement|sheet|programme|program|agenda|list|release|minutes|notice|letter|table|schedule"
    r"|laporan|pernyataan|siaran|rilis|berita|pengumuman|imbauan|surat|daftar|jadwal|acara|risalah|notula\w*)\b",
    re.IGNORECASE,
)
_SHARED, _SHARED_WITH_NUMBERS, _SHARED_BY_IT = 2 / 3, 1 / 2, 1 / 2  # of the words of a title, of the correction's own
_OF_ANY_TITLE = frozenset().union(
    *word_forms("press release report statement number figures siaran pers berita laporan jumlah tentang atas".split())
)
_LEAST = 2  # words
_BEGINNING = 1_000  # characters, in which a correction says what it corrects
_RELEVANT = 0.15
"""The confidence in a sentence of a correction from which on it is taken to bear on what was asked.

Of 24 questions about two reports that were corrected later, all nine whose answer was corrected reach it, and two of
the others.
"""
_IS_LARGE = regex(r"(?!(?:19|20)\d\d\Z)\d{3,}")  # no year
_APOLOGISES = regex(
    r"\b(?:apologi[sz]es?|regrets? the error|(?:mohon|permohonan|minta) maaf|demikian(?:lah)? (?:ralat|koreksi))\b",
    re.IGNORECASE,
)
_UNCHANGED = regex(  # what else was said, and is right
    r"\b(?:(?:is|are|was|were|remains?|stays?) (?:un(?:changed|affected|altered)|the same)"
    r"|(?:does|do) not (?:change|affect)|tidak (?:berubah|terpengaruh)|tetap (?:sama|berlaku|seperti semula))\b",
    re.IGNORECASE,
)
_NAMES_A_REPORT = regex(  # "Flash update No. 2", "of 12 November"
    rf"\b(?:no|nomor|number|update|report|release|laporan|rilis|pers)\b\.?\s*#?\d[\w/.-]*"
    rf"|\b{DAY}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Correction:
    """A document that corrects, by its number in the index, with what tells which one it corrects."""

    number: int
    id: str
    date: str | None
    title: frozenset[str]  # stems
    named: frozenset[str]  # numbers of releases
    reports: tuple[tuple[frozenset[str], ...], ...]  # the words of "Laporan Situasi 3", as it calls what it corrects
    quoted: frozenset[str]  # in small letters: the title of what it corrects, if it has no items
    items: tuple["_Item", ...]


@dataclass(frozen=True, slots=True)
class _Item:
    """One of the items of a correction of several papers: the words of which it is, its day, and its span."""

    words: tuple[frozenset[str], ...]
    day: Day | None
    span: tuple[int, int]

    def may_be_of(self, document: Document) -> bool:
        """Tell whether a document may be what it corrects: its title has all of the words; and no other day is said."""
        is_of_day = self.day is None or not document.date or self.is_of_day(document)
        return is_of_day and has_each(self.words, document.title, document.language)

    def is_of_day(self, document: Document) -> bool:
        """Tell whether it says of which day what it corrects is, and a document is of that."""
        written = day_of(document.date) if document.date else None
        return self.day is not None and written is not None and self.day.meets(written)


class Corrections:
    """The documents of an index that correct others."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def of(self, document: Document) -> int | None:
        """Return the number of the document that corrects one, the newest if several do; None if none does."""
        if not self._all:
            return None
        head = document.text[document.body : document.body + _BEGINNING]
        own = " ".join(match[0] for match in _NUMBER_LINE.finditer(head))
        named = frozenset(_NUMBER.findall(f"{document.title} {document.source or ''} {own}"))
        title = subject_stems(document.title)
        of_items = [one for one in self._all if (one.number, document.id) in self._of_items]
        later = (one for one in self._all if one.id != document.id and not newer(document.date, one.date))
        found = [
            one
            for one in later
            if not one.named.isdisjoint(named)
            or document.title.casefold() in one.quoted
            or _has_title(one, title)
            or _names_report(one, title)
        ]
        found += of_items
        return max(found, key=lambda one: one.date or "").number if found else None

    def of_cited(self, citations: Sequence[Citation]) -> tuple[Citation, int] | None:
        """Return the first citation of a document that is corrected, and the number of what corrects it."""
        numbers = ((one, self.of(one.document)) for one in citations)
        return next(((one, number) for one, number in numbers if number is not None), None)

    def within(self, number: int, cited: Citation, readings: Sequence[Reading]) -> list[Reading]:
        """Return the readings of a correction that are of a document; of one of several papers, those of its item.

        There they have the name that is marked in what is cited, if one is.
        """
        if (number, cited.document.id) not in self._of_items:
            return list(readings)
        start, end = self._of_items[number, cited.document.id]
        names = re.findall(NAME_WORD, quote_parts(cited)[1])
        of_item = [one for one in readings if start <= one.sentence.start < end]
        return [one for one in of_item if not names or names_had(one.text, names)]

    @cached_property
    def _of_items(self) -> dict[tuple[int, str], tuple[int, int]]:
        """The spans of items, by the number of the correction and the id of the newest document that each may be of."""
        items = [(one, item) for one in self._all for item in one.items]
        titles = [_words_of(title) for _, title in self._index.titles()] if items else []
        found = {}
        for correction, item in items:
            numbers = [number for number, title in enumerate(titles) if _has_words(item.words, title)]
            documents = [one for one in map(self._index.document, numbers) if item.may_be_of(one)]
            earlier = [  # a list may be as old as its first item
                one
                for one in documents
                if one.id != correction.id and (item.is_of_day(one) or not newer(one.date, correction.date))
            ]
            if earlier:
                newest = max(earlier, key=lambda one: one.date or "")
                found[correction.number, newest.id] = item.span
        return found

    @cached_property
    def _all(self) -> list[_Correction]:
        numbers = [number for number, (_, title) in enumerate(self._index.titles()) if is_correction(title)]
        return [_correction(number, self._index.document(number)) for number in numbers]


def told_to_correct(citations: Sequence[Citation], id: str, corrected: str) -> tuple[Citation, ...]:
    """Let a citation of the document `id` tell that this corrects another one, if it stands behind one of that."""
    ids = list(dict.fromkeys(one.document.id for one in citations))
    after = ids.index(id) > ids.index(corrected)
    return tuple(replace(one, corrects=corrected) if after and one.document.id == id else one for one in citations)


def followed_by(citations: Sequence[Citation], corrected: str, correction: Citation, most: int) -> tuple[Citation, ...]:
    """Return at most so many citations, those of what is corrected among them, followed by the correction's."""
    others = [one for one in citations if one.document.id != corrected][: most - 2]
    kept = [one for one in citations if one.document.id == corrected or one in others]
    numbered = enumerate([*kept, replace(correction, corrects=corrected)], start=1)
    return tuple(replace(one, number=number) for number, one in numbered)


def correcting(readings: Sequence[Reading], cited: Citation, threshold: float) -> Reading | None:
    """Return the first reading of a correction that corrects what is marked in a sentence; None if none does.

    A figure that is marked has to stand in it, or be the one that it says was wrong, if it says one. Otherwise it has
    to be as sure as an answer, or the correction has the figure elsewhere, or no figure is marked. One that has a large
    figure that is marked bears on it, however little it answers by itself; so does one that says that a figure that is
    marked was wrong, in words of what is cited.
    """
    marked, words = figures_in(quote_parts(cited)[1]), subject_stems(cited.sentence)
    for one in readings:
        said, document = figures_in(_NAMES_A_REPORT.sub(" ", one.text)), one.hit.document
        is_beside = _UNCHANGED.search(one.text) and not SAYS_NOW.search(one.text)
        is_beside = is_beside or (_APOLOGISES.search(one.text) and not said)
        wrong = _wrong_figures(one)
        shared = marked & (wrong or said)
        in_its_words = shared & wrong and len(words_had(words, one.text, document.language)) >= _LEAST
        if is_beside or not (one.confidence >= _RELEVANT or any(map(_IS_LARGE.fullmatch, shared)) or in_its_words):
            continue
        if not marked or shared:
            return one
        is_there = marked <= figures_in(_NAMES_A_REPORT.sub(" ", document.text[document.body :]))
        if not wrong and (one.confidence >= threshold or is_there):
            return one
    return None


def _wrong_figures(reading: Reading) -> set[str]:
    """Return the figures that a sentence of a correction says were wrong, it or the sentence before it."""
    if not SAYS_RIGHT.search(reading.text):
        return figures_in(" ".join(match["wrong"] for match in NOT_FIGURE.finditer(reading.text)))
    sentences = reading.hit.passage.sentences
    place = sentences.index(reading.sentence)
    before = sentences[place - 1] if place else None
    said = reading.hit.document.text_of(before) if before and not before.heading else ""
    return figures_in(_NAMES_A_REPORT.sub(" ", said))


def _correction(number: int, document: Document) -> _Correction:
    title = frozenset(stems(_OWN_WORDS.sub("", document.title), document.language)) - STOP_WORDS
    beginning = document.text[document.body : document.body + _BEGINNING]
    called = dict.fromkeys(f"{match['kind']}{match['number']}" for match in _REPORT.finditer(beginning))
    reports = tuple(words for one in called if len(words := tuple(subject_stems(one))) > 1)
    named = frozenset(_NUMBER.findall(beginning))
    items = _items(document)
    quoted = frozenset(match[1].casefold() for match in (() if items else _QUOTED.finditer(beginning)))
    return _Correction(number, document.id, document.date, title, named, reports, quoted, items)


def _items(document: Document) -> tuple[_Item, ...]:
    """Return the items of a correction that begin with the name of a paper, each up to the next one.

    They are numbered, or begin with a title: "In "Ferry deal falls through" (5 May) we wrote …".
    """
    items = list(_ITEM.finditer(document.text, document.body))
    names = [one["name"] if _OF_PAPER.search(one["name"]) else "" for one in items]
    begins = [one.end() for one in items]
    if not items:
        items = list(_ITEM_OF_TITLE.finditer(document.text, document.body))
        names, begins = [one["paper"] for one in items], [one.start() for one in items]
    ends = [*(one.start() for one in items[1:]), len(document.text)][: len(items)]
    days = [day_of(one["day"]) if one["day"] else None for one in items]
    return tuple(
        _Item(words, day, (begin, end))
        for name, day, begin, end in zip(names, days, begins, ends, strict=True)
        if (words := tuple(subject_stems(name)))
    )


def _words_of(title: str) -> frozenset[str]:
    """Return the words of a title, in whatever form they may be, as its language is not known."""
    return frozenset[str]().union(*subject_stems(title))


def _has_words(words: Sequence[frozenset[str]], title: frozenset[str]) -> bool:
    """Tell whether a title may have all words."""
    return all(not forms.isdisjoint(title) for forms in words)


def _names_report(correction: _Correction, title: Sequence[frozenset[str]]) -> bool:
    """Tell whether a correction calls a report by kind and number as its title does, which has a word of its own."""
    known = frozenset[str]().union(*title)
    is_called = any(_has_words(report, known) for report in correction.reports)
    return is_called and any(not forms.isdisjoint(correction.title - _OF_ANY_TITLE) for forms in title)


def _has_title(correction: _Correction, title: Sequence[frozenset[str]]) -> bool:
    """Tell whether a correction's title has that of another document, given as the stems of its words.

    With all numbers and dates of that, half of its other words are enough: "Correction to report 2 of 16 March". Nor
    has the correction's title many others.
    """
    numbers = [forms for forms in title if any(_is_number(form) for form in forms)]
    if any(forms.isdisjoint(correction.title) for forms in numbers):
        return False
    shared = sum(not forms.isdisjoint(correction.title) for forms in title)
    least = (_SHARED_WITH_NUMBERS if numbers else _SHARED) * len(title)
    own = [word for word in correction.title if not _is_number(word) and word not in _OF_ANY_TITLE]
    return shared >= max(_LEAST, least, 0 if numbers else _SHARED_BY_IT * len(own))


def _is_number(word: str) -> bool:
    return word.isdecimal() or tells_time(word)

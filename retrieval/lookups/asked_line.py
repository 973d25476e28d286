"""A question for the value of a line with a label: whether it names that, and what stands around it."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from string import ascii_uppercase

from retrieval.lookups.cell_kinds import PLACES, may_be_who, words_for
from retrieval.lookups.holders import PAPERS
from retrieval.lookups.left_over import OF_ANY_COLUMN
from retrieval.lookups.row_numbers import word_before
from retrieval.lookups.sure import at_least
from retrieval.questions.asked_cell import asked_cell
from retrieval.questions.asked_contact import asks_contact, lacks_contact
from retrieval.questions.kinds import asked_kind_is_there, asked_not, asks_number, asks_when, asks_who
from retrieval.questions.own_date import is_own_date
from retrieval.text.headings import headings_above
from retrieval.text.hours import clock_time
from retrieval.text.labels import ROW_SIGN, Line, Record, ends_sentence, head_of, telling_words
from retrieval.text.offices import AN_OFFICE
from retrieval.text.patterns import regex
from retrieval.text.words import STOP_WORDS
from retrieval.values import Document, Passage, Reading

_ELSEWHERE = regex(r"\W*(?:and |dan )?(?:(?P<where>where|di ?mana)|why|mengapa|kenapa)\b", re.IGNORECASE)
_ASKS_DAY = regex(r"\bhari (?:apa|berapa|dan|/)|\bhari\W*\Z", re.IGNORECASE)  # not "Hari Jadi"
_DAYS = frozenset("date day when hari tanggal tgl kapan".split())
_HOURS = frozenset("time jam pukul waktu".split())
_PLACES = frozenset((*PLACES, "where", "di", "mana"))
_NONE = regex(r"(?:nihil|nil|none|zero|nol|tidak ada|-+|[–—])\.?", re.IGNORECASE)  # the number of things
_NUMBER = regex(r"\+?\d[\d ()./-]*")
_OF_NUMBERS = "phone telephone telepon hotline call"  # words of questions for the number of a telephone
_WORD = regex(r"\w+")
_CODE = regex(  # "3/2026", which is no 3 and no 2026; not "2025/26"
    r"(?<![\w/])(?!(?:19|20)\d\d/\d\d(?!\d))(?=\w*\d)\w+(?:/\w+)+"
)
_PAPER_NUMBER = regex(r"[^\s/]*\d[^\s/]*(?:/[^\s/]+)+")  # "PR-021/K.3/02/2026"
_NUMBER_ALONE = frozenset("no nomor number ref reference".split())
_NUMBER_OF = regex(r"\b(?:nomor|number of)\W+(?:the\W+)?(\w+)|\b(\w+) number\b", re.IGNORECASE)
_OF_CASES = frozenset("perkara case kasus".split())
_OF_COURTS = frozenset("putusan penetapan dakwaan gugatan tuntutan judgment verdict indictment ruling".split())
_FIRST_WORDS = 2  # of a title
_LEAST_INITIALS, _LEAST_BEGINNING = 3, 5  # letters


@dataclass(frozen=True, slots=True)
class LabelledPlace:
    """A line with a label where it stands: in a record of what was read, whose sentence `reading` is."""

    reading: Reading
    line: Line
    record: Record

    @property
    def value(self) -> str:
        return self.reading.hit.document.text_of(self.line)

    def marked(self, sure: float, *, in_part: bool) -> Reading:
        """Return the reading, at least so sure, with the value marked, or `in_part` what is marked of it already.

        So it is with a value that is a sentence.
        """
        reading, span = self.reading, (self.line.start, self.line.end)
        marked = reading.highlight or span
        if (in_part or ends_sentence(self.value)) and span[0] <= marked[0]:
            span = marked
        return at_least(sure, reading, span)

    def is_kind(self, words: Set[str]) -> bool:
        """Tell whether a label says nothing but some words: "Hari/Tanggal", "Date and time"."""
        said = [word for word in _WORD.findall(self.line.label.casefold()) if word not in STOP_WORDS or word in words]
        return bool(said) and words >= set(said)


class AskedLine:
    """A question for the value of a line with a label, in one document."""

    def __init__(self, question: str, document: Document, passages: Iterable[Passage]) -> None:
        """`passages` were read of the document; its title, if that was added to the question, names no line."""
        self._asked = asked_cell(question.removesuffix(f", {document.title}?"))
        self._document = document
        self._head = head_of(document)
        self._kind = _ELSEWHERE.match(question)
        self._codes = _CODE.findall(self._asked.question)
        headings = {document.text_of(one) for each in passages for one in each.sentences if one.heading}
        self._headings = {one for one in headings if one != document.title and self.says(one)}

    def says(self, name: str) -> bool:
        """Tell whether the question has all words of a label, or of one of several: "Hari/Tanggal".

        How many something is need not be said where that is asked for: "Jumlah korban hilang".
        """
        for_number = asks_number(self._asked.question)
        parts = (one for one in name.split("/") if one.casefold() != "hari" or _ASKS_DAY.search(self._asked.question))
        return any(self._has(" ".join(telling_words(one)) if for_number else one) for one in parts)

    def named(self, places: Sequence[LabelledPlace]) -> list[LabelledPlace]:
        """Return the lines that are asked for: of a place none, where the question names another label."""
        named = [one for one in places if self.asks_for(one)]
        if self._kind and any(self.says(one.line.label) and not one.is_kind(_PLACES) for one in places):
            return [one for one in named if self.says(one.line.label)]
        return named

    def asks_for(self, place: LabelledPlace) -> bool:
        """Tell whether the question names the label of a line, or the kind of it, and asks what its value is.

        Where it says that itself, it asks for something else; nor does a label say where or why something is.
        """
        question, value = self._asked.question, place.value
        is_none = asks_number(question) and _NONE.fullmatch(value) is not None
        is_hour = asks_when(question) and clock_time(value) is not None and self.says(place.line.label)
        if (
            (asked_kind_is_there(question, value) < 0 and not (is_hour or is_none))
            or lacks_contact(question, value)
            or self._tells(place)
            or self._numbers_other(place)
            or asked_not(question) == place.line.label.casefold()
        ):
            return False
        if is_own_date(question, place.reading):
            return False
        if asks_who(question) and (
            ends_sentence(value)
            or not may_be_who(question, place.line.label, value)
            or _is_of_office(question, place.line.label, value)
        ):
            return False
        if self._kind:
            return self._kind["where"] is not None and place.is_kind(_PLACES)
        return self.says(place.line.label) or self._asks_day(place) or self._asks_number(place)

    def means(self, place: LabelledPlace) -> bool:
        """Tell whether all that the question says besides the label of a line stands around the line.

        Where it names a heading, the line has to stand below that.
        """
        known = {*self.near(place), *self._had(self._head), *filter(self._is_short, self._asked.words)}
        missing = {word.casefold() for word in self._asked.words if word not in known}
        is_below = not self._headings or not self._headings.isdisjoint(self._above(place))
        is_said = bool(known) and missing <= OF_ANY_COLUMN | words_for(place.value, ())
        return is_below and is_said and self._has_codes(place)

    def _has_codes(self, place: LabelledPlace) -> bool:
        """Tell whether the codes that the question has stand around a line, each as it is."""
        if not self._codes:
            return True
        around = "\n".join((self._head, *self._told(place)))
        return all(re.search(rf"(?<![\w/]){re.escape(code)}(?![\w/])", around, re.IGNORECASE) for code in self._codes)

    def near(self, place: LabelledPlace) -> set[str]:
        """Return the words of the question that stand in a line, its record or the headings above it.

        Of other lines, labels count only where the question names all of one. Other rows tell nothing of the first one
        of a table, which may name the columns.
        """
        told = self._told(place)
        if _NUMBER.fullmatch(place.value):
            told.append(_OF_NUMBERS)
        return set(self._had("\n".join(told)))

    def _told(self, place: LabelledPlace) -> list[str]:
        """Return what stands in a line, its record and the headings above it, as `near` counts it."""
        others = {one.sentence.start: one for one in place.record.lines if one is not place.line}
        may_name = place.line.sign == ROW_SIGN and place.line is place.record.lines[0]
        told = self._above(place)
        for sentence in [place.line.sentence] if may_name else place.record.sentences:
            line = others.get(sentence.start)
            begin = sentence.start if line is None or self.says(line.label) else line.start
            told.append(self._document.text[begin : sentence.end])
        return told

    def is_bare(self, place: LabelledPlace) -> bool:
        """Tell whether the question says nothing besides the label of a line."""
        return self._asked.stands_in(place.line.label, self._document.language)

    def shared(self, place: LabelledPlace) -> set[str]:
        """Return the words of the question that a line has."""
        return set(self._had(place.reading.text))

    def _asks_day(self, place: LabelledPlace) -> bool:
        """Tell whether a line says on which day that is of which the record says the hour or the place, too."""
        others = (replace(place, line=one) for one in place.record.lines if one is not place.line)
        event = any(one.is_kind(_HOURS) or one.is_kind(_PLACES) for one in others)
        return event and asks_when(self._asked.question) and place.is_kind(_DAYS | _HOURS)

    def _asks_number(self, place: LabelledPlace) -> bool:
        """Tell whether a question asks for the number of something by words of a label: "Information service: 1500"."""
        others = [one for one in self._asked.words if one.casefold() not in OF_ANY_COLUMN]
        of_what = set(others).difference(self._had(_OF_NUMBERS))
        is_number = asks_contact(self._asked.question) and _NUMBER.fullmatch(place.value)
        return bool(of_what and is_number) and of_what <= {*self._had(place.line.label)}

    def _tells(self, place: LabelledPlace) -> bool:
        """Tell whether the question says the value of a line itself, a number only behind its label: "in week 3".

        So it does where it has nothing but the label and numbers of the value: "tanggal 14", of "Tanggal: 14 Agustus".
        """
        value = place.value
        others = set(self._asked.words).difference(self._had(place.line.label))
        if others and all(map(str.isdecimal, others)) and others <= set(self._had(value)):
            return True
        if value.isdecimal():
            return word_before(value, self._asked.question).casefold() in place.line.label.casefold().split()
        return self._has(value)

    def _numbers_other(self, place: LabelledPlace) -> bool:
        """Tell whether a line has the number of its own paper, "Nomor: PR-021/2026", and another thing's is asked for.

        What a paper is stands first in its title or in a heading; of a court's, it is the number of the case, too.
        """
        asked = _NUMBER_OF.search(self._asked.question)
        if not (asked and place.is_kind(_NUMBER_ALONE) and _PAPER_NUMBER.match(place.value)):
            return False
        kind = (asked[1] or asked[2]).casefold()
        titles = (self._document.title, *self._above(place))
        begins = {word for one in titles for word in _WORD.findall(one.casefold())[:_FIRST_WORDS]}
        is_of_case = kind in _OF_CASES and not begins.isdisjoint(_OF_COURTS)
        return not (kind in PAPERS or kind in begins or is_of_case)

    def _has(self, name: str) -> bool:
        """Tell whether the question has all words of a name; a small word is none."""
        words = (one for one in _WORD.findall(name) if one.casefold() not in STOP_WORDS or one in ascii_uppercase)
        return self._asked.has_all_of(" ".join(words), self._document.language)

    def _had(self, text: str) -> list[str]:
        return self._asked.had(text, self._document.language)

    def _above(self, place: LabelledPlace) -> list[str]:
        return headings_above(self._document, place.reading.hit.passage, place.line.sentence)

    def _is_short(self, word: str) -> bool:
        """Tell whether a word is short for some of the head: "AGM", by first letters, or "gempa", of "Gempabumi"."""
        words = [one for one in _WORD.findall(self._head.casefold()) if one not in STOP_WORDS]
        initials, small = "".join(one[0] for one in words), word.casefold()
        begins = len(word) >= _LEAST_BEGINNING and any(one.startswith(small) for one in words)
        return begins or (len(word) >= _LEAST_INITIALS and small in initials)


def _is_of_office(question: str, label: str, value: str) -> bool:
    """Tell whether a label only says of what somebody holds an office: "Program: …", for "direktur program"."""
    office = AN_OFFICE.search(question)
    if office is None or AN_OFFICE.search(f"{label} {value}"):
        return False
    return label.casefold() in question[office.end() :].casefold()

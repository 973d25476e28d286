"""The line that a question names by its label, and by what stands around it: "Room: 214" of "Maritime History".

A reading model sees many such lines side by side, and takes that of another label, or of another heading or record.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from string import ascii_uppercase

from retrieval.lookups.cell_kinds import PLACES, may_be_who, words_for
from retrieval.lookups.labels import ROW_SIGN, Line, Record, ends_sentence, head_of, records_of, telling_words
from retrieval.lookups.left_over import OF_ANY_COLUMN
from retrieval.lookups.named_cell import LESS_SURE, LOOKED_UP
from retrieval.lookups.row_numbers import word_before
from retrieval.questions.asked_cell import asked_cell
from retrieval.questions.asked_contact import lacks_contact
from retrieval.questions.cues import asked_kind_is_there, asks_number, asks_when, asks_who
from retrieval.questions.own_date import is_own_date
from retrieval.text.table_rows import cells_of, headings_above
from retrieval.text.words import STOP_WORDS
from retrieval.values import Document, Passage, Reading

_ELSEWHERE = re.compile(r"\W*(?:and |dan )?(?:(?P<where>where|di ?mana)|why|mengapa|kenapa)\b", re.IGNORECASE)
_DAYS = frozenset("date day when hari tanggal tgl kapan".split())
_HOURS = frozenset("time jam pukul waktu".split())
_PLACES = frozenset((*PLACES, "where", "di", "mana"))
_NUMBER = re.compile(r"\+?\d[\d ()./-]*")
_OF_NUMBERS = "phone telephone telepon hotline call"  # words of questions for the number of a telephone
_WORD = re.compile(r"\w+")
_CODE = re.compile(  # "3/2026", which is no 3 and no 2026; not "2025/26"
    r"(?<![\w/])(?!(?:19|20)\d\d/\d\d(?!\d))(?=\w*\d)\w+(?:/\w+)+"
)
_LEAST_INITIALS, _LEAST_BEGINNING = 3, 5  # letters
_Key = tuple[str, int]
_MAY_ANSWER = 0.5  # confidence of a sentence without a label


@dataclass(frozen=True, slots=True)
class _Place:
    """A line with a label where it stands: in a record of what was read, whose sentence `reading` is."""

    reading: Reading
    line: Line
    record: Record

    @property
    def value(self) -> str:
        return self.reading.hit.document.text[self.line.start : self.line.end]

    def marked(self, sure: float, *, in_part: bool) -> Reading:
        """Return the reading, at least so sure, with the value marked, or `in_part` what is marked of it already.

        So it is with a value that is a sentence.
        """
        reading, span = self.reading, (self.line.start, self.line.end)
        marked = reading.highlight or span
        if (in_part or ends_sentence(self.value)) and span[0] <= marked[0]:
            span = marked
        sure_here = max(reading.in_document, sure)
        return replace(reading, confidence=max(reading.confidence, sure), in_document=sure_here, highlight=span)

    def is_kind(self, words: Set[str]) -> bool:
        """Tell whether a label says nothing but some words: "Hari/Tanggal", "Date and time"."""
        return all(word in words or word in STOP_WORDS for word in _WORD.findall(self.line.label.casefold()))


class _Asked:
    """A question for the value of a line with a label, in one document."""

    def __init__(self, question: str, document: Document, passages: Iterable[Passage]) -> None:
        """`passages` were read of the document; its title, if that was added to the question, names no line."""
        self._asked = asked_cell(question.removesuffix(f", {document.title}?"))
        self._document = document
        self._head = head_of(document)
        self._kind = _ELSEWHERE.match(question)
        self._codes = _CODE.findall(self._asked.question)
        headings = {document.text[one.start : one.end] for each in passages for one in each.sentences if one.heading}
        self._headings = {one for one in headings if one != document.title and self.says(one)}

    def says(self, name: str) -> bool:
        """Tell whether the question has all words of a label, or of one of several: "Hari/Tanggal".

        How many something is need not be said where that is asked for: "Jumlah korban hilang".
        """
        for_number = asks_number(self._asked.question)
        return any(self._has(" ".join(telling_words(one)) if for_number else one) for one in name.split("/"))

    def named(self, places: Sequence[_Place]) -> list[_Place]:
        """Return the lines that are asked for: of a place none, where the question names another label."""
        named = [one for one in places if self.asks_for(one)]
        if self._kind and any(self.says(one.line.label) and not one.is_kind(_PLACES) for one in places):
            return [one for one in named if self.says(one.line.label)]
        return named

    def asks_for(self, place: _Place) -> bool:
        """Tell whether the question names the label of a line, or the kind of it, and asks what its value is.

        Where it says that itself, it asks for something else; nor does a label say where or why something is.
        """
        question, value = self._asked.question, place.value
        if asked_kind_is_there(question, value) < 0 or lacks_contact(question, value) or self._tells(place):
            return False
        if is_own_date(question, self._document, place.line.sentence):
            return False
        if asks_who(question) and (ends_sentence(value) or not may_be_who(question, place.line.label, value)):
            return False
        if self._kind:
            return self._kind["where"] is not None and place.is_kind(_PLACES)
        return self.says(place.line.label) or self._asks_day(place)

    def means(self, place: _Place) -> bool:
        """Tell whether all that the question says besides the label of a line stands around the line.

        Where it names a heading, the line has to stand below that.
        """
        known = {*self.near(place), *self._had(self._head), *filter(self._is_short, self._asked.words)}
        missing = {word.casefold() for word in self._asked.words if word not in known}
        is_below = not self._headings or not self._headings.isdisjoint(self._above(place))
        is_said = bool(known) and missing <= OF_ANY_COLUMN | words_for(place.value, ())
        return is_below and is_said and self._has_codes(place)

    def _has_codes(self, place: _Place) -> bool:
        """Tell whether the codes that the question has stand around a line, each as it is."""
        if not self._codes:
            return True
        around = "\n".join((self._head, *self._told(place)))
        return all(re.search(rf"(?<![\w/]){re.escape(code)}(?![\w/])", around, re.IGNORECASE) for code in self._codes)

    def near(self, place: _Place) -> set[str]:
        """Return the words of the question that stand in a line, its record or the headings above it.

        Of other lines, labels count only where the question names all of one. Other rows tell nothing of the first one
        of a table, which may name the columns.
        """
        told = self._told(place)
        if _NUMBER.fullmatch(place.value):
            told.append(_OF_NUMBERS)
        return set(self._had("\n".join(told)))

    def _told(self, place: _Place) -> list[str]:
        """Return what stands in a line, its record and the headings above it, as `near` counts it."""
        others = {one.sentence.start: one for one in place.record.lines if one is not place.line}
        may_name = place.line.sign == ROW_SIGN and place.line is place.record.lines[0]
        told = self._above(place)
        for sentence in [place.line.sentence] if may_name else place.record.sentences:
            line = others.get(sentence.start)
            begin = sentence.start if line is None or self.says(line.label) else line.start
            told.append(self._document.text[begin : sentence.end])
        return told

    def is_bare(self, place: _Place) -> bool:
        """Tell whether the question says nothing besides the label of a line."""
        return self._asked.stands_in(place.line.label, self._document.language)

    def shared(self, place: _Place) -> set[str]:
        """Return the words of the question that a line has."""
        return set(self._had(place.reading.text))

    def _asks_day(self, place: _Place) -> bool:
        """Tell whether a line says on which day that is of which the record says the hour or the place, too."""
        others = (replace(place, line=one) for one in place.record.lines if one is not place.line)
        event = any(one.is_kind(_HOURS) or one.is_kind(_PLACES) for one in others)
        return event and asks_when(self._asked.question) and place.is_kind(_DAYS | _HOURS)

    def _tells(self, place: _Place) -> bool:
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

    def _has(self, name: str) -> bool:
        """Tell whether the question has all words of a name; a small word is none."""
        words = (one for one in _WORD.findall(name) if one.casefold() not in STOP_WORDS or one in ascii_uppercase)
        return self._asked.has_all_of(" ".join(words), self._document.language)

    def _had(self, text: str) -> list[str]:
        return self._asked.had(text, self._document.language)

    def _above(self, place: _Place) -> list[str]:
        return headings_above(self._document, place.reading.hit.passage, place.line.sentence)

    def _is_short(self, word: str) -> bool:
        """Tell whether a word is short for some of the head: "AGM", by first letters, or "gempa", of "Gempabumi"."""
        words = [one for one in _WORD.findall(self._head.casefold()) if one not in STOP_WORDS]
        initials, small = "".join(one[0] for one in words), word.casefold()
        begins = len(word) >= _LEAST_BEGINNING and any(one.startswith(small) for one in words)
        return begins or (len(word) >= _LEAST_INITIALS and small in initials)


def labelled(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the line first that a question names, its value marked; of a document one, or none.

    Nor is it where a sentence of the document may answer, which may be of a later day. Beside a line whose label the
    question names, no other of its record answers: it takes the place of one that a model was surer of.
    """
    of_document: dict[str, list[Reading]] = {}
    for reading in readings:
        of_document.setdefault(reading.hit.document.id, []).append(reading)
    first, silent = list[Reading](), list[Reading]()
    in_place: dict[_Key, Reading] = {}
    for read in of_document.values():
        document, passages = read[0].hit.document, dict.fromkeys(one.hit.passage for one in read)
        if not (places := _places(document, passages, read)):
            continue
        asked = _Asked(question, document, passages)
        named = asked.named(places)
        meant = _closest(asked, [one for one in named if asked.means(one)], places)
        others = list(_others(asked, named, meant if len(meant) == 1 else (), places))
        silent += [one.reading for one in others]
        if len(meant) == 1 and not _is_told(asked, meant[0], places, read):
            sure = LESS_SURE if asked.is_bare(meant[0]) else LOOKED_UP
            first.append(meant[0].marked(sure, in_part=asks_when(question)))
        else:
            in_place |= _in_place(question, named, others)
    moved = {_key(one) for one in (*first, *silent, *in_place.values())}
    kept = [in_place.get(_key(one), one) for one in readings if _key(one) not in moved or _key(one) in in_place]
    return [*first, *kept, *(replace(one, confidence=0.0, in_document=0.0) for one in silent)]


def _places(document: Document, passages: Iterable[Passage], read: Sequence[Reading]) -> list[_Place]:
    """Return the lines with labels that were read of a document, each once."""
    readings = {one.sentence.start: one for one in read}
    lines = {
        line.sentence.start: (line, record)
        for passage in passages
        for record in records_of(document, passage)
        for line in record.lines
    }
    return [_Place(readings[start], line, record) for start, (line, record) in lines.items() if start in readings]


def _key(reading: Reading) -> _Key:
    return reading.hit.document.id, reading.sentence.start


def _is_told(asked: _Asked, meant: _Place, places: Sequence[_Place], read: Sequence[Reading]) -> bool:
    """Tell whether a sentence or a row of a table may answer, and may say otherwise than a line with a label.

    Another such line that is a sentence does only with all that the question has of the first.
    """
    lines = {one.line.sentence.start: one for one in places}
    for reading in (one for one in read if one.confidence >= _MAY_ANSWER):
        line, ends = lines.get(reading.sentence.start), ends_sentence(reading.text)
        if line is None and (ends or cells_of(reading.hit.document, reading.sentence)):
            return True
        if line and line is not meant and ends and asked.shared(meant) <= asked.shared(line):
            return True
    return False


def _closest(asked: _Asked, meant: Sequence[_Place], places: Sequence[_Place]) -> list[_Place]:
    """Return the lines with most words of the question near them.

    Of several in records of one kind, that which begins its record says which one that is.
    """
    words = [len(asked.near(one)) for one in meant]
    closest = [one for one, count in zip(meant, words, strict=True) if count == max(words)]
    counts = Counter(one.line.label for one in places)
    later = [one for one in closest if one.line is not one.record.lines[0]]
    return later if len(closest) > 1 and any(counts[one.line.label] > 1 for one in later) else closest


def _others(
    asked: _Asked, named: Sequence[_Place], meant: Sequence[_Place], places: Sequence[_Place]
) -> Iterator[_Place]:
    """Yield the lines that do not answer beside those that are named: of a record with the label, those without it.

    So it is with what has nothing else of the question, and no line is that says a whole sentence. Of several records,
    nor is it the line with the same label of another one.
    """
    labels = {one.line.label for one in meant}
    for place in places:
        if asked.says(place.line.label):
            if place.line.label in labels and place not in meant:
                yield place
            continue
        beside = [one for one in named if one.record is place.record and not ends_sentence(one.value)]
        if not ends_sentence(place.value) and any(asked.shared(place) <= asked.shared(one) for one in beside):
            yield place


def _in_place(question: str, named: Sequence[_Place], silent: Sequence[_Place]) -> dict[_Key, Reading]:
    """Return the only line of a record that is named, by the surest of those that it silences, and as sure as that."""
    in_place = {}
    for place in named:
        beside = [one.reading for one in silent if one.record is place.record]
        surest = max(beside, key=lambda one: one.confidence, default=place.reading)
        alone = all(one is place or one.record is not place.record for one in named)
        if alone and surest.confidence > place.reading.confidence:
            in_place[_key(surest)] = place.marked(surest.confidence, in_part=asks_when(question))
    return in_place

"""The line that a question names by its label, and by what stands around it: "Room: 214" of "Maritime History".

A reading model sees many such lines side by side, and takes that of another label, or of another heading or record.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from retrieval.lookups.asked_line import AskedLine, LabelledPlace
from retrieval.lookups.named_person import asked_person
from retrieval.lookups.sure import LESS_SURE, LOOKED_UP
from retrieval.questions.kinds import asks_when
from retrieval.questions.minutes_heads import asked_by_label
from retrieval.text.labels import ends_sentence, records_of
from retrieval.text.offices import AN_OFFICE
from retrieval.text.table_rows import cells_of
from retrieval.values import Document, Passage, Reading

_MAY_ANSWER = 0.5  # confidence of a sentence without a label


def named_line_first(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings with the line first that a question names, its value marked; of a document one, or none.

    Nor is it where a sentence of the document may answer, which may be of a later day. Beside a line whose label the
    question names, no other of its record answers: it takes the place of one that a model was surer of.
    """
    of_document: dict[str, list[Reading]] = {}
    for reading in readings:
        of_document.setdefault(reading.hit.document.id, []).append(reading)
    first, silent = list[Reading](), list[Reading]()
    in_place: dict[tuple[str, int], Reading] = {}
    person = asked_person(question)
    for read in of_document.values():
        document, passages = read[0].hit.document, dict.fromkeys(one.hit.passage for one in read)
        places = [one for one in _places(document, passages, read) if _tells_of(person, one)]
        if not places:
            continue
        asked = AskedLine(asked_by_label(question, (one.line.label for one in places)), document, passages)
        named = asked.named(places)
        meant = _closest(asked, [one for one in named if asked.means(one)], places)
        others = list(_others(asked, named, meant if len(meant) == 1 else (), places))
        silent += [one.reading for one in others]
        if len(meant) == 1 and not _is_told(asked, meant[0], places, read):
            sure = LESS_SURE if asked.is_bare(meant[0]) else LOOKED_UP
            first.append(meant[0].marked(sure, in_part=asks_when(question)))
        else:
            in_place |= _in_place(question, named, others)
    moved = {one.place for one in (*first, *silent, *in_place.values())}
    kept = [in_place.get(one.place, one) for one in readings if one.place not in moved or one.place in in_place]
    return [*first, *kept, *(one.silent() for one in silent)]


def _places(document: Document, passages: Iterable[Passage], read: Sequence[Reading]) -> list[LabelledPlace]:
    """Return the lines with labels that were read of a document, each once."""
    readings = {one.sentence.start: one for one in read}
    lines = {
        line.sentence.start: (line, record)
        for passage in passages
        for record in records_of(document, passage)
        for line in record.lines
    }
    there = {start: found for start, found in lines.items() if start in readings}
    return [LabelledPlace(readings[start], line, record) for start, (line, record) in there.items()]


def _tells_of(person: str, place: LabelledPlace) -> bool:
    """Tell whether a line may say who somebody is, if that is asked: not "Ana Lim: leaflets by May"."""
    return not person or AN_OFFICE.search(place.value) is not None


def _is_told(asked: AskedLine, meant: LabelledPlace, places: Sequence[LabelledPlace], read: Sequence[Reading]) -> bool:
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


def _closest(asked: AskedLine, meant: Sequence[LabelledPlace], places: Sequence[LabelledPlace]) -> list[LabelledPlace]:
    """Return the lines with most words of the question near them.

    Of several in records of one kind, that which begins its record says which one that is.
    """
    words = [len(asked.near(one)) for one in meant]
    closest = [one for one, count in zip(meant, words, strict=True) if count == max(words)]
    counts = Counter(one.line.label for one in places)
    later = [one for one in closest if one.line is not one.record.lines[0]]
    return later if len(closest) > 1 and any(counts[one.line.label] > 1 for one in later) else closest


def _others(
    asked: AskedLine, named: Sequence[LabelledPlace], meant: Sequence[LabelledPlace], places: Sequence[LabelledPlace]
) -> Iterator[LabelledPlace]:
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


def _in_place(
    question: str, named: Sequence[LabelledPlace], silent: Sequence[LabelledPlace]
) -> dict[tuple[str, int], Reading]:
    """Return the only line of a record that is named, by the surest of those that it silences, and as sure as that."""
    in_place = {}
    for place in named:
        beside = [one.reading for one in silent if one.record is place.record]
        surest = max(beside, key=lambda one: one.confidence, default=place.reading)
        alone = all(one is place or one.record is not place.record for one in named)
        if alone and surest.confidence > place.reading.confidence:
            in_place[surest.place] = place.marked(surest.confidence, in_part=asks_when(question))
    return in_place

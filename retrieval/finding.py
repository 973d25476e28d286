"""Find the sentences that may answer: retrieve passages, read them, put right what reading cannot know."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from retrieval.answers.below_labels import below_labels
from retrieval.answers.breakdowns import with_entries_marked, with_parts_marked
from retrieval.answers.fuller import fuller_first
from retrieval.answers.pasting import pasted_only
from retrieval.answers.rescheduled import rescheduled_first, revised_first
from retrieval.answers.series import AllSeries, Series
from retrieval.embedding.embedder import Embedder
from retrieval.index.protocols import Index, words_hash
from retrieval.lookups.ages import age_of, asked_age
from retrieval.lookups.contacts import contacts_of, whom_to_call
from retrieval.lookups.holders import holder_first
from retrieval.lookups.labelled_lines import named_line_first
from retrieval.lookups.named_person import person_first
from retrieval.lookups.said_by import said_below_title, said_by
from retrieval.lookups.table_cells import named_cell_first
from retrieval.lookups.timed_lines import timed_line_first
from retrieval.lookups.whole_days import whole_day
from retrieval.lookups.whole_hours import asked_hour, whole_hour
from retrieval.lookups.whole_parts import whole_part
from retrieval.lookups.whole_reports import whole_reports
from retrieval.lookups.whole_rows import asked_rows, whole_rows
from retrieval.questions.asked_contact import asks_contact
from retrieval.questions.asked_day import asked_day
from retrieval.questions.asked_part import asked_part
from retrieval.questions.asked_words import asked_words
from retrieval.questions.capitals import with_capitals
from retrieval.questions.follow_ups import leans_on_before
from retrieval.questions.kinds import asks_when
from retrieval.questions.report_names import report_names, without_names
from retrieval.questions.report_steps import Step
from retrieval.reading.once import one_a_sentence, surest_first
from retrieval.reading.reader import Reader
from retrieval.reading.similarity import SimilarityReader
from retrieval.retriever import Retriever
from retrieval.ruling_out.denials import with_denials, without_denied_marked, without_rumours
from retrieval.ruling_out.rules import ruled_out_behind
from retrieval.ruling_out.withdrawn import without_cancelled, without_withdrawn
from retrieval.values import Document, Hit, Passage, Question, Reading

READ_PASSAGES = 8
"""How many passages are read at most: the first READ_AT_ONCE together, the others only where none of these answers."""

_Change = Callable[[str, Sequence[Reading]], list[Reading]]
# What is changed in what was read, and in what is looked up, in this order.
_OF_WHAT_WAS_READ: tuple[_Change, ...] = (
    without_withdrawn,
    without_cancelled,
    with_denials,
    below_labels,
    without_rumours,
    ruled_out_behind,
    fuller_first,
    with_parts_marked,
    without_denied_marked,
)
_OF_WHAT_IS_NAMED: tuple[_Change, ...] = (
    holder_first,
    person_first,
    timed_line_first,
    named_cell_first,
    named_line_first,
    with_entries_marked,
    whom_to_call,
)
_MOST_STANDING = 20  # places of one sentence
_AROUND = 5  # passages before and after the closest one, in which what a question names is looked up
_LOOKED_AT = 20  # passages, for a series of which a question may name a report
_MOST_NAMED = 3  # reports of one series that a question names and that are read: those of one day


class Finder:
    """Finds in one index; may be used by several threads at once."""

    def __init__(self, index: Index, embedder: Embedder, reader: Reader, *, threshold: float) -> None:
        """From `threshold` on, a confidence in [0, 1], a sentence answers."""
        self._index = index
        self._embedder = embedder
        self._retriever = Retriever(index)
        self._reader = reader
        self._series = AllSeries(index)
        self._threshold = threshold

    def find(self, questions: Sequence[str], documents: Sequence[int | None] = ()) -> list[list[Reading]]:
        """Return each question's readings, best first, whatever the threshold.

        Of one that is itself a sentence of a document, word for word, only what answers that.

        `documents` has for each the number of the document where it is looked for, if it is just one.
        """
        documents = documents or [None] * len(questions)
        asked = self._asked(questions)
        named = [self._named(one, document) for one, document in zip(asked, documents, strict=True)]
        left = [place for place, one in enumerate(named) if not one]
        found = self._find([asked[place] for place in left], [documents[place] for place in left])
        return [one or next(found) for one in named]

    def _find(self, asked: Sequence[Question], documents: Sequence[int | None]) -> Iterator[list[Reading]]:
        """Yield what is read for each question; of one that is a sentence of a document, only what answers that."""
        for question, readings, document in zip(asked, self._read(asked, documents), documents, strict=True):
            if document is None:
                readings = self._in_series(question, readings)
                instead = self._below_title(question, readings) or self._contacts(question, readings)
                readings = instead or [*readings, *self._standing(question.text)]
            yield pasted_only(question.text, readings)

    def _named(self, question: Question, document: int | None) -> list[Reading]:
        """Return what a question names, to hear all of it: a part by its number, a day, an hour, words, rows, an age.

        That is in one document, or where it may be meant.
        """
        part, day, words = asked_part(question.text), asked_day(question.text), asked_words(question.text)
        hour, rows, name = asked_hour(question.text), asked_rows(question.text), asked_age(question.text)
        if all(one is None for one in (part, day, words, hour, rows, name)):
            return []
        hits = self._retrieve(question, document, _LOOKED_AT)
        numbers = dict.fromkeys(hit.passage.document for hit in hits)
        if part is not None:
            return whole_part(part, numbers, self._index)
        if hour is not None:
            return whole_hour(hour, numbers, self._index)
        if day is not None:
            return named_cell_first(question.text, whole_day(day, numbers, self._index))
        if words is not None:
            said = said_by(words, numbers, self._index)
            return with_denials(question.text, said) if words.subject else said
        if name is not None:
            return age_of(name, numbers, self._index)
        return whole_rows(rows, [hit.passage for hit in hits], self._index) if rows else []

    def _below_title(self, question: Question, readings: Sequence[Reading]) -> list[Reading]:
        """Return what somebody says of what a title tells, where nothing that was read answers that."""
        words = asked_words(question.text)
        if words is None or not words.of_person_on_subject or any(map(self._answers, readings)):
            return []
        hits = self._retriever.retrieve(question, count=_LOOKED_AT)
        return said_below_title(words, dict.fromkeys(hit.passage.document for hit in hits), self._index)

    def _contacts(self, question: Question, readings: Sequence[Reading]) -> list[Reading]:
        """Return the number or address of whom a question names, where nothing that was read answers that."""
        if not asks_contact(question.text) or any(map(self._answers, readings)):
            return []
        hits = self._retriever.retrieve(question, count=_LOOKED_AT)
        return contacts_of(_with_capitals(question.text, hits), hits)

    def _standing(self, text: str) -> list[Reading]:
        """Return the sentences that a text is, word for word, as not sure at all: reading may have passed them over."""
        found = (self._index.sentence(row) for row in self._index.sentences_with(words_hash(text))[:_MOST_STANDING])
        return [
            Reading(Hit.looked_up(passage, self._index.document(passage.document)), sentence, 0.0)
            for passage, sentence in found
            if not sentence.heading
        ]

    def knows_word(self, word: str) -> bool:
        """Tell whether a word is one that either model was made to read, even if no document has it."""
        return self._reader.knows_word(word) or len(self._embedder.token_spans([word])[0]) == 1

    def beside(self, document: int, step: Step) -> int | None:
        """Return the number of the report that is a step from another in its series; None if there is none."""
        series = self._series.of(self._index.document(document))
        return series.beside(document, step) if series else None

    def share_series(self, document: Document, other: Document) -> bool:
        """Tell whether two documents are reports of one series."""
        series = self._series.of(document)
        return series is not None and series is self._series.of(other)

    def _in_series(self, question: Question, readings: Sequence[Reading]) -> list[Reading]:
        """Read also those reports of a series that a question names, by number or date; if it names none, the newest.

        One that is named comes first, if it answers, beside what has that name or is of that day. The other reports of
        its series do not answer then, unless they have that name themselves: "On 4 March, …". Nor do they if it does
        not answer, but for what is asked of the latest. Where all is asked for that it says, that comes alone.
        """
        series = self._series_of(question, readings)
        if series is None:
            return self._with_latest(question, readings)
        named = series.named(question.text)
        if named is None:
            there = {one.hit.document.id for one in readings}
            newest = [one.number for one in series.reports[-1:] if one.id not in there]
            return surest_first(*self._read([question] * len(newest), newest), readings)
        numbers = [one.number for one in named.reports[-_MOST_NAMED:]]
        read = self._read(self._asked([named.rest or question.text] * len(numbers)), numbers)
        answers = any(group and self._answers(group[0]) for group in read)
        if named.whole and not (named.latest and answers) and (whole := whole_reports(numbers, self._index)):
            return whole
        ids, dates = {one.id for one in series.reports}, {one.date for one in named.reports}
        of_series = [
            one
            for one in readings
            if (one.hit.document.id in ids and not named.is_in(one.text))
            or (series.is_corrected_by(one.hit.document) and not named.is_corrected_by(one.hit.document))
        ]
        others = [one for one in readings if one not in of_series]
        if named.latest:
            return surest_first(*read, others if answers else readings)
        silent = [one.silent() for one in of_series]
        if not answers:
            return [*surest_first(*read, others), *silent]
        fitting = [
            one
            for one in others
            if named.is_in(f"{one.hit.document.title}\n{one.text}") or one.hit.document.date in dates
        ]
        return [*surest_first(*read, fitting), *(one for one in others if one not in fitting), *silent]

    def _with_latest(self, question: Question, readings: Sequence[Reading]) -> list[Reading]:
        """Read a question for the latest also without that word, which no sentence has to have, where dates tell it.

        One that says only by a pronoun what it is about is not one.
        """
        names = report_names(question.text) if any(one.hit.document.date for one in readings) else []
        rest = without_names(question.text, names)
        if not any(one.latest for one in names) or leans_on_before(rest):
            return list(readings)
        read = self._read(self._asked([rest]), [None])
        return one_a_sentence(surest_first(*read, readings))

    def _series_of(self, question: Question, readings: Sequence[Reading]) -> Series | None:
        """Return the first series that something was read of; if the question may name a report, or was found of."""
        documents = (one.hit.document for one in readings)
        found = next(filter(None, map(self._series.of, documents)), None)
        if found is None and report_names(question.text):
            hits = self._retriever.retrieve(question, count=_LOOKED_AT)
            found = next(filter(None, (self._series.of(hit.document) for hit in hits)), None)
        return found

    def _answers(self, reading: Reading) -> bool:
        return reading.confidence >= self._threshold

    def _asked(self, questions: Sequence[str]) -> list[Question]:
        texts = list(dict.fromkeys(questions))  # a follow-up is looked for in two places
        vectors = dict(zip(texts, self._embedder.embed_questions(texts), strict=True))
        return [Question(text, vectors[text]) for text in questions]

    def _read(self, asked: Sequence[Question], documents: Sequence[int | None]) -> list[list[Reading]]:
        hits = [self._retrieve(one, of, READ_PASSAGES) for one, of in zip(asked, documents, strict=True)]
        read = zip(asked, hits, self._reader.read(asked, hits), strict=True)
        return [self._put_right(_with_capitals(one.text, closest), found, closest) for one, closest, found in read]

    def _retrieve(self, question: Question, document: int | None, count: int) -> list[Hit]:
        if document is None:
            return self._retriever.retrieve(question, count=count)
        return self._retriever.retrieve_of(question, document, count=count)

    def _put_right(self, question: str, read: Sequence[Reading], hits: Sequence[Hit]) -> list[Reading]:
        """Put right what a reading model cannot know of the sentences that it takes.

        What a question names in the document of the closest passage is looked up there also where it was not read, if
        nothing that was read answers.
        """
        answering = _changed(question, read, _OF_WHAT_WAS_READ)
        around = self._index.passages_around(hits[0].passage, _AROUND) if hits else []
        there = {one.hit.passage.number for one in read}
        is_answered = any(map(self._answers, answering))
        unread = [] if is_answered else _unread(hits, [one for one in around if one.number not in there])
        found = _changed(question, [*answering, *unread], _OF_WHAT_IS_NAMED)
        later_first = rescheduled_first if asks_when(question) else revised_first
        found = later_first(question, found, self._beside(found[:1], hits))
        return [one for one in found if one.confidence or one.hit.passage.number in there]

    def _beside(self, readings: Sequence[Reading], hits: Sequence[Hit]) -> Iterator[Hit]:
        """Yield some passages, and those around what was read, which are only then looked for."""
        yield from hits
        for one in readings:
            for passage in self._index.passages_around(one.hit.passage, _AROUND):
                yield Hit.looked_up(passage, one.hit.document)

    def find_quickly(self, question: str) -> list[Reading]:
        """Return a question's readings by similarity alone, best first: quicker, and less often right."""
        asked = Question(question, self._embedder.embed_questions([question])[0])
        hits = self._retrieve(asked, None, READ_PASSAGES)
        [readings] = SimilarityReader(self._embedder, self._index.words).read([asked], [hits])
        return pasted_only(question, readings)


def _changed(question: str, readings: Sequence[Reading], changes: Iterable[_Change]) -> list[Reading]:
    """Return the readings of a question as one change after the other makes them."""
    for change in changes:
        readings = change(question, readings)
    return list(readings)


def _with_capitals(question: str, hits: Sequence[Hit]) -> str:
    """Return a question with the capitals that the sentences of its passages write names with."""
    sentences = (hit.document.text_of(one) for hit in hits for one in hit.passage.sentences if not one.heading)
    return with_capitals(question, sentences)


def _unread(hits: Sequence[Hit], passages: Sequence[Passage]) -> list[Reading]:
    """Return the sentences of passages of the best hit's document that were not read, as not sure at all."""
    found = [Hit.looked_up(passage, hits[0].document) for passage in passages]
    return [Reading(hit, one, 0.0) for hit in found for one in hit.passage.sentences if not one.heading]

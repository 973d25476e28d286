"""What a log says of the day that a question names, sentence by sentence: "What happened on 4 March?" """

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest

from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.questions.asked_day import AskedDay
from retrieval.text.day_entries import begins_with_day, entries_of
from retrieval.text.days import Day, day_of
from retrieval.text.headings import beginning_of
from retrieval.text.table_rows import cells_of
from retrieval.text.words import has_each, subject_stems, word_forms
from retrieval.values import Document, Reading, Sentence

_BEGINNING = 300  # characters, in which a document says of what it is
_MOST = 3  # documents that have such a day


def whole_day(asked: AskedDay, documents: Iterable[int], index: Index) -> list[Reading]:
    """Return what stands below that day in the first documents that have it, given by their numbers; else none.

    Of several the first sentence of each comes first. If the question names of what it asks, that has to stand in the
    document's title, or at its beginning.
    """
    days = filter(None, (_said_of(asked, number, index) for number in documents))
    return [one for turn in zip_longest(*islice(days, _MOST)) for one in turn if one]


def _said_of(asked: AskedDay, number: int, index: Index) -> list[Reading]:
    document = index.document(number)
    head = beginning_of(document, _BEGINNING)
    is_named = has_each(subject_stems(asked.name), head, document.language)
    places = asked.day.places_in(document.text) if is_named else []
    spans = entries_of(document, asked.day) if is_named else []
    what = word_forms(asked.what.split())
    return [
        as_named(document, passage, sentence)
        for passage in (index.passages_of(number) if places or spans else ())
        for sentence in passage.sentences
        if not sentence.heading
        and (
            any(start <= sentence.start < stop for start, stop in spans)
            or _is_entry(asked.day, document, sentence, places)
        )
        and has_each(what, document.text_of(sentence), document.language)
    ]


def _is_entry(asked: Day, document: Document, sentence: Sentence, places: Sequence[int]) -> bool:
    """Tell whether a sentence is itself what a log or a programme has of a day: a row of a table, "19 July: …"."""
    if bisect_left(places, sentence.start) == bisect_left(places, sentence.end):
        return False
    if begins_with_day(document.text_of(sentence), asked):
        return True
    days = (day_of(document.text_of(cell).strip(" *_")) for cell in cells_of(document, sentence))
    return any(day is not None and asked.meets(day) for day in days)

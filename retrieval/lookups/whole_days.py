"""What a log says of the day that a question names, sentence by sentence: "What happened on 4 March?" """

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest

from retrieval.index.protocols import Index
from retrieval.lookups.whole_parts import as_named
from retrieval.text.day_entries import begins_with_day, entries_of, is_day, likely_places
from retrieval.text.table_rows import cells_of
from retrieval.text.words import has_each, subject_stems, word_forms
from retrieval.values import Document, Reading, Sentence

_BEGINNING = 300  # characters, in which a document says of what it is
_MOST = 3  # documents that have such a day


def whole_day(asked: re.Match[str], documents: Iterable[int], index: Index) -> list[Reading]:
    """Return what stands below that day in the first documents that have it, given by their numbers; else none.

    Of several the first sentence of each comes first. If the question names of what it asks, that has to stand in the
    document's title, or at its beginning.
    """
    days = filter(None, (_said_of(asked, number, index) for number in documents))
    return [one for turn in zip_longest(*islice(days, _MOST)) for one in turn if one]


def _said_of(asked: re.Match[str], number: int, index: Index) -> list[Reading]:
    document = index.document(number)
    head = f"{document.title}\n{document.text[document.body : document.body + _BEGINNING]}"
    is_named = has_each(subject_stems(asked["name"] or ""), head, document.language)
    places = likely_places(document.text, asked) if is_named else []
    spans = entries_of(document, asked) if places else []
    what = word_forms((asked["what"] or asked["apa"] or "").split())  # "What was found on 4 March?"
    return [
        as_named(document, passage, sentence)
        for passage in (index.passages_of(number) if places else ())
        for sentence in passage.sentences
        if not sentence.heading
        and (
            any(start <= sentence.start < stop for start, stop in spans) or _is_entry(asked, document, sentence, places)
        )
        and has_each(what, document.text[sentence.start : sentence.end], document.language)
    ]


def _is_entry(asked: re.Match[str], document: Document, sentence: Sentence, places: Sequence[int]) -> bool:
    """Tell whether a sentence is itself what a log or a programme has of a day: a row of a table, "19 July: …"."""
    if bisect_left(places, sentence.start) == bisect_left(places, sentence.end):
        return False
    if begins_with_day(document.text[sentence.start : sentence.end], asked):
        return True
    return any(is_day(document.text[cell.start : cell.end], asked) for cell in cells_of(document, sentence))

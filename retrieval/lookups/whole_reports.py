"""A report that a question names to hear all that it says, from its first sentence on: "What is in notice no. 42?" """

from collections.abc import Iterable
from itertools import zip_longest

from retrieval.index.protocols import Index
from retrieval.lookups.sure import as_named
from retrieval.text.labels import LABELLED
from retrieval.text.patterns import regex
from retrieval.text.table_rows import cells_of, names_columns
from retrieval.values import Reading

_ENDS = regex(r"[.!?…][\"'”’*_)\]]*\Z")


def whole_reports(documents: Iterable[int], index: Index) -> list[Reading]:
    """Return the sentences of documents, given by their numbers, the first ones of all first."""
    return [one for turn in zip_longest(*(_said(number, index) for number in documents)) for one in turn if one]


def _said(number: int, index: Index) -> list[Reading]:
    """Return the sentences of a document from the first on that ends as one does; if none does, the rows of its tables.

    Before it stands the head: the office, labels, a day.
    """
    document = index.document(number)
    said = [
        as_named(document, passage, sentence)
        for passage in index.passages_of(number)
        for sentence in passage.sentences
        if not (sentence.heading or names_columns(document, sentence))
    ]
    begin = next((place for place, one in enumerate(said) if _ENDS.search(one.text)), None)
    if begin is not None:
        return said[begin:]
    rows = [one for one in said if cells_of(document, one.sentence)]
    return rows or [one for one in said if not LABELLED.fullmatch(one.text)]

"""A line with a label does not answer for whom another record names: "Phone: 0104" below Ms Weiss, for Mr Oduya."""

from retrieval.text.headings import titles_above
from retrieval.text.labels import Record, ends_sentence, records_of
from retrieval.text.names import names_had, names_within
from retrieval.values import Document, Reading

_MOST_WORDS = 6  # of a line with a full stop that is no sentence: "Phone: 555 0104."


def is_of_another_record(question: str, reading: Reading) -> bool:
    """Tell whether a line stands in a record without a name of a question, and all stand in another one.

    The record begins with whom it is of, without a label.
    """
    document, names = reading.hit.document, names_within(question)
    is_said = ends_sentence(reading.text) and len(reading.text.split()) > _MOST_WORDS
    records = records_of(document, reading.hit.passage) if names and not is_said else []
    own = next((one for one in records if reading.sentence in [line.sentence for line in one.lines]), None)
    if own is None or own.sentences[0] == own.lines[0].sentence:
        return False
    if names_had("\n".join([*titles_above(reading), _text(document, own)]), names):
        return False
    others = (_text(document, one) for one in records if one is not own)
    return any(names_had(text, names) == set(names) for text in others)


def _text(document: Document, record: Record) -> str:
    return "\n".join(map(document.text_of, record.sentences))

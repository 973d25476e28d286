"""The telephone number or the mailbox of somebody else is none of whom a question names."""

import re
from itertools import takewhile

from retrieval.questions.asked_contact import asks_contact
from retrieval.text.headings import titles_above
from retrieval.text.names import FULL_NAME, names_had
from retrieval.text.offices import AN_OFFICE, names_besides_offices
from retrieval.values import Document, Reading, Sentence

_ABOVE, _BELOW = 250, 100  # characters around a sentence, in which the lines of a contact stand
_LONGEST_LINE = 80  # characters


def is_of_other_contact(question: str, reading: Reading) -> bool:
    """Tell whether a question asks how to reach somebody whose office or name neither the lines around nor above say.

    One of the names is enough, as people are told by the last one.
    """
    if not asks_contact(question):
        return False
    offices = [match[0] for match in AN_OFFICE.finditer(question)]
    document, sentence = reading.hit.document, reading.sentence
    names_one = re.search(FULL_NAME, reading.text)
    told = "\n".join([*titles_above(reading)[1:], reading.text if names_one else _lines_around(document, sentence)])
    return any(wanted and not names_had(told, wanted) for wanted in (offices, names_besides_offices(question)))


def _lines_around(document: Document, sentence: Sentence) -> str:
    """Return a sentence with the short lines above it, and what stands behind it."""
    *above, begun = document.text[max(document.body, sentence.start - _ABOVE) : sentence.start].split("\n")
    short = list(takewhile(lambda line: len(line) <= _LONGEST_LINE, reversed(above)))
    return "\n".join([*reversed(short), begun + document.text[sentence.start : sentence.end + _BELOW]])

"""The telephone number or the mailbox of somebody else is none of whom a question names."""

import re

from retrieval.questions.asked_contact import asks_contact
from retrieval.text.headings import titles_above
from retrieval.text.names import names_had, names_within
from retrieval.text.offices import OFFICE
from retrieval.text.paragraphs import paragraph_begin, paragraph_end
from retrieval.values import Reading

_OFFICE = re.compile(rf"\b{OFFICE}\b", re.IGNORECASE)
_FAR = 400  # characters around a sentence, in which the lines of a contact stand


def is_of_other_contact(question: str, reading: Reading) -> bool:
    """Tell whether a question asks how to reach somebody whose office or name neither the lines around nor above say.

    One of the names is enough, as people are told by the last one.
    """
    if not asks_contact(question):
        return False
    offices = [match[0] for match in _OFFICE.finditer(question)]
    names = [name for name in names_within(question) if not _OFFICE.fullmatch(name)]
    document, sentence = reading.hit.document, reading.sentence
    begin = paragraph_begin(document.text, max(document.body, sentence.start - _FAR), sentence.start)
    end = paragraph_end(document.text, sentence.end, min(sentence.end + _FAR, len(document.text)))
    told = "\n".join([*titles_above(reading)[1:], document.text[begin:end]])
    return any(wanted and not names_had(told, wanted) for wanted in (offices, names))

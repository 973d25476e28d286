"""Numbers that a sentence gives by place, "five in Selle, three in Mbara": that of the place that is asked for."""

import re
from dataclasses import replace

from retrieval.questions.cues import asks_number
from retrieval.text.amounts import NUMBER_WORDS
from retrieval.text.names import NAME_WORD, names_had, names_within
from retrieval.values import Reading

_NUMBER = rf"(?:\d[\d.,]*|(?i:{'|'.join(NUMBER_WORDS)})(?:[- ](?i:{'|'.join(NUMBER_WORDS)}))*)"
_PART = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER})(?: [a-z]\w*){{0,2}}? (?:in|at|from|di|dari) "
    rf"(?P<place>{NAME_WORD}(?: {NAME_WORD})*)"
)


def with_part_marked(question: str, reading: Reading) -> Reading:
    """Return a reading with the number marked that its sentence gives for the place which a question names.

    That is where it asks how many, and the sentence gives such numbers for several places.
    """
    names = names_within(question) if asks_number(question) else []
    document, sentence = reading.hit.document, reading.sentence
    parts = list(_PART.finditer(document.text, sentence.start, sentence.end)) if names else []
    meant = [part for part in parts if names_had(part["place"], names)]
    if len(parts) == 1 or len(meant) != 1:
        return reading
    return replace(reading, highlight=meant[0].span("number"))

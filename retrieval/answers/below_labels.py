"""What stands below a label that answers: of "Article 5" what it says, of "FRAKSI KARYA (DEDI):" what they say.

So it is with a line that is only a day, above the entry of a log, which says what was that day; and with "Kepada Yth."
in a letter, below which stands whom it is to.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.lookups.sure import LESS_SURE, at_least
from retrieval.questions.kinds import WHEN_FIRST, asks_when
from retrieval.reading.once import one_a_sentence
from retrieval.text.day_entries import is_day_line
from retrieval.text.headings import beginning_of
from retrieval.text.numbered_parts import label
from retrieval.text.patterns import regex
from retrieval.text.speakers import Speakers
from retrieval.text.words import has_each, subject_stems, words_had
from retrieval.values import Document, Reading, Sentence

_ASKS_TO_WHOM = regex(
    r"\b(?:surat(?! suara\b)|letter)\b.*\b(?:kepada|ke|untuk) siapa\b|\b(?:kepada|untuk) siapa\b.*\bsurat\b"
    r"|\A\W*(?:and )?whom? (?:is|was)\b.*\bletter\b.*\bto\W*\Z|\bto whom\b.*\bletter\b",
    re.IGNORECASE,
)
_ADDRESSING = regex(
    r"\b(?:surat(?:nya)?|letter|itu|ini|tersebut|addressed|sent|written|ditujukan|dikirim(?:kan)?|dialamatkan|kepada"
    r"|untuk|siapa|whom?|about|tentang|soal|mengenai)\b",
    re.IGNORECASE,
)
_TO = regex(r"\W*(?:kepada(?: yth| yang terhormat)?|yth|yang terhormat|to)\W*", re.IGNORECASE)
_LETTER = 3_000  # characters


def below_labels(question: str, readings: Sequence[Reading]) -> list[Reading]:
    """Return readings; for a label, that of the sentences below it with most words of the question.

    The quote then tells the part in which it stands, the day, or who says it. A model that is asked when something was
    takes the day that is closest, of the entry before or after: of a day, any entry near may be what is asked for. No
    sentence is read twice.
    """
    return one_a_sentence(_said_below(question, one) for one in readings)


def _said_below(question: str, reading: Reading) -> Reading:
    document, sentence = reading.hit.document, reading.sentence
    if is_day_line(document, sentence):
        return _of_a_day(question, reading)
    if _TO.fullmatch(reading.text) and _ASKS_TO_WHOM.search(question):
        return _addressee(question, reading)
    return _below(question, reading) if _is_label(document, sentence) else reading


def _is_label(document: Document, sentence: Sentence) -> bool:
    if sentence.heading:
        return label(document, sentence) is not None
    ends = document.text_of(sentence).rstrip("*_ ").endswith(":")
    return ends and Speakers(document, sentence).is_label(sentence)


def _below(question: str, reading: Reading) -> Reading:
    document = reading.hit.document
    below = [one for one in reading.hit.passage.sentences if one.start > reading.sentence.start]
    ends = next((place for place, one in enumerate(below) if _is_label(document, one)), len(below))
    said = [one for one in below[:ends] if not one.heading]
    if not said:
        return reading
    return replace(reading, sentence=max(said, key=_shared_with(question, document)), highlight=None)


def _addressee(question: str, reading: Reading) -> Reading:
    """Return the reading of the line below, all of it marked, if the letter has what a question says it is about."""
    document = reading.hit.document
    below = next((one for one in reading.hit.passage.sentences if one.start > reading.sentence.start), None)
    about = subject_stems(_ADDRESSING.sub(" ", question))
    if below is None or not has_each(about, beginning_of(document, _LETTER), document.language):
        return reading
    return at_least(LESS_SURE, replace(reading, sentence=below), (below.start, below.end))


def _of_a_day(question: str, reading: Reading) -> Reading:
    """Return the reading of the sentence of a passage of a log that has most words of the question, if any.

    Where the title has all of these, the day is asked for itself: "when is the bird festival?", of its programme.
    """
    document = reading.hit.document
    event = subject_stems(WHEN_FIRST.sub("", question))
    if asks_when(question) and event and has_each(event, document.title, document.language):
        return reading
    said = [one for one in reading.hit.passage.sentences if not (one.heading or is_day_line(document, one))]
    shared = _shared_with(question, document)
    below = [one for one in said if one.start > reading.sentence.start]
    best = max([*below, *said], key=shared, default=None)  # what is below first, of what has as many
    return replace(reading, sentence=best, highlight=None) if best and shared(best) else reading


def _shared_with(question: str, document: Document) -> Callable[[Sentence], int]:
    """Return what counts the words of a question that a sentence has."""
    asked = subject_stems(question)
    return lambda sentence: len(words_had(asked, document.text_of(sentence), document.language))

"""What somebody says of something else does not answer what they say of the subject that a question names.

Nor does the number of all for a part that a document does not speak of: complaints for those about schools.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from retrieval.questions.asked_words import asked_words
from retrieval.questions.kinds import tells_time
from retrieval.text.headings import titles_above
from retrieval.text.names import NAME_WORD, names_had
from retrieval.text.paragraphs import paragraph_begin
from retrieval.text.people import names_of
from retrieval.text.words import stems, subject_stems
from retrieval.values import Document, Reading

_ABOUT = r"\b(?:soal|tentang|ttg|mengenai|perihal|terkait|about|concerning|regarding)\b"
_PART = re.compile(
    rf"{_ABOUT} (?P<part>.+?)(?=\b(?:did|does|do|were|was|has|have|had|are|is|in|from|by|that|were"
    r"|yang|yg|pada|di|dari|oleh|selama|tahun|masuk|(?:di|me|ber|ter)[^\W\d]{4,})\b|[?,;]|\Z)",
    re.IGNORECASE,
)
_ASKS_COUNT = re.compile(r"\b(?:how many|(?<!tanggal )(?<!jam )(?<!pukul )berapa(?:kah)?(?: banyak)?)\b", re.IGNORECASE)
_LIMITS = re.compile(_ABOUT, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_IN_A_PLACE = re.compile(rf"\b(?:in|at|di) (?:the )?(?P<place>{NAME_WORD}(?: {NAME_WORD})*)\W*\Z")
_FIGURE_IN = re.compile(rf"\d[^.;:\d]{{0,40}}? (?:in|at|di) (?:the )?(?P<place>{NAME_WORD})")


def is_of_the_whole(question: str, reading: Reading) -> bool:
    """Tell whether a question asks for the number of a part, and a sentence has one of all: it names no part.

    So it is only where no word of that part stands anywhere in the document.
    """
    counts = _ASKS_COUNT.search(question) if _DIGIT.search(reading.marked) else None
    match = _PART.search(question, counts.end()) if counts else None
    part = subject_stems(match["part"]) if match else []
    if not part or reading.crosses or _LIMITS.search(reading.text):
        return False
    return _has_none(part, _all_stems(reading.hit.document))


def is_of_other_places(question: str, reading: Reading) -> bool:
    """Tell whether a sentence has a figure each for several places, and not for that in which a question asks for one.

    The paragraph before it, the title and the headings do not name that place either.
    """
    asked = _IN_A_PLACE.search(question)
    if not asked or tells_time(asked["place"]) or not _DIGIT.search(reading.marked):
        return False
    places = {match["place"] for match in _FIGURE_IN.finditer(reading.text)}
    document, sentence = reading.hit.document, reading.sentence
    before = document.text[paragraph_begin(document.text, reading.hit.passage.start, sentence.start) : sentence.end]
    return len(places) > 1 and not names_had("\n".join([before, *titles_above(reading)]), asked["place"].split())


def is_on_another_subject(question: str, reading: Reading) -> bool:
    """Tell whether neither a sentence nor its paragraph before it has a word of the subject on which words are asked.

    Nor has a question right before that, nor, where the sentence names whoever is asked for, the title or a heading.
    "What did Ratna say about the bridge?" So it is only where the document has such a word elsewhere: of sentences that
    a model was sure of, 6 of 20 were right then, otherwise, in other words, 18 of 33 (2,005 questions of the statements
    and talks, see training/README.md). Where languages differ, words tell nothing.
    """
    asked, document = asked_words(question), reading.hit.document
    if asked is None or not asked.subject or reading.crosses:
        return False
    text, sentence, begin = document.text, reading.sentence, reading.hit.passage.start
    start = paragraph_begin(text, begin, sentence.start)
    if text[begin:start].rstrip(" \t\r\n*_>").endswith("?"):
        start = paragraph_begin(text, begin, len(text[:start].rstrip()))
    near = [text[start : sentence.end]]
    if names_had(reading.text, names_of(asked.person)):  # theirs, in a text on it
        near += titles_above(reading)
    is_missing = _has_none(asked.subject, stems("\n".join(near), document.language))
    return is_missing and not _has_none(asked.subject, _all_stems(document))


def _has_none(words: Sequence[frozenset[str]], there: Collection[str]) -> bool:
    """Tell whether none of some words, each given by its stems, is among others."""
    return all(forms.isdisjoint(there) for forms in words)


@lru_cache(maxsize=4)  # the sentences of a question are of a few documents, which may be large
def _all_stems(document: Document) -> frozenset[str]:
    return frozenset(stems(f"{document.title}\n{document.text[document.body :]}", document.language))

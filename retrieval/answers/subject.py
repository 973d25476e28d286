"""Tell of a question that is not answered whether the documents speak of its subject, and in its language."""

from collections.abc import Iterable

from retrieval.reading.related import SUBJECT_CONFIDENCE
from retrieval.text.languages import LANGUAGES, question_language
from retrieval.text.words import has_each, subject_stems
from retrieval.values import Reading

SUBJECT_SCORE = 0.9
"""The score (see Hit) of a passage from which on documents speak of a question's subject, or by SUBJECT_CONFIDENCE.

Chosen on the dev sets: 81 % of the questions whose article was taken out reach neither, 83 % of those that were written
to be unanswerable do (benchmarks/subject.py). By the score alone these were 81 and 77 %: it wants shared words, which
questions in other words lack.
"""
CROSSING_SUBJECT = 0.34
"""The confidence from which on documents in another language that a CrossingReader read speak of a question's subject.

82 % of the questions whose article is there reach it, 10 % of the others (SQuAD 2.0 in benchmarks/crossing.py).
"""
_LEAST_WORDS = 3  # of a question whose language can be told


def on_subject(readings: Iterable[Reading]) -> bool:
    """Tell from what was read for a question whether the documents speak of its subject at all."""
    return any(
        one.hit.score >= SUBJECT_SCORE or one.confidence >= (CROSSING_SUBJECT if one.crosses else SUBJECT_CONFIDENCE)
        for one in readings
    )


def has_all_words(question: str, readings: Iterable[Reading]) -> bool:
    """Tell whether one passage has all words of a question that tell its subject."""
    asked = subject_stems(question)
    for hit in {one.hit.passage.number: one.hit for one in readings}.values():
        document = hit.document
        text = f"{document.title} {document.text_of(hit.passage)}"
        if asked and has_each(asked, text, document.language):
            return True
    return False


def language_to_ask_in(question: str, readings: Iterable[Reading]) -> str:
    """Return the language of all that was read for a question, if that is in another one; a bare name is in any."""
    languages = {one.hit.document.language for one in readings}
    if len(languages) != 1 or len(question.split()) < _LEAST_WORDS or not languages.issubset(LANGUAGES):
        return ""
    [language] = languages
    return language if question_language(question) != language else ""

"""Documents that correct an earlier one, as newsrooms and ministries put them beside what they correct."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from retrieval.agreement import newer
from retrieval.embedding import Embedder
from retrieval.retriever import Retriever
from retrieval.values import Document, Question, Reading
from retrieval.words import STOP_WORDS, question_stems, stems

_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ions?)|corrigend(?:um|a)|errat(?:um|a)|clarif(?:ies|ied|ications?)|retract(?:s|ed|ions?)"
    r"|ralat|koreksi|pembetulan|klarifikasi)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d+(?:[/.-]\w+)*[/.-]\d{4}\b")  # of a release, a letter, a decree: "126/2024"
_WORDS = {"id": "ralat koreksi pembetulan"}
_LOOKED_AT = 3  # passages
_SHARED, _SHARED_WITH_NUMBERS = 2 / 3, 1 / 2  # of the words of a title
RELEVANT = 0.15
"""The confidence in a sentence of a correction from which on it is taken to bear on what was asked.

Of 24 questions about two reports that were corrected later, all nine whose answer was corrected reach it, and two of
the others.
"""
_SAYS_BEFORE = re.compile(
    r"\b(?:(?:was|were) (?:\w+ )?(?:given|stated|reported|said|printed|published|put)\b|(?:report|release|article|story"
    r"|version|statement|we) (?:also |had |has )*(?:said|stated|reported|wrote|written|gave|given|claimed)\b"
    r"|(?:wrongly|incorrectly|erroneously|mistakenly)\b|(?:disebut|ditulis|tertulis|dinyatakan|keliru)\w*\b)",
    re.IGNORECASE,
)
_SAYS_NOW = re.compile(r"\b(?:not|instead|rather|should|correct\w*|now|bukan|seharusnya|yang benar)\b", re.IGNORECASE)
_BEGINNING = 1_000  # characters, in which a correction says what it corrects


def corrections_of(documents: Iterable[Document], embedder: Embedder, retriever: Retriever) -> dict[str, int]:
    """Return the numbers of the documents that correct some of these, by the ids of those."""
    corrected = {one.id: one for one in documents if not _is_correction(one)}
    asked = [f"{_WORDS.get(one.language, 'correction')}: {one.title}" for one in corrected.values()]
    vectors = embedder.embed_questions(asked) if asked else ()
    found = retriever.retrieve(list(map(Question, asked, vectors)), count=_LOOKED_AT)
    return {
        document.id: hit.passage.document
        for document, hits in zip(corrected.values(), found, strict=True)
        for hit in hits[::-1]  # so that the closest comes last, and stays
        if corrects(hit.document, document)
    }


def corrects(later: Document, document: Document) -> bool:
    """Tell whether a document corrects another: its title says so, and it names that one's number, or has its title.

    With all numbers of that, half of its other words are enough: "Correction to report 2 of 16 March".
    """
    if later.id == document.id or not _is_correction(later) or newer(document.date, later.date):
        return False
    named = _NUMBER.findall(f"{document.title} {document.source or ''}")
    if not set(named).isdisjoint(_NUMBER.findall(later.text[:_BEGINNING])):
        return True
    asked = [forms for forms in question_stems(document.title) if forms.isdisjoint(STOP_WORDS)]
    numbers = [forms for forms in asked if any(map(str.isdecimal, forms))]
    there = set(stems(later.title, later.language))
    shared = sum(not forms.isdisjoint(there) for forms in asked)
    if any(forms.isdisjoint(there) for forms in numbers):
        return False
    return bool(asked) and shared >= (_SHARED_WITH_NUMBERS if numbers else _SHARED) * len(asked)


def without_withdrawn(readings: Sequence[Reading]) -> list[Reading]:
    """Put the sentence after it in the place of one in which a correction says what was wrong: "It was given as 5."."""
    put = [_what_is_right(reading) for reading in readings]
    return list({(one.hit.document.id, one.sentence.start): one for one in reversed(put) if one}.values())[::-1]


def _what_is_right(reading: Reading) -> Reading | None:
    """Return a reading, or, of one that was withdrawn, the sentence after it; None if that is none."""
    if not (_is_correction(reading.hit.document) and _is_withdrawn(reading.text)):
        return reading
    sentences = reading.hit.passage.sentences
    after = sentences[sentences.index(reading.sentence) + 1 :][:1]
    right = [replace(reading, sentence=sentence, highlight=None) for sentence in after if not sentence.heading]
    return next((one for one in right if not _is_withdrawn(one.text)), None)


def _is_withdrawn(sentence: str) -> bool:
    return bool(_SAYS_BEFORE.search(sentence)) and not _SAYS_NOW.search(sentence)


def _is_correction(document: Document) -> bool:
    """Tell whether a document's title says that it corrects."""
    return bool(_CORRECTS.search(document.title))

"""Documents that correct an earlier one, as newsrooms and ministries put them beside what they correct."""

import re
from collections.abc import Iterable

from retrieval.agreement import newer
from retrieval.embedding import Embedder
from retrieval.retriever import Retriever
from retrieval.values import Document, Question
from retrieval.words import STOP_WORDS, question_stems, stems

_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ions?)|corrigend(?:um|a)|errat(?:um|a)|clarif(?:ies|ied|ications?)|retract(?:s|ed|ions?)"
    r"|ralat|koreksi|pembetulan|klarifikasi)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d+(?:[/.-]\w+)*[/.-]\d{4}\b")  # of a release, a letter, a decree: "126/2024"
_WORDS = {"id": "ralat koreksi pembetulan"}
_LOOKED_AT = 3  # passages
_SHARED = 2 / 3  # of the words of a title
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
    """Tell whether a document corrects another: its title says so, and it has that one's title, or its number."""
    if later.id == document.id or not _is_correction(later) or newer(document.date, later.date):
        return False
    named = _NUMBER.findall(f"{document.title} {document.source or ''}")
    if not set(named).isdisjoint(_NUMBER.findall(later.text[:_BEGINNING])):
        return True
    asked = [forms for forms in question_stems(document.title) if forms.isdisjoint(STOP_WORDS)]
    there = set(stems(later.title, later.language))
    return bool(asked) and sum(not forms.isdisjoint(there) for forms in asked) >= _SHARED * len(asked)


def _is_correction(document: Document) -> bool:
    """Tell whether a document's title says that it corrects."""
    return bool(_CORRECTS.search(document.title))

"""Documents that correct an earlier one, as newsrooms and ministries put them beside what they correct."""

import re

from retrieval.agreement import newer
from retrieval.values import Document
from retrieval.words import STOP_WORDS, question_stems, stems

_CORRECTS = re.compile(
    r"\b(?:correct(?:s|ed|ions?)|corrigend(?:um|a)|errat(?:um|a)|clarif(?:ies|ied|ications?)|retract(?:s|ed|ions?)"
    r"|ralat|koreksi|pembetulan|klarifikasi)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d+(?:[/.-]\w+)*[/.-]\d{4}\b")  # of a release, a letter, a decree: "126/2024"
_WORDS = {"id": "ralat koreksi pembetulan"}
_SHARED = 2 / 3  # of the words of a title
_BEGINNING = 1_000  # characters, in which a correction says what it corrects


def correction_asked(document: Document) -> str:
    """Return a question that finds the correction of a document, if there is one."""
    return f"{_WORDS.get(document.language, 'correction')}: {document.title}"


def is_correction(document: Document) -> bool:
    """Tell whether a document's title says that it corrects."""
    return bool(_CORRECTS.search(document.title))


def corrects(later: Document, document: Document) -> bool:
    """Tell whether a document corrects another: its title says so, and it has that one's title, or its number."""
    if later.id == document.id or not is_correction(later) or newer(document.date, later.date):
        return False
    named = _NUMBER.findall(f"{document.title} {document.source or ''}")
    if not set(named).isdisjoint(_NUMBER.findall(later.text[:_BEGINNING])):
        return True
    asked = [forms for forms in question_stems(document.title) if forms.isdisjoint(STOP_WORDS)]
    there = set(stems(later.title, later.language))
    return bool(asked) and sum(not forms.isdisjoint(there) for forms in asked) >= _SHARED * len(asked)

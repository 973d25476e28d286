"""Questions that documents name in their metadata, for people who wonder what they may ask."""

from itertools import islice

from retrieval.answers.places import Places
from retrieval.index.protocols import Index
from retrieval.values import Suggestion

_MAX_DOCUMENTS = 200  # whose questions are looked at


def suggestions(index: Index, places: Places, language: str, count: int) -> list[Suggestion]:
    """Return questions that documents name: those in a language first, and the first of each before the second."""
    found = []
    for number in islice(index.asking(), _MAX_DOCUMENTS):
        document = index.document(number)
        first = index.passages_of(number)[0]
        key = places.key(first, first.sentences[0])
        for place, question in enumerate(document.questions):
            found.append((document.language != language, place, Suggestion(question, place, key)))
    return [suggestion for _, _, suggestion in sorted(found, key=lambda one: one[:2])[:count]]


def suggested(index: Index, places: Places, key: str, number: int) -> str | None:
    """Return the question of a suggestion by its key and number; None if its document does not name it any more."""
    found = places.find(key)
    questions = index.document(found[0].document).questions if found else ()
    return questions[number] if number < len(questions) else None

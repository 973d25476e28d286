"""Find what documents in the other language answer: a question is put into that word for word, and read so."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.embedding.embedder import Embedder
from retrieval.index.protocols import Index
from retrieval.lookups.table_cells import named_cell_first
from retrieval.questions.translating import translated
from retrieval.reading.reader import Reader
from retrieval.reading.related import SUBJECT_CONFIDENCE, as_related
from retrieval.retriever import Retriever
from retrieval.text.languages import LANGUAGES, question_language
from retrieval.values import Hit, Question, Reading

_RETRIEVED = 24  # passages, of which the first in the other language are read
_MOST_READ = 2
"""How many passages are read in the other language.

Of questions to eleven sets of documents that their own language does not answer, alone, two passages answer 53 rightly
and 19 wrongly, one 49 and 27, four 49 and 17, at twice the cost.
"""
_LEAST_SCORE = 0.4
"""The score (see Hit) of a passage below which it is not read.

That takes none of these answers, and spares a third of the reading for questions over the sample documents.
"""
_SURE = 0.65
"""The confidence from which on what is read in the other language answers.

Of those questions, that answers 47 rightly and 10 wrongly; between 0.6 and it, six are right and nine wrong.
"""


class AcrossLanguages:
    """Finds in the documents of an index that are not in a question's language; may be used by several threads."""

    def __init__(self, index: Index, embedder: Embedder, reader: Reader) -> None:
        self._words = index.words
        self._embedder = embedder
        self._retriever = Retriever(index)
        self._reader = reader

    def find(self, questions: Sequence[str]) -> list[list[Reading]]:
        """Return each question's readings in at most _MOST_READ passages in the other language, best first.

        The questions are without short forms. What is not even likely to be on the subject is left out; there is
        nothing where the embedding model compares across languages itself.
        """
        if self._embedder.multilingual or not questions:
            return [[] for _ in questions]
        put = [self._translated(question) for question in questions]
        vectors = self._embedder.embed_questions([text for text, _ in put])
        asked = [Question(text, vector) for (text, _), vector in zip(put, vectors, strict=True)]
        hits = [self._hits(question, language) for question, (_, language) in zip(asked, put, strict=True)]
        read = self._reader.read(asked, hits)
        looked = [named_cell_first(question.text, found) for question, found in zip(asked, read, strict=True)]
        return [[_across(one) for one in found if one.confidence >= SUBJECT_CONFIDENCE] for found in looked]

    def _translated(self, question: str) -> tuple[str, str]:
        """Return a question in the other language, and which that is."""
        language = question_language(question)
        [other] = (one for one in LANGUAGES if one != language)
        return translated(question, language, other, self._are_there), other

    def _are_there(self, phrase: str) -> bool:
        return all(self._words.frequencies(phrase.casefold().split()))

    def _hits(self, question: Question, language: str) -> list[Hit]:
        hits = self._retriever.retrieve(question, count=_RETRIEVED)
        of_language = [hit for hit in hits if hit.document.language == language]
        return [hit for hit in of_language[:_MOST_READ] if hit.score >= _LEAST_SCORE]


def _across(reading: Reading) -> Reading:
    """Return a reading as one across languages, which answers from _SURE on; below, it speaks of the subject."""
    return replace(reading, crosses=True) if reading.confidence >= _SURE else as_related(reading)

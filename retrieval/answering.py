"""From questions to answers: retrieve, read, cite, or say that it is not found."""

import time
from collections.abc import Sequence

from retrieval.embedding import Embedder
from retrieval.errors import QuestionError
from retrieval.index import Index
from retrieval.markup import visible_text
from retrieval.reader import Reader
from retrieval.retriever import Retriever
from retrieval.values import Answer, Citation, Document, Question, Reading, Sentence

MAX_QUESTION_LENGTH = 2_000  # characters; the embedding model reads about half of that
MAX_CITATIONS = 3
MAX_RELATED = 3
READ_PASSAGES = 3  # more bring nothing more: on the dev sets, the same share of right sentences with 5 and 8
_AS_SURE = 0.8  # of the first citation's confidence, what another document needs to be cited beside it


def clean_question(text: str) -> str:
    """Return a question without white space around it; raises QuestionError if it is empty or too long."""
    text = text.encode(errors="replace").decode().strip()  # a terminal may hand over half a character
    if not text:
        raise QuestionError.empty()
    if len(text) > MAX_QUESTION_LENGTH:
        raise QuestionError.too_long(len(text), MAX_QUESTION_LENGTH)
    return text


class Snapshot:
    """The documents and the index that answer questions at one moment; immutable."""

    def __init__(self, index: Index, embedder: Embedder, reader: Reader, *, threshold: float) -> None:
        """Answers below `threshold`, a confidence in [0, 1], are "not found"; 0 always answers."""
        self.index = index
        self._embedder = embedder
        self._retriever = Retriever(index)
        self._reader = reader
        self._threshold = threshold

    def answer(self, questions: Sequence[str]) -> list[Answer]:
        """Answer several questions together, in their order; each has to be clean (`clean_question`)."""
        began = time.monotonic()
        vectors = self._embedder.embed_questions(questions)
        asked = [Question(text, vector) for text, vector in zip(questions, vectors, strict=True)]
        hits = self._retriever.retrieve(asked, count=READ_PASSAGES)
        readings = self._reader.read(asked, hits)
        seconds = time.monotonic() - began
        return [self._answer(question, found, seconds) for question, found in zip(questions, readings, strict=True)]

    def _answer(self, question: str, readings: Sequence[Reading], seconds: float) -> Answer:
        """Cite the best reading, if it is sure enough, and other documents that say it about as surely."""
        confidence = readings[0].confidence if readings else 0.0
        if not readings or confidence < self._threshold:
            return Answer(question, (), _cite(_distinct(readings)[:MAX_RELATED]), confidence, seconds)
        least = max(self._threshold, confidence * _AS_SURE)
        sure = [reading for reading in _one_a_document(readings) if reading.confidence >= least]
        return Answer(question, _cite(sure[:MAX_CITATIONS]), (), confidence, seconds)


def _one_a_document(readings: Sequence[Reading]) -> list[Reading]:
    """Keep the best reading of each document."""
    best: dict[str, Reading] = {}
    for reading in readings:
        best.setdefault(reading.hit.document.id, reading)
    return list(best.values())


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Leave out what reads the same as a better reading."""
    best: dict[str, Reading] = {}
    for reading in readings:
        best.setdefault(reading.hit.document.text[reading.sentence.start : reading.sentence.end], reading)
    return list(best.values())


def _cite(readings: Sequence[Reading]) -> tuple[Citation, ...]:
    return tuple(_citation(number, reading) for number, reading in enumerate(readings, start=1))


def _citation(number: int, reading: Reading) -> Citation:
    document, sentence = reading.hit.document, reading.sentence
    sentences = reading.hit.passage.sentences
    place = sentences.index(sentence)
    return Citation(
        number=number,
        sentence=document.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        document=document,
        highlight=reading.highlight,
        before=_surroundings(document, sentences[:place]),
        after=_surroundings(document, sentences[place + 1 :]),
    )


def _surroundings(document: Document, sentences: Sequence[Sentence]) -> str:
    """Return sentences as people see them, headings set off, the document's title left out."""
    parts = []
    for sentence in sentences:
        text = visible_text(document.text[sentence.start : sentence.end], markdown=document.is_markdown)
        if not sentence.heading:
            parts.append(text)
        elif text != document.title:
            parts.append(f"{text} —")
    return " ".join(parts)

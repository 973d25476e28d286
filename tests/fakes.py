"""Stand-ins whose behaviour can be worked out in one's head."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from retrieval.answering import Snapshot
from retrieval.documents.formats.extracted import Extracted
from retrieval.documents.formats.markdown import markdown_blocks
from retrieval.documents.formats.plain import plain_blocks
from retrieval.documents.sentences import split_sentences
from retrieval.embedding.embedder import OnDone, Vectors
from retrieval.index.numpy_index.writer import NumpyWriter
from retrieval.index.protocols import HASH_SIZE, FileRecord, IndexWriter, text_hash
from retrieval.reading.contexts import Context
from retrieval.reading.reading_model import Calibration, ConfidenceWeights, ReadingModel, ScoreWeights, SentenceReading
from retrieval.values import Document, Reading, Sentence

BuildSnapshot = Callable[[dict[str, str]], Snapshot]
"""Makes what answers from documents, given as their ids and texts."""

FIRST_LETTERS = "abc"
GREEK = "\u0370"  # what stands before it is Latin


class FakeEmbedder:
    """Embeds a text by the first letters of its words: how many begin with a, b, c and anything else, unit length.

    So "alpha amber" is (1, 0, 0, 0) and "alpha alpha alpha bee bee bee bee" is (0.6, 0.8, 0, 0). Tokens are the
    words between blanks. What it embedded is written down, one batch a text.
    """

    dim = len(FIRST_LETTERS) + 1

    def __init__(self, *, max_tokens: int = 32, fingerprint: str = "fake", multilingual: bool = False) -> None:
        self.fingerprint = fingerprint
        self.multilingual = multilingual
        self.max_tokens = max_tokens
        self.passages: list[str] = []
        self.questions: list[str] = []

    def knows_script(self, question: str) -> bool:
        return max(question) < GREEK

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[match.span() for match in re.finditer(r"\S+", text)] for text in texts]

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        for done, text in enumerate(texts, start=1):
            self.passages.append(text)
            if on_done:
                on_done(done)
        return _vectors(texts)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        self.questions.extend(questions)
        return _vectors(questions)


def _vectors(texts: Sequence[str]) -> Vectors:
    vectors = np.zeros((len(texts), FakeEmbedder.dim), dtype=np.float32)
    for vector, text in zip(vectors, texts, strict=True):
        for word in text.lower().split() or [""]:
            vector[FIRST_LETTERS.find(word[:1]) if word else -1] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)  # type: ignore[no-any-return]


PLAIN = Calibration(ScoreWeights(1.0, 1.0, 0.0, 0.0, 0.0, 0.0), ConfidenceWeights(1.0, 0.0, 0.0, 0.0, 0.0, 0.0))
"""The score is what the model says and the passage's cosine, and the confidence is what the model says."""


class FakeReadingModel(ReadingModel):
    """Finds the answers that it was told: odds of 4 where one stands and -4 elsewhere, where the span is the sentence.

    What it read is written down, one list a call.
    """

    def __init__(self, answers: Mapping[str, str] | None = None, calibration: Calibration | None = None) -> None:
        """Take a text to find for each question."""
        self.calibration = calibration or PLAIN
        self.calls: list[list[tuple[str, str]]] = []
        self._answers = answers or {}

    def read(self, pairs: Sequence[tuple[str, Context]]) -> list[list[SentenceReading]]:
        self.calls.append([(question, context.text) for question, context in pairs])
        return [self._read(self._answers.get(question), context) for question, context in pairs]

    def _read(self, answer: str | None, context: Context) -> list[SentenceReading]:
        readings = []
        for sentence, (begin, end) in zip(context.sentences, context.spans, strict=True):
            place = context.text.find(answer, begin, end) if answer else -1
            if answer and place >= 0:
                readings.append(SentenceReading(sentence, (begin, end), 4.0, (place, place + len(answer))))
            elif begin < end:
                readings.append(SentenceReading(sentence, (begin, end), -4.0, (begin, end)))
        return readings


class TitledDocuments:
    """An index of documents, as far as what looks for others by their titles sees it."""

    def __init__(self, *documents: Document) -> None:
        self._documents = documents

    def titles(self) -> Iterator[tuple[str, str]]:
        return ((one.id, one.title) for one in self._documents)

    def document(self, number: int) -> Document:
        return self._documents[number]


def sentences_of(document: Document) -> list[Sentence]:
    """Split the text of a document that was made without a file."""
    blocks = (markdown_blocks if document.markdown else plain_blocks)(document.text, document.body)
    return split_sentences(Extracted(document.text, blocks, body=document.body, markdown=document.markdown))


def quotes(readings: Sequence[Reading]) -> list[str]:
    """Return the sentences that were read, as they stand in their documents."""
    return [reading.hit.document.text[reading.sentence.start : reading.sentence.end] for reading in readings]


@dataclass(frozen=True)
class Contents:
    """All that an index holds: passages in document order, a text that was embedded and a row of `vectors` each."""

    fingerprint: str
    documents: Sequence[Document]
    passages: Sequence[Sequence[tuple[Sentence, ...]]]
    texts: Sequence[str]
    vectors: Vectors
    files: Sequence[FileRecord]
    copies: Mapping[int, Sequence[str]] = field(default_factory=dict)


def write_contents(writer: IndexWriter, contents: Contents) -> None:
    """Write an index that was made without any run."""
    row = 0
    for document, passages in zip(contents.documents, contents.passages, strict=True):
        rows = slice(row, row + len(passages))
        texts = contents.texts[rows]
        hashes = np.frombuffer(b"".join(map(text_hash, texts)), dtype=np.uint8).reshape(-1, HASH_SIZE)
        writer.add(document, passages, texts, contents.vectors[rows], hashes)
        row += len(passages)
    writer.finish(contents.files, contents.copies)


def write_index(folder: Path, contents: Contents) -> None:
    """Write such an index into an empty folder."""
    with closing(NumpyWriter(folder, fingerprint=contents.fingerprint, dim=contents.vectors.shape[1])) as writer:
        write_contents(writer, contents)

"""The NumPy index: documents, passages, vectors and words in one folder that opens in milliseconds.

vectors.npy      float32 (n, dim), unit length
signs.npy        uint64 (dim / 64, n), the signs of the vectors; only where there are many
hashes.npy       uint8 (n, 16), of the embedded text of each passage
passages.npy     int32 (n, 2): document, first sentence
sentences.npy    int32 (m, 4): start, end, heading, cut; in characters of the document's text
documents.npy    int64 (d + 1, 3): where a document's text, record and passages begin
found.npy        uint64 (m, 2): the words' hash of each sentence and its row in sentences.npy, sorted
texts.bin        the documents' texts, UTF-8
records.bin      the documents' other fields, a JSON object each
words-*.npy      the word index
files.json       what was found in the knowledge folder; only indexing reads it
copies.json      ids of the files that say the same as a document, by its number
manifest.json    format, splitting, the model's fingerprint, counts, and size and CRC-32 of every file above
"""

import json
import zlib
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.embedding.embedder import Vectors
from retrieval.errors import IndexUnusableError
from retrieval.index.kept_documents import KeptDocuments
from retrieval.index.numpy_index.mapped import mapped, mapped_bytes
from retrieval.index.numpy_index.search import closest
from retrieval.index.numpy_index.sign_codes import SignCodes
from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.index.protocols import FORMAT, Closest, FileRecord, KnownVectors, document_of
from retrieval.receipts import FailedFile
from retrieval.values import Document, Passage, Question, Sentence

_CHECKED_ALWAYS = 32 * 2**20  # bytes; a larger index is checked only when it is written again


class NumpyIndex:
    """An index whose arrays are memory-mapped; see Index."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.name = folder.name
        self._written = (folder / "manifest.json").stat().st_mtime_ns
        self.fingerprint = str(manifest["fingerprint"])
        self.splitting = int(manifest.get("splitting", 1))  # the first did not say
        self.passage_count = int(manifest["passages"])
        self.document_count = int(manifest["documents"])
        self.vectors: Vectors = mapped(folder / "vectors.npy")
        self.signs = SignCodes.open(folder, dim=self.vectors.shape[1])
        self.words = WordIndex.open(folder, size=self.passage_count)
        self._passages = mapped(folder / "passages.npy")
        self._sentences = mapped(folder / "sentences.npy")
        self.sentence_count = len(self._sentences)
        self._documents = mapped(folder / "documents.npy")
        self._found = mapped(folder / "found.npy")
        self._texts = mapped_bytes(folder / "texts.bin")
        self._records = mapped_bytes(folder / "records.bin")
        self._kept = KeptDocuments(self._read)
        self._copies: dict[str, list[str]] = json.loads((folder / "copies.json").read_text("utf-8"))

    @classmethod
    def open(cls, folder: Path, *, fingerprint: str, check: bool = False) -> "NumpyIndex":
        """Open an index; raises IndexUnusableError if it is damaged, older, or made with another model.

        Sizes are always checked. Contents are when the index is small, or with `check`.
        """
        try:
            manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
            if manifest["format"] != FORMAT:
                raise IndexUnusableError("it has another format")
            if manifest["fingerprint"] != fingerprint:
                raise IndexUnusableError("it was made with another embedding model")
            sizes = {name: int(size) for name, (size, _) in manifest["files"].items()}
            if any((folder / name).stat().st_size != size for name, size in sizes.items()):
                raise IndexUnusableError("it is damaged: a file was cut or changed")
            if check or sum(sizes.values()) <= _CHECKED_ALWAYS:
                for name, (_, checksum) in manifest["files"].items():
                    if file_checksum(folder / name) != checksum:
                        raise IndexUnusableError(f"it is damaged: {name} was changed")
            index = cls(folder, manifest)
            if not index._counts_agree():
                raise IndexUnusableError("it is damaged: its counts differ")
            return index
        except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
            raise IndexUnusableError(f"it is damaged: {error}") from error

    def is_there(self, fingerprint: str) -> bool:
        """Tell whether the files are still those that were opened, and made with this model."""
        try:
            written = (self.folder / "manifest.json").stat().st_mtime_ns
        except OSError:
            return False
        return (written, fingerprint) == (self._written, self.fingerprint)

    def closest(
        self, question: Question, count: int, *, words_weight: float, document: int | None = None
    ) -> list[Closest]:
        """Return the `count` best passages by `cosine + words_weight * words`, best first; equal ones in order.

        With `document`, the number of one, only those of it.
        """
        shares = self.words.shares(self.words.question_words(question.text))
        if document is None:
            return closest(self.vectors, self.signs, shares, question.vector, count, words_weight=words_weight)
        first, end = self._documents[document : document + 2, 2].tolist()
        found = closest(
            self.vectors[first:end], None, shares[first:end], question.vector, count, words_weight=words_weight
        )
        return [one._replace(number=first + one.number) for one in found]

    def _counts_agree(self) -> bool:
        counts = (len(self.vectors), len(self._passages), len(self._documents) - 1)
        return counts == (self.passage_count, self.passage_count, self.document_count)

    def document(self, number: int, *, afresh: bool = False) -> Document:
        """Return a document by its number, in [0, document_count); `afresh`: as it is stored, not as it is kept."""
        return self._stored(number) if afresh else self._kept.documents({number})[number]

    def _read(self, numbers: Set[int]) -> dict[int, Document]:
        return {number: self._stored(number) for number in numbers}

    def _stored(self, number: int) -> Document:
        begin, end = self._documents[number : number + 2, 0].tolist()
        with _damage():
            return document_of(self._raw_record(number), self._texts[begin:end].tobytes().decode())

    def document_id(self, number: int) -> str:
        """Return a document's id by its number, without reading its text."""
        with _damage():
            return str(self._record(number)["id"])

    @cached_property
    def newest_date(self) -> str | None:
        """The last date of all documents: ISO, to the day, the month or the year; None if none has one."""
        with _damage():
            return max(
                filter(None, (self._record(number)["date"] for number in range(self.document_count))), default=None
            )

    def asking(self) -> Iterator[int]:
        """Yield the numbers of the documents that name questions, in order."""
        with _damage():
            yield from (number for number in range(self.document_count) if self._record(number)["questions"])

    def short_names(self) -> Iterator[tuple[int, Sequence[Sequence[str]]]]:
        """Yield the number of every document that explains short names, and them (Document.short_names), in order."""
        with _damage():
            found = ((number, self._record(number).get("short_names")) for number in range(self.document_count))
            yield from ((number, names) for number, names in found if names)

    def _record(self, number: int) -> dict[str, Any]:
        fields: dict[str, Any] = json.loads(self._raw_record(number))
        return fields

    def _raw_record(self, number: int) -> bytes:
        begin, end = self._documents[number : number + 2, 1].tolist()
        return bytes(self._records[begin:end].tobytes())

    def passage(self, number: int) -> Passage:
        """Return a passage by its number, in [0, passage_count)."""
        document, first = self._passages[number].tolist()
        last = int(self._passages[number + 1][1]) if number + 1 < self.passage_count else len(self._sentences)
        rows = self._sentences[first:last].tolist()
        sentences = tuple(Sentence(start, end, bool(heading), bool(cut)) for start, end, heading, cut in rows)
        return Passage(number, document, sentences)

    def sentence_row(self, passage: Passage, sentence: Sentence) -> int:
        """Return the number of a passage's sentence among all sentences, which stand in the documents' order."""
        return int(self._passages[passage.number][1]) + passage.sentences.index(sentence)

    def sentence(self, row: int) -> tuple[Passage, Sentence]:
        """Return a sentence by its number, in [0, sentence_count), and its passage."""
        number = int(np.searchsorted(self._passages[:, 1], np.int32(row), side="right")) - 1
        passage = self.passage(number)
        return passage, passage.sentences[row - int(self._passages[number][1])]

    def first_sentence(self, document: int) -> int:
        """Return the number of a document's first sentence; of the one after the last, that of all sentences."""
        passage = int(self._documents[document][2])
        return int(self._passages[passage][1]) if passage < self.passage_count else self.sentence_count

    def sentences_with(self, hash: int) -> list[int]:
        """Return the numbers of the sentences whose words have this hash (`words_hash`), in order."""
        hashes = self._found[:, 0]
        first, last = (int(np.searchsorted(hashes, np.uint64(hash), side=side)) for side in ("left", "right"))
        return [int(row) for row in self._found[first:last, 1]]

    def documents(self) -> Iterator[tuple[Document, int]]:
        """Yield every document with the number of its passages, in order."""
        for number in range(self.document_count):
            yield self._stored(number), int(self._documents[number + 1][2] - self._documents[number][2])

    def titles(self) -> Iterator[tuple[str, str]]:
        """Yield every document's id and title, in order, without reading the texts."""
        with _damage():
            records = map(self._record, range(self.document_count))
            yield from ((str(record["id"]), str(record["title"])) for record in records)

    def numbers(self) -> dict[str, int]:
        """Return each document's number by its id."""
        return {self.document_id(number): number for number in range(self.document_count)}

    def passages_of(self, document: int) -> list[Passage]:
        """Return the passages of a document, in order."""
        return [self.passage(number) for number in range(*self._documents[document : document + 2, 2].tolist())]

    def passages_around(self, passage: Passage, count: int) -> list[Passage]:
        """Return a passage with at most `count` before it and `count` after it in its document, in order."""
        first, end = self._documents[passage.document : passage.document + 2, 2].tolist()
        numbers = range(max(first, passage.number - count), min(end, passage.number + count + 1))
        return list(map(self.passage, numbers))

    def known_vectors(self) -> KnownVectors:
        """Return what finds vectors of texts that were embedded before; it may take memory while it is used."""
        rows = {row.tobytes(): number for number, row in enumerate(mapped(self.folder / "hashes.npy"))}
        return lambda hashes: {hash: self.vectors[rows[hash]] for hash in hashes if hash in rows}

    def files(self) -> list[FileRecord]:
        """Return what the indexing run that made this index found."""
        with _damage():
            return [FileRecord(**record) for record in json.loads((self.folder / "files.json").read_text("utf-8"))]

    def failed(self) -> list[FailedFile]:
        """Return the files that could not be read in that run."""
        return [FailedFile(record.id, record.outcome) for record in self.files() if record.failed]

    def copies(self, document: int) -> tuple[str, ...]:
        """Return the ids of the other files that say the same as a document."""
        return tuple(self._copies.get(str(document), ()))


@contextmanager
def _damage() -> Iterator[None]:
    """Say in plain words that what was read is damaged."""
    try:
        yield
    except (OSError, LookupError, ValueError, TypeError) as error:
        raise IndexUnusableError("The index is damaged: kutip index builds it again.") from error


def file_checksum(path: Path) -> int:
    """Return the CRC-32 of a file."""
    value = 0
    with path.open("rb") as stream:
        while block := stream.read(2**20):
            value = zlib.crc32(block, value)
    return value

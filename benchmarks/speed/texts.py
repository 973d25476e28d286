"""Real passages and questions of the sets in some folders, and indexes of any size made of them."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from retrieval.embedding.embedder import Embedder, Vectors
from retrieval.evaluation.question_sets import load_set
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.index.numpy_index.writer import NumpyWriter
from retrieval.index.protocols import HASH_SIZE, SPLITTING, IndexWriter
from retrieval.indexing import IndexingOptions, update_index
from retrieval.receipts import Receipt
from retrieval.values import Document, Passage, Sentence

_NOISE = 0.6  # length of what is added to a vector of length 1 where more are wanted than there are


_SAMPLE, _SAMPLE_QUESTIONS = Path("knowledge"), Path("tests/questions.jsonl")


@dataclass(frozen=True, slots=True)
class Texts:
    """Real documents in a folder, indexed by Kutip itself, and questions about them."""

    folder: Path
    store: NumpyStore
    index: NumpyIndex
    questions: tuple[str, ...]

    def update(self, embedder: Embedder) -> Receipt:
        """Bring the index up to date."""
        return update_index(self.store, embedder, IndexingOptions(self.folder))


def load_texts(folders: Sequence[Path], embedder: Embedder, cache: Path) -> Texts:
    """Index the passages of the sets in folders, each a file, below `cache`, which is kept for the next time.

    Without folders, the sample documents.
    """
    store = NumpyStore(cache / "data")
    questions: dict[str, None] = {}
    knowledge = cache / "knowledge" if folders else _SAMPLE
    passages: dict[str, None] = {}
    for folder in folders:
        found = load_set(folder)
        passages |= dict.fromkeys(text for _, _, text in found.passages)
        questions |= dict.fromkeys(question.text for question in found.questions if question.answers)
    if not folders:
        lines = _SAMPLE_QUESTIONS.read_text("utf-8").splitlines()
        questions = dict.fromkeys(json.loads(line)["question"] for line in lines)
    there = store.open(embedder.fingerprint)
    if there is None or there.splitting < SPLITTING:
        for number, text in enumerate(passages):
            path = knowledge / f"{number // 1_000:03}/{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        print(f"Indexing {len(passages) or 'the sample'} texts, once.", file=sys.stderr)
        update_index(store, embedder, IndexingOptions(knowledge))
    index = store.open(embedder.fingerprint)
    assert index is not None
    shuffled = sorted(questions)
    Random(0).shuffle(shuffled)
    return Texts(knowledge, store, index, tuple(shuffled))


def enlarged(real: Vectors, count: int) -> Vectors:
    """Return so many unit vectors: the real ones, then real ones with noise."""
    vectors = np.empty((count, real.shape[1]), dtype=np.float32)
    vectors[: len(real)] = real[:count]
    chance = np.random.default_rng(0)
    for begin in range(len(real), count, len(real)):
        block = vectors[begin : begin + len(real)]
        noise = chance.standard_normal(block.shape, dtype=np.float32)
        noise *= _NOISE / np.linalg.norm(noise, axis=1, keepdims=True)
        block[:] = real[: len(block)] + noise
        block /= np.linalg.norm(block, axis=1, keepdims=True)
    return vectors


def make_index(texts: Texts, count: int, folder: Path) -> NumpyIndex:
    """Write an index of so many passages, as `add_passages` does."""
    folder.mkdir(parents=True)
    real = texts.index
    with closing(NumpyWriter(folder, fingerprint=real.fingerprint, dim=real.vectors.shape[1])) as writer:
        add_passages(writer, real, enlarged(real.vectors, count))
        writer.finish([], {})
    return NumpyIndex.open(folder, fingerprint=real.fingerprint)


def add_passages(writer: IndexWriter, real: NumpyIndex, vectors: Vectors) -> None:
    """Add a passage for each vector, each a document: real ones, then the sentences of two in one."""
    hashes = np.zeros((1, HASH_SIZE), dtype=np.uint8)
    for number, sentences in enumerate(_passages(real, len(vectors))):
        text = " ".join(sentences)
        ends = np.cumsum([len(sentence) + 1 for sentence in sentences])
        spans = [Sentence(int(end) - len(one) - 1, int(end) - 1) for one, end in zip(sentences, ends, strict=True)]
        document = Document(f"{number}.txt", f"Text {number}", text, language="en")
        writer.add(document, [spans], [text], vectors[number][None], hashes)


def _passages(real: NumpyIndex, count: int) -> Iterator[list[str]]:
    """Yield the sentences of so many passages; beyond the real ones, halves of two."""
    chance = Random(1)
    for number in range(count):
        sentences = _sentences(real, real.passage(number % real.passage_count))
        if number >= real.passage_count:
            others = _sentences(real, real.passage(chance.randrange(real.passage_count)))
            sentences = [*sentences[: len(sentences) // 2], *others[len(others) // 2 :]]
        yield sentences


def _sentences(index: NumpyIndex, passage: Passage) -> list[str]:
    text = index.document(passage.document).text
    return [text[sentence.start : sentence.end] for sentence in passage.sentences]

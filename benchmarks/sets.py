"""Question sets of the form that benchmarks take: a folder with passages.jsonl and questions.jsonl.

passages.jsonl    {"id", "title", "text"} a line
questions.jsonl   {"id", "question", "answers": [text, …], "passage_id"} a line; no answers: not answerable
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.answering import Snapshot
from retrieval.embedding import Embedder, OnDone, Vectors
from retrieval.index import Index
from retrieval.indexing import IndexingOptions, update_index
from retrieval.reader import SimilarityReader
from retrieval.store import IndexStore
from retrieval.values import Citation

_FEW_TITLES = 10  # so few name where the passages are from, not what they are about


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question with the texts that answer it and the passages, by id, in which they stand."""

    text: str
    answers: tuple[str, ...]
    passages: frozenset[str]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set: `passages` are (id, title, text); an article is the passages of one title, where titles tell articles."""

    name: str
    passages: tuple[tuple[str, str, str], ...]
    questions: tuple[SetQuestion, ...]

    def half_of_articles(self, seed: int) -> frozenset[str]:
        """Return the ids of the passages of a random half of the articles."""
        titles = {title for _, title, _ in self.passages}
        articles = {id: title if title and len(titles) > _FEW_TITLES else id for id, title, _ in self.passages}
        kept = set(Random(seed).sample(sorted(set(articles.values())), len(set(articles.values())) // 2))
        return frozenset(id for id, article in articles.items() if article in kept)


def load_set(folder: Path, *, questions: int | None = None, passages: int | None = None) -> QuestionSet:
    """Read a set; with limits, a random sample of the questions, and their passages with as many others as fit."""
    rows = list(_lines(folder / "questions.jsonl"))
    if questions is not None and questions < len(rows):
        rows = Random(0).sample(rows, questions)
    asked = tuple(
        SetQuestion(
            row["question"],
            tuple(answer for answer in row["answers"] if answer.strip()),
            frozenset(row.get("passage_ids") or [row["passage_id"]]),
        )
        for row in rows
    )
    found = load_passages(folder)
    if passages is not None and passages < len(found):
        needed = Counter(id for question in asked for id in question.passages)
        others = [passage for passage in found if passage[0] not in needed]
        kept = {passage[0] for passage in Random(0).sample(others, max(0, min(passages - len(needed), len(others))))}
        found = [passage for passage in found if passage[0] in needed or passage[0] in kept]
    return QuestionSet(folder.name, tuple(found), asked)


def load_passages(folder: Path) -> list[tuple[str, str, str]]:
    """Return a set's passages as (id, title, text)."""
    return [(row["id"], row.get("title") or "", row["text"]) for row in _lines(folder / "passages.jsonl")]


def _lines(path: Path) -> Iterator[dict]:  # type: ignore[type-arg]
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class RememberingEmbedder:
    """An embedder that embeds no text twice: halves of a set are made of the same passages again and again."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = embedder.fingerprint
        self.dim = embedder.dim
        self.max_tokens = embedder.max_tokens
        self.token_spans = embedder.token_spans
        self.embed_questions = embedder.embed_questions
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        self._vectors.update(zip(new, self._embedder.embed_passages(new, on_done=on_done), strict=True))
        return np.stack([self._vectors[text] for text in texts]) if texts else np.empty((0, self.dim), np.float32)


class SetIndex:
    """A set's passages in an index made by Kutip itself, each passage a file."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._knowledge = folder / "knowledge"
        self._store = IndexStore(folder / "data")
        self.embedder = RememberingEmbedder(embedder)

    def open(self, passages: Sequence[tuple[str, str, str]]) -> Index:
        """Index just these passages; those indexed before keep their vectors."""
        self._knowledge.mkdir(parents=True, exist_ok=True)
        wanted = {f"{id}.txt" for id, _, _ in passages}
        for path in self._knowledge.iterdir():
            if path.name not in wanted:
                path.unlink()
        for id, title, text in passages:
            path = self._knowledge / f"{id}.txt"
            if not path.exists():
                front_matter = f"---\ntitle: {json.dumps(title.replace('_', ' '))}\n---\n" if title else ""
                path.write_text(front_matter + text, "utf-8", newline="")
        update_index(self._store, self.embedder, IndexingOptions(self._knowledge))
        index = self._store.open(self.embedder.fingerprint)
        assert index is not None
        return index

    def is_verbatim(self, citation: Citation) -> bool:
        """Compare a citation with the file itself, byte for byte at its offsets."""
        text = (self._knowledge / citation.document.id).read_bytes().decode("utf-8")
        return text[citation.start : citation.end].encode() == citation.sentence.encode()

    def snapshot(self, index: Index) -> Snapshot:
        """Return what answers from an index, always: the caller applies thresholds."""
        return Snapshot(index, self.embedder, SimilarityReader(self.embedder, index.words), threshold=0)


@contextmanager
def set_index(embedder: Embedder) -> Iterator[SetIndex]:
    """Yield a place for a set's index that is removed afterwards."""
    with TemporaryDirectory() as folder:
        yield SetIndex(Path(folder), embedder)

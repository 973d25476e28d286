"""Compare every sentence that could be quoted with its file, byte for byte at its offsets.

    python -m benchmarks.quotes FOLDER...

A folder is a question set (passages.jsonl: each passage becomes a file) or any folder of documents. Files go the whole
way into an index and back; only the vectors, which no quote depends on, are left empty.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.embedding import Embedder, OnDone, Vectors
from retrieval.evaluation.question_sets import load_passages
from retrieval.index import Index
from retrieval.indexing import IndexingOptions, update_index
from retrieval.models import load_embedder
from retrieval.store import IndexStore


class EmptyEmbedder:
    """Counts tokens as the model does and gives every text the same vector."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = "empty"
        self.dim = 1
        self.max_tokens = embedder.max_tokens
        self.token_spans = embedder.token_spans

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        return np.ones((len(questions), 1), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        return self.embed_questions(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported model is")
    options = parser.parse_args()
    embedder = EmptyEmbedder(load_embedder(None, options.data))
    print(f"{'folder':32}{'documents':>10}{'passages':>10}{'sentences':>10}{'different':>10}")
    different = 0
    for folder in options.folders:
        with _documents(folder) as knowledge, TemporaryDirectory() as data:
            store = IndexStore(Path(data))
            update_index(store, embedder, IndexingOptions(knowledge))
            index = store.open(embedder.fingerprint)
            assert index is not None
            sentences, wrong = _compare(index, knowledge)
        print(f"{folder.name:32}{index.document_count:10,}{index.passage_count:10,}{sentences:10,}{wrong:10,}")
        different += wrong
    sys.exit(bool(different))


@contextmanager
def _documents(folder: Path) -> Iterator[Path]:
    """Yield a folder of documents; of a question set, one made of its passages."""
    if not (folder / "passages.jsonl").exists():
        yield folder
        return
    with TemporaryDirectory() as made:
        for id, _, text in load_passages(folder):
            (Path(made) / f"{id}.txt").write_text(text, "utf-8", newline="")
        yield Path(made)


def _compare(index: Index, knowledge: Path) -> tuple[int, int]:
    """Return how many sentences an index holds, and how many of them differ from their files."""
    sentences = wrong = 0
    for number, (document, _) in enumerate(index.documents()):
        text = (knowledge / document.id).read_bytes().decode("utf-8-sig")
        for passage in index.passages_of(number):
            for sentence in passage.sentences:
                quote = document.text[sentence.start : sentence.end]
                sentences += 1
                wrong += not quote.strip() or text[sentence.start : sentence.end].encode() != quote.encode()
    return sentences, wrong


if __name__ == "__main__":
    main()

"""Compare every sentence that could be quoted with its file, byte for byte at its offsets.

    python -m benchmarks.quotes FOLDER...

A folder is a question set (passages.jsonl: each passage becomes a file) or any folder of documents. Files go the whole
way into an index and back; only the vectors, which no quote depends on, are left empty. Beside it: whether each
sentence's key leads back to it, how many sentences are said to be in other documents too, as part of the same report,
and whether they stand there.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.answers.places import Places
from retrieval.documents.encodings import decode
from retrieval.documents.formats.registry import extract
from retrieval.embedding.embedder import Embedder, OnDone, Vectors
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.question_sets import load_passages
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.indexing import IndexingOptions, update_index


class EmptyEmbedder:
    """Counts tokens as the model does and gives every text the same vector."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = "empty"
        self.dim = 1
        self.max_tokens = embedder.max_tokens
        self.multilingual = False
        self.knows_script = embedder.knows_script
        self.token_spans = embedder.token_spans

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        return np.ones((len(questions), 1), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        return self.embed_questions(texts)


@dataclass(slots=True)
class Counts:
    """Of sentences; but for the first and the fourth they have to be 0."""

    sentences: int = 0
    different: int = 0
    lost: int = 0
    in_others: int = 0
    not_there: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported model is")
    options = parser.parse_args()
    embedder = EmptyEmbedder(load_embedder(None, options.data))
    columns = ("documents", "passages", *(field.name for field in fields(Counts)))
    print(f"{'folder':32}" + "".join(f"{column.replace('_', ' '):>13}" for column in columns))
    failed = False
    for folder in options.folders:
        with _documents(folder) as knowledge, TemporaryDirectory() as data:
            store = NumpyStore(Path(data))
            update_index(store, embedder, IndexingOptions(knowledge))
            index = store.open(embedder.fingerprint)
            assert index is not None
            counts = _compare(index, knowledge)
        numbers = (index.document_count, index.passage_count, *astuple(counts))
        print(f"{folder.name:32}" + "".join(f"{number:13,}" for number in numbers))
        failed = failed or bool(counts.different or counts.lost or counts.not_there)
    sys.exit(failed)


@contextmanager
def _documents(folder: Path) -> Iterator[Path]:
    """Yield a folder of documents; of a question set, one made of its passages."""
    if not (folder / "passages.jsonl").exists():
        yield folder
        return
    with TemporaryDirectory() as made:
        for id, _, text in load_passages(folder):
            path = Path(made) / f"{id}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="")
        yield Path(made)


def _text(knowledge: Path, id: str) -> str:
    """Return the text that a file holds, or, of one that is no text, what is read of it."""
    data = (knowledge / id).read_bytes()
    return decode(data) if id.endswith((".txt", ".md")) else extract(id, data).text


def _compare(index: NumpyIndex, knowledge: Path) -> Counts:
    """Check every sentence that an index holds."""
    counts = Counts()
    places = Places(index)
    numbers = index.numbers()
    for number, (document, _) in enumerate(index.documents()):
        text = _text(knowledge, document.id)
        for passage in index.passages_of(number):
            for sentence in passage.sentences:
                quote = document.text[sentence.start : sentence.end]
                counts.sentences += 1
                counts.different += not quote.strip() or text[sentence.start : sentence.end].encode() != quote.encode()
                counts.lost += places.find(places.key(passage, sentence)) != (passage, sentence)
                others = [index.document(numbers[id]).text for id in places.also_in(passage, sentence) if id in numbers]
                counts.in_others += bool(others)
                counts.not_there += sum(_folded(quote) not in _folded(other) for other in others)
    return counts


def _folded(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    main()

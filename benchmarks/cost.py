"""Measure what a question costs the processor, over the documents of a folder.

    python -m benchmarks.cost [--knowledge knowledge] [--questions tests/questions.jsonl] [--rounds 3]

Prints processor time and wall time a question, the median over the questions, asked alone and in batches of 16; and
alone for those that the documents of the folder answer. The index is made beforehand, and the models are loaded and
warm.
"""

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.answering import Snapshot
from retrieval.embedding.models import load_embedder
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.indexing import IndexingOptions, update_index
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    parser.add_argument("--questions", type=Path, default=Path("tests/questions.jsonl"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.questions.read_text("utf-8").splitlines()]
    questions = [row["question"] for row in rows]
    answered = [row["question"] for row in rows if _is_answered(row.get("documents", ()), options.knowledge)]
    embedder = load_embedder(None, options.data)
    with TemporaryDirectory() as folder:
        store = NumpyStore(Path(folder))
        update_index(store, embedder, IndexingOptions(options.knowledge))
        index = store.open(embedder.fingerprint)
        assert index is not None
        snapshot = Snapshot(index, embedder, SpanReader(load_reading_model(None), index.words), threshold=THRESHOLD)
        snapshot.answer(questions[:16])
        for asked, size, name in (
            (questions, 1, "asked alone"),
            (questions, 16, "asked 16 together"),
            (answered, 1, f"{len(answered)} that are answered there, alone"),
        ):
            batches = [asked[begin : begin + size] for begin in range(0, len(asked), size)] * options.rounds
            if not batches:
                continue
            costs = [_cost(snapshot, batch) for batch in batches]
            processor, wall = (1_000 * statistics.median(column) for column in zip(*costs, strict=True))
            print(f"{name}: {processor:.0f} ms of processor time, {wall:.0f} ms, a question")


def _is_answered(documents: Sequence[str], knowledge: Path) -> bool:
    """Tell whether the documents that answer a question, if any do, are all in a folder."""
    return bool(documents) and all((knowledge / document).is_file() for document in documents)


def _cost(snapshot: Snapshot, questions: Sequence[str]) -> tuple[float, float]:
    """Return the seconds of processor and wall time that each of these questions takes."""
    processor, wall = time.process_time(), time.monotonic()
    snapshot.answer(questions)
    return (time.process_time() - processor) / len(questions), (time.monotonic() - wall) / len(questions)


if __name__ == "__main__":
    main()

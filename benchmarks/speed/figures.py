"""What is measured, and how: in turn, so that whatever else the machine does meets all alike."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Call = tuple[Callable[..., object], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Times:
    """Of some calls, in milliseconds: the median, the 99th percentile, the median of the processor's time."""

    median: float
    slowest: float
    processor: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of a table: what was measured, of whom, at how many passages or askers; others where they were taken.

    `recall` is a share; `floor` and `lag`, of the event loop, are in milliseconds, `rate` is a second, `memory` in MB;
    `unfair` is how many times the median asker the slowest one waited.
    """

    what: str
    who: str
    size: int
    times: Times
    recall: float | None = None
    floor: float | None = None
    rate: float | None = None
    memory: float | None = None
    lag: float | None = None
    unfair: float | None = None


def interleaved(calls: Mapping[str, Sequence[Call]]) -> dict[str, Times]:
    """Time calls, as many of each name, in turn by name; the first of each is run once before."""
    for of_name in calls.values():
        function, arguments = of_name[0]
        function(*arguments)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for row in zip(*calls.values(), strict=True):
        for name, (function, arguments) in zip(calls, row, strict=True):
            taken[name].append(timed(function, *arguments))
    return {name: times_of(of_name) for name, of_name in taken.items()}


def timed(function: Callable[..., object], *arguments: Any) -> tuple[float, float]:
    """Return the seconds of wall time and of processor time that a call takes."""
    wall, processor = time.perf_counter(), time.process_time()
    function(*arguments)
    return time.perf_counter() - wall, time.process_time() - processor


def times_of(taken: Sequence[tuple[float, float]]) -> Times:
    """Sum up seconds of wall and processor time."""
    wall, processor = 1_000 * np.array(taken).T
    return Times(float(np.median(wall)), float(np.quantile(wall, 0.99)), float(np.median(processor)))

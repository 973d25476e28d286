"""Running models by ONNX Runtime: each run on one thread, several runs side by side.

On two cores that reads the passages of one question in three quarters of the time, and of eight in half of it, compared
with one run after the other on both: a small model has too little to share, and threads that wait for each other spin.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import onnxruntime

Item = TypeVar("Item")
Result = TypeVar("Result")

_NICENESS = 10  # of at most 19
_SLOWER = ["SkipLayerNormFusion"]  # the operators that it puts together take longer than they did one by one


def load_session(graph: Path, options: onnxruntime.SessionOptions | None = None) -> onnxruntime.InferenceSession:
    """Load a graph, with `session_options` unless told others; raises what ONNX Runtime raises."""
    return onnxruntime.InferenceSession(
        str(graph), options or session_options(), providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )


def session_options() -> onnxruntime.SessionOptions:
    """Return what every run of a model keeps to."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: its warnings say nothing that a user can act on
    options.intra_op_num_threads = 1
    return options


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item], *, yields: bool = False) -> Iterator[Result]:
    """Give what some work makes of each item, in their order; on all cores, where there are several items.

    Work that `yields` lets other work have the cores first, where the system can tell threads apart.
    """
    if not yields and (len(items) == 1 or _cores() == 1):
        return map(work, items)
    return _pool(yields).map(work, items)


@cache
def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _pool(yields: bool) -> ThreadPoolExecutor:
    """Return threads for either kind of work: what yields is long, and nothing may queue behind it."""
    begin = _step_back if yields else None
    return ThreadPoolExecutor(_cores(), thread_name_prefix="models", initializer=begin)


def _step_back() -> None:
    """Let this thread have a core only while no other wants it."""
    if sys.platform == "linux":  # elsewhere a thread has no priority of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)

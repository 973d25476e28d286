"""What this machine can do at best on one thread: the floor under every time."""

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from retrieval.embedding.sessions import session_options

_SIDE = 2_048  # of the square matrices that are multiplied
_BYTES = 2**30


@dataclass(frozen=True, slots=True)
class Machine:
    """Operations and bytes a second; a multiplication with an addition is two operations."""

    processor: str
    fp32: float
    int8: float
    bandwidth: float


def measure_machine() -> Machine:
    """Measure one thread of the machine; this process has to be held to one processor."""
    chance = np.random.default_rng(0)
    left, right = (chance.standard_normal((_SIDE, _SIDE), dtype=np.float32) for _ in range(2))
    operations = 2 * _SIDE**3
    memory = np.ones(_BYTES // 8)
    return Machine(
        _processor(),
        operations / best(lambda: left @ right),
        operations / best(int8_product(_SIDE, _SIDE, _SIDE)),
        _BYTES / best(memory.sum),
    )


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the seconds of the quickest of some runs, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def int8_product(rows: int, inner: int, columns: int) -> Callable[[], object]:
    """Return a product of matrices in 8 bits, (rows, inner) by (inner, columns), by ONNX Runtime, on one thread."""
    types = {"left": TensorProto.UINT8, "right": TensorProto.INT8}
    right = np.random.default_rng(0).integers(-127, 127, (inner, columns), dtype=np.int8)
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["left", "right"], ["product"])],
        "multiply",
        [helper.make_tensor_value_info("left", types["left"], [rows, inner])],
        [helper.make_tensor_value_info("product", TensorProto.INT32, [rows, columns])],
        [helper.make_tensor("right", types["right"], right.shape, right.tobytes(), raw=True)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), session_options(), providers=["CPUExecutionProvider"]
    )
    left = np.random.default_rng(1).integers(0, 255, (rows, inner), dtype=np.uint8)
    return lambda: session.run(None, {"left": left})


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        return names[0]
    except (OSError, IndexError):
        return platform.processor() or platform.machine()

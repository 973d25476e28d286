"""Show where the two models spend their time, operator by operator, on one thread.

    python -m benchmarks.operators [--question 12] [--passage 128]

Prints the milliseconds that the operators of each model take for so many tokens, and how many operations a second
products of matrices in 8 bits reach: of the reading model's shapes, and of large square ones, which the floor of
`benchmarks.speed` takes.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime

from benchmarks.speed.machine import best, int8_product
from retrieval.embedding.models import export_name, load_embedder
from retrieval.embedding.sessions import load_session, session_options
from retrieval.reading.reading_model import BUNDLED

_FIRST, _RUNS = 5, 50  # the first ones are not counted
_SHOWN = 0.01  # of the time, what an operator needs to be named
_SHAPES = [(384, 384), (384, 1_536), (1_536, 384), (2_048, 2_048)]  # of the reading model's matrices, and a large one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--question", type=int, default=12, help="tokens that are embedded")
    parser.add_argument("--passage", type=int, default=128, help="tokens that are read")
    parser.add_argument("--data", type=Path, default=Path("data"), help="where the exported embedding model is")
    options = parser.parse_args()
    load_embedder(None, options.data)
    for name, graph, tokens in (
        ("embedding", options.data / "models" / export_name(None) / "model.onnx", options.question),
        ("reading", BUNDLED / "model.onnx", options.passage),
    ):
        times = operator_times(graph, tokens)
        total = sum(times.values())
        print(f"{name} {tokens} tokens: {total:.2f} ms")
        for operator, milliseconds in times.most_common():
            if milliseconds >= _SHOWN * total:
                print(f"    {operator:24} {milliseconds:6.2f} ms  {milliseconds / total:4.0%}")
    print(f"products in 8 bits, {options.passage} rows (2,048 of the large one):")
    for rows, columns in _SHAPES:
        many = rows if rows > 1_536 else options.passage
        seconds = best(int8_product(many, rows, columns), times=20)
        print(f"    {rows:5,} × {columns:5,}           {2 * many * rows * columns / seconds / 1e9:6.0f} GOP/s")


def operator_times(graph: Path, tokens: int) -> Counter[str]:
    """Return the milliseconds that each operator takes in one run over one text of so many tokens."""
    with TemporaryDirectory() as folder:
        options = session_options()
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = load_session(graph, options)
        run = _runner(session, tokens)
        for _ in range(_FIRST + _RUNS):
            run()
        events = json.loads(Path(session.end_profiling()).read_text("utf-8"))
    nodes = [one for one in events if one.get("cat") == "Node" and one["name"].endswith("_kernel_time")]
    times: Counter[str] = Counter()
    for node in nodes[_FIRST * len(nodes) // (_FIRST + _RUNS) :]:
        times[node["args"]["op_name"]] += node["dur"] / _RUNS / 1_000
    return times


def _runner(session: onnxruntime.InferenceSession, tokens: int) -> Callable[[], object]:
    ids = np.random.default_rng(0).integers(1_000, 20_000, (1, tokens))
    feed = {one.name: ids if one.name == "input_ids" else np.ones_like(ids) for one in session.get_inputs()}
    return lambda: session.run(None, feed)


if __name__ == "__main__":
    main()

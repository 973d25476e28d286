"""Store a graph's weights in a quarter of their size, and run its products on small integers."""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BLOCK = 32  # weights that share a scale, in 4 bits
_LEAST = -8  # of 4 bits
Weights = npt.NDArray[np.float32]
Inputs = Mapping[str, npt.NDArray[Any]]


def quantise(graph: Path, samples: Sequence[Inputs]) -> None:
    """Store matrices in 8 bits, each column with its own scale, and embeddings, each row with its own.

    Embeddings that came from 4 bits and were not trained further are stored in these again: nothing is lost. Of the
    matrices' 8 bits, 7 are used: on processors without VNNI, sums of two products are cut off at 16 bits, and with all
    8 the same question had other answers there. `samples`, at least one, are inputs of the graph: what is
    far larger than the rest is so in any text.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it recommends a preparation that changes nothing here
    try:
        whole = graph.rename(graph.with_name("whole.onnx"))
        _level_channels(whole, samples)
        quantize_dynamic(
            whole,
            graph,
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )
        whole.unlink()
    finally:
        root.setLevel(level)
    model = onnx.load(graph)
    _quantise_embeddings(model.graph)
    onnx.save(model, graph)


def pack(rows: Weights) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float16]] | None:
    """Return rows in 4 bits, (rows, blocks, 16) bytes, and scales, (rows, blocks, 1); None if any weight would change.

    In a block, the weight farthest from 0 is -8 times the scale. A byte holds a weight of the block's first half, and
    above it the one of the second half.
    """
    count, columns = rows.shape
    if not rows.size or columns % BLOCK:
        return None
    blocks = rows.reshape(count, columns // BLOCK, BLOCK)
    farthest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2, keepdims=True), axis=2)
    scales = (farthest / _LEAST).astype(np.float16)
    step: Weights = scales.astype(np.float32)
    numbers = np.rint(np.divide(blocks, step, out=np.zeros_like(blocks), where=step != 0))
    if not np.array_equal(numbers * step, blocks) or numbers.min() < _LEAST or numbers.max() >= -_LEAST:
        return None
    nibbles = (numbers - _LEAST).astype(np.uint8)
    packed: npt.NDArray[np.uint8] = nibbles[..., : BLOCK // 2] | (nibbles[..., BLOCK // 2 :] << np.uint8(4))
    return packed, scales


def unpack(packed: npt.NDArray[np.uint8], scales: npt.NDArray[np.float16]) -> Weights:
    """Return the rows that `pack` was given."""
    numbers = np.concatenate([packed & 15, packed >> 4], axis=2).astype(np.float32) + _LEAST
    blocks: Weights = numbers * scales.astype(np.float32)
    return blocks.reshape(len(packed), -1)


def _level_channels(path: Path, samples: Sequence[Inputs]) -> None:
    """Bring the largest channel of what goes into a product down to the second, and its weights up by as much.

    All channels of a product share one scale, and in several layers one of them is up to ten times as large as any
    other, which leaves little of the 8 bits to these (Bondarenko et al., "Understanding and Overcoming the Challenges
    of Efficient Transformer Quantization", 2021). Moving it into the weights is what SmoothQuant does (Xiao et al.,
    2023). Where several products share what goes in, it stays as it is, so that it is quantised once.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(path)
    graph = model.graph
    matrices = {one.name: one for one in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in matrices]
    read = Counter(node.input[0] for node in products)
    used = Counter(name for node in graph.node for name in node.input)
    alone = [node for node in products if read[node.input[0]] == used[node.input[1]] == 1]
    sizes = _channel_sizes(model, [node.input[0] for node in alone], samples)
    outputs = {node.output[0] for node in alone}
    nodes = list(graph.node)
    del graph.node[:]
    for node in nodes:
        if outputs.intersection(node.output):
            factors = _factors(sizes[node.input[0]])
            matrix = matrices[node.input[1]]
            matrix.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(matrix) * factors[:, None], matrix.name))
            graph.initializer.append(numpy_helper.from_array(1 / factors, f"{matrix.name}_divisor"))
            divided = [node.input[0], f"{matrix.name}_divisor"]
            node.input[0] = f"{matrix.name}_levelled"
            graph.node.append(helper.make_node("Mul", divided, [node.input[0]]))
        graph.node.append(node)
    onnx.save(model, path)


def _factors(sizes: Weights) -> Weights:
    """Return how many times as large as the second largest channel each is, 1 for all others than the largest."""
    second = np.sort(sizes)[-2:][0]
    return np.maximum(1, sizes / second if second else np.ones_like(sizes)).astype(np.float32)


def _channel_sizes(model: Any, names: Sequence[str], samples: Sequence[Inputs]) -> dict[str, Weights]:
    """Return the largest absolute value of each channel of intermediate results, over all samples."""
    import onnx
    from onnxruntime import InferenceSession

    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    probe.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names)
    session = InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    runs = [session.run(list(names), dict(sample)) for sample in samples] if names else []
    return {
        name: np.max([np.abs(found).reshape(-1, found.shape[-1]).max(axis=0) for found in values], axis=0)
        for name, values in zip(names, zip(*runs, strict=True), strict=True)
    }


def _quantise_embeddings(graph: Any) -> None:
    """Look rows up in 8 bits or 4: the quantiser has one scale for a table, which rare, large values make coarse."""
    from onnx import TensorProto, numpy_helper

    tables = {one.name: one for one in graph.initializer if one.data_type == TensorProto.FLOAT and len(one.dims) == 2}
    stored: dict[str, npt.NDArray[Any]] = {}
    nodes = list(graph.node)
    del graph.node[:]
    for node in nodes:
        table = tables.get(node.input[0]) if node.op_type == "Gather" else None
        if table is None:
            graph.node.append(node)
            continue
        graph.initializer.remove(table)
        rows = numpy_helper.to_array(table)
        packed = pack(rows)
        if packed:
            stored |= {f"{table.name}_int4": packed[0], f"{table.name}_scale": packed[1], **_CONSTANTS}
            graph.node.extend(_rows_of_4_bits(table.name, node.input[1], node.output[0]))
        else:
            scales = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-12).astype(np.float32) / 127
            stored |= {f"{table.name}_int8": np.rint(rows / scales).astype(np.int8), f"{table.name}_scale": scales}
            graph.node.extend(_rows_of_8_bits(table.name, node.input[1], node.output[0]))
    graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in stored.items())


def _rows_of_8_bits(table: str, ids: str, out: str) -> Iterable[Any]:
    from onnx import TensorProto, helper

    yield helper.make_node("Gather", [f"{table}_int8", ids], [f"{out}_int8"])
    yield helper.make_node("Cast", [f"{out}_int8"], [f"{out}_float"], to=TensorProto.FLOAT)
    yield helper.make_node("Gather", [f"{table}_scale", ids], [f"{out}_scale"])
    yield helper.make_node("Mul", [f"{out}_float", f"{out}_scale"], [out])


_CONSTANTS: dict[str, npt.NDArray[Any]] = {
    "int4_above": np.array(16, dtype=np.uint8),
    "int4_bits": np.array(4, dtype=np.uint8),
    "int4_least": np.array(_LEAST, dtype=np.float32),
    "int4_row": np.array([-1], dtype=np.int64),
}


def _rows_of_4_bits(table: str, ids: str, out: str) -> Iterable[Any]:
    """Yield what `unpack` does, for ids of any shape."""
    from onnx import TensorProto, helper

    yield helper.make_node("Gather", [f"{table}_int4", ids], [f"{out}_int4"])
    yield helper.make_node("Mod", [f"{out}_int4", "int4_above"], [f"{out}_low"])
    yield helper.make_node("BitShift", [f"{out}_int4", "int4_bits"], [f"{out}_high"], direction="RIGHT")
    yield helper.make_node("Concat", [f"{out}_low", f"{out}_high"], [f"{out}_all"], axis=-1)
    yield helper.make_node("Cast", [f"{out}_all"], [f"{out}_float"], to=TensorProto.FLOAT)
    yield helper.make_node("Add", [f"{out}_float", "int4_least"], [f"{out}_numbers"])
    yield helper.make_node("Gather", [f"{table}_scale", ids], [f"{out}_half"])
    yield helper.make_node("Cast", [f"{out}_half"], [f"{out}_scale"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [f"{out}_numbers", f"{out}_scale"], [f"{out}_scaled"])
    yield helper.make_node("Shape", [ids], [f"{out}_ids"])
    yield helper.make_node("Concat", [f"{out}_ids", "int4_row"], [f"{out}_shape"], axis=0)
    yield helper.make_node("Reshape", [f"{out}_scaled", f"{out}_shape"], [out])

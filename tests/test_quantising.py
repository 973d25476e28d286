"""Embeddings keep what they had, in 4 bits or 8; products lose little, whatever goes into them, on any processor."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from retrieval.reading.quantising import pack, quantise, unpack

IDS = np.array([[0, 3, 2, 3], [1, 1, 0, 2]])
LEAST = np.float32(2**-24)  # the least that has 16 bits


def of_4_bits(rows: int, columns: int) -> npt.NDArray[np.float32]:
    """Return random weights as blocks of 4 bits have them; one block is all zeros."""
    random = np.random.default_rng(0)
    numbers = random.integers(-8, 8, (rows, columns // 32, 32)).astype(np.float32)
    numbers[:, :, 5] = -8
    numbers[1, 0] = 0
    scales = random.normal(size=(rows, columns // 32, 1)).astype(np.float16).astype(np.float32)
    return (numbers * scales).reshape(rows, columns)


def looked_up(table: npt.NDArray[np.float32], path: Path, ids: npt.NDArray[np.int64] = IDS) -> npt.NDArray[np.float32]:
    """Look ids up in a table in a graph that was quantised."""
    axes = [f"axis{number}" for number in range(ids.ndim)]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "ids"], ["rows"])],
        "lookup",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, axes)],
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [*axes, table.shape[1]])],
        [numpy_helper.from_array(table, "table")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)
    quantise(path, [{"ids": ids}])
    [rows] = InferenceSession(str(path)).run(None, {"ids": ids})
    return np.asarray(rows)


def test_weights_of_4_bits_come_back_as_they_were() -> None:
    rows = of_4_bits(4, 128)
    packed = pack(rows)
    assert packed
    assert packed[0].shape == (4, 4, 16)
    assert np.array_equal(unpack(*packed), rows)


@pytest.mark.parametrize(
    "rows",
    [
        np.random.default_rng(1).normal(size=(4, 64)).astype(np.float32),  # any number
        np.repeat(np.array([[8, 7], [-8, 7]], dtype=np.float32), 32, axis=1) * np.float32(1.0001),  # no half scale
        of_4_bits(4, 64)[:, :48],  # half a block
        np.tile(np.array([[8, -8]], dtype=np.float32), (4, 32)),  # 8 and -8 are one too many
        np.full((4, 32), -9 * LEAST, dtype=np.float32),  # no scale is small enough
        np.empty((0, 32), dtype=np.float32),
    ],
)
def test_other_weights_are_not_put_in_4_bits(rows: npt.NDArray[np.float32]) -> None:
    assert pack(rows) is None


@pytest.mark.parametrize("ids", [IDS, IDS[0], IDS[None]])
def test_a_graph_looks_rows_of_4_bits_up_unchanged(ids: npt.NDArray[np.int64], tmp_path: Path) -> None:
    table = of_4_bits(4, 384)
    assert np.array_equal(looked_up(table, tmp_path / "graph.onnx", ids), table[ids])
    stored = onnx.load(tmp_path / "graph.onnx").graph.initializer
    assert sum(len(one.raw_data) for one in stored) < table.nbytes / 6


def test_a_graph_looks_other_rows_up_in_8_bits(tmp_path: Path) -> None:
    sizes = np.array([[1], [10], [100], [1_000]])
    table = (np.random.default_rng(2).normal(size=(4, 384)) * sizes).astype(np.float32)
    rows = looked_up(table, tmp_path / "graph.onnx", np.arange(4))
    worst, largest = np.abs(rows - table).max(axis=1), np.abs(table).max(axis=1)
    assert (worst > 0).all()
    assert (worst <= largest / 254 * 1.01).all()


MATRIX = np.random.default_rng(3).normal(size=(64, 16)).astype(np.float32)


def save_products(path: Path, *matrices: npt.NDArray[np.float32]) -> None:
    """Write a graph that multiplies "x" with each matrix."""
    names = [f"out{number}" for number in range(len(matrices))]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", f"w{name}"], [name], name=name) for name in names],
        "products",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 64])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", 16]) for name in names],
        [numpy_helper.from_array(matrix, f"w{name}") for name, matrix in zip(names, matrices, strict=True)],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)


@pytest.mark.parametrize("largest", [1.0, 30.0])
def test_one_large_channel_costs_the_others_nothing(largest: float, tmp_path: Path) -> None:
    sizes = np.ones(64, dtype=np.float32)
    sizes[5] = largest
    x = np.random.default_rng(4).normal(size=(50, 64)).astype(np.float32) * sizes
    matrix = MATRIX / sizes[:, None]
    save_products(tmp_path / "graph.onnx", matrix)
    quantise(tmp_path / "graph.onnx", [{"x": x[:10]}, {"x": x[10:20]}])
    [found] = InferenceSession(str(tmp_path / "graph.onnx")).run(None, {"x": x})
    assert float(np.sqrt(np.mean((found - x @ matrix) ** 2))) < 0.15


def test_products_of_one_input_share_its_scale(tmp_path: Path) -> None:
    save_products(tmp_path / "graph.onnx", MATRIX, -MATRIX)
    quantise(tmp_path / "graph.onnx", [{"x": MATRIX.T}])
    kinds = [node.op_type for node in onnx.load(tmp_path / "graph.onnx").graph.node]
    assert kinds.count("DynamicQuantizeLinear") == 1


def test_matrices_have_7_bits_for_processors_that_add_in_16(tmp_path: Path) -> None:
    save_products(tmp_path / "graph.onnx", MATRIX)
    quantise(tmp_path / "graph.onnx", [{"x": MATRIX.T}])
    stored = [numpy_helper.to_array(one) for one in onnx.load(tmp_path / "graph.onnx").graph.initializer]
    [matrix] = [one for one in stored if one.dtype == np.int8 and one.shape == MATRIX.shape]
    assert 60 < np.abs(matrix.astype(int)).max() <= 64

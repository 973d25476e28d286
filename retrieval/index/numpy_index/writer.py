"""Write an index, one document after the other, so that it need not fit into memory; index.py describes the files."""

import json
import os
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, astuple
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import Vectors
from retrieval.index.numpy_index import sign_codes
from retrieval.index.numpy_index.index import file_checksum
from retrieval.index.numpy_index.word_index import WordIndexBuilder
from retrieval.index.protocols import FORMAT, HASH_SIZE, SPLITTING, FileRecord, document_record, words_hash
from retrieval.values import Document, Sentence


class NumpyWriter:
    """Fills an empty folder, and has to be closed; all of its methods raise OSError. See IndexWriter."""

    def __init__(self, folder: Path, *, fingerprint: str, dim: int, splitting: int = SPLITTING) -> None:
        self._folder = folder
        self._fingerprint = fingerprint
        self._splitting = splitting
        self._vectors = _ArrayFile(folder / "vectors.npy", np.float32, dim)
        self._hashes = _ArrayFile(folder / "hashes.npy", np.uint8, HASH_SIZE)
        self._passages = _ArrayFile(folder / "passages.npy", np.int32, 2)
        self._sentences = _ArrayFile(folder / "sentences.npy", np.int32, 4)
        self._documents = _ArrayFile(folder / "documents.npy", np.int64, 3)
        self._words_hashes = array("Q")  # of the sentences
        self._words = WordIndexBuilder()
        self._texts = (folder / "texts.bin").open("wb")
        self._records = (folder / "records.bin").open("wb")
        self._documents.append([(0, 0, 0)])

    def close(self) -> None:
        """Close the files."""
        for file in self._arrays:
            file.close()
        self._texts.close()
        self._records.close()

    @property
    def _arrays(self) -> "tuple[_ArrayFile, ...]":
        return self._vectors, self._hashes, self._passages, self._sentences, self._documents

    @property
    def document_count(self) -> int:
        return self._documents.rows - 1

    @property
    def passage_count(self) -> int:
        return self._passages.rows

    def add(
        self,
        document: Document,
        passages: Sequence[Sequence[Sentence]],
        texts: Sequence[str],
        vectors: Vectors,
        hashes: npt.NDArray[np.uint8],
    ) -> None:
        """Add a document with its passages: of each the text that was embedded, its vector and its hash."""
        for text in texts:
            self._words.add(text, document.language)
        firsts = []
        sentences: list[Sentence] = []
        for passage in passages:
            firsts.append((self.document_count, self._sentences.rows + len(sentences)))
            sentences += passage
        self._vectors.append(vectors)
        self._hashes.append(hashes)
        self._passages.append(firsts)
        self._sentences.append([astuple(sentence) for sentence in sentences])
        self._words_hashes.extend(words_hash(document.text_of(sentence)) for sentence in sentences)
        self._texts.write(document.text.encode())
        self._records.write(document_record(document))
        self._documents.append([(self._texts.tell(), self._records.tell(), self.passage_count)])

    def vector(self, passage: int) -> Vectors:
        """Return the vector of a passage that was added, shape (dim,)."""
        return self._vectors.row(passage)

    def finish(self, files: Sequence[FileRecord], copies: Mapping[int, Sequence[str]]) -> None:
        """Write the rest, and wait until all is on the disk.

        `copies` are the ids of the files that say the same as a document, by its number.
        """
        for file in self._arrays:
            file.complete()
        self._texts.flush()
        self._records.flush()
        folder = self._folder
        hashes = np.array(self._words_hashes)
        order = np.argsort(hashes, kind="stable")
        np.save(folder / "found.npy", np.stack([hashes[order], order.astype(np.uint64)], axis=1))
        self._words.build().save(folder)
        sign_codes.save(np.load(folder / "vectors.npy", mmap_mode="r"), folder)
        (folder / "files.json").write_text(json.dumps([asdict(file) for file in files]), "utf-8")
        (folder / "copies.json").write_text(json.dumps(copies), "utf-8")
        names = sorted(path.name for path in folder.iterdir())
        manifest = {
            "format": FORMAT,
            "splitting": self._splitting,
            "fingerprint": self._fingerprint,
            "documents": self.document_count,
            "passages": self.passage_count,
            "files": {name: ((folder / name).stat().st_size, file_checksum(folder / name)) for name in names},
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")
        for path in folder.iterdir():
            flush(path)
        flush_folder(folder)


class _ArrayFile:
    """A .npy file of rows that are appended. NumPy pads the header so that the number of rows can grow in place."""

    def __init__(self, path: Path, dtype: npt.DTypeLike, width: int) -> None:
        self.rows = 0
        self._dtype = np.dtype(dtype)
        self._width = width
        self._file = path.open("w+b")
        self._write_header()
        self._begin = self._file.tell()

    def append(self, rows: npt.ArrayLike) -> None:
        array = np.asarray(rows, dtype=self._dtype).reshape(-1, self._width)
        self._file.write(array.tobytes())
        self.rows += len(array)

    def row(self, number: int) -> Vectors:
        self._file.flush()
        size = self._width * self._dtype.itemsize
        return np.frombuffer(os.pread(self._file.fileno(), size, self._begin + number * size), dtype=self._dtype)

    def complete(self) -> None:
        """Let the header say how many rows there are."""
        self._file.seek(0)
        self._write_header()
        assert self._file.tell() == self._begin
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def _write_header(self) -> None:
        header = {
            "descr": np.lib.format.dtype_to_descr(self._dtype),
            "fortran_order": False,
            "shape": (self.rows, self._width),
        }
        np.lib.format.write_array_header_1_0(self._file, header)


def flush(path: Path) -> None:
    """Wait until a file is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until a folder's list of files is on the disk, where the file system can do that."""
    with suppress(OSError):
        flush(folder)

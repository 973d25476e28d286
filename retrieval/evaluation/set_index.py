"""An index of a question set, made by Kutip itself in a folder that is removed afterwards."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.documents.encodings import decode
from retrieval.documents.parsing import parse_document
from retrieval.documents.side_files import SIDE_SUFFIX
from retrieval.documents.workers import FileWorkers
from retrieval.embedding.embedder import Embedder, OnDone, Vectors, WrappedEmbedder
from retrieval.index.protocols import Index, IndexStore
from retrieval.index.stores import passing_store
from retrieval.indexing import IndexingOptions, OnProgress, update_index
from retrieval.values import Document

_TEXTS = (".txt", ".md")  # whose offsets are those of the file


class RememberingEmbedder(WrappedEmbedder):
    """An embedder that embeds no text twice: halves of a set are made of the same passages again and again."""

    def __init__(self, plain: Embedder) -> None:
        super().__init__(plain)
        self._vectors: dict[str, Vectors] = {}

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        new = list(dict.fromkeys(text for text in texts if text not in self._vectors))
        self._vectors.update(zip(new, self.plain.embed_passages(new, on_done=on_done), strict=True))
        return np.stack([self._vectors[text] for text in texts]) if texts else np.empty((0, self.dim), np.float32)


class SetIndex:
    """A set's passages in an index made by Kutip itself, each passage a file."""

    def __init__(self, folder: Path, embedder: Embedder, workers: FileWorkers, store: IndexStore) -> None:
        self._workers = workers
        self._knowledge = folder / "knowledge"
        self._store = store
        self._there: set[str] = set()
        self._read_again: dict[str, str] = {}  # what was read once more of files that are no text
        self.embedder = RememberingEmbedder(embedder)

    def open(
        self,
        passages: Sequence[tuple[str, str, str]],
        *,
        documents: Path | None = None,
        on_progress: OnProgress = lambda progress: None,
    ) -> Index:
        """Index just these passages; those indexed before keep their vectors.

        With `documents`, a folder, their ids are paths of documents there, which are copied as they are.
        """
        wanted = {id if documents else _file_name(id): (id, title, text) for id, title, text in passages}
        for name in self._there - wanted.keys():
            (self._knowledge / name).unlink()
            (self._knowledge / f"{name}{SIDE_SUFFIX}").unlink(missing_ok=True)
        for name in wanted.keys() - self._there:
            id, title, text = wanted[name]
            path = self._knowledge / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if documents:
                shutil.copyfile(documents / id, path)
                if (side := documents / f"{id}{SIDE_SUFFIX}").is_file():
                    shutil.copyfile(side, self._knowledge / f"{name}{SIDE_SUFFIX}")
            else:
                path.write_text(titled(title, text), "utf-8", newline="")
        self._there = set(wanted)
        sizes = [path.stat().st_size for path in self._knowledge.rglob("*")]  # the too large were left out before
        options = IndexingOptions(self._knowledge, max_bytes=max(sizes, default=0))
        update_index(self._store, self.embedder, options, workers=self._workers, on_progress=on_progress)
        index = self._store.open(self.embedder.fingerprint)
        assert index is not None
        return index

    def is_verbatim(self, document: Document, start: int, end: int) -> bool:
        """Compare a quote with the file itself, byte for byte at its offsets.

        Of a file that is no text, that is what is read of it once more.
        """
        text = self._text(document.id)
        return start < end and text[start:end].encode() == document.text[start:end].encode()

    def _text(self, id: str) -> str:
        data = (self._knowledge / id).read_bytes()
        if not id.lower().endswith(_TEXTS):
            if id not in self._read_again:
                parsed = parse_document(id, data)
                self._read_again[id] = parsed.document.text if parsed else ""
            return self._read_again[id]
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return decode(data)


def titled(title: str, text: str) -> str:
    """Return a passage as its file has it: below its title, if it has one."""
    return f"---\ntitle: {json.dumps(title.replace('_', ' '))}\n---\n{text}" if title else text


def _file_name(id: str) -> str:
    """Return the name of a passage's file: its id, where that can be one."""
    if not re.fullmatch(r"[\w-][\w.-]{0,99}", id, re.ASCII):
        id = f"passage-{blake2b(id.encode(errors='replace'), digest_size=16).hexdigest()}"
    return f"{id}.txt"


@contextmanager
def set_index(embedder: Embedder, database: str = "") -> Iterator[SetIndex]:
    """Yield a place for a set's index, in a database or else in files, that is removed afterwards."""
    with (
        TemporaryDirectory(prefix="kutip-") as folder,
        FileWorkers() as workers,
        passing_store(Path(folder) / "data", database) as store,
    ):
        yield SetIndex(Path(folder), embedder, workers, store)

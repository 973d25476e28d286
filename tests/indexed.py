"""Read documents into an index in files, and open it."""

from pathlib import Path

from retrieval.documents.workers import FileWorkers
from retrieval.embedding.embedder import Embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.indexing import IndexingOptions, update_index


def index_of_folder(knowledge: Path, data: Path, embedder: Embedder, workers: FileWorkers) -> NumpyIndex:
    """Make the index of a folder's documents below the folder `data`."""
    store = NumpyStore(data)
    update_index(store, embedder, IndexingOptions(knowledge), workers=workers)
    index = store.open(embedder.fingerprint)
    assert index is not None
    return index


def index_of_texts(folder: Path, documents: dict[str, str], embedder: Embedder, workers: FileWorkers) -> NumpyIndex:
    """Make the index of documents, given as their ids and texts, below a folder of their own."""
    for id, text in documents.items():
        (folder / "knowledge" / id).parent.mkdir(parents=True, exist_ok=True)
        (folder / "knowledge" / id).write_bytes(text.encode())
    return index_of_folder(folder / "knowledge", folder / "data", embedder, workers)

"""What several tests share: the real embedding model, exported once for them all."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from benchmarks.dialogues import RememberingReader
from retrieval.answering import Snapshot
from retrieval.documents.workers import FileWorkers
from retrieval.embedding.embedder import Embedder
from retrieval.embedding.models import load_embedder
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.index.postgres_index.database import Database
from retrieval.index.postgres_index.store import PostgresStore
from retrieval.indexing import IndexingOptions, update_index
from retrieval.reading.reader import THRESHOLD
from retrieval.reading.reader_export import export_reader
from retrieval.reading.reading_model import ReadingModel, load_reading_model
from retrieval.reading.span_reader import SpanReader
from tests.fakes import BuildSnapshot
from tests.indexed import index_of_folder, index_of_texts
from tests.postgres import started_server
from tests.processes import ReadDocuments, Workplace
from tests.tiny_models import save_bert

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so it is in the background of a shell, and for what is started
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The machine may be busy with other work: how long an example takes is no reason to fail.
# Each run tries the same examples; who asks for more of them (EXAMPLES) gets new ones.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="EXAMPLES" not in os.environ
)
settings.load_profile("patient")


_LONGEST = "bot cli questions webhook outages dialogues cluster questions_id postgres kill lost models".split()
"""The files whose tests take longest: begun last, they would run on while nothing else is left to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    names = [f"test_{name}.py" for name in _LONGEST]
    items.sort(key=lambda item: names.index(item.path.name) if item.path.name in names else len(names))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the bundled model is exported; once, if several processes test together."""
    data = tmp_path_factory.mktemp("session-data")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        load_embedder(None, data)
        return data
    together = tmp_path_factory.getbasetemp().parent
    with FileLock(together / "models.lock"):
        load_embedder(None, together / "exported")
    shutil.copytree(together / "exported", data, dirs_exist_ok=True)
    return data


@pytest.fixture(scope="session")
def embedder(models: Path) -> Embedder:
    """The bundled model, as users run it."""
    return load_embedder(None, models)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server with pgvector."""
    with started_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def reading_model() -> ReadingModel:
    """The bundled reading model."""
    return load_reading_model(None)


@pytest.fixture(scope="session")
def all_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the sample documents and the invented ones, which no test changes."""
    folder = tmp_path_factory.mktemp("documents")
    tests = Path(__file__).parent
    for documents in (tests.parent / "knowledge", tests / "documents"):
        shutil.copytree(documents, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def all_snapshot(
    all_documents: Path,
    embedder: Embedder,
    reading_model: ReadingModel,
    workers: FileWorkers,
    tmp_path_factory: pytest.TempPathFactory,
) -> Snapshot:
    """What answers from all of these documents, with the real models; nothing is read twice."""
    index = index_of_folder(all_documents, tmp_path_factory.mktemp("data"), embedder, workers)
    reader = RememberingReader(SpanReader(reading_model, index.words))
    return Snapshot(index, embedder, reader, threshold=THRESHOLD)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hugging Face question answering model whose weights are random."""
    return save_bert(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="session")
def whole_reader(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a reader whose weights are not quantised."""
    folder = tmp_path_factory.mktemp("whole-reader")
    export_reader(str(tiny_model), folder, quantised=False)
    return folder


@pytest.fixture(scope="session")
def tiny_reader(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a reader: it can be read with, though what it says means nothing."""
    folder = tmp_path_factory.mktemp("reader")
    export_reader(str(tiny_model), folder)
    return folder


@pytest.fixture(scope="session")
def read_documents(embedder: Embedder, workers: FileWorkers) -> ReadDocuments:
    """Bring the index of a workplace up to date, without the two seconds of a `kutip index` that nothing looks at."""

    def read(place: Workplace, url: str = "") -> None:
        options = IndexingOptions(place.knowledge, data=place.data)
        if not url:
            update_index(NumpyStore(place.data), embedder, options, workers=workers)
            return
        with closing(Database(url)) as database:
            update_index(PostgresStore(database), embedder, options, workers=workers)

    return read


@pytest.fixture(scope="session")
def lease(tmp_path_factory: pytest.TempPathFactory, models: Path, read_documents: ReadDocuments) -> Workplace:
    """A workplace with one document and its index, which no test changes."""
    lease = Workplace.make(tmp_path_factory.mktemp("lease") / "place", models)
    lease.write("lease.txt", "The notice period of the lease is three months.")
    read_documents(lease)
    return lease


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait until what is written is on the disk: it takes long, and no test could see it."""
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@pytest.fixture(scope="session")
def workers() -> Iterator[FileWorkers]:
    """Processes that read files, once for all tests: to start them takes longer than most of what they do."""
    with FileWorkers() as workers:
        yield workers


@pytest.fixture
def index_of(
    tmp_path: Path, quick_disk: None, workers: FileWorkers
) -> Callable[[Embedder, dict[str, str]], NumpyIndex]:
    """Make an index of documents, given as their ids and texts."""
    return lambda embedder, documents: index_of_texts(tmp_path, documents, embedder, workers)


@pytest.fixture(scope="session")
def snapshots(
    tmp_path_factory: pytest.TempPathFactory, workers: FileWorkers, embedder: Embedder, reading_model: ReadingModel
) -> Callable[[tuple[tuple[str, str], ...]], Snapshot]:
    """Make what answers from documents, once for the tests that ask the same ones after each other.

    Each holds a dozen files open, of which some systems allow a process 1,024.
    """

    @lru_cache(maxsize=8)
    def made(documents: tuple[tuple[str, str], ...]) -> Snapshot:
        index = index_of_texts(tmp_path_factory.mktemp("snapshot"), dict(documents), embedder, workers)
        return Snapshot(index, embedder, SpanReader(reading_model, index.words), threshold=THRESHOLD)

    return made


@pytest.fixture
def snapshot_of(snapshots: Callable[[tuple[tuple[str, str], ...]], Snapshot], quick_disk: None) -> BuildSnapshot:
    """Make what answers from documents, given as their ids and texts, with the real models."""
    return lambda documents: snapshots(tuple(documents.items()))

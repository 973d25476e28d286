"""Read and embed on a Dask cluster, where there are more documents than one machine gets through.

This process finds the files, splits the documents and writes the index; what a worker was doing when it died is given
to another one. The same Kutip is installed on the workers, and finds or makes the model's export below the same folder.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from multiprocessing import current_process
from pathlib import Path
from threading import Lock, Semaphore, Thread
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from retrieval.documents.workers import FileWorkers
from retrieval.embedding.embedder import Embedder, OnDone, Vectors, WrappedEmbedder
from retrieval.embedding.graphics import LEAST
from retrieval.embedding.models import load_embedder
from retrieval.errors import ClusterError, DocumentError, IndexingStoppedError, KutipError, ModelError
from retrieval.values import Parsed

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Task

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_EMBEDDED_TOGETHER = LEAST  # passages of one task: a graphics processor is used for so many
_TASKS_EACH = 2  # for each thread of the cluster, so that none waits for the slowest
_CONNECT_SECONDS = 5
_LOOK_EVERY = 0.5  # seconds, at whether to go on waiting
_COUNT_EVERY = 10.0  # seconds, the threads of the cluster: workers come and go
_LOUD = ("distributed", "distributed.client", "tornado", "tornado.application")


@contextmanager
def connected(address: str, model: str | None, data: Path) -> Iterator["Cluster"]:
    """Lend the cluster whose scheduler has this address; its workers load `model` as `load_embedder` does.

    Raises ClusterError.
    """
    if find_spec("distributed") is None:
        raise ClusterError("that takes distributed, which kutip[dask] installs")
    import dask
    from distributed import Client

    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})  # a file is sent with its task
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said here, in plain words
    try:
        client = _within(_CONNECT_SECONDS + 1, lambda: Client(address, timeout=_CONNECT_SECONDS))
    except Exception as error:  # whatever a port says that is no scheduler's
        raise ClusterError(f"there is no scheduler at {address}") from error
    try:
        with _errors():
            try:
                client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
            except TimeoutError as error:
                raise ClusterError("it has no workers; dask worker starts one") from error
        yield Cluster(client, _Setup(model, data, _code_hash()))
    finally:
        client.close()


def _within(seconds: float, work: Callable[[], Result]) -> Result:
    """Return what some work returns, or raise what it raises; TimeoutError if that takes too long, and it goes on."""
    done: Future[Result] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result(timeout=seconds)


@contextmanager
def _errors() -> Iterator[None]:
    """Raise what Dask has to say as ClusterError."""
    from distributed import CancelledError, KilledWorker
    from distributed.client import ClosedClientError

    try:
        yield
    except KutipError:
        raise
    except KilledWorker as error:
        raise ClusterError("one worker after the other died over the same work") from error
    except (CancelledError, ClosedClientError, OSError) as error:
        raise ClusterError("its scheduler is gone") from error
    except ImportError as error:
        raise ClusterError("Kutip is not installed on its workers") from error
    except Exception as error:
        raise ClusterError(f"a worker cannot do its work ({error})") from error


@cache
def _code_hash() -> str:
    """Return a hash of the code that reads and embeds; a worker makes it with its first task, which loads that code."""
    folder = Path(__file__).parent.parent
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.rglob("*.py")))).hexdigest()


@dataclass(frozen=True, slots=True)
class _Setup:
    """What a worker has to load, and by which code."""

    model: str | None
    data: Path
    code: str


class Cluster:
    """Workers that read files (see Workers) and embed. Everything raises ClusterError."""

    def __init__(self, client: "Client", setup: _Setup) -> None:
        self._client = client
        self._setup = setup
        self._counted = 0.0
        self._count = 1

    @property
    def count(self) -> int:
        """How many threads the workers have together; workers come and go."""
        if time.monotonic() - self._counted > _COUNT_EVERY:
            self._counted = time.monotonic()
            with _errors():
                threads = sum(self._client.nthreads().values())
            if self._count and not threads:
                logger.warning("The Dask cluster has no workers; waiting until there is one.")
            self._count = threads
        return max(self._count, 1)

    @property
    def together(self) -> int:
        """How many passages are embedded at once."""
        return _TASKS_EACH * _EMBEDDED_TOGETHER * self.count

    def submit(self, id: str, data: bytes, side: bytes | None) -> "_PendingFile":
        """Let a worker make a document of a file's content and of what stands in the file beside it."""
        return _PendingFile(self, self.start(_read, id, data, side))

    def start(self, work: Callable[..., Any], *values: Any) -> "Task[Any]":
        """Let a worker do some work, a function of this module that takes the setup first."""
        with _errors():
            return self._client.submit(work, self._setup, *values, pure=False)

    def result(self, task: "Task[Any]", stopped: Callable[[], bool] = lambda: False) -> Any:
        """Wait for what a worker makes; raises what it raised, and IndexingStoppedError soon after `stopped` is true.

        Where no worker is left, this waits for one.
        """
        from distributed import wait

        try:
            with _errors():
                while not task.done():
                    try:
                        wait(task, timeout=_LOOK_EVERY)
                    except TimeoutError:
                        if stopped():
                            raise IndexingStoppedError from None
                        _ = self.count  # which says if there is no worker
                return task.result()
        finally:
            task.release()  # else an error keeps it, and the file, in the scheduler's memory

    def embedder(self, plain: Embedder) -> Embedder:
        """Return an embedder of the same model that has the workers embed passages."""
        return _ClusterEmbedder(self, plain)


class _PendingFile:
    """A file that a worker of the cluster reads."""

    def __init__(self, cluster: Cluster, task: "Task[Any]") -> None:
        self._cluster = cluster
        self._task = task

    def result(self, stopped: Callable[[], bool] = lambda: False) -> Parsed | None:
        """Wait for the document; None if the file is blank. Raises DocumentError if it cannot be read."""
        found: Parsed | None = self._cluster.result(self._task, stopped)
        return found


class _ClusterEmbedder(WrappedEmbedder):
    """An embedder that has workers of a cluster embed passages."""

    def __init__(self, cluster: Cluster, plain: Embedder) -> None:
        super().__init__(plain)
        self._cluster = cluster

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        begins = range(0, len(texts), _EMBEDDED_TOGETHER)
        parts = [list(texts[begin : begin + _EMBEDDED_TOGETHER]) for begin in begins]
        tasks = [self._cluster.start(_embed, part, self.fingerprint) for part in parts]
        for begin, part, task in zip(begins, parts, tasks, strict=True):
            done = begin + len(part)
            vectors[begin:done] = self._cluster.result(task)
            if on_done:
                on_done(done)
        return vectors


# On a worker

_loading, _submitting = Lock(), Lock()


@contextmanager
def _errors_that_travel(setup: _Setup) -> Iterator[None]:
    """Turn errors that would not arrive whole, or as something else, into one that does, with the same text."""
    try:
        if setup.code != _code_hash():
            raise RuntimeError("another version of Kutip runs there: install the same one, and start it again")
        yield
    except (DocumentError, ModelError):
        raise
    except Exception as error:
        raise RuntimeError(str(error) or type(error).__name__) from None


def _read(setup: _Setup, id: str, data: bytes, side: bytes | None) -> Parsed | None:
    with _errors_that_travel(setup):
        with _loading:
            files, free = _file_workers()
        with free:
            with _submitting:
                pending = files.submit(id, data, side)
            return pending.result()


@cache
def _file_workers() -> tuple[FileWorkers, Semaphore]:
    """Return what reads files, and a semaphore for as many as it reads at once."""
    current_process().daemon = False  # Dask's workers are daemons, which may start no process that reads a file
    files = FileWorkers()
    return files, Semaphore(files.count)


def _embed(setup: _Setup, texts: list[str], fingerprint: str) -> Vectors:
    with _errors_that_travel(setup):
        with _loading:
            embedder = _embedder(setup)
            if embedder.fingerprint != fingerprint:  # the model's folder may have changed since
                _embedder.cache_clear()
                embedder = _embedder(setup)
        if embedder.fingerprint != fingerprint:
            raise ModelError("The Dask workers have another embedding model than this machine: install the same one.")
        return embedder.embed_passages(texts)


@cache
def _embedder(setup: _Setup) -> Embedder:
    return load_embedder(setup.model, setup.data)

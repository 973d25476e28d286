"""Read and embed on a Dask cluster, where there are more documents than one machine gets through.

This process finds the files, splits the documents and writes the index; what a worker was doing when it died is given
to another one. Kutip is installed on the workers too, and finds or makes the model's export below the same data folder.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from multiprocessing import current_process
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from retrieval.embedding import Embedder, OnDone, Vectors
from retrieval.errors import ClusterError, DocumentError, IndexingStoppedError, KutipError, ModelError
from retrieval.models import load_embedder
from retrieval.values import Parsed
from retrieval.workers import FileWorkers

if TYPE_CHECKING:
    from distributed import Client, Future

logger = logging.getLogger(__name__)

_EMBEDDED_TOGETHER = 64  # passages of one task: some seconds, which are lost with a worker
_CONNECT_SECONDS = 5
_LOOK_EVERY = 0.5  # seconds, at whether to go on waiting
_ALONE_SECONDS = 30.0  # without a worker, until that is said
_loading = Lock()


@contextmanager
def connected(address: str, model: str | None, data: Path) -> Iterator["Cluster"]:
    """Lend the cluster whose scheduler has this address; its workers load `model` as `load_embedder` does.

    Raises ClusterError.
    """
    if find_spec("distributed") is None:
        raise ClusterError("that takes distributed, which kutip[dask] installs")
    from distributed import Client

    for name in ("distributed", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said here, in plain words
    try:
        client = Client(address, timeout=_CONNECT_SECONDS)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise ClusterError(f"there is no scheduler at {address}") from error
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        yield Cluster(client, _Model(model, data))
    except TimeoutError as error:
        raise ClusterError("it has no workers; dask worker starts one") from error
    finally:
        client.close()


@dataclass(frozen=True, slots=True)
class _Model:
    """What a worker has to load."""

    name: str | None
    data: Path


class Cluster:
    """Workers that read files (see Workers) and embed. Everything raises ClusterError."""

    def __init__(self, client: "Client", model: _Model) -> None:
        self._client = client
        self._model = model
        self.count = sum(client.nthreads().values())

    def submit(self, id: str, data: bytes, side: bytes | None) -> "_PendingFile":
        """Let a worker make a document of a file's content and of what stands in the file beside it."""
        return _PendingFile(self, self._client.submit(_read, id, data, side, pure=False))

    def embedder(self, plain: Embedder) -> Embedder:
        """Return an embedder of the same model that has the workers embed passages."""
        return _ClusterEmbedder(self, plain)

    def embed(self, texts: Sequence[str], fingerprint: str, on_done: OnDone) -> list[Vectors]:
        """Return the vectors of passages, some rows each, in order."""
        begins = range(0, len(texts), _EMBEDDED_TOGETHER)
        tasks = [
            self._client.submit(
                _embed, list(texts[begin : begin + _EMBEDDED_TOGETHER]), self._model, fingerprint, pure=False
            )
            for begin in begins
        ]
        done, vectors = 0, []
        for task in tasks:
            vectors.append(self.result(task, lambda: False))
            done += len(vectors[-1])
            if on_done:
                on_done(done)
        return vectors

    def result(self, task: "Future[Any]", stopped: Callable[[], bool]) -> Any:
        """Wait for what a worker makes; raises what it raised, and IndexingStoppedError soon after `stopped` is true.

        Where no worker is left, this waits for one.
        """
        from distributed import CancelledError, KilledWorker, wait

        looked = time.monotonic()
        try:
            while not task.done():
                try:
                    wait(task, timeout=_LOOK_EVERY)
                except TimeoutError:
                    if stopped():
                        raise IndexingStoppedError from None
                if time.monotonic() - looked > _ALONE_SECONDS:
                    looked = time.monotonic()
                    if not self._client.nthreads():
                        logger.warning("The Dask cluster has no workers; waiting until there is one.")
            return task.result()
        except KutipError:
            raise
        except KilledWorker as error:
            raise ClusterError("one worker after the other died over the same work") from error
        except (CancelledError, OSError) as error:
            raise ClusterError("its scheduler is gone") from error
        except ImportError as error:
            raise ClusterError("Kutip is not installed on its workers, or is another version there") from error
        except Exception as error:
            raise ClusterError(f"a worker cannot do its work ({error})") from error


class _PendingFile:
    """A file that a worker of the cluster reads."""

    def __init__(self, cluster: Cluster, task: "Future[Any]") -> None:
        self._cluster = cluster
        self._task = task

    def result(self, stopped: Callable[[], bool] = lambda: False) -> Parsed | None:
        """Wait for the document; None if the file is blank. Raises DocumentError if it cannot be read."""
        found: Parsed | None = self._cluster.result(self._task, stopped)
        return found


class _ClusterEmbedder:
    """An embedder that has workers of a cluster embed passages."""

    def __init__(self, cluster: Cluster, plain: Embedder) -> None:
        self.fingerprint = plain.fingerprint
        self.dim = plain.dim
        self.max_tokens = plain.max_tokens
        self.multilingual = plain.multilingual
        self.knows_script = plain.knows_script
        self.token_spans = plain.token_spans
        self.embed_questions = plain.embed_questions
        self._cluster = cluster

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        vectors = self._cluster.embed(texts, self.fingerprint, on_done)
        return np.concatenate([np.empty((0, self.dim), dtype=np.float32), *vectors])


# On a worker


@contextmanager
def _errors_that_travel() -> Iterator[None]:
    """Turn errors that would not arrive whole into one that does, with the same text."""
    try:
        yield
    except (DocumentError, ModelError):
        raise
    except KutipError as error:
        raise RuntimeError(str(error)) from None


def _read(id: str, data: bytes, side: bytes | None) -> Parsed | None:
    with _errors_that_travel():
        return _file_workers().submit(id, data, side).result()


def _embed(texts: list[str], model: _Model, fingerprint: str) -> Vectors:
    with _errors_that_travel():
        with _loading:
            embedder = _embedder(model)
        if embedder.fingerprint != fingerprint:
            raise ModelError("The Dask workers have another embedding model than this machine: install the same one.")
        return embedder.embed_passages(texts)


@cache
def _embedder(model: _Model) -> Embedder:
    return load_embedder(model.name, model.data)


def _file_workers() -> FileWorkers:
    with _loading:
        return _started_file_workers()


@cache
def _started_file_workers() -> FileWorkers:
    current_process().daemon = False  # Dask's workers are daemons, which may start no process that reads a file
    return FileWorkers()

"""A Dask cluster reads and embeds, in processes of its own, some of which are killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from distributed import Client

from retrieval.errors import ClusterError, DocumentError
from retrieval.index.cluster import connected
from tests.processes import Workplace
from tests.test_webhook import free_port

DASK = str(Path(sys.executable).with_name("dask"))
PATIENCE = 120.0  # seconds: other tests may have the processor
DOCUMENTS = 300  # more than one worker embeds at once
SENTENCES = 2  # of a document
DIFFERENT = ("vectors.npy", "signs.npy", "files.json")


@pytest.fixture
def place(tmp_path: Path, models: Path) -> Workplace:
    place = Workplace.make(tmp_path / "place", models)
    for number in range(DOCUMENTS):
        said = [
            f"Minister {number} said in report {line} that town {number * line} has a plan."
            for line in range(SENTENCES)
        ]
        place.write(f"report-{number:03}.txt", " ".join(said))
    place.write("copy.txt", " ".join(said))
    place.write("damaged.pdf", "no PDF")
    return place


@contextmanager
def scheduler(place: Workplace) -> Iterator[str]:
    """Start a scheduler, and yield its address."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with ExitStack() as stack:
        port = address.rpartition(":")[2]
        options = ["--host", "127.0.0.1", "--port", port, "--no-dashboard"]
        stack.enter_context(place.started("scheduler", *options, command=DASK, stderr=subprocess.DEVNULL))
        yield address


@contextmanager
def workers(place: Workplace, address: str, count: int) -> Iterator[None]:
    """Start workers, each with a nanny, which starts it again when it dies."""
    options = ["--nworkers", str(count), "--nthreads", "1", "--memory-limit", "0", "--no-dashboard"]
    with place.started("worker", address, *options, command=DASK, stderr=subprocess.DEVNULL) as process:
        yield
        process.terminate()
        process.wait()


def kill_busy_worker(client: Client) -> bool:
    """Kill a worker that is embedding; tell whether there was one."""
    embedding = [
        worker for worker, tasks in client.processing().items() if any(task.startswith("_embed") for task in tasks)
    ]
    if not embedding:
        return False
    with suppress(OSError):  # it may have died already
        for pid in client.run(os.getpid, workers=embedding[:1]).values():
            os.kill(pid, signal.SIGKILL)
            return True
    return False


def index_files(place: Workplace) -> dict[str, object]:
    """Return the sizes and hashes of the index's files, without vectors and what depends on the time of indexing."""
    [version] = (place.data / "index").glob("v*")
    files = json.loads((version / "manifest.json").read_text())["files"]
    return {name: hash for name, hash in files.items() if name not in DIFFERENT}


def vectors(place: Workplace) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    [version] = (place.data / "index").glob("v*")
    return np.load(version / "vectors.npy")  # type: ignore[no-any-return]


def test_what_a_killed_worker_was_doing_is_done_by_another(place: Workplace) -> None:
    with scheduler(place) as address, workers(place, address, 2), Client(address, timeout=PATIENCE) as client:
        client.wait_for_workers(2, timeout=PATIENCE)
        kills, until = 0, time.monotonic() + PATIENCE
        with place.started("index", "--json", "--dask", address) as process:
            while kills < 2 and process.poll() is None and time.monotonic() < until:
                kills += kill_busy_worker(client)
                time.sleep(0.02)
            printed, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    assert kills
    receipt = json.loads(printed)
    assert (receipt["documents"], receipt["duplicate"], len(receipt["failed"])) == (DOCUMENTS, 1, 1)
    with_cluster = index_files(place), vectors(place)
    (place.data / "index").rename(place.folder / "with-cluster")
    assert place.kutip("index").returncode == 0
    assert index_files(place) == with_cluster[0]
    assert np.allclose(vectors(place), with_cluster[1], atol=1e-5)


def test_files_that_cannot_be_read_leave_nothing_behind(place: Workplace, models: Path) -> None:
    with scheduler(place) as address, workers(place, address, 1), connected(address, None, models) as cluster:
        for _ in range(3):
            with pytest.raises(DocumentError, match="no PDF file"):
                cluster.submit("damaged.pdf", b"no PDF", None).result()
        client = cluster._client
        until = time.monotonic() + PATIENCE
        while client.futures:  # it is told in a thread of its own
            assert time.monotonic() < until
            time.sleep(0.02)


def test_a_port_that_says_nothing_is_no_scheduler(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("retrieval.index.cluster._CONNECT_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match="there is no scheduler"), connected(address, None, tmp_path):
            pass


def test_without_a_cluster_it_says_what_to_do(place: Workplace) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    run = place.kutip("index", "--dask", address)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        f"The Dask cluster cannot be used: there is no scheduler at {address}. Mend that, or index without --dask.\n"
    )
    with scheduler(place) as address:
        run = place.kutip("index", "--dask", address)
    assert (run.returncode, run.stdout) == (2, "")
    assert "it has no workers; dask worker starts one." in run.stderr

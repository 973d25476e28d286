"""Files are read in processes of their own: one that hangs, swells or crashes there fails alone, with the reason."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from retrieval.documents.workers import FileWorkers, _read
from retrieval.errors import DocumentError, IndexingStoppedError, WorkersError
from tests.made_files import MADE, SENTENCES, made_docx, made_pdf, repacked

LONG = "".join(f"The board met on day {number}, and Dr. Ana Lim spoke. " for number in range(800_000)).encode()


def reason(workers: FileWorkers, id: str, data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        workers.submit(id, data, None).result()
    return str(caught.value)


def is_readable(workers: FileWorkers) -> bool:
    found = workers.submit("a.pdf", made_pdf(), None).result()
    return found is not None and SENTENCES[0] in found.document.text


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def grandchildren() -> list[int]:
    """Return the processes of the workers: the server that forks them is a child of this process."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if fields[0] != "Z":
                parents[int(status.parent.name)] = int(fields[1])
    children = {pid for pid, parent in parents.items() if parent == os.getpid()}
    return [pid for pid, parent in parents.items() if parent in children]


def test_every_format_is_read() -> None:
    with FileWorkers() as workers:
        pending = [workers.submit(name, data, None) for name, data in MADE.items()]
        found = [one.result() for one in pending]
    assert [one.document.id for one in found if one] == list(MADE)


def test_a_file_that_holds_nothing_is_no_document() -> None:
    with FileWorkers() as workers:
        assert workers.submit("a.txt", b" \n", None).result() is None


def test_why_a_file_cannot_be_read_comes_back() -> None:
    with FileWorkers() as workers:
        assert reason(workers, "a.docx", made_docx()[:100]) == "it is damaged, or of another kind than its name says"
        assert is_readable(workers)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with FileWorkers(seconds=6) as workers:
        assert is_readable(workers)
        began = time.monotonic()
        assert reason(workers, "a.txt", LONG) == "reading it took more than 6 seconds"
        assert time.monotonic() - began < 30
        assert is_readable(workers)


def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    bomb = repacked(made_docx(), "word/document.xml", b"<a>" + b" <b/>" * (30 * 2**20) + b"</a>")
    with FileWorkers(memory=400 * 2**20) as workers:
        assert reason(workers, "a.docx", bomb) == "reading it takes too much memory"
        assert is_readable(workers)


def test_a_process_that_dies_fails_the_file_that_it_read() -> None:
    with FileWorkers() as workers:
        assert is_readable(workers)
        pending = workers.submit("a.txt", LONG, None)
        wait_until(pending._future.running)
        for pid in grandchildren():
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(DocumentError, match="broke off"):
            pending.result()
        assert is_readable(workers)


def test_a_process_that_dies_with_the_lock_of_its_pool_leaves_the_others_readable() -> None:
    with FileWorkers(start_seconds=2) as workers:
        assert is_readable(workers)
        assert workers._pool
        channel = workers._pool._pool_manager.worker_manager.workers_channel
        assert channel and channel.mutex.acquire()  # nobody gives it back
        pending = [workers.submit(f"{number}.txt", b"Amber.", None) for number in range(3)]
        assert [one.result() is not None for one in pending] == [True] * 3
        assert is_readable(workers)


def test_no_process_stays_when_the_work_is_done() -> None:
    with FileWorkers() as workers:
        assert is_readable(workers)
        assert grandchildren()
    wait_until(lambda: not grandchildren())


SLOW_START = """
import os, signal, time
from retrieval.documents.workers import FileWorkers

class Slow:
    def __reduce__(self):
        return slowly, ()

def slowly():
    time.sleep(1)
    return 2**31

if __name__ == "__main__":
    with FileWorkers(memory=Slow()) as workers:
        workers.count = 2
        workers.submit("a.txt", b"Amber.", None)
        first, second = workers._pool._pool_manager.worker_manager.workers
        os.kill(first, signal.SIGSTOP)  # it ends late: the second one has the time to start
"""


def test_a_process_that_still_starts_when_the_work_ends_says_nothing(tmp_path: Path) -> None:
    script = tmp_path / "slow_start.py"
    script.write_text(SLOW_START, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_waiting_ends_soon_when_told_to() -> None:
    with FileWorkers() as workers:
        pending = workers.submit("a.txt", LONG, None)
        began = time.monotonic()
        with pytest.raises(IndexingStoppedError):
            pending.result(lambda: True)
        assert time.monotonic() - began < 5


def test_processes_that_end_as_they_start_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.documents.workers._limit_memory", die)
    with FileWorkers(start_seconds=1) as workers:
        pending = workers.submit("a.txt", b"Amber.", None)
        with pytest.raises(WorkersError, match="start it again"):
            pending.result()
    wait_until(lambda: not grandchildren())


def test_a_file_that_waits_while_others_are_read_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with FileWorkers(seconds=3) as workers:
        monkeypatch.setattr(workers, "count", 1)
        assert is_readable(workers)
        monkeypatch.setattr(workers, "start_seconds", 0.5)
        slow, waiting = workers.submit("a.txt", LONG, None), workers.submit("b.txt", b"Amber.", None)
        assert waiting.result() is not None
        with pytest.raises(DocumentError, match="more than 3 seconds"):
            slow.result()


def test_an_error_that_nobody_thought_of_fails_the_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.documents.parsing.split_sentences", lambda found: int("x"))
    with pytest.raises(DocumentError, match=r"it cannot be read \(ValueError: invalid literal"):
        _read("a.txt", b"Amber.", None, 60)


def die(memory: int) -> None:
    os._exit(1)

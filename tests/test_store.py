"""The current version of the index is replaced whole or not at all, by one writer at a time."""

import logging
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import DataError, IndexBusyError, IndexingStoppedError, IndexUnusableError, RollbackError
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.index.protocols import IndexWriter
from retrieval.values import Document, Sentence
from tests.fakes import Contents, write_contents
from tests.test_index_contract import roll_back

pytestmark = pytest.mark.usefixtures("quick_disk")


def contents(text: str) -> Contents:
    return Contents(
        fingerprint="fake",
        documents=[Document(id="a.txt", title="A", text=text)],
        passages=[[(Sentence(0, len(text)),)]],
        texts=[text],
        vectors=np.array([[1, 0, 0, 0]], dtype=np.float32),
        files=[],
    )


def publish_by(store: NumpyStore, write: Callable[[IndexWriter], None]) -> None:
    with store.writing(wait=False):
        store.publish(write, fingerprint="fake", dim=4)


def publish(store: NumpyStore, text: str) -> None:
    publish_by(store, lambda writer: write_contents(writer, contents(text)))


def current(store: NumpyStore) -> str:
    index = store.open("fake")
    assert index is not None
    return index.document(0).text


def names(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "index").iterdir())


@pytest.fixture
def store(tmp_path: Path) -> NumpyStore:
    return NumpyStore(tmp_path)


@contextmanager
def another_process_writing(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Hold the lock in a process of its own until its standard input is closed."""
    program = (
        "import sys; from pathlib import Path; from retrieval.index.numpy_index.store import NumpyStore\n"
        "with NumpyStore(Path(sys.argv[1])).writing(wait=False):\n"
        "    print('writing', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process


# Reading and replacing


def test_three_versions_are_kept(store: NumpyStore, tmp_path: Path) -> None:
    for number in range(5):
        publish(store, f"Version {number}.")
    assert names(tmp_path) == ["current", "lock", "v000003", "v000004", "v000005"]
    assert current(store) == "Version 4."


def test_what_killed_writers_left_is_removed(store: NumpyStore, tmp_path: Path) -> None:
    publish(store, "One.")
    for name in ("partial-000001", "partial-000007"):
        (tmp_path / "index" / name).mkdir()
        (tmp_path / "index" / name / "vectors.npy").write_text("half")
    (tmp_path / "index/current.new").write_text("v0")
    publish(store, "Two.")
    assert names(tmp_path) == ["current", "lock", "v000001", "v000002"]
    assert current(store) == "Two."


def test_a_version_that_the_pointer_never_named_is_no_obstacle(store: NumpyStore, tmp_path: Path) -> None:
    publish(store, "One.")
    (tmp_path / "index/v000002").mkdir()
    assert current(store) == "One."
    publish(store, "Two.")
    assert current(store) == "Two."


def test_a_version_replaced_while_it_is_opened_gives_way_to_its_successor(
    store: NumpyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, "Version 0.")
    open_index, newer = NumpyIndex.open, iter(range(1, 5))

    def slowly(folder: Path, *, fingerprint: str, check: bool) -> NumpyIndex:
        for number in newer:  # once, and then no more
            publish(store, f"Version {number}.")
        return open_index(folder, fingerprint=fingerprint, check=check)

    monkeypatch.setattr(NumpyIndex, "open", slowly)
    assert current(store) == "Version 4."


def test_an_unfinished_version_is_not_seen(store: NumpyStore) -> None:
    publish(store, "One.")
    seen = []

    def write(writer: IndexWriter) -> None:
        write_contents(writer, contents("Two."))
        seen.append(current(store))

    publish_by(store, write)
    assert seen == ["One."]


# Failing


def full_disk(writer: IndexWriter) -> None:
    raise OSError(28, "No space left on device")


def test_a_failing_write_leaves_the_version_before_and_nothing_else(store: NumpyStore, tmp_path: Path) -> None:
    publish(store, "One.")
    before = names(tmp_path)
    with pytest.raises(DataError) as caught:
        publish_by(store, full_disk)
    folder, reason = tmp_path / "index", "No space left on device"
    assert str(caught.value) == f"The data folder {folder} cannot be used: {reason}. Mend that, or set KUTIP_DATA."
    assert names(tmp_path) == before
    assert current(store) == "One."


def test_a_failing_first_write_leaves_no_index(store: NumpyStore, tmp_path: Path) -> None:
    with pytest.raises(DataError):
        publish_by(store, full_disk)
    assert store.open("fake") is None
    assert names(tmp_path) == ["lock"]


def test_a_pointer_that_cannot_be_written_leaves_the_version_before_and_nothing_else(
    store: NumpyStore, tmp_path: Path
) -> None:
    publish(store, "One.")
    (tmp_path / "index/current.new").mkdir()
    before = names(tmp_path)
    with pytest.raises(DataError):
        publish(store, "Two.")
    assert current(store) == "One."
    assert names(tmp_path) == before


def test_after_a_failure_the_next_write_succeeds(store: NumpyStore) -> None:
    publish(store, "One.")
    with pytest.raises(DataError):
        publish_by(store, full_disk)
    publish(store, "Two.")
    assert current(store) == "Two."


def test_a_write_that_is_broken_off_leaves_the_version_before(store: NumpyStore) -> None:
    publish(store, "One.")

    def write(writer: IndexWriter) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish_by(store, write)
    assert current(store) == "One."
    publish(store, "Two.")
    assert current(store) == "Two."


@pytest.mark.parametrize("place", [pytest.param("data", id="data"), pytest.param("data/index", id="index")])
def test_a_file_where_the_folder_should_be_is_a_data_error(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("not a folder")
    with pytest.raises(DataError, match=r"^The data folder .*index cannot be used: .*KUTIP_DATA\.$"):
        publish(NumpyStore(tmp_path / "data"), "One.")


# Damage


@pytest.mark.parametrize(
    "pointer",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n", id="blank"),
        pytest.param(b"000001\n", id="no-version"),
        pytest.param(b"v\n", id="cut"),
        pytest.param(b"v000009\n", id="missing-folder"),
        pytest.param(b"../index/v000001\n", id="way-out"),
        pytest.param(b"v000001/../v000001\n", id="way-out-and-back"),
        pytest.param(b"v\0\n", id="nul"),
        pytest.param(b"\0" * 8, id="zeros"),
        pytest.param(b"v\xff\xfe\n", id="no-text"),
        pytest.param(b"v" * 300, id="too-long"),
        pytest.param(b"v000001\nv000002\n", id="two-lines"),
    ],
)
def test_a_damaged_pointer_is_noticed(store: NumpyStore, tmp_path: Path, pointer: bytes) -> None:
    publish(store, "One.")
    (tmp_path / "index/current").write_bytes(pointer)
    with pytest.raises(IndexUnusableError):
        store.open("fake")
    publish(store, "Two.")
    assert current(store) == "Two."


def test_a_pointer_that_is_a_folder_is_noticed(store: NumpyStore, tmp_path: Path) -> None:
    (tmp_path / "index/current").mkdir(parents=True)
    with pytest.raises(IndexUnusableError, match="its pointer cannot be read"):
        store.open("fake")


def test_a_damaged_version_is_noticed_and_not_replaced_by_an_older_one(store: NumpyStore, tmp_path: Path) -> None:
    publish(store, "One.")
    publish(store, "Two.")
    (tmp_path / "index/v000002/texts.bin").write_text("Too.")
    with pytest.raises(IndexUnusableError, match=r"texts\.bin was changed"):
        store.open("fake")


# Several processes


def test_a_second_writer_is_told_that_the_index_is_busy(store: NumpyStore, tmp_path: Path) -> None:
    with another_process_writing(tmp_path) as process:
        with pytest.raises(IndexBusyError), store.writing(wait=False):
            pass
        process.communicate()
    publish(store, "One.")


class Heard(logging.Handler):
    """Keeps what is logged, and lets a thread wait for the first of it."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []
        self.any = threading.Event()

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
        self.any.set()


@pytest.fixture
def heard() -> Iterator[Heard]:
    handler = Heard()
    logging.getLogger("retrieval.index.versioning").addHandler(handler)
    yield handler
    logging.getLogger("retrieval.index.versioning").removeHandler(handler)


def test_a_second_writer_waits_and_says_so(store: NumpyStore, tmp_path: Path, heard: Heard) -> None:
    order = []

    def write() -> None:
        with store.writing(wait=True):
            order.append("second")

    with another_process_writing(tmp_path) as process:
        thread = threading.Thread(target=write)
        thread.start()
        assert heard.any.wait(60)
        order.append("first")
        process.communicate()
        thread.join(60)
    assert order == ["first", "second"]
    assert heard.messages == ["Another kutip is writing the index; waiting until it has finished."]


def test_a_second_thread_is_a_second_writer(store: NumpyStore, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool, store.writing(wait=False), pytest.raises(IndexBusyError):
        pool.submit(publish, NumpyStore(tmp_path), "One.").result()


def test_a_free_lock_is_taken_in_silence(store: NumpyStore, caplog: pytest.LogCaptureFixture) -> None:
    with store.writing(wait=True):
        pass
    assert caplog.messages == []


def test_the_lock_of_a_killed_writer_is_free(store: NumpyStore, tmp_path: Path) -> None:
    with another_process_writing(tmp_path) as process:
        process.kill()
    publish(store, "One.")
    assert current(store) == "One."


def test_an_error_while_writing_frees_the_lock(store: NumpyStore) -> None:
    with pytest.raises(ZeroDivisionError), store.writing(wait=False):
        raise ZeroDivisionError
    publish(store, "One.")


def publish_many(data: Path, count: int) -> None:
    for number in range(1, count):
        publish(NumpyStore(data), f"Version {number}.")


def test_a_reader_meanwhile_always_sees_a_whole_version(store: NumpyStore, tmp_path: Path) -> None:
    publish(store, "Version 0.")
    process = multiprocessing.get_context("spawn").Process(target=publish_many, args=(tmp_path, 15))
    process.start()
    seen = []
    while process.is_alive():
        seen.append(current(store))
    process.join()
    assert process.exitcode == 0
    assert sorted(seen, key=lambda text: int(text[8:-1])) == seen
    assert current(store) == "Version 14."
    assert isinstance(store.open("fake", check=True), NumpyIndex)


def test_a_version_that_is_replaced_while_it_is_opened_gives_way_to_its_successor(
    store: NumpyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(store, "One.")
    opened = NumpyIndex.open

    def replaced(folder: Path, *, fingerprint: str, check: bool = False) -> NumpyIndex:
        monkeypatch.setattr(NumpyIndex, "open", opened)
        publish(store, "Two.")
        (folder / "words-hashes.npy").unlink()  # its removal has begun
        return opened(folder, fingerprint=fingerprint, check=check)

    monkeypatch.setattr(NumpyIndex, "open", replaced)
    assert current(store) == "Two."


# Going back


def test_a_damaged_version_is_passed_over(store: NumpyStore, tmp_path: Path) -> None:
    for text in ("One.", "Two.", "Three."):
        publish(store, text)
    (tmp_path / "index/v000002/texts.bin").write_text("Four.")
    assert roll_back(store) == "One."


def test_a_version_of_another_model_is_passed_over(store: NumpyStore) -> None:
    publish(store, "One.")
    publish(store, "Two.")
    with store.writing(wait=False), pytest.raises(RollbackError):
        store.roll_back("another")
    assert current(store) == "Two."


def test_a_pointer_that_says_anything_else_is_damaged(store: NumpyStore, tmp_path: Path) -> None:
    publish(store, "One.")
    (tmp_path / "index/current").write_text("v000001 hold")
    with pytest.raises(IndexUnusableError, match="pointer is damaged"):
        store.open("fake")


def test_the_version_that_was_gone_back_to_outlives_what_is_published_next(store: NumpyStore) -> None:
    for text in ("One.", "Two.", "Three."):
        publish(store, text)
    roll_back(store)
    roll_back(store)
    publish(store, "Four.")
    assert current(store) == "Four."
    assert roll_back(store) == "One."
    with pytest.raises(RollbackError):
        roll_back(store)


def test_a_damaged_pointer_costs_no_version_that_can_be_gone_back_to(store: NumpyStore, tmp_path: Path) -> None:
    for text in ("One.", "Two."):
        publish(store, text)
    (tmp_path / "index/current").write_text("")
    publish(store, "Three.")
    assert (current(store), roll_back(store)) == ("Three.", "Two.")


@pytest.mark.parametrize("ends", [KeyboardInterrupt, IndexingStoppedError, OSError])
def test_a_version_whose_writing_breaks_off_leaves_nothing(
    store: NumpyStore, tmp_path: Path, ends: type[BaseException]
) -> None:
    def broken(writer: IndexWriter) -> None:
        raise ends

    publish(store, "One.")
    with pytest.raises((KeyboardInterrupt, IndexingStoppedError, DataError)):
        publish_by(store, broken)
    assert names(tmp_path) == ["current", "lock", "v000001"]
    assert current(store) == "One."

"""Files that were sent: their names are only names, and each change can be taken back."""

import errno
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.uploads import UploadFolder, file_name
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("Laporan 2022.TXT", "Laporan 2022.TXT"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a.docx", "a.docx"),
        ("..hidden.md", "hidden.md"),
        (".before/x.md", "x.md"),
        ("~$report.docx", "report.docx"),
        ("$ 5.csv", "$ 5.csv"),
        ("a\nb\0.txt", "ab.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        (f"{'é' * 200}.html", f"{'é' * 72}.html"),
        (".txt", None),
        ("virus.exe", None),
        ("txt", None),
        ("", None),
        (None, None),
    ],
)
def test_a_name_is_a_name_and_no_path(sent: str | None, name: str | None) -> None:
    assert file_name(sent) == name


@given(any_text, st.sampled_from([".txt", ".PDF", ".md"]))
def test_whatever_is_sent_stays_in_its_folder(stem: str, ending: str) -> None:
    name = file_name(stem + ending)
    if name is not None:
        assert (Path("/uploads") / name).resolve().parent == Path("/uploads")
        assert name[0] != "." and len(name.encode()) <= 150
        assert file_name(name) == name


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("report2", "report2.txt"),
        ("REPORT2.txt", "report2.txt"),
        ("Report.v1", "report.v1.pdf"),
        ("plan.md", "plan.md"),
        ("Plan.md", "Plan.md"),
        ("cafe\u0301", "Caf\u00e9.txt"),
        ("PLAN.md", None),
        ("plan", None),
        ("minutes", None),
        ("report", None),
        ("report2.pdf", None),
        (".txt", None),
        ("", None),
    ],
)
def test_a_file_is_meant_by_a_name_that_only_it_can_have(tmp_path: Path, asked: str, meant: str | None) -> None:
    folder = UploadFolder(tmp_path)
    for name in "report2.txt report.v1.pdf plan.md Plan.md minutes.txt minutes.pdf Caf\u00e9.txt".split():
        folder.store(name, name.encode())
    assert folder.meant(asked) == meant


def test_a_change_is_undone_and_that_again(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path)

    def here() -> dict[str, str]:
        return {name: (tmp_path / "uploads" / name).read_text() for name in folder.names()}

    assert (here(), folder.undo(folder.key("a.txt")), folder.remove("a.txt")) == ({}, None, False)
    folder.store("a.txt", b"one")
    folder.store("b.txt", b"other")
    assert folder.undo(folder.key("a.txt")) == "a.txt"
    assert here() == {"b.txt": "other"}
    folder.undo(folder.key("a.txt"))
    for _ in range(2):  # sent twice, it is still what was there before that is brought back
        folder.store("a.txt", b"two")
    assert here()["a.txt"] == "two"
    folder.undo(folder.key("a.txt"))
    assert here()["a.txt"] == "one"
    folder.undo(folder.key("a.txt"))
    assert here()["a.txt"] == "two"
    assert folder.remove("a.txt")
    assert "a.txt" not in here()
    folder.undo(folder.key("a.txt"))
    assert here() == {"a.txt": "two", "b.txt": "other"}


def test_a_change_is_not_undone_after_another_one(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path)
    folder.store("a.txt", b"one")
    first = folder.key("a.txt")
    folder.store("a.txt", b"one")
    assert folder.key("a.txt") == first  # nothing was changed
    folder.store("a.txt", b"two")
    second = folder.key("a.txt")
    (tmp_path / "uploads" / "a.txt").chmod(0o600)  # as one who moves to another machine does
    assert folder.undo(first) is None
    assert folder.undo(second) == "a.txt"
    assert (tmp_path / "uploads" / "a.txt").read_text() == "one"
    assert folder.undo(first) is folder.undo(second) is None
    folder.remove("a.txt")
    assert folder.undo(first) is None
    assert folder.names() == []


class Killed(BaseException):
    """Stands for the end of the process."""


STEPS = ("fsync", "link", "rename", "replace", "unlink")


def cut_off(change: Callable[[], object], after: int) -> bool:
    """Make a change that ends with the process after some of its steps on the disk; tell whether it had more."""
    left = after
    with pytest.MonkeyPatch.context() as patch:

        def limited(step: Callable[..., object]) -> Callable[..., object]:
            def take(*args: Any, **kwargs: Any) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    raise Killed
                return step(*args, **kwargs)

            return take

        for name in STEPS:
            patch.setattr(os, name, limited(getattr(os, name)))
        try:
            change()
        except Killed:
            return True
    return False


def refuse(*args: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.fixture(params=["links", "no links"])
def here(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], UploadFolder]:
    """What makes folders with a file of two versions, where files can have links and where not."""
    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)

    def make() -> UploadFolder:
        folder = UploadFolder(tmp_path / str(len(list(tmp_path.iterdir()))))
        for content in (b"oldest", b"old"):
            folder.store("a.txt", content)
        return folder

    return make


def content(folder: UploadFolder) -> bytes:
    """Return what is read of the only file."""
    assert folder.names() == ["a.txt"]
    return (folder._folder / "a.txt").read_bytes()


def test_an_upload_that_is_cut_off_and_comes_again_keeps_the_version_before(here: Callable[[], UploadFolder]) -> None:
    for steps in range(20):
        folder = here()
        if not cut_off(partial(folder.store, "a.txt", b"new"), steps):
            break
        assert content(folder) in (b"old", b"new")
        folder.store("a.txt", b"new")
        assert content(folder) == b"new"
        folder.undo(folder.key("a.txt"))
        assert content(folder) == b"old"
    assert 3 <= steps < 19


def test_a_document_is_there_wherever_its_undoing_is_cut_off(here: Callable[[], UploadFolder]) -> None:
    for steps in range(20):
        folder = here()
        if not cut_off(partial(folder.undo, folder.key("a.txt")), steps):
            break
        assert content(folder) in (b"old", b"oldest")
    assert content(folder) == b"oldest"
    assert 3 <= steps < 19


def test_what_is_cut_off_before_the_new_file_is_there_can_be_removed(here: Callable[[], UploadFolder]) -> None:
    """The file and its earlier version are the same one then, by two names."""
    folder = here()
    assert cut_off(partial(folder.store, "a.txt", b"new"), 4)
    assert folder.remove("a.txt")
    assert folder.names() == []
    folder.undo(folder.key("a.txt"))
    assert content(folder) == b"old"


def test_nothing_is_left_of_what_is_done(here: Callable[[], UploadFolder]) -> None:
    folder = here()
    folder.undo(folder.key("a.txt"))
    assert [path.name for path in (folder._folder / ".before").iterdir()] == ["a.txt"]


def test_two_who_send_a_file_of_the_same_name_at_once_do_not_write_into_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, fsync = Barrier(2), os.fsync

    def wait_for_both(file: int) -> None:
        both.wait(10)
        fsync(file)

    monkeypatch.setattr(os, "fsync", wait_for_both)
    folder = UploadFolder(tmp_path)
    with ThreadPoolExecutor() as threads:
        sent = [threads.submit(folder.store, "a.txt", letter * 100_000) for letter in (b"a", b"b")]
        assert [one.result() for one in sent] == [None, None]
    assert content(folder) in (b"a" * 100_000, b"b" * 100_000)

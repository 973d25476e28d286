"""Files that were sent: their names are only names, and each change can be taken back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.uploads import UploadFolder, file_name, undo_key
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


def test_a_change_is_undone_and_that_again(tmp_path: Path) -> None:
    folder = UploadFolder(tmp_path)
    key = undo_key("a.txt")

    def here() -> dict[str, str]:
        return {name: (tmp_path / "uploads" / name).read_text() for name in folder.names()}

    assert (here(), folder.undo(key), folder.remove("a.txt")) == ({}, None, False)
    folder.store("a.txt", b"one")
    folder.store("b.txt", b"other")
    assert folder.undo(key) == "a.txt"
    assert here() == {"b.txt": "other"}
    folder.undo(key)
    for _ in range(2):  # sent twice, it is still what was there before that is brought back
        folder.store("a.txt", b"two")
    assert here()["a.txt"] == "two"
    folder.undo(key)
    assert here()["a.txt"] == "one"
    folder.undo(key)
    assert here()["a.txt"] == "two"
    assert folder.remove("a.txt")
    assert "a.txt" not in here()
    folder.undo(key)
    assert here() == {"a.txt": "two", "b.txt": "other"}

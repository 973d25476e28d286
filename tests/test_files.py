"""Files are found below the knowledge folder, and nothing outside it is; each is read with its hash."""

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from retrieval.documents.files import SourceFile, document_path, find_files, read_bytes, sent_id
from retrieval.errors import DocumentError, KnowledgeError


def write(folder: Path, *names: str, text: str = "Some words.\n") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(folder: Path, *, data: Path | None = None) -> list[str]:
    return [file.id for file in find_files(folder, data=data)]


# Finding


def test_a_found_file_has_its_path_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, "bali/notes.md", text="four")
    path = tmp_path / "bali/notes.md"
    os.utime(path, ns=(5, 1_700_000_000_123_456_789))
    assert find_files(tmp_path) == [
        SourceFile("bali/notes.md", path, 4, 1_700_000_000_123_456_789, "4:1700000000123456789")
    ]


def test_a_side_file_counts_as_a_part_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, "notes.md", "notes.md.meta.toml", "other.txt.meta.toml", text="four")
    path, side = tmp_path / "notes.md", tmp_path / "notes.md.meta.toml"
    os.utime(path, ns=(5, 7))
    os.utime(side, ns=(5, 9))
    assert find_files(tmp_path) == [SourceFile("notes.md", path, 4, 9, "4:7 4:9", side)]


def test_a_side_file_that_is_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.toml", "knowledge/a.txt")
    (tmp_path / "knowledge/a.txt.meta.toml").symlink_to(tmp_path / "outside/secret.toml")
    [file] = find_files(tmp_path / "knowledge")
    assert file.side is None


def test_files_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    write(tmp_path, "b/1.txt", "b.txt", "a/2.md", "a/10.md", "c.md", "a-b.txt")
    assert found(tmp_path) == ["a-b.txt", "a/10.md", "a/2.md", "b.txt", "b/1.txt", "c.md"]


def test_only_documents_are_found_whatever_the_case_of_their_suffix(tmp_path: Path) -> None:
    write(tmp_path, "a.TXT", "b.Md", "c.jpg", "d", "e.txt.bak", "md", "f.markdown", "g.pdf", "h.Docx")
    assert found(tmp_path) == ["a.TXT", "b.Md", "g.pdf", "h.Docx"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "seen.txt", ".hidden.txt", ".git/notes.md", "a/.b/c.txt", ".txt")
    assert found(tmp_path) == ["seen.txt"]


@pytest.mark.parametrize("folder", ["lost+found", "$RECYCLE.BIN", "#recycle", "System Volume Information", "@eaDir"])
def test_what_was_thrown_away_and_what_the_system_keeps_is_left_out(tmp_path: Path, folder: str) -> None:
    write(tmp_path, "seen.txt", f"{folder}/a.txt", f"a/{folder}/S-1-5-21/b.txt")
    (tmp_path / folder).chmod(0o000)
    assert found(tmp_path) == ["seen.txt"]
    (tmp_path / folder).chmod(0o700)


def test_the_files_that_word_puts_beside_a_document_that_is_open_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "report.docx", "~$report.docx", "~notes.txt")
    assert found(tmp_path) == ["report.docx", "~notes.txt"]


def test_a_hidden_knowledge_folder_is_searched_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, ".knowledge/a.txt")
    assert found(tmp_path / ".knowledge") == ["a.txt"]


def test_a_folder_named_like_a_document_is_searched(tmp_path: Path) -> None:
    write(tmp_path, "a.txt/b.txt")
    assert found(tmp_path) == ["a.txt/b.txt"]


def test_links_that_lead_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.txt", "knowledge/a.txt")
    knowledge = tmp_path / "knowledge"
    (knowledge / "file.txt").symlink_to(tmp_path / "outside/secret.txt")
    (knowledge / "relative.txt").symlink_to("../outside/secret.txt")
    (knowledge / "folder").symlink_to(tmp_path / "outside")
    (knowledge / "twice.txt").symlink_to("folder/secret.txt")
    assert found(knowledge) == ["a.txt"]


def test_a_folder_beside_whose_name_begins_the_same_is_outside(tmp_path: Path) -> None:
    write(tmp_path, "knowledge/a.txt", "knowledge-2/b.txt")
    (tmp_path / "knowledge/b.txt").symlink_to(tmp_path / "knowledge-2/b.txt")
    assert found(tmp_path / "knowledge") == ["a.txt"]


def test_a_link_to_a_file_inside_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "link.txt").symlink_to("a/b.txt")
    assert found(tmp_path) == ["a/b.txt", "link.txt"]


def test_a_knowledge_folder_that_is_a_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "knowledge").symlink_to("real")
    assert found(tmp_path / "knowledge") == ["a.txt"]


def test_links_in_a_circle_and_to_nothing_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "folder/b.txt")
    (tmp_path / "folder/up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "one.md").symlink_to("two.md")
    (tmp_path / "two.md").symlink_to("one.md")
    (tmp_path / "broken.txt").symlink_to("nowhere.txt")
    assert found(tmp_path) == ["a.txt", "folder/b.txt"]


def test_a_file_that_a_server_does_not_tell_of_is_not_taken_for_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", "b.txt")
    status = Path.stat

    def stale(path: Path, **options: bool) -> os.stat_result:
        if path.name == "b.txt":
            raise OSError(errno.ESTALE, "Stale file handle")
        return status(path, **options)

    monkeypatch.setattr(Path, "stat", stale)
    with pytest.raises(KnowledgeError, match="Stale file handle"):
        found(tmp_path)


def test_what_is_no_regular_file_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    assert found(tmp_path) == ["a.txt"]


def test_the_excluded_folder_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "data/b.txt", "data/deep/c.txt", "data2/d.txt", "e/data/f.txt")
    assert found(tmp_path, data=tmp_path / "data") == ["a.txt", "data2/d.txt", "e/data/f.txt"]


def test_the_excluded_folder_is_known_by_another_path_too(tmp_path: Path) -> None:
    write(tmp_path, "knowledge/a.txt", "knowledge/data/b.txt")
    (tmp_path / "link").symlink_to("knowledge")
    assert found(tmp_path / "link", data=tmp_path / "knowledge/../knowledge/data") == ["a.txt"]


def test_a_knowledge_folder_inside_the_excluded_one_is_searched(tmp_path: Path) -> None:
    write(tmp_path, "data/uploads/a.txt")
    assert found(tmp_path / "data/uploads", data=tmp_path / "data") == ["a.txt"]


def test_what_was_sent_to_kutip_is_found_beside_the_folder(tmp_path: Path) -> None:
    knowledge, data = tmp_path / "knowledge", tmp_path / "data"
    for name in ("knowledge/a.txt", "knowledge/uploads/c.txt", "data/kutip.txt", "data/uploads/.before/b.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("One.")
    for name in ("b.txt", "c.txt"):
        (data / "uploads" / name).write_text("Two, sent.")
    assert found(knowledge, data=data) == ["a.txt", "uploads/b.txt", "uploads/c.txt"]
    assert document_path(knowledge, data, "uploads/b.txt") == data / "uploads/b.txt"
    assert document_path(knowledge, data, "uploads/c.txt") == knowledge / "uploads/c.txt"
    assert document_path(knowledge, data, "uploads/../kutip.txt") is None
    assert [sent_id(one, data, "b.txt") for one in (knowledge, data / "uploads")] == ["uploads/b.txt", "b.txt"]
    assert document_path(knowledge, data, "b.txt") is None


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    with pytest.raises(KnowledgeError) as caught:
        find_files(folder)
    assert str(caught.value) == f"There is no folder {folder}. Make it and put documents in, or set KUTIP_KNOWLEDGE."


def test_a_folder_on_a_disk_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(path: Path) -> bool:
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN), str(path))

    monkeypatch.setattr(Path, "is_dir", away)
    with pytest.raises(KnowledgeError, match=r"cannot be read \(Transport endpoint is not connected\)"):
        find_files(tmp_path)


def test_a_file_where_the_folder_should_be_counts_as_missing(tmp_path: Path) -> None:
    write(tmp_path, "knowledge")
    with pytest.raises(KnowledgeError, match="There is no folder"):
        find_files(tmp_path / "knowledge")


def test_names_with_signs_of_all_kinds_are_kept(tmp_path: Path) -> None:
    names = ["a b.txt", "naïve.txt", "new\nline.txt", "back\\slash.txt", "日本.md"]
    write(tmp_path, *names)
    assert found(tmp_path) == sorted(names)


def test_files_whose_names_are_no_utf8_keep_different_ids(tmp_path: Path) -> None:
    for name in (b"\xe9.txt", b"\xe8.txt"):
        (tmp_path / os.fsdecode(name)).write_text("Some words.")
    ids = found(tmp_path)
    assert len(set(ids)) == 2
    assert [id.encode("utf-8", "replace").decode() for id in ids] == ids, "an id can be written anywhere"


# Reading


def source_file(path: Path) -> SourceFile:
    status = path.stat()
    return SourceFile(path.name, path, status.st_size, status.st_mtime_ns, "")


def test_a_file_is_read_with_its_hash(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9\r\n")
    read = read_bytes(source_file(tmp_path / "a.txt"), max_bytes=6)
    assert read == (b"caf\xe9\r\n", None, sha256(b"caf\xe9\r\n").hexdigest())


def test_a_file_is_read_with_its_side_file_and_the_hash_of_both(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", text="A")
    alone = read_bytes(source_file(tmp_path / "a.txt"), max_bytes=6)
    write(tmp_path, "a.txt.meta.toml", text="B")
    [file] = find_files(tmp_path)
    data, side, digest = read_bytes(file, max_bytes=6)
    assert (data, side) == (b"A", b"B")
    assert digest != alone[2]


def test_a_file_over_the_limit_is_refused_with_both_sizes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * (3 * 2**19))
    with pytest.raises(DocumentError) as caught:
        read_bytes(source_file(tmp_path / "a.txt"), max_bytes=2**20)
    assert str(caught.value) == "it has 1.5 MB, more than the 1 MB that KUTIP_MAX_FILE_MB allows"


def test_a_file_that_grew_since_it_was_found_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    file = source_file(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(DocumentError) as caught:
        read_bytes(file, max_bytes=2**20)
    assert str(caught.value) == "it has grown beyond the 1 MB allowed"


def test_a_limit_beyond_all_memory_sets_none_aside(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    assert read_bytes(source_file(tmp_path / "a.txt"), max_bytes=10**15)[0] == b"a"


def test_a_file_that_vanished_since_it_was_found_is_a_failed_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    file = source_file(tmp_path / "a.txt")
    (tmp_path / "a.txt").unlink()
    with pytest.raises(DocumentError) as caught:
        read_bytes(file, max_bytes=10)
    assert str(caught.value) == "it cannot be read: No such file or directory"

"""What an indexing run embedded before it was cut off is not embedded again."""

from pathlib import Path

import numpy as np

from retrieval.index.resuming import ResumableEmbedder
from tests.fakes import FakeEmbedder

TEXTS = ["One.", "Two.", "Three."]


def embedded(folder: Path, texts: list[str], embedder: FakeEmbedder | None = None) -> list[str]:
    """Embed texts as a run that is cut off then; return which of them the model saw."""
    plain = embedder or FakeEmbedder()
    done: list[int] = []
    vectors = ResumableEmbedder(plain, folder).embed_passages(texts, on_done=done.append)
    assert np.array_equal(vectors, FakeEmbedder().embed_passages(texts))
    assert done == sorted(done) and done[-1:] in ([], [len(texts)])
    return plain.passages


def kept(folder: Path) -> Path:
    [path] = folder.glob("embedded-*.bin")
    return path


def test_what_was_embedded_before_is_not_embedded_again(tmp_path: Path) -> None:
    assert embedded(tmp_path, TEXTS[:2]) == TEXTS[:2]
    assert embedded(tmp_path, TEXTS) == TEXTS[2:]
    assert embedded(tmp_path, TEXTS[::-1]) == []


def test_a_row_that_was_cut_off_or_is_damaged_is_embedded_again(tmp_path: Path) -> None:
    embedded(tmp_path, TEXTS)
    path = kept(tmp_path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1  # in the vector of the second
    path.write_bytes(data[:-5])
    assert embedded(tmp_path, TEXTS) == TEXTS[1:]
    assert embedded(tmp_path, TEXTS) == []


def test_what_another_model_embedded_is_removed(tmp_path: Path) -> None:
    embedded(tmp_path, TEXTS)
    other = FakeEmbedder()
    other.fingerprint = "other"
    assert embedded(tmp_path, TEXTS, other) == TEXTS
    assert kept(tmp_path)


def test_without_room_for_it_nothing_is_kept(tmp_path: Path) -> None:
    embedded(tmp_path, TEXTS[:1])
    kept(tmp_path).unlink()
    folder = tmp_path / "missing"
    assert embedded(folder, TEXTS) == TEXTS
    assert embedded(folder, TEXTS) == TEXTS


def test_it_is_forgotten_when_the_index_is_written(tmp_path: Path) -> None:
    embedder = ResumableEmbedder(FakeEmbedder(), tmp_path)
    embedder.embed_passages(TEXTS)
    assert kept(tmp_path)
    embedder.forget()
    assert list(tmp_path.iterdir()) == []
    embedder.forget()

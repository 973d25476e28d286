"""An index gives back what was written, and notices every kind of damage before it answers from it."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import IndexUnusableError
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.word_index import WordIndex
from retrieval.index.protocols import HASH_SIZE, FileRecord, text_hash, words_hash
from retrieval.values import Document, Sentence
from tests.fakes import Contents, write_index

DOCUMENTS = [
    Document(
        id="bali/a.md",
        title="Größe “1” 🙂",
        text="---\r\ntitle: x\r\n---\r\nAn amber bee. 日本 🙂\r\n",
        body=22,
        language="id",
        date="2022-02",
        source="The ministry",
        url="https://example.org/a",
    ),
    Document(id="b.txt", title="B", text="One.\n\nTwo.\n"),
]
PASSAGES: list[list[tuple[Sentence, ...]]] = [
    [(Sentence(22, 35), Sentence(36, 40))],
    [(Sentence(0, 4, heading=True),), (Sentence(6, 10),)],
]
FILES = [
    FileRecord("b.txt", "", "ab", "document"),
    FileRecord("bali/a.md", "60:1700000000123456789", "cd", "document"),
    FileRecord("c.txt", "0:5", "", "it is not text: “x”"),
]
VECTORS = np.array([[1, 0, 0, 0], [0.6, 0.8, 0, 0], [0, 0, 0, 1]], dtype=np.float32)
HASHES = [text_hash(f"word{number} common") for number in range(3)]


def contents(
    documents: Sequence[Document] = DOCUMENTS, passages: Sequence[Sequence[tuple[Sentence, ...]]] = PASSAGES
) -> Contents:
    count = sum(len(each) for each in passages)
    return Contents(
        fingerprint="fake",
        documents=documents,
        passages=passages,
        texts=[f"word{number} common" for number in range(count)],
        vectors=np.resize(VECTORS, (count, 4)),
        files=FILES,
    )


def everything(index: NumpyIndex) -> object:
    """Return all that an index says, as one value."""
    question = index.words.question_words("word1 common")
    return (
        list(index.documents()),
        [index.passage(number) for number in range(index.passage_count)],
        [index.passages_of(number) for number in range(index.document_count)],
        index.vectors.tolist(),
        {hash: vector.tolist() for hash, vector in index.known_vectors()(HASHES).items()},
        index.words.shares(question).tolist(),
        index.files(),
        [index.sentence(row) for row in range(index.sentence_count)],
        [index.sentences_with(words_hash(text)) for text in ("First.", "word1 common", "")],
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    write_index(folder, contents())
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    """An index that a test may damage: writing one anew waits for the disk."""
    return Path(shutil.copytree(written, tmp_path / "v000001"))


@pytest.fixture
def index(folder: Path) -> NumpyIndex:
    return NumpyIndex.open(folder, fingerprint="fake")


def test_offsets_leave_numpy_at_the_edge(index: NumpyIndex) -> None:
    sentence = index.passage(1).sentences[0]
    assert [type(value) for value in (sentence.start, sentence.end, sentence.heading)] == [int, int, bool]
    json.dumps(index.passage(0).document)


def test_vectors_come_back_and_are_found_by_their_hash(index: NumpyIndex) -> None:
    assert (np.asarray(index.vectors) == VECTORS).all()
    known = index.known_vectors()([*HASHES, text_hash("another")])
    assert {hash: vector.tolist() for hash, vector in known.items()} == dict(zip(HASHES, VECTORS.tolist(), strict=True))


def test_words_come_back(index: NumpyIndex) -> None:
    words = WordIndex.build(zip(contents().texts, ("id", "en", "en"), strict=True))
    expected = words.shares(words.question_words("word1 common"))
    assert (index.words.shares(index.words.question_words("word1 common")) == expected).all()


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"))),
        min_size=1,
        max_size=6,
    )
)
def test_any_text_and_title_comes_back(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]) -> None:
    folder = tmp_path_factory.mktemp("index")
    documents = [Document(id=f"{n}.txt", title=title, text=text) for n, (text, title) in enumerate(pairs)]
    write_index(folder, contents(documents, [[(Sentence(0, len(document.text)),)] for document in documents]))
    index = NumpyIndex.open(folder, fingerprint="fake")
    assert [document for document, _ in index.documents()] == documents


def test_a_hash_is_of_the_whole_text() -> None:
    assert len(text_hash("")) == HASH_SIZE
    assert len({text_hash("a" * length) for length in range(100)}) == 100


def test_an_index_holds_no_pickle(folder: Path) -> None:
    for path in folder.glob("*.npy"):
        np.load(path, allow_pickle=False)
    assert {path.suffix for path in folder.iterdir()} == {".npy", ".bin", ".json"}


# Damage

NAMES = (
    "vectors.npy hashes.npy passages.npy sentences.npy documents.npy found.npy texts.bin records.bin files.json "
    "copies.json manifest.json words-scores.npy words-passages.npy words-starts.npy words-hashes.npy words-columns.npy"
).split()


def test_every_file_of_an_index_is_damaged_below(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flip(place: int, *, bit: int = 4) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[place if place >= 0 else len(data) + place] ^= bit
        path.write_bytes(data)

    return damage


def zero(path: Path) -> None:
    path.write_bytes(b"\0" * path.stat().st_size)


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(cut, id="cut"),
        pytest.param(empty, id="emptied"),
        pytest.param(lengthen, id="lengthened"),
        pytest.param(Path.unlink, id="deleted"),
        pytest.param(flip(0), id="first-byte"),
        pytest.param(flip(-3), id="late-byte"),
        pytest.param(zero, id="zeros"),
        pytest.param(make_folder, id="a-folder"),
    ],
)
def test_damage_to_a_file_is_noticed(folder: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(folder / name)
    with pytest.raises(IndexUnusableError):
        NumpyIndex.open(folder, fingerprint="fake")


def test_no_flipped_bit_of_the_manifest_changes_what_an_index_says(folder: Path) -> None:
    before = everything(NumpyIndex.open(folder, fingerprint="fake"))
    manifest = (folder / "manifest.json").read_bytes()
    for place in range(len(manifest)):
        flip(place, bit=1)(folder / "manifest.json")
        try:
            index = NumpyIndex.open(folder, fingerprint="fake")
        except IndexUnusableError:
            pass
        else:
            assert (index.document_count, index.passage_count) == (2, 3), f"byte {place}"
            assert everything(index) == before, f"byte {place}"
        (folder / "manifest.json").write_bytes(manifest)


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param("", id="empty"),
        pytest.param("{", id="cut"),
        pytest.param("null", id="null"),
        pytest.param("3", id="number"),
        pytest.param("[]", id="list"),
        pytest.param("{}", id="no-fields"),
        pytest.param('"format"', id="text"),
        pytest.param('{"format": 1}', id="no-fingerprint"),
        pytest.param('{"format": 1, "fingerprint": "fake"}', id="no-files"),
        pytest.param('{"format": 1, "fingerprint": "fake", "files": []}', id="files-a-list"),
        pytest.param('{"format": 1, "fingerprint": "fake", "files": {}}', id="no-counts"),
        pytest.param('{"format": 1, "fingerprint": "fake", "files": {"vectors.npy": 5}}', id="no-checksum"),
        pytest.param('{"format": 1, "fingerprint": "fake", "files": {"vectors.npy": [null, 1]}}', id="no-size"),
        pytest.param('{"format": 1, "fingerprint": "fake", "files": {"vectors.npy": ["x", 1]}}', id="size-a-word"),
        pytest.param(b"\xff\xfe".decode("latin-1"), id="no-json"),
    ],
)
def test_a_manifest_that_is_none_is_noticed(folder: Path, manifest: str) -> None:
    (folder / "manifest.json").write_text(manifest, "latin-1")
    with pytest.raises(IndexUnusableError):
        NumpyIndex.open(folder, fingerprint="fake")


def edit_manifest(folder: Path, **fields: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


def test_an_index_of_another_format_is_not_read(folder: Path) -> None:
    edit_manifest(folder, format=0)
    with pytest.raises(IndexUnusableError) as caught:
        NumpyIndex.open(folder, fingerprint="fake")
    assert str(caught.value) == "it has another format"


def test_an_index_of_another_model_is_not_read(folder: Path) -> None:
    with pytest.raises(IndexUnusableError) as caught:
        NumpyIndex.open(folder, fingerprint="another")
    assert str(caught.value) == "it was made with another embedding model"


def test_a_missing_folder_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError):
        NumpyIndex.open(tmp_path / "v000001", fingerprint="fake")


def test_a_large_index_is_checked_whole_only_when_asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.numpy_index.index._CHECKED_ALWAYS", 100)
    flip(-3)(folder / "texts.bin")
    assert NumpyIndex.open(folder, fingerprint="fake").document_count == 2
    with pytest.raises(IndexUnusableError) as caught:
        NumpyIndex.open(folder, fingerprint="fake", check=True)
    assert str(caught.value) == "it is damaged: texts.bin was changed"


def test_a_large_index_still_has_its_sizes_checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.numpy_index.index._CHECKED_ALWAYS", 100)
    cut(folder / "texts.bin")
    with pytest.raises(IndexUnusableError) as caught:
        NumpyIndex.open(folder, fingerprint="fake")
    assert str(caught.value) == "it is damaged: a file was cut or changed"


def test_an_open_index_goes_on_answering_when_its_folder_is_deleted(folder: Path) -> None:
    index = NumpyIndex.open(folder, fingerprint="fake")
    for path in folder.iterdir():
        if path.name not in ("files.json", "hashes.npy"):  # only indexing reads these
            path.unlink()
    assert list(index.documents()) == [(DOCUMENTS[0], 1), (DOCUMENTS[1], 2)]
    assert everything(index)

"""What every index and every store does alike: in files of NumPy arrays, and in PostgreSQL."""

import itertools
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partialmethod
from pathlib import Path

import numpy as np
import psycopg
import pytest

from retrieval.answering import Snapshot
from retrieval.answers.listing import sources_named
from retrieval.answers.places import Places
from retrieval.documents.workers import FileWorkers
from retrieval.embedding.embedder import Embedder
from retrieval.errors import IndexBusyError, IndexingStoppedError, IndexUnusableError, RollbackError
from retrieval.index.copying import CopyError, copy_index
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.index.passages import split_passages
from retrieval.index.postgres_index.database import Database
from retrieval.index.postgres_index.store import PostgresStore
from retrieval.index.protocols import (
    DOCUMENT,
    SPLITTING,
    FileRecord,
    Index,
    IndexStore,
    IndexWriter,
    Seen,
    document_of,
    document_record,
    text_hash,
    words_hash,
)
from retrieval.indexing import IndexingOptions, update_index
from retrieval.reading.reading_model import load_reading_model
from retrieval.reading.span_reader import SpanReader
from retrieval.receipts import Receipt
from retrieval.retriever import Retriever
from retrieval.values import Document, Passage, Question, Sentence
from tests.fakes import Contents, FakeEmbedder, write_contents

pytestmark = pytest.mark.usefixtures("quick_disk")

MakeStore = Callable[[], IndexStore]
_NAMES = itertools.count()

DOCUMENTS = [
    Document(
        id="bali/a.md",
        title="Größe “1” 🙂",
        text="---\r\ntitle: x\r\n---\r\nAn amber bee. 日本 🙂\0\r\n",
        body=20,
        language="id",
        date="2022-02",
        source="The ministry",
        url="https://example.org/a",
        questions=("Who?",),
        short_names=(("AB", "amber bee"), ("日", "日本")),
    ),
    Document(id="b.txt", title="B", text="One.\n\nTwo.\n"),
]
PASSAGES: list[list[tuple[Sentence, ...]]] = [
    [(Sentence(20, 33), Sentence(34, 36))],
    [(Sentence(0, 4, heading=True),), (Sentence(6, 10),)],
]
TEXTS = ["An amber bee bee", "One common", "Two common"]
VECTORS = np.array([[1, 0, 0, 0], [0.6, 0.8, 0, 0], [0, 0, 0, 1]], dtype=np.float32)
FILES = [
    FileRecord("b.txt", "", "ab", DOCUMENT, "digest"),
    FileRecord("bali/a.md", "60:1700000000123456789", "cd", DOCUMENT),
    FileRecord("c.txt", "0:5", "", "it is not text: “x”\0"),
]


@pytest.fixture(params=["numpy", "postgres"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStore]:
    """What makes a store on one and the same place, as another process would."""
    if request.param == "numpy":
        yield lambda: NumpyStore(tmp_path / "data")
        return
    url, name = request.getfixturevalue("postgres"), f"kutip_{next(_NAMES)}"
    databases = []

    def make() -> IndexStore:
        databases.append(Database(url, name))
        return PostgresStore(databases[-1])

    yield make
    for database in databases:
        database.close()


@pytest.fixture
def store(make_store: MakeStore) -> IndexStore:
    return make_store()


def contents(**changes: object) -> Contents:
    whole = Contents("fake", DOCUMENTS, PASSAGES, TEXTS, VECTORS, FILES, copies={1: ["copies/b.txt", "b (1).txt"]})
    return replace(whole, **changes)  # type: ignore[arg-type]


def saying(text: str) -> Contents:
    return Contents(
        "fake", [Document("a.txt", "A", text)], [[(Sentence(0, len(text)),)]], [text], VECTORS[:1], [FILES[0]]
    )


def publish(store: IndexStore, what: Contents) -> None:
    with store.writing(wait=False):
        store.publish(lambda writer: write_contents(writer, what), fingerprint=what.fingerprint, dim=4)


def opened(store: IndexStore, *, check: bool = False) -> Index:
    index = store.open("fake", check=check)
    assert index is not None
    return index


def current(store: IndexStore) -> str:
    return opened(store).document(0).text


def roll_back(store: IndexStore) -> str:
    with store.writing(wait=False):
        return store.roll_back("fake").document(0).text


# The index


@pytest.fixture
def index(store: IndexStore) -> Index:
    publish(store, contents())
    return opened(store)


def test_documents_come_back_as_they_were_with_their_passages_counted(index: Index) -> None:
    assert (index.document_count, index.passage_count, index.sentence_count) == (2, 3, 4)
    assert list(index.documents()) == [(DOCUMENTS[0], 1), (DOCUMENTS[1], 2)]
    assert list(index.titles()) == [("bali/a.md", "Größe “1” 🙂"), ("b.txt", "B")]
    assert [index.document(number) for number in range(2)] == DOCUMENTS


def test_a_document_is_kept_in_memory_unless_it_is_wanted_afresh(index: Index) -> None:
    assert index.document(1) is index.document(1)
    again = index.document(1, afresh=True)
    assert again == index.document(1) and again is not index.document(1)


def test_a_name_is_looked_for_without_reading_the_texts(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    read, document = set(), index.document

    def note(number: int) -> Document:
        read.add(number)
        return document(number)

    monkeypatch.setattr(index, "document", note)
    monkeypatch.setattr(index, "documents", lambda: pytest.fail("the texts are read"))
    assert [source.document.title for source in sources_named(index, Places(index), "größe", 9)] == ["Größe “1” 🙂"]
    assert read == {0}


def test_documents_are_known_by_their_ids_and_tell_what_they_have(index: Index) -> None:
    assert index.numbers() == {"bali/a.md": 0, "b.txt": 1}
    assert [index.document_id(number) for number in range(2)] == ["bali/a.md", "b.txt"]
    assert [len(index.passages_of(number)) for number in range(2)] == [1, 2]
    assert [sorted(index.copies(number)) for number in range(2)] == [[], ["b (1).txt", "copies/b.txt"]]
    assert (index.newest_date, list(index.asking())) == ("2022-02", [0])
    assert [(number, [tuple(one) for one in names]) for number, names in index.short_names()] == [
        (0, [("AB", "amber bee"), ("日", "日本")])
    ]


def test_an_index_of_before_explains_no_short_names() -> None:
    record = json.loads(document_record(DOCUMENTS[1]))
    del record["short_names"]
    assert document_of(json.dumps(record).encode(), DOCUMENTS[1].text) == DOCUMENTS[1]


def test_passages_and_sentences_come_back(index: Index) -> None:
    passages = [
        Passage(0, 0, (Sentence(20, 33), Sentence(34, 36))),
        Passage(1, 1, (Sentence(0, 4, heading=True),)),
        Passage(2, 1, (Sentence(6, 10),)),
    ]
    assert [index.passage(number) for number in range(3)] == passages
    assert [index.passages_of(number) for number in range(2)] == [passages[:1], passages[1:]]
    assert [index.passages_around(one, 5) for one in passages] == [passages[:1], passages[1:], passages[1:]]
    assert [index.passages_around(one, 0) for one in passages] == [[one] for one in passages]
    rows = [(passage, sentence) for passage in passages for sentence in passage.sentences]
    assert [index.sentence(row) for row in range(4)] == rows
    assert [index.sentence_row(*row) for row in rows] == [0, 1, 2, 3]
    assert [index.first_sentence(number) for number in range(3)] == [0, 2, 4]
    assert [index.sentences_with(words_hash(text)) for text in ("Two.", "An  amber bee.", "none")] == [[3], [0], []]


def test_vectors_are_known_by_the_text_that_was_embedded(index: Index) -> None:
    known = index.known_vectors()([text_hash(text) for text in [*TEXTS, "another"]])
    assert known.keys() == {text_hash(text) for text in TEXTS}
    for text, vector in zip(TEXTS, VECTORS, strict=True):
        assert known[text_hash(text)] == pytest.approx(vector, abs=1e-3)


def test_what_indexing_found_comes_back(index: Index) -> None:
    assert sorted(index.files(), key=lambda file: file.id) == FILES
    assert [file.document for file in index.failed()] == ["c.txt"]


def test_the_closest_come_first_by_vectors_and_words(index: Index) -> None:
    asked = Question("two", np.array([0.8, 0.6, 0, 0], dtype=np.float32))
    by_vectors = index.closest(asked, 3, words_weight=0)
    assert [one.number for one in by_vectors] == [1, 0, 2]
    assert [one.cosine for one in by_vectors] == pytest.approx([0.96, 0.8, 0], abs=1e-3)
    assert [one.words > 0 for one in by_vectors] == [False, False, True]
    assert [one.number for one in index.closest(asked, 2, words_weight=10)] == [2, 1]


@pytest.mark.parametrize("document", range(len(DOCUMENTS)))
def test_the_closest_of_one_document_are_those_of_all_that_are_in_it(index: Index, document: int) -> None:
    asked = Question("two", np.array([0.8, 0.6, 0, 0], dtype=np.float32))
    everything = index.closest(asked, index.passage_count, words_weight=1.5)
    own = [one for one in everything if index.passage(one.number).document == document]
    found = index.closest(asked, 9, words_weight=1.5, document=document)
    assert [one.number for one in found] == [one.number for one in own]
    assert [one.cosine for one in found] == pytest.approx([one.cosine for one in own], abs=1e-5)
    assert [one.words for one in found] == pytest.approx([one.words for one in own], abs=1e-5)


def test_questions_that_no_passage_has_a_word_of_are_answered_by_vectors(index: Index) -> None:
    found = index.closest(Question("zebra?!", VECTORS[2]), 3, words_weight=1.5)
    assert (found[0].number, [one.words for one in found]) == (2, [0, 0, 0])
    assert [one.number for one in index.closest(Question("?", VECTORS[2]), 1, words_weight=1.5)] == [2]


def test_words_are_as_frequent_as_their_most_frequent_form(index: Index) -> None:
    assert index.words.frequencies(["common", "bees", "two", "zebra", "日本"]) == [2, 1, 1, 0, 0]
    assert index.words.frequencies([]) == []


def test_equal_passages_keep_their_order(store: IndexStore) -> None:
    documents = [Document(f"{number:02}.txt", "", "One.") for number in range(30)]
    same = contents(
        documents=documents,
        passages=[[(Sentence(0, 4),)]] * 30,
        texts=["One."] * 30,
        vectors=np.repeat(VECTORS[:1], 30, axis=0),
        copies={},
    )
    publish(store, same)
    found = opened(store).closest(Question("one", VECTORS[0]), 7, words_weight=1.5)
    assert [one.number for one in found] == list(range(7))


# The store


def test_before_anything_was_published_there_is_nothing(store: IndexStore) -> None:
    assert store.open("fake") is None
    assert not store.is_held()
    with store.writing(wait=False), pytest.raises(RollbackError):
        store.roll_back("fake")


def test_what_is_published_is_current_for_every_process(store: IndexStore, make_store: MakeStore) -> None:
    publish(store, saying("One."))
    publish(store, saying("Two."))
    assert [current(store), current(make_store())] == ["Two.", "Two."]
    assert opened(store) is opened(store)


def test_an_open_index_stays_as_it_was_while_newer_ones_come(store: IndexStore, make_store: MakeStore) -> None:
    publish(store, saying("Version 0."))
    old = opened(make_store())
    for number in range(1, 6):
        publish(store, saying(f"Version {number}."))
    assert (old.document(0).text, current(store)) == ("Version 0.", "Version 5.")
    assert old.passage(0).sentences == (Sentence(0, 10),)


def test_three_versions_are_kept_to_go_back_to(store: IndexStore) -> None:
    for number in range(5):
        publish(store, saying(f"Version {number}."))
    assert [roll_back(store) for _ in range(2)] == ["Version 3.", "Version 2."]
    with pytest.raises(RollbackError):
        roll_back(store)
    assert current(store) == "Version 2."


def test_going_back_holds_until_it_is_released_or_something_is_published(
    store: IndexStore, make_store: MakeStore
) -> None:
    publish(store, saying("One."))
    publish(store, saying("Two."))
    assert (roll_back(store), store.is_held(), current(store)) == ("One.", True, "One.")
    assert (make_store().is_held(), current(make_store())) == (True, "One.")
    with store.writing(wait=False):
        store.release()
    assert (store.is_held(), current(store)) == (False, "One.")
    publish(store, saying("Three."))
    assert (store.is_held(), current(store)) == (False, "Three.")
    assert roll_back(store) == "One."
    publish(store, saying("Four."))
    assert (store.is_held(), current(store)) == (False, "Four.")


def test_a_version_that_nothing_came_before_is_not_held_for_going_back_from_it(store: IndexStore) -> None:
    publish(store, saying("One."))
    with pytest.raises(RollbackError):
        roll_back(store)
    assert (store.is_held(), current(store)) == (False, "One.")


def test_what_is_withdrawn_counts_no_more_and_another_comes_after_it(store: IndexStore, make_store: MakeStore) -> None:
    publish(store, saying("One."))
    with store.writing(wait=False):
        store.withdraw()
    assert (store.open("fake"), make_store().open("fake"), store.is_held()) == (None, None, False)
    publish(store, saying("Two."))
    assert current(store) == "Two."


@pytest.mark.parametrize("ends", [KeyboardInterrupt, IndexingStoppedError])
def test_a_version_whose_writing_breaks_off_is_never_seen(store: IndexStore, ends: type[BaseException]) -> None:
    def broken(writer: IndexWriter) -> None:
        write_contents(writer, saying("Two."))
        raise ends

    publish(store, saying("One."))
    with store.writing(wait=False), pytest.raises(ends):
        store.publish(broken, fingerprint="fake", dim=4)
    assert current(store) == "One."
    publish(store, saying("Three."))
    assert (current(store), roll_back(store)) == ("Three.", "One.")


def test_an_index_of_another_model_is_unusable(store: IndexStore) -> None:
    publish(store, saying("One."))
    with pytest.raises(IndexUnusableError, match=r"^it was made with another embedding model$"):
        store.open("another")


def test_a_whole_index_passes_the_check(store: IndexStore) -> None:
    publish(store, contents())
    assert opened(store, check=True).document_count == 2


def test_there_is_one_writer_at_a_time(store: IndexStore, make_store: MakeStore) -> None:
    other = make_store()
    with store.writing(wait=False):
        with pytest.raises(IndexBusyError), other.writing(wait=False):
            pass
        with pytest.raises(IndexingStoppedError), other.writing(wait=True, stopped=lambda: True):
            pass
    publish(other, saying("One."))
    assert current(store) == "One."


def test_a_second_writer_waits_for_the_first(store: IndexStore, make_store: MakeStore) -> None:
    def second() -> None:
        other = make_store()
        with other.writing(wait=True):
            what = saying(f"{current(other)} Two.")
            other.publish(lambda writer: write_contents(writer, what), fingerprint="fake", dim=4)

    with ThreadPoolExecutor(1) as pool:
        with store.writing(wait=False):
            waiting = pool.submit(second)
            store.publish(lambda writer: write_contents(writer, saying("One.")), fingerprint="fake", dim=4)
        waiting.result()
    assert current(store) == "One. Two."


def test_what_was_seen_is_remembered(store: IndexStore, make_store: MakeStore) -> None:
    publish(store, saying("One."))
    assert store.seen() == {}
    with store.writing(wait=False):
        store.remember({"a.txt": Seen("1:2", "ab"), "ü.txt": Seen("", "cd")})
        store.remember({"a.txt": Seen("1:3", "ab")})
        store.keep_receipt(Receipt(added=1, seconds=1 / 3))
    assert make_store().seen() == {"a.txt": Seen("1:3", "ab")}


# The whole of it, with the real models


def test_questions_get_the_same_answers_from_every_index(
    all_documents: Path, embedder: Embedder, workers: FileWorkers, postgres: str, tmp_path: Path
) -> None:
    database = Database(postgres, f"kutip_{next(_NAMES)}")
    stores: list[IndexStore] = [NumpyStore(tmp_path), PostgresStore(database)]
    for store in stores:
        receipt = update_index(store, embedder, IndexingOptions(all_documents), workers=workers)
        assert receipt.encoded > 0
        again = update_index(store, embedder, IndexingOptions(all_documents), workers=workers)
        assert (again.unchanged, again.encoded) == (receipt.documents + again.duplicate, 0)
    indexes = [store.open(embedder.fingerprint) for store in stores]
    model = load_reading_model(None)
    questions = ["who co-chaired the meeting?", "When was Anselma Thorne born?", "berapa negara anggota Bali Process?"]
    vectors = embedder.embed_questions(questions)
    asked = [Question(*one) for one in zip(questions, vectors, strict=True)]
    found = []
    for index in indexes:
        assert index is not None
        hits = [Retriever(index).retrieve(one, count=5) for one in asked]
        snapshot = Snapshot(index, embedder, SpanReader(model, index.words), threshold=0.5)
        answers = snapshot.answer(questions)
        assert all(answer.found for answer in answers)
        keys = [citation.key for answer in answers for citation in answer.citations]
        places = [Places(index).find(key) for key in keys]
        found.append(
            (
                [[hit.passage for hit in one] for one in hits],
                [[citation.sentence for citation in answer.citations] for answer in answers],
                [[citation.copies for citation in answer.citations] for answer in answers],
                (keys, places),
            )
        )
        scores = [hit.score for one in hits for hit in one]
        found[-1] += (pytest.approx(scores, abs=2e-3) if len(found) == 1 else scores,)  # type: ignore[assignment]
    database.close()
    assert found[1] == found[0]


def test_a_changed_document_is_embedded_again_and_no_other(
    store: IndexStore, workers: FileWorkers, tmp_path: Path
) -> None:
    knowledge, embedder = tmp_path / "knowledge", FakeEmbedder()
    knowledge.mkdir()
    for name in ("a.txt", "b.txt"):
        (knowledge / name).write_text(f"Amber {name}.")
    options = IndexingOptions(knowledge)
    assert update_index(store, embedder, options, workers=workers).added == 2
    (knowledge / "b.txt").write_text("Bee and cedar.")
    receipt = update_index(store, embedder, options, workers=workers)
    assert (receipt.changed, receipt.unchanged, receipt.encoded) == (1, 1, 1)
    assert [document.text for document, _ in opened(store).documents()] == ["Amber a.txt.", "Bee and cedar."]


def test_an_index_that_was_split_in_another_way_answers_and_keeps_the_vectors_of_what_stays(
    make_store: MakeStore, workers: FileWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge, embedder = tmp_path / "knowledge", FakeEmbedder()
    knowledge.mkdir()
    for name in ("a.txt", "b.txt"):
        (knowledge / name).write_text(f"Amber {name}. Bee.")
    options = IndexingOptions(knowledge)
    update_index(make_store(), embedder, options, workers=workers)
    store = make_store()
    monkeypatch.setattr("retrieval.indexing.SPLITTING", SPLITTING + 1)
    publish_now = type(store).publish
    monkeypatch.setattr(type(store), "publish", partialmethod(publish_now, splitting=SPLITTING + 1))
    assert opened(store).splitting == SPLITTING
    assert [document.text for document, _ in opened(store).documents()] == ["Amber a.txt. Bee.", "Amber b.txt. Bee."]

    first_only = {"a.txt": slice(0, 1), "b.txt": slice(0, 2)}
    whole = split_passages
    monkeypatch.setattr(
        "retrieval.indexing.split_passages",
        lambda document, sentences, *more: whole(document, sentences[first_only[document.id]], *more),
    )
    receipt = update_index(store, embedder, options, workers=workers)
    assert (receipt.changed, receipt.unchanged, receipt.encoded) == (0, 2, 1)
    assert opened(store).splitting == SPLITTING + 1
    assert [len(opened(store).passage(number).sentences) for number in range(2)] == [1, 2]
    before = opened(store).name
    update_index(store, embedder, options, workers=workers)
    assert opened(store).name == before  # nothing was left to do


def test_an_index_that_does_not_say_how_it_was_split_is_of_the_first_way(
    make_store: MakeStore, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    store = make_store()
    publish(store, contents())
    assert opened(store).splitting == SPLITTING > 1
    if isinstance(store, NumpyStore):
        [manifest] = tmp_path.glob("data/index/*/manifest.json")
        fields = json.loads(manifest.read_text())
        del fields["splitting"]
        manifest.write_text(json.dumps(fields))
    else:
        schema, _, _ = opened(store).name.rpartition("_")
        with psycopg.connect(request.getfixturevalue("postgres")) as connection:
            connection.execute(f"ALTER TABLE {schema}.versions DROP COLUMN splitting")
    assert opened(make_store()).splitting == 1
    publish(make_store(), contents())
    assert opened(make_store()).splitting == SPLITTING  # a writer puts the column there again


def test_a_copy_is_split_as_the_original_was(
    store: IndexStore, workers: FileWorkers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge, embedder, original = tmp_path / "knowledge", FakeEmbedder(), NumpyStore(tmp_path / "original")
    knowledge.mkdir()
    (knowledge / "a.txt").write_text("Amber. Bee.")
    with monkeypatch.context() as patch:
        patch.setattr(NumpyStore, "publish", partialmethod(NumpyStore.publish, splitting=1))
        update_index(original, embedder, IndexingOptions(knowledge), workers=workers)
    assert copy_index(original, store, embedder).splitting == 1
    update_index(store, embedder, IndexingOptions(knowledge), workers=workers)
    assert opened(store).splitting == SPLITTING


def test_a_copy_of_what_was_gone_back_to_is_held_as_well(
    store: IndexStore, workers: FileWorkers, tmp_path: Path
) -> None:
    knowledge, embedder, original = tmp_path / "knowledge", FakeEmbedder(), NumpyStore(tmp_path / "original")
    knowledge.mkdir()
    for text in ("Amber.", "Bee."):
        (knowledge / "a.txt").write_text(text)
        update_index(original, embedder, IndexingOptions(knowledge), workers=workers)
    assert roll_back(original) == "Amber."
    copy_index(original, store, embedder)
    assert (current(store), store.is_held()) == ("Amber.", True)


def test_an_index_of_another_model_is_not_copied_and_a_line_says_why(store: IndexStore, tmp_path: Path) -> None:
    original = NumpyStore(tmp_path / "original")
    publish(original, saying("One."))
    with pytest.raises(CopyError) as caught:
        copy_index(original, store, FakeEmbedder(fingerprint="another"))
    assert str(caught.value) == (
        "The index cannot be copied: it was made with another embedding model. Check KUTIP_MODEL, or run kutip index."
    )

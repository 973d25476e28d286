"""One worker answers, an update swaps what it answers from, and neither holds the other up."""

import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path

import pytest

from bot.library import MAX_BATCH, Library
from bot.settings import Settings
from retrieval.embedding.embedder import OnDone, Vectors
from retrieval.errors import IndexAwayError, IndexHeldError, IndexingStoppedError, KnowledgeError
from retrieval.receipts import Cause, Progress
from retrieval.values import Answer
from tests.fakes import FakeEmbedder

PATIENCE = 10  # seconds: longer than anything here lasts


class Gate:
    """A door that the test opens, and where somebody may be waiting."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> None:
        self.reached.set()
        assert self.opened.wait(PATIENCE)


class GatedEmbedder(FakeEmbedder):
    """Waits at a gate before it embeds questions, or the passages of an index, and writes down its batches."""

    def __init__(self) -> None:
        super().__init__()
        self.before_questions: Gate | None = None
        self.before_passages: Gate | None = None
        self.trouble: BaseException | None = None
        self.troublesome = ""  # the question that it comes with; with all, if it is empty
        self.batches: list[list[str]] = []

    def embed_questions(self, questions: Sequence[str]) -> Vectors:
        self.batches.append(list(questions))
        if self.before_questions:
            self.before_questions()
        if self.trouble and (not self.troublesome or self.troublesome in questions):
            raise self.trouble
        return super().embed_questions(questions)

    def embed_passages(self, texts: Sequence[str], *, on_done: OnDone = None) -> Vectors:
        if self.before_passages and on_done:  # only an index wants to hear how many are done
            self.before_passages()
        return super().embed_passages(texts, on_done=on_done)


@pytest.fixture
def embedder(monkeypatch: pytest.MonkeyPatch) -> GatedEmbedder:
    embedder = GatedEmbedder()
    monkeypatch.setattr("bot.library.load_embedder", lambda model, data: embedder)
    return embedder


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    write(folder, "a.md", "Alpha amber apple.")
    return folder


@pytest.fixture
def library(knowledge: Path, tmp_path: Path, embedder: GatedEmbedder) -> Iterator[Library]:
    library = open_library(tmp_path)
    yield library
    library.close()


def open_library(folder: Path) -> Library:
    return Library(Settings.model_construct(knowledge=folder / "knowledge", data=folder / "data", threshold=0.0))


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"---\nlang: en\n---\n{text}\n", "utf-8")


def quotes(*futures: "Future[Answer]") -> list[str]:
    return [future.result(PATIENCE).citations[0].sentence for future in futures]


def test_the_answer_is_that_of_the_question(library: Library, knowledge: Path) -> None:
    write(knowledge, "b.md", "Bee bear bird.")
    library.update()
    assert quotes(library.ask("bee"), library.ask("alpha")) == ["Bee bear bird.", "Alpha amber apple."]


def test_questions_that_wait_are_answered_together_in_batches(library: Library, embedder: GatedEmbedder) -> None:
    library.update()
    embedder.before_questions = gate = Gate()
    futures = [library.ask("first")]
    assert gate.reached.wait(PATIENCE)
    names = [f"waiting {number}" for number in range(MAX_BATCH + 4)]
    futures += [library.ask(name) for name in names]
    gate.opened.set()
    assert [future.result(PATIENCE).question for future in futures] == ["first", *names]
    assert embedder.batches == [["first"], names[:MAX_BATCH], names[MAX_BATCH:]]


def test_what_is_asked_again_is_the_next(library: Library, embedder: GatedEmbedder) -> None:
    library.update()
    embedder.before_questions = gate = Gate()
    futures = [library.ask("first")]
    assert gate.reached.wait(PATIENCE)
    names = [f"waiting {number}" for number in range(MAX_BATCH)]
    futures += [library.ask(name) for name in names]
    futures.append(library.ask("again", again=True))
    gate.opened.set()
    assert [future.result(PATIENCE).question for future in futures] == ["first", *names, "again"]
    assert embedder.batches == [["first"], ["again", *names[:-1]], names[-1:]]


def test_without_an_index_whoever_asks_is_told(library: Library) -> None:
    with pytest.raises(RuntimeError, match="no index"):
        library.ask("alpha").result(PATIENCE)


def test_what_goes_wrong_goes_to_whoever_asked_and_the_next_question_is_answered(
    library: Library, embedder: GatedEmbedder
) -> None:
    library.update()
    embedder.trouble = MemoryError("too much")
    with pytest.raises(MemoryError, match="too much"):
        library.ask("alpha").result(PATIENCE)
    embedder.trouble = None
    assert quotes(library.ask("alpha")) == ["Alpha amber apple."]


def test_a_question_that_goes_wrong_does_not_fail_those_that_wait_beside_it(
    library: Library, embedder: GatedEmbedder
) -> None:
    library.update()
    embedder.before_questions = gate = Gate()
    futures = [library.ask("first")]
    assert gate.reached.wait(PATIENCE)
    futures += [library.ask(name) for name in ("before", "bad", "after")]
    embedder.trouble, embedder.troublesome = ValueError("no question"), "bad"
    gate.opened.set()
    with pytest.raises(ValueError, match="no question"):
        futures.pop(2).result(PATIENCE)
    assert [future.result(PATIENCE).question for future in futures] == ["first", "before", "after"]


def test_while_the_database_is_away_questions_are_not_tried_one_by_one(
    library: Library, embedder: GatedEmbedder
) -> None:
    """Each would wait for a connection as long as all of them."""
    library.update()
    embedder.before_questions = gate = Gate()
    first = library.ask("first")
    assert gate.reached.wait(PATIENCE)
    futures = [library.ask(name) for name in ("one", "two")]
    embedder.trouble, embedder.troublesome = IndexAwayError("it does not answer"), "one"
    gate.opened.set()
    assert isinstance(first.result(PATIENCE), Answer)
    assert [str(future.exception(PATIENCE)) for future in futures] == ["it does not answer"] * 2
    assert embedder.batches == [["first"], ["one", "two"]]


def test_a_question_that_nobody_waits_for_any_more_is_left_out(library: Library, embedder: GatedEmbedder) -> None:
    library.update()
    embedder.before_questions = gate = Gate()
    first = library.ask("first")
    assert gate.reached.wait(PATIENCE)
    given_up, waiting = library.ask("given up"), library.ask("waiting")
    assert given_up.cancel()
    gate.opened.set()
    assert quotes(first, waiting) == ["Alpha amber apple."] * 2
    assert embedder.batches == [["first"], ["waiting"]]


def test_while_an_update_runs_the_old_documents_answer_and_then_the_new_ones(
    library: Library, knowledge: Path, embedder: GatedEmbedder
) -> None:
    library.update()
    write(knowledge, "a.md", "Alpha is another one now.")
    embedder.before_passages = gate = Gate()
    updating = threading.Thread(target=library.update)
    updating.start()
    assert gate.reached.wait(PATIENCE)
    during = quotes(library.ask("alpha"))
    progress = library.progress
    gate.opened.set()
    updating.join(PATIENCE)
    assert (during, progress) == (["Alpha amber apple."], Progress("Reading", 1, 1, "files"))
    assert (quotes(library.ask("alpha")), library.progress) == (["Alpha is another one now."], None)


def test_a_question_in_flight_is_answered_from_what_there_was_when_its_turn_came(
    library: Library, knowledge: Path, embedder: GatedEmbedder
) -> None:
    library.update()
    embedder.before_questions = gate = Gate()
    in_flight = library.ask("alpha")
    assert gate.reached.wait(PATIENCE)
    write(knowledge, "a.md", "Alpha is another one now.")
    library.update()
    gate.opened.set()
    assert quotes(in_flight, library.ask("alpha")) == ["Alpha amber apple.", "Alpha is another one now."]


def test_an_update_that_changes_nothing_keeps_the_snapshot(library: Library) -> None:
    library.update()
    before = library.snapshot
    receipt = library.update(check=True)
    assert (receipt.unchanged, receipt.encoded) == (1, 0)
    assert library.snapshot is before


def test_a_failed_update_leaves_what_was_there(library: Library, knowledge: Path) -> None:
    library.update()
    shutil.rmtree(knowledge)
    with pytest.raises(KnowledgeError):
        library.update()
    assert (quotes(library.ask("alpha")), library.progress) == (["Alpha amber apple."], None)


def test_a_data_folder_that_is_away_for_a_moment_changes_nothing(library: Library, tmp_path: Path) -> None:
    library.update()
    (tmp_path / "data").rename(tmp_path / "away")
    assert not library.follow()
    (tmp_path / "away").rename(tmp_path / "data")
    assert quotes(library.ask("alpha")) == ["Alpha amber apple."]


def test_an_index_that_was_deleted_is_built_again_and_answers(
    library: Library, knowledge: Path, tmp_path: Path
) -> None:
    library.update()
    shutil.rmtree(tmp_path / "data" / "index")
    write(knowledge, "a.md", "Alpha is another one now.")
    library.update()
    assert quotes(library.ask("alpha")) == ["Alpha is another one now."]


def test_the_index_that_is_there_answers_without_an_update(library: Library, tmp_path: Path) -> None:
    library.update()
    again = open_library(tmp_path)
    assert quotes(again.ask("alpha")) == ["Alpha amber apple."]
    again.close()


def test_a_damaged_index_is_told_and_built_again(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library.update()
    vectors = next((tmp_path / "data" / "index").glob("v*/vectors.npy"))
    vectors.write_bytes(vectors.read_bytes()[:-1])
    again = open_library(tmp_path)
    assert again.snapshot is None
    again.update()
    assert "it is damaged" in caplog.text
    assert quotes(again.ask("alpha")) == ["Alpha amber apple."]
    again.close()


def test_the_data_folder_holds_no_documents_even_inside_the_knowledge_folder(
    knowledge: Path, embedder: GatedEmbedder
) -> None:
    library = Library(Settings.model_construct(knowledge=knowledge, data=knowledge / "data", threshold=0.0))
    (knowledge / "data").mkdir(exist_ok=True)
    write(knowledge / "data", "b.md", "Bee bear bird.")
    assert library.update().documents == 1
    library.close()


def test_larger_files_than_allowed_fail_alone(knowledge: Path, tmp_path: Path, embedder: GatedEmbedder) -> None:
    (knowledge / "b.txt").write_text("b" * 2_000, "utf-8")
    settings = Settings.model_construct(knowledge=knowledge, data=tmp_path / "data", max_file_mb=0.001)
    library = Library(settings)
    receipt = library.update()
    assert (receipt.documents, [failed.document for failed in receipt.failed]) == (1, ["b.txt"])
    library.close()


def test_closing_answers_the_questions_that_wait(library: Library, embedder: GatedEmbedder) -> None:
    library.update()
    embedder.before_questions = gate = Gate()
    futures = [library.ask("first")]
    assert gate.reached.wait(PATIENCE)
    futures += [library.ask(f"waiting {number}") for number in range(MAX_BATCH + 4)]
    closing = threading.Thread(target=library.close)
    closing.start()
    gate.opened.set()
    closing.join(PATIENCE)
    assert not closing.is_alive()
    assert all(future.done() for future in futures)
    assert quotes(*futures) == ["Alpha amber apple."] * len(futures)


def test_closing_stops_an_update_and_leaves_the_index_as_it_was(
    library: Library, knowledge: Path, tmp_path: Path, embedder: GatedEmbedder
) -> None:
    library.update()
    write(knowledge, "b.md", "Bee bear bird.")
    embedder.before_passages = gate = Gate()
    raised: list[BaseException] = []

    def update() -> None:
        try:
            library.update()
        except IndexingStoppedError as error:
            raised.append(error)

    updating = threading.Thread(target=update)
    updating.start()
    assert gate.reached.wait(PATIENCE)
    library.close()
    gate.opened.set()
    updating.join(PATIENCE)
    assert [str(error) for error in raised] == ["Indexing was stopped; the index is as it was before."]
    embedder.before_passages = None
    assert (tmp_path / "data" / "index" / "current").read_text("utf-8") == "v000001\n"


def test_closing_twice_does_no_harm(library: Library) -> None:
    library.close()
    library.close()


def test_going_back_answers_from_the_version_before_until_an_update_is_asked_for(
    library: Library, knowledge: Path
) -> None:
    library.update()
    write(knowledge, "a.md", "Alpha is another one now.")
    library.update()
    library.roll_back()
    assert quotes(library.ask("alpha")) == ["Alpha amber apple."]
    with pytest.raises(IndexHeldError):
        library.update(cause=Cause.NOTICED)
    library.update()
    assert quotes(library.ask("alpha")) == ["Alpha is another one now."]

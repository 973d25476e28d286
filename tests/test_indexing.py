"""Indexing makes the index hold what the folder holds, embeds nothing twice, and leaves it alone when it fails."""

import errno
import json
import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents.workers import FileWorkers, PendingFile
from retrieval.errors import (
    DataError,
    DocumentError,
    IndexBusyError,
    IndexHeldError,
    IndexingStoppedError,
    IndexUnusableError,
    KnowledgeError,
    NothingLeftError,
)
from retrieval.index.numpy_index.index import NumpyIndex
from retrieval.index.numpy_index.store import NumpyStore
from retrieval.indexing import IndexingOptions, update_index
from retrieval.receipts import Cause, FailedFile, Progress, Receipt
from tests.fakes import FakeEmbedder
from tests.made_files import FIRST, made_html

pytestmark = pytest.mark.usefixtures("quick_disk")

HOUR = 3_600 * 10**9  # nanoseconds
LONG = "\n\n".join(f"## Part {part}\n\nAmber bee cedar {part} dune. Elm fern {part} grove." for part in range(8))


class Corpus:
    """A knowledge folder with its index, and an embedder that counts."""

    def __init__(self, folder: Path, workers: FileWorkers) -> None:
        self.workers = workers
        self.knowledge = folder / "knowledge"
        self.data = folder / "data"
        self.knowledge.mkdir()
        self.embedder = FakeEmbedder()
        self.store = NumpyStore(self.data)
        self._clock = time.time_ns() - 24 * HOUR

    def write(self, id: str, text: str | bytes) -> Path:
        """Write a file an hour later than the last one, all of them long ago."""
        path = self.knowledge / id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self._clock += HOUR // 1_000
        os.utime(path, ns=(self._clock, self._clock))
        return path

    def update(
        self,
        *,
        max_bytes: int = 10_000,
        data: Path | None = None,
        embedder: FakeEmbedder | None = None,
        cause: Cause = Cause.ASKED,
        check: bool = False,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Receipt:
        """Bring the index up to date; the receipt comes without its seconds."""
        receipt = update_index(
            self.store,
            embedder or self.embedder,
            IndexingOptions(self.knowledge, max_bytes=max_bytes, data=data),
            workers=self.workers,
            cause=cause,
            check=check,
            on_progress=on_progress,
            stopped=stopped,
        )
        assert receipt.seconds >= 0
        return replace(receipt, seconds=0)

    @property
    def index(self) -> NumpyIndex:
        index = self.store.open(self.embedder.fingerprint)
        assert index is not None
        return index

    def ids(self) -> list[str]:
        return [document.id for document, _ in self.index.documents()]

    def texts(self) -> dict[str, str]:
        return {document.id: document.text for document, _ in self.index.documents()}

    def versions(self) -> list[str]:
        return sorted(path.name for path in (self.data / "index").glob("*[0-9]"))

    def encoded(self) -> list[str]:
        """Return what was embedded since this was asked last."""
        passages = self.embedder.passages[:]
        self.embedder.passages.clear()
        return passages


@pytest.fixture
def corpus(tmp_path: Path, workers: FileWorkers) -> Corpus:
    return Corpus(tmp_path, workers)


@pytest.fixture
def indexed(corpus: Corpus) -> Corpus:
    """Two documents, indexed."""
    corpus.write("a.txt", "Amber.")
    corpus.write("b.txt", "Bee. Cedar.")
    corpus.update()
    corpus.encoded()
    return corpus


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


# Receipts


def test_a_first_run_adds_every_document(corpus: Corpus) -> None:
    corpus.write("b.txt", "Bee. Cedar.")
    corpus.write("a/long.md", LONG)
    corpus.write("c.jpg", "no document")
    assert corpus.update() == Receipt(added=2, documents=2, passages=9, encoded=9)
    assert corpus.ids() == ["a/long.md", "b.txt"]


def test_an_unchanged_folder_is_not_indexed_again(indexed: Corpus) -> None:
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)
    assert indexed.encoded() == []
    assert indexed.versions() == ["v000001"]


def test_a_new_document_is_added(indexed: Corpus) -> None:
    indexed.write("c.txt", "Cedar.")
    assert indexed.update() == Receipt(added=1, unchanged=2, documents=3, passages=3, encoded=1)
    assert indexed.encoded() == ["c\nCedar."]


def test_a_changed_document_is_read_again(indexed: Corpus) -> None:
    indexed.write("a.txt", "Acorn.")
    assert indexed.update() == Receipt(changed=1, unchanged=1, documents=2, passages=2, encoded=1)
    assert indexed.texts() == {"a.txt": "Acorn.", "b.txt": "Bee. Cedar."}


def test_a_removed_document_leaves_the_index(indexed: Corpus) -> None:
    (indexed.knowledge / "a.txt").unlink()
    assert indexed.update() == Receipt(unchanged=1, removed=1, documents=1, passages=1)
    assert indexed.ids() == ["b.txt"]
    assert indexed.encoded() == []


def test_a_file_that_cannot_be_read_fails_alone_with_its_reason(indexed: Corpus) -> None:
    indexed.write("c.txt", b"\x00\x01")
    failed = (FailedFile("c.txt", "it is not text: it holds NUL bytes"),)
    assert indexed.update() == Receipt(unchanged=2, failed=failed, documents=2, passages=2)
    assert indexed.update() == Receipt(unchanged=2, failed=failed, documents=2, passages=2)


def test_a_document_that_becomes_unreadable_leaves_the_index(indexed: Corpus) -> None:
    indexed.write("a.txt", b"\x00\x01")
    failed = (FailedFile("a.txt", "it is not text: it holds NUL bytes"),)
    assert indexed.update() == Receipt(unchanged=1, failed=failed, documents=1, passages=1)
    assert indexed.ids() == ["b.txt"]


def test_a_file_that_is_mended_comes_back(indexed: Corpus) -> None:
    indexed.write("c.txt", b"\x00\x01")
    indexed.update()
    indexed.write("c.txt", "Cedar.")
    assert indexed.update() == Receipt(added=1, unchanged=2, documents=3, passages=3, encoded=1)


def test_a_blank_file_is_neither_a_document_nor_a_failure(indexed: Corpus) -> None:
    indexed.write("empty.md", "")
    indexed.write("lines.txt", " \n\n")
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)
    assert indexed.ids() == ["a.txt", "b.txt"]


def test_a_file_with_nothing_to_quote_fails_alone(indexed: Corpus) -> None:
    indexed.write("title.md", "---\ntitle: Nothing\n---\n")
    failed = (FailedFile("title.md", "there is nothing in it to quote"),)
    assert indexed.update() == Receipt(unchanged=2, failed=failed, documents=2, passages=2)


def test_a_file_over_the_limit_fails_alone_with_both_sizes(indexed: Corpus) -> None:
    indexed.write("a.txt", "Amber. " * 200_000)
    failed = (FailedFile("a.txt", "it has 1.3 MB, more than the 1 MB that KUTIP_MAX_FILE_MB allows"),)
    assert indexed.update(max_bytes=2**20) == Receipt(unchanged=1, failed=failed, documents=1, passages=1)


def test_a_lower_limit_fails_documents_and_a_higher_one_brings_them_back(indexed: Corpus) -> None:
    lower = indexed.update(max_bytes=8)
    assert [failed.document for failed in lower.failed] == ["b.txt"]
    assert indexed.ids() == ["a.txt"]
    assert indexed.update() == Receipt(added=1, unchanged=1, documents=2, passages=2, encoded=1)


def test_the_excluded_folder_is_left_out(indexed: Corpus) -> None:
    indexed.write("data/c.txt", "Cedar.")
    assert indexed.update(data=indexed.knowledge / "data").documents == 2


# Nothing embedded twice


def test_one_changed_paragraph_embeds_only_its_own_passage(corpus: Corpus) -> None:
    corpus.write("long.md", LONG)
    corpus.update()
    corpus.encoded()
    corpus.write("long.md", LONG.replace("cedar 5", "cherry"))
    assert corpus.update() == Receipt(changed=1, documents=1, passages=8, encoded=1)
    assert corpus.encoded() == ["Part 0\nPart 5\nAmber bee cherry dune.\nElm fern 5 grove."]


def test_a_moved_file_is_not_embedded_again(indexed: Corpus) -> None:
    (indexed.knowledge / "deep").mkdir()
    (indexed.knowledge / "a.txt").rename(indexed.knowledge / "deep/a.txt")
    assert indexed.update() == Receipt(unchanged=1, moved=1, documents=2, passages=2)
    assert indexed.ids() == ["b.txt", "deep/a.txt"]
    assert indexed.encoded() == []


def test_a_renamed_file_that_changed_is_removed_and_added(indexed: Corpus) -> None:
    (indexed.knowledge / "a.txt").unlink()
    indexed.write("c.txt", "Acorn.")
    assert indexed.update() == Receipt(added=1, unchanged=1, removed=1, documents=2, passages=2, encoded=1)


def test_a_passage_that_stands_in_two_documents_is_embedded_once(corpus: Corpus) -> None:
    corpus.write("a.md", "---\ntitle: T\n---\n# One\n\nAmber.\n\n# Two\n\nBee.")
    corpus.write("b.md", "---\ntitle: T\n---\n# One\n\nAmber.\n\n# Two\n\nCedar.")
    assert corpus.update() == Receipt(added=2, documents=2, passages=4, encoded=3)
    assert corpus.encoded() == ["T\nOne\nAmber.", "T\nTwo\nBee.", "T\nTwo\nCedar."]


def test_more_passages_than_are_embedded_together_each_have_their_vector(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.documents.workers.FileWorkers.together", 2)
    for number in range(9):
        corpus.write(f"{number}.md", f"---\ntitle: T\n---\n# One\n\nAmber.\n\n# Two\n\n{'Bee ' * number} Acorn.")
    assert corpus.update().encoded == 10
    texts = [text for number in range(9) for text in ("T\nOne\nAmber.", f"T\nTwo\n{'Bee ' * number}Acorn.")]
    assert np.asarray(corpus.index.vectors) == pytest.approx(FakeEmbedder().embed_passages(texts))


def test_a_new_title_embeds_all_passages_again(corpus: Corpus) -> None:
    corpus.write("a.md", f"---\ntitle: One\n---\n{LONG}")
    corpus.update()
    corpus.write("a.md", f"---\ntitle: Two\n---\n{LONG}")
    assert corpus.update() == Receipt(changed=1, documents=1, passages=8, encoded=8)


def test_another_model_embeds_everything_again_and_says_so(indexed: Corpus, caplog: pytest.LogCaptureFixture) -> None:
    receipt = indexed.update(embedder=FakeEmbedder(fingerprint="another"))
    assert receipt == Receipt(added=2, documents=2, passages=2, encoded=2)
    assert warnings(caplog) == ["The index is built again: it was made with another embedding model."]


def test_every_passage_has_the_vector_of_its_text(indexed: Corpus) -> None:
    indexed.write("0.txt", "Dune. Elm.")
    indexed.write("b.txt", "Bee. Cherry.")
    indexed.update()
    expected = FakeEmbedder().embed_passages(["0\nDune.\nElm.", "a\nAmber.", "b\nBee.\nCherry."])
    assert np.asarray(indexed.index.vectors) == pytest.approx(expected)


# The receipt that is kept


def kept(corpus: Corpus) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads((corpus.data / "receipt.json").read_text("utf-8"))
    return fields


def test_the_last_receipt_is_kept_with_the_time(corpus: Corpus) -> None:
    corpus.write("a.txt", "Amber.")
    corpus.write("b.txt", b"\x00")
    before = datetime.now(UTC)
    receipt = corpus.update()
    fields = kept(corpus)
    assert before - timedelta(seconds=1) <= datetime.fromisoformat(fields.pop("finished")) <= datetime.now(UTC)
    assert fields.pop("seconds") >= 0
    told = json.loads(json.dumps(asdict(receipt)))
    del told["seconds"]
    assert fields == told
    assert [file["document"] for file in fields["failed"]] == ["b.txt"]


def test_a_start_with_nothing_new_leaves_the_receipt_of_what_was_done(corpus: Corpus) -> None:
    corpus.write("a.txt", "Amber.")
    corpus.update()
    corpus.update(cause=Cause.NOTICED)
    assert (kept(corpus)["added"], kept(corpus)["unchanged"]) == (1, 0)
    corpus.write("b.txt", "Bee.")
    corpus.update(cause=Cause.NOTICED)
    assert (kept(corpus)["added"], kept(corpus)["unchanged"]) == (1, 1)
    corpus.update()
    assert (kept(corpus)["added"], kept(corpus)["unchanged"]) == (0, 2)


# Duplicates


def test_of_files_with_the_same_content_the_first_is_the_document(corpus: Corpus) -> None:
    for id in ("c.txt", "a.txt", "b.txt"):
        corpus.write(id, "Amber.")
    assert corpus.update() == Receipt(added=1, duplicate=2, documents=1, passages=1, encoded=1)
    assert corpus.ids() == ["a.txt"]
    assert corpus.update() == Receipt(unchanged=1, duplicate=2, documents=1, passages=1)


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda corpus: (corpus.knowledge / "a.txt").unlink(), id="removed"),
        pytest.param(lambda corpus: corpus.write("a.txt", b"\x00"), id="unreadable"),
        pytest.param(lambda corpus: corpus.write("a.txt", "Bee."), id="changed"),
    ],
)
def test_a_duplicate_takes_over_when_the_first_goes_away(corpus: Corpus, leave: Callable[[Corpus], None]) -> None:
    corpus.write("a.txt", "Amber.")
    corpus.write("b.txt", "Amber.")
    corpus.update()
    leave(corpus)
    receipt = corpus.update()
    assert (receipt.added + receipt.moved, corpus.texts()["b.txt"]) == (1, "Amber.")


def test_a_new_file_that_comes_before_its_duplicate_takes_its_place(indexed: Corpus) -> None:
    indexed.write("0.txt", "Bee. Cedar.")
    indexed.update()
    assert indexed.texts() == {"0.txt": "Bee. Cedar.", "a.txt": "Amber."}


def test_the_same_text_in_other_white_space_and_with_another_title_is_a_duplicate(corpus: Corpus) -> None:
    corpus.write("a.txt", "---\ntitle: One\n---\nAmber bee. Cedar.\n")
    corpus.write("b.txt", "---\ntitle: Two\n---\nAmber  bee.\r\nCedar.")
    assert corpus.update() == Receipt(added=1, duplicate=1, documents=1, passages=1, encoded=1)
    assert corpus.index.copies(0) == ("b.txt",)


def test_a_page_saved_twice_whose_text_changed_is_two_documents(corpus: Corpus) -> None:
    head = '<link rel="canonical" href="https://gazette.example/plan">'
    corpus.write("a.html", made_html(head=head))
    corpus.write("b.html", made_html(head=head, body=f"<p>{FIRST}</p><p>It was said again on Monday.</p>"))
    corpus.write("c.html", made_html(head=head))
    assert (corpus.update().documents, corpus.index.copies(0)) == (2, ("c.html",))


def test_a_document_that_is_no_duplicate_any_more_comes_back(corpus: Corpus) -> None:
    corpus.write("a.txt", "Amber.")
    corpus.write("b.txt", "Amber.")
    corpus.update()
    corpus.write("b.txt", "Bee.")
    assert corpus.update() == Receipt(added=1, unchanged=1, documents=2, passages=2, encoded=1)
    assert corpus.index.copies(0) == ()


def test_empty_files_are_no_duplicates(indexed: Corpus) -> None:
    indexed.write("c.txt", "")
    indexed.write("d.txt", "")
    assert indexed.update().duplicate == 0


def test_files_whose_names_are_no_utf8_are_documents_of_their_own(indexed: Corpus) -> None:
    indexed.write(os.fsdecode(b"\xe8.txt"), "Dune.")
    indexed.write(os.fsdecode(b"\xe9.txt"), "Elm.")
    indexed.update()
    assert sorted(document.text for document, _ in indexed.index.documents()) == [
        "Amber.",
        "Bee. Cedar.",
        "Dune.",
        "Elm.",
    ]
    assert indexed.update().unchanged == 4
    assert indexed.versions() == ["v000001", "v000002"]


# What could not be read


def test_what_could_not_be_read_is_tried_again_only_when_somebody_asks(
    indexed: Corpus,
) -> None:
    class BusyWorkers(FileWorkers):
        busy = True

        def submit(self, id: str, data: bytes, side: bytes | None) -> PendingFile:
            if self.busy and id == "c.txt":
                raise DocumentError("reading it took more than 120 seconds")
            return super().submit(id, data, side)

    workers = BusyWorkers()
    with workers:
        indexed.workers = workers
        indexed.write("c.txt", "Cedar.")
        assert len(indexed.update().failed) == 1
        assert (len(indexed.update().failed), indexed.versions()) == (1, ["v000001", "v000002"])
        workers.busy = False
        assert len(indexed.update(cause=Cause.NOTICED).failed) == 1
        assert len(indexed.update(cause=Cause.SENT).failed) == 1
        assert indexed.update().added == 1


def test_what_could_not_be_read_is_tried_again_side_by_side(indexed: Corpus) -> None:
    class SlowFile:
        waiting = 0

        def __init__(self) -> None:
            SlowFile.waiting += 1

        def result(self, stopped: Callable[[], bool]) -> None:
            assert SlowFile.waiting == 3, "the next one is read only when this one is done"
            raise DocumentError("it is no PDF")

    class SlowWorkers(FileWorkers):
        def submit(self, id: str, data: bytes, side: bytes | None) -> Any:
            return SlowFile()

    for number in range(3):
        indexed.write(f"{number}.pdf", b"no PDF")
    with SlowWorkers() as workers:
        indexed.workers = workers
        for _ in range(2):
            SlowFile.waiting = 0
            assert len(indexed.update().failed) == 3


# What has changed


def test_a_touched_file_with_the_same_content_is_unchanged(indexed: Corpus) -> None:
    indexed.write("a.txt", "Amber.")
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)
    assert indexed.versions() == ["v000001"]


def test_a_touched_file_is_read_once_and_then_known_by_its_new_time(indexed: Corpus) -> None:
    path = indexed.write("a.txt", "Amber.")
    indexed.update()
    modified = path.stat().st_mtime_ns
    path.write_text("Acorn!")
    os.utime(path, ns=(modified, modified))
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)


def test_a_file_changed_after_it_was_touched_is_read(indexed: Corpus) -> None:
    indexed.write("a.txt", "Amber.")
    indexed.update()
    indexed.write("a.txt", "Acorn!")
    assert indexed.update().changed == 1


@pytest.mark.parametrize("content", [pytest.param(b"{", id="cut"), pytest.param(b'{"a.txt": 1}', id="foreign")])
def test_damaged_notes_of_times_do_no_harm(indexed: Corpus, content: bytes) -> None:
    indexed.write("a.txt", "Amber.")
    indexed.update()
    (indexed.data / "index" / "seen.json").write_bytes(content)
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)


def test_a_file_as_large_and_as_old_as_before_is_not_read(indexed: Corpus) -> None:
    path = indexed.knowledge / "a.txt"
    modified = path.stat().st_mtime_ns
    path.write_text("Acorn!")
    os.utime(path, ns=(modified, modified))
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)


@pytest.mark.parametrize("age", [pytest.param(0, id="just-now"), pytest.param(-HOUR, id="in-the-future")])
def test_a_file_that_changes_in_the_moment_it_was_indexed_is_read_again(corpus: Corpus, age: int) -> None:
    path = corpus.write("a.txt", "Amber.")
    modified = time.time_ns() - age
    os.utime(path, ns=(modified, modified))
    corpus.update()
    path.write_text("Acorn.")
    os.utime(path, ns=(modified, modified))
    assert corpus.update() == Receipt(changed=1, documents=1, passages=1, encoded=1)
    assert corpus.texts() == {"a.txt": "Acorn."}


def test_a_file_put_back_to_an_older_time_is_read_again(indexed: Corpus) -> None:
    path = indexed.write("a.txt", "Acorn.")
    os.utime(path, ns=(HOUR, HOUR))
    assert indexed.update().changed == 1


# Failing as a whole


def test_an_empty_folder_says_what_to_put_there(corpus: Corpus) -> None:
    with pytest.raises(KnowledgeError) as caught:
        corpus.update()
    assert str(caught.value) == (
        f"There are no documents in {corpus.knowledge}. "
        "Put .pdf, .docx, .html or .txt files there, or set KUTIP_KNOWLEDGE."
    )


def test_a_folder_of_unreadable_files_says_why(corpus: Corpus) -> None:
    corpus.write("a.txt", b"\x00")
    corpus.write("b.txt", b"\x00\x01")
    with pytest.raises(KnowledgeError) as caught:
        corpus.update()
    reason = "it is not text: it holds NUL bytes"
    assert (
        str(caught.value)
        == f"None of the files in {corpus.knowledge} could be read: a.txt ({reason}), b.txt ({reason})."
    )


@pytest.mark.parametrize("left", [pytest.param({}, id="nothing"), pytest.param({"bad.txt": b"\x00"}, id="a-bad-file")])
def test_where_the_last_document_that_was_sent_is_removed_no_version_counts(
    corpus: Corpus, left: Mapping[str, bytes]
) -> None:
    sent = corpus.data / "uploads/c.txt"
    sent.parent.mkdir(parents=True)
    sent.write_text("Gamma.", "utf-8")
    for id, content in left.items():
        corpus.write(id, content)
    corpus.update(data=corpus.data, cause=Cause.SENT)
    sent.unlink()
    for cause in (Cause.NOTICED, Cause.ASKED):  # the folder may only be away
        with pytest.raises(KnowledgeError) as caught:
            corpus.update(data=corpus.data, cause=cause)
        assert not isinstance(caught.value, NothingLeftError)
        assert corpus.ids() == ["uploads/c.txt"]
    with pytest.raises(NothingLeftError):
        corpus.update(data=corpus.data, cause=Cause.SENT)
    assert corpus.store.open(corpus.embedder.fingerprint) is None


def test_a_file_that_was_sent_and_comes_again_damaged_leaves_the_version_before(corpus: Corpus) -> None:
    sent = corpus.data / "uploads/c.txt"
    sent.parent.mkdir(parents=True)
    sent.write_text("Gamma.", "utf-8")
    corpus.update(data=corpus.data, cause=Cause.SENT)
    sent.write_bytes(b"\x00")
    with pytest.raises(KnowledgeError, match="NUL bytes"):
        corpus.update(data=corpus.data, cause=Cause.SENT)
    assert corpus.ids() == ["uploads/c.txt"]


def test_a_folder_of_very_many_unreadable_files_names_some(corpus: Corpus) -> None:
    for number in range(13):
        corpus.write(f"{number:02}.txt", b"\x00")
    with pytest.raises(KnowledgeError, match=r"00\.txt .* 09\.txt \([^)]*\) and 3 more\."):
        corpus.update()


def test_a_folder_of_blank_files_says_so(corpus: Corpus) -> None:
    corpus.write("a.txt", b" ")
    with pytest.raises(KnowledgeError, match=r"The file in .* holds no text\. Put"):
        corpus.update()
    corpus.write("b.txt", b" ")
    with pytest.raises(KnowledgeError, match=r"All 2 files in .* hold no text\. Put"):
        corpus.update()


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param(lambda corpus: [path.unlink() for path in corpus.knowledge.iterdir()], id="files-deleted"),
        pytest.param(lambda corpus: corpus.knowledge.rename(corpus.data / "gone"), id="folder-moved"),
    ],
)
def test_a_folder_that_was_emptied_leaves_the_index_as_it_was(
    indexed: Corpus, empty: Callable[[Corpus], object]
) -> None:
    empty(indexed)
    with pytest.raises(KnowledgeError):
        indexed.update()
    assert indexed.ids() == ["a.txt", "b.txt"]


def test_a_folder_whose_disk_is_away_leaves_the_index_as_it_was_though_files_were_sent(indexed: Corpus) -> None:
    sent = indexed.data / "uploads/c.txt"
    sent.parent.mkdir()
    sent.write_text("Cedar.")
    indexed.update(data=indexed.data, cause=Cause.SENT)
    indexed.knowledge.rename(indexed.data / "away")
    indexed.knowledge.mkdir()
    for cause in (Cause.NOTICED, Cause.SENT):
        with pytest.raises(KnowledgeError, match="There are no documents"):
            indexed.update(data=indexed.data, cause=cause)
    assert indexed.ids() == ["a.txt", "b.txt", "uploads/c.txt"]
    assert indexed.update(data=indexed.data) == Receipt(unchanged=1, removed=2, documents=1, passages=1)
    sent.write_text("Cedar. Dune.")
    assert indexed.update(data=indexed.data, cause=Cause.SENT).changed == 1


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(lambda progress: progress.stage == "Checking", id="checking"),
        pytest.param(lambda progress: progress.stage == "Reading", id="reading"),
        pytest.param(lambda progress: progress.embedded == 1, id="embedding"),
    ],
)
def test_indexing_stops_when_told_to_and_leaves_the_index_as_it_was(
    indexed: Corpus, moment: Callable[[Progress], bool]
) -> None:
    indexed.write("a.txt", LONG)
    told: list[Progress] = []
    with pytest.raises(IndexingStoppedError):
        indexed.update(on_progress=told.append, stopped=lambda: any(map(moment, told)))
    assert moment(told[-1])
    assert indexed.texts() == {"a.txt": "Amber.", "b.txt": "Bee. Cedar."}
    assert indexed.versions() == ["v000001"]
    assert indexed.update().changed == 1


def test_indexing_stops_soon_after_it_was_told_to(indexed: Corpus) -> None:
    indexed.write("a.md", LONG)
    with pytest.raises(IndexingStoppedError):
        indexed.update(stopped=lambda: len(indexed.embedder.passages) == 3)
    assert len(indexed.encoded()) == 3


def test_what_a_run_embedded_that_was_cut_off_is_not_embedded_again(corpus: Corpus) -> None:
    for number in range(600):
        corpus.write(f"{number:03}.txt", f"Amber {number}.")
    told: list[Progress] = []
    with pytest.raises(IndexingStoppedError):
        corpus.update(data=corpus.data, on_progress=told.append, stopped=lambda: bool(told) and told[-1].embedded > 512)
    before = set(corpus.encoded())
    assert 512 <= len(before) < 600
    corpus.update(data=corpus.data)
    again = before & set(corpus.encoded())
    assert len(again) == len(before) - 512
    assert not list(corpus.data.glob("embedded-*"))
    assert corpus.index.passage_count == 600


def test_a_full_disk_leaves_the_index_as_it_was(indexed: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    indexed.write("a.txt", "Acorn.")
    with monkeypatch.context() as patch:
        patch.setattr("retrieval.index.numpy_index.writer.NumpyWriter.add", full)
        with pytest.raises(DataError, match="No space left on device"):
            indexed.update()
    assert indexed.texts() == {"a.txt": "Amber.", "b.txt": "Bee. Cedar."}
    assert indexed.versions() == ["v000001"]
    assert indexed.update() == Receipt(changed=1, unchanged=1, documents=2, passages=2, encoded=1)


def test_an_array_that_does_not_fit_on_the_disk_is_told_as_that(
    indexed: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    def short(path: Path, array: np.ndarray[Any, Any]) -> None:
        raise OSError(f"{array.size} requested and 3 written")  # what NumPy says of a full disk

    indexed.write("a.txt", "Acorn.")
    with monkeypatch.context() as patch:
        patch.setattr(np, "save", short)
        with pytest.raises(DataError, match="could not be written whole, as the disk may be full"):
            indexed.update()
    assert indexed.texts() == {"a.txt": "Amber.", "b.txt": "Bee. Cedar."}


def test_a_busy_index_is_not_waited_for_when_told_not_to(indexed: Corpus) -> None:
    other = NumpyStore(indexed.data)
    with other.writing(wait=False), pytest.raises(IndexBusyError):
        update_index(indexed.store, indexed.embedder, IndexingOptions(indexed.knowledge), wait=False)


# Damage


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda folder: (folder / "current").write_text("nonsense"), id="pointer"),
        pytest.param(lambda folder: (folder / "v000001/texts.bin").write_text("cut"), id="texts"),
        pytest.param(lambda folder: (folder / "v000001/manifest.json").write_text("{"), id="manifest"),
        pytest.param(lambda folder: (folder / "v000001/files.json").unlink(), id="files"),
        pytest.param(lambda folder: (folder / "v000001").rename(folder / "v000009"), id="folder"),
    ],
)
def test_a_damaged_index_is_built_again_with_a_warning(
    indexed: Corpus, damage: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    damage(indexed.data / "index")
    assert indexed.update() == Receipt(added=2, documents=2, passages=2, encoded=2)
    assert [message.partition(":")[0] for message in warnings(caplog)] == ["The index is built again"]
    assert indexed.texts() == {"a.txt": "Amber.", "b.txt": "Bee. Cedar."}


def test_a_large_index_is_read_whole_when_asked(indexed: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.index.numpy_index.index._CHECKED_ALWAYS", 0)
    path = indexed.data / "index/v000001/vectors.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)
    assert indexed.update(check=True) == Receipt(added=2, documents=2, passages=2, encoded=2)


def test_damage_is_not_copied_into_a_version_that_looks_whole(
    indexed: Corpus, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("retrieval.index.numpy_index.index._CHECKED_ALWAYS", 0)
    path = indexed.data / "index/v000001/texts.bin"
    path.write_bytes(path.read_bytes().replace(b"Amber", b"Ember"))
    indexed.write("c.txt", "Cedar.")
    assert indexed.update() == Receipt(added=3, documents=3, passages=3, encoded=3)
    assert indexed.texts() == {"a.txt": "Amber.", "b.txt": "Bee. Cedar.", "c.txt": "Cedar."}
    assert [message.partition(":")[0] for message in warnings(caplog)] == ["The index is built again"]


# Going back


def roll_back(corpus: Corpus) -> None:
    with corpus.store.writing(wait=False):
        corpus.store.roll_back("fake")


def test_a_version_that_was_gone_back_to_stays_until_somebody_asks(indexed: Corpus) -> None:
    indexed.write("c.txt", "Cedar.")
    indexed.update()
    roll_back(indexed)
    with pytest.raises(IndexHeldError):
        indexed.update(cause=Cause.NOTICED)
    assert indexed.ids() == ["a.txt", "b.txt"]
    assert indexed.update() == Receipt(added=1, unchanged=2, documents=3, passages=3, encoded=1)
    assert indexed.update(cause=Cause.NOTICED) == Receipt(unchanged=3, documents=3, passages=3)


def test_a_version_gone_back_to_that_is_what_the_folder_holds_is_one_like_any_other(indexed: Corpus) -> None:
    path = indexed.write("c.txt", "Cedar.")
    indexed.update()
    roll_back(indexed)
    path.unlink()
    assert indexed.update() == Receipt(unchanged=2, documents=2, passages=2)
    assert not indexed.store.is_held()


# Progress


def test_progress_is_told_in_files_and_in_passages(indexed: Corpus) -> None:
    indexed.write("a.txt", "Acorn.")
    told: list[Progress] = []
    indexed.update(on_progress=told.append)
    assert told == [
        Progress("Checking", 0, 2, "files"),
        Progress("Checking", 1, 2, "files"),
        Progress("Reading", 0, 2, "files"),
        Progress("Reading", 1, 2, "files"),
        Progress("Reading", 2, 2, "files"),
        Progress("Reading", 2, 2, "files"),
        Progress("Reading", 2, 2, "files", embedded=1),
        Progress("Writing", 0, 0, ""),
    ]


# Any history of a folder

CONTENTS = [None, b"Amber.", b"Bee. Cedar.", b"Amber. Bee.", b"\x00", b"", LONG.encode()]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["a.md", "b.txt", "c/d.md"]), st.sampled_from(CONTENTS)), max_size=8))
def test_after_any_changes_the_index_is_as_if_built_anew(
    tmp_path_factory: pytest.TempPathFactory, workers: FileWorkers, changes: list[tuple[str, bytes | None]]
) -> None:
    corpus = Corpus(tmp_path_factory.mktemp("corpus"), workers)
    corpus.write("z.txt", "Zebra.")
    for id, data in changes:
        if data is None:
            (corpus.knowledge / id).unlink(missing_ok=True)
        else:
            corpus.write(id, data)
        corpus.update()
    corpus.update()
    anew = NumpyStore(corpus.data / "anew")
    update_index(anew, FakeEmbedder(), IndexingOptions(corpus.knowledge, max_bytes=10_000), workers=workers)
    fresh = anew.open("fake")
    assert fresh is not None
    assert list(corpus.index.documents()) == list(fresh.documents())
    assert np.asarray(corpus.index.vectors).tolist() == np.asarray(fresh.vectors).tolist()
    assert (np.load(corpus.index.folder / "hashes.npy") == np.load(fresh.folder / "hashes.npy")).all()
    assert corpus.update().encoded == 0


def test_an_unusable_index_is_not_answered_from(indexed: Corpus) -> None:
    (indexed.data / "index/v000001/texts.bin").write_text("cut")
    with pytest.raises(IndexUnusableError):
        indexed.store.open("fake")

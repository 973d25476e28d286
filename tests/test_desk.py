"""The library behind the event loop: opening, updating and closing, in whatever order they come."""

import asyncio
import errno
import gc
import logging
import os
import shutil
import threading
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from weakref import ref

import pytest

from bot.library import MAX_BATCH
from bot.settings import Settings
from bot.telegram.desk import Desk
from bot.texts import texts_in
from retrieval.errors import IndexingStoppedError, KnowledgeError, ModelError, QuoteError
from retrieval.index.protocols import DOCUMENT, FileRecord
from retrieval.receipts import Cause, Progress, Receipt
from retrieval.values import Answer, Citation, Document, Suggestion, Turn

texts = texts_in("en")

ANSWER = Answer("How long?", (), (), 0.0, 0.0)
FOUND = Answer("How long?", (Citation(1, "Yes.", 0, 4, Document("a.txt", "A", "Yes.")),), (), 1.0, 0.0)


class FakeSnapshot:
    """A snapshot in which all quotes stand but those that the test takes away."""

    def __init__(self) -> None:
        self.gone: list[Citation] = []

    def stands(self, citation: Citation) -> bool:
        return citation not in self.gone


SNAPSHOT: Any = FakeSnapshot()


class FakeLibrary:
    """A library whose opening and updating last until the test lets them end, and go wrong as it says."""

    may_open = threading.Event()
    may_update = threading.Event()
    error_opening: Exception | None = None
    error_updating: Exception | None = None
    opened: list["FakeLibrary"]

    def __init__(self, settings: Settings) -> None:
        assert self.may_open.wait(10)
        if self.error_opening:
            raise self.error_opening
        self.snapshot: Any = None
        self.progress: Progress | None = None
        self.updates = 0
        self.running = 0
        self.most_running = 0
        self.closed = False
        self.asked: list[str] = []
        self.answer: Answer | None = None
        self.answers: list[Answer] = []  # the next ones, before that
        self.waiting = 0
        self.opened.append(self)

    def ask(self, question: str, before: Turn | None = None, *, again: bool = False) -> "Future[Answer]":
        self.asked.append(question)
        future: Future[Answer] = Future()
        known = FOUND if question.split()[0] in ("en", "id") and "not" not in question else ANSWER
        future.set_result(self.answers.pop(0) if self.answers else self.answer or known)
        return future

    def update(self, *, cause: Cause = Cause.ASKED, check: bool = False) -> Receipt:
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        assert self.may_update.wait(10)
        self.running -= 1
        self.updates += 1
        if self.error_updating:
            raise self.error_updating
        self.snapshot = SNAPSHOT
        return Receipt(documents=self.updates)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def libraries(monkeypatch: pytest.MonkeyPatch) -> type[FakeLibrary]:
    """The class of the libraries that the desk opens; nothing holds them up unless the test wants it."""

    class Here(FakeLibrary):
        may_open, may_update = threading.Event(), threading.Event()
        opened: list[FakeLibrary] = []  # noqa: RUF012  # of this test alone

    Here.may_open.set()
    Here.may_update.set()
    monkeypatch.setattr("bot.telegram.desk.Library", Here)
    return Here


@pytest.fixture
def desk() -> Desk:
    return Desk(Settings.model_construct())


async def test_who_comes_early_waits_until_the_library_is_open(desk: Desk, libraries: type[FakeLibrary]) -> None:
    libraries.may_open.clear()
    opening, early = asyncio.create_task(desk.open()), asyncio.create_task(desk.ready())
    await asyncio.sleep(0)
    assert not early.done()
    libraries.may_open.set()
    await opening
    assert await early is None
    await desk.update()
    assert await desk.ready() is SNAPSHOT
    assert await desk.ask("How long?") is ANSWER


async def test_a_library_that_cannot_be_opened_leaves_nobody_waiting(desk: Desk, libraries: type[FakeLibrary]) -> None:
    """Telegram's library waits for every handler before it stops, so the process would never end."""
    libraries.error_opening = ModelError("There is no model.")
    early = asyncio.create_task(desk.ready())
    with pytest.raises(ModelError):
        await desk.open()
    done, _ = await asyncio.wait([early], timeout=1)
    early.cancel()
    assert done == {early}


async def test_closing_while_the_library_opens_leaves_nothing_running(desk: Desk, libraries: type[FakeLibrary]) -> None:
    libraries.may_open.clear()

    async def start() -> None:
        await desk.open()
        await desk.update_unasked()

    starting = asyncio.create_task(start())
    await asyncio.sleep(0)
    closing = asyncio.create_task(desk.close())
    await asyncio.sleep(0)
    libraries.may_open.set()
    await asyncio.wait([starting, closing], timeout=5)
    assert [(library.updates, library.closed) for library in libraries.opened] == [(0, True)]


async def test_closing_before_anything_was_opened_does_no_harm(desk: Desk) -> None:
    await desk.close()


async def test_closing_closes_the_library(desk: Desk, libraries: type[FakeLibrary]) -> None:
    await desk.open()
    await desk.close()
    assert [library.closed for library in libraries.opened] == [True]


class SuggestingSnapshot(FakeSnapshot):
    """A snapshot whose documents name questions; the library finds no answer to those with "not"."""

    def suggestions(self, language: str, count: int) -> list[Suggestion]:
        return [Suggestion(f"{language} {word}?", 0, "key") for word in "not one two not three four".split()][:count]


async def test_examples_are_questions_that_are_answered_tried_once_a_snapshot(
    desk: Desk, libraries: type[FakeLibrary]
) -> None:
    assert await desk.examples("en") == []
    await desk.open()
    [library] = libraries.opened
    library.snapshot = SuggestingSnapshot()
    for _ in range(2):
        assert [one.question for one in await desk.examples("en")] == ["en one?", "en two?", "en three?"]
    assert [one.question for one in await desk.examples("id")] == ["id one?", "id two?", "id three?"]
    assert len(library.asked) == 10
    library.snapshot = SuggestingSnapshot()
    await desk.examples("en")
    assert len(library.asked) == 15


async def test_documents_of_before_are_let_go_without_another_greeting(
    desk: Desk, libraries: type[FakeLibrary]
) -> None:
    await desk.open()
    [library] = libraries.opened
    library.snapshot = SuggestingSnapshot()
    before = ref(library.snapshot)
    await desk.examples("en")
    library.snapshot = SuggestingSnapshot()
    async with asyncio.timeout(20):  # seconds: the thread that looked into it may not have let it go yet
        while before() is not None:
            gc.collect()
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("found", [True, False])
async def test_a_quote_that_differs_from_its_document_is_not_sent(
    desk: Desk, libraries: type[FakeLibrary], caplog: pytest.LogCaptureFixture, found: bool
) -> None:
    quotes = tuple(Citation(number, "Yes.", 0, 4, Document(f"{number}.txt", "A", "Yes.")) for number in (1, 2, 3))
    await desk.open()
    [library] = libraries.opened
    library.answer = Answer("How long?", quotes, (), 1.0, 0.0) if found else Answer("How long?", (), quotes, 0.1, 0.0)
    library.snapshot = FakeSnapshot()
    assert await desk.ask("How long?") is library.answer
    library.snapshot.gone = [quotes[0]]
    shown = (await desk.ask("How long?")).shown
    assert [(one.number, one.document.id) for one in shown] == [(1, "2.txt"), (2, "3.txt")]
    assert "A quote is not as it stands in 1.txt, and is not sent." in caplog.text
    assert len(library.asked) == 3  # once more, as the documents may have been read again meanwhile


async def test_when_a_quote_is_gone_the_documents_of_now_are_asked(desk: Desk, libraries: type[FakeLibrary]) -> None:
    gone, stays = (Citation(number, "Yes.", 0, 4, Document(f"{number}.txt", "A", "Yes.")) for number in (1, 2))
    before = Answer("How long?", (gone, stays), (), 0.9, 0.0, disagree=True, more=("key",))
    now = Answer("How long?", (replace(stays, number=1),), (), 0.6, 0.0)
    await desk.open()
    [library] = libraries.opened
    library.snapshot, library.answers = FakeSnapshot(), [before, now]
    library.snapshot.gone = [gone]
    assert await desk.ask("How long?") is now
    assert library.answers == []


@pytest.mark.parametrize(("gone", "disagree"), [(1, True), (2, False)])
async def test_one_quote_that_is_left_disagrees_with_nothing(
    desk: Desk, libraries: type[FakeLibrary], gone: int, disagree: bool
) -> None:
    quotes = tuple(Citation(number, "Yes.", 0, 4, Document(f"{number}.txt", "A", "Yes.")) for number in (1, 2, 3))
    await desk.open()
    [library] = libraries.opened
    library.snapshot, library.answer = FakeSnapshot(), Answer("How long?", quotes, (), 1.0, 0.0, disagree=True)
    library.snapshot.gone = list(quotes[:gone])
    assert (await desk.ask("How long?")).disagree == disagree


class QuickSnapshot(FakeSnapshot):
    answer: Answer = replace(FOUND, question="quick")

    def answer_quickly(self, question: str) -> Answer:
        return self.answer


@pytest.mark.parametrize(("waiting", "quick"), [(0, False), (MAX_BATCH, False), (MAX_BATCH + 1, True)])
async def test_while_many_wait_for_the_reader_what_is_asked_at_once_does_without(
    desk: Desk, libraries: type[FakeLibrary], waiting: int, quick: bool
) -> None:
    await desk.open()
    [library] = libraries.opened
    library.answer, library.snapshot, library.waiting = FOUND, QuickSnapshot(), waiting
    answer = await desk.ask_at_once("How long?")
    assert (answer.question == "quick", bool(library.asked)) == (quick, not quick)


async def test_what_is_asked_at_once_is_asked_of_the_documents_of_now_when_a_quote_is_gone(
    desk: Desk, libraries: type[FakeLibrary]
) -> None:
    now = QuickSnapshot()
    now.answer = replace(FOUND, citations=(replace(FOUND.citations[0], sentence="No."),))
    now.gone = list(FOUND.citations)

    class ReloadedSnapshot(QuickSnapshot):
        def answer_quickly(self, question: str) -> Answer:
            library.snapshot = now
            return super().answer_quickly(question)

    await desk.open()
    [library] = libraries.opened
    library.snapshot, library.waiting = ReloadedSnapshot(), MAX_BATCH + 1
    assert await desk.ask_at_once("How long?") is now.answer
    assert library.asked == []


async def test_an_answer_without_a_quote_that_stands_is_asked_for_again_and_then_none(
    desk: Desk, libraries: type[FakeLibrary]
) -> None:
    await desk.open()
    [library] = libraries.opened
    library.answer, library.snapshot = FOUND, FakeSnapshot()
    library.snapshot.gone = list(FOUND.citations)
    with pytest.raises(QuoteError):
        await desk.ask("How long?")
    assert len(library.asked) == 2


async def test_what_was_sent_is_found_with_what_the_folder_has_of_the_same_name(
    desk: Desk, libraries: type[FakeLibrary], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = (
        "a/REPORT.txt",
        "report.txt",
        "report.txt/a.txt",
        "uploads/Report.txt",
        "uploads/report.txt",
        "x report.txt",
    )
    files = [FileRecord(name, "", "", DOCUMENT) for name in names]
    monkeypatch.setattr(desk, "_settings", Settings.model_construct(knowledge=tmp_path / "k", data=tmp_path / "d"))
    assert await desk.found_sent("report.txt") == (None, [])
    await desk.open()
    await desk.update()
    monkeypatch.setattr(SNAPSHOT, "index", SimpleNamespace(files=lambda: files), raising=False)
    assert await desk.found_sent("report.txt") == (files[4], files[:2])
    await desk.close()


async def test_updates_come_one_after_another(desk: Desk, libraries: type[FakeLibrary]) -> None:
    await desk.open()
    libraries.may_update.clear()
    updates = [asyncio.create_task(desk.update()) for _ in range(3)]
    await asyncio.sleep(0)
    libraries.may_update.set()
    assert [(await update).documents for update in updates] == [1, 2, 3]
    assert [library.most_running for library in libraries.opened] == [1]


async def test_while_the_first_index_is_made_the_reason_is_how_far_it_is(
    desk: Desk, libraries: type[FakeLibrary]
) -> None:
    assert desk.why_not_ready(texts) == texts.waiting(None)
    await desk.open()
    libraries.opened[0].progress = Progress("Embedding", 120, 400)
    assert desk.why_not_ready(texts) == (
        "I am still reading the documents (embedding, 120 of 400 passages). Please ask again in a moment."
    )


async def test_without_documents_the_reason_is_that_until_an_update_finds_some(
    desk: Desk, libraries: type[FakeLibrary]
) -> None:
    await desk.open()
    libraries.error_updating = KnowledgeError("There are no documents in x.")
    with pytest.raises(KnowledgeError):
        await desk.update()
    assert desk.why_not_ready(texts) == texts.no_documents
    libraries.error_updating = None
    await desk.update()
    assert desk.why_not_ready(texts) == texts.waiting(None)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(KnowledgeError("There is no folder x."), ["There is no folder x."], id="a-failure"),
        pytest.param(IndexingStoppedError(), [], id="being-stopped"),
    ],
)
async def test_what_goes_wrong_at_start_is_in_the_log_and_goes_no_further(
    error: Exception, told: list[str], desk: Desk, libraries: type[FakeLibrary], caplog: pytest.LogCaptureFixture
) -> None:
    await desk.open()
    libraries.error_updating = error
    await desk.update_unasked()
    assert [record.getMessage() for record in caplog.records] == told


@pytest.mark.parametrize("asked", [True, False])
async def test_the_receipt_is_one_line_in_the_log(
    asked: bool, desk: Desk, libraries: type[FakeLibrary], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    await desk.open()
    await (desk.update() if asked else desk.update_unasked())
    [record] = caplog.records
    assert record.getMessage() == (
        "The documents are read: added 0, changed 0, unchanged 0, moved 0, removed 0, duplicate 0, failed 0; "
        "1 document, 0 passages, 0 of them embedded now, in 0.0 s"
    )


# Watching


async def change_until(folder: Path, library: FakeLibrary, updates: int) -> None:
    """Change a file again and again until the library has been updated so often."""
    async with asyncio.timeout(60):
        while library.updates < updates:
            folder.mkdir(exist_ok=True)
            (folder / "a.txt").write_text(f"Amber {library.updates}.")
            await asyncio.sleep(0.05)


async def test_a_watched_folder_is_indexed_at_the_start_and_after_changes_until_the_desk_is_closed(
    tmp_path: Path, libraries: type[FakeLibrary]
) -> None:
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    desk = Desk(Settings.model_construct(knowledge=knowledge, data=tmp_path))  # the data folder may hold it
    await desk.open()
    watching = asyncio.create_task(desk.watch())
    await change_until(knowledge, libraries.opened[0], 3)
    await desk.close()
    async with asyncio.timeout(10):
        await watching


async def test_what_comes_while_a_watched_folder_is_read_for_the_first_time_is_read_too(
    tmp_path: Path, libraries: type[FakeLibrary]
) -> None:
    desk = Desk(Settings.model_construct(knowledge=tmp_path, data=tmp_path / "data"))
    await desk.open()
    [library] = libraries.opened
    libraries.may_update.clear()
    watching = asyncio.create_task(desk.watch())
    async with asyncio.timeout(30):
        while not library.running:
            await asyncio.sleep(0.01)
        (tmp_path / "new.txt").write_text("Amber.")
        libraries.may_update.set()
        while library.updates < 2:
            await asyncio.sleep(0.01)
    await desk.close()
    await watching


async def test_a_watched_folder_that_another_takes_the_place_of_is_watched_again(
    tmp_path: Path, libraries: type[FakeLibrary], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.desk._WATCH_AGAIN", 0.1)
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    desk = Desk(Settings.model_construct(knowledge=knowledge, data=tmp_path / "data"))
    await desk.open()
    [library] = libraries.opened
    watching = asyncio.create_task(desk.watch())
    await change_until(knowledge, library, 2)
    shutil.rmtree(knowledge)
    await change_until(knowledge, library, library.updates + 3)  # who goes on watching the old one hears of it once
    await desk.close()
    await watching


async def test_a_folder_that_cannot_be_watched_is_looked_at_now_and_then_and_told_of_once(
    tmp_path: Path, libraries: type[FakeLibrary], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def too_many(*args: object, **kwargs: object) -> None:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr("watchfiles.awatch", too_many)
    monkeypatch.setattr("bot.telegram.desk._UNWATCHED", 0.01)
    desk = Desk(Settings.model_construct(knowledge=tmp_path, data=tmp_path / "data"))
    await desk.open()
    watching = asyncio.create_task(desk.watch())
    async with asyncio.timeout(10):
        while libraries.opened[0].updates < 3:
            await asyncio.sleep(0.01)
    await desk.close()
    await watching
    assert [record.getMessage() for record in caplog.records if "watched" in record.getMessage()] == [
        f"{tmp_path} cannot be watched (OS file watch limit reached.): it is looked at every minute."
    ]


async def test_a_network_folder_that_does_not_answer_does_not_end_the_watch(
    tmp_path: Path, libraries: type[FakeLibrary], monkeypatch: pytest.MonkeyPatch
) -> None:
    knowledge = tmp_path / "knowledge"
    is_dir, looks, is_away = Path.is_dir, 0, True

    def look(path: Path) -> bool:
        nonlocal looks
        if path == knowledge and is_away:
            looks += 1
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", look)
    monkeypatch.setattr("bot.telegram.desk._WATCH_AGAIN", 0.01)
    desk = Desk(Settings.model_construct(knowledge=knowledge, data=tmp_path / "data"))
    await desk.open()
    watching = asyncio.create_task(desk.watch())
    async with asyncio.timeout(10):
        while looks < 3:
            await asyncio.sleep(0.01)
    is_away = False
    await change_until(knowledge, libraries.opened[0], 3)
    await desk.close()
    await watching

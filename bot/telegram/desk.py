"""The library behind the bot's event loop: opened and reloaded in threads, so that no chat waits for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize
from weakref import WeakKeyDictionary

from bot.library import MAX_BATCH, Library
from bot.settings import Settings
from bot.texts import Texts, texts_in
from retrieval.answering import Snapshot
from retrieval.documents.files import UPLOADS, document_path, sent_id
from retrieval.embedding.embedder import Vectors
from retrieval.errors import (
    DatabaseError,
    IndexingStoppedError,
    KnowledgeError,
    KutipError,
    NothingLeftError,
    QuoteError,
)
from retrieval.index.protocols import FileRecord
from retrieval.receipts import Cause, Progress, Receipt
from retrieval.values import Answer, Suggestion, Turn

logger = logging.getLogger(__name__)

_EXAMPLES = 3  # questions that a newcomer is shown
_EXAMPLES_TRIED = 12
_WATCH_AGAIN = 5  # seconds after which a folder that could not be watched is tried again
_UNWATCHED = 60  # seconds between two looks at a folder that cannot be watched


class Desk:
    """Where questions arrive. All methods belong to the event loop, and none of them blocks it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library: Library | None = None
        self._opened = asyncio.Event()
        self._updating = asyncio.Lock()
        self._failure: KutipError | None = None
        self._stopped = asyncio.Event()
        self._examples: WeakKeyDictionary[Snapshot, dict[str, list[Suggestion]]] = WeakKeyDictionary()  # by language

    @property
    def snapshot(self) -> Snapshot | None:
        return self._library.snapshot if self._library else None

    @property
    def progress(self) -> Progress | None:
        return self._library.progress if self._library else None

    async def open(self) -> None:
        """Load the model and the index that is there; raises ModelError or DataError."""
        try:
            self._library = await asyncio.to_thread(Library, self._settings)
        finally:
            self._opened.set()
        if self._stopped.is_set():
            await self.close()

    async def ready(self) -> Snapshot | None:
        """Return the snapshot to answer from, waiting while the model is loaded; None while there is no index."""
        await self._opened.wait()
        return self.snapshot

    async def ask(self, question: str, before: Turn | None = None) -> Answer:
        """Answer a clean question, which may go on from the turn before it.

        Each quote is compared with the stored document once more, just before it is sent. Where one differs, because
        the documents were read again meanwhile or the index is damaged, the question is answered once more. What
        differs still is left out, and logged; raises QuoteError if nothing is left.
        """
        library = self._library
        assert library is not None
        return await self._compared(lambda again: asyncio.wrap_future(library.ask(question, before, again=again)))

    async def ask_at_once(self, question: str) -> Answer:
        """Answer a clean question that stands alone; by similarity alone, without the reader, while others wait for it.

        Raises QuoteError as `ask` does.
        """
        library = self._library
        assert library is not None
        snapshot = library.snapshot
        if library.waiting <= MAX_BATCH or snapshot is None:
            return await self.ask(question)
        return await self._compared(
            lambda again: asyncio.to_thread((library.snapshot or snapshot).answer_quickly, question)
        )

    async def _compared(self, ask: Callable[[bool], Awaitable[Answer]]) -> Answer:
        """Return an answer whose quotes stand; `ask` is called once more, with True, where some do not."""
        for again in (False, True):
            asked_of = self.snapshot
            answer = await ask(again)
            if checked := await asyncio.to_thread(_checked, answer, self.snapshot, asked_of, some=again):
                return checked
        raise QuoteError

    async def embed(self, questions: Sequence[str]) -> Vectors:
        """Return the unit vectors of questions, one row each."""
        assert self._library is not None
        return await asyncio.to_thread(self._library.embed, questions)

    async def examples(self, language: str) -> list[Suggestion]:
        """Return a few questions that documents name and that are answered, in a language if there are some."""
        snapshot = self.snapshot
        if snapshot is None:
            return []
        examples = self._examples.setdefault(snapshot, {})
        if language not in examples:
            found: list[Suggestion] = []
            for suggestion in await asyncio.to_thread(snapshot.suggestions, language, _EXAMPLES_TRIED):
                if len(found) < _EXAMPLES and (await self.ask(suggestion.question)).found:
                    found.append(suggestion)
            examples[language] = found
        return examples[language]

    async def file_of(self, document: str) -> Path | None:
        """Return the path of a document's file by its id; None if it is not in the folder any more."""
        return await asyncio.to_thread(document_path, self._settings.knowledge, self._settings.data, document)

    async def found_sent(self, name: str) -> tuple[FileRecord | None, list[FileRecord]]:
        """Return what the index that answers knows of a file that was sent, None if it was not there, and of namesakes.

        Those are the files of the knowledge folder with the same name, in whatever letters.
        """
        document = sent_id(self._settings.knowledge, self._settings.data, name)
        snapshot = self.snapshot
        return await asyncio.to_thread(_found, snapshot.index.files(), document) if snapshot else (None, [])

    async def update(self, cause: Cause = Cause.ASKED) -> Receipt:
        """Index what is new and answer from it; raises KutipError. One at a time: a second waits."""
        await self._opened.wait()
        async with self._updating:
            if self._stopped.is_set() or self._library is None:
                raise IndexingStoppedError
            self._failure = None
            try:
                receipt = await asyncio.to_thread(self._library.update, cause=cause, check=True)
            except KutipError as error:
                self._failure = error
                raise
        logger.info("The documents are read: %s", texts_in(None).receipt(receipt).replace("\n", "; "))
        return receipt

    async def roll_back(self) -> Snapshot:
        """Answer from the version of the index before this one; raises KutipError. It waits for an update."""
        await self._opened.wait()
        async with self._updating:
            if self._stopped.is_set() or self._library is None:
                raise IndexingStoppedError
            await asyncio.to_thread(self._library.roll_back)
            assert self._library.snapshot is not None
            return self._library.snapshot

    async def follow(self) -> None:
        """Answer from what another process has indexed, or gone back to, since."""
        if self._library and not self._updating.locked() and not self._stopped.is_set():
            with suppress(DatabaseError):  # it is looked at again
                if await asyncio.to_thread(self._library.follow):
                    logger.info("Another process has changed the index.")
                    self._failure = None if self._library.snapshot else NothingLeftError()

    async def update_unasked(self) -> None:
        """Index what is new; what goes wrong is in the log, and the old index goes on answering."""
        try:
            await self.update(Cause.NOTICED)
        except IndexingStoppedError:
            return
        except KutipError as error:
            logger.warning("%s", error)

    async def watch(self) -> None:
        """Index what is new, then what changes in the knowledge folder, until the desk is closed.

        A folder that goes away, or that another takes the place of, is looked for again.
        """
        from watchfiles import Change, awatch  # only for those who want it

        data, knowledge = self._settings.data.resolve(), self._settings.knowledge
        own = data if data.is_relative_to(knowledge.resolve()) else None  # what Kutip writes must not wake it

        def is_theirs(change: object, path: str) -> bool:
            return not (own and Path(path).resolve().is_relative_to(own))

        told_of = False
        while not self._stopped.is_set():
            await self.update_unasked()
            pause, is_watched = _WATCH_AGAIN, False
            try:
                told = awatch(
                    knowledge,
                    watch_filter=is_theirs,
                    stop_event=self._stopped,
                    rust_timeout=1_000,
                    yield_on_timeout=True,
                )
                async for changes in told:
                    if any(change is Change.deleted and _is(path, knowledge) for change, path in changes):
                        break
                    if changes or not is_watched:  # once more when it is watched: much may have come since it was read
                        await self.update_unasked()
                    is_watched = True
            except (OSError, RuntimeError) as error:  # what watchfiles raises for all that it has no other word for
                if _is_folder(knowledge):  # it has more folders than this system watches, perhaps
                    pause = _UNWATCHED
                    if not told_of:
                        logger.warning("%s cannot be watched (%s): it is looked at every minute.", knowledge, error)
                    told_of = True
            while not await self._stops_within(pause) and not _is_folder(knowledge):
                pass

    async def _stops_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            return await asyncio.wait_for(self._stopped.wait(), seconds)
        return False

    def why_not_ready(self, texts: Texts) -> str:
        """Say why there is nothing to answer from: an earlier failure, or how far the first indexing is."""
        if isinstance(self._failure, KnowledgeError):
            return texts.no_documents
        return texts.cannot_read if self._failure else texts.waiting(self.progress)

    async def close(self) -> None:
        """Stop indexing and the worker; a library that is just being opened is closed when it is there."""
        self._stopped.set()
        if self._library:
            await asyncio.to_thread(self._library.close)


def _checked(answer: Answer, snapshot: Snapshot | None, asked_of: Snapshot | None, *, some: bool) -> Answer | None:
    """Return an answer if its quotes stand in the stored documents, with `some` if one does, and without the others.

    `snapshot` is the one of now; where it is not the one that was asked, a document may have changed meanwhile.
    """
    level = logging.ERROR if snapshot is asked_of else logging.INFO
    stands = [citation for citation in answer.shown if snapshot and snapshot.stands(citation)]
    if len(stands) == len(answer.shown):
        return answer
    for citation in answer.shown:
        if citation not in stands:
            logger.log(level, "A quote is not as it stands in %s, and is not sent.", citation.document.id)
    if not (some and stands):
        return None
    numbered = tuple(replace(citation, number=number) for number, citation in enumerate(stands, start=1))
    if not answer.found:
        return replace(answer, related=numbered)
    return replace(answer, citations=numbered, disagree=answer.disagree and len(numbered) > 1)


def _found(files: Sequence[FileRecord], document: str) -> tuple[FileRecord | None, list[FileRecord]]:
    """Return the record of a document that was sent, by its id, and those of the other documents with its name."""
    own, name = None, _name(document)
    namesakes = []
    for one in files:
        if one.id == document:
            own = one
        elif _name(one.id) == name and not one.id.startswith(f"{UPLOADS}/"):
            namesakes.append(one)
    return own, namesakes


def _name(document: str) -> str:
    return normalize("NFC", document.rpartition("/")[2]).casefold()


def _is_folder(path: Path) -> bool:
    """Tell whether a folder is there; one on a network that does not answer is not."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is(path: str, folder: Path) -> bool:
    return Path(path).absolute() == folder.absolute()

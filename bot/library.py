"""What answers, and what is being indexed: one thread answers questions, a reload swaps the snapshot whole."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from itertools import count
from queue import Empty, PriorityQueue
from typing import NamedTuple

from bot.indexing import indexing_options
from bot.settings import Settings
from retrieval.answering import Snapshot
from retrieval.embedding.embedder import Vectors
from retrieval.embedding.models import load_embedder
from retrieval.errors import IndexAwayError, IndexHeldError, IndexUnusableError, NothingLeftError
from retrieval.index.protocols import Index
from retrieval.index.stores import open_store
from retrieval.indexing import OnProgress, update_index
from retrieval.reading.crossing import reader_for
from retrieval.reading.reading_model import load_reading_model
from retrieval.receipts import Cause, Progress, Receipt
from retrieval.values import Answer, Turn

MAX_BATCH = 8  # questions answered together; more only make the first of them wait
_AGAIN, _NEW, _END = range(3)  # ranks of what the worker takes next


class Library:
    """The documents as the bot sees them. Its methods may be called from any thread."""

    def __init__(self, settings: Settings) -> None:
        """Load the models, and open the index that is there; raises ModelError, DataError or DatabaseError."""
        self._settings = settings
        data = settings.data
        self._embedder = load_embedder(settings.model, data)
        self._reading_model = load_reading_model(settings.reader)
        self._store = open_store(data, settings.database_url.get_secret_value())
        self._options = indexing_options(settings)
        self._stopped = threading.Event()
        self._switching = threading.Lock()
        self.progress: Progress | None = None
        self.snapshot: Snapshot | None = None
        self.snapshot = self._open_snapshot()
        self._questions: PriorityQueue[_Asked] = PriorityQueue()
        self._numbers = count()
        self._worker = threading.Thread(target=self._work, name="answers", daemon=True)
        self._worker.start()

    def ask(self, question: str, before: Turn | None = None, *, again: bool = False) -> "Future[Answer]":
        """Answer a clean question as soon as it is its turn, with the snapshot of that moment.

        `before` is the turn of the conversation that it may go on from. One that is asked `again` has waited already,
        and is the next. Raises RuntimeError, through the future, while there is no snapshot.
        """
        return self._put(_AGAIN if again else _NEW, question, before)

    def _put(self, rank: int, question: str = "", before: Turn | None = None) -> "Future[Answer]":
        asked = _Asked(rank, next(self._numbers), question, before, Future())
        self._questions.put(asked)
        return asked.future

    def embed(self, questions: Sequence[str]) -> Vectors:
        """Return the unit vectors of questions, one row each."""
        return self._embedder.embed_questions(questions)

    @property
    def waiting(self) -> int:
        """How many questions wait for the reader."""
        return self._questions.qsize()

    def update(
        self,
        *,
        cause: Cause = Cause.ASKED,
        wait: bool = True,
        check: bool = False,
        on_progress: OnProgress = lambda progress: None,
    ) -> Receipt:
        """Index what is new, then answer from it; questions meanwhile are answered from before.

        If somebody wants it, it also leaves a version that was gone back to; while there is nothing to answer from,
        all want it. `check` reads the whole index that is there for damage. Raises what `update_index` raises; the
        snapshot before then stays.
        """

        def note(progress: Progress) -> None:
            self.progress = progress
            on_progress(progress)

        try:
            receipt = update_index(
                self._store,
                self._embedder,
                self._options,
                cause=cause if self.snapshot else Cause.ASKED,
                wait=wait,
                check=check,
                on_progress=note,
                stopped=self._stopped.is_set,
            )
        except (IndexHeldError, NothingLeftError):  # another process went back, or there is nothing any more
            self._switch()
            raise
        finally:
            self.progress = None
        self._switch()
        return receipt

    def follow(self) -> bool:
        """Answer from the version that another process made the current one, if any; tell whether it is another one.

        Raises DatabaseError.
        """
        before = self.snapshot
        self._switch(at_least=before)
        return self.snapshot is not before

    def roll_back(self) -> Index:
        """Answer from the version of the index before this one, until an update that is asked for.

        Raises RollbackError, IndexUnusableError, IndexingStoppedError, DataError.
        """
        with self._store.writing(wait=True, stopped=self._stopped.is_set):
            index = self._store.roll_back(self._embedder.fingerprint)
        self._switch()
        return index

    def close(self) -> None:
        """Stop indexing, and the worker after the questions that wait."""
        self._stopped.set()
        self._put(_END)
        self._worker.join()

    def _switch(self, *, at_least: Snapshot | None = None) -> None:
        """Answer from the current version; from `at_least`, if that cannot be opened."""
        with self._switching:
            self.snapshot = self._open_snapshot(at_least)

    def _open_snapshot(self, at_least: Snapshot | None = None) -> Snapshot | None:
        try:
            index = self._store.open(self._embedder.fingerprint)
        except IndexUnusableError:  # the next update says so, and builds it again
            return at_least
        if index is None:
            return None
        if self.snapshot and self.snapshot.index is index:
            return self.snapshot
        reader = reader_for(self._embedder, self._reading_model, index)
        return Snapshot(index, self._embedder, reader, threshold=self._settings.threshold)

    def _work(self) -> None:
        while (first := self._questions.get()).rank != _END:
            batch = [first]
            while len(batch) < MAX_BATCH:
                try:
                    waiting = self._questions.get_nowait()
                except Empty:
                    break
                if waiting.rank == _END:
                    self._questions.put(waiting)
                    break
                batch.append(waiting)
            self._answer([asked for asked in batch if asked.future.set_running_or_notify_cancel()])

    def _answer(self, batch: "list[_Asked]") -> None:
        """Answer questions together; one by one where that fails, so that one does not fail the others."""
        try:
            if self.snapshot is None:
                raise RuntimeError("There is no index to answer from.")
            answers = self.snapshot.answer([asked.question for asked in batch], [asked.before for asked in batch])
        except BaseException as error:  # it belongs to whoever asked, and must not end the worker
            alone = len(batch) == 1 or isinstance(error, IndexAwayError)  # each would wait as long for the database
            for asked in batch:
                if alone:
                    asked.future.set_exception(error)
                else:
                    self._answer([asked])
            return
        for asked, answer in zip(batch, answers, strict=True):
            asked.future.set_result(answer)


class _Asked(NamedTuple):
    """A question that waits; the smaller its first two, the sooner it is its turn."""

    rank: int
    number: int
    question: str
    before: Turn | None
    future: "Future[Answer]"

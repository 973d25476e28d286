"""What there is to write, as soon as it can be: it costs nobody an answer when it has to wait."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)

MOST_UNWRITTEN = 50_000  # changes that wait until they can be written; beyond, the newest are lost
_AGAIN = 1.0  # seconds between two tries to write what waits

Values = Sequence[int | str | float | list[int]]


class UnavailableError(Exception):
    """Nothing can be written or read for now; the text says why."""


class WrongChangeError(Exception):
    """One of some changes can never be written; `place` says which, `__cause__` why."""

    def __init__(self, place: int, reason: str = "") -> None:
        super().__init__(reason)
        self.place = place


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """A statement that changes rows; `rows` is how many it has changed, or why it never will."""

    statement: str
    values: Values
    rows: "asyncio.Future[int]"


class Changes:
    """Writes changes in their order; what cannot be written waits in memory until it can.

    All methods belong to the event loop. Whoever inherits says how changes are written.
    """

    def __init__(self) -> None:
        self._unwritten: deque[Change] = deque()
        self._writing = asyncio.Lock()
        self._tried = 0.0
        self._trouble = ""

    async def clean(self, oldest: float) -> None:
        """Delete what was set aside before a time, in seconds since the epoch, if anything is."""

    async def index_changed(self, seconds: float) -> None:
        """Wait until another process may have changed the index: so long, or less where that is told."""
        await asyncio.sleep(seconds)

    @property
    def trouble(self) -> str:
        """Why nothing can be written; empty while it can."""
        return self._trouble

    @property
    def unwritten(self) -> int:
        """How many changes wait until they can be written."""
        return len(self._unwritten)

    async def write(self, statement: str, values: Values) -> int | None:
        """Return how many rows were changed; None if that has to wait.

        What is written at the same time is written together. It is done also if whoever waits for it is cancelled.
        Raises what the database raises where the statement is to blame.
        """
        if len(self._unwritten) >= MOST_UNWRITTEN:
            logger.error("Too much waits to be written: something is lost.")
            return None
        change = Change(statement, values, asyncio.get_running_loop().create_future())
        self._unwritten.append(change)
        if self._trouble and time.monotonic() - self._tried < _AGAIN:
            return None
        await asyncio.shield(self._write_all())
        return change.rows.result() if change.rows.done() else None

    async def write_again(self) -> None:
        """Write what could not be written before, if that is possible now."""
        await asyncio.shield(self._write_all())

    async def _write_all(self) -> None:
        """Write all that waits, unless that is not possible; whoever comes second finds that it is done."""
        async with self._writing:
            while self._unwritten and await self._write(list(self._unwritten)):
                pass

    async def _write(self, changes: Sequence[Change]) -> bool:
        """Write changes together, and take them from what waits; tell whether that was possible.

        Where one is to blame itself, only that one is taken.
        """
        try:
            rows = await self._run(changes)
        except WrongChangeError as error:
            wrong = changes[error.place]
            self._unwritten.remove(wrong)
            assert error.__cause__ is not None
            wrong.rows.set_exception(error.__cause__)
            return True
        except UnavailableError as error:
            self._tried = time.monotonic()
            await self._note(str(error))
            return False
        for change, count in zip(changes, rows, strict=True):
            self._unwritten.popleft()
            change.rows.set_result(count)
        await self._note("")
        return True

    async def _note(self, trouble: str) -> None:
        """Say in the log when a trouble begins and when it ends."""
        if bool(trouble) == bool(self._trouble):
            return
        if trouble:
            logger.warning("The database cannot be written: %s. What there is to write waits.", trouble)
        else:
            logger.info("The database can be written again; what waited is written.")
        self._trouble = trouble
        await self._heard()

    async def open(self) -> None:
        """Open what is written to, or make it."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close it, after a last try to write what waits."""
        raise NotImplementedError

    async def read(self, statement: str, values: Values = ()) -> list[Any]:
        """Return the rows of a query; none, after saying so in the log, if nothing can be read."""
        try:
            return await self.query((statement, values))
        except (UnavailableError, WrongChangeError) as error:
            logger.warning("The database cannot be read: %s", error)
            return []

    async def query(self, *statements: tuple[str, Values]) -> list[Any]:
        """Run statements together, and return the rows of the last; raises UnavailableError."""
        raise NotImplementedError

    async def _run(self, changes: Sequence[Change]) -> list[int]:
        """Write changes together or not at all; return how many rows each has changed.

        Raises UnavailableError if that has to wait, WrongChangeError if one of them is to blame.
        """
        raise NotImplementedError

    async def _heard(self) -> None:
        """Do what follows from a trouble that has begun or ended."""

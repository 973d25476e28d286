"""Progress of long work on standard error: a bar in a terminal, a line a stage elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from retrieval.receipts import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from retrieval.indexing import OnProgress

_PATIENCE = 0.5  # seconds: quicker work shows nothing


@contextmanager
def shown() -> "Iterator[OnProgress]":
    """Yield a function that shows each progress it is given, until the block ends."""
    display = _Bars() if sys.stderr.isatty() else _Lines()
    try:
        yield display.show
    finally:
        display.close()


class _Lines:
    def __init__(self) -> None:
        self._began = time.monotonic()
        self._told: set[str] = set()

    def show(self, progress: Progress) -> None:
        slow = time.monotonic() - self._began > _PATIENCE
        if progress.stage not in self._told and progress.total and slow:
            self._told.add(progress.stage)
            print(f"{progress.stage} {progress.total:,} {progress.unit} …", file=sys.stderr, flush=True)

    def close(self) -> None:
        pass


class _Bars:
    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, progress: Progress) -> None:
        if time.monotonic() - self._began < _PATIENCE or not progress.total:
            return
        bars = self._bars or self._start()
        if progress.stage not in self._tasks:
            self._tasks[progress.stage] = bars.add_task(progress.stage, total=progress.total, unit="")
        bars.update(
            self._tasks[progress.stage], completed=progress.done, total=progress.total, unit=self._unit(progress)
        )

    def close(self) -> None:
        if self._bars:
            self._bars.stop()

    def _unit(self, progress: Progress) -> str:
        if not progress.embedded:
            return progress.unit
        rate = progress.embedded / (time.monotonic() - self._began)
        return f"{progress.unit}, {progress.embedded:,} passages embedded, {rate:,.0f} a second"

    def _start(self) -> "Bars":
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[unit]}, time left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._bars.start()
        return self._bars

"""What is shown of long work while it lasts."""

import io
from contextlib import redirect_stderr, suppress

import pytest

from bot.terminal import progress
from bot.terminal.progress import shown
from retrieval.receipts import Progress

WORK = [
    Progress("Reading", 0, 2, "files"),
    Progress("Reading", 1, 2, "files"),
    Progress("Reading", 1, 2, "files", embedded=1_400),
    Progress("Asking", 0, 30, "questions"),
    Progress("Writing", 0, 0, ""),
]


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return Terminal()


def work(*, on: io.StringIO, ends: Exception | None = None) -> str:
    """Do the work, and return what standard error shows of it."""
    with redirect_stderr(on), suppress(RuntimeError), shown() as on_progress:
        for step in WORK:
            on_progress(step)
        if ends:
            raise ends
    return on.getvalue()


def test_outside_a_terminal_slow_work_is_a_line_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", -1)
    assert work(on=io.StringIO()) == "Reading 2 files …\nAsking 30 questions …\n"


def test_outside_a_terminal_nothing_is_told_of_quick_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 3_600)
    assert work(on=io.StringIO()) == ""


def test_a_terminal_shows_a_bar_a_stage(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", -1)
    told = work(on=terminal)
    for part in ("Reading", "1/2", "1,400 passages embedded", "Asking", "0/30", "questions"):
        assert part in told


def test_a_terminal_shows_nothing_of_quick_work(monkeypatch: pytest.MonkeyPatch, terminal: Terminal) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 3_600)
    assert work(on=terminal) == ""


@pytest.mark.parametrize("ends", [pytest.param(None, id="well"), pytest.param(RuntimeError("disk"), id="badly")])
def test_the_cursor_is_back_however_the_work_ends(
    ends: Exception | None, monkeypatch: pytest.MonkeyPatch, terminal: Terminal
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", -1)
    told = work(on=terminal, ends=ends)
    assert told.count("\x1b[?25l") == told.count("\x1b[?25h") == 1

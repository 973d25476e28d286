"""What was said before: each person's last turn in each chat, and the turn of each answer, for half an hour."""

import time
from collections.abc import Callable, Iterable

from cachetools import TTLCache

from retrieval.values import Turn

_SECONDS = 30 * 60
_MOST = 20_000  # turns; beyond them the oldest are forgotten


class Memory:
    """It is never written down, and is gone with the process."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._people: TTLCache[tuple[int, int], Turn] = TTLCache(_MOST, _SECONDS, timer=clock)
        self._answers: TTLCache[tuple[int, int], Turn] = TTLCache(_MOST, _SECONDS, timer=clock)

    def turn(self, chat: int, user: int, *, replied_to: int | None = None) -> Turn | None:
        """Return what a question may go on from: the answer that it replies to, else the person's last turn there."""
        answered = self._answers.get((chat, replied_to)) if replied_to is not None else None
        return answered or self._people.get((chat, user))

    def keep(self, chat: int, user: int, messages: Iterable[int], turn: Turn) -> None:
        """Keep a turn, whose answer is in these messages."""
        self._people[chat, user] = turn
        for message in messages:
            self._answers[chat, message] = turn

    def forget(self, chat: int, user: int) -> None:
        """Let a person begin anew in a chat."""
        self._people.pop((chat, user), None)

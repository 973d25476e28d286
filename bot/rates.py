"""How often one person may ask."""

import time
from collections import deque
from collections.abc import Callable

WINDOW = 60.0  # seconds


class RateLimit:
    """At most `limit` questions a person in any minute; 0: no limit."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._asked: dict[int, deque[float]] = {}

    def allows(self, person: int) -> bool:
        """Tell whether the person may ask now, and count the question if so."""
        if self._limit == 0:
            return True
        now = self._clock()
        self._forget(now)
        times = self._asked.setdefault(person, deque())
        if len(times) >= self._limit:
            return False
        times.append(now)
        return True

    def _forget(self, now: float) -> None:
        """Drop what is older than the window, and people of whom nothing is left."""
        for person, times in list(self._asked.items()):
            while times and times[0] <= now - WINDOW:
                times.popleft()
            if not times:
                del self._asked[person]

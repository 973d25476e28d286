"""How often one person may ask, or all in a chat."""

from collections import deque

WINDOW = 60.0  # seconds


class RateLimit:
    """At most `limit` questions in any minute, of a person or in a chat; 0: no limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._asked: dict[int, deque[float]] = {}
        self._told: set[int] = set()

    def allows(self, person: int, at: float, questions: int = 1) -> bool:
        """Tell whether the person may ask, and count the questions if so; `at` is when they did, in seconds.

        Several that are asked together are allowed where one is, or a limit below their number would never allow them.
        """
        if self._limit == 0:
            return True
        self._forget(at)
        times = self._asked.setdefault(person, deque())
        if len(times) >= self._limit:
            return False
        times.extend([at] * questions)
        self._told.discard(person)
        return True

    def is_used_up(self, person: int) -> bool:
        """Tell whether the person, who was just counted or refused, may not ask now."""
        return 0 < self._limit <= len(self._asked.get(person, ()))

    def is_first_refusal(self, person: int) -> bool:
        """Tell whether the person, who may not ask now, has not been told so since they last could."""
        if person in self._told:
            return False
        self._told.add(person)
        return True

    def _forget(self, now: float) -> None:
        """Drop what is older than the window, and people of whom nothing is left."""
        for person, times in list(self._asked.items()):
            while times and times[0] <= now - WINDOW:
                times.popleft()
            if not times:
                del self._asked[person]
                self._told.discard(person)

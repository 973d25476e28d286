"""What was said before: each person's last turn in each chat, and the turn of each answer, for half an hour."""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from cachetools import TTLCache
from telegram import Message

from retrieval.values import Turn

_SECONDS = 30 * 60
_ALBUM_SECONDS = 60
_MOST = 4_000  # turns; beyond them the oldest are forgotten

Place = tuple[int, int]  # a chat, and a topic in it


class _Asked(NamedTuple):
    user: int
    turn: Turn | None


class Memory:
    """It is never written down, and is gone with the process."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._people: TTLCache[tuple[Place, int], Turn] = TTLCache(_MOST, _SECONDS, timer=clock)
        self._befores: TTLCache[tuple[Place, int], _Asked] = TTLCache(_MOST, _SECONDS, timer=clock)
        self._answers: TTLCache[tuple[Place, int], _Asked] = TTLCache(_MOST, _SECONDS, timer=clock)

    def turn(self, place: Place, user: int, *, replied_to: int | None = None) -> Turn | None:
        """Return what a question may go on from: the answer that it replies to, else the person's last turn there."""
        answered = self._answers.get((place, replied_to)) if replied_to is not None else None
        return answered.turn if answered else self._people.get((place, user))

    def before(self, place: Place, question: int) -> tuple[bool, Turn | None]:
        """Return whether it is known what an answered question, the id of its message, went on from, and from what."""
        before = self._befores.get((place, question))
        return (True, before.turn) if before else (False, None)

    def keep(
        self, place: Place, user: int, question: int, messages: Iterable[int], turn: Turn, before: Turn | None
    ) -> None:
        """Keep the turn of a question, whose answer is in these messages, and the turn that it went on from."""
        self._people[place, user] = turn
        self._befores[place, question] = _Asked(user, before)
        for message in messages:
            self._answers[place, message] = _Asked(user, turn)

    def forget_person(self, user: int) -> None:
        """Let nothing of what a person asked be left in any chat."""
        for person in [key for key in self._people if key[1] == user]:
            self._people.pop(person, None)
        theirs = {asked.turn for asked in self._answers.values() if asked.user == user}
        for turns in (self._answers, self._befores):
            for key in [key for key, asked in turns.items() if asked.user == user or asked.turn in theirs]:
                turns.pop(key, None)

    def forget(self, place: Place, user: int) -> None:
        """Let a person begin anew in a chat."""
        self._people.pop((place, user), None)


class Albums:
    """The last album of each chat: pictures that are sent together come as a message each."""

    def __init__(self) -> None:
        self._last: TTLCache[int, str] = TTLCache(_MOST, _ALBUM_SECONDS)

    def note(self, message: Message) -> None:
        """Note the album that a message is part of, if it is part of one."""
        if message.media_group_id is not None:
            self._last[message.chat_id] = message.media_group_id

    def knows(self, message: Message) -> bool:
        """Tell whether another part of a message's album was noted."""
        return message.media_group_id is not None and message.media_group_id == self._last.get(message.chat_id)

"""What all stores of the index do alike: wait for the writer's lock, and tell which versions are kept."""

import logging
from collections.abc import Callable, Set

from retrieval.errors import IndexBusyError, IndexingStoppedError

logger = logging.getLogger(__name__)

KEPT_VERSIONS = 3
_LOCK_SECONDS = 0.5  # between two looks at whether to go on waiting


def take_lock(take: Callable[[float], bool], *, wait: bool, stopped: Callable[[], bool]) -> None:
    """Take the lock that a writer needs; `take` tries for so many seconds, and tells whether it has it.

    If another process has it, raises IndexBusyError when `wait` is false, and IndexingStoppedError soon after
    `stopped` turns true.
    """
    timeout = 0.0
    while not take(timeout):
        if not wait:
            raise IndexBusyError
        if stopped():
            raise IndexingStoppedError
        if not timeout:
            logger.warning("Another kutip is writing the index; waiting until it has finished.")
        timeout = _LOCK_SECONDS


def kept_versions(numbers: Set[int], before: int, new: int) -> set[int]:
    """Return which versions are kept when a new one follows the one before: the last, without those gone back from."""
    left = {other for other in numbers if before < other < new}
    return set(sorted((numbers - left) | {new})[-KEPT_VERSIONS:])

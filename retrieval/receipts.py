"""What an indexing run did, how far it is, and why it runs."""

from dataclasses import dataclass
from enum import Enum, auto


class Cause(Enum):
    """Why the documents are read again.

    ASKED: somebody wants all of them looked at. SENT: a file was sent to Kutip, or one that was is removed. NOTICED:
    nobody wants it, but the folder may hold something new.
    """

    ASKED = auto()
    SENT = auto()
    NOTICED = auto()


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an indexing run did, in documents; `encoded` counts the passages that had to be embedded.

    One that was moved or renamed, with its content as it was, is neither added nor removed.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    moved: int = 0
    removed: int = 0
    duplicate: int = 0
    failed: tuple[FailedFile, ...] = ()
    documents: int = 0
    passages: int = 0
    encoded: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long work is: `done` of `total` units; `total` is 0 while it is not known.

    `embedded` counts the passages that were embedded beside it.
    """

    stage: str
    done: int = 0
    total: int = 0
    unit: str = "passages"
    embedded: int = 0

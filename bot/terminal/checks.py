"""What `kutip doctor` says of one thing."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.errors import KutipError


class State(StrEnum):
    """How a check ended, each a word for people and for JSON."""

    OK = "ok"
    NOTE = "note"  # all is well, and there is something that one may not know
    WARNING = "warning"  # it works, though perhaps not as it is meant
    FAILED = "failed"
    SKIPPED = "skipped"  # it needs something that failed or is not there


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, in a few words without a full stop, and what to do: a sentence, or nothing."""

    name: str
    state: State
    text: str
    advice: str = ""


def failed(name: str, error: KutipError | OSError) -> Check:
    """Take what is wrong from an error's first sentence, and what to do from the others."""
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return Check(name, State.FAILED, f"{error.strerror or error}{where}")
    text, _, advice = " ".join(str(error).split()).partition(". ")
    return Check(name, State.FAILED, text.removesuffix("."), advice)


def skipped(name: str, needs: str) -> Check:
    """Say what a check would need."""
    return Check(name, State.SKIPPED, f"it needs {needs}")

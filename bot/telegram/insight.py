"""What administrators learn of the questions: how many, how well, and which found no answer."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from statistics import median

import numpy as np

from bot.telegram.storage.database import Asked
from retrieval.embedding.embedder import Vectors

_ALIKE = 0.75  # cosine of two questions from which on they are taken for the same gap


@dataclass(frozen=True, slots=True)
class Statistics:
    """Some questions in figures; times in seconds, 0 where there are no questions. `day` is an ISO date, or empty."""

    day: str
    questions: int
    found: int
    good: int
    bad: int
    median: float
    slowest: float
    """The 95th percentile of the times."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that are alike and found no answer, or a bad one: how often, when last, and in which words."""

    count: int
    last: int
    questions: tuple[str, ...]


def by_day(asked: Sequence[Asked]) -> list[Statistics]:
    """Return the figures of each day on which something was asked, UTC, oldest first; `asked` is in order of time."""
    return [statistics(list(some), day) for day, some in groupby(asked, key=lambda one: _day(one.at))]


def statistics(asked: Sequence[Asked], day: str = "") -> Statistics:
    times = sorted(one.seconds for one in asked)
    return Statistics(
        day,
        len(asked),
        sum(one.found for one in asked),
        sum(one.good for one in asked),
        sum(one.bad for one in asked),
        median(times) if times else 0.0,
        times[min(len(times) - 1, int(0.95 * len(times)))] if times else 0.0,
    )


def is_gap(asked: Asked) -> bool:
    """Tell whether a question found no answer, or one that people think bad."""
    return bool(asked.text) and (not asked.found or asked.bad > asked.good)


def gaps(asked: Sequence[Asked], vectors: Vectors) -> list[Gap]:
    """Put questions that are alike together, the most frequent first; `vectors` are theirs, of unit length, in order.

    Each goes to the first group whose first question is close enough.
    """
    groups: list[list[int]] = []
    firsts = np.empty_like(vectors)  # of each group
    for number, vector in enumerate(vectors):
        close = np.flatnonzero(firsts[: len(groups)] @ vector >= _ALIKE)
        if len(close):
            groups[int(close[0])].append(number)
        else:
            firsts[len(groups)] = vector
            groups.append([number])
    found = [[asked[number] for number in group] for group in groups]
    made = [Gap(len(group), max(one.at for one in group), _distinct(group)) for group in found]
    return sorted(made, key=lambda gap: (-gap.count, -gap.last))


def gaps_csv(gaps: Iterable[Gap]) -> bytes:
    """Return gaps as a CSV file, UTF-8 with a mark that lets spreadsheets know it: how often, last day, questions."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["count", "last", "questions"])
    writer.writerows([gap.count, _day(gap.last), " | ".join(map(_harmless, gap.questions))] for gap in gaps)
    return out.getvalue().encode("utf-8-sig")


def _distinct(asked: Iterable[Asked]) -> tuple[str, ...]:
    """Return the questions in the order in which they came first, each once, whatever the case of its letters."""
    first: dict[str, str] = {}
    for one in asked:
        first.setdefault(one.text.casefold(), one.text)
    return tuple(first.values())


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking a question for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()

"""No sentence twice among what is read for a question."""

from collections.abc import Iterable

from retrieval.values import Reading


def one_a_sentence(readings: Iterable[Reading]) -> list[Reading]:
    """Keep the first reading of each sentence."""
    found: dict[tuple[str, int], Reading] = {}
    for one in readings:
        found.setdefault(one.place, one)
    return list(found.values())

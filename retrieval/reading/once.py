"""What is read for a question several times over, in one list: no sentence twice, the surest first."""

from collections.abc import Iterable, Sequence

from retrieval.values import Reading


def one_a_sentence(readings: Iterable[Reading]) -> list[Reading]:
    """Keep the first reading of each sentence."""
    found: dict[tuple[str, int], Reading] = {}
    for one in readings:
        found.setdefault(one.place, one)
    return list(found.values())


def surest_first(*groups: Sequence[Reading]) -> list[Reading]:
    """Join groups of readings, each best first, in the order of what is best in them."""
    there = sorted((group for group in groups if group), key=lambda group: -group[0].confidence)
    return [one for group in there for one in group]

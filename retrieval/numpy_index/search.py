"""Find the passages closest to a question among all of an index: exactly, or by the signs of the vectors first."""

import numpy as np
import numpy.typing as npt

from retrieval.embedding import Vectors
from retrieval.index import Closest
from retrieval.numpy_index.sign_codes import SignCodes, worth_comparing

_SAMPLED = 32  # of so many scores, one is looked at first: sorting out all takes as long as computing them


def closest(
    vectors: Vectors, signs: SignCodes | None, shares: Vectors, question: Vectors, count: int, *, words_weight: float
) -> list[Closest]:
    """Return the `count` passages with the best `cosine + words_weight * share`, best first; equal ones in order.

    `vectors` has the shape (n, dim), `shares` of the question's words (n,), `question` (dim,).
    """
    cosines = signs.cosines(question) if signs else vectors @ question
    rough = (cosines + words_weight * shares).round(6)  # equal passages differ in the last digits
    candidates = np.sort(top(rough, max(count, worth_comparing(len(rough)) if signs else 0)))
    cosines, shares = vectors[candidates] @ question, shares[candidates]
    scores = (cosines + words_weight * shares).round(6)
    return [
        Closest(int(candidates[place]), float(cosines[place]), float(shares[place])) for place in top(scores, count)
    ]


def top(scores: Vectors, count: int) -> list[int]:
    """Return the indexes of the `count` largest scores, largest first; equal scores keep their order."""
    candidates = _not_far_below(scores, count)
    if count < len(candidates):
        there = scores[candidates]
        candidates = candidates[there >= np.partition(there, -count)[-count]]
    order = np.argsort(-scores[candidates], kind="stable")[:count]
    return [int(number) for number in candidates[order]]


def _not_far_below(scores: Vectors, count: int) -> npt.NDArray[np.intp]:
    """Return the indexes of at least the `count` largest of many scores, told by a sample of them; or all indexes."""
    sample = scores[::_SAMPLED]
    wanted = 2 * count // _SAMPLED + _SAMPLED  # twice as many as that many in the sample stand for
    if wanted < len(sample):
        found = np.flatnonzero(scores >= np.partition(sample, -wanted)[-wanted])
        if len(found) >= count:
            return found
    return np.arange(len(scores))

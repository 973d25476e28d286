"""Find the passages closest to a question among all of an index: exactly, or by the signs of the vectors first."""

import numpy as np
import numpy.typing as npt

from retrieval.embedding.embedder import Vectors
from retrieval.index.numpy_index.sign_codes import SignCodes, worth_comparing
from retrieval.index.protocols import Closest

_BLOCK = 512  # vectors
_SAMPLED = 32  # of so many scores, one is looked at first: sorting out all takes as long as computing them


def closest(
    vectors: Vectors, signs: SignCodes | None, shares: Vectors, question: Vectors, count: int, *, words_weight: float
) -> list[Closest]:
    """Return the `count` passages with the best `cosine + words_weight * share`, best first; equal ones in order.

    `vectors` has the shape (n, dim), `shares` of the question's words (n,), `question` (dim,).
    """
    cosines = signs.cosines(question) if signs else vectors @ question
    rough = (cosines + words_weight * shares).round(6)  # equal passages differ in the last digits
    candidates = best(rough, max(count, worth_comparing(len(rough)) if signs else 0))
    cosines, shares = cosines_of(vectors, candidates, question), shares[candidates]
    scores = (cosines + words_weight * shares).round(6)
    return [
        Closest(int(candidates[place]), float(cosines[place]), float(shares[place])) for place in top(scores, count)
    ]


def cosines_of(vectors: Vectors, numbers: npt.NDArray[np.intp], question: Vectors) -> Vectors:
    """Return the cosines of the vectors with these numbers, copied in blocks that stay in the processor's cache."""
    cosines = np.empty(len(numbers), dtype=np.float32)
    copied = np.empty((min(len(numbers), _BLOCK), vectors.shape[1]), dtype=np.float32)
    for begin in range(0, len(numbers), _BLOCK):
        block = numbers[begin : begin + _BLOCK]
        rows = copied[: len(block)]
        np.take(vectors, block, axis=0, out=rows, mode="clip")
        cosines[begin : begin + _BLOCK] = rows @ question
    return cosines


def top(scores: Vectors, count: int) -> list[int]:
    """Return the indexes of the `count` largest scores, largest first; equal scores keep their order."""
    found = best(scores, count)
    numbers: list[int] = found[np.argsort(-scores[found], kind="stable")].tolist()
    return numbers


def best(scores: Vectors, count: int) -> npt.NDArray[np.intp]:
    """Return the indexes of the `count` largest scores, lowest index first; of equal scores the first ones."""
    found = _not_far_below(scores, count)
    if count >= len(found):
        return found
    if count == 0:
        return found[:0]
    there = scores[found]
    least = np.partition(there, -count)[-count]
    kept = there > least
    kept[np.flatnonzero(there == least)[: count - np.count_nonzero(kept)]] = True
    largest: npt.NDArray[np.intp] = found[kept]
    return largest


def _not_far_below(scores: Vectors, count: int) -> npt.NDArray[np.intp]:
    """Return the indexes of at least the `count` largest of many scores, told by a sample of them; or all indexes."""
    sample = scores[::_SAMPLED]
    wanted = 2 * count // _SAMPLED + _SAMPLED  # twice as many as that many in the sample stand for
    if wanted < len(sample):
        found = np.flatnonzero(scores >= np.partition(sample, -wanted)[-wanted])
        if len(found) >= count:
            return found
    return np.arange(len(scores))

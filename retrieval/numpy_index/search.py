"""Find the passages closest to a question among all of an index: exactly, or by the signs of the vectors first."""

import numpy as np

from retrieval.embedding import Vectors
from retrieval.index import Closest
from retrieval.numpy_index.sign_codes import SignCodes, worth_comparing


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
    if count < len(scores):
        least = np.partition(scores, -count)[-count]
        candidates = np.flatnonzero(scores >= least)
    else:
        candidates = np.arange(len(scores))
    order = np.argsort(-scores[candidates], kind="stable")[:count]
    return [int(number) for number in candidates[order]]

"""Numbers that say how good answers are, each computed from confidences, rights and texts alone."""

import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.text.patterns import regex

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = regex(r"\b(a|an|the)\b")
_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """What would be answered first: how sure that is, and whether it is right.

    `inside`: the question's article is in the index; where it is not, no answer is right.
    """

    confidence: float
    right: bool
    inside: bool = True


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """What a threshold does: the share of the inside questions answered, and of the answers given that are wrong."""

    threshold: float
    answered: float
    wrong: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of about the same confidence: how many, the mean of it, and the share that is right."""

    count: int
    confidence: float
    right: float


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the area under the ROC curve: how often a positive exceeds a negative, ties counting half."""
    scores = np.concatenate([positive, negative])
    _, groups, sizes = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[groups]  # of equal scores, the mean of their ranks
    n = len(positive)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(negative)))


def risk_curve(judged: Sequence[Judged]) -> list[RiskPoint]:
    """Return what each threshold does that is somebody's confidence, highest first."""
    inside = sum(one.inside for one in judged)
    order = sorted(judged, key=lambda one: -one.confidence)
    curve = []
    answered = wrong = 0
    for given, one in enumerate(order, start=1):
        answered += one.inside
        wrong += not one.right
        if given == len(order) or order[given].confidence < one.confidence:
            curve.append(RiskPoint(one.confidence, answered / inside if inside else 0.0, wrong / given))
    return curve


def best_coverage(curve: Sequence[RiskPoint], wrong: float) -> RiskPoint | None:
    """Return the point that answers most with at most that share wrong; None: no threshold does."""
    allowed = [point for point in curve if point.wrong <= wrong and point.answered]
    return max(allowed, key=lambda point: point.answered, default=None)


def right_at(judged: Sequence[Judged], threshold: float) -> float:
    """Return the share right at a threshold: inside answered rightly, outside silent; both kinds count for a half."""
    answered = [one.right and one.confidence >= threshold for one in judged if one.inside]
    silent = [one.confidence < threshold for one in judged if not one.inside]
    return (sum(answered) / len(answered) + sum(silent) / len(silent)) / 2


def wrong_at(judged: Sequence[Judged], threshold: float) -> float:
    """Return the share of wrong ones among the answers given at a threshold; 0 if none is given."""
    given = [one.right for one in judged if one.confidence >= threshold]
    return given.count(False) / len(given) if given else 0.0


def reliability(judged: Sequence[Judged], bins: int = _BINS) -> list[Bin]:
    """Group by confidence, lowest first, into bins of about equal counts, as many as there are questions for."""
    confidences = np.array([one.confidence for one in judged], dtype=np.float64)
    rights = np.array([one.right for one in judged], dtype=np.float64)
    _, groups, sizes = np.unique(confidences, return_inverse=True, return_counts=True)
    rights = (np.bincount(groups, weights=rights) / sizes)[groups]  # which of equal ones fall into a bin is chance
    order = np.argsort(confidences, kind="stable")
    parts: list[npt.NDArray[np.intp]] = np.array_split(order, bins)
    return [Bin(len(part), float(confidences[part].mean()), float(rights[part].mean())) for part in parts if len(part)]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far confidence and share right lie apart, by the bins' counts.

    Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning" (2015), with bins of equal counts
    as in Nguyen and O'Connor, "Posterior calibration and exploratory analysis for natural language processing models"
    (2015).
    """
    return sum(bin.count * abs(bin.confidence - bin.right) for bin in bins) / sum(bin.count for bin in bins)


def normalised(text: str) -> str:
    """Return a text as SQuAD's evaluation compares it: small letters, no punctuation, no articles, single blanks.

    Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text" (2016), evaluate-v1.1.py.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(found: str, answers: Sequence[str]) -> float:
    """Return 1 if a span is one of the answers, 0 if not, by SQuAD's comparison."""
    return float(any(normalised(found) == normalised(answer) for answer in answers))


def span_f1(found: str, answers: Sequence[str]) -> float:
    """Return the F1 of a span's words against the answer that it is closest to, by SQuAD's comparison."""
    return max(_f1(normalised(found).split(), normalised(answer).split()) for answer in answers)


def _f1(found: Sequence[str], answer: Sequence[str]) -> float:
    if not found or not answer:
        return float(found == answer)
    common = (Counter(found) & Counter(answer)).total()
    return 2 * common / (len(found) + len(answer))

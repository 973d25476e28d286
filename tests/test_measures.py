"""The measures, on numbers that can be worked out in one's head."""

import pytest

from retrieval.evaluation.measures import (
    Bin,
    Judged,
    RiskPoint,
    auroc,
    best_coverage,
    calibration_error,
    exact_match,
    normalised,
    reliability,
    right_at,
    risk_curve,
    span_f1,
    wrong_at,
)

# Two inside questions are right, one is wrong; one outside question looks surer than one of them.
JUDGED = [
    Judged(0.2, right=False, inside=False),
    Judged(0.9, right=True),
    Judged(0.5, right=True),
    Judged(0.4, right=False),
    Judged(0.6, right=False, inside=False),
]


# Area under the ROC curve


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [
        pytest.param([0.9, 0.8], [0.1, 0.2], 1.0, id="told-apart"),
        pytest.param([0.1], [0.9, 0.8], 0.0, id="the-wrong-way-round"),
        pytest.param([0.5, 0.5], [0.5], 0.5, id="all-equal"),
        pytest.param([0.9, 0.3], [0.5, 0.1], 0.75, id="three-of-four-pairs"),
        pytest.param([0.9, 0.5], [0.5, 0.1], 0.875, id="a-tie-is-half-a-pair"),
    ],
)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    positive: list[float], negative: list[float], area: float
) -> None:
    assert auroc(positive, negative) == area


# Risk and coverage


def test_the_curve_has_a_point_for_each_confidence() -> None:
    assert risk_curve(JUDGED) == [
        RiskPoint(0.9, 1 / 3, 0.0),
        RiskPoint(0.6, 1 / 3, 1 / 2),
        RiskPoint(0.5, 2 / 3, 1 / 3),
        RiskPoint(0.4, 1.0, 1 / 2),
        RiskPoint(0.2, 1.0, 3 / 5),
    ]


def test_equal_confidences_are_answered_together() -> None:
    judged = [Judged(0.5, right=True), Judged(0.5, right=False), Judged(0.5, right=False, inside=False)]
    assert risk_curve(judged) == [RiskPoint(0.5, 1.0, 2 / 3)]


def test_the_best_coverage_may_lie_behind_a_worse_stretch() -> None:
    assert best_coverage(risk_curve(JUDGED), 0.34) == RiskPoint(0.5, 2 / 3, 1 / 3)


def test_of_equal_coverage_the_higher_threshold_is_the_best() -> None:
    assert best_coverage(risk_curve(JUDGED), 1.0) == RiskPoint(0.4, 1.0, 1 / 2)


def test_there_is_no_best_coverage_where_the_surest_answers_are_wrong() -> None:
    assert best_coverage(risk_curve([Judged(0.9, right=False), Judged(0.5, right=True)]), 0.1) is None


def test_the_confidence_that_equals_the_threshold_is_answered() -> None:
    assert (wrong_at(JUDGED, 0.5), wrong_at(JUDGED, 0.51)) == (1 / 3, 1 / 2)


def test_no_answers_are_no_wrong_answers() -> None:
    assert wrong_at(JUDGED, 1.0) == 0.0


def test_right_counts_answerable_and_unanswerable_alike() -> None:
    assert right_at(JUDGED, 0.5) == (2 / 3 + 1 / 2) / 2
    assert right_at(JUDGED, 1.0) == (0 + 1) / 2


# Calibration


def test_bins_hold_equal_counts_from_the_lowest_confidence_up() -> None:
    judged = [Judged(0.9, right=True), Judged(0.1, right=False), Judged(0.7, right=False), Judged(0.3, right=True)]
    low, high = reliability(judged, bins=2)
    assert (low.count, low.right, high.count, high.right) == (2, 0.5, 2, 0.5)
    assert [low.confidence, high.confidence] == pytest.approx([0.2, 0.8])


def test_there_are_no_more_bins_than_questions() -> None:
    assert reliability([Judged(0.25, right=True)], bins=10) == [Bin(1, 0.25, 1.0)]


def test_which_of_equal_confidences_falls_into_which_bin_makes_no_difference() -> None:
    judged = [Judged(0.5, right=True), Judged(0.5, right=True), Judged(0.5, right=False), Judged(0.5, right=False)]
    assert reliability(judged, bins=2) == [Bin(2, 0.5, 0.5), Bin(2, 0.5, 0.5)]


def test_the_calibration_error_weighs_the_bins_by_their_counts() -> None:
    assert calibration_error([Bin(3, 0.5, 0.75), Bin(1, 0.5, 0.0)]) == (3 * 0.25 + 1 * 0.5) / 4


# Spans


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("The  Bali\nProcess!", "bali process", id="article-case-blanks-and-signs"),
        pytest.param("Anna's theatre", "annas theatre", id="no-article-within-words"),
        pytest.param("a an the", "", id="nothing-but-articles"),
    ],
)
def test_spans_are_compared_as_squad_compares_them(text: str, same: str) -> None:
    assert normalised(text) == same


@pytest.mark.parametrize(
    ("found", "f1"),
    [
        pytest.param("The Paris.", 1.0, id="the-same"),
        pytest.param("in Paris", 2 / 3, id="one-word-too-many"),
        pytest.param("in 1998", 0.8, id="the-closest-answer-counts"),
        pytest.param("Berlin", 0.0, id="another"),
        pytest.param("", 0.0, id="none"),
    ],
)
def test_f1_is_that_of_the_words_against_the_closest_answer(found: str, f1: float) -> None:
    assert span_f1(found, ["Paris", "in May 1998"]) == pytest.approx(f1)


def test_a_word_counts_as_often_as_both_have_it() -> None:
    assert span_f1("no no no", ["no no yes"]) == pytest.approx(2 / 3)


def test_an_exact_match_is_one_of_the_answers() -> None:
    assert [exact_match(found, ["Paris", "the Louvre"]) for found in ("Louvre", "in Paris")] == [1.0, 0.0]

"""How often one person may ask."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.chats.rates import WINDOW, RateLimit


def test_the_limit_is_a_number_of_questions_a_person_in_a_minute() -> None:
    rates = RateLimit(2)
    assert [rates.allows(person, 0) for person in (1, 1, 1, 2, 1)] == [True, True, False, True, False]


def test_a_minute_after_a_question_there_is_room_for_another() -> None:
    rates = RateLimit(2)
    allowed = [rates.allows(1, at) for at in (0.0, 30.0, 59.9, 60.0, 60.1, 89.9, 90.0)]
    assert allowed == [True, True, False, True, False, False, True]


def test_a_question_that_was_refused_does_not_count() -> None:
    rates = RateLimit(1)
    assert [rates.allows(1, at) for at in (0, 1, WINDOW)] == [True, False, True]


def test_questions_that_come_together_count_each_and_are_allowed_where_one_is() -> None:
    rates = RateLimit(3)
    asked = [(0, 2), (0, 5), (0, 1), (WINDOW, 5), (WINDOW, 1)]
    assert [rates.allows(1, at, questions) for at, questions in asked] == [True, True, False, True, False]


def test_zero_is_no_limit() -> None:
    rates = RateLimit(0)
    assert all(rates.allows(1, 0) for _ in range(1_000))


def test_who_has_to_wait_is_told_so_once_and_again_after_they_could_ask() -> None:
    rates = RateLimit(2)
    assert [rates.allows(1, at) for at in (0, 50, 55)] == [True, True, False]
    assert [rates.is_first_refusal(1) for _ in range(2)] == [True, False]
    assert [rates.allows(1, at) for at in (61, 62)] == [True, False]
    assert [rates.is_first_refusal(1) for _ in range(2)] == [True, False]


@settings(max_examples=100)
@given(st.integers(1, 4), st.lists(st.tuples(st.integers(1, 2), st.floats(0, 40)), max_size=40))
def test_in_no_minute_are_more_questions_allowed_and_never_fewer(limit: int, asked: list[tuple[int, float]]) -> None:
    now = 0.0
    rates = RateLimit(limit)
    allowed: dict[int, list[float]] = {1: [], 2: []}
    for person, pause in asked:
        now += pause
        lately = [moment for moment in allowed[person] if moment > now - WINDOW]
        assert rates.allows(person, now) == (len(lately) < limit)
        if len(lately) < limit:
            allowed[person].append(now)


def test_what_was_asked_long_before_it_is_counted_counts_when_it_was_asked() -> None:
    rates = RateLimit(2)
    assert [rates.allows(1, at) for at in (0, 40, 50, 80, 90, 200)] == [True, True, False, True, False, True]

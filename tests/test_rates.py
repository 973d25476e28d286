"""How often one person may ask."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.chats.rates import WINDOW, RateLimit


class Clock:
    """A clock that the test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_the_limit_is_a_number_of_questions_a_person_in_a_minute() -> None:
    rates = RateLimit(2, Clock())
    assert [rates.allows(person) for person in (1, 1, 1, 2, 1)] == [True, True, False, True, False]


def test_a_minute_after_a_question_there_is_room_for_another() -> None:
    clock = Clock()
    rates = RateLimit(2, clock)
    allowed = []
    for second in (0.0, 30.0, 59.9, 60.0, 60.1, 89.9, 90.0):
        clock.now = 1_000.0 + second
        allowed.append(rates.allows(1))
    assert allowed == [True, True, False, True, False, False, True]


def test_a_question_that_was_refused_does_not_count() -> None:
    clock = Clock()
    rates = RateLimit(1, clock)
    assert [rates.allows(1), rates.allows(1)] == [True, False]
    clock.now += WINDOW
    assert rates.allows(1)


def test_questions_that_come_together_count_each_and_are_allowed_where_one_is() -> None:
    clock = Clock()
    rates = RateLimit(3, clock)
    asked = [rates.allows(1, questions=2), rates.allows(1, questions=5), rates.allows(1)]
    clock.now += WINDOW
    assert [*asked, rates.allows(1, questions=5), rates.allows(1)] == [True, True, False, True, False]


def test_zero_is_no_limit() -> None:
    rates = RateLimit(0, Clock())
    assert all(rates.allows(1) for _ in range(1_000))


@settings(max_examples=100)
@given(st.integers(1, 4), st.lists(st.tuples(st.integers(1, 2), st.floats(0, 40)), max_size=40))
def test_in_no_minute_are_more_questions_allowed_and_never_fewer(limit: int, asked: list[tuple[int, float]]) -> None:
    clock = Clock()
    rates = RateLimit(limit, clock)
    allowed: dict[int, list[float]] = {1: [], 2: []}
    for person, pause in asked:
        clock.now += pause
        lately = [moment for moment in allowed[person] if moment > clock.now - WINDOW]
        assert rates.allows(person) == (len(lately) < limit)
        if len(lately) < limit:
            allowed[person].append(clock.now)


def test_what_was_asked_long_before_it_is_counted_counts_when_it_was_asked() -> None:
    rates = RateLimit(2, Clock())
    assert [rates.allows(1, at) for at in (0, 40, 50, 80, 90, 200)] == [True, True, False, True, False, True]

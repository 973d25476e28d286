"""Questions changed so that the passage that answered them does not any more."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.altered import _OPPOSITES, altered, names

CONTEXT = "Zoo: In 1987 Ana Silva opened the first zoo of the northern coast with 12 lions. Ben Okri came later."
OTHERS = ["Ben Okri", "Carla Ruiz", "Dov"]


def all_changes(question: str, context: str = CONTEXT, others: list[str] = OTHERS) -> set[str | None]:
    """Return whatever becomes of a question."""
    return {altered(question, context, others, Random(seed)) for seed in range(300)}


def test_names_are_capitalised_words_that_do_not_begin_the_question() -> None:
    assert names("Who met Retno Marsudi and the Bank of Japan in Paris?") == ["Retno Marsudi", "Bank of Japan", "Paris"]
    assert names("Paris is where?") == []


def test_a_name_becomes_one_that_the_context_does_not_have() -> None:
    assert all_changes("Who met Ana Silva?") == {"Who met Carla Ruiz?", "Who met Dov?"}


def test_a_name_that_the_context_does_not_have_stays() -> None:
    assert all_changes("Who met Eve Moss?") == {None}


def test_a_name_stays_where_there_is_no_other() -> None:
    assert all_changes("Who met Ana Silva?", others=["Ben Okri", "Ana Silva"]) == {None}


def test_a_year_becomes_another_within_twelve_years() -> None:
    years = {int(str(change)[-5:-1]) for change in all_changes("Who came in 1987?")}
    assert years == set(range(1975, 2000)) - {1987}


def test_a_number_becomes_another_that_is_at_least_one() -> None:
    numbers = {int(str(change).split()[1]) for change in all_changes("Why 5 lions?", context="There were 5 lions.")}
    assert numbers == {1, 2, 3, 4, *range(6, 15)}


def test_a_number_that_the_context_has_is_not_put_in() -> None:
    changes = all_changes("Why 2 lions?", context="There were 2 lions, 1 bear and 3 birds.")
    assert changes == {None, *(f"Why {number} lions?" for number in range(4, 12))}


def test_a_word_becomes_its_opposite() -> None:
    assert all_changes("Who was first there?", others=[]) - {"Who was not first there?"} == {"Who was last there?"}


def test_an_opposite_that_the_context_has_is_not_put_in() -> None:
    assert all_changes("Who came first?", context="The last one came after the first.") == {None}


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        pytest.param("Who was there?", "Who was not there?", id="be"),
        pytest.param("When did the war begin?", "When did the war not begin?", id="do-with-a-subject"),
        pytest.param("What can Ana do?", "What can Ana not do?", id="can"),
    ],
)
def test_a_few_questions_are_negated(question: str, negated: str) -> None:
    changes = [altered(question, "", [], Random(seed)) for seed in range(400)]
    assert set(changes) - {negated} <= {None, "When did the war end?"}
    assert 30 < changes.count(negated) < 100


def test_a_question_without_anything_to_change_stays_unaltered() -> None:
    assert all_changes("Why?") == {None}
    assert all_changes("") == {None}


def test_the_same_seed_alters_the_same_way() -> None:
    changes = [[altered("Who met Ana Silva in 1987?", CONTEXT, OTHERS, Random(7)) for _ in range(20)] for _ in range(2)]
    assert changes[0] == changes[1]


def test_every_word_is_the_opposite_of_its_opposite() -> None:
    assert {_OPPOSITES[_OPPOSITES[word]] == word for word in _OPPOSITES} == {True}


WORDS = st.sampled_from("Who did the was first last Ana Silva Ben in 1987 1990 12 3 north south won ? coast".split())
NAMES = st.sampled_from(["Ana", "Ben", "Carla", "Dov"])


@given(st.lists(WORDS, min_size=1), st.lists(WORDS), st.lists(NAMES, unique=True), st.integers())
def test_what_is_put_in_does_not_stand_in_the_context(
    asked: list[str], there: list[str], others: list[str], seed: int
) -> None:
    question, context = " ".join(asked), " ".join(there)
    changed = altered(question, context, others, Random(seed))
    assert changed != question
    put_in = Counter((changed or question).split()) - Counter(asked)
    assert changed is None or put_in.total() == 1
    assert [word for word in put_in if word != "not" and word.casefold() in context.casefold()] == []

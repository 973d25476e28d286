"""Names are told by their capitals, those with accents, too, and found again with other endings."""

import pytest

from retrieval.text.names import names_had, names_within


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met in Ávila and in Évry on Monday.", ["Ávila", "Évry"]),
        ("Retno Marsudi met the chair in May.", ["Marsudi"]),
        ("the meeting", []),
    ],
)
def test_names_are_those_of_people_and_places_and_not_of_days(text: str, names: list[str]) -> None:
    assert names_within(text) == names


@pytest.mark.parametrize(
    ("text", "name", "had"),
    [
        ("A Victorian house", "Victoria", True),
        ("Fijian waters", "Fiji", True),
        ("in evry", "Évry", True),
        ("Ali's boat", "Ali", True),
        ("the aliens", "Ali", False),
        ("a mosquito", "Mo", False),
        ("in Old Lochgair", "Gair", False),
        ("pengacara Wulandaro", "Wulandara", False),
        ("Yantini's boat", "Yantina", False),
        ("Wulandaro, anak Wulandara", "Wulandara", True),
        ("the Argentine side", "Argentina", True),
        ("Mexican waters", "Mexico", True),
    ],
)
def test_a_name_is_had_with_another_ending_but_not_with_another_vowel_or_within_a_word(
    text: str, name: str, *, had: bool
) -> None:
    assert names_had(text, [name]) == ({name} if had else set())

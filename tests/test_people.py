"""Whether words that tell who speaks name the person that is asked for."""

import time

import pytest

from retrieval.text.people import only_one_named


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("okoro", ["REYLE", "OKORO"]),
        ("Mayor Okoro", ["REYLE", "OKORO"]),
        ("mrs okafor", ["MR OKAFOR", "MRS OKAFOR"]),
        ("m. cartwright", ["Cr S. Cartwright", "Cr M. Cartwright"]),
        ("the minister for education", ["A. PETROU (Minister for Water)", "B. ROE (Minister for Education)"]),
        ("the governor", ["Tomas Iden (Deputy Governor)", "Helena Marwick (Governor)"]),
        ("deputy governor", ["Helena Marwick (Governor)", "Tomas Iden (Deputy Governor)"]),
        ("wakil wali kota", ["KETUA RAPAT (ASEP)", "WAKIL WALI KOTA (HJ. TETY ROSANTI)"]),
        ("Retno Marsudi", ["Menteri Luar Negeri", "Retno LP Marsudi"]),
        ("the mayor", ["Ben Roe", "the mayor of Wick, Ana Lim"]),
    ],
)
def test_a_person_is_found_by_names_office_and_title(person: str, told: list[str]) -> None:
    assert only_one_named(person, told, "") == set(told[-1:])


@pytest.mark.parametrize(
    ("person", "told", "text"),
    [
        ("petrou", {"The Hon. A. PETROU (Minister for Education)", "The Hon. A. PETROU"}, ""),
        ("marwick", {"Helena Marwick (Governor)", "Governor Marwick"}, ""),
        ("okoro", {"Mayor Okoro", "Judith Okoro", "Okoro"}, "The mayor, Judith Okoro, left."),
    ],
)
def test_one_person_may_be_told_in_several_ways(person: str, told: set[str], text: str) -> None:
    assert only_one_named(person, told, text) == told


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("okafor", ["MR OKAFOR", "MRS OKAFOR"]),
        ("pell", ["Martin Pell", "Gareth Pell"]),
        ("the minister", ["A. PETROU (Minister for Water)", "B. ROE (Minister for Education)"]),
        ("Dr Okafor", ["MR OKAFOR"]),
        ("wali kota", ["WAKIL WALI KOTA (HJ. TETY ROSANTI)"]),
        ("the governor", ["Deputy Governor Iden"]),
        ("Ana Lim", ["Ana Lim’s lawyer", "the wife of Ana Lim", "Kuasa hukum Ana Lim"]),
        ("mayor Ana Lim", ["THE MAYOR"]),
        ("wick", ["the mayor of Wick, Ana Lim"]),
        ("Lim", ["Limbo"]),
    ],
)
def test_nobody_is_where_several_have_the_name_or_somebody_else_speaks(person: str, told: list[str]) -> None:
    assert only_one_named(person, told, "") == set()


@pytest.mark.parametrize("repeated", [" ", "Ana ", "Ana, ", "of the ", "A. ", "(", "’s"])
def test_long_runs_take_no_time(repeated: str) -> None:
    began = time.monotonic()
    only_one_named("Ana Lim", ["Lim " + repeated * 5_000 + "x", repeated * 5_000], "")
    assert time.monotonic() - began < 5

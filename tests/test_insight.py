"""What administrators learn of the questions, worked out by hand."""

import csv
import io

import numpy as np
import pytest

from bot.plots import days_picture
from bot.telegram.insight import Gap, Statistics, by_day, gaps, gaps_csv, is_gap, statistics
from bot.telegram.storage.database import Asked
from bot.texts import texts_in

DAY = 24 * 60 * 60
NOON = 20_000 * DAY + DAY // 2  # of 4 October 2024


def asked(text: str = "How far?", *, at: int = NOON, found: bool = True, seconds: float = 1.0, **votes: int) -> Asked:
    return Asked(at, 42, text, found, seconds, **votes)


def test_each_day_has_its_figures() -> None:
    some = [
        asked(seconds=0.2, good=2),
        asked(found=False, seconds=0.4, bad=1),
        asked(seconds=3.0),
        asked(at=NOON + DAY, found=False),
    ]
    assert by_day(some) == [
        Statistics("2024-10-04", 3, 2, 2, 1, 0.4, 3.0),
        Statistics("2024-10-05", 1, 0, 0, 0, 1.0, 1.0),
    ]


def test_the_slowest_of_many_is_slower_than_95_of_100() -> None:
    assert statistics([asked(seconds=number) for number in range(100)]).slowest == 95


def test_where_nothing_was_asked_all_figures_are_0() -> None:
    assert (statistics([]), by_day([])) == (Statistics("", 0, 0, 0, 0, 0.0, 0.0), [])


@pytest.mark.parametrize(
    ("one", "gap"),
    [
        pytest.param(asked(), False, id="found"),
        pytest.param(asked(found=False), True, id="not-found"),
        pytest.param(asked(bad=1), True, id="bad"),
        pytest.param(asked(bad=1, good=1), False, id="one-says-one-the-other-says-other"),
        pytest.param(asked("", found=False), False, id="its-words-are-not-kept"),
    ],
)
def test_a_gap_is_what_found_no_answer_or_a_bad_one(one: Asked, gap: bool) -> None:
    assert is_gap(one) == gap


def test_gaps_that_are_alike_stand_together_the_most_frequent_first() -> None:
    some = [asked("Cost of A?"), asked("Who?", at=NOON + 9), asked("Price of A?", at=NOON + 5), asked("COST OF A?")]
    vectors = np.array([[1, 0], [0, 1], [0.8, 0.6], [1, 0]], dtype=np.float32)
    assert gaps(some, vectors) == [
        Gap(3, NOON + 5, ("Cost of A?", "Price of A?")),
        Gap(1, NOON + 9, ("Who?",)),
    ]
    assert gaps([], np.zeros((0, 2), dtype=np.float32)) == []


def test_the_csv_file_holds_all_and_nothing_that_a_spreadsheet_would_run() -> None:
    made = gaps_csv([Gap(2, NOON, ('Berapa, "tepatnya"?', "=cmd()")), Gap(1, NOON + DAY, ("Who?",))])
    assert list(csv.reader(io.StringIO(made.decode("utf-8-sig")))) == [
        ["count", "last", "questions"],
        ["2", "2024-10-04", 'Berapa, "tepatnya"? | \'=cmd()'],
        ["1", "2024-10-05", "Who?"],
    ]


def test_the_picture_of_the_days_is_a_picture_in_the_language_of_whoever_sees_it() -> None:
    days = by_day([asked(), asked(at=NOON + DAY, found=False)])
    english, indonesian = (days_picture(days, texts_in(language)) for language in ("en", "id"))
    assert english.startswith(b"\x89PNG")
    assert english != indonesian

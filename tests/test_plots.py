"""Pictures of the confidence."""

import sys
from pathlib import Path

import pytest

from bot.plots import PlotError, write_plot
from retrieval.evaluation.measures import Judged

JUDGED = [Judged(number / 100, right=number > 40, inside=number % 2 == 0) for number in range(100)]
OTHER = [Judged(number / 100, right=number > 70, inside=number % 2 == 0) for number in range(100)]


def size(path: Path) -> tuple[int, int]:
    """Return width and height of a PNG."""
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def test_the_picture_is_a_png(tmp_path: Path) -> None:
    write_plot(tmp_path / "eval.png", "squad2", {"similarity": JUDGED})
    assert size(tmp_path / "eval.png") == (1_500, 660)


def test_each_reader_has_its_curve(tmp_path: Path) -> None:
    pictures = []
    for readers in ({"one": JUDGED}, {"one": JUDGED, "two": OTHER}):
        write_plot(tmp_path / "eval.png", "squad2", readers)
        pictures.append((tmp_path / "eval.png").read_bytes())
    assert pictures[0] != pictures[1]


def test_the_picture_may_have_any_name(tmp_path: Path) -> None:
    write_plot(tmp_path / "eval", "squad2", {"similarity": JUDGED})
    assert size(tmp_path / "eval") == (1_500, 660)


@pytest.mark.parametrize("name", ["$x_", "_hidden", r"\frac{$", "日本"])
def test_names_are_drawn_as_they_are(name: str, tmp_path: Path) -> None:
    write_plot(tmp_path / "eval.png", name, {name: JUDGED})
    assert size(tmp_path / "eval.png") == (1_500, 660)


def test_few_questions_can_be_drawn(tmp_path: Path) -> None:
    write_plot(tmp_path / "eval.png", "few", {"similarity": JUDGED[:2]})
    assert size(tmp_path / "eval.png") == (1_500, 660)


def test_without_matplotlib_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(PlotError) as error:
        write_plot(tmp_path / "eval.png", "squad2", {"similarity": JUDGED})
    assert str(error.value) == f"Drawing needs matplotlib. Install it with: {sys.executable} -m pip install matplotlib"
    assert not (tmp_path / "eval.png").exists()

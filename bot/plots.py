"""Draw how good the confidence is, and what was asked. matplotlib, an optional extra, is imported only to draw."""

import io
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import KutipError
from retrieval.evaluation.measures import Judged, reliability, risk_curve

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from bot.telegram.insight import Statistics
    from bot.texts import Texts

_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")  # Okabe and Ito: told apart by the colour-blind too
_GREY = "#8a8a8a"
_FEW = 20  # answers, of which the share that is wrong is mostly chance


class PlotError(KutipError):
    """matplotlib is missing."""

    def __init__(self) -> None:
        super().__init__(f"Drawing needs matplotlib. Install it with: {sys.executable} -m pip install matplotlib")


def write_plot(path: Path, title: str, readers: Mapping[str, Sequence[Judged]]) -> None:
    """Draw risk against coverage, and the reliability of the confidence, one curve a reader, into a PNG.

    Raises PlotError without matplotlib, OSError.
    """
    try:
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError as error:
        raise PlotError from error
    figure = Figure(figsize=(10, 4.4), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.08))
    risk, trust = figure.subplots(1, 2, width_ratios=(1.25, 1))
    figure.suptitle(_plain(title), fontsize=12)
    measured = ((name, judged) for name, judged in readers.items() if judged)
    for colour, (name, judged) in zip(_COLOURS, measured, strict=False):
        _draw_risk(risk, judged, _plain(name), colour)
        _draw_reliability(trust, judged, _plain(name), colour)
    _label_risk(risk)
    _label_reliability(trust)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # a name's letter that the font lacks is drawn as a box
        figure.savefig(path, format="png", dpi=150)


def days_picture(days: "Sequence[Statistics]", texts: "Texts") -> bytes:
    """Draw the questions of each day, answered and not, as a PNG. Raises PlotError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PlotError from error
    figure = Figure(figsize=(8, 3.6), layout="constrained")
    axes = figure.subplots()
    places = range(len(days))
    found = [day.found for day in days]
    axes.bar(places, found, color=_COLOURS[0], label=texts.answered)
    missed = [day.questions - day.found for day in days]
    axes.bar(places, missed, bottom=found, color=_COLOURS[1], label=texts.not_answered)
    axes.set_xticks(places, [day.day[5:] for day in days], rotation=90 if len(days) > 10 else 0)
    axes.set_ylabel(texts.questions_a_day)
    axes.legend(frameon=False)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=150)
    return out.getvalue()


def _draw_risk(axes: "Axes", judged: Sequence[Judged], name: str, colour: str) -> None:
    curve = risk_curve(judged)
    given = sorted((one.confidence for one in judged), reverse=True)
    least = given[min(_FEW, len(given)) - 1]
    points = [point for point in curve if point.threshold <= least]
    axes.plot(
        [100 * point.answered for point in points],
        [100 * point.wrong for point in points],
        color=colour,
        linewidth=1.8,
        marker="o" if len(points) == 1 else None,
        label=name,
    )


def _label_risk(axes: "Axes") -> None:
    for share in (5, 10):
        axes.axhline(share, color=_GREY, linewidth=0.8, linestyle=(0, (4, 4)), zorder=1.5)
    axes.set_title("Risk against coverage", fontsize=10)
    axes.set_xlabel("answerable questions that are answered, %")
    axes.set_ylabel("wrong among the answers given, %")
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom=0)
    _finish(axes)


def _draw_reliability(axes: "Axes", judged: Sequence[Judged], name: str, colour: str) -> None:
    bins = reliability(judged)
    axes.plot(
        [100 * bin.confidence for bin in bins],
        [100 * bin.right for bin in bins],
        color=colour,
        linewidth=1.4,
        marker="o",
        markersize=5,
        label=name,
        clip_on=False,
    )


def _label_reliability(axes: "Axes") -> None:
    axes.plot([0, 100], [0, 100], color=_GREY, linewidth=0.8, linestyle=(0, (4, 4)), zorder=1.5)
    axes.set_title("Reliability of the confidence", fontsize=10)
    axes.set_xlabel("confidence, the mean of a tenth of the questions, %")
    axes.set_ylabel("right, %")
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    axes.set_aspect("equal")
    _finish(axes)


def _finish(axes: "Axes") -> None:
    axes.grid(color="#e6e6e6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", frameon=False, fontsize=9)


def _plain(text: str) -> str:
    """Return a text that matplotlib draws as it is: a dollar would begin a formula, an underscore hide a curve."""
    return text.lstrip("_").replace("$", r"\$")

"""What was measured, as JSON, as a table and as a picture."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.speed.figures import Figure, Times
from benchmarks.speed.machine import Machine


def figure_of(fields: dict[str, Any]) -> Figure:
    """Read a figure from JSON."""
    return Figure(**{**fields, "times": Times(**fields["times"])})


def write_report(out: Path, machine: Machine, figures: Sequence[Figure]) -> None:
    """Write OUT.json, OUT.md and OUT.png, and print the table."""
    fields = {"date": date.today().isoformat(), "machine": asdict(machine), "figures": [asdict(one) for one in figures]}
    out.with_suffix(".json").write_text(json.dumps(fields, indent=1), "utf-8")
    table = "\n".join(_lines(machine, figures))
    out.with_suffix(".md").write_text(table + "\n", "utf-8")
    print(table)
    _draw(out.with_suffix(".png"), figures)


def _lines(machine: Machine, figures: Iterable[Figure]) -> Iterable[str]:
    yield (
        f"{machine.processor}, {date.today():%-d %B %Y}. One thread at best: {machine.fp32 / 1e9:.0f} GFLOP/s in fp32, "
        f"{machine.int8 / 1e9:.0f} in 8 bits, {machine.bandwidth / 1e9:.1f} GB/s of memory."
    )
    for what, rows in _by_what(figures).items():
        yield f"\n**{what[0].upper()}{what[1:]}**\n"
        yield "| passages, or askers | by | median, ms | 99 of 100 within, ms | processor, ms | other |"
        yield "| ---: | --- | ---: | ---: | ---: | --- |"
        for one in rows:
            times = one.times
            size = f"{one.size:,}" if one.size else ""
            processor = f"{times.processor:,.2f}" if times.processor else ""
            yield f"| {size} | {one.who} | {times.median:,.2f} | {times.slowest:,.2f} | {processor} | {_other(one)} |"
    yield from _slopes(figures)


def _by_what(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    tables: dict[str, list[Figure]] = {}
    for one in figures:
        tables.setdefault("many askers at once" if one.lag or one.unfair else one.what, []).append(one)
    return tables


def _other(one: Figure) -> str:
    said = []
    if one.recall is not None:
        said.append(f"{'least cosine' if one.rate else 'recall@10'} {one.recall:.4f}")
    if one.floor is not None:
        said.append(f"floor {one.floor:.2f} ms, {one.times.processor / one.floor:.1f} times")
    if one.rate is not None:
        said.append(f"{one.rate:,.1f} a second")
    if one.memory is not None:
        said.append(f"{one.memory:,.0f} MB")
    if one.lag is not None:
        said.append(f"event loop held up {one.lag:.1f} ms")
    if one.unfair is not None:
        said.append(f"slowest asker {one.unfair:.1f} times the median")
    return ", ".join(said)


def _slopes(figures: Iterable[Figure]) -> Iterable[str]:
    """Tell how times grow with the number of passages: 1 is in proportion, 0 not at all."""
    yield "\n**Growth with the number of passages** (slope of the logarithms, from 10,000 on)\n"
    for (what, who), points in _by_series(figures).items():
        large = [point for point in points if point[0] >= 10_000]
        if len(large) > 1:
            sizes, times = np.log(np.array(large)).T
            yield f"- {what}, {who}: {np.polyfit(sizes, times, 1)[0]:.2f}"


def _by_series(figures: Iterable[Figure]) -> dict[tuple[str, str], list[tuple[float, float]]]:
    series: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for one in figures:
        if one.what == "search" or one.what.startswith("question to"):
            series.setdefault((one.what, one.who), []).append((one.size, one.times.median))
    return {name: points for name, points in series.items() if "compared" not in name[1]}


def _draw(path: Path, figures: Iterable[Figure]) -> None:
    from matplotlib.figure import Figure as Picture

    picture = Picture(figsize=(11, 4.2), layout="constrained")
    search, whole = picture.subplots(1, 2)
    for (what, who), points in _by_series(figures).items():
        axes = search if what == "search" else whole
        label = who if what == "search" else f"{what.removeprefix('question to ')}, {who}"
        axes.plot(*zip(*points, strict=True), marker="o", label=label)
    for axes, title in ((search, "search alone, one thread"), (whole, "from the question")):
        axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="ms, median", title=title)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=8)
    picture.savefig(path, dpi=110)

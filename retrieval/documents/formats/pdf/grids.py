"""The cells of the ruled tables on a PDF page, told from the lines that are drawn around them."""

import ctypes
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

import pypdfium2
from pypdfium2 import raw

from retrieval.documents.formats.pdf.characters import Box, turned

_THICK = 3.0  # points: what is filled and no thicker is a line
_NEAR = 3.0  # points: lines no farther apart are one, as each of two cells may have its own
_MOST_OBJECTS = 20_000  # of a page; one with more is a map or a drawing
_MOST_SEGMENTS = 50_000  # of all that is drawn
_MOST_RULES = 1_000
_MOST_CELLS = 10_000
_Point = tuple[float, float]
_Crossing = tuple[int, int]  # of a row, from below, and a column


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a ruled table: the number of its table on the page, and its first and last row and column."""

    table: int
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class _Rule:
    """A line that lies flat or stands upright: where, and from where to where along the other direction."""

    at: float
    low: float
    high: float

    def covers(self, place: float) -> bool:
        return self.low - _NEAR <= place <= self.high + _NEAR


class Grid:
    """A ruled table: its rows, from below, its columns, and which cell there is where they cross."""

    def __init__(self, number: int, flat: Sequence[_Rule], upright: Sequence[_Rule]) -> None:
        """Close the table around its lines, the `flat` ones and the `upright` ones: it may be open at its sides."""
        self._ys = _apart([rule.at for rule in flat], [end for rule in upright for end in (rule.low, rule.high)])
        self._xs = _apart([rule.at for rule in upright], [end for rule in flat for end in (rule.low, rule.high)])
        self.rows, self.columns = len(self._ys) - 1, len(self._xs) - 1
        self.area = (self._ys[-1] - self._ys[0]) * (self._xs[-1] - self._xs[0])
        self.number = number
        self._flat, self._upright = _by_place(flat), _by_place(upright)

    @cached_property
    def _places(self) -> dict[_Crossing, Place]:
        """The cells by row, from below, and column: crossings that no line parts are of one."""
        places: dict[_Crossing, Place] = {}
        for at in product(range(self.rows), range(self.columns)):
            if at not in places:
                rows, columns = zip(*(cell := self._cell_around(at)), strict=True)
                last = self.rows - 1
                place = Place(self.number, last - max(rows), min(columns), last - min(rows), max(columns))
                places.update(dict.fromkeys(cell, place))
        return places

    def place(self, x: float, y: float) -> Place | None:
        """Return the cell that a point is in; None if it is outside."""
        return self._places.get((bisect_right(self._ys, y) - 1, self.column(x)))

    def column(self, x: float) -> int:
        """Return the number of the column around a place."""
        return bisect_right(self._xs, x) - 1

    def _cell_around(self, at: _Crossing) -> set[_Crossing]:
        cell, beside = {at}, [at]
        while beside:
            new = [one for one in self._not_parted(*beside.pop()) if one not in cell]
            cell.update(new)
            beside += new
        return cell

    def _not_parted(self, row: int, column: int) -> Iterator[_Crossing]:
        """Yield the neighbours of a crossing without a line between."""
        x = (self._xs[column] + self._xs[column + 1]) / 2
        y = (self._ys[row] + self._ys[row + 1]) / 2
        for step in (0, 1):
            if 0 < column + step < self.columns and not _is_drawn(self._upright, self._xs[column + step], y):
                yield row, column + 2 * step - 1
            if 0 < row + step < self.rows and not _is_drawn(self._flat, self._ys[row + step], x):
                yield row + 2 * step - 1, column


def grids_of(page: pypdfium2.PdfPage) -> list[Grid]:
    """Return the ruled tables of a page that have several columns, the smallest first: one may stand within another.

    None where the page has too much drawn on it, or what is drawn is damaged: its text may still be read.
    """
    if raw.FPDFPage_CountObjects(page) > _MOST_OBJECTS:
        return []
    try:
        boxes = list(_boxes(page))
    except pypdfium2.PdfiumError:
        return []
    flat, upright = list[_Rule](), list[_Rule]()
    turn = page.get_rotation()
    for box in boxes:
        left, bottom, right, top = turned(box, turn)
        if right - left > max(top - bottom, _THICK):
            flat.append(_Rule((bottom + top) / 2, left, right))
        elif top - bottom > max(right - left, _THICK):
            upright.append(_Rule((left + right) / 2, bottom, top))
    tables = _tables(_whole(flat), _whole(upright))
    grids = [Grid(number, *rules) for number, rules in enumerate(tables) if all(rules)]
    found = [grid for grid in grids if grid.columns > 1 and grid.rows * grid.columns <= _MOST_CELLS]
    return sorted(found, key=lambda grid: grid.area)


def _boxes(page: pypdfium2.PdfPage) -> Iterator[Box]:
    """Yield the straight lines that are drawn on a page, each as a box that is thin; not those of a drawing."""
    drawn = 0
    for path in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        drawn += raw.FPDFPath_CountSegments(path)
        if drawn > _MOST_SEGMENTS:
            return
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, ctypes.byref(filled), ctypes.byref(stroked))
        outlines = list(_outlines(path))
        boxes = [_box(points) for points in outlines]
        is_frame = len(boxes) == 2 and _surrounds(*boxes)  # what is filled is the line around a cell
        if stroked.value or (filled.value and is_frame):
            yield from (_box(ends) for points in outlines[: 1 if is_frame else None] for ends in pairwise(points))
        elif filled.value:
            yield from (box for box in boxes if min(box[2] - box[0], box[3] - box[1]) <= _THICK)


def _outlines(path: pypdfium2.PdfObject) -> Iterator[list[_Point]]:
    """Yield the corners of each part of a path, where the page has them; the first again at the end of a closed one."""
    matrix = path.get_matrix()
    points: list[_Point] = []
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _box(points: Iterable[_Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _surrounds(outer: Box, inner: Box) -> bool:
    """Tell whether between two boxes there is but a line."""
    left, bottom, right, top = (abs(one - other) for one, other in zip(outer, inner, strict=True))
    return max(left, bottom, right, top) <= _THICK


def _whole(rules: list[_Rule]) -> list[_Rule]:
    """Return lines, whole where they were drawn piece by piece or side by side; none where there are too many."""
    rules.sort(key=lambda rule: rule.at)
    groups: list[list[_Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    whole: list[_Rule] = []
    for group in groups:
        begun = len(whole)
        for rule in sorted(group, key=lambda rule: rule.low):
            if len(whole) > begun and rule.low <= whole[-1].high + _NEAR:
                whole[-1].high = max(whole[-1].high, rule.high)
            else:
                whole.append(_Rule(group[0].at, rule.low, rule.high))
    return whole if len(whole) <= _MOST_RULES else []


def _tables(flat: Sequence[_Rule], upright: Sequence[_Rule]) -> list[tuple[list[_Rule], list[_Rule]]]:
    """Return the flat and the upright lines of each table: those that meet."""
    tables: list[tuple[list[_Rule], list[_Rule]]] = [([rule], []) for rule in flat]
    for rule in upright:
        joined: tuple[list[_Rule], list[_Rule]] = [], [rule]
        others = []
        for table in tables:
            if any(_meet(one, rule) for one in table[0]):
                joined[0].extend(table[0])
                joined[1].extend(table[1])
            else:
                others.append(table)
        tables = [*others, joined]
    return tables


def _meet(flat: _Rule, upright: _Rule) -> bool:
    return flat.covers(upright.at) and upright.covers(flat.at)


def _apart(lines: Iterable[float], ends: Iterable[float]) -> list[float]:
    """Return where the lines of a table stand, and its sides where it has none, in order."""
    found = sorted(set(lines))
    low, high = min(ends := list(ends)), max(ends)
    if found[0] - low > _NEAR:
        found.insert(0, low)
    if high - found[-1] > _NEAR:
        found.append(high)
    return found


def _by_place(rules: Iterable[_Rule]) -> dict[float, list[_Rule]]:
    found: dict[float, list[_Rule]] = {}
    for rule in rules:
        found.setdefault(rule.at, []).append(rule)
    return found


def _is_drawn(rules: Mapping[float, Sequence[_Rule]], at: float, along: float) -> bool:
    return any(rule.low <= along <= rule.high for rule in rules.get(at, ()))

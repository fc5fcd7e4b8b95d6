"""River ends that nearly meet another line, made to meet it in one vertex."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod
from shapely.ops import nearest_points

from metes.base.grid import GRID_DEG, snap

Line = npt.NDArray[np.float64]

WELD_M = 100.0
"""An end this near another line flows into it: the line itself is off by several times as
much (Amur against an independent drawing: median 450 m). Wider gaps are mended by hand."""

SEARCH_DEG = 0.01
"""Box searched around an end: 100 m of longitude up to 84° of latitude."""

_WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Welded:
    """How many ends were joined, and over how many metres at most."""

    count: int
    longest_m: float


@dataclass(frozen=True)
class _Join:
    part: int
    at_start: bool
    host: int
    point: tuple[float, float]
    gap_m: float


def weld(rivers: dict[str, list[Line]]) -> Welded:
    """Carry each end on to the nearest point of another piece within WELD_M, in place.

    The meeting point becomes a vertex of both pieces; a host moves by half a cell of the
    grid at most. Ends that already share a vertex with another piece stay as they are.
    """
    keys = [(river, k) for river in sorted(rivers) for k in range(len(rivers[river]))]
    parts = [rivers[river][k] for river, k in keys]
    joins = _joins(parts)
    for join in joins:
        parts[join.host] = _with_vertex(parts[join.host], join.point)
    for join in joins:
        parts[join.part] = _carried_on(parts[join.part], join)
    for (river, k), part in zip(keys, parts, strict=True):
        rivers[river][k] = part
    return Welded(len(joins), max((join.gap_m for join in joins), default=0.0))


def _joins(parts: list[Line]) -> list[_Join]:
    lines = [shapely.LineString(part) for part in parts]
    tree = shapely.STRtree(lines)
    vertices = [{tuple(vertex) for vertex in part} for part in parts]
    found = []
    for place, part in enumerate(parts):
        for at_start in (True, False):
            end = part[0 if at_start else -1]
            near = [k for k in tree.query(shapely.Point(end).buffer(SEARCH_DEG)) if k != place]
            if any(tuple(end) in vertices[k] for k in near):
                continue
            joins = [_join(place, at_start, end, int(k), lines[k]) for k in near]
            best = min(joins, key=lambda join: (join.gap_m, join.host), default=None)
            if best is not None and best.gap_m <= WELD_M:
                found.append(best)
    return found


def _join(place: int, at_start: bool, end: Line, host: int, line: shapely.LineString) -> _Join:
    meeting = snap(nearest_points(line, shapely.Point(end))[0])
    gap_m = _WGS84.inv(end[0], end[1], meeting.x, meeting.y)[2]
    return _Join(place, at_start, host, (meeting.x, meeting.y), float(gap_m))


def _with_vertex(part: Line, point: tuple[float, float]) -> Line:
    if (part == point).all(axis=1).any():
        return part
    pieces = shapely.linestrings(np.stack([part[:-1], part[1:]], axis=1))
    after = int(np.argmin(shapely.distance(pieces, shapely.Point(point)))) + 1
    return np.insert(part, after, point, axis=0)


def _carried_on(part: Line, join: _Join) -> Line:
    end = part[0 if join.at_start else -1]
    if np.abs(end - join.point).max() < GRID_DEG:
        return part
    return np.insert(part, 0 if join.at_start else len(part), join.point, axis=0)

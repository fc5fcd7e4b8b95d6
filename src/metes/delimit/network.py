"""Lines that can be walked: rivers, shores and borders as a graph of their vertices."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx
import numpy as np
import shapely
from pyproj import Geod

from metes.delimit.segments import Floats

_GEOD = Geod(ellps="WGS84")
Point = tuple[float, float]


class Network:
    """A graph of vertices joined by segments, weighted by geodesic length.

    `bridge_km` joins the loose ends of pieces that lie at most that far apart (named pieces of one
    river that do not quite meet); the bridges used are short and recorded in `bridges`.
    """

    def __init__(self, lines: Iterable[Any], bridge_km: float = 0.0) -> None:
        self.graph = nx.Graph()
        self.bridges: list[tuple[Point, Point, float]] = []
        # Noding lets a walk turn from one piece into another where they touch in mid-line.
        merged = shapely.get_parts(shapely.node(shapely.MultiLineString(_strings(lines))))
        for line in merged:
            points = [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
            for one, two in itertools.pairwise(points):
                self._join(one, two)
        if bridge_km > 0:
            self._bridge(bridge_km)
        self._lines = shapely.union_all(merged)

    @classmethod
    def of_segments(cls, segments: Floats) -> Network:
        """Make a network from separate segments, shape (n, 2, 2)."""
        return cls(shapely.linestrings(segments))

    def _join(self, one: Point, two: Point) -> float:
        length_km = float(_GEOD.inv(one[0], one[1], two[0], two[1])[2]) / 1000
        self.graph.add_edge(one, two, km=length_km)
        return length_km

    def _bridge(self, bridge_km: float) -> None:
        parts = list(nx.connected_components(self.graph))
        ends = [[node for node in part if self.graph.degree(node) == 1] for part in parts]
        while len(parts) > 1:
            best: tuple[float, int, int, Point, Point] | None = None
            for i, mine in enumerate(ends):
                for j in range(i + 1, len(parts)):
                    found = _closest(mine, list(parts[j])) or None
                    other = _closest(ends[j], list(parts[i]))
                    for candidate in (found, other):
                        if candidate and (best is None or candidate[0] < best[0]):
                            best = (candidate[0], i, j, candidate[1], candidate[2])
            if best is None or best[0] > bridge_km:
                return
            _, i, j, one, two = best
            self.bridges.append((one, two, self._join(one, two)))
            parts[i] = parts[i] | parts[j]
            ends[i] = ends[i] + ends[j]
            del parts[j], ends[j]

    def nearest(self, point: Point) -> tuple[Point, float]:
        """Find the nearest point of the network, put it into the graph, and say how far it is in km."""
        # Nearest in a local plane: longitudes shrink with the cosine of the latitude.
        shrink = float(np.cos(np.radians(point[1])))
        scaled = shapely.transform(self._lines, lambda xy: xy * [shrink, 1.0])
        where = shapely.line_interpolate_point(
            *_closest_line(scaled, shapely.Point(point[0] * shrink, point[1]))
        )
        on: Point = (where.x / shrink, where.y)
        far_km = float(_GEOD.inv(point[0], point[1], on[0], on[1])[2]) / 1000
        return self._insert(on), far_km

    def _insert(self, point: Point) -> Point:
        if point in self.graph:
            return point
        best = min(self.graph.edges, key=lambda edge: _distance_to(edge, point))
        one: Point = best[0]
        two: Point = best[1]
        for end in (one, two):
            if abs(end[0] - point[0]) + abs(end[1] - point[1]) < 1e-9:
                return end
        self.graph.remove_edge(one, two)
        self._join(one, point)
        self._join(point, two)
        return point

    def walk(self, stops: Sequence[Point]) -> list[Point] | None:
        """Walk the shortest way through stops that lie on the network; None if there is none."""
        path: list[Point] = [stops[0]]
        for one, two in itertools.pairwise(stops):
            try:
                path.extend(nx.dijkstra_path(self.graph, one, two, weight="km")[1:])
            except nx.NetworkXNoPath:
                return None
        return path


def _strings(lines: Iterable[Any]) -> list[Any]:
    return [part for line in lines for part in shapely.get_parts(line)]


def _closest(mine: list[Point], theirs: list[Point]) -> tuple[float, Point, Point] | None:
    if not mine or not theirs:
        return None
    one, two = np.asarray(mine), np.asarray(theirs)
    shrink = np.cos(np.radians(one[:, 1]))[:, None]
    gaps = np.hypot((one[:, None, 0] - two[None, :, 0]) * shrink, one[:, None, 1] - two[None, :, 1])
    i, j = np.unravel_index(int(gaps.argmin()), gaps.shape)
    a, b = mine[int(i)], theirs[int(j)]
    return float(_GEOD.inv(a[0], a[1], b[0], b[1])[2]) / 1000, a, b


def _closest_line(lines: Any, point: Any) -> tuple[Any, float]:
    parts = shapely.get_parts(lines)
    line = parts[int(np.argmin(shapely.distance(parts, point)))]
    return line, float(shapely.line_locate_point(line, point))


def _distance_to(edge: tuple[Point, Point], point: Point) -> float:
    (x1, y1), (x2, y2) = edge
    shrink = float(np.cos(np.radians(point[1])))
    dx, dy = (x2 - x1) * shrink, y2 - y1
    px, py = (point[0] - x1) * shrink, point[1] - y1
    size = dx * dx + dy * dy
    along = 0.0 if size == 0 else max(0.0, min(1.0, (px * dx + py * dy) / size))
    return float(np.hypot(px - along * dx, py - along * dy))

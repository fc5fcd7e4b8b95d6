"""Elevation with the known rivers pressed into it, and where its water goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

SOURCE_STEP_DEG = 0.1
"""Spacing of the source grid: 6 minutes, which is 11 km of latitude."""

KM_PER_DEG = 111.2

OCEAN_M = -9999.0
"""Marks cells without land; water that reaches one has left."""

ABOVE_M, BELOW_M, CLIMB_M = 100.0, 20.0, 10.0
"""What a hand river avoids: a kilometre costs one more for each ABOVE_M that it lies above
the river's mouth and each BELOW_M below it, and each CLIMB_M uphill costs one kilometre."""


@dataclass(frozen=True)
class Window:
    """A rectangle of whole tenths of a degree, cut into `per_source` cells a source cell.

    Cells are centred on nodes; row 0 is the northern edge, column 0 the western.
    """

    west: float
    south: float
    east: float
    north: float
    per_source: int

    @property
    def step_deg(self) -> float:
        """Give the side of a cell, in degrees."""
        return SOURCE_STEP_DEG / self.per_source

    @property
    def shape(self) -> tuple[int, int]:
        """Give rows and columns."""
        rows = round((self.north - self.south) / self.step_deg) + 1
        return rows, round((self.east - self.west) / self.step_deg) + 1

    @property
    def inner(self) -> shapely.Polygon:
        """Give the rectangle."""
        return shapely.box(self.west, self.south, self.east, self.north)

    @property
    def box(self) -> shapely.Polygon:
        """Give the rectangle, a degree wider, to choose what lies inside."""
        return shapely.box(self.west - 1, self.south - 1, self.east + 1, self.north + 1)

    def cells(self, line: shapely.Geometry) -> Ints:
        """List the flat indices of the cells that a line runs through, in its order."""
        found: list[Ints] = []
        rows, columns = self.shape
        for part in shapely.get_parts(line):
            filled = shapely.segmentize(part, self.step_deg / 4)
            lon_deg, lat_deg = shapely.get_coordinates(filled).T
            column = np.rint((lon_deg - self.west) / self.step_deg).astype(np.int64)
            row = np.rint((self.north - lat_deg) / self.step_deg).astype(np.int64)
            inside = (row >= 0) & (column >= 0) & (row < rows) & (column < columns)
            flat = row[inside] * columns + column[inside]
            if flat.size:
                found.append(flat[np.r_[True, flat[1:] != flat[:-1]]])
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def covered(self, polygons: Sequence[shapely.Geometry]) -> Bools:
        """Tell which cells have their centre in one of the polygons."""
        rows, columns = self.shape
        mask = np.zeros(self.shape, dtype=np.bool_)
        for polygon in polygons:
            west, south, east, north = shapely.bounds(polygon)
            top = max(int((self.north - north) / self.step_deg), 0)
            bottom = min(int((self.north - south) / self.step_deg) + 2, rows)
            left = max(int((west - self.west) / self.step_deg), 0)
            right = min(int((east - self.west) / self.step_deg) + 2, columns)
            if top >= bottom or left >= right:
                continue
            lon_deg = self.west + np.arange(left, right) * self.step_deg
            lat_deg = self.north - np.arange(top, bottom) * self.step_deg
            shapely.prepare(polygon)
            mask[top:bottom, left:right] |= shapely.contains_xy(
                polygon, *np.meshgrid(lon_deg, lat_deg)
            )
        return mask

    def centres(self, cells: Ints) -> npt.NDArray[np.float64]:
        """Give the centres of cells, in degrees."""
        row, column = np.divmod(cells, self.shape[1])
        return np.column_stack(
            (self.west + column * self.step_deg, self.north - row * self.step_deg)
        )

    def lonlat(self, corners: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Turn (column, row) of cell corners, 0 at the window's edge, into degrees."""
        half = self.step_deg / 2
        return np.column_stack(
            (
                self.west - half + corners[:, 0] * self.step_deg,
                self.north + half - corners[:, 1] * self.step_deg,
            )
        )


def read_elevation(grid: Path, window: Window) -> Floats:
    """Read a window of the source grid and fill it in bilinearly, in metres.

    The grid has 1801 × 3601 nodes, south first, longitude from 0 to 360.
    """
    import h5py  # type: ignore[import-untyped]  # only builders need it

    south, north = (round((lat + 90) / SOURCE_STEP_DEG) for lat in (window.south, window.north))
    west, east = (round(lon / SOURCE_STEP_DEG) for lon in (window.west, window.east))
    with h5py.File(grid) as file:
        nodes = file["z"][south : north + 1][:, np.arange(west, east + 1) % 3600]
    rows, columns = window.shape
    at = np.meshgrid(
        np.arange(rows) / window.per_source, np.arange(columns) / window.per_source, indexing="ij"
    )
    filled = ndimage.map_coordinates(nodes[::-1].astype(np.float64), at, order=1, mode="nearest")
    return np.asarray(filled, dtype=np.float32)


def cheapest_way(elevation_m: Floats, window: Window, points: shapely.LineString) -> Ints:
    """Find a river's way through its points: cells from source to mouth.

    Between neighbouring points the way is the cheapest over the lowest ground near, where
    height above or below the river's mouth and every climb cost distance. Dijkstra 1959.
    """
    stops = _stops(window, points)
    columns = window.shape[1]
    rows = stops // columns
    margin = round(0.5 / window.step_deg)
    top, left = max(rows.min() - margin, 0), max((stops % columns).min() - margin, 0)
    ground = lowest_near(elevation_m, window)
    view = ground[top : rows.max() + margin + 1, left : (stops % columns).max() + margin + 1]
    graph = _steps(view, float(ground.flat[stops[-1]]), window, int(top))
    local = (rows - top) * view.shape[1] + (stops % columns - left)
    way = [int(local[-1])]
    for start, end in zip(local[-2::-1], local[:0:-1], strict=True):
        _cost, before = dijkstra(graph, indices=start, return_predecessors=True)
        here = int(end)
        while here != start:
            here = int(before[here])
            way.append(here)
    cells = np.array(way[::-1], dtype=np.int64)
    return (cells // view.shape[1] + top) * columns + cells % view.shape[1] + left


def lowest_near(elevation_m: Floats, window: Window) -> Floats:
    """Give the lowest ground within half a source cell of each cell.

    Nodes 11 km apart seldom fall on a valley floor; where one falls on the side of a
    valley, a river would be barred.
    """
    return np.asarray(ndimage.minimum_filter(elevation_m, size=window.per_source + 1))


def press(
    elevation_m: Floats, window: Window, wet: Bools, ways: Sequence[Ints], depth_m: float
) -> Floats:
    """Press water into the relief: a wet cell goes `depth_m` below the lowest ground near.

    Along `ways`, which run from source to mouth, the bed also never rises.
    """
    bed = lowest_near(elevation_m, window) - depth_m
    pressed = np.where(wet, bed, elevation_m).astype(np.float32)
    for way in ways:
        pressed.flat[way] = np.minimum(pressed.flat[way], np.minimum.accumulate(bed.flat[way]))
    return pressed


def _stops(window: Window, points: shapely.LineString) -> Ints:
    lon_deg, lat_deg = shapely.get_coordinates(points).T
    column = np.rint((lon_deg - window.west) / window.step_deg).astype(np.int64)
    row = np.rint((window.north - lat_deg) / window.step_deg).astype(np.int64)
    rows, columns = window.shape
    if row.min() < 0 or column.min() < 0 or row.max() >= rows or column.max() >= columns:
        raise ValueError(f"a hand river leaves its window: {points.wkt}")
    return row * columns + column


def _steps(ground_m: Floats, floor_m: float, window: Window, top: int) -> coo_array:
    """Join each cell with its eight neighbours, both ways, at the price of the step in km."""
    rows, columns = ground_m.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    over_m = ground_m - floor_m
    dear = 1 + np.where(over_m > 0, over_m / ABOVE_M, -over_m / BELOW_M)
    lat_deg = window.north - (top + np.arange(rows)) * window.step_deg
    shrink = np.repeat(np.cos(np.radians(lat_deg))[:, None], columns, axis=1)
    starts, ends, prices = [], [], []
    for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
        here = (slice(0, rows - down), slice(max(0, -right), columns - max(0, right)))
        there = (slice(down, rows), slice(max(0, right), columns + min(0, right)))
        far_km = np.hypot(down, right * shrink[here]) * window.step_deg * KM_PER_DEG
        level_km = far_km * (dear[here] + dear[there]) / 2
        rise_m = ground_m[there] - ground_m[here]
        for start, end, climb_m in ((here, there, rise_m), (there, here, -rise_m)):
            starts.append(number[start].ravel())
            ends.append(number[end].ravel())
            prices.append((level_km + np.clip(climb_m, 0, None) / CLIMB_M).ravel())
    return coo_array(
        (np.concatenate(prices), (np.concatenate(starts), np.concatenate(ends))),
        shape=(rows * columns, rows * columns),
    ).tocsr()

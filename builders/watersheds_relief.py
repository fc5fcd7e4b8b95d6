"""Elevation with the known rivers pressed into it, and where its water goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from scipy import ndimage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from builders.watersheds_window import KM_PER_DEG, SOURCE_STEP_DEG, Bools, Floats, Ints, Window

OCEAN_M = -9999.0
"""Marks cells without land; water that reaches one has left."""

OUT_OF_LEVEL_M, CLIMB_M = 20.0, 10.0
"""What a hand river avoids: a kilometre costs one more for each OUT_OF_LEVEL_M above the
upper or below the lower of the two points it joins, and each CLIMB_M uphill costs one."""


def read_elevation(grid: Path, window: Window) -> Floats:
    """Read a window of the source grid and fill it in bilinearly, in metres.

    The grid has 1801 × 3601 nodes, south first, longitude from 0 to 360.
    """
    from netCDF4 import Dataset

    south, north = (round((lat + 90) / SOURCE_STEP_DEG) for lat in (window.south, window.north))
    west, east = (round(lon / SOURCE_STEP_DEG) for lon in (window.west, window.east))
    with Dataset(grid) as file:
        band = np.asarray(file["z"][south : north + 1])
    nodes = band[:, np.arange(west, east + 1) % (band.shape[1] - 1)]
    rows, columns = window.shape
    at = np.meshgrid(
        np.arange(rows) / window.per_source, np.arange(columns) / window.per_source, indexing="ij"
    )
    filled = ndimage.map_coordinates(nodes[::-1].astype(np.float64), at, order=1, mode="nearest")
    return np.asarray(filled, dtype=np.float32)


def cheapest_way(elevation_m: Floats, window: Window, points: shapely.LineString) -> Ints:
    """Find a river's way through its points: cells from source to mouth.

    Between neighbouring points the way is the cheapest over the lowest ground near, where
    leaving the level between the two, and every climb, cost distance. Dijkstra 1959.
    """
    stops = _stops(window, points)
    columns = window.shape[1]
    ground = lowest_near(elevation_m, window)
    margin = round(0.5 / window.step_deg)
    level = np.minimum.accumulate(ground.flat[stops])
    way = [stops[:1]]
    for start, end, upper_m, lower_m in zip(stops, stops[1:], level, level[1:], strict=False):
        (top, bottom), (left, right) = (
            (max(min(pair) - margin, 0), max(pair) + margin + 1)
            for pair in zip(divmod(int(start), columns), divmod(int(end), columns), strict=True)
        )
        view = ground[top:bottom, left:right]
        out_m = np.clip(view - upper_m, 0, None) + np.clip(lower_m - view, 0, None)
        graph = _steps(view, 1 + out_m / OUT_OF_LEVEL_M, window, top)
        local = [
            (int(cell) // columns - top) * view.shape[1] + int(cell) % columns - left for cell in (start, end)
        ]
        cells = _trace(graph, local[0], local[1])[1:]
        way.append((cells // view.shape[1] + top) * columns + cells % view.shape[1] + left)
    return np.concatenate(way)


def lowest_near(elevation_m: Floats, window: Window) -> Floats:
    """Give the lowest ground within half a source cell of each cell.

    Nodes 11 km apart seldom fall on a valley floor; where one falls on the side of a
    valley, a river would be barred.
    """
    return np.asarray(ndimage.minimum_filter(elevation_m, size=window.per_source + 1))


def press(elevation_m: Floats, window: Window, wet: Bools, ways: Sequence[Ints], depth_m: float) -> Floats:
    """Press water into the relief: a wet cell goes `depth_m` below the lowest ground near.

    Along `ways`, which run from source to mouth, the bed also never rises.
    """
    bed = lowest_near(elevation_m, window) - depth_m
    pressed = np.where(wet, bed, elevation_m).astype(np.float32)
    for way in ways:
        pressed.flat[way] = np.minimum(pressed.flat[way], np.minimum.accumulate(bed.flat[way]))
    return pressed


def _stops(window: Window, points: shapely.LineString) -> Ints:
    row, column = window.row_column(shapely.get_coordinates(points))
    rows, columns = window.shape
    if row.min() < 0 or column.min() < 0 or row.max() >= rows or column.max() >= columns:
        raise ValueError(f"a hand river leaves its window: {points.wkt}")
    return row * columns + column


def _trace(graph: coo_array, start: int, end: int) -> Ints:
    _cost, before = dijkstra(graph, indices=start, return_predecessors=True)
    way = [end]
    while way[-1] != start:
        way.append(int(before[way[-1]]))
    return np.array(way[::-1], dtype=np.int64)


def _steps(ground_m: Floats, dear: npt.NDArray[np.float64], window: Window, top: int) -> coo_array:
    """Join each cell with its eight neighbours, both ways, at the price of the step in km.

    `dear` is what a kilometre in a cell costs; `top` is the window's row of the first.
    """
    rows, columns = ground_m.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    lat_deg = window.lat_deg[top : top + rows]
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

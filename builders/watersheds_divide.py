"""The edge of a drainage basin, traced from cells as a line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyflwdir
import shapely
from pyflwdir.dem import fill_depressions
from scipy import ndimage

from builders.watersheds_relief import OCEAN_M
from builders.watersheds_window import Bools, Floats, Ints, Points, Window


def flow_directions(elevation_m: Floats, sinks: Ints) -> npt.NDArray[np.uint8]:
    """Route every cell of land to the sea, the window's edge or a sink.

    Flood from the outlets inward, lowest first, so that hollows fill to their sill:
    Wang & Liu, Int. J. Geogr. Inf. Sci. 20 (2006). Codes are those of D8.
    """
    land = elevation_m != OCEAN_M
    shore = land & ~ndimage.binary_erosion(land, np.ones((3, 3)), border_value=0)
    outlets = np.union1d(np.flatnonzero(shore), sinks)
    _filled, directions = fill_depressions(elevation_m, nodata=OCEAN_M, idxs_pit=outlets)
    return np.asarray(directions)


def basin(directions: npt.NDArray[np.uint8], inside: Ints, outside: Ints) -> Bools:
    """Tell which cells drain into `inside` before they meet `outside`."""
    network = pyflwdir.from_array(directions, ftype="d8", check_ftype=False)
    seeds = np.concatenate((outside, inside))
    sides = np.concatenate((np.full(outside.size, 2), np.full(inside.size, 1)))
    kept, first = np.unique(seeds, return_index=True)
    labels = network.basins(idxs=kept, ids=sides[first].astype(np.uint32))
    return np.asarray(labels == 1)


def solid(cells: Bools) -> Bools:
    """Keep the largest connected piece of a basin, fill its holes and its corners.

    Cells that touch at a corner only are joined, for D8 lets water pass there.
    """
    pieces, count = ndimage.label(cells, np.ones((3, 3)))
    largest = 1 + int(np.argmax(ndimage.sum_labels(cells, pieces, np.arange(1, count + 1))))
    return _without_corners(np.asarray(ndimage.binary_fill_holes(pieces == largest)))


def outline(cells: Bools, window: Window) -> shapely.Polygon:
    """Draw the outer edge of a solid piece, along cell edges."""
    padded = np.pad(cells, 1).astype(np.int8)
    rows, starts = np.nonzero(np.diff(padded, axis=1) == 1)
    _rows, ends = np.nonzero(np.diff(padded, axis=1) == -1)
    whole = shapely.union_all(shapely.box(starts, rows - 1, ends, rows))
    rings = [shapely.Polygon(part.exterior) for part in shapely.get_parts(whole)]
    return shapely.transform(max(rings, key=shapely.area), window.lonlat)


def _without_corners(cells: Bools) -> Bools:
    """Fill one cell wherever two touch at a corner only, until none do."""
    # A corner crossed:  # .  becomes  # #
    #                   . #           . #
    cells = cells.copy()
    while True:
        north_west, north_east = cells[:-1, :-1], cells[:-1, 1:]
        south_west, south_east = cells[1:, :-1], cells[1:, 1:]
        falling = north_west & south_east & ~north_east & ~south_west
        rising = north_east & south_west & ~north_west & ~south_east
        if not (falling.any() or rising.any()):
            return cells
        north_east |= falling
        north_west |= rising


def smooth_ring(ring: shapely.Polygon, step_deg: float, span_cells: int) -> Points:
    """Turn a staircase of cell edges into a line: midpoints of edges, then a running mean.

    Midpoints alone leave 45° turns. The mean is taken over `span_cells` edges, about one
    cell of the source grid, below which the relief tells nothing. Closed; last = first.
    """
    corners = shapely.get_coordinates(shapely.segmentize(ring.exterior, step_deg * 1.001))
    middles = (corners[:-1] + corners[1:]) / 2
    if span_cells > 1:
        middles = ndimage.uniform_filter1d(middles, span_cells, axis=0, mode="wrap")
    return np.vstack((middles, middles[:1]))


def stretch(ring: Points, start: Points, end: Points, via: Points) -> Points:
    """Cut the way along a ring from nearest `start` to nearest `end` that passes `via`."""
    line = ring[:-1]
    first, last, middle = (nearest(line, point) for point in (start, end, via))
    forward = np.roll(line, -first, axis=0)
    count = line.shape[0]
    to_last, to_middle = (last - first) % count, (middle - first) % count
    if to_middle <= to_last:
        return forward[: to_last + 1]
    backward = np.roll(forward[::-1], 1, axis=0)
    return backward[: count - to_last + 1]


def nearest(line: Points, point: Points) -> int:
    """Find the vertex of a line that is nearest to a point."""
    shrink = np.cos(np.radians(point[1]))
    away = np.hypot((line[:, 0] - point[0]) * shrink, line[:, 1] - point[1])
    return int(np.argmin(away))

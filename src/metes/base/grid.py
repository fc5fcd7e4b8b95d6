"""The grid on which all base geography lies."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt
import shapely

GRID_DEG = 2.0**-14
"""Cell of the grid in degrees: 6.8 m of latitude.

A power of two, so that snapping, and every sum or difference of two snapped
coordinates, is exact in binary; finer than the source's own error by a factor of 50.
"""

LINEAL = frozenset({"LineString", "MultiLineString", "LinearRing"})

G = TypeVar("G", bound=shapely.Geometry)


def snap(geometry: G) -> G:
    """Move every vertex to the nearest point of the grid.

    Polygons come back valid, with rings and parts in a fixed order: what collapses is
    dropped, what crosses is cut. Lines keep their order, direction and self-crossings,
    less repeated vertices. Idempotent.
    """
    if geometry.geom_type in LINEAL:
        rounded = shapely.set_precision(geometry, GRID_DEG, mode="pointwise")
        snapped: G = shapely.remove_repeated_points(_plain(rounded))
        return snapped
    return _settled(geometry)


def _settled(geometry: G) -> G:
    snapped: G = _plain(shapely.normalize(shapely.set_precision(geometry, GRID_DEG)))
    # An edge moved to the grid may come to pass a vertex within half a cell (4 in 20,000
    # random polygons): it is led through that vertex in the next round.
    return snapped if snapped == geometry else _settled(snapped)


def _plain(geometry: G) -> G:
    # Built anew without a precision of its own, which would make the next round do nothing.
    plain: G = shapely.transform(geometry, _without_minus_zero)
    return plain


def _without_minus_zero(coords: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # −0.0 and 0.0 are equal but differ as bytes, and files are compared as bytes.
    return coords + 0.0

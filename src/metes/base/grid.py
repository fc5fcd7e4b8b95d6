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

G = TypeVar("G", bound=shapely.Geometry)


def snap(geometry: G) -> G:
    """Move every vertex to the nearest point of the grid.

    Polygons come back valid, with rings and parts in a fixed order: what collapses is
    dropped, what crosses is cut. Lines keep their order, direction and self-crossings,
    less repeated vertices. Idempotent.
    """
    lineal = geometry.geom_type in ("LineString", "MultiLineString", "LinearRing")
    mode = "pointwise" if lineal else "valid_output"
    snapped = shapely.set_precision(geometry, GRID_DEG, mode=mode)
    snapped = shapely.remove_repeated_points(snapped) if lineal else shapely.normalize(snapped)
    result: G = shapely.transform(snapped, _without_minus_zero)
    return result


def _without_minus_zero(coords: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # −0.0 and 0.0 are equal but differ as bytes, and files are compared as bytes.
    return coords + 0.0

"""Boundaries as single segments, so that a shared edge can be told by equality.

Coordinates lie on the grid of `metes.base.grid`, so equal points are equal bit for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from metes.base.grid import GRID_DEG

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Grid steps from -180 to 180 need 23 bits, so a point packs into 46 bits and is one integer.
_SHIFT = np.int64(1 << 23)


def codes(points: Floats) -> Ints:
    """Number points: equal numbers are equal points. Shape (n, 2) in degrees to (n,)."""
    steps = np.rint(points / GRID_DEG).astype(np.int64)
    packed: Ints = (steps[:, 0] + (_SHIFT >> 1)) * _SHIFT + (steps[:, 1] + (_SHIFT >> 1))
    return packed


def segments_of(geometries: Sequence[Any]) -> tuple[Floats, Ints]:
    """Cut geometries into segments.

    Returns the segments, shape (n, 2, 2), and the index of the geometry that each came from.
    """
    parts, owner = shapely.get_parts(np.asarray(geometries, dtype=object), return_index=True)
    if len(parts) and shapely.get_type_id(parts[0]) == shapely.GeometryType.POLYGON:
        rings, which = shapely.get_rings(parts, return_index=True)
        parts, owner = rings, owner[which]
    points, index = shapely.get_coordinates(parts, return_index=True)
    same = index[:-1] == index[1:]
    segments = np.stack([points[:-1], points[1:]], axis=1)[same]
    return segments, owner[index[:-1][same]]


def keys(segments: Floats) -> Ints:
    """Give each segment a key that does not depend on its direction. Shape (n, 2, 2) to (n, 2)."""
    ends = np.stack([codes(segments[:, 0]), codes(segments[:, 1])], axis=1)
    ends.sort(axis=1)
    return ends


def shared(left: Sequence[Any], right: Sequence[Any]) -> Floats:
    """Find the segments that lie on the boundary of a geometry of each side. Shape (n, 2, 2)."""
    mine, _ = segments_of(left)
    theirs, _ = segments_of(right)
    both = _rows(keys(mine))
    found: Floats = mine[np.isin(both, _rows(keys(theirs)))]
    return found


def _rows(pairs: Ints) -> npt.NDArray[np.void]:
    view: npt.NDArray[np.void] = np.ascontiguousarray(pairs).view([("a", "i8"), ("b", "i8")])[:, 0]
    return view

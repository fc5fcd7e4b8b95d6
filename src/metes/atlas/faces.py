"""The arrangement of all boundaries: faces of land, and what runs along each stretch between them.

Preconditions: (1) units do not overlap and share edges exactly (base/README.md); (2) lines lie on the
same grid. After: (1) faces tile the units; (2) every segment has one or two faces; (3) it knows every
leg that runs along it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from metes.base.area import area_km2
from metes.base.geography import Unit
from metes.base.grid import GRID_DEG
from metes.delimit.segments import Floats, Ints, keys, segments_of

ON_LINE_DEG = 1.5 * GRID_DEG
"""How far noding may have moved a segment off its line: snap-rounding moves a vertex by less than one
cell, so a segment whose ends and middle lie within this belongs to the line."""

OUTSIDE = -1
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Faces:
    """The arrangement as arrays.

    `polygons` (n faces), their `area_km2`, a `point` (lon, lat) inside each, `unit` index of each.
    Stretches: `left`, `right` face (-1 is outside), `km`, and `along`: which set of legs runs there
    (index into `leg_sets`, each a sorted tuple of leg indices). `edge` keeps the geometry of a segment
    beside its stretch for drawing: shape (m, 2, 2), `edge_stretch` (m,).
    """

    polygons: npt.NDArray[np.object_]
    area_km2: Floats
    point: Floats
    unit: Ints
    left: Ints
    right: Ints
    km: Floats
    along: Ints
    leg_sets: tuple[tuple[int, ...], ...]
    edges: Floats
    edge_stretch: Ints


def arrange(units: Sequence[Unit], legs: Sequence[Any]) -> Faces:
    """Node the boundaries of the units with all legs, and find the faces between them."""
    rings = shapely.boundary(np.asarray([unit.geometry for unit in units], dtype=object))
    noded = shapely.union_all([*rings, *legs], grid_size=GRID_DEG)
    strings = shapely.get_parts(noded)
    polygons = shapely.get_parts(shapely.polygonize(strings))
    inside = shapely.point_on_surface(polygons)
    owner = _owner(inside, units)
    keep = owner >= 0
    polygons, inside, owner = polygons[keep], inside[keep], owner[keep]
    point = np.column_stack([shapely.get_x(inside), shapely.get_y(inside)])
    # A fixed order, so that the same gazette gives the same tract numbers: by unit, then position.
    order = np.lexsort((point[:, 0], point[:, 1], owner))
    polygons, owner, point = polygons[order], owner[order], point[order]
    segments, left, right = _sides(polygons)
    along, leg_sets = _along(segments, legs)
    _, _, meters = _GEOD.inv(*segments[:, 0].T, *segments[:, 1].T)
    table = np.column_stack([left, right, along])
    stretches, which = np.unique(table, axis=0, return_inverse=True)
    km: Floats = np.bincount(
        which.reshape(-1), weights=np.asarray(meters) / 1000, minlength=len(stretches)
    ).astype(np.float64)
    return Faces(
        polygons,
        np.asarray([area_km2(polygon) for polygon in polygons]),
        point,
        owner,
        stretches[:, 0],
        stretches[:, 1],
        km,
        stretches[:, 2],
        leg_sets,
        segments,
        which.reshape(-1),
    )


def _owner(points: Any, units: Sequence[Unit]) -> Ints:
    tree = shapely.STRtree([unit.geometry for unit in units])
    which, unit = tree.query(points, predicate="intersects")
    owner = np.full(len(points), -1, dtype=np.int64)
    owner[which[::-1]] = unit[::-1]
    return owner


def _sides(polygons: Any) -> tuple[Floats, Ints, Ints]:
    """Find each segment once, with the face on either side (-1 where there is none)."""
    segments, face = segments_of(list(polygons))
    code = keys(segments)
    order = np.lexsort((face, code[:, 1], code[:, 0]))
    code, face, segments = code[order], face[order], segments[order]
    same = np.all(code[1:] == code[:-1], axis=1)
    second = np.concatenate([[False], same])
    first = ~second
    left = face[first]
    right = np.full(len(left), OUTSIDE, dtype=np.int64)
    right[np.cumsum(first)[second] - 1] = face[second]
    return segments[first], np.minimum(left, right), np.maximum(left, right)


def _along(segments: Floats, legs: Sequence[Any]) -> tuple[Ints, tuple[tuple[int, ...], ...]]:
    """Tell which legs run along each segment, as an index into the distinct sets."""
    middles = shapely.points(segments.mean(axis=1))
    tree = shapely.STRtree(middles)
    found: dict[int, list[int]] = {}
    for number, leg in enumerate(legs):
        near = tree.query(leg, predicate="dwithin", distance=ON_LINE_DEG)
        if not len(near):
            continue
        ends = [shapely.dwithin(shapely.points(segments[near, end]), leg, ON_LINE_DEG) for end in (0, 1)]
        for segment in near[ends[0] & ends[1]]:
            found.setdefault(int(segment), []).append(number)
    sets: dict[tuple[int, ...], int] = {(): 0}
    along = np.zeros(len(segments), dtype=np.int64)
    for segment in sorted(found):
        along[segment] = sets.setdefault(tuple(found[segment]), len(sets))
    return along, tuple(sets)

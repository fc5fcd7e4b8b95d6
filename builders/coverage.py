"""Polygons that share edges, moved to the grid without coming apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from metes.base.area import area_km2
from metes.base.grid import GRID_DEG

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Snapped:
    """Polygons on the grid, in the order given, and what had to be done to get there.

    `mended` are places of polygons whose edge did not match their neighbour's before;
    `overlaps` are (area in km², places that claimed it, place that kept it);
    `lost` are places of polygons that no cell of the grid could show.
    """

    polygons: Geometries
    mended: tuple[int, ...]
    overlaps: tuple[tuple[float, tuple[int, ...], int], ...]
    lost: tuple[int, ...]


def snap_coverage(source: Geometries) -> Snapped:
    """Snap polygons together, so that neighbours keep identical vertices on a shared edge.

    All outlines are noded and snap-rounded as one drawing; its faces are handed back to
    the polygon that covers a point well inside the face:

        A ┌───┐┌───┐ B        ┌───┬───┐
          │   ││   ·     →    │ A · B │    B's vertex · is now also A's
          └───┘└───┘          └───┴───┘

    A face that several claim goes to the smallest of them, since an enclave is drawn
    over its host. A face that none claims (sea, a gap) stays empty, as it was.
    Preconditions: parts of one polygon do not overlap; none crosses the antimeridian.
    """
    valid = shapely.make_valid(source, method="structure", keep_collapsed=False)
    drawing = shapely.union_all(shapely.boundary(valid), grid_size=GRID_DEG)
    faces = shapely.get_parts(shapely.polygonize([drawing]))
    kept: list[list[shapely.Geometry]] = [[] for _ in source]
    overlaps = []
    for face, claims in zip(faces, _claims(faces, valid), strict=True):
        if not claims:
            continue
        keeper = min(claims, key=lambda place: (shapely.area(valid[place]), place))
        kept[keeper].append(face)
        if len(claims) > 1:
            overlaps.append((area_km2(face), tuple(sorted(claims)), keeper))
    polygons = np.array([joined(parts) for parts in kept], dtype=object)
    if not shapely.coverage_is_valid(polygons):
        raise AssertionError("snapped polygons do not fit together: a fault of the noding")
    if not shapely.is_valid(polygons).all():
        raise AssertionError("a snapped polygon is invalid: a fault of the noding")
    torn = ~shapely.is_empty(shapely.coverage_invalid_edges(valid))
    return Snapped(
        polygons=polygons,
        mended=tuple(int(place) for place in np.flatnonzero(torn)),
        overlaps=tuple(sorted(overlaps, reverse=True)),
        lost=tuple(int(place) for place in np.flatnonzero(shapely.is_empty(polygons))),
    )


def joined(faces: list[shapely.Geometry] | Geometries) -> shapely.Geometry:
    """Join faces that share exact edges; rings and parts come in a fixed order."""
    whole = shapely.coverage_union_all(faces) if len(faces) != 1 else faces[0]
    return shapely.transform(shapely.normalize(whole), _without_minus_zero)


def _claims(faces: Geometries, source: Geometries) -> list[list[int]]:
    inside = shapely.point_on_surface(faces)
    found: list[list[int]] = [[] for _ in faces]
    for face, place in shapely.STRtree(source).query(inside, predicate="intersects").T:
        found[face].append(int(place))
    return found


def _without_minus_zero(coords: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    # −0.0 and 0.0 are equal but differ as bytes, and files are compared as bytes.
    return coords + 0.0

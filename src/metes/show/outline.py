"""Outlines thinned to what a picture can show, with shared edges kept shared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from metes.show.projection import of_dimension

Geometries = list[shapely.Geometry]

DETAIL_PX = 0.45
"""A vertex stays if the triangle that it makes with its neighbours is larger than this, squared.

Half a pixel is what a screen shows; in print at 100 pixels to the inch it is a tenth of a millimetre.
"""
SPECK_PX2 = 0.4
"""Islands and holes smaller than this are left out, unless nothing else of the land is left."""


def thin(polygons: Sequence[shapely.Geometry], detail_px: float = DETAIL_PX) -> Geometries:
    """Simplify polygons in pixels so that neighbours still meet edge to edge, and drop specks.

    Visvalingam–Whyatt on the shared arcs (GEOS coverage simplification). Where the polygons
    overlap, and so are no coverage, each is still simplified on its own.
    """
    if not polygons:
        return []
    simple = shapely.coverage_simplify(list(polygons), detail_px)
    return [_without_specks(of_dimension(shapely.make_valid(one), 2)) for one in simple]


def thin_line(line: shapely.Geometry, detail_px: float = DETAIL_PX) -> shapely.Geometry:
    """Simplify a line in pixels and drop pieces too short to be seen."""
    simple = shapely.simplify(shapely.line_merge(line), detail_px / 2, preserve_topology=False)
    parts = [part for part in shapely.get_parts(simple) if part.length > 2 * detail_px]
    return shapely.MultiLineString(parts)


def edges(polygons: Sequence[shapely.Geometry]) -> tuple[shapely.Geometry, shapely.Geometry]:
    """Split the boundaries of a coverage into what two share and what only one has."""
    found = [_segments(one) for one in polygons]
    if not found:
        return shapely.MultiLineString(), shapely.MultiLineString()
    segments = np.concatenate(found)
    if not len(segments):
        return shapely.MultiLineString(), shapely.MultiLineString()
    swap = (segments[:, 0] > segments[:, 2]) | (
        (segments[:, 0] == segments[:, 2]) & (segments[:, 1] > segments[:, 3])
    )
    segments[swap] = segments[swap][:, [2, 3, 0, 1]]
    unique, counts = np.unique(segments, axis=0, return_counts=True)
    return _joined(unique[counts > 1]), _joined(unique[counts == 1])


def _segments(polygon: shapely.Geometry) -> npt.NDArray[np.float64]:
    rows = []
    for part in shapely.get_parts(polygon):
        if part.geom_type != "Polygon":
            continue
        for ring in (part.exterior, *part.interiors):
            coords = shapely.get_coordinates(ring)
            rows.append(np.hstack((coords[:-1], coords[1:])))
    return np.concatenate(rows) if rows else np.empty((0, 4))


def _joined(segments: npt.NDArray[np.float64]) -> shapely.Geometry:
    if not len(segments):
        return shapely.MultiLineString()
    lines = shapely.linestrings(segments.reshape(-1, 2, 2))
    merged = shapely.line_merge(shapely.multilinestrings(lines))
    return shapely.normalize(merged)


def _without_specks(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
    if not parts:
        return shapely.MultiPolygon()
    largest = max(parts, key=lambda part: float(part.area))
    kept = [part for part in parts if part.area >= SPECK_PX2] or [largest]
    whole = [
        shapely.Polygon(
            part.exterior,
            [hole for hole in part.interiors if shapely.Polygon(hole).area >= SPECK_PX2],
        )
        for part in kept
    ]
    return shapely.MultiPolygon(whole)

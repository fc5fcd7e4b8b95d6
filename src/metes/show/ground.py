"""The ground of a map: everything in pixels, thinned and cut to the frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import shapely

from metes.show import outline
from metes.show.picture import Area, Country, Lake, MapSubject, River
from metes.show.projection import Projection, clip
from metes.show.sheet import Frame

BLEED_PX = 6.0
"""Land is cut this far outside the frame, so that cut edges are not seen."""
BAND_LEAST_PX = 1.4
"""A corridor narrower than this on the sheet is not drawn: the line itself covers it."""
COAST_TOUCH_PX = 1.2
SHARED_SHARE = 0.5


@dataclass(frozen=True)
class Ground:
    """Everything in pixels, thinned and cut to the frame."""

    areas: tuple[tuple[Area, shapely.Geometry], ...]
    countries: tuple[tuple[Country, shapely.Geometry], ...]
    rivers: tuple[tuple[River, shapely.Geometry], ...]
    lakes: tuple[tuple[Lake, shapely.Geometry], ...]
    bands: tuple[tuple[float, shapely.Geometry], ...]
    lines: tuple[tuple[River, shapely.Geometry], ...]
    borders: shapely.Geometry
    coast: shapely.Geometry
    edges: shapely.Geometry


def lay_ground(subject: MapSubject, projection: Projection, frame: Frame) -> Ground:
    """Project, thin and cut everything that a map shows; what cannot be seen is left out."""
    window = projection.window(frame.plane_m)
    x0, y0, x1, y1 = frame.box
    cut = (x0 - BLEED_PX, y0 - BLEED_PX, x1 + BLEED_PX, y1 + BLEED_PX)
    seen = _seen(window)

    def laid(geometry: shapely.Geometry) -> shapely.Geometry:
        if not seen(geometry):
            return shapely.MultiPolygon()
        return clip(frame.place(projection.forward(geometry, window)), cut)

    def polygons(items: list[shapely.Geometry]) -> list[shapely.Geometry]:
        return outline.thin([laid(one) for one in items])

    countries = [
        (one, shape)
        for one, shape in zip(
            subject.around.countries, polygons([c.geometry for c in subject.around.countries]), strict=True
        )
        if not shape.is_empty
    ]
    area_shapes = polygons([area.geometry for area in subject.areas])
    areas = [
        (area, shape) for area, shape in zip(subject.areas, area_shapes, strict=True) if not shape.is_empty
    ]
    inner, coast = outline.edges([shape for _, shape in countries])
    frame_ring = shapely.box(*cut).boundary.buffer(0.5)
    coast = shapely.difference(coast, frame_ring)
    shared, outer = outline.edges([shape for _, shape in areas])
    if countries:
        outer = shapely.difference(outer, shapely.buffer(coast, COAST_TOUCH_PX, quad_segs=2))
    rank = _rank_shown(frame)
    rivers = [
        (one, outline.thin_line(laid(one.geometry))) for one in subject.around.rivers if one.rank <= rank
    ]
    lakes = [one for one in subject.around.lakes if one.rank <= rank + 1]
    lake_shapes = zip(lakes, polygons([one.geometry for one in lakes]), strict=True)
    bands = [
        (2 * band.corridor_m * frame.px_per_m, outline.thin_line(laid(band.geometry)))
        for band in subject.bands
        if 2 * band.corridor_m * frame.px_per_m >= BAND_LEAST_PX
    ]
    lines = [(line, outline.thin_line(laid(line.geometry))) for line in subject.lines]
    return Ground(
        tuple(areas),
        tuple(countries),
        tuple((one, shape) for one, shape in rivers if not shape.is_empty),
        tuple((one, shape) for one, shape in lake_shapes if shape.area > 2.0),
        tuple((width, shape) for width, shape in bands if not shape.is_empty),
        tuple((one, shape) for one, shape in lines if not shape.is_empty),
        inner,
        coast,
        shapely.line_merge(shapely.MultiLineString([*line_parts(shared), *line_parts(outer)])),
    )


def line_parts(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    """List the single lines of a geometry."""
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]


def _seen(window: tuple[float, float, float, float]) -> Callable[[shapely.Geometry], bool]:
    """Give a test of whether a geometry's box may touch the window, whichever way round it is written."""

    def test(geometry: shapely.Geometry) -> bool:
        if geometry.is_empty:
            return False
        west, south, east, north = geometry.bounds
        if north < window[1] or south > window[3]:
            return False
        return any(west + turn <= window[2] and east + turn >= window[0] for turn in (-360.0, 0.0, 360.0))

    return test


def _rank_shown(frame: Frame) -> float:
    """Say up to which rank rivers and lakes are shown: the closer, the more."""
    px_per_km = frame.px_per_m * 1000
    return 6.0 + math.log2(px_per_km / 0.15) * 1.2


def strokes(ground: Ground) -> list[shapely.Geometry]:
    """List the lines that a label should rather not cover."""
    lines = [ground.borders, ground.coast, ground.edges, *(shape for _, shape in ground.rivers)]
    return [part for line in lines for part in line_parts(line)]


def striped_areas(ground: Ground) -> list[bool]:
    """Tell which areas lie on land that an earlier row already fills, and so show as stripes on it.

    The same land may pass by one instrument under one reading and by another under the next.
    """
    found: list[bool] = []
    for number, (area, shape) in enumerate(ground.areas):
        below = [other for one, other in ground.areas[:number] if one.row != area.row]
        shared = max((float(shapely.intersection(shape, other).area) for other in below), default=0.0)
        found.append(shared > SHARED_SHARE * shape.area)
    return found

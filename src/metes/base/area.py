"""Areas and lengths on the WGS84 ellipsoid, never on a plane."""

from __future__ import annotations

import math

import shapely
from pyproj import Geod

M2_PER_KM2 = 1e6
M_PER_KM = 1e3

LONGEST_EDGE_DEG = 2.0**-5
"""Edges longer than this are filled with vertices before an area is measured.

An edge of a file runs straight in longitude and latitude; a geodesic between the same
ends bulges poleward, by 22 km in the middle of Wyoming's southern border. What is left
at this length is below 1 m, and 0.1 km² for a border of 1,000 km.
"""

_WGS84 = Geod(ellps="WGS84")


def area_km2(geometry: shapely.Geometry) -> float:
    """Measure the land inside a polygon or several, in km².

    Edges run straight in longitude and latitude, as parallels do. Holes are taken out,
    whichever way rings run, and parts cut along the antimeridian count as they lie.
    Points and lines measure 0.
    Algorithm: Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), section 6.
    """
    # The sum is exact, so the order of parts cannot change the last digit.
    return math.fsum(
        sign * _ring_km2(ring) for polygon in _polygons(geometry) for sign, ring in _signed_rings(polygon)
    )


def length_km(line: shapely.Geometry) -> float:
    """Measure a line or several along geodesics of WGS84, in km."""
    return math.fsum(
        float(_WGS84.line_length(*shapely.get_coordinates(part).T)) / M_PER_KM
        for part in shapely.get_parts(line)
    )


def _polygons(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    if isinstance(geometry, shapely.Polygon):
        return [geometry]
    if isinstance(geometry, shapely.MultiPolygon | shapely.GeometryCollection):
        return [polygon for part in geometry.geoms for polygon in _polygons(part)]
    return []


def _signed_rings(polygon: shapely.Polygon) -> list[tuple[int, shapely.LinearRing]]:
    return [(1, polygon.exterior), *((-1, ring) for ring in polygon.interiors)]


def _ring_km2(ring: shapely.LinearRing) -> float:
    filled = shapely.segmentize(ring, LONGEST_EDGE_DEG)
    lon_deg, lat_deg = shapely.get_coordinates(filled).T
    area_m2, _perimeter_m = _WGS84.polygon_area_perimeter(lon_deg, lat_deg)
    return abs(float(area_m2)) / M2_PER_KM2

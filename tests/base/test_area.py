"""Areas and lengths obey the laws of land and agree with the figure of the Earth."""

from __future__ import annotations

import pytest
import shapely
import shapely.affinity
from hypothesis import given
from hypothesis import strategies as st

from metes.base.area import area_km2, length_km

# NIMA TR8350.2 (2000), table 3.5: WGS84's sphere of equal area has R = 6371.0071809 km.
EARTH_KM2 = 510_065_621.7
# The same table's axes give a quarter meridian of 10,001.965 729 km.
QUARTER_MERIDIAN_KM = 10_001.965729

lons = st.floats(-179.0, 178.0)
lats = st.floats(-89.0, 88.0)
spans = st.floats(0.01, 20.0)


@st.composite
def boxes(draw: st.DrawFn) -> shapely.Polygon:
    """Draw a box in longitude and latitude."""
    west, south = draw(lons), draw(lats)
    return shapely.box(west, south, min(west + draw(spans), 180.0), min(south + draw(spans), 90.0))


def test_octants_make_the_earth() -> None:
    octants = [shapely.box(w, s, w + 90, s + 90) for w in range(-180, 180, 90) for s in (-90, 0)]
    assert sum(map(area_km2, octants)) == pytest.approx(EARTH_KM2, rel=1e-7)


def test_a_quarter_meridian() -> None:
    assert length_km(shapely.LineString([(7, 0), (7, 90)])) == pytest.approx(QUARTER_MERIDIAN_KM, abs=1e-5)


def test_a_parallel_is_an_edge_of_a_box() -> None:
    """Wyoming's neighbours share its southern border: what one counts the other must not."""
    whole = shapely.box(-111.05, 37.0, -104.05, 45.0)
    south, north = shapely.box(-111.05, 37.0, -104.05, 41.0), shapely.box(-111.05, 41, -104.05, 45)
    corners = [(-111.05, 41), (-104.05, 41), (-104.05, 45), (-107.5, 45), (-111.05, 45)]
    assert area_km2(south) + area_km2(north) == pytest.approx(area_km2(whole), abs=0.1)
    assert area_km2(shapely.Polygon(corners)) == pytest.approx(area_km2(north), abs=0.1)


@given(boxes(), st.floats(0.1, 0.9))
def test_halves_make_the_whole(box: shapely.Polygon, share: float) -> None:
    west, south, east, north = box.bounds
    cut = south + share * (north - south)
    halves = shapely.box(west, south, east, cut), shapely.box(west, cut, east, north)
    assert sum(map(area_km2, halves)) == pytest.approx(area_km2(box), rel=1e-6, abs=1e-6)


@given(boxes())
def test_the_way_a_ring_runs_does_not_matter(box: shapely.Polygon) -> None:
    assert area_km2(box.reverse()) == pytest.approx(area_km2(box), rel=1e-9)


@given(boxes())
def test_a_hole_is_not_land(box: shapely.Polygon) -> None:
    hole = shapely.transform(box, lambda c: c.mean(axis=0) + (c - c.mean(axis=0)) / 2)
    for ring in (hole.exterior, hole.exterior.reverse()):
        holed = shapely.Polygon(box.exterior, [ring])
        assert area_km2(holed) == pytest.approx(area_km2(box) - area_km2(hole), rel=1e-9)


@given(boxes(), st.floats(-360.0, 360.0))
def test_the_longitude_does_not_matter(box: shapely.Polygon, by: float) -> None:
    moved = shapely.affinity.translate(box, by, 0.0)
    assert area_km2(moved) == pytest.approx(area_km2(box), rel=1e-9)


def test_land_cut_along_the_antimeridian_counts_on_both_sides() -> None:
    cut = shapely.MultiPolygon([shapely.box(170, 60, 180, 65), shapely.box(-180, 60, -170, 65)])
    assert area_km2(cut) == pytest.approx(area_km2(shapely.box(0, 60, 20, 65)), rel=1e-12)


def test_lines_and_nothing_have_no_area() -> None:
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.Point(3, 3)])
    assert area_km2(mixed) == area_km2(shapely.box(0, 0, 1, 1))
    assert area_km2(shapely.LineString([(0, 0), (1, 1)])) == 0
    assert area_km2(shapely.Polygon()) == 0

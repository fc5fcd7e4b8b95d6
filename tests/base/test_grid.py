"""Snapping moves every vertex to the grid, once and for all."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from metes.base.grid import GRID_DEG, snap

# Whole nanodegrees (0.1 mm): what no survey can tell apart from zero is not worth a case.
NANO = 10**9
points = st.tuples(
    st.integers(-180 * NANO, 180 * NANO).map(lambda n: n / NANO),
    st.integers(-90 * NANO, 90 * NANO).map(lambda n: n / NANO),
)
paths = st.lists(points, min_size=2, max_size=12, unique=True).map(shapely.LineString)
hulls = st.lists(points, min_size=4, max_size=12, unique=True).map(
    lambda p: shapely.MultiPoint(p).convex_hull
)


@given(paths | hulls)
def test_vertices_come_to_lie_on_the_grid(geometry: shapely.Geometry) -> None:
    cells = shapely.get_coordinates(snap(geometry)) / GRID_DEG
    assert (cells == np.round(cells)).all()


@given(paths | hulls)
def test_snapping_twice_is_snapping_once(geometry: shapely.Geometry) -> None:
    assert snap(snap(geometry)).wkb == snap(geometry).wkb


def test_an_edge_that_comes_to_pass_a_vertex_is_led_through_it_at_once() -> None:
    """Found among random polygons: rounded once, it changed when rounded again."""
    narrow = shapely.Polygon(
        [(-46e-5, -94e-5), (-44e-5, -86e-5), (37e-5, 44e-5), (66e-5, -34e-5), (-46e-5, -94e-5)]
    )
    assert snap(snap(narrow)).wkb == snap(narrow).wkb


@given(points)
def test_a_point_moves_by_half_a_cell_at_most(point: tuple[float, float]) -> None:
    moved = shapely.get_coordinates(snap(shapely.Point(point)))[0]
    assert (np.abs(moved - point) <= GRID_DEG / 2).all()


def test_a_line_keeps_its_direction_and_its_loops() -> None:
    eight = shapely.LineString([(2, 2), (0, 0), (0, 2), (2, 0)])
    assert list(snap(eight).coords) == list(eight.coords)


def test_a_polygon_comes_back_valid() -> None:
    """Two spikes less than a cell apart cross when each vertex is rounded by itself."""
    thin = GRID_DEG * 0.4
    comb = shapely.Polygon([(0, 0), (1, 0.3 * thin), (0, thin), (0, 1), (-1, 1), (-1, 0)])
    assert snap(comb).is_valid


def test_zero_has_no_sign() -> None:
    assert not np.signbit(shapely.get_coordinates(snap(shapely.Point(-1e-9, -1e-9)))).any()

"""Walking along pieces of rivers and borders."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from metes.base.area import length_km
from metes.delimit.network import Network
from metes.delimit.segments import codes, keys, shared

# ASCII of the river below: two pieces of one name, a gap of about 1 km between them, a tributary.
#
#   (0,0)────(1,0)  (1.01,0)────(2,0)
#              │
#            (1,-1)
PIECES = [
    shapely.LineString([(0, 0), (0.5, 0), (1, 0)]),
    shapely.LineString([(1.01, 0), (1.5, 0), (2, 0)]),
    shapely.LineString([(1, 0), (1, -1)]),
]


def test_a_walk_crosses_a_gap_that_may_be_bridged_and_no_other() -> None:
    bridged = Network(PIECES, bridge_km=2)
    start, _ = bridged.nearest((0, 0))
    end, _ = bridged.nearest((2, 0))
    path = bridged.walk([start, end])
    assert path is not None
    assert path[0] == (0, 0)
    assert path[-1] == (2, 0)
    assert len(bridged.bridges) == 1
    torn = Network(PIECES, bridge_km=0.5)
    assert torn.walk([torn.nearest((0, 0))[0], torn.nearest((2, 0))[0]]) is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_walk_goes_either_way(one: float, two: float) -> None:
    network = Network(PIECES)
    start, end = network.nearest((one, 0.001))[0], network.nearest((two, -0.001))[0]
    there, back = network.walk([start, end]), network.walk([end, start])
    assert there is not None
    assert back is not None
    assert there == back[::-1]


@given(st.floats(0.01, 0.9), st.floats(-0.05, 0.05))
def test_the_nearest_point_lies_on_the_line_and_its_distance_is_geodesic(lon: float, lat: float) -> None:
    on, far_km = Network(PIECES).nearest((lon, lat))
    assert on[1] == pytest.approx(0, abs=1e-9)
    assert far_km == pytest.approx(
        length_km(shapely.LineString([(lon, lat), on])) if on != (lon, lat) else 0, abs=1e-3
    )


def test_a_walk_through_a_stop_is_as_long_as_its_two_parts() -> None:
    network = Network(PIECES, bridge_km=2)
    a, b, c = (network.nearest(p)[0] for p in ((0, 0), (1, -1), (2, 0)))
    path = network.walk([a, b, c])
    assert path is not None
    whole = length_km(shapely.LineString(path))
    parts = [network.walk([a, b]), network.walk([b, c])]
    assert whole == pytest.approx(sum(length_km(shapely.LineString(p)) for p in parts if p))


def test_shared_segments_are_those_of_both_sides_in_either_direction() -> None:
    left = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)])
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1)])
    found = shared([left], [right])
    assert found.shape == (1, 2, 2)
    assert sorted(map(tuple, found[0])) == [(1.0, 0.0), (1.0, 1.0)]


@given(
    st.lists(
        st.tuples(st.integers(-2949120, 2949120), st.integers(-1474560, 1474560)),
        min_size=2,
        max_size=20,
        unique=True,
    )
)
def test_equal_codes_are_equal_points(steps: list[tuple[int, int]]) -> None:
    points = np.asarray(steps, dtype=float) * 2.0**-14
    assert len(set(codes(points).tolist())) == len(steps)
    segment = points[None, :2]
    assert (keys(segment) == keys(segment[:, ::-1])).all()

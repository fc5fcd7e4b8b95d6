"""Lines compiled from legs, on a made-up terrain; what cannot be drawn says where and why."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from metes.delimit.line import compile_line, compile_lines
from metes.delimit.network import Network
from metes.errors import DelimitError
from metes.records.common import WayPoint
from metes.records.doubt import Doubt
from metes.records.line import Leg, Line
from tests.world import name

DOUBTS = {"d": Doubt(id="d", name="d", kind="river", corridor_m=500, correlation_km=10)}


class Terrain:
    """A terrain with two rivers: one along 50° N, one that comes down to it from the north."""

    rivers_by_name = {
        "Long": [shapely.LineString([(x / 10, 50) for x in range(101)])],
        "Side": [shapely.LineString([(4, 51), (4, 50.5), (4, 50)])],
    }

    def rivers(self, names: tuple[str, ...]) -> Network:
        return Network([line for one in names for line in self.rivers_by_name[one]])


def line(
    points: dict[str, tuple[float, float]], legs: list[dict[str, Any]], id: str = "l", **more: Any
) -> Line:
    return Line(
        id=id,
        names=name(id),
        instrument="i",
        since="1800",
        summary="made up",
        points={key: WayPoint(lon_lat=at, within_km=5) for key, at in points.items()},
        legs=tuple(Leg(**{"doubt": "d", "source": "s", **leg}) for leg in legs),
        **more,
    )


POINTS = {"west": (1.0, 50.0), "mouth": (4.0, 50.0), "source": (4.0, 51.0), "east": (9.0, 50.01)}


def compiled(legs: list[dict[str, Any]], points: dict[str, tuple[float, float]] = POINTS, **more: Any) -> Any:
    return compile_line(line(points, legs, **more), Terrain(), DOUBTS, {})  # type: ignore[arg-type]


def test_a_river_is_followed_between_two_points_either_way() -> None:
    there = compiled([{"start": "west", "follow": "river", "to": "east", "feature": ("Long",)}])
    back = compiled([{"start": "east", "follow": "river", "to": "west", "feature": ("Long",)}])
    assert there.legs[0].geometry.coords[0][0] == 1.0
    assert back.legs[0].geometry.coords[0][0] == 9.0
    assert there.legs[0].length_km == pytest.approx(back.legs[0].length_km)


def test_legs_join_end_to_end() -> None:
    made = compiled(
        [
            {"start": "west", "follow": "river", "to": "mouth", "feature": ("Long",)},
            {"start": "mouth", "follow": "river", "to": "source", "feature": ("Side",)},
            {"start": "source", "follow": "straight", "to": "east"},
        ]
    )
    for one, other in zip(made.legs, made.legs[1:], strict=False):
        assert one.geometry.coords[-1] == other.geometry.coords[0]


def test_a_gap_names_both_legs_and_the_distance_in_metres() -> None:
    points = {**POINTS, "mouth": (4.05, 50.0)}
    with pytest.raises(DelimitError, match=r"a gap of [\d,]+ m between line l, leg 1 .* and line l, leg 2"):
        compiled(
            [
                {"start": "west", "follow": "river", "to": "mouth", "feature": ("Long",)},
                {"start": "mouth", "follow": "river", "to": "source", "feature": ("Side",)},
            ],
            points,
        )


def test_a_turning_point_far_from_its_river_is_refused_with_its_distance() -> None:
    with pytest.raises(
        DelimitError, match=r"'east' lies 11\d\.\d km from river Long, further than its ± 5 km"
    ):
        compiled(
            [{"start": "west", "follow": "river", "to": "east", "feature": ("Long",)}],
            {**POINTS, "east": (9.0, 51.0)},
        )


def test_a_river_in_two_pieces_that_do_not_meet_is_refused() -> None:
    terrain = Terrain()
    terrain.rivers_by_name = {**Terrain.rivers_by_name, "Torn": [shapely.LineString([(9, 49), (9.5, 49)])]}
    points = {**POINTS, "torn": (9.2, 49.0)}
    one = line(points, [{"start": "west", "follow": "river", "to": "torn", "feature": ("Long", "Torn")}])
    with pytest.raises(DelimitError, match="no way along river Long / Torn"):
        compile_line(one, terrain, DOUBTS, {})  # type: ignore[arg-type]


def test_a_parallel_keeps_its_latitude_and_a_straight_leg_is_the_geodesic() -> None:
    points = {"a": (10.0, 50.0), "b": (20.0, 50.0)}
    parallel = compiled([{"start": "a", "follow": "parallel", "to": "b"}], points)
    straight = compiled([{"start": "a", "follow": "straight", "to": "b"}], points)
    assert {y for _, y in parallel.legs[0].geometry.coords} == {50.0}
    # Between equal latitudes in the north the geodesic bulges poleward.
    assert max(y for _, y in straight.legs[0].geometry.coords) > 50.05
    assert straight.legs[0].length_km < parallel.legs[0].length_km


def test_lines_that_follow_each_other_in_a_circle_are_refused() -> None:
    one = line(POINTS, [{"start": "west", "follow": "line", "to": "east", "feature": ("m",)}], "l")
    two = line(POINTS, [{"start": "west", "follow": "line", "to": "east", "feature": ("l",)}], "m")
    with pytest.raises(DelimitError, match="circle"):
        compile_lines([one, two], Terrain(), DOUBTS)  # type: ignore[arg-type]


def test_legs_of_one_feature_share_one_error() -> None:
    made = compiled(
        [
            {"start": "west", "follow": "river", "to": "mouth", "feature": ("Long",)},
            {"start": "mouth", "follow": "river", "to": "east", "feature": ("Long",)},
        ]
    )
    assert made.legs[0].doubt == made.legs[1].doubt == "d|Long"

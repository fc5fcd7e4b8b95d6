"""Thinned outlines still fit each other."""

from __future__ import annotations

import shapely

from metes.show import outline
from metes.show.projection import fit
from tests.show.stand_in import land


def plane() -> list[shapely.Geometry]:
    units = [land(one) for one in ("RU-AMU", "RU-KHA", "RU-YEV", "RU-PRI")]
    projection = fit(units)
    # 5 km to the pixel: coarse enough that a careless simplification would tear.
    return [shapely.transform(projection.forward(one), lambda coords: coords / 5_000.0) for one in units]


def test_neighbours_still_meet_edge_to_edge() -> None:
    before, after = plane(), outline.thin(plane())
    torn = shapely.union_all(after)
    assert shapely.coverage_is_valid(after)
    assert (
        sum(one.area for one in after) == torn.area or abs(sum(one.area for one in after) - torn.area) < 1e-6
    )
    assert shapely.get_num_coordinates(after).sum() < shapely.get_num_coordinates(before).sum() / 4


def test_thinning_moves_no_outline_by_more_than_a_pixel_or_two() -> None:
    for before, after in zip(plane(), outline.thin(plane()), strict=True):
        assert abs(before.area - after.area) < 0.01 * before.area
        assert shapely.hausdorff_distance(max_part(before).exterior, max_part(after).exterior) < 3


def test_specks_go_but_the_last_of_a_land_stays() -> None:
    speck = shapely.box(0, 0, 0.1, 0.1)
    islands = shapely.MultiPolygon([shapely.box(5, 5, 9, 9), speck])
    assert outline.thin([islands])[0].bounds == (5, 5, 9, 9)
    assert not outline.thin([shapely.MultiPolygon([speck])])[0].is_empty


def test_edges_split_into_shared_and_outer() -> None:
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    shared, outer = outline.edges([left, right])
    assert shared.length == 1
    assert outer.length == 6


def max_part(geometry: shapely.Geometry) -> shapely.Polygon:
    return max(shapely.get_parts(geometry), key=lambda part: part.area)

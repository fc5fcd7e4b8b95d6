"""What others say: official areas in authorities/, treaty texts, ISO 3166. Nothing was read off metes."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from metes.ask.accuracy import UNKNOWN, accuracy
from metes.ask.atlas import Atlas
from metes.ask.extent import extent
from metes.ask.holder import holder
from metes.ask.transfers import transfers
from metes.span import day_number, first_day, read_span

AUTHORITIES = Path(__file__).parents[2] / "authorities"
OFFICIAL: dict[str, float] = {
    row["country"] if "country" in row else "+".join(row["units"]): row["km2"]
    for row in tomllib.loads((AUTHORITIES / "admin1-areas.toml").read_text(encoding="utf-8"))["area"]
}
AGREES = 0.015
"""As near as the base geography itself must be to official areas (tests/base/test_official_areas.py)."""

TODAY = "2026-01-01"
HELD = [
    # place, day, book, who; who says so
    # ISO 3166-2: the towns lie in RU-PRI, RU-TY, RU-KHA, RU-AMU, RU-SAK, MN-1, KZ-ALA, KG-GB, CN-HL, CN-XJ.
    ("Vladivostok", TODAY, "control", {"russian-federation"}),
    ("Vladivostok", TODAY, "title", {"russian-federation"}),
    ("Kyzyl", TODAY, "control", {"russian-federation"}),
    ("Khabarovsk", TODAY, "control", {"russian-federation"}),
    ("Blagoveshchensk", TODAY, "control", {"russian-federation"}),
    ("Yuzhno-Sakhalinsk", TODAY, "control", {"russian-federation"}),
    ("Ulaanbaatar", TODAY, "control", {"mongolia"}),
    ("Ulaanbaatar", TODAY, "title", {"mongolia"}),
    ("Almaty", TODAY, "control", {"kazakhstan"}),
    ("Bishkek", TODAY, "control", {"kyrgyzstan"}),
    ("Harbin", TODAY, "control", {"prc"}),
    ("Urumqi", TODAY, "control", {"prc"}),
    ("Taipei", TODAY, "control", {"roc"}),
    # Treaty of Aigun, article 1: the left bank of the Amur from the Argun to the sea to Russia, the right
    # bank as far as the Ussuri to the Qing, the land from the Ussuri to the sea in common for the time being.
    ("Blagoveshchensk", "1858-05-27", "title", {"qing"}),
    ("Blagoveshchensk", "1859", "title", {"russian-empire"}),
    ("Harbin", "1859", "title", {"qing"}),
    ("Vladivostok", "1859", "title", {"qing"}),
    # Additional Treaty of Peking, article 1: what lies east of the Ussuri and the Sungacha to Russia.
    ("Vladivostok", "1861", "title", {"russian-empire"}),
    ("Khabarovsk", "1861", "title", {"russian-empire"}),
    # Treaty of Portsmouth, article 9: Sakhalin south of the fiftieth degree of north latitude to Japan; the
    # Soviet army took it in August 1945. Japan held the north too from 1920 to 1925 (convention of Peking).
    ("Yuzhno-Sakhalinsk", "1904", "control", {"russian-empire"}),
    ("Yuzhno-Sakhalinsk", "1906", "title", {"japan"}),
    ("Yuzhno-Sakhalinsk", "1930", "control", {"japan"}),
    ("Yuzhno-Sakhalinsk", "1945-08-01", "control", {"japan"}),
    ("Yuzhno-Sakhalinsk", "1946", "control", {"ussr"}),
    ("50.9,142.15", "1910", "title", {"russian-empire"}),
    ("50.9,142.15", "1922", "control", {"japan"}),
    ("50.9,142.15", "1926", "control", {"ussr"}),
    ("50.9,142.15", "1930", "title", {"ussr"}),
    # Treaty of Saint Petersburg, articles 1 and 2: Sakhalin to Russia, the Kurils to Japan.
    ("Yuzhno-Sakhalinsk", "1880", "title", {"russian-empire"}),
    ("50.7,156.1", "1880", "title", {"japan"}),
    ("50.7,156.1", "1870", "title", {"russian-empire"}),
    # Decree of the Presidium of the Supreme Soviet of 11 October 1944: Tuva received into the Union.
    ("Kyzyl", "1930", "control", {"tannu-tuva"}),
    ("Kyzyl", "1945", "control", {"ussr"}),
    # Khalkha did homage at Dolon Nor in 1691; Mongolia governed itself from 1921.
    ("Ulaanbaatar", "1800", "control", {"qing"}),
    ("Ulaanbaatar", "1930", "control", {"mongolia"}),
    # Handed over on 14 October 2008: Tarabarov and the west of Bolshoi Ussuriisky (Heixiazi) to China.
    ("Heixiazi", "2000", "control", {"russian-federation"}),
    ("Heixiazi", "2010", "control", {"prc", "russian-federation"}),
]


@pytest.mark.parametrize(
    ("place", "on", "book", "who"), HELD, ids=[f"{place} {on} {book}" for place, on, book, _ in HELD]
)
def test_a_place_was_held_by_whom_others_say(
    place: str, on: str, book: str, who: set[str], atlas: Atlas, atlas_folder: Path
) -> None:
    answer = holder(atlas, place, read_span(on), folder=atlas_folder)
    found = {name for one in answer.tenures if one.book == book for name in one.holders}
    assert found == who


@pytest.mark.parametrize("lat", [46.0, 47.0, 48.0, 49.0, 49.9, 50.1, 51.0, 52.0, 53.0])
def test_the_fiftieth_parallel_parts_sakhalin_in_1930(lat: float, atlas: Atlas, atlas_folder: Path) -> None:
    """Walk along the island; on each latitude some point is land (it is never wider than 160 km)."""
    seen: set[str] = set()
    for lon in (141.9, 142.1, 142.3, 142.5, 142.7, 142.9, 143.1, 143.3):
        answer = holder(atlas, f"{lat},{lon}", read_span("1930"), folder=atlas_folder)
        seen |= {name for one in answer.tenures if one.book == "title" for name in one.holders}
    assert seen == ({"japan"} if lat < 50 else {"ussr"})


@pytest.mark.parametrize(("polity", "code"), [("mongolia", "MN"), ("kyrgyzstan", "KG")])
def test_a_country_of_today_has_its_official_area(polity: str, code: str, atlas: Atlas) -> None:
    answer = extent(atlas, polity, day_number(2025), book="control")
    assert answer.total is not None
    assert answer.total.interval.best_km2 == pytest.approx(OFFICIAL[code], rel=AGREES)


def km2_in(atlas: Atlas, giver: str, taker: str, unit: str, since: str, until: str, **options: Any) -> float:
    answer = transfers(atlas, giver, taker, first_day(since), first_day(until), **options)
    return sum(part.km2 for one in answer.passed for part in one.now if part.unit == unit)


def test_tuva_passed_whole_in_1944(atlas: Atlas) -> None:
    km2 = km2_in(atlas, "tannu-tuva", "russia", "RU-TY", "1944", "1945", book="control")
    assert km2 == pytest.approx(OFFICIAL["RU-TY"], rel=AGREES)


def test_primorye_passed_whole_in_1860(atlas: Atlas) -> None:
    km2 = km2_in(atlas, "china", "russia", "RU-PRI", "1860", "1861")
    assert km2 == pytest.approx(OFFICIAL["RU-PRI"], rel=AGREES)


def test_the_jewish_autonomous_oblast_passed_whole_in_1858(atlas: Atlas) -> None:
    km2 = km2_in(atlas, "china", "russia", "RU-YEV", "1858", "1859")
    assert km2 == pytest.approx(OFFICIAL["RU-YEV"], rel=AGREES)


def test_no_more_of_amur_oblast_passed_than_there_is(atlas: Atlas) -> None:
    assert 0 < km2_in(atlas, "china", "russia", "RU-AMU", "1858", "1859") <= OFFICIAL["RU-AMU"] * (1 + AGREES)


def test_sakhalin_oblast_is_what_passed_in_1925_and_1945(atlas: Atlas) -> None:
    """The north was handed back in 1925, the south and all Kurils were taken in 1945: together the oblast."""
    km2 = km2_in(atlas, "japan", "russia", "RU-SAK", "1925", "1946", book="control")
    assert km2 == pytest.approx(OFFICIAL["RU-SAK"], rel=AGREES)


def test_of_what_passed_by_aigun_all_is_russian_today(atlas: Atlas) -> None:
    answer = transfers(atlas, "china", "russia", first_day("1858"), first_day("1859"))
    assert {part.country for one in answer.passed for part in one.now} == {"RU"}


def test_at_most_one_published_figure_in_ten_is_unexplained(atlas: Atlas) -> None:
    answer = accuracy(atlas)
    assert len(answer.rows) >= 10
    unknown = [one.figure.id for one in answer.rows if one.reason == UNKNOWN]
    assert len(unknown) <= 0.1 * len(answer.rows), unknown


def test_no_figure_of_the_gazette_is_ours(atlas: Atlas) -> None:
    """A published figure that equals our measure to the km² would have been copied from it."""
    for one in accuracy(atlas).rows:
        assert round(one.figure.km2, 1) != round(one.km2.best_km2, 1), one.figure.id

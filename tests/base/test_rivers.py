"""Rivers can be walked from piece to piece, under their right names."""

from __future__ import annotations

import pytest
import shapely

from metes.base.area import length_km
from metes.base.geography import Geography, River

Place = tuple[float, float]

MET_M = 100.0

# Names of the pieces, and two places between which they must lead without a gap.
COURSES: list[tuple[str, list[str], Place, Place]] = [
    ("Shilka to the sea", ["Shilka", "Amur"], (115.8286, 51.7224), (141.26, 52.93)),
    ("Argun to the sea", ["Argun", "Amur"], (117.8735, 49.5135), (141.26, 52.93)),
    (
        "Amur to Khanka",
        ["Amur", "Ussuri (Wusuli)", "Song'acha"],
        (127.5903, 50.2090),
        (132.8355, 45.0612),
    ),
    ("Amur to the upper Ussuri", ["Amur", "Ussuri"], (127.5903, 50.2090), (134.3160, 43.6488)),
    ("Black Irtysh to the Ob", ["Black Irtysh", "Irtysh"], (90.3253, 47.6502), (68.8569, 61.1240)),
    ("Künes to Balkhash", ["Künes", "Ili"], (84.9596, 43.3668), (74.0752, 45.3448)),
    ("Tumen", ["Tumen"], (128.1934, 41.9622), (130.7002, 42.2951)),
    ("Selemdzha to the Amur", ["Selemdzha", "Zeya", "Amur"], (134.4993, 52.5567), (141.26, 52.93)),
    ("Onon to the Amur", ["Onon", "Shilka", "Amur"], (108.9067, 48.8775), (127.5903, 50.2090)),
    ("Nen to the Amur", ["Nen", "Songhua", "Amur"], (126.0405, 51.0187), (141.26, 52.93)),
    ("Naryn to the Aral", ["Naryn", "Syr Darya"], (77.7372, 41.8797), (60.8779, 46.1373)),
    ("Pamir and Panj", ["Pamir", "Panj"], (73.6046, 37.4460), (68.2120, 37.0215)),
]


@pytest.mark.parametrize(("course", "names", "start", "end"), COURSES, ids=lambda c: str(c)[:24])
def test_a_course_has_no_gap(
    geography: Geography, course: str, names: list[str], start: Place, end: Place
) -> None:
    pieces = {river.id: river for name in names for river in geography.rivers(name)}
    group = _groups(list(pieces.values()))
    assert group[_vertex(group, start)] == group[_vertex(group, end)], course


def test_the_argun_ends_where_the_shilka_does(geography: Geography) -> None:
    """53°20′N 121°29′E, not 5 km above it, where the source changes its name."""
    (argun,), (shilka,) = geography.rivers("Argun"), geography.rivers("Shilka")
    (upper,) = geography.rivers("Heilong Jiang (Amur)")
    mouth = shapely.Point(121.4778, 53.3239)
    for river in (argun, shilka, upper):
        assert min(shapely.Point(end).distance(mouth) for end in _ends(river)) < 0.001


def test_the_amur_reaches_the_sea_and_the_song_acha_its_lake(geography: Geography) -> None:
    (lower,) = (river for river in geography.rivers("Amur") if river.id == "r72")
    land = shapely.union_all([unit.geometry for unit in geography.units(["RU"])])
    mouth = max(_ends(lower))
    assert land.distance(shapely.Point(mouth)) > 0.01
    (song_acha,), (khanka,) = geography.rivers("Song'acha"), geography.lakes("Lake Khanka")
    head = min(_ends(song_acha))
    gap = shapely.shortest_line(khanka.geometry, shapely.Point(head))
    assert length_km(gap) * 1000 < MET_M


def test_no_name_has_lost_a_letter(geography: Geography) -> None:
    names = [name for river in geography.rivers() for name in river.names]
    names += [name for lake in geography.lakes() for name in (lake.name, *lake.aliases)]
    assert [name for name in names if "?" in name or "  " in name] == []


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Amur", {"r72", "r72-lake", "r93"}),
        ("Argun", {"r84"}),
        ("ussuri", {"r553", "r611"}),
        ("Ili", {"r421", "r421-lake"}),
        ("Songacha", {"r610"}),
        ("Irtysh", {"r29", "r29-lake", "r30", "r44"}),
    ],
)
def test_a_river_answers_to_its_names(geography: Geography, name: str, ids: set[str]) -> None:
    assert {river.id for river in geography.rivers(name)} == ids


def test_a_mended_line_says_so(geography: Geography) -> None:
    noted = {river.id for river in geography.rivers() if river.note}
    assert {"r72", "r84", "r610", "r553"} <= noted
    assert len({river.id for river in geography.rivers()}) == len(geography.rivers())


def _ends(river: River) -> list[Place]:
    parts = shapely.get_parts(river.geometry)
    return [part.coords[k] for part in parts for k in (0, -1)]


def _groups(rivers: list[River]) -> dict[Place, Place]:
    """Give each vertex the first vertex of the network that it hangs together with."""
    above: dict[Place, Place] = {}

    def top(vertex: Place) -> Place:
        while above.setdefault(vertex, vertex) != vertex:
            vertex = above[vertex]
        return vertex

    for river in rivers:
        for part in shapely.get_parts(river.geometry):
            for one, next_one in zip(part.coords, part.coords[1:], strict=False):
                above[top(one)] = top(next_one)
    return {vertex: top(vertex) for vertex in list(above)}


def _vertex(group: dict[Place, Place], place: Place) -> Place:
    near = min(group, key=lambda v: abs(v[0] - place[0]) + abs(v[1] - place[1]))
    assert shapely.Point(near).distance(shapely.Point(place)) < 0.001
    return near

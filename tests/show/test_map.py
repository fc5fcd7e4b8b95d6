"""Laws of a drawn map."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import shapely

from metes.show.map import Drawing, draw
from metes.show.picture import Hatch
from metes.show.sheet import SHEETS
from tests.show.stand_in import EAST, land, subject

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 1_000_000


@pytest.fixture(scope="module", params=sorted(SHEETS))
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return draw(subject(EAST), SHEETS[request.param])


def test_the_same_picture_twice_is_the_same_bytes(drawing: Drawing) -> None:
    sheet = next(one for one in SHEETS.values() if one.width == drawing.width)
    assert draw(subject(EAST), sheet).svg == drawing.svg


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "from metes.show.map import draw; from metes.show.sheet import PHONE; import sys;"
        "from tests.show.stand_in import EAST, subject;"
        "sys.stdout.buffer.write(draw(subject(EAST), PHONE).svg.encode())"
    )
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert other.stdout.decode() == draw(subject(EAST), SHEETS["phone"]).svg


def test_svg_is_well_formed_and_light(drawing: Drawing) -> None:
    assert ET.fromstring(drawing.svg).tag == f"{SVG}svg"
    assert len(drawing.svg.encode()) < MOST_BYTES


def test_no_two_labels_overlap(drawing: Drawing) -> None:
    assert len(drawing.labels) >= 6
    for one, other in itertools.combinations(drawing.labels, 2):
        assert not one.box.intersects(other.box), (one.wish.id, other.wish.id)


def test_no_label_covers_another_one_s_sign(drawing: Drawing) -> None:
    for one, other in itertools.permutations(drawing.labels, 2):
        if other.wish.dot is not None:
            assert not one.box.intersects(shapely.Point(other.wish.dot).buffer(1.5)), (
                one.wish.id,
                other.wish.id,
            )


def test_labels_stay_in_the_frame(drawing: Drawing) -> None:
    frame = shapely.box(*drawing.frame.box)
    assert all(frame.contains(one.box) for one in drawing.labels)


def test_every_legend_row_has_an_area_on_the_map(drawing: Drawing) -> None:
    drawn = {path.get("data-row") for path in ET.fromstring(drawing.svg).iter(f"{SVG}path")} - {None}
    assert drawn == set(EAST)


def test_rows_are_told_apart_by_their_fill(drawing: Drawing) -> None:
    fills = {
        path.get("data-row"): path.get("fill")
        for path in ET.fromstring(drawing.svg).iter(f"{SVG}path")
        if path.get("data-row")
    }
    assert len(set(fills.values())) == len(EAST)


def texts(svg: str) -> str:
    words = (" ".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text"))
    return " ".join(" ".join(words).split())


def test_face_says_sources_viewpoint_figures_and_that_lines_are_not_lawful(drawing: Drawing) -> None:
    face = texts(drawing.svg)
    for said in (
        "nobody, 1900",
        "a test",
        "does not say that it is lawful",
        "100,000",
        "turns on a question",
    ):
        assert said in face


def test_picture_is_named_for_those_who_cannot_see_it(drawing: Drawing) -> None:
    root = ET.fromstring(drawing.svg)
    ids = {one.get("id") for one in root.iter()}
    assert root.get("role") == "img"
    assert set(str(root.get("aria-labelledby")).split()) <= ids
    assert "100,000" in str(root.findtext(f"{SVG}desc"))


def test_names_from_records_cannot_become_markup() -> None:
    hostile = '<script>alert(1)</script>"onload="x\x00\ud800'
    made = subject({hostile: ("RU-PRI",)}, title=hostile)
    svg = draw(made, SHEETS["phone"]).svg
    root = ET.fromstring(svg)
    assert root.find(f".//{SVG}script") is None
    assert not [key for one in root.iter() for key in one.attrib if key.startswith("on")]


def test_ids_of_two_pictures_on_a_page_do_not_meet() -> None:
    made = subject(EAST)
    found = [
        set(re.findall(r' id="([^"]+)"', draw(made, SHEETS["phone"], ids).svg)) for ids in ("one", "two")
    ]
    assert found[0]
    assert not found[0] & found[1]


def test_map_across_the_antimeridian_is_not_torn() -> None:
    drawing = draw(subject({"Chukotka": ("RU-CHU",)}), SHEETS["screen"])
    west, _, east, _ = drawing.frame.plane_m
    assert east - west < 4_000_000
    # No edge is drawn along the meridian of 180° through the mainland.
    inland = drawing.frame.point(*drawing.projection.point(180.0, 67.5))
    edge = max(
        (one for one in ET.fromstring(drawing.svg).iter(f"{SVG}path") if one.get("stroke-width") == "1.1"),
        key=lambda one: len(str(one.get("d"))),
    )
    assert shapely.Point(inland).distance(read_path(str(edge.get("d")))) > 5


def read_path(d: str) -> shapely.Geometry:
    """Read back what `svg.path_data` wrote."""
    lines = []
    for piece in re.findall(r"M([^Mz]+)", d):
        head, _, tail = piece.partition("l")
        x, y = map(float, head.split(","))
        points = [(x, y)]
        for step in tail.split():
            dx, dy = map(float, step.split(","))
            x, y = x + dx, y + dy
            points.append((x, y))
        lines.append(points)
    return shapely.MultiLineString(lines)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "ru", "xx"])
def test_every_language_draws_with_its_own_words(lang: str) -> None:
    svg = draw(subject(EAST, lang=lang), SHEETS["phone"]).svg
    said = {"zh-Hans": "不表示其合法性", "zh-Hant": "圖上的線", "ru": "не означает", "xx": "lawful"}[lang]
    assert said in svg


def test_narrow_corridors_are_left_to_the_line_and_not_explained() -> None:
    made = subject(EAST)
    narrow = replace(made, bands=tuple(replace(band, corridor_m=100.0) for band in made.bands))
    assert "anywhere in the band" in texts(draw(made).svg)
    assert "anywhere in the band" not in texts(draw(narrow).svg)


def test_letters_are_carried_inside_when_asked() -> None:
    made = subject({"Primorye": ("RU-PRI",)})
    plain, carried = (draw(made, SHEETS["phone"], fonts=fonts).svg for fonts in (False, True))
    assert "@font-face" not in plain
    assert carried.count("@font-face") == 4
    assert draw(made, SHEETS["phone"], fonts=True).svg == carried


def test_twelve_rows_keep_twelve_fills() -> None:
    units = ["RU-AMU", "RU-YEV", "RU-KHA", "RU-PRI", "RU-SAK", "RU-ZAB", "RU-BU", "RU-IRK", "RU-SA", "RU-MAG"]
    units += ["RU-KAM", "RU-TY"]
    assert all(land(one).area for one in units)
    root = ET.fromstring(draw(subject({one: (one,) for one in units})).svg)
    fills = {one.get("data-row"): one.get("fill") for one in root.iter(f"{SVG}path") if one.get("data-row")}
    assert len(set(fills.values())) == len(units)
    named = {one.get("id") for one in root.iter(f"{SVG}pattern")}
    asked = set(re.findall(r"url\(#([^)]+)\)", " ".join(map(str, fills.values()))))
    assert asked <= named


def test_land_of_two_rows_shows_both() -> None:
    """Under one reading land passed by one instrument, under the next by another: neither hides the other."""
    made = subject({"one": ("RU-PRI",), "two": ("RU-PRI",), "three": ("RU-AMU",)})
    root = ET.fromstring(draw(made).svg)
    fills = {
        one.get("data-row"): str(one.get("fill")) for one in root.iter(f"{SVG}path") if one.get("data-row")
    }
    pattern = root.find(f".//{SVG}pattern[@id='{fills['two'][5:-1]}']")
    assert pattern is not None
    assert pattern.find(f"{SVG}rect") is None
    assert fills["one"].startswith("#")


def test_each_hatch_runs_its_own_way_and_stands_in_the_legend() -> None:
    made = subject({"one": ("RU-AMU",), "two": ("RU-KHA",), "three": ("RU-PRI",)})
    areas = (made.areas[0], *(replace(area, reading=area.id) for area in made.areas[1:]))
    made = replace(made, areas=areas, hatches=(Hatch("two", "if two"), Hatch("three", "if three")))
    root = ET.fromstring(draw(made).svg)
    ways = {one.get("id"): [p.get("d") for p in one] for one in root.iter(f"{SVG}pattern")}
    assert len(ways) == 2
    assert len({str(way) for way in ways.values()}) == 2
    for id in ways:
        # Once on the map, once beside its row, once in the key.
        assert sum(one.get("fill") == f"url(#{id})" for one in root.iter()) == 3

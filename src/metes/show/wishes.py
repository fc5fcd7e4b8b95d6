"""The labels that a map wishes for: land, countries, water, places, lines."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from metes.show.ground import Ground, line_parts
from metes.show.labels import TextLine, Wish
from metes.show.picture import Country, MapSubject, River, Spot
from metes.show.projection import Projection
from metes.show.seats import along, beside, inside, lines_of, over
from metes.show.sheet import Frame, Sheet
from metes.show.tones import WATER_TEXT
from metes.show.typeface import Style, Typeface

SPOT_GROUND_PX2 = 9_000.0
"""One named point on this much map is enough."""
WATER_GROUND_PX2 = 26_000.0
"""One named river or lake on this much map is enough."""
LAKE_LEAST_PX2 = 60.0
NEAR_PX = 12.0
FAR_RANKS = 3.0
"""Water that does not touch the subject's land counts as so many ranks smaller."""
REGION_RANK = 2
MINOR_RANK = 4
MINOR_GROUND_PX2 = 30_000.0
"""Of minor places one on this much map is enough: they only orient."""
COUNTRY_LEAST_SHARE = 0.004
LABEL_EMS = 12.0
"""A label of land is broken into lines of this width."""


def wishes_for(
    subject: MapSubject,
    ground: Ground,
    projection: Projection,
    frame: Frame,
    sheet: Sheet,
    typeface: Typeface,
) -> list[Wish]:
    """List every label that a map would bear, each with its seats and its rank."""
    size = sheet.text
    makers = _Makers(typeface, size)
    wishes: list[Wish] = []
    covered = shapely.union_all([shape for _, shape in ground.areas])
    for number, (area, shape) in enumerate(ground.areas):
        if area.label:
            wish = makers.two(
                f"area {area.id}", area.label, area.also, size * 0.98, "bold", (0, f"{number:04d}")
            )
            wishes.append(inside(wish, shape, covered))
    seen = frame.width * frame.height
    for country, shape in ground.countries:
        share = shape.area / seen
        if not country.name or share < COUNTRY_LEAST_SHARE:
            continue
        free = shapely.difference(shape, covered)
        free = shapely.intersection(free, shapely.box(*frame.box))
        wish = makers.country(country, size * min(1.15, 0.8 + share), (2 - share, country.id))
        wishes.append(inside(wish, free))
    wishes += _spot_wishes(subject.around.spots, covered, projection, frame, makers, size)
    wishes += _water_wishes(ground, covered, makers, size, seen)
    for line, shape in ground.lines:
        if line.name:
            wish = makers.two(f"line {line.id}", line.name, "", size * 0.86, "bold", (1, line.id))
            middle = shapely.line_interpolate_point(
                max(line_parts(shape), key=lambda p: p.length), 0.5, normalized=True
            )
            wishes.append(beside(wish, middle.x, middle.y, 5.0))
    return wishes


def _water_wishes(
    ground: Ground, covered: shapely.Geometry, makers: _Makers, size: float, seen: float
) -> list[Wish]:
    """Name the rivers and lakes that matter: those at the subject's land first, then the greatest."""
    near = shapely.buffer(covered, NEAR_PX, quad_segs=4)
    shapely.prepare(near)
    named: dict[str, list[tuple[River, shapely.Geometry]]] = {}
    for river, shape in ground.rivers:
        if river.name:
            named.setdefault(river.name, []).append((river, shape))
    rows: list[tuple[float, str, Wish]] = []
    for name, pieces in named.items():
        rank = min(river.rank for river, _ in pieces)
        also = next((river.also for river, _ in pieces if river.also), "")
        course = shapely.union_all([shape for _, shape in pieces])
        order = rank + (0.0 if near.intersects(course) else FAR_RANKS)
        text = f"{name} · {also}" if also else name
        wish = makers.water(f"river {name}", text, size * 0.78, (3 + order / 10, name))
        rows.append((order, name, along(wish, course)))
    for lake, shape in ground.lakes:
        if not lake.name or shape.area < LAKE_LEAST_PX2:
            continue
        order = lake.rank + 1 + (0.0 if near.intersects(shape) else FAR_RANKS)
        wish = makers.water(f"lake {lake.id}", lake.name, size * 0.78, (3 + order / 10, lake.id))
        middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=1.0))[0]
        within = inside(wish, shape)
        beside_it = beside(wish, float(middle[0]), float(middle[1]), 5.0)
        rows.append((order, lake.id, within if within.seats else beside_it))
    most = max(3, int(seen / WATER_GROUND_PX2))
    found: dict[str, Wish] = {}
    for _, _, wish in sorted(rows, key=lambda row: row[:2]):
        # A reservoir often bears its river's name: it is written once.
        if wish.seats:
            found.setdefault(wish.lines[0].text, wish)
    return list(found.values())[:most]


def _spot_wishes(
    spots: tuple[Spot, ...],
    covered: shapely.Geometry,
    projection: Projection,
    frame: Frame,
    makers: _Makers,
    size: float,
) -> list[Wish]:
    wishes: list[Wish] = []
    most = max(4, int(frame.width * frame.height / SPOT_GROUND_PX2))
    x0, y0, x1, y1 = frame.box
    for spot in sorted(spots, key=lambda one: (one.rank, one.id)):
        x, y = frame.point(*projection.point(spot.lon_deg, spot.lat_deg))
        minor = spot.rank >= MINOR_RANK and len(wishes) >= most * SPOT_GROUND_PX2 / MINOR_GROUND_PX2
        if not (x0 < x < x1 and y0 < y < y1) or len(wishes) >= most or minor:
            continue
        order = (1.0 + spot.rank * 0.6, spot.id)
        if spot.kind == "sea":
            wish = makers.water(f"spot {spot.id}", spot.name, size * 0.95, order, also=spot.also)
            wishes.append(over(wish, x, y, 30.0))
        elif spot.kind in ("region", "mountain"):
            # Land that the map is about has its own labels; only what lies around it needs regions named.
            if spot.kind == "region" and (spot.rank > REGION_RANK or covered.contains(shapely.Point(x, y))):
                continue
            wish = makers.two(f"spot {spot.id}", spot.name, spot.also, size * 0.82, "italic", order)
            wishes.append(over(wish, x, y, 20.0))
        else:
            wish = makers.two(f"spot {spot.id}", spot.name, spot.also, size * 0.86, "regular", order, (x, y))
            wishes.append(beside(wish, x, y))
    return wishes


@dataclass(frozen=True)
class _Makers:
    """Set the lines of a label in the style of its kind."""

    typeface: Typeface
    size: float

    def line(self, text: str, size: float, style: Style, fill: str, spacing: float = 0.0) -> TextLine | None:
        if not text:
            return None
        return TextLine(text, size, self.typeface.width(text, size, style, spacing), style, fill, spacing)

    def two(
        self,
        id: str,
        name: str,
        also: str,
        size: float,
        style: Style,
        order: tuple[float, str],
        dot: tuple[float, float] | None = None,
    ) -> Wish:
        second = self.line(also, size * 0.84, "italic", "#3d3d3d")
        pieces = [name] if dot is not None else self.typeface.wrap(name, size * LABEL_EMS, size, style)
        first = [self.line(piece, size, style, "#111") for piece in pieces]
        return Wish(id, lines_of(*first, second), (), order, dot)

    def country(self, country: Country, size: float, order: tuple[float, str]) -> Wish:
        name = country.name.upper()
        first = self.line(name, size, "regular", "#555", size * 0.22)
        return Wish(f"country {country.id}", lines_of(first), (), order)

    def water(self, id: str, text: str, size: float, order: tuple[float, str], also: str = "") -> Wish:
        first = self.line(text, size, "italic", WATER_TEXT)
        return Wish(id, lines_of(first, self.line(also, size * 0.84, "italic", WATER_TEXT)), (), order)

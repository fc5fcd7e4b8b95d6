"""A map as SVG: the same picture twice is the same bytes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import shapely

from metes.show import outline
from metes.show.embed import font_rules
from metes.show.furniture import graticule, scale_bar
from metes.show.labels import Board, Placed, TextLine, Wish, line_height
from metes.show.legend import Signs, border_line, legend, soft_band
from metes.show.picture import Area, Country, Lake, MapSubject, River, Spot
from metes.show.projection import Projection, clip, fit
from metes.show.seats import along, beside, inside, lines_of, over
from metes.show.sheet import SCREEN, Frame, Sheet, frame_around
from metes.show.svg import element, escape, path_data
from metes.show.tones import INK, PAPER, WATER, WATER_LINE, WATER_TEXT, Tone, definitions, hatch_id, tones
from metes.show.typeface import FAMILIES, FIRST_HAN, Style, Typeface
from metes.show.words import Words

BLEED_PX = 6.0
"""Land is cut this far outside the frame, so that cut edges are not seen."""
BAND_LEAST_PX = 1.4
"""A corridor narrower than this on the sheet is not drawn: the line itself covers it."""
COAST_TOUCH_PX = 1.2
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
SHARED_SHARE = 0.5
LABEL_EMS = 12.0
"""A label of land is broken into lines of this width."""
HALO = "paint-order:stroke;stroke:#fff;stroke-width:2.6px;stroke-opacity:.82;stroke-linejoin:round"


@dataclass(frozen=True)
class Drawing:
    """A finished map: its SVG, and what was placed on it, in pixels."""

    svg: str
    width: float
    height: float
    projection: Projection
    frame: Frame
    labels: tuple[Placed, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Ground:
    """Everything in pixels, thinned and cut to the frame."""

    areas: tuple[tuple[Area, shapely.Geometry], ...]
    countries: tuple[tuple[Country, shapely.Geometry], ...]
    rivers: tuple[tuple[River, shapely.Geometry], ...]
    lakes: tuple[tuple[Lake, shapely.Geometry], ...]
    bands: tuple[tuple[float, shapely.Geometry], ...]
    lines: tuple[tuple[River, shapely.Geometry], ...]
    borders: shapely.Geometry
    coast: shapely.Geometry
    edges: shapely.Geometry


def draw(subject: MapSubject, sheet: Sheet = SCREEN, ids: str = "map", *, fonts: bool = False) -> Drawing:
    """Draw a map on a sheet. `ids` begins every id inside, for pages with several pictures.

    `fonts` carries the letters inside, for an SVG that stands alone; a page carries them once for all.
    """
    typeface = Typeface()
    words = Words(subject.lang)
    heading, top = _heading(subject, sheet, typeface)
    subject_land = [area.geometry for area in subject.areas] + [line.geometry for line in subject.lines]
    projection = fit(subject_land)
    planes = [projection.forward(one) for one in subject_land]
    frame = frame_around(_bounds(planes), sheet, top)
    ground = _ground(subject, projection, frame)
    fills = tones(len(subject.rows))
    tone_of = {row.id: tone for row, tone in zip(subject.rows, fills, strict=True)}
    signs = Signs(bool(ground.bands), not ground.borders.is_empty, bool(ground.lines))

    board = Board(shapely.box(*frame.box).buffer(-2.0), shapely.STRtree(_strokes(ground)))
    busy = shapely.union_all([shape for _, shape in ground.areas])
    bar = scale_bar(frame, sheet, board, busy, "км" if words.lang == "ru" else "km")
    placed, left = board.place(_wishes(subject, ground, projection, frame, sheet, typeface))

    net, degrees = graticule(projection, frame, sheet, typeface)
    clip_id = f"{ids}-frame"
    land = _land(ground, tone_of, [one.id for one in subject.hatches], net, ids)
    inner = element("g", land, clip_path=f"url(#{clip_id})")
    x0, y0, x1, y1 = frame.box
    rim = element(
        "rect", x=x0, y=y0, width=x1 - x0, height=y1 - y0, fill="none", stroke=INK, stroke_width=0.9
    )
    under, bottom = legend(subject, tone_of, signs, sheet, typeface, words, y1 + sheet.text * 1.5, ids)
    height = math.ceil(bottom)
    numbers = {one.id: number for number, one in enumerate(subject.hatches)}
    striped = {
        f"{ids}-over-{list(tone_of).index(area.row)}": (tone_of[area.row], numbers.get(area.reading, 0))
        for (area, _), stripes in zip(ground.areas, _striped(ground), strict=True)
        if stripes
    }
    paper = element("rect", width=sheet.width, height=float(height), fill="#fff")
    defs = element(
        "defs",
        element("clipPath", element("rect", x=x0, y=y0, width=x1 - x0, height=y1 - y0), id=clip_id)
        + definitions(fills, len(subject.hatches), striped, ids),
    )
    body = [paper, heading, inner, bar, *map(_label, placed), rim, degrees, under]
    style = element(
        "style",
        (font_rules("".join(body)) if fonts else "") + f"#{ids} .halo{{{HALO}}}",
    )
    about = element("title", escape(subject.title), id=f"{ids}-title") + element(
        "desc", escape(_description(subject, words)), id=f"{ids}-desc"
    )
    scale = None if sheet.width_mm is None else sheet.width_mm / sheet.width
    svg = element(
        "svg",
        [about, style, defs, *body],
        xmlns="http://www.w3.org/2000/svg",
        id=ids,
        viewBox=f"0 0 {sheet.width:g} {height}",
        width=f"{sheet.width:g}" if scale is None else f"{sheet.width * scale:.1f}mm",
        height=f"{height}" if scale is None else f"{height * scale:.1f}mm",
        lang=words.lang if subject.lang.startswith(words.lang) else subject.lang,
        role="img",
        aria_labelledby=f"{ids}-title {ids}-desc",
        font_family=FAMILIES,
        font_size=sheet.text,
    )
    names = tuple(wish.id for wish in left)
    return Drawing(svg + "\n", sheet.width, float(height), projection, frame, tuple(placed), names)


def _heading(subject: MapSubject, sheet: Sheet, typeface: Typeface) -> tuple[str, float]:
    left = sheet.left if sheet.left >= 24 else 16.0
    width = sheet.width - left - sheet.right
    y = sheet.text * 0.7
    parts = []
    for text, size, style, fill in (
        (subject.title, sheet.text * 1.6, "bold", "#111"),
        (subject.subtitle, sheet.text, "regular", "#444"),
    ):
        weight: Style = "bold" if style == "bold" else "regular"
        for line in typeface.wrap(text, width, size, weight):
            y += size * 1.28
            heavy = "700" if weight == "bold" else None
            parts.append(
                element("text", escape(line), x=left, y=y, font_size=size, font_weight=heavy, fill=fill)
            )
    return "".join(parts), round(y + sheet.text * 0.9, 1)


def _bounds(planes: list[shapely.Geometry]) -> tuple[float, float, float, float]:
    low_x, low_y, high_x, high_y = (float(edge) for edge in shapely.total_bounds(planes))
    return low_x, low_y, high_x, high_y


def _ground(subject: MapSubject, projection: Projection, frame: Frame) -> _Ground:
    window = projection.window(frame.plane_m)
    x0, y0, x1, y1 = frame.box
    cut = (x0 - BLEED_PX, y0 - BLEED_PX, x1 + BLEED_PX, y1 + BLEED_PX)
    seen = _seen(window)

    def laid(geometry: shapely.Geometry) -> shapely.Geometry:
        if not seen(geometry):
            return shapely.MultiPolygon()
        return clip(frame.place(projection.forward(geometry, window)), cut)

    def polygons(items: list[shapely.Geometry]) -> list[shapely.Geometry]:
        return outline.thin([laid(one) for one in items])

    countries = [
        (one, shape)
        for one, shape in zip(
            subject.around.countries, polygons([c.geometry for c in subject.around.countries]), strict=True
        )
        if not shape.is_empty
    ]
    area_shapes = polygons([area.geometry for area in subject.areas])
    areas = [
        (area, shape) for area, shape in zip(subject.areas, area_shapes, strict=True) if not shape.is_empty
    ]
    inner, coast = outline.edges([shape for _, shape in countries])
    frame_ring = shapely.box(*cut).boundary.buffer(0.5)
    coast = shapely.difference(coast, frame_ring)
    shared, outer = outline.edges([shape for _, shape in areas])
    if countries:
        outer = shapely.difference(outer, shapely.buffer(coast, COAST_TOUCH_PX, quad_segs=2))
    rank = _rank_shown(frame)
    rivers = [
        (one, outline.thin_line(laid(one.geometry))) for one in subject.around.rivers if one.rank <= rank
    ]
    lakes = [one for one in subject.around.lakes if one.rank <= rank + 1]
    lake_shapes = zip(lakes, polygons([one.geometry for one in lakes]), strict=True)
    bands = [
        (2 * band.corridor_m * frame.px_per_m, outline.thin_line(laid(band.geometry)))
        for band in subject.bands
        if 2 * band.corridor_m * frame.px_per_m >= BAND_LEAST_PX
    ]
    lines = [(line, outline.thin_line(laid(line.geometry))) for line in subject.lines]
    return _Ground(
        tuple(areas),
        tuple(countries),
        tuple((one, shape) for one, shape in rivers if not shape.is_empty),
        tuple((one, shape) for one, shape in lake_shapes if shape.area > 2.0),
        tuple((width, shape) for width, shape in bands if not shape.is_empty),
        tuple((one, shape) for one, shape in lines if not shape.is_empty),
        inner,
        coast,
        shapely.line_merge(shapely.MultiLineString([*_line_parts(shared), *_line_parts(outer)])),
    )


def _line_parts(geometry: shapely.Geometry) -> list[shapely.Geometry]:
    return [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString"]


def _seen(window: tuple[float, float, float, float]) -> Callable[[shapely.Geometry], bool]:
    """Give a test of whether a geometry's box may touch the window, whichever way round it is written."""

    def test(geometry: shapely.Geometry) -> bool:
        if geometry.is_empty:
            return False
        west, south, east, north = geometry.bounds
        if north < window[1] or south > window[3]:
            return False
        return any(west + turn <= window[2] and east + turn >= window[0] for turn in (-360.0, 0.0, 360.0))

    return test


def _rank_shown(frame: Frame) -> float:
    """Say up to which rank rivers and lakes are shown: the closer, the more."""
    px_per_km = frame.px_per_m * 1000
    return 6.0 + math.log2(px_per_km / 0.15) * 1.2


def _strokes(ground: _Ground) -> list[shapely.Geometry]:
    lines = [ground.borders, ground.coast, ground.edges, *(shape for _, shape in ground.rivers)]
    return [part for line in lines for part in _line_parts(line)]


def _land(ground: _Ground, tone_of: dict[str, Tone], hatches: list[str], net: str, ids: str) -> str:
    parts = [element("rect", x="0", y="0", width="100%", height="100%", fill=WATER)]
    land = path_data(shapely.MultiPolygon([p for _, s in ground.countries for p in shapely.get_parts(s)]))
    ground_id, land_id = f"{ids}-ground", f"{ids}-land"
    if land:
        parts.append(
            element("path", d=land, id=ground_id, fill=PAPER, fill_rule="evenodd", clip_rule="evenodd")
        )
        parts.append(
            element("clipPath", element("use", href=f"#{ground_id}", clip_rule="evenodd"), id=land_id)
        )
    parts.append(net)
    rows = list(tone_of)
    for (area, shape), stripes in zip(ground.areas, _striped(ground), strict=True):
        d = path_data(shape)
        marks = {"data_area": area.id, "data_row": area.row, "fill_rule": "evenodd"}
        fill = f"url(#{ids}-over-{rows.index(area.row)})" if stripes else tone_of[area.row].paint(ids)
        parts.append(element("path", d=d, fill=fill, **marks))
        if area.reading in hatches and not stripes:
            hatch = hatch_id(hatches.index(area.reading), ids)
            parts.append(element("path", d=d, fill=f"url(#{hatch})", fill_rule="evenodd"))
    for lake, shape in ground.lakes:
        parts.append(
            element(
                "path", d=path_data(shape), fill=WATER, stroke=WATER_LINE, stroke_width=0.5, data_lake=lake.id
            )
        )
    for river, shape in ground.rivers:
        width = max(0.5, 1.25 - 0.1 * river.rank)
        parts.append(
            element(
                "path",
                d=path_data(shape),
                fill="none",
                stroke=WATER_LINE,
                stroke_width=width,
                data_river=river.id,
            )
        )
    bands = [
        soft_band(path_data(shape), width, f"{ids}-band-{n}") for n, (width, shape) in enumerate(ground.bands)
    ]
    if bands:
        # A boundary on land is not looked for at sea.
        parts.append(element("g", bands, clip_path=f"url(#{land_id})" if land else None))
    coast = path_data(ground.coast)
    parts.append(element("path", d=coast, fill="none", stroke="#7a8f9a", stroke_width=0.5))
    parts.append(
        element(
            "path",
            d=path_data(ground.edges),
            fill="none",
            stroke=INK,
            stroke_width=1.1,
            stroke_linejoin="round",
        )
    )
    for line, shape in ground.lines:
        parts.append(
            element(
                "path", d=path_data(shape), fill="none", stroke="#111", stroke_width=2.0, data_line=line.id
            )
        )
    parts.append(border_line(path_data(ground.borders)))
    return "".join(part for part in parts if part)


def _striped(ground: _Ground) -> list[bool]:
    """Tell which areas lie on land that an earlier row already fills, and so show as stripes on it.

    The same land may pass by one instrument under one reading and by another under the next.
    """
    found: list[bool] = []
    for number, (area, shape) in enumerate(ground.areas):
        below = [other for one, other in ground.areas[:number] if one.row != area.row]
        shared = max((float(shapely.intersection(shape, other).area) for other in below), default=0.0)
        found.append(shared > SHARED_SHARE * shape.area)
    return found


def _wishes(
    subject: MapSubject,
    ground: _Ground,
    projection: Projection,
    frame: Frame,
    sheet: Sheet,
    typeface: Typeface,
) -> list[Wish]:
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
                max(_line_parts(shape), key=lambda p: p.length), 0.5, normalized=True
            )
            wishes.append(beside(wish, middle.x, middle.y, 5.0))
    return wishes


def _water_wishes(
    ground: _Ground, covered: shapely.Geometry, makers: _Makers, size: float, seen: float
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


def _label(placed: Placed) -> str:
    wish, seat = placed.wish, placed.seat
    parts: list[str] = []
    half_w = wish.width / 2
    x = {"start": seat.x - half_w, "end": seat.x + half_w}.get(seat.align, seat.x)
    top = seat.y - wish.height / 2
    for line in wish.lines:
        height = line_height(line)
        baseline = top + height / 2 + line.size * 0.36
        # Letter spacing also follows the last letter: half of it shifts a centred line to the left.
        shift = line.spacing / 2 if seat.align == "middle" else 0.0
        parts.append(
            element(
                "text",
                _upright_han(line.text) if line.style == "italic" else escape(line.text),
                class_="halo",
                x=round(x + shift, 1),
                y=round(baseline, 1),
                font_size=round(line.size, 2),
                fill=line.fill,
                text_anchor=None if seat.align == "start" else seat.align,
                font_weight="700" if line.style == "bold" else None,
                font_style="italic" if line.style == "italic" else None,
                letter_spacing=round(line.spacing, 2) if line.spacing else None,
            )
        )
        top += height
    turn = f"rotate({seat.turn_deg:.1f} {seat.x:.1f} {seat.y:.1f})" if seat.turn_deg else None
    text = element("g", parts, transform=turn, data_label=wish.id)
    sign = ""
    if wish.dot is not None:
        sign = element(
            "circle", cx=wish.dot[0], cy=wish.dot[1], r=1.9, fill="#fff", stroke="#111", stroke_width=1.1
        )
    if seat.toward is not None:
        leader = shapely.LineString([(seat.x, seat.y), seat.toward]).difference(placed.box)
        sign += element("path", d=path_data(leader), fill="none", stroke="#111", stroke_width=0.6)
    return sign + text


def _upright_han(text: str) -> str:
    """Set Han upright inside italics: it has no slanted form, and browsers would fake one."""
    runs: list[tuple[bool, str]] = []
    for sign in text:
        han = ord(sign) >= FIRST_HAN
        if runs and runs[-1][0] == han:
            runs[-1] = (han, runs[-1][1] + sign)
        else:
            runs.append((han, sign))
    return "".join(
        element("tspan", escape(run), font_style="normal") if han else escape(run) for han, run in runs
    )


def _description(subject: MapSubject, words: Words) -> str:
    rows = [
        f"{row.text}: {words.best(row.km2)} km² ({words.range(row.km2)})" if row.km2 else row.text
        for row in (*subject.rows, *((subject.total,) if subject.total else ()))
    ]
    return ". ".join([subject.subtitle, *rows, words["lawful"]])

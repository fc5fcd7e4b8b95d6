"""A map as SVG: the same picture twice is the same bytes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import shapely

from metes.show.embed import font_rules
from metes.show.furniture import graticule, scale_bar
from metes.show.ground import Ground, lay_ground, striped_areas, strokes
from metes.show.labels import Board, Placed, line_height
from metes.show.legend import Signs, border_line, legend, soft_band
from metes.show.picture import MapSubject
from metes.show.projection import Projection, fit
from metes.show.sheet import SCREEN, Frame, Sheet, frame_around
from metes.show.svg import element, escape, path_data
from metes.show.tones import INK, PAPER, WATER, WATER_LINE, Tone, definitions, hatch_id, tones
from metes.show.typeface import FAMILIES, FIRST_HAN, Style, Typeface
from metes.show.wishes import wishes_for
from metes.show.words import Words

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
    ground = lay_ground(subject, projection, frame)
    fills = tones(len(subject.rows))
    tone_of = {row.id: tone for row, tone in zip(subject.rows, fills, strict=True)}
    signs = Signs(bool(ground.bands), not ground.borders.is_empty, bool(ground.lines))

    board = Board(shapely.box(*frame.box).buffer(-2.0), shapely.STRtree(strokes(ground)))
    busy = shapely.union_all([shape for _, shape in ground.areas])
    bar = scale_bar(frame, sheet, board, busy, "км" if words.lang == "ru" else "km")
    placed, left = board.place(wishes_for(subject, ground, projection, frame, sheet, typeface))

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
        for (area, _), stripes in zip(ground.areas, striped_areas(ground), strict=True)
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


def _land(ground: Ground, tone_of: dict[str, Tone], hatches: list[str], net: str, ids: str) -> str:
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
    for (area, shape), stripes in zip(ground.areas, striped_areas(ground), strict=True):
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

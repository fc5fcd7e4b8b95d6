"""What stands under the map: the rows with their areas, the signs, sources and viewpoint."""

from __future__ import annotations

from dataclasses import dataclass

from metes.show.picture import MapSubject, Row
from metes.show.sheet import Sheet
from metes.show.svg import element, escape
from metes.show.tones import DOUBT, INK, Tone, hatch_id
from metes.show.typeface import Style, Typeface
from metes.show.words import Words

GREY = "#555"
SWATCH = (24.0, 12.0)
NARROW = 560.0
"""Below this width a row takes two lines instead of a table's columns."""
BAND_DENSITY = 0.46
"""How opaque a band is on the line itself."""
MOST_STEPS = 10


@dataclass(frozen=True)
class Signs:
    """Which signs the map uses and so the legend must explain."""

    bands: bool
    borders: bool
    lines: bool


@dataclass
class _Pen:
    """Collects text from the top down."""

    sheet: Sheet
    typeface: Typeface
    y: float
    parts: list[str]

    def text(
        self,
        text: str,
        x: float,
        size: float,
        *,
        anchor: str = "start",
        style: Style = "regular",
        fill: str = INK,
    ) -> None:
        self.parts.append(
            element(
                "text",
                escape(text),
                x=x,
                y=self.y,
                font_size=size,
                text_anchor=None if anchor == "start" else anchor,
                font_weight="700" if style == "bold" else None,
                font_style="italic" if style == "italic" else None,
                fill=fill,
            )
        )

    def paragraph(self, text: str, x: float, width: float, size: float, fill: str = GREY) -> None:
        for line in self.typeface.wrap(text, width, size):
            self.y += size * 1.36
            self.text(line, x, size, fill=fill)


def legend(
    subject: MapSubject,
    tone_of: dict[str, Tone],
    signs: Signs,
    sheet: Sheet,
    typeface: Typeface,
    words: Words,
    top: float,
    ids: str,
) -> tuple[str, float]:
    """Draw the legend from `top` down; return it and where it ends."""
    pen = _Pen(sheet, typeface, top, [])
    left = max(sheet.left, 16.0) if sheet.left < 24 else sheet.left
    width = sheet.width - left - sheet.right
    if subject.rows:
        (_stacked if width < NARROW else _table)(pen, subject, tone_of, words, left, width, ids)
    _key(pen, subject, tone_of, signs, words, left, width, ids)
    small = sheet.text * 0.8
    if subject.note:
        pen.y += 3
        pen.paragraph(subject.note, left, width, small, fill=INK)
    pen.y += 3
    pen.paragraph(words["lawful"], left, width, small, fill=INK)
    joined = words["gap"].join(
        text
        for text in (
            words["viewpoint"].format(subject.viewpoint),
            words["sources"].format(words["semicolon"].join(subject.sources)) if subject.sources else "",
            words["base"],
            words["equal_area"],
            words["drawn"],
        )
        if text
    )
    pen.paragraph(joined, left, width, small)
    return "".join(pen.parts), pen.y + sheet.text


def _swatch(x: float, y: float, tone: Tone, hatch: int | None, ids: str) -> str:
    box = {"x": x, "y": y, "width": SWATCH[0], "height": SWATCH[1]}
    fill = element("rect", **box, fill=tone.paint(ids))
    stripes = element("rect", **box, fill=f"url(#{hatch_id(hatch, ids)})") if hatch is not None else ""
    rim = element("rect", **box, fill="none", stroke=INK, stroke_width=0.8)
    return fill + stripes + rim


def _hatch_of(subject: MapSubject, row: str) -> int | None:
    """Give the number of the hatch that a row's first land carries, if all of its land is hatched."""
    readings = [area.reading for area in subject.areas if area.row == row]
    known = [hatch.id for hatch in subject.hatches]
    return known.index(readings[0]) if readings and all(one in known for one in readings) else None


def _table(
    pen: _Pen,
    subject: MapSubject,
    tone_of: dict[str, Tone],
    words: Words,
    left: float,
    width: float,
    ids: str,
) -> None:
    size = pen.sheet.text
    small = size * 0.86
    rows = [*subject.rows, *([subject.total] if subject.total else [])]
    numbers = [row for row in rows if row.km2 is not None]
    text_x = left + SWATCH[0] + 10
    wide_best = max(
        [pen.typeface.width(words.best(r.km2), size, "bold") for r in numbers if r.km2], default=0
    )
    wide_range = max([pen.typeface.width(words.range(r.km2), size) for r in numbers if r.km2], default=0)
    wide_best = max(wide_best, pen.typeface.width(f"{words['text_km2']}, {words['best']}", small))
    wide_range = max(wide_range, pen.typeface.width(words["range"], small))
    held = any(row.held_by for row in rows)
    wide_held = min(max([pen.typeface.width(r.held_by, small) for r in rows], default=0.0) + 4, width * 0.34)
    wide_held = max(wide_held, pen.typeface.width(words["held_by"], small)) if held else 0.0
    held_x = left + width - wide_held
    range_x = held_x - (18 if held else 0)
    best_x = range_x - wide_range - 22
    if numbers:
        pen.y += size * 1.1
        pen.text(f"{words['text_km2']}, {words['best']}", best_x, small, anchor="end", fill=GREY)
        pen.text(words["range"], range_x, small, anchor="end", fill=GREY)
        if held:
            pen.text(words["held_by"], held_x, small, fill=GREY)
        pen.y += 4
        pen.parts.append(_rule(left, pen.y, width))
    for row in rows:
        closing = row is subject.total
        text_lines = pen.typeface.wrap(row.text, best_x - wide_best - text_x - 12, size) or [""]
        held_lines = pen.typeface.wrap(row.held_by, wide_held, small) if row.held_by else []
        if closing:
            pen.y += 5
            pen.parts.append(_rule(left, pen.y, width))
        pen.y += size * 1.42
        first = pen.y
        if not closing and row.id in tone_of:
            hatch = _hatch_of(subject, row.id)
            pen.parts.append(_swatch(left, first - size * 0.36 - SWATCH[1] / 2, tone_of[row.id], hatch, ids))
        if row.km2 is not None:
            pen.text(words.best(row.km2), best_x, size, anchor="end", style="bold")
            pen.text(words.range(row.km2), range_x, size, anchor="end")
        for number in range(max(len(text_lines), len(held_lines))):
            pen.y = first + number * size * 1.3
            if number < len(text_lines):
                pen.text(text_lines[number], text_x, size, style="bold" if closing else "regular")
            if number < len(held_lines):
                pen.text(held_lines[number], held_x, small, fill="#333")
    pen.y += 4


def _stacked(
    pen: _Pen,
    subject: MapSubject,
    tone_of: dict[str, Tone],
    words: Words,
    left: float,
    width: float,
    ids: str,
) -> None:
    size = pen.sheet.text
    text_x = left + SWATCH[0] + 8
    rows: list[Row] = [*subject.rows, *([subject.total] if subject.total else [])]
    for row in rows:
        closing = row is subject.total
        if closing:
            pen.y += 5
            pen.parts.append(_rule(left, pen.y, width))
        first = True
        for line in pen.typeface.wrap(row.text, left + width - text_x, size, "bold"):
            pen.y += size * (1.55 if first else 1.25)
            pen.text(line, text_x, size, style="bold")
            if first and not closing and row.id in tone_of:
                at = pen.y - size * 0.36 - SWATCH[1] / 2
                pen.parts.append(_swatch(left, at, tone_of[row.id], _hatch_of(subject, row.id), ids))
            first = False
        facts = ""
        if row.km2 is not None:
            facts = f"{words.best(row.km2)} {words['text_km2']} ({words.range(row.km2)})"
        held = f"{words['held_by']} {row.held_by}" if row.held_by else ""
        for text in (facts, held):
            if text:
                pen.paragraph(text, text_x, left + width - text_x, size * 0.92, fill="#333")
    pen.y += 4


def _key(
    pen: _Pen,
    subject: MapSubject,
    tone_of: dict[str, Tone],
    signs: Signs,
    words: Words,
    left: float,
    width: float,
    ids: str,
) -> None:
    """Set the signs one after another, breaking to a new line where one does not fit."""
    entries: list[tuple[str, str]] = []
    dark = next(iter(tone_of.values()), Tone("#a9a9a9"))
    for number, hatch in enumerate(subject.hatches):
        rows = [area.row for area in subject.areas if area.reading == hatch.id]
        tone = tone_of.get(rows[0], dark) if rows else dark
        entries.append((_swatch(0, -SWATCH[1] / 2, tone, number, ids), hatch.text))
    w = SWATCH[0]
    if signs.bands:
        entries.append((soft_band(f"M0,0h{w:g}", 9.0, f"{ids}-key"), words["band"]))
    if subject.areas:
        entries.append((element("path", d=f"M0,0h{w:g}", stroke=INK, stroke_width=1.1), words["outline"]))
    if signs.lines:
        entries.append(
            (element("path", d=f"M0,0h{w:g}", stroke="#111", stroke_width=2.0), words["described"])
        )
    if signs.borders:
        entries.append((border_line(f"M0,0h{w:g}"), words["border"]))
    size = pen.sheet.text * 0.86
    x, pen.y = left, pen.y + size * 1.7
    for sign, text in entries:
        room = left + width - (x + w + 7)
        wanted = pen.typeface.width(text, size)
        if x > left and wanted > room:
            x, pen.y = left, pen.y + size * 1.5
            room = width - w - 7
        pen.parts.append(element("g", sign, transform=f"translate({x:.1f},{pen.y - size * 0.36:.1f})"))
        if wanted <= room:
            pen.text(text, x + w + 7, size, fill="#333")
            x += w + 7 + wanted + 20
            continue
        lines = pen.typeface.wrap(text, width - w - 7, size)
        for number, line in enumerate(lines):
            pen.y += size * 1.3 if number else 0
            pen.text(line, left + w + 7, size, fill="#333")
        x, pen.y = left, pen.y + size * 1.5
    if x == left and entries:
        pen.y -= size * 1.5


def soft_band(path: str, width: float, id: str) -> str:
    """Draw a corridor: densest in the middle, fading to its full width in steps too small to see."""
    steps = min(MOST_STEPS, max(3, round(width / 4)))
    opacity = 1 - (1 - BAND_DENSITY) ** (1 / steps)
    strokes = [
        element(
            "use", href=f"#{id}", stroke_width=width * (steps - step) / steps, stroke_opacity=f"{opacity:.3f}"
        )
        for step in range(steps)
    ]
    line = element("defs", element("path", d=path, id=id))
    return element("g", [line, *strokes], fill="none", stroke=DOUBT, stroke_linejoin="round")


def border_line(path: str) -> str:
    """Draw today's border. It has no casing, so that it joins the edge of the land where both run."""
    return element(
        "path", d=path, fill="none", stroke=INK, stroke_width=0.8, stroke_dasharray="6 1.8 1.4 1.8"
    )


def _rule(x: float, y: float, width: float) -> str:
    return element("path", d=f"M{x:.1f},{y:.1f}h{width:.1f}", stroke="#999", stroke_width=0.6)

"""The claimed range against the measured one, as a small picture that takes the page's own colours."""

from __future__ import annotations

import math

from metes.interval import plain, support
from metes.show.markup import Markup
from metes.show.screen import Figure
from metes.show.svg import element, escape
from metes.show.typeface import FAMILIES

WIDTH, ROW, LEFT, RIGHT = 560.0, 26.0, 110.0, 24.0
UNITS = {"km2": "km²", "percent": "%", "ratio": "times"}


def against(claimed: Figure, measured: Figure, ids: str) -> Markup | None:
    """Draw claim and measurement on one axis; None where their units differ."""
    if claimed.unit != measured.unit:
        return None
    top = max(claimed.high, measured.high) * 1.08 or 1.0
    unit = UNITS.get(claimed.unit, claimed.unit)

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * value / top

    parts = []
    for number, (name, figure, solid) in enumerate(
        (("claimed", claimed, False), ("measured", measured, True))
    ):
        y = 18 + number * ROW
        parts.append(_text(name, LEFT - 10, y + 4, "end"))
        width = max(x(figure.high) - x(figure.low), 2.0)
        parts.append(
            element(
                "rect",
                x=x(figure.low),
                y=y - 6,
                width=width,
                height=12.0,
                fill="currentColor" if solid else "none",
                fill_opacity=0.28 if solid else None,
                stroke="currentColor",
                stroke_width=1.2,
                stroke_dasharray=None if solid else "4 2",
            )
        )
        parts.append(
            element("path", d=f"M{x(figure.best):.1f},{y - 9}v18", stroke="currentColor", stroke_width=2.4)
        )
    base = 18 + 2 * ROW
    parts.append(
        element(
            "path", d=f"M{LEFT},{base - 6}h{WIDTH - LEFT - RIGHT}", stroke="currentColor", stroke_opacity=0.5
        )
    )
    step = _step(top)
    for tick in range(int(top / step) + 1):
        value = tick * step
        parts.append(
            element("path", d=f"M{x(value):.1f},{base - 6}v4", stroke="currentColor", stroke_opacity=0.5)
        )
        parts.append(_text(plain(value, 0 if step >= 1 else -2), x(value), base + 10, "middle"))
    parts.append(_text(unit, LEFT - 10, base + 10, "end"))
    title = (
        f"claimed {_range(claimed)} {unit}; measured {_range(measured)} {unit}, best "
        f"{plain(measured.best, support((measured.high - measured.low) / 2, measured.best))}"
    )
    svg = element(
        "svg",
        [element("title", escape(title), id=f"{ids}-title"), *parts],
        viewBox=f"0 0 {WIDTH:g} {base + 18:g}",
        role="img",
        aria_labelledby=f"{ids}-title",
        font_family=FAMILIES,
        font_size="12",
        class_="plot",
    )
    return Markup(svg)


def _range(figure: Figure) -> str:
    power = support((figure.high - figure.low) / 2, figure.best)
    return f"{plain(figure.low, power)}–{plain(figure.high, power)}"


def _step(top: float) -> float:
    power = 10.0 ** math.floor(math.log10(top / 4))
    return next(nice * power for nice in (1, 2, 5, 10) if top / (nice * power) <= 5)


def _text(text: str, x: float, y: float, anchor: str) -> str:
    return element("text", escape(text), x=x, y=y, text_anchor=anchor, fill="currentColor")

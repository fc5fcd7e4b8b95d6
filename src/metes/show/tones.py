"""Greys and patterns that can be told apart in print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metes.show.svg import element

# Fewer rows are set further apart: lightness in steps that a photocopier keeps.
_GREYS: tuple[tuple[str, ...], ...] = (
    ("#a9a9a9",),
    ("#8c8c8c", "#c8c8c8"),
    ("#7f7f7f", "#aeaeae", "#d6d6d6"),
    ("#737373", "#9b9b9b", "#bdbdbd", "#dcdcdc"),
    ("#6c6c6c", "#8f8f8f", "#adadad", "#c9c9c9", "#e0e0e0"),
)
_MOTIFS: tuple[str, ...] = ("dots", "levels", "uprights", "grid", "rings")
INK = "#2f2f2f"
PAPER = "#fdfcf9"
WATER = "#e9f0f3"
WATER_LINE = "#6f94a8"
WATER_TEXT = "#3f6880"
DOUBT = "#8a4b12"
"""The one warm tone: what is not sure. In black and white it is a soft grey."""


@dataclass(frozen=True)
class Tone:
    """How one legend row is filled: a grey, or a light grey with a pattern."""

    fill: str
    motif: str = ""

    def paint(self, ids: str) -> str:
        """Say what the fill attribute says; `ids` begins the ids of the picture."""
        return f"url(#{ids}-{self.motif})" if self.motif else self.fill


def tones(count: int) -> tuple[Tone, ...]:
    """Give as many fills, darkest first; past five greys the rest carry patterns, then they repeat darker."""
    if count <= 0:
        return ()
    greys = [Tone(grey) for grey in _GREYS[min(count, len(_GREYS)) - 1]]
    patterned = [Tone("#ececec", motif) for motif in _MOTIFS]
    while len(greys) + len(patterned) < count:
        patterned.append(Tone("#d0d0d0", f"{_MOTIFS[len(patterned) % len(_MOTIFS)]}-dark"))
    return tuple((greys + patterned)[:count])


def hatch_id(number: int, ids: str) -> str:
    """Name the pattern of the nth hatch of a picture."""
    return f"{ids}-hatch-{number}"


def definitions(used: Sequence[Tone], hatches: int, striped: Mapping[str, tuple[Tone, int]], ids: str) -> str:
    """Write the patterns that a picture needs.

    Each of `hatches` is stripes of paper that run its own way over the row's own tone: the tone says
    which row, the stripes that it is open and under which reading it counts. `striped` gives, by
    pattern id, another row's tone and the number of the hatch whose way its stripes run.
    """
    parts = [_motif(tone, ids) for tone in dict.fromkeys(used) if tone.motif]
    parts += [_stripes(hatch_id(n, ids), PAPER, _WAYS[n % len(_WAYS)]) for n in range(hatches)]
    parts += [_stripes(id, tone.fill, _WAYS[n % len(_WAYS)]) for id, (tone, n) in sorted(striped.items())]
    return "".join(parts)


_WAYS = (
    "M-1.5,1.5l3,-3M0,7l7,-7M5.5,8.5l3,-3",
    "M-1.5,5.5l3,3M0,0l7,7M5.5,-1.5l3,3",
    "M3.5,0v7",
    "M0,3.5h7",
    "M3.5,0v7M0,3.5h7",
)


def _stripes(id: str, colour: str, way: str) -> str:
    stripe = element("path", d=way, stroke=colour, stroke_width=2.2)
    return element("pattern", stripe, id=id, width=7.0, height=7.0, patternUnits="userSpaceOnUse")


def _motif(tone: Tone, ids: str) -> str:
    size = 6.0
    ground = element("rect", width=size, height=size, fill=tone.fill)
    ink: dict[str, str | float] = {"stroke": INK, "stroke_width": 0.9, "fill": "none"}
    kind = tone.motif.removesuffix("-dark")
    marks = {
        "dots": element("circle", cx=1.5, cy=1.5, r=0.9, fill=INK)
        + element("circle", cx=4.5, cy=4.5, r=0.9, fill=INK),
        "levels": element("path", d="M0,3h6", **ink),
        "uprights": element("path", d="M3,0v6", **ink),
        "grid": element("path", d="M0,3h6M3,0v6", **ink),
        "rings": element("circle", cx=3.0, cy=3.0, r=1.6, **ink),
    }[kind]
    return element(
        "pattern",
        ground + marks,
        id=f"{ids}-{tone.motif}",
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
    )

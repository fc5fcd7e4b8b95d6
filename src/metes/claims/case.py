"""A claim under judgement: its parts, its figures, and the evidence that they are held against."""

from __future__ import annotations

from dataclasses import dataclass, field

from metes.ask.atlas import Atlas
from metes.ask.combinations import Total
from metes.claims.evidence import (
    Evidence,
    Fact,
    Sought,
)
from metes.claims.frame import Frame
from metes.claims.verdict import Verdict
from metes.records.common import Figure

ALL_SHARE = 0.95
"""From this share of a place on, it counts as the whole of it; below 1 − this as nothing of it."""


@dataclass(frozen=True)
class Part:
    """One part of a claim judged apart."""

    what: str
    claimed: str
    found: str
    verdict: Verdict
    turns_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Range:
    """A range in a unit; `high` may be infinite."""

    low: float
    best: float
    high: float
    unit: str
    basis: str = ""


@dataclass(frozen=True)
class Judged:
    """A frame with its verdict, its parts and what they rest on."""

    frame: Frame
    verdict: Verdict
    why: str
    parts: tuple[Part, ...] = ()
    claimed: Range | None = None
    measured: Range | None = None
    book: str | None = None
    rule: str | None = None
    counted: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    takers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    answer: str | None = None
    sources: tuple[str, ...] = ()
    agrees_with: tuple[str, ...] = ()
    explained_by: tuple[dict[str, object], ...] = ()
    steps: tuple[str, ...] = ()


@dataclass
class Case:
    """A claim being judged."""

    frame: Frame
    sought: Sought
    parts: list[Part] = field(default_factory=list)
    facts: tuple[Fact, ...] = ()
    why: list[str] = field(default_factory=list)
    claimed: Range | None = None
    measured: Range | None = None
    book: str | None = None
    rule: str | None = None
    agrees: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


class Bench:
    """An atlas with its evidence, and what has been worked out of it so far."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.gazette = atlas.gazette
        self.evidence = Evidence(atlas)
        self.totals: dict[tuple[object, ...], tuple[Total, tuple[Figure, ...]]] = {}
        self.explained: dict[tuple[object, ...], tuple[dict[str, object], ...]] = {}

    def measure_km2(self, mask: int) -> float:
        """Measure a set of tracts, without its interval."""
        return self.atlas.measure.area_km2(mask)


def outside(bench: Bench, case: Case, why: str) -> None:
    case.parts.append(Part("coverage", shortened(case.frame.text), why, "outside-coverage"))
    case.why.append(why)


def shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else flat[:87] + "…"

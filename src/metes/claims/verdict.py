"""The vocabulary of verdicts, their order, and the thresholds of DESIGN.md."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from metes.interval import Interval

Verdict = Literal[
    "supported",
    "within-range",
    "depends",
    "too-high",
    "too-low",
    "contradicted",
    "mixed",
    "not-checkable",
    "outside-coverage",
    "on-record",
]

NARROW_HALF_WIDTH_SHARE = 0.10
"""Up to this half-width of the measured range an overlap is `supported`, above it `within-range`."""
FAR_FACTOR = 3.0
"""Ends further apart than this factor are `contradicted`, nearer ones `too-high` or `too-low`."""

HOLDS = frozenset(("supported", "within-range"))
FAILS = frozenset(("too-high", "too-low", "contradicted"))
JUDGED = HOLDS | FAILS | {"depends"}
_WORSE = ("supported", "within-range", "depends", "too-low", "too-high", "contradicted")
IDENTIFIES = frozenset(("taker", "taken-from", "party", "instrument", "place"))
"""Parts that say which event is meant: that they hold does not make a wrong figure `mixed`."""


def of_amount(
    low: float, high: float, under: Sequence[Interval], whole: Interval, best: Interval | None = None
) -> Verdict:
    """Judge a claimed range against a measured one under each combination of readings, and as a whole.

    All in one unit. `under` may be empty where no question governs the figure; `best` is the interval
    of the best readings. A figure that holds under the best readings but not under every one, or that
    lies between what the readings give, is `within-range`; one that only another reading supports
    `depends`.
    """
    meets = [one.overlaps(low, high) for one in under] or [whole.overlaps(low, high)]
    if all(meets):
        return "supported" if whole.half_width_share <= NARROW_HALF_WIDTH_SHARE else "within-range"
    if any(meets):
        return "within-range" if best is not None and best.overlaps(low, high) else "depends"
    if whole.overlaps(low, high):
        return "within-range"
    return beyond(low, high, whole.low_km2, whole.high_km2)


def beyond(low: float, high: float, found_low: float, found_high: float) -> Verdict:
    """Say how far a claimed range lies beyond a found one that it does not meet."""
    if low > found_high:
        factor = low / found_high if found_high > 0 else math.inf
        return "too-high" if factor <= FAR_FACTOR else "contradicted"
    if high < found_low:
        factor = found_low / high if high > 0 else math.inf
        return "too-low" if factor <= FAR_FACTOR else "contradicted"
    return "supported"


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Give the worst of judged verdicts; `supported` of none."""
    judged = [one for one in verdicts if one in _WORSE]
    return max(judged, key=_WORSE.index) if judged else "supported"


def of_claim(parts: Sequence[tuple[str, Verdict]]) -> Verdict:
    """Join the verdicts of a claim's parts, given as (what, verdict).

    The worst judged part, or `mixed` where one holds and another does not. A party, place or
    instrument that is right only says which event is meant, and so does a right date beside a wrong
    party: neither softens a wrong figure.
    """
    judged = [(what, one) for what, one in parts if one in JUDGED]
    if not judged:
        others = [one for _, one in parts if one in ("outside-coverage", "not-checkable")]
        return others[0] if others else "not-checkable"
    failing = [what for what, one in judged if one in FAILS]
    if failing:
        substance = [
            what
            for what, one in judged
            if one not in FAILS and what not in IDENTIFIES and what not in ("date", "form")
        ]
        if substance:
            return "mixed"
    return worst([one for _, one in judged])

"""Consistent combinations of readings, and how much each question moves a total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from metes.ask.atlas import Atlas
from metes.interval import Interval, hull

Readings = dict[str, str]


@dataclass(frozen=True)
class Total:
    """A total under every consistent combination of readings.

    `interval` is the hull: best is that of the best readings. `moves_km2` is question → reading →
    best value with the other questions at their best. `under` lists each combination with its interval.
    """

    interval: Interval
    moves_km2: dict[str, dict[str, float]]
    under: tuple[tuple[Readings, Interval], ...]


def combine(atlas: Atlas, measure: Callable[[Readings], Interval], fixed: Mapping[str, str]) -> Total:
    """Compute a total under the readings that matter to it; `fixed` readings are not varied.

    A question matters if one of its readings, the others at their best, changes the interval.
    """
    best = {**atlas.ledger.best_readings(), **fixed}
    central = measure(best)
    moves: dict[str, dict[str, float]] = {}
    for question in atlas.gazette.questions.values():
        if question.id in fixed:
            continue
        each = {one.id: measure({**best, question.id: one.id}) for one in question.readings}
        if any(one != central for one in each.values()):
            moves[question.id] = {reading: one.best_km2 for reading, one in each.items()}
    under = []
    for chosen in product(*([(question, reading) for reading in moves[question]] for question in moves)):
        readings = {**best, **dict(chosen)}
        under.append((dict(chosen), measure(readings)))
    return Total(hull([one for _, one in under], central.best_km2), moves, tuple(under))

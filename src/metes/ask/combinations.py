"""Consistent combinations of readings, and how much each question moves a total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product

from metes.ask.atlas import Atlas
from metes.interval import Interval, hull

Readings = dict[str, str]
Land = dict[str, tuple[int, tuple[str, ...]]]
"""What a total counts: rows by name, each a set of tracts and the lines that bound it."""


@dataclass(frozen=True)
class Total:
    """A total under every consistent combination of readings.

    `interval` is the hull: best is that of the best readings. `moves_km2` is question → reading →
    best value with the other questions at their best. `under` lists each combination with its interval.
    `rows` is the interval of each row on its own, over the readings that change it.
    """

    interval: Interval
    moves_km2: dict[str, dict[str, float]]
    under: tuple[tuple[Readings, Interval], ...]
    rows: dict[str, Interval] = field(default_factory=dict)


def combine(atlas: Atlas, land: Callable[[Readings], Land], fixed: Mapping[str, str]) -> Total:
    """Compute a total under the readings that matter to it; `fixed` readings are not varied.

    A question matters if one of its readings changes what is counted, with the others at their best or
    with one other question read otherwise (who held land in 1864 may turn on 1825 only if it was Qing
    at all). Questions that change the same rows are varied together, all others apart: what is counted
    under a combination is then put together from what each group counts.
    """
    best = {**atlas.ledger.best_readings(), **fixed}
    central = land(best)
    readings_of = {
        one.id: [reading.id for reading in one.readings]
        for one in atlas.gazette.questions.values()
        if one.id not in fixed
    }
    groups = _groups(land, best, central, readings_of)
    changes = [
        _changes(land, best, central, {question: readings_of[question] for question in group})
        for group in groups
    ]

    def measure(rows: Land) -> Interval:
        lines = {line for _, its_lines in rows.values() for line in its_lines}
        return atlas.measure.interval((mask for mask, _ in rows.values()), lines)

    under = []
    for chosen in product(*(change.items() for change in changes)):
        rows = dict(central)
        readings: Readings = {}
        for (key, row_changes), group in zip(chosen, groups, strict=True):
            readings.update(zip(group, key, strict=True))
            rows.update(row_changes)
        under.append((readings, measure(rows)))
    moves = {
        question: {
            reading: measure(
                {**central, **change[tuple(reading if q == question else best[q] for q in group)]}
            ).best_km2
            for reading in readings_of[question]
        }
        for group, change in zip(groups, changes, strict=True)
        for question in group
    }
    order = [question for question in readings_of if question in moves]
    versions: dict[str, list[tuple[int, tuple[str, ...]]]] = {row: [value] for row, value in central.items()}
    for change in changes:
        for row_changes in change.values():
            for row, value in row_changes.items():
                versions.setdefault(row, [(0, ())]).append(value)
    alone = {
        row: [atlas.measure.interval([mask], lines) for mask, lines in some] for row, some in versions.items()
    }
    return Total(
        hull([one for _, one in under], measure(central).best_km2),
        {question: moves[question] for question in order},
        tuple(({q: readings[q] for q in order}, one) for readings, one in under),
        {row: hull(some, some[0].best_km2) for row, some in alone.items()},
    )


def _differs(some: Land, other: Land) -> set[str]:
    return {row for row in {*some, *other} if _mask(some, row) != _mask(other, row)}


def _mask(rows: Land, row: str) -> int:
    return rows[row][0] if row in rows else 0


def _groups(
    land: Callable[[Readings], Land], best: Readings, central: Land, readings_of: Mapping[str, list[str]]
) -> list[tuple[str, ...]]:
    """Find the questions that matter, in groups that change the same rows."""
    rows: dict[str, set[str]] = {}
    linked: list[set[str]] = []

    def changed(question: str, around: Readings, at: Land) -> set[str]:
        return {row for one in readings_of[question] for row in _differs(land({**around, question: one}), at)}

    for question in readings_of:
        mine = changed(question, best, central)
        if mine:
            rows[question] = mine
    for question in list(rows):
        for reading in readings_of[question]:
            if reading == best[question]:
                continue
            around = {**best, question: reading}
            at = land(around)
            for other in readings_of:
                if other not in rows:
                    mine = changed(other, around, at)
                    if mine:
                        rows[other] = mine
                        linked.append({question, other})
    groups: list[set[str]] = []
    for question, mine in rows.items():
        joined = {question}
        for link in linked:
            if question in link:
                joined |= link
        rest = []
        for group in groups:
            touches = joined & group or any(mine & rows[one] for one in group)
            if touches:
                joined |= group
            else:
                rest.append(group)
        groups = [*rest, joined]
    return [tuple(question for question in readings_of if question in group) for group in groups]


def _changes(
    land: Callable[[Readings], Land], best: Readings, central: Land, readings_of: Mapping[str, list[str]]
) -> dict[tuple[str, ...], Land]:
    """Give, for each combination of one group, the rows that it changes."""
    found = {}
    for key in product(*readings_of.values()):
        rows = land({**best, **dict(zip(readings_of, key, strict=True))})
        found[key] = {row: rows.get(row, (0, ())) for row in _differs(rows, central)}
    return found

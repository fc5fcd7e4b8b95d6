"""Consistent combinations of readings, and how much each question moves a total."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
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

    under = list(_under(atlas, central, groups, changes))
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


Changes = dict[tuple[str, ...], Land]
"""For each combination of a group's readings, the rows that it changes."""


def _under(
    atlas: Atlas, central: Land, groups: list[tuple[str, ...]], changes: list[Changes]
) -> Iterator[tuple[Readings, Interval]]:
    """Measure every combination: land that does not touch is measured apart and put together.

    Boundaries of sets that do not touch add up by doubt, so a combination of groups that lie apart costs
    only an addition.
    """
    regions = _regions(atlas, central, changes)
    measured = [_measured(atlas, rows, [changes[n] for n in numbers]) for rows, numbers in regions]
    # A doubt of one region only is squared there; one that several share is added up before.
    homes = Counter(
        doubt for table in measured for doubt in {d for _, ones, _ in table.values() for d in ones}
    )
    shared = {doubt for doubt, count in homes.items() if count > 1}
    half_width = atlas.measure.half_width_km2
    tables = [
        {
            key: (
                area_km2,
                sum(half_width(d, km, squares[d]) ** 2 for d, km in ones.items() if d not in shared),
                [(d, km, squares[d]) for d, km in ones.items() if d in shared],
            )
            for key, (area_km2, ones, squares) in table.items()
        }
        for table in measured
    ]
    for chosen in product(*(change.keys() for change in changes)):
        area_km2 = variance = 0.0
        first: dict[str, float] = {}
        second: dict[str, float] = {}
        for (_, numbers), table in zip(regions, tables, strict=True):
            its_km2, its_variance, open_ = table[tuple(chosen[n] for n in numbers)]
            area_km2 += its_km2
            variance += its_variance
            for doubt, km, square_km in open_:
                first[doubt] = first.get(doubt, 0.0) + km
                second[doubt] = second.get(doubt, 0.0) + square_km
        half = math.sqrt(variance + sum(half_width(d, km, second[d]) ** 2 for d, km in first.items()))
        readings = {
            question: reading
            for group, key in zip(groups, chosen, strict=True)
            for question, reading in zip(group, key, strict=True)
        }
        yield readings, Interval(max(0.0, area_km2 - half), area_km2, area_km2 + half)


def _regions(atlas: Atlas, central: Land, changes: list[Changes]) -> list[tuple[Land, list[int]]]:
    """Part the rows into regions that do not touch, each with the groups (by number) that change it."""
    pieces: list[tuple[int, set[str], set[int]]] = []
    for number, change in enumerate(changes):
        rows = {row for some in change.values() for row in some}
        masks = [some[row][0] for some in change.values() for row in some]
        masks += [central[row][0] for row in rows if row in central]
        pieces.append((_union(masks), rows, {number}))
    changed = {row for _, rows, _ in pieces for row in rows}
    pieces += [(mask, {row}, set()) for row, (mask, _) in central.items() if row not in changed]
    regions: list[tuple[int, set[str], set[int]]] = []
    for mask, rows, numbers in pieces:
        reach = atlas.measure.touching(mask)
        apart = []
        for other, its_rows, its_numbers in regions:
            if reach & other:
                mask, rows, numbers = mask | other, rows | its_rows, numbers | its_numbers
            else:
                apart.append((other, its_rows, its_numbers))
        regions = [*apart, (mask, rows, numbers)]
    return [
        ({row: central[row] for row in central if row in rows}, sorted(numbers))
        for _, rows, numbers in regions
    ]


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _measured(
    atlas: Atlas, central: Land, changes: list[Changes]
) -> dict[tuple[tuple[str, ...], ...], tuple[float, dict[str, float], dict[str, float]]]:
    """Measure one region under every combination of the groups that change it: area, boundary by doubt."""
    found = {}
    for chosen in product(*(change.items() for change in changes)):
        rows = dict(central)
        for _, row_changes in chosen:
            rows.update(row_changes)
        parts = tuple(sorted(mask for mask, _ in rows.values() if mask))
        lines = frozenset(line for _, its_lines in rows.values() for line in its_lines)
        area_km2 = math.fsum(atlas.measure.area_km2(mask) for mask in parts)
        found[tuple(key for key, _ in chosen)] = (area_km2, *atlas.measure.lengths(parts, lines))
    return found


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
) -> Changes:
    """Give, for each combination of one group, the rows that it changes."""
    found = {}
    for key in product(*readings_of.values()):
        rows = land({**best, **dict(zip(readings_of, key, strict=True))})
        found[key] = {row: rows.get(row, (0, ())) for row in _differs(rows, central)}
    return found

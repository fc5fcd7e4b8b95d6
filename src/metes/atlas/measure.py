"""The area of a union of tracts, with its interval.

Rule (docs/method.md): take the union's own outer boundary; a doubt of half-corridor w and correlation
length λ over length L has the area half-width w·√(L·min(L, λ)); different doubts add as squares. A line
between two members of the union is not on its boundary and so costs nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable

from metes.atlas.compiled import OUTSIDE, Compiled
from metes.atlas.ledger import tracts_in
from metes.interval import NOTHING, Interval


class Measure:
    """Areas and intervals of unions of tracts of one atlas; keeps what it has worked out."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._areas = [tract.area_km2 for tract in compiled.tracts]
        self._around: list[list[int]] = [[] for _ in compiled.tracts]
        for number, arc in enumerate(compiled.arcs):
            for tract in (arc.left, arc.right):
                if tract != OUTSIDE:
                    self._around[tract].append(number)
        self._known: dict[tuple[tuple[int, ...], frozenset[str]], Interval] = {}

    def area_km2(self, mask: int) -> float:
        """Sum the areas of a set of tracts, exactly rounded."""
        return math.fsum(self._areas[tract] for tract in tracts_in(mask))

    def interval(self, masks: Iterable[int], lines: Collection[str]) -> Interval:
        """Measure sets of tracts counted together; land in two of them counts twice.

        `lines` are the lines that bound the sets: where several describe an arc, theirs are its doubts.
        """
        parts = tuple(sorted(mask for mask in masks if mask))
        if not parts:
            return NOTHING
        key = (parts, frozenset(lines))
        if key not in self._known:
            self._known[key] = self._interval(parts, key[1])
        return self._known[key]

    def _interval(self, parts: tuple[int, ...], lines: frozenset[str]) -> Interval:
        best = math.fsum(self._areas[tract] for mask in parts for tract in tracts_in(mask))
        half = math.sqrt(math.fsum(w * w for w in self.by_doubt(parts, lines).values()))
        return Interval(max(0.0, best - half), best, best + half)

    def by_doubt(self, parts: tuple[int, ...], lines: frozenset[str]) -> dict[str, float]:
        """Give the area half-width in km² that each doubt causes."""
        count: dict[int, int] = defaultdict(int)
        for mask in parts:
            for tract in tracts_in(mask):
                count[tract] += 1
        first: dict[str, float] = defaultdict(float)
        second: dict[str, float] = defaultdict(float)
        for number in sorted({arc for tract in count for arc in self._around[tract]}):
            arc = self.compiled.arcs[number]
            times = abs(count.get(arc.left, 0) - count.get(arc.right, 0))
            if times:
                doubt = self.choose(arc.doubts, lines)
                first[doubt] += times * arc.km
                second[doubt] += times * times * arc.km
        return {doubt: self._half_width_km2(doubt, first[doubt], second[doubt]) for doubt in first}

    def _half_width_km2(self, doubt: str, first_km: float, second_km: float) -> float:
        model = self.compiled.doubts[doubt]
        # A stretch that bounds land counted n times moves n times the area: its length enters n-fold
        # in the sum of a whole correlated error and n²-fold in a sum of squares.
        effective_km = first_km * first_km / second_km
        reach_km = effective_km if model.correlation_km is None else min(effective_km, model.correlation_km)
        return model.corridor_m / 1000 * math.sqrt(second_km * reach_km)

    def choose(self, doubts: dict[str, str], lines: frozenset[str]) -> str:
        """Choose the doubt of an arc: of the bounding lines, else of the base, else any; the smallest."""
        mine = [doubt for line, doubt in doubts.items() if line in lines]
        base = [doubts[""]] if "" in doubts else []
        return min(mine or base or list(doubts.values()), key=lambda d: (self.compiled.doubts[d].corridor_m, d))

"""The area of a union of tracts, with its interval.

Rule (docs/method.md): take the union's own outer boundary; a doubt of half-corridor w and correlation
length λ over length L has the area half-width w·√(L·min(L, λ)); different doubts add as squares. A line
between two members of the union is not on its boundary and so costs nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from metes.atlas.compiled import OUTSIDE, Compiled
from metes.atlas.ledger import tracts_in
from metes.interval import NOTHING, Interval

Lengths = dict[str, float]
Edge = tuple[int, float, dict[str, str]]
"""An arc on a boundary: how often it counts, its length in km, its doubts by line."""


class Measure:
    """Areas and intervals of unions of tracts of one atlas; keeps what it has worked out.

    Sets that share no boundary are worked out apart: a total under many readings is then mostly known.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._areas = [tract.area_km2 for tract in compiled.tracts]
        # Beyond the atlas is a tract that no set holds.
        beyond = len(compiled.tracts)
        self._arcs: list[tuple[int, int, float, dict[str, str]]] = []
        self._beside = [0] * (beyond + 1)
        for arc in compiled.arcs:
            left = beyond if arc.left == OUTSIDE else arc.left
            right = beyond if arc.right == OUTSIDE else arc.right
            self._arcs.append((left, right, arc.km, arc.doubts))
            if beyond not in (left, right):
                self._beside[left] |= 1 << right
                self._beside[right] |= 1 << left
        self._around: dict[int, int] = {}
        self._edges: dict[tuple[int, ...], tuple[list[Edge], frozenset[str]]] = {}
        self._sums: dict[tuple[tuple[int, ...], frozenset[str]], tuple[Lengths, Lengths]] = {}
        self._known: dict[tuple[tuple[int, ...], frozenset[str]], Interval] = {}
        self._area: dict[int, float] = {}

    def area_km2(self, mask: int) -> float:
        """Sum the areas of a set of tracts, exactly rounded."""
        if mask not in self._area:
            self._area[mask] = math.fsum(self._areas[tract] for tract in tracts_in(mask))
        return self._area[mask]

    def interval(self, masks: Iterable[int], lines: Collection[str]) -> Interval:
        """Measure sets of tracts counted together; land in two of them counts twice.

        `lines` are the lines that bound the sets: where several describe an arc, theirs are its doubts.
        """
        parts = tuple(sorted(mask for mask in masks if mask))
        if not parts:
            return NOTHING
        key = (parts, frozenset(lines))
        if key not in self._known:
            best = math.fsum(self.area_km2(mask) for mask in parts)
            half = math.sqrt(math.fsum(w * w for w in self.by_doubt(parts, key[1]).values()))
            self._known[key] = Interval(max(0.0, best - half), best, best + half)
        return self._known[key]

    def by_doubt(self, parts: tuple[int, ...], lines: frozenset[str]) -> dict[str, float]:
        """Give the area half-width in km² that each doubt causes."""
        first, second = self.lengths(parts, lines)
        return {doubt: self.half_width_km2(doubt, first[doubt], second[doubt]) for doubt in sorted(first)}

    def lengths(self, parts: tuple[int, ...], lines: frozenset[str]) -> tuple[Lengths, Lengths]:
        """Sum the outer boundary of sets by doubt: n·L and n²·L in km where it bounds land counted n times.

        The sums of sets that do not touch add up.
        """
        first: Lengths = defaultdict(float)
        second: Lengths = defaultdict(float)
        for group in self._apart(parts):
            ones, squares = self._lengths(group, lines)
            for doubt, km in ones.items():
                first[doubt] += km
                second[doubt] += squares[doubt]
        return first, second

    def touching(self, mask: int) -> int:
        """Give a set of tracts with all tracts beside it."""
        return mask | self._touching(mask)

    def _apart(self, parts: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Group sets that overlap or touch."""
        groups: list[tuple[int, list[int]]] = []
        for mask in parts:
            reach = mask | self._touching(mask)
            joined = [mask]
            rest = []
            for held, members in groups:
                if held & reach:
                    joined += members
                    reach |= held
                else:
                    rest.append((held, members))
            union = 0
            for one in joined:
                union |= one
            groups = [*rest, (union, joined)]
        return [tuple(sorted(members)) for _, members in groups]

    def _touching(self, mask: int) -> int:
        if mask not in self._around:
            reach = 0
            for tract in tracts_in(mask):
                reach |= self._beside[tract]
            self._around[mask] = reach
        return self._around[mask]

    def _lengths(self, parts: tuple[int, ...], lines: frozenset[str]) -> tuple[Lengths, Lengths]:
        """Sum the outer boundary by doubt: n·L and n²·L where it bounds land counted n times."""
        if parts not in self._edges:
            found = list(self._boundary(parts))
            self._edges[parts] = (found, frozenset(line for _, _, doubts in found for line in doubts))
        edges, known = self._edges[parts]
        near = lines & known
        key = (parts, near)
        if key not in self._sums:
            first: Lengths = defaultdict(float)
            second: Lengths = defaultdict(float)
            for times, km, doubts in edges:
                doubt = self.choose(doubts, near)
                first[doubt] += times * km
                second[doubt] += times * times * km
            self._sums[key] = first, second
        return self._sums[key]

    def _boundary(self, parts: tuple[int, ...]) -> Iterator[Edge]:
        """List the arcs on the outer boundary."""
        union = 0
        for mask in parts:
            union |= mask
        reach = union | self._touching(union)
        single = sum(mask.bit_count() for mask in parts) == union.bit_count()
        for left, right, km, doubts in self._arcs:
            if not (reach >> left | reach >> right) & 1:
                continue
            if single:
                times = (union >> left ^ union >> right) & 1
            else:
                times = abs(sum((mask >> left & 1) - (mask >> right & 1) for mask in parts))
            if times:
                yield times, km, doubts

    def half_width_km2(self, doubt: str, first_km: float, second_km: float) -> float:
        """Turn the two sums of a doubt's boundary into the half-width of an area."""
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
        return min(
            mine or base or list(doubts.values()), key=lambda d: (self.compiled.doubts[d].corridor_m, d)
        )

"""Which land adds up to a claimed figure: a light search for a verdict (`metes explain` is the full one)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from metes.claims.case import Bench, Case
from metes.claims.evidence import KEPT, Sought
from metes.claims.verdict import Verdict

TOLD = 3
"""So many of the simplest sums are told."""
TOLERANCE = 0.015
"""A sum explains a figure if it is this near: what rounding to two digits leaves open at 1.5 million."""
MOST_ITEMS = 10
"""More pieces of land than this are not combined: 2¹⁰ sums are 1,024."""
ASKED = frozenset(("depends", "too-high", "too-low", "contradicted", "mixed"))

Item = tuple[str, int, tuple[float, ...]]
"""What can be added: the ids of its entries, its day, and the areas that it may have."""


def explained_by(bench: Bench, case: Case, verdict: Verdict) -> tuple[dict[str, object], ...]:
    """Find which entries between the two parties of a claim add up to its figure in km²; mostly none.

    Only for an area between two parties with no instrument or place named: those say themselves what
    they count. Measured and published areas are searched apart; nothing of either makes a verdict.
    """
    claimed, sought = case.claimed, case.sought
    if verdict not in ASKED or claimed is None or claimed.unit != "km2":
        return ()
    if sought.places or sought.instruments or not sought.givers or not sought.takers or not case.facts:
        return ()
    givers = tuple(bench.evidence.lineage_of(one) for one in sought.givers)
    takers = tuple(bench.evidence.lineage_of(one) for one in sought.takers)
    key = (claimed.best, givers[0].ids, takers[0].ids)
    if key not in bench.explained:
        if len(bench.explained) > KEPT:
            bench.explained.clear()
        found = []
        for figures, items in _items(bench, Sought(givers, takers, (), frozenset(), ())):
            found.extend(_search(claimed.best, items, figures))
        found.sort(key=lambda row: (len(row[2]), len(row[1]), abs(row[3] - claimed.best)))
        bench.explained[key] = tuple(
            {"entries": list(entries), "sum_km2": round(total, 1), "figures": figures, "left_out": list(left)}
            for figures, entries, left, total in found[:TOLD]
        )
    return bench.explained[key]


def _items(bench: Bench, sought: Sought) -> list[tuple[str, list[Item]]]:
    """List what can be added: land measured under the best readings, and figures published for it."""
    facts = [one for one in bench.evidence.find(sought) if "title" in one.books and one.best]
    measured: dict[int, Item] = {}
    for one in facts:
        area = bench.measure_km2(one.mask)
        if area > 0:
            measured.setdefault(one.mask, (one.id, one.day, (area,)))
    entries = {one.id: one.id for one in facts} | {one.territory: one.id for one in facts}
    days = {one.id: one.day for one in facts}
    published: dict[tuple[str, ...], set[float]] = {}
    for instrument in bench.gazette.instruments.values():
        for figure in instrument.figures:
            names = tuple(sorted({entries.get(one, "") for one in figure.of}))
            if names and all(names):
                published.setdefault(names, set()).add(figure.km2)
    figures = [
        (" + ".join(names), min(days[one] for one in names), tuple(sorted(km2)))
        for names, km2 in published.items()
    ]
    return [("measured", _largest(list(measured.values()))), ("published", _largest(figures))]


def _largest(items: Sequence[Item]) -> list[Item]:
    kept = sorted(items, key=lambda one: (-max(one[2]), one[0]))[:MOST_ITEMS]
    return sorted(kept, key=lambda one: (one[1], one[0]))


def _search(
    claimed_km2: float, items: Sequence[Item], figures: str
) -> list[tuple[str, list[str], list[str], float]]:
    """Give sums near the figure as (kind of figures, entries added, entries of the period left out, sum)."""
    found = []
    for size in range(1, len(items) + 1):
        for chosen in combinations(items, size):
            names = [part for one in chosen for part in one[0].split(" + ")]
            if len(set(names)) < len(names):
                continue
            total = min(
                (sum(terms) for terms in product(*(one[2] for one in chosen))),
                key=lambda km2: abs(km2 - claimed_km2),
            )
            if abs(total - claimed_km2) <= TOLERANCE * claimed_km2:
                first, last = min(one[1] for one in chosen), max(one[1] for one in chosen)
                left = [
                    one[0]
                    for one in items
                    if first <= one[1] <= last and not set(one[0].split(" + ")) & set(names)
                ]
                found.append((figures, names, left, total))
    return found

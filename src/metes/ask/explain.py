"""A figure explained: which entries add up to it, and how many combinations would by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from metes.ask.atlas import Atlas
from metes.ask.transfers import Transfers, transfers
from metes.span import BEGINNING, FOREVER

TOLERANCE = 0.015
"""A sum explains a figure if it is this near: what rounding to two digits leaves open at 1.5 million."""
MOST_ITEMS = 14
"""More entries than this are not combined freely: 2¹⁴ sums are 16,384."""


@dataclass(frozen=True)
class Explanation:
    """Entries whose areas add up to a figure; `terms_km2` are the areas added, in the same order."""

    entries: tuple[str, ...]
    terms_km2: tuple[float, ...]
    sum_km2: float
    figures: str
    left_out: tuple[str, ...]
    off_percent: float


@dataclass(frozen=True)
class Explained:
    """All explanations, simplest first, and how many sums would come as near by chance."""

    claimed_km2: float
    answers: tuple[Explanation, ...]
    by_chance: float


def explain(
    atlas: Atlas, claimed_km2: float, giver: str, taker: str, since: int = BEGINNING, until: int = FOREVER
) -> Explained:
    """Find which entries between two parties add up to a figure, by measured and by published areas.

    Published sums take at most one figure for each entry. Ranked by how few entries are left out of the
    span that they cover, then by how few they are, then by how near.
    """
    found = [transfers(atlas, giver, taker, since, until)]
    parties = (found[0].giver.id, found[0].taker.id)
    found += [
        transfers(atlas, giver, taker, since, until, rules=[rule.id])
        for rule in atlas.gazette.rules.values()
        if rule.parties == parties and rule.adds
    ]
    measured = _measured(found)
    published = _published(atlas, found)
    tried: list[float] = []
    answers = _search(claimed_km2, measured, "measured", tried) + _search(claimed_km2, published, "published", tried)
    answers.sort(key=lambda one: (len(one.left_out), len(one.entries), abs(one.off_percent), one.entries))
    return Explained(claimed_km2, tuple(answers), _by_chance(claimed_km2, tried))


Item = tuple[str, int, tuple[float, ...]]
"""What can be added: its id, its day, and the areas that it may have (one, or several published)."""


def _measured(found: Sequence[Transfers]) -> list[Item]:
    items: dict[str, Item] = {}
    for answer in found:
        for one in answer.passed:
            if one.km2 is not None and one.km2.best_km2 > 0:
                items.setdefault(one.entry.id, (one.entry.id, one.day, (one.km2.best_km2,)))
    return _largest(items)


def _published(atlas: Atlas, found: Sequence[Transfers]) -> list[Item]:
    """Gather figures by the entries that they are about; a figure for several entries is one item."""
    days = {one.entry.id: one.day for answer in found for one in answer.passed}
    lands = {one.entry.territory: one.entry.id for answer in found for one in answer.passed}
    values: dict[tuple[str, ...], set[float]] = {}
    for instrument in atlas.gazette.instruments.values():
        for figure in instrument.figures:
            entries = tuple(sorted({lands.get(one, one) for one in figure.of}))
            if entries and all(entry in days for entry in entries):
                values.setdefault(entries, set()).add(figure.km2)
    items = {
        " + ".join(entries): (" + ".join(entries), min(days[e] for e in entries), tuple(sorted(areas)))
        for entries, areas in values.items()
    }
    return _largest(items)


def _largest(items: dict[str, Item]) -> list[Item]:
    kept = sorted(items.values(), key=lambda one: -max(one[2]))[:MOST_ITEMS]
    return sorted(kept, key=lambda one: (one[1], one[0]))


def _search(claimed_km2: float, items: Sequence[Item], figures: str, tried: list[float]) -> list[Explanation]:
    answers = []
    for size in range(1, min(len(items), 6) + 1):
        for chosen in combinations(items, size):
            names = [part for one in chosen for part in one[0].split(" + ")]
            if len(set(names)) < len(names):
                continue
            best: Explanation | None = None
            for terms in product(*(one[2] for one in chosen)):
                total = sum(terms)
                tried.append(total)
                off = 100 * (total - claimed_km2) / claimed_km2
                if abs(off) <= 100 * TOLERANCE and (best is None or abs(off) < abs(best.off_percent)):
                    left = _left_out(chosen, items)
                    best = Explanation(tuple(one[0] for one in chosen), terms, total, figures, left, off)
            if best is not None:
                answers.append(best)
    answers.sort(key=lambda one: (len(one.left_out), len(one.entries), abs(one.off_percent)))
    return answers[:10]


def _left_out(chosen: Sequence[Item], items: Sequence[Item]) -> tuple[str, ...]:
    """Name what is of the same period but not in the sum, unless the sum counts its land already."""
    counted = {part for one in chosen for part in one[0].split(" + ")}
    first, last = min(one[1] for one in chosen), max(one[1] for one in chosen)
    return tuple(
        one[0] for one in items if first <= one[1] <= last and not counted & set(one[0].split(" + "))
    )


def _by_chance(claimed_km2: float, tried: Sequence[float]) -> float:
    """Expect how many of the sums tried fall as near to a figure of this size by chance.

    Counts the sums within a fifth of the figure and assumes that they lie evenly there.
    """
    near = sum(1 for total in tried if abs(total - claimed_km2) <= 0.2 * claimed_km2)
    return round(near * TOLERANCE / 0.2, 1)

"""A figure explained: which entries add up to it, and how many sums would come as near by chance.

Only sensible sums are tried, so that an explanation is not numerology: everything of a period (a run of
entries in order of time), with or without the land that one counting rule adds. Measured areas are added
under the best readings and under each other reading of one question; published figures only with
figures of the same tradition, because whoever adds does not mix schoolbooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from metes.ask.atlas import Atlas
from metes.ask.transfers import Transfers, transfers
from metes.records.common import Figure
from metes.span import BEGINNING, FOREVER

TOLERANCE = 0.02
"""A sum explains a figure if it is this near: what rounding to two digits may hide at 1.5 million."""
AROUND = 0.25
MOST_ANSWERS = 5


@dataclass(frozen=True)
class Explanation:
    """Entries whose areas add up to a figure; `terms_km2` are the areas added, in the same order.

    A term may stand for several entries, joined by " + ", where one published figure counts them together.
    `measured_km2` is what the same land measures on our side. `left_out` is what lies between the same
    parties and is not in the sum.
    """

    entries: tuple[str, ...]
    terms_km2: tuple[float, ...]
    sum_km2: float
    figures: str
    left_out: tuple[str, ...]
    off_percent: float
    measured_km2: float | None = None
    tradition: str | None = None
    readings: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Explained:
    """All explanations, simplest first, and how many sums would come as near by chance."""

    claimed_km2: float
    answers: tuple[Explanation, ...]
    by_chance: float


@dataclass(frozen=True)
class _Item:
    """What can be added: the entries that one area is about, the first day, the area."""

    entries: tuple[str, ...]
    day: int
    km2: float


def explain(
    atlas: Atlas, claimed_km2: float, giver: str, taker: str, since: int = BEGINNING, until: int = FOREVER
) -> Explained:
    """Find which entries between two parties add up to a figure, by measured and by published areas."""
    best = transfers(atlas, giver, taker, since, until)
    ruled = {
        rule.id: transfers(atlas, giver, taker, since, until, rules=[rule.id])
        for rule in atlas.gazette.rules.values()
        if rule.parties == (best.giver.id, best.taker.id) and rule.adds
    }
    areas = {one.entry.id: one.km2.best_km2 for answer in (best, *ruled.values()) for one in answer.passed if one.km2}
    everything = tuple(entry for entry, km2 in areas.items() if km2 > 0)
    found: list[Explanation] = []
    tried: list[float] = []
    for items, figures, tradition, readings in _ways(atlas, best, ruled, giver, taker, since, until):
        for run in _runs(items):
            total = sum(one.km2 for one in run)
            tried.append(total)
            off = 100 * (total - claimed_km2) / claimed_km2
            if abs(off) > 100 * TOLERANCE:
                continue
            counted = {entry for one in run for entry in one.entries}
            left = tuple(entry for entry in everything if entry not in counted)
            ours = [areas.get(entry) for entry in counted]
            found.append(
                Explanation(
                    tuple(" + ".join(one.entries) for one in run),
                    tuple(one.km2 for one in run),
                    total,
                    figures,
                    left,
                    off,
                    sum(km2 for km2 in ours if km2 is not None) if figures == "published" else None,
                    tradition,
                    readings,
                )
            )
    unique = {(one.entries, one.figures, one.terms_km2): one for one in reversed(found)}
    answers = sorted(unique.values(), key=_simplicity)[:MOST_ANSWERS]
    near = sum(1 for total in tried if abs(total - claimed_km2) <= AROUND * claimed_km2)
    return Explained(claimed_km2, tuple(answers), round(near * TOLERANCE / AROUND, 1))


def _simplicity(one: Explanation) -> tuple[bool, int, bool, float]:
    # What somebody published and added up explains a figure better than what happens to measure so.
    return one.figures != "published", len(one.readings), len(one.entries) < 2, abs(one.off_percent)


_Way = tuple[list[_Item], str, str | None, dict[str, str]]


def _ways(
    atlas: Atlas, best: Transfers, ruled: Mapping[str, Transfers], giver: str, taker: str, since: int, until: int
) -> Iterator[_Way]:
    """List the sensible sets of things to add: by tradition, by reading, by rule."""
    days = {one.entry.id: one.day for answer in (best, *ruled.values()) for one in answer.passed}
    for tradition, items in _by_tradition(atlas, days).items():
        yield items, "published", tradition, {}
    for answer in (best, *ruled.values()):
        yield _measured(answer), "measured", None, {}
    for question in best.total.moves_km2:
        for reading in best.total.moves_km2[question]:
            if reading != atlas.gazette.questions[question].best:
                chosen = {question: reading}
                answer = transfers(atlas, giver, taker, since, until, readings=chosen)
                yield _measured(answer), "measured", None, chosen


def _measured(answer: Transfers) -> list[_Item]:
    items = [_Item((one.entry.id,), one.day, one.km2.best_km2) for one in answer.passed if one.km2]
    return [one for one in items if one.km2 > 0]


def _by_tradition(atlas: Atlas, days: Mapping[str, int]) -> dict[str, list[_Item]]:
    """Gather published figures by whose count they belong to; of two for the same land the first counts."""
    lands = {entry.territory: entry.id for _, entry in atlas.gazette.entries() if entry.id in days}
    found: dict[str, dict[tuple[str, ...], _Item]] = {}
    for instrument in atlas.gazette.instruments.values():
        for figure in instrument.figures:
            entries = _entries_of(atlas, figure, lands)
            if entries and all(entry in days for entry in entries):
                key = figure.tradition or f"figure:{figure.id}"
                mine = found.setdefault(key, {})
                if not any(set(entries) & set(other) for other in mine):
                    mine[entries] = _Item(entries, min(days[entry] for entry in entries), figure.km2)
    return {
        key.removeprefix("figure:"): sorted(items.values(), key=lambda one: one.day) for key, items in found.items()
    }


def _entries_of(atlas: Atlas, figure: Figure, lands: Mapping[str, str]) -> tuple[str, ...]:
    named = [lands.get(one, one) for one in figure.of]
    ruled = [f"{rule}/{added.territory}" for rule in figure.rules for added in atlas.gazette.rules[rule].adds]
    return tuple(dict.fromkeys([*named, *ruled]))


def _runs(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """List everything of each period: the runs of consecutive entries."""
    ordered = sorted(items, key=lambda one: one.day)
    for first in range(len(ordered)):
        for end in range(first + 1, len(ordered) + 1):
            yield ordered[first:end]

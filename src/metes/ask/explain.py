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
from metes.ask.combinations import Readings
from metes.ask.parties import Party, party
from metes.ask.transfers import passes
from metes.records.common import Figure
from metes.records.rule import Rule
from metes.span import BEGINNING, FOREVER, first_day

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
    gave, took = party(atlas.gazette, giver), party(atlas.gazette, taker)
    rules = [one for one in atlas.gazette.rules.values() if one.parties == (gave.id, took.id) and one.adds]

    def counted(readings: Readings, rule: Rule | None = None) -> list[_Item]:
        return _counted(atlas, gave, took, since, until, readings, rule)

    best = atlas.ledger.best_readings()
    every = {one.entries[0]: one for rule in (None, *rules) for one in counted(best, rule)}
    ways: list[_Way] = [
        (items, "published", tradition, {}) for tradition, items in _by_tradition(atlas, every).items()
    ]
    ways += [(counted(best, rule), "measured", None, {}) for rule in (None, *rules)]
    for question in atlas.gazette.questions.values():
        for reading in question.readings:
            if reading.id != question.best:
                items = counted({**best, question.id: reading.id})
                ways.append((items, "measured", None, {question.id: reading.id}))
    found: list[Explanation] = []
    tried: dict[tuple[tuple[str, ...], float], None] = {}
    for items, figures, tradition, readings in ways:
        for run in _runs(items):
            total = sum(one.km2 for one in run)
            names = tuple(" + ".join(one.entries) for one in run)
            if (names, total) in tried:
                continue
            tried[names, total] = None
            off = 100 * (total - claimed_km2) / claimed_km2
            if abs(off) > 100 * TOLERANCE:
                continue
            inside = [entry for one in run for entry in one.entries]
            found.append(
                Explanation(
                    names,
                    tuple(one.km2 for one in run),
                    total,
                    figures,
                    tuple(entry for entry in every if entry not in inside),
                    off,
                    sum(every[entry].km2 for entry in inside) if figures == "published" else None,
                    tradition,
                    readings,
                )
            )
    near = sum(1 for _, total in tried if abs(total - claimed_km2) <= AROUND * claimed_km2)
    answers = sorted(found, key=_simplicity)[:MOST_ANSWERS]
    return Explained(claimed_km2, tuple(answers), round(near * TOLERANCE / AROUND, 1))


def _simplicity(one: Explanation) -> tuple[bool, int, bool, float]:
    # What somebody published and added up explains a figure better than what happens to measure so.
    return one.figures != "published", len(one.readings), len(one.entries) < 2, abs(one.off_percent)


_Way = tuple[list[_Item], str, str | None, dict[str, str]]


def _counted(
    atlas: Atlas,
    gave: Party,
    took: Party,
    since: int,
    until: int,
    readings: Readings,
    rule: Rule | None,
) -> list[_Item]:
    """List what passed by title under some readings, with the land that one rule adds, in order of time."""
    rows: list[_Item] = []
    land = 0
    for one in atlas.ledger.replay("title", readings).movements:
        if since <= one.day < until and one.tracts and passes(one.entry, one.day, gave, took):
            rows.append(_Item((one.entry.id,), one.day, atlas.measure.area_km2(one.tracts)))
            land |= one.tracts
    for added in rule.adds if rule else ():
        tracts, _, _ = atlas.ledger.territory(added.territory, readings)
        day = first_day(added.date)
        if rule and since <= day < until and tracts & ~land:
            rows.append(_Item((f"{rule.id}/{added.territory}",), day, atlas.measure.area_km2(tracts & ~land)))
    return sorted(rows, key=lambda one: one.day)


def _by_tradition(atlas: Atlas, every: Mapping[str, _Item]) -> dict[str, list[_Item]]:
    """Gather published figures by whose count they belong to; of two for the same land the first counts."""
    lands = {entry.territory: entry.id for _, entry in atlas.gazette.entries() if entry.id in every}
    found: dict[str, dict[tuple[str, ...], _Item]] = {}
    for instrument in atlas.gazette.instruments.values():
        for figure in instrument.figures:
            entries = _entries_of(atlas, figure, lands)
            if entries and all(entry in every for entry in entries):
                key = figure.tradition or f"figure:{figure.id}"
                mine = found.setdefault(key, {})
                if not any(set(entries) & set(other) for other in mine):
                    mine[entries] = _Item(entries, min(every[entry].day for entry in entries), figure.km2)
    return {
        key.removeprefix("figure:"): sorted(items.values(), key=lambda one: one.day)
        for key, items in found.items()
    }


def _entries_of(atlas: Atlas, figure: Figure, lands: Mapping[str, str]) -> tuple[str, ...]:
    named = [lands.get(one, one) for one in figure.of]
    ruled = [f"{rule}/{added.territory}" for rule in figure.rules for added in atlas.gazette.rules[rule].adds]
    return tuple(dict.fromkeys([*named, *ruled]))


def _runs(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """List everything of each period: the runs of consecutive entries."""
    for first in range(len(items)):
        for end in range(first + 1, len(items) + 1):
            yield items[first:end]

"""What passed from one party to another in a span: gross entries, or net land."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metes.ask.atlas import Atlas
from metes.ask.combinations import Land, Readings, Total, combine
from metes.ask.parties import Party, party
from metes.atlas.ledger import Movement, Replay, tracts_in
from metes.errors import BadInput, UnknownName
from metes.interval import Interval
from metes.records.common import Figure
from metes.records.instrument import Book, Entry, Instrument
from metes.records.rule import Added, Rule
from metes.span import BEGINNING, FOREVER, first_day


@dataclass(frozen=True)
class Part:
    """Land of an answer inside one present-day unit. `unit` is its ISO 3166-2 code."""

    country: str
    unit: str
    name: str
    km2: float


@dataclass(frozen=True)
class Passed:
    """One entry of an answer: its interval under the readings asked for, or None if only stated."""

    instrument: Instrument
    entry: Entry
    day: int
    km2: Interval | None
    tracts: int
    lines: tuple[str, ...]
    figures: tuple[Figure, ...]
    now: tuple[Part, ...]
    via: tuple[str, ...] = ()
    by_rule: str | None = None

    @property
    def basis(self) -> str:
        """Say whether the area is measured or only stated."""
        return "stated" if self.km2 is None else "measured"


@dataclass(frozen=True)
class Transfers:
    """The answer to "how much passed from A to B": entries, total, what each question moves."""

    giver: Party
    taker: Party
    since: int
    until: int
    book: Book
    net: bool
    rules: tuple[Rule, ...]
    passed: tuple[Passed, ...]
    total: Total

    @property
    def stated(self) -> tuple[Passed, ...]:
        """The entries whose land the base geography cannot show, listed apart."""
        return tuple(one for one in self.passed if one.km2 is None)


def transfers(
    atlas: Atlas,
    giver: str,
    taker: str,
    since: int = BEGINNING,
    until: int = FOREVER,
    *,
    book: Book = "title",
    rules: Iterable[str] = (),
    net: bool = False,
    readings: Mapping[str, str] | None = None,
    only: Iterable[str] | None = None,
) -> Transfers:
    """Say what passed from `giver` to `taker` over the days [since, until).

    `rules` are ids of counting rules, `readings` fixes the readings of questions, `only` keeps just
    these entries. Raises UnknownName for a party, rule or reading that no record knows.
    """
    gave, took = party(atlas.gazette, giver), party(atlas.gazette, taker)
    same = set(gave.polities()) & set(took.polities())
    if same:
        raise BadInput(
            f"{giver} and {taker} are the same party ({', '.join(sorted(same))}): name two that differ"
        )
    chosen = tuple(find_rule(atlas, one) for one in rules)
    fixed = check_readings(atlas, readings or {})
    wanted = None if only is None else frozenset(only)

    dropped = {entry for rule in chosen for entry in rule.drops if rule.parties == (gave.id, took.id)}
    passing = frozenset(
        entry.id
        for day, _, entry in atlas.ledger.entries
        if since <= day < until and entry.id not in dropped and passes(entry, day, gave, took)
    )

    def counted(replay: Replay) -> list[tuple[Movement, str | None]]:
        found = _gross(atlas, replay, gave, took, since, until, chosen, passing)
        return [row for row in found if wanted is None or row[0].entry.id in wanted]

    def land(combination: Readings) -> Land:
        replay = atlas.ledger.replay(book, combination)
        if net:
            mask, lines, _ = _net(replay, gave, took, since, until, wanted)
            return {"net": (mask, tuple(sorted(lines)))}
        return {one.entry.id: (one.tracts, one.lines) for one, _ in counted(replay)}

    total = combine(atlas, land, fixed)
    best = {**atlas.ledger.best_readings(), **fixed}
    if net:
        passed = _net_passed(atlas, best, book, gave, took, since, until, wanted)
    else:
        passed = _passed(atlas, total, counted(atlas.ledger.replay(book, best)))
    return Transfers(gave, took, since, until, book, net, chosen, tuple(passed), total)


def _gross(
    atlas: Atlas,
    replay: Replay,
    gave: Party,
    took: Party,
    since: int,
    until: int,
    rules: tuple[Rule, ...],
    passing: frozenset[str],
) -> list[tuple[Movement, str | None]]:
    """List the movements that count, each with the rule that brought it in, if one did."""
    mine = [rule for rule in rules if rule.parties == (gave.id, took.id)]
    rows: list[tuple[Movement, str | None]] = [
        (one, None) for one in replay.movements if one.entry.id in passing
    ]
    counted = 0
    for one, _ in rows:
        counted |= one.tracts
    for rule in mine:
        for added in rule.adds:
            movement = _as_if(atlas, replay, rule, added, counted)
            if since <= movement.day < until:
                rows.append((movement, rule.id))
    return rows


def _as_if(atlas: Atlas, replay: Replay, rule: Rule, added: Added, counted: int) -> Movement:
    """Make the movement that a rule counts as if it had happened; land that is counted already is not."""
    tracts, lines, stated = atlas.ledger.territory(added.territory, replay.readings)
    instrument = atlas.gazette.instruments[added.instrument]
    entry = Entry(
        id=f"{rule.id}/{added.territory}",
        books=(replay.book,),
        date=added.date,
        counts_from="happened",
        territory=added.territory,
        giver=rule.parties[0],
        taker=rule.parties[1],
        form="allocation",
        circumstance="none-known",
        sources=rule.sources,
        comment=added.why,
    )
    return Movement(first_day(added.date), instrument, entry, tracts & ~counted, 0, lines, stated)


def passes(entry: Entry, day: int, gave: Party, took: Party) -> bool:
    """Tell whether an entry is from one party to the other.

    The giver is asked on the day before too: a polity that ends with the act still gave.
    """
    gives = gave.counts(entry.giver, day) or gave.counts(entry.giver, day - 1)
    return gives and took.counts(entry.taker, day) and entry.giver != entry.taker


def _net(
    replay: Replay,
    gave: Party,
    took: Party,
    since: int,
    until: int,
    wanted: frozenset[str] | None,
) -> tuple[int, set[str], dict[str, int]]:
    """Find the land that `gave` held before the first day and `took` held after the last.

    Returns it with the lines that bound it and, by the entry that brought it in the end, its tracts.
    """
    held_then = _held(replay, gave, since - 1)
    held_now = _held(replay, took, until - 1)
    both = held_then & held_now
    lines: set[str] = set()
    last: dict[str, int] = {}
    left = both
    for one in reversed(replay.movements):
        if one.day < since or one.day >= until:
            continue
        if one.tracts & both and one.entry.territory != "held":
            lines.update(one.lines)
        if took.counts(one.entry.taker, one.day) and not took.counts(one.entry.giver, one.day - 1):
            part = left & one.tracts
            if part:
                last[one.entry.id] = part
                left &= ~part
    if wanted is not None:
        both = 0
        for entry, mask in last.items():
            both |= mask if entry in wanted else 0
    return both, lines, last


def _held(replay: Replay, who: Party, day: int) -> int:
    mask = 0
    for polity, tracts in replay.held_on(day).items():
        if who.counts(polity, day):
            mask |= tracts
    return mask


def _passed(atlas: Atlas, total: Total, central: list[tuple[Movement, str | None]]) -> list[Passed]:
    """List what was counted under any readings; what the best ones do not count is nothing at best."""
    counted = {one.entry.id: (one, rule) for one, rule in central}
    known = {entry.id: (day, instrument, entry) for day, instrument, entry in atlas.ledger.entries}
    found = []
    for row, km2 in total.rows.items():
        one, rule = counted.get(row) or (Movement(*known[row], 0, 0, (), False), None)
        if one.stated:
            found.append(_row(atlas, one, None, 0, (), rule))
        elif km2.high_km2 > 0:
            found.append(_row(atlas, one, km2, one.tracts, one.lines, rule))
    return sorted(found, key=lambda row: row.day)


def _net_passed(
    atlas: Atlas,
    best: Readings,
    book: Book,
    gave: Party,
    took: Party,
    since: int,
    until: int,
    wanted: frozenset[str] | None,
) -> list[Passed]:
    replay = atlas.ledger.replay(book, best)
    _, _, last = _net(replay, gave, took, since, until, wanted)
    rows: list[Passed] = []
    for one in replay.movements:
        mask = last.get(one.entry.id, 0)
        if not mask or (wanted is not None and one.entry.id not in wanted):
            continue
        via = tuple(
            other.entry.id
            for other in replay.movements
            if since <= other.day < one.day and other.tracts & mask and other is not one
        )
        km2 = atlas.measure.interval([mask], one.lines)
        rows.append(_row(atlas, one, km2, mask, one.lines, None, via))
    return rows


def _row(
    atlas: Atlas,
    one: Movement,
    km2: Interval | None,
    tracts: int,
    lines: tuple[str, ...],
    rule: str | None,
    via: tuple[str, ...] = (),
) -> Passed:
    return Passed(
        one.instrument,
        one.entry,
        one.day,
        km2,
        tracts,
        lines,
        figures_of(one.instrument, one.entry),
        now(atlas, tracts),
        via,
        rule,
    )


def figures_of(instrument: Instrument, entry: Entry) -> tuple[Figure, ...]:
    """List the published figures that are about just this entry or its territory."""
    return tuple(one for one in instrument.figures if one.of in ((entry.id,), (entry.territory,)))


def now(atlas: Atlas, tracts: int) -> tuple[Part, ...]:
    """Say in which present-day units a set of tracts lies, largest first."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in tracts_in(tracts):
        tract = atlas.compiled.tracts[number]
        sums[tract.country, tract.unit].append(tract.area_km2)
    parts = [
        Part(country, unit, atlas.compiled.units.get(unit, {}).get("en", unit), math.fsum(areas))
        for (country, unit), areas in sums.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.km2, part.unit)))


def find_rule(atlas: Atlas, rule: str) -> Rule:
    """Find a counting rule by id."""
    if rule not in atlas.gazette.rules:
        known = ", ".join(sorted(atlas.gazette.rules))
        raise UnknownName(f"no counting rule is called {rule!r}; known are: {known}")
    return atlas.gazette.rules[rule]


def check_readings(atlas: Atlas, readings: Mapping[str, str]) -> dict[str, str]:
    """Check that each reading given is one of its question's."""
    for question, reading in readings.items():
        if question not in atlas.gazette.questions:
            known = ", ".join(sorted(atlas.gazette.questions))
            raise UnknownName(f"no question is called {question!r}; known are: {known}")
        answers = [one.id for one in atlas.gazette.questions[question].readings]
        if reading not in answers:
            raise UnknownName(f"{question} has no reading {reading!r}; it has: {', '.join(answers)}")
    return dict(readings)

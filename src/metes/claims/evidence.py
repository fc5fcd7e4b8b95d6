"""What is on record for a claim: parties and land that its names stand for, and the changes that match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from metes.ask.atlas import Atlas
from metes.ask.coverage import covers
from metes.ask.parties import Party, party
from metes.atlas.ledger import UNDETERMINED, UNRECORDED, applies, tracts_in
from metes.claims.dates import When
from metes.claims.frame import Frame, Named
from metes.claims.lexicon import Meaning
from metes.claims.mention import PARTY_KINDS, PLACE_KINDS
from metes.records.instrument import Beside, Book, Entry, Instrument
from metes.span import FOREVER, Span, life, read_span

NOBODY = frozenset((UNRECORDED, UNDETERMINED))
SETTLING = frozenset(("demarcation", "award", "allocation"))
KEPT = 4096
"""So many searches are kept, so that a long text takes no more memory than a short one."""
BOOKS: tuple[Book, ...] = ("title", "control")
INNER_FORMS = frozenset(("opening", "succession"))


@dataclass(frozen=True)
class Fact:
    """One change on record: an entry of a book, or a right beside the holder (a lease, a claim).

    `days` are the spans of every date that the record gives it, `mask` its tracts under the best
    readings, `reach` under any; `best` tells whether it exists under the best readings.
    """

    id: str
    instrument: Instrument
    giver: str
    taker: str
    form: str
    circumstance: str
    day: int
    end: int
    books: tuple[str, ...]
    mask: int
    reach: int
    territory: str
    stated: bool
    days: tuple[Span, ...]
    date: str
    entry: Entry | None = None
    best: bool = True


@dataclass(frozen=True)
class Who:
    """A party of a claim. `ids` are lineages or polities; empty if the gazette knows none of that name."""

    text: str
    parties: tuple[Party, ...]

    def counts(self, polity: str, day: int) -> bool:
        """Tell whether the party is a polity on a day."""
        return any(one.counts(polity, day) for one in self.parties)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what the name stands for."""
        return tuple(one.id for one in self.parties)


@dataclass(frozen=True)
class Where:
    """A place of a claim: its tracts under the best readings and under any; a river has none.

    `point` marks a place that stands for no area of its own (a town): a change touches it if it
    touches its tract.
    """

    text: str
    ids: tuple[str, ...]
    mask: int
    reach: int
    territories: frozenset[str]
    river: bool
    point: bool
    known: bool


@dataclass(frozen=True)
class Sought:
    """What a claim says of a change; an empty part matches any."""

    givers: tuple[Who, ...]
    takers: tuple[Who, ...]
    places: tuple[Where, ...]
    instruments: frozenset[str]
    when: tuple[When, ...]
    forms: frozenset[str] = frozenset()


class Evidence:
    """The changes of one atlas, made ready to be matched; keeps what it has worked out."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.gazette = atlas.gazette
        self._who: dict[tuple[tuple[str, str], ...], tuple[Party, ...]] = {}
        self._where: dict[tuple[Meaning, ...], Where] = {}
        self._found: dict[tuple[Sought, bool], tuple[Fact, ...]] = {}

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every change on record that is no opening of the books, in order of date."""
        movements = {
            (book, one.entry.id): one for book in BOOKS for one in self.atlas.ledger.replay(book).movements
        }
        found: list[Fact] = []
        for instrument, entry in self.gazette.entries():
            if entry.form == "opening":
                continue
            span = read_span(entry.date)
            mask, stated = 0, False
            for book in entry.books:
                one = movements.get((book, entry.id))
                if one is not None:
                    mask |= one.tracts
                    stated = stated or one.stated
            reach = mask | self._reach(entry.territory)
            days = (span, *dates_of(instrument))
            found.append(
                Fact(
                    entry.id,
                    instrument,
                    entry.giver,
                    entry.taker,
                    entry.form,
                    entry.circumstance,
                    span.first,
                    FOREVER,
                    entry.books,
                    mask,
                    reach,
                    entry.territory,
                    stated,
                    days,
                    entry.date,
                    entry,
                    applies(entry, self.atlas.ledger.best_readings()),
                )
            )
        for instrument in self.gazette.instruments.values():
            for beside in instrument.beside:
                found.append(self._beside(instrument, beside))
        return tuple(sorted(found, key=lambda one: (one.day, one.id)))

    def _beside(self, instrument: Instrument, beside: Beside) -> Fact:
        span = life(beside.since, beside.until)
        reach = self._reach(beside.territory)
        mask = 0
        if beside.territory in self.atlas.compiled.shapes:
            mask, _, _ = self.atlas.ledger.territory(beside.territory, self.atlas.ledger.best_readings())
        holders = self.atlas.ledger.replay("title").held_on(span.first)
        giver = next((polity for polity, tracts in holders.items() if tracts & mask), "")
        days = (read_span(beside.since), *dates_of(instrument))
        return Fact(
            beside.id,
            instrument,
            giver,
            beside.holder,
            beside.kind,
            "",
            span.first,
            span.end,
            ("beside",),
            mask,
            reach,
            beside.territory,
            False,
            days,
            beside.since,
        )

    def _reach(self, territory: str) -> int:
        mask = 0
        for shape in self.atlas.compiled.shapes.get(territory, {}).values():
            for tract in shape.tracts:
                mask |= 1 << tract
        return mask

    def who(self, named: Named) -> Who:
        """Find the parties that a name stands for."""
        kinds = [one for one in named.meanings if one.kind in PARTY_KINDS]
        best = (
            [one for one in kinds if one.kind == "lineage"]
            or [one for one in kinds if one.kind == "polity"]
            or kinds
        )
        key = tuple((one.kind, one.id) for one in best)
        if key not in self._who:
            parties: list[Party] = []
            for kind, id_ in key:
                if kind == "country":
                    parties.extend(
                        party(self.gazette, one.id)
                        for one in self.gazette.polities.values()
                        if one.country == id_
                    )
                else:
                    parties.append(party(self.gazette, id_))
            self._who[key] = tuple(parties)
        return Who(named.text, self._who[key])

    def lineage_of(self, who: Who) -> Who:
        """Widen a party to the lineages that have its polities."""
        polities = {polity for one in who.parties for polity in one.polities()}
        wider = [
            party(self.gazette, one.id)
            for one in self.gazette.lineages.values()
            if polities & {member.polity for member in one.members}
        ]
        return Who(who.text, tuple(wider) or who.parties)

    def where(self, named: Named) -> Where:
        """Find the land that a name stands for."""
        if named.meanings not in self._where:
            self._where[named.meanings] = self._find_where(named)
        return replace(self._where[named.meanings], text=named.text)

    def _find_where(self, named: Named) -> Where:
        compiled = self.atlas.compiled
        mask = reach = 0
        territories: set[str] = set()
        ids: list[str] = []
        river, point, known = False, False, False
        places = [one for one in named.meanings if one.kind in PLACE_KINDS]
        # The gazette's own records say what a name stands for; units and towns only where it has none.
        own = [one for one in places if one.kind in ("place", "territory")] or places
        for one in own:
            ids.append(one.id)
            if one.kind == "territory" or one.kind == "place":
                record = self.gazette.places.get(one.id) if one.kind == "place" else None
                lands = record.territories if record is not None else (one.id,)
                for territory in lands:
                    if territory in self.gazette.territories:
                        territories.add(territory)
                    if territory in compiled.shapes:
                        mask |= self.atlas.ledger.territory(territory, self.atlas.ledger.best_readings())[0]
                        reach |= self._reach(territory)
                if record is not None:
                    if record.kind in ("river", "sea") and not lands:
                        river, known = True, True
                        continue
                    for unit in record.units:
                        mask |= self._unit(unit)
                    extra = 0
                    for tract in compiled.place_tracts.get(one.id, ()):
                        extra |= 1 << tract
                    if not lands and not record.units:
                        mask |= extra
                        point = True
            elif one.kind == "unit":
                mask |= self._unit(one.id)
            elif one.kind == "town":
                for tract in compiled.place_tracts.get(one.id, ()):
                    mask |= 1 << tract
                point = True
        if not own:
            # A country or polity named as land ("annexed Mongolia").
            for who in self.who(named).parties:
                for polity in who.polities():
                    ids.append(polity)
                    country = (
                        self.gazette.polities[polity].country if polity in self.gazette.polities else None
                    )
                    if country:
                        mask |= self._unit(country)
                    for fact in self.facts:
                        if polity in (fact.giver, fact.taker) and fact.form in ("secession", "annexation"):
                            mask |= fact.mask
        known = known or bool(mask) or bool(territories)
        return Where(named.text, tuple(ids), mask, reach | mask, frozenset(territories), river, point, known)

    def _unit(self, code: str) -> int:
        mask = 0
        for number, tract in enumerate(self.atlas.compiled.tracts):
            if code in (tract.unit, tract.country):
                mask |= 1 << number
        return mask

    def inner(self, fact: Fact) -> bool:
        """Tell whether a change is within one lineage (a succession), or of nobody to nobody."""
        if fact.form in INNER_FORMS or fact.giver == fact.taker:
            return True
        if fact.giver in NOBODY and fact.taker in NOBODY:
            return True
        for lineage in self.gazette.lineages.values():
            members = {one.polity for one in lineage.members}
            if fact.giver in members and fact.taker in members:
                return True
        return False

    def matches(self, fact: Fact, sought: Sought) -> bool:
        """Tell whether a change is what is sought."""
        if sought.instruments and fact.instrument.id not in sought.instruments:
            return False
        if sought.givers and not any(self.gave(one, fact) for one in sought.givers):
            return False
        if sought.takers and not any(one.counts(fact.taker, fact.day) for one in sought.takers):
            return False
        if sought.forms and fact.form not in sought.forms:
            return False
        if sought.places and not any(touches(fact, one) for one in sought.places):
            return False
        return not sought.when or any(fits(fact, one) for one in sought.when)

    def gave(self, who: Who, fact: Fact) -> bool:
        """Tell whether a party gave: alone, as one of several holders, or by yielding what was left open.

        Land that was undetermined and that an agreement settles is given up by the other party to it, if
        that held it in fact.
        """
        if fact.giver == UNDETERMINED and fact.form in SETTLING:
            held = self.atlas.ledger.replay("control").held_on(fact.day - 1)
            others = {one for one in held if held[one] & fact.mask and one != fact.taker}
            return any(who.counts(one, day) for one in others for day in (fact.day, fact.days[-1].first))
        record = self.gazette.polities.get(fact.giver)
        shared = record.shared_by if record is not None else ()
        return any(who.counts(one, day) for one in (fact.giver, *shared) for day in (fact.day, fact.day - 1))

    def find(self, sought: Sought, beside: bool = False) -> tuple[Fact, ...]:
        """Find the changes that match; rights beside the holder only if asked for."""
        key = (sought, beside)
        if key not in self._found:
            if len(self._found) > KEPT:
                self._found.clear()
            self._found[key] = tuple(
                one
                for one in self.outer
                if (beside or one.books != ("beside",)) and self.matches(one, sought)
            )
        return self._found[key]

    @cached_property
    def outer(self) -> tuple[Fact, ...]:
        """The changes between lineages, and those of or to nobody."""
        return tuple(one for one in self.facts if not self.inner(one))

    def along(self, facts: Sequence[Fact], rivers: Iterable[Where]) -> tuple[Fact, ...]:
        """Keep the changes whose lines follow one of the rivers, if there are any such."""
        names = {one.text.casefold().replace(" river", "") for one in rivers}
        if not names:
            return tuple(facts)
        kept = [one for one in facts if names & self._rivers_of(one)]
        return tuple(kept) or tuple(facts)

    def _rivers_of(self, fact: Fact) -> set[str]:
        lines = set(fact.instrument.lines)
        for shapes in self.atlas.compiled.shapes.get(fact.territory, {}).values():
            lines.update(shapes.lines)
        found: set[str] = set()
        for line in lines:
            record = self.gazette.lines.get(line)
            for leg in record.legs if record is not None else ():
                found.update(one.casefold() for one in leg.feature)
        return found

    def covered(self, sides: Sequence[Who], kind: str = "transfers") -> bool:
        """Tell whether the ledger claims to be complete between the parties."""
        if not sides or any(not one.parties for one in sides):
            return False
        if not covers(self.atlas):
            return True
        for one in covers(self.atlas):
            if one.kind not in (kind, "pair"):
                continue
            known = {polity for lineage in one.lineages for polity in party(self.gazette, lineage).polities()}
            if all({polity for p in side.parties for polity in p.polities()} & known for side in sides):
                return True
        return False


def touches(fact: Fact, where: Where) -> bool:
    """Tell whether a change is about a place."""
    if where.river or not where.known:
        return False
    if fact.territory in where.territories:
        return True
    shared = fact.reach & where.reach
    return bool(shared)


def fits(fact: Fact, when: When) -> bool:
    """Tell whether a change is dated within a claimed time, by any date that the record gives it."""
    if when.relation in ("since", "range", "after", "before", "by", "until"):
        days = fact.days[:1] if fact.entry is not None else fact.days
        return any(one.first < when.last and when.first < one.end for one in days) or any(
            one.first < when.last and when.first < one.end for one in fact.days
        )
    return any(one.first < when.last and when.first < one.end for one in fact.days)


def dates_of(instrument: Instrument) -> tuple[Span, ...]:
    """List the days of every date that an instrument's record gives."""
    dates = instrument.dates
    texts = (
        dates.signed,
        dates.in_force,
        dates.ratified,
        dates.handed_over,
        dates.happened,
        dates.ended,
        dates.signed_os,
    )
    return tuple(read_span(one) for one in texts if one)


def sought_in(evidence: Evidence, frame: Frame) -> Sought:
    """Turn a frame's names into what to look for."""
    return Sought(
        tuple(evidence.who(one) for one in frame.givers),
        tuple(evidence.who(one) for one in frame.takers),
        tuple(evidence.where(one) for one in frame.places),
        frozenset(m.id for one in frame.instruments for m in one.meanings if m.kind == "instrument" and m.id),
        frame.when,
    )


def tracts_count(mask: int) -> int:
    """Count the tracts of a set."""
    return sum(1 for _ in tracts_in(mask))

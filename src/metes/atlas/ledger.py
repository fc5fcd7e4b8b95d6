"""The two books: who holds each tract on each day, replayed from the entries under given readings.

A set of tracts is an `int` used as a bit mask: tract `i` is in it if bit `i` is set. The law of the
ledger is double entry: an entry can only convey land that its giver holds on that day; what it names
and the giver does not hold is rejected, kept beside the result and never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from metes.atlas.compiled import Compiled
from metes.records.instrument import Book, Entry, Instrument
from metes.span import FOREVER, first_day

UNRECORDED = "unrecorded"
"""Who holds a tract before the ledger opens for it: nobody is named, because nothing is recorded."""
UNDETERMINED = "undetermined"
"""Who holds land that the instruments of the day left open, or that no state on record held."""
HELD = "held"
"""The territory of a succession: all that the giver holds on that day."""


def mask_of(tracts: Iterable[int]) -> int:
    """Make a set of tracts from their numbers."""
    mask = 0
    for tract in tracts:
        mask |= 1 << tract
    return mask


def tracts_in(mask: int) -> Iterator[int]:
    """List the numbers of the tracts in a set, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(frozen=True)
class Movement:
    """What one entry conveyed in one book under one combination of readings."""

    day: int
    instrument: Instrument
    entry: Entry
    tracts: int
    rejected: int
    lines: tuple[str, ...]
    stated: bool


@dataclass(frozen=True)
class Tenure:
    """Who held a tract over [first, end), and by which entry."""

    first: int
    end: int
    holder: str
    entry: Entry
    instrument: Instrument


@dataclass
class Replay:
    """One book under one combination of readings: movements in order, holdings at the end."""

    book: Book
    readings: dict[str, str]
    movements: list[Movement]
    holdings: dict[str, int]
    _before: list[dict[str, int]] = field(default_factory=list)

    def held_on(self, day: int) -> dict[str, int]:
        """Give what each polity holds at the end of a day."""
        count = sum(1 for one in self.movements if one.day <= day)
        return self._before[count]

    def tenures(self, tract: int) -> list[Tenure]:
        """List who held a tract, in order; the last span is open."""
        bit = 1 << tract
        moves = [one for one in self.movements if one.tracts & bit]
        ends = [one.day for one in moves[1:]] + [FOREVER]
        return [
            Tenure(one.day, end, one.entry.taker, one.entry, one.instrument)
            for one, end in zip(moves, ends, strict=True)
            if one.day < end
        ]


class Ledger:
    """The entries of a built atlas, and their replay under any readings."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.gazette = compiled.gazette
        self.everything = (1 << len(compiled.tracts)) - 1
        dated = [(first_day(entry.date), one, entry) for one, entry in self.gazette.entries()]
        self.entries: tuple[tuple[int, Instrument, Entry], ...] = tuple(sorted(dated, key=lambda row: row[0]))
        self._masks: dict[tuple[str, str], int] = {
            (territory, reading): mask_of(shape.tracts)
            for territory, shapes in compiled.shapes.items()
            for reading, shape in shapes.items()
        }
        self._replays: dict[tuple[Book, tuple[tuple[str, str], ...]], Replay] = {}

    def best_readings(self) -> dict[str, str]:
        """Give the best reading of every question."""
        return {one.id: one.best for one in self.gazette.questions.values()}

    def reading_key(self, territory: str, readings: Mapping[str, str]) -> str:
        """Give the reading that selects a territory's shape; empty where no question governs it."""
        shapes = self.compiled.shapes[territory]
        if "" in shapes:
            return ""
        # A territory that is a sum of others is compiled for every combination of their questions.
        for key in shapes:
            pairs = [pair.split("=") for pair in key.split("&")]
            if all(readings[question] == reading for question, reading in pairs):
                return key
        raise KeyError(f"{territory} has no shape for {dict(readings)}")

    def territory(self, territory: str, readings: Mapping[str, str]) -> tuple[int, tuple[str, ...], bool]:
        """Give a territory's tracts, bounding lines, and whether it is only stated."""
        key = self.reading_key(territory, readings)
        shape = self.compiled.shapes[territory][key]
        return self._masks[territory, key], shape.lines, shape.stated

    def replay(self, book: Book, readings: Mapping[str, str] | None = None) -> Replay:
        """Replay one book from its opening; readings that are not given are the best ones."""
        full = {**self.best_readings(), **(readings or {})}
        key = (book, tuple(sorted(full.items())))
        if key not in self._replays:
            self._replays[key] = self._replay(book, full)
        return self._replays[key]

    def _replay(self, book: Book, readings: dict[str, str]) -> Replay:
        holdings: dict[str, int] = {UNRECORDED: self.everything}
        replay = Replay(book, readings, [], holdings)
        replay._before.append(dict(holdings))
        for day, instrument, entry in self.entries:
            if book not in entry.books or not applies(entry, readings):
                continue
            giver = holdings.get(entry.giver, 0)
            stated = False
            lines: tuple[str, ...] = ()
            if entry.territory == HELD:
                wanted = giver
            else:
                wanted, lines, stated = self.territory(entry.territory, readings)
            left = 0
            for holder in entry.leaves:
                left |= holdings.get(holder, 0)
            moved = wanted & giver
            rejected = wanted & ~giver & ~left
            holdings[entry.giver] = giver & ~moved
            holdings[entry.taker] = holdings.get(entry.taker, 0) | moved
            replay.movements.append(Movement(day, instrument, entry, moved, rejected, lines, stated))
            replay._before.append(dict(holdings))
        return replay


def applies(entry: Entry, readings: Mapping[str, str]) -> bool:
    """Tell whether an entry exists under the readings."""
    return all(readings[question] in allowed for question, allowed in entry.when.items())

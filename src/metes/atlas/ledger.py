"""The two books: who holds each tract on each day, replayed from the entries under given readings.

A set of tracts is an `int` used as a bit mask: tract `i` is in it if bit `i` is set. The law of the
ledger is double entry: an entry can only convey land that its giver holds on that day; what it names
and the giver does not hold is rejected, kept beside the result and never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from metes.atlas.compiled import Compiled, ShapeTracts
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


class Movement(NamedTuple):
    """What one entry conveyed in one book under one combination of readings.

    A tuple, because a question may need thousands of them.
    """

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


@dataclass(frozen=True)
class Replay:
    """One book under one combination of readings: its opening, its movements in order, its end."""

    book: Book
    readings: dict[str, str]
    opening: dict[str, int]
    movements: tuple[Movement, ...]
    holdings: dict[str, int]

    def held_on(self, day: int) -> dict[str, int]:
        """Give what each polity holds at the end of a day."""
        return self.held_before(sum(1 for one in self.movements if one.day <= day))

    def held_before(self, number: int) -> dict[str, int]:
        """Give what each polity holds before a movement, counted from 0."""
        held = dict(self.opening)
        for one in self.movements[:number]:
            held[one.entry.giver] = held.get(one.entry.giver, 0) & ~one.tracts
            held[one.entry.taker] = held.get(one.entry.taker, 0) | one.tracts
        return held

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


class _Known(NamedTuple):
    """A territory with the questions that govern it, and its land by their readings."""

    questions: tuple[str, ...]
    land: dict[tuple[str, ...], tuple[int, tuple[str, ...], bool]]


class Ledger:
    """The entries of a built atlas, and their replay under any readings."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.gazette = compiled.gazette
        self.everything = (1 << len(compiled.tracts)) - 1
        dated = [(first_day(entry.date), one, entry) for one, entry in self.gazette.entries()]
        self.entries: tuple[tuple[int, Instrument, Entry], ...] = tuple(sorted(dated, key=lambda row: row[0]))
        self._territories = {name: _known(shapes) for name, shapes in compiled.shapes.items()}
        self._best = {one.id: one.best for one in self.gazette.questions.values()}
        self._replays: dict[tuple[Book, tuple[str, ...]], Replay] = {}

    def best_readings(self) -> dict[str, str]:
        """Give the best reading of every question."""
        return dict(self._best)

    def territory(self, territory: str, readings: Mapping[str, str]) -> tuple[int, tuple[str, ...], bool]:
        """Give a territory's tracts, bounding lines, and whether it is only stated."""
        known = self._territories[territory]
        return known.land[tuple(readings[question] for question in known.questions)]

    def replay(self, book: Book, readings: Mapping[str, str] | None = None) -> Replay:
        """Replay one book from its opening; readings that are not given are the best ones."""
        full = {**self._best, **(readings or {})}
        key = (book, tuple(full[question] for question in self._best))
        if key not in self._replays:
            self._replays[key] = self._replay(book, full)
        return self._replays[key]

    def _replay(self, book: Book, readings: dict[str, str]) -> Replay:
        holdings: dict[str, int] = {UNRECORDED: self.everything}
        movements: list[Movement] = []
        for day, instrument, entry in self.entries:
            if book not in entry.books or (entry.when and not applies(entry, readings)):
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
            movements.append(Movement(day, instrument, entry, moved, rejected, lines, stated))
        return Replay(book, readings, {UNRECORDED: self.everything}, tuple(movements), holdings)


def _known(shapes: Mapping[str, ShapeTracts]) -> _Known:
    """Index a territory's shapes; their keys are `question=reading` joined by `&`, or empty."""
    questions: tuple[str, ...] = ()
    land = {}
    for key, shape in shapes.items():
        pairs = [pair.split("=") for pair in key.split("&") if pair]
        questions = tuple(question for question, _ in pairs)
        land[tuple(reading for _, reading in pairs)] = (mask_of(shape.tracts), shape.lines, shape.stated)
    return _Known(questions, land)


def applies(entry: Entry, readings: Mapping[str, str]) -> bool:
    """Tell whether an entry exists under the readings."""
    return all(readings[question] in allowed for question, allowed in entry.when.items())

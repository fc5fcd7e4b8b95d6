"""Who held a place, in both books through time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metes.ask.atlas import Atlas
from metes.ask.places import Spot, find_spot
from metes.ask.transfers import check_readings
from metes.atlas.ledger import UNRECORDED, Tenure
from metes.records.common import Name
from metes.records.instrument import Book
from metes.span import FOREVER, Span, life

SLIVER_SHARE = 0.001


@dataclass(frozen=True)
class Held:
    """One span in one book (or beside them): who, by what, and what the place was called then.

    `kind` is `title`, `control`, or the kind of a right beside them. `instead` is question → reading →
    holders where another reading gives other holders on the first day of the span.
    """

    book: str
    first: int
    end: int
    holders: tuple[str, ...]
    kind: str
    instrument: str
    entry: str
    names: dict[str, str]
    instead: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Holder:
    """The answer: the place and its tenures. No tenure means that the ledger does not reach there."""

    spot: Spot
    tenures: tuple[Held, ...]


def holder(
    atlas: Atlas,
    place: str,
    on: Span | None = None,
    *,
    readings: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Holder:
    """Say who held a place (name, id or LAT,LON); `on` keeps the tenures that touch those days.

    A place that stands for several tracts is answered for each of them; equal tenures are told once.
    """
    spot = find_spot(atlas, place, folder)
    fixed = check_readings(atlas, readings or {})
    found: dict[tuple[str, int, int, tuple[str, ...], str, str], Held] = {}
    for tract in _main(atlas, spot.tracts):
        for one in (*_books(atlas, tract, spot, fixed), *_beside(atlas, tract, spot, fixed)):
            if on is None or (one.first < on.end and on.first < one.end):
                found.setdefault((one.book, one.first, one.end, one.holders, one.kind, one.instrument), one)
    order = {"title": 0, "control": 1}
    rows = sorted(found.values(), key=lambda one: (order.get(one.book, 2), one.first, one.end, one.holders))
    return Holder(spot, tuple(rows))


def _main(atlas: Atlas, tracts: tuple[int, ...]) -> list[int]:
    """Leave out the slivers of a region along lines of other sources: under a thousandth of it each."""
    areas = {tract: atlas.compiled.tracts[tract].area_km2 for tract in tracts}
    least_km2 = SLIVER_SHARE * sum(areas.values())
    return [tract for tract in tracts if areas[tract] >= least_km2]


def _books(atlas: Atlas, tract: int, spot: Spot, fixed: dict[str, str]) -> list[Held]:
    rows = []
    books: tuple[Book, ...] = ("title", "control")
    for book in books:
        for one in merged(atlas, atlas.ledger.replay(book, fixed).tenures(tract)):
            if one.holder == UNRECORDED:
                continue
            rows.append(
                Held(
                    book,
                    one.first,
                    one.end,
                    holders_of(atlas, one.holder),
                    book,
                    one.instrument.id,
                    one.entry.id,
                    names_in(spot.names, one.first, one.end),
                    _instead(atlas, tract, book, one, fixed),
                )
            )
    return rows


def merged(atlas: Atlas, tenures: list[Tenure]) -> list[Tenure]:
    """Join spans that follow each other under the same holder."""
    rows: list[Tenure] = []
    for one in tenures:
        if rows and rows[-1].holder == one.holder and rows[-1].end == one.first:
            last = rows.pop()
            one = Tenure(last.first, one.end, last.holder, last.entry, last.instrument)
        rows.append(one)
    return rows


def _instead(
    atlas: Atlas, tract: int, book: Book, one: Tenure, fixed: dict[str, str]
) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for question in atlas.gazette.questions.values():
        for reading in question.readings:
            if question.id in fixed or reading.id == question.best:
                continue
            replay = atlas.ledger.replay(book, {**fixed, question.id: reading.id})
            other = next(
                (polity for polity, mask in replay.held_on(one.first).items() if mask >> tract & 1), ""
            )
            if other != one.holder and other != UNRECORDED:
                found.setdefault(question.id, {})[reading.id] = holders_of(atlas, other)
    return found


def _beside(atlas: Atlas, tract: int, spot: Spot, fixed: dict[str, str]) -> list[Held]:
    rows = []
    readings = {**atlas.ledger.best_readings(), **fixed}
    for instrument in atlas.gazette.instruments.values():
        for one in instrument.beside:
            mask, _, _ = atlas.ledger.territory(one.territory, readings)
            if not mask >> tract & 1:
                continue
            span = life(one.since, one.until)
            names = names_in(spot.names, span.first, span.end)
            holders = holders_of(atlas, one.holder)
            rows.append(Held("beside", span.first, span.end, holders, one.kind, instrument.id, one.id, names))
    return rows


def holders_of(atlas: Atlas, polity: str) -> tuple[str, ...]:
    """Name the holders: of a condominium all that share it."""
    record = atlas.gazette.polities.get(polity)
    return record.shared_by if record and record.shared_by else (polity,)


def names_in(names: tuple[Name, ...], first: int, end: int) -> dict[str, str]:
    """Give a place's name in each language that was current in a span; the first recorded one wins."""
    found: dict[str, str] = {}
    for one in names:
        span = life(one.since, one.until)
        if one.kind != "misspelling" and span.first < min(end, FOREVER) and first < span.end:
            found.setdefault(one.lang, one.text)
    return found

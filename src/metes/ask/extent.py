"""What a polity held on a day: area and parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metes.ask.atlas import Atlas
from metes.ask.combinations import Readings, Total, combine
from metes.ask.coverage import covering, missing_for
from metes.ask.parties import Party, party
from metes.ask.transfers import Part, check_readings, now
from metes.records.instrument import Book
from metes.records.viewpoint import Cover
from metes.span import Span, first_day, read_span


@dataclass(frozen=True)
class Extent:
    """What a party held on a day. `total` is None outside coverage, and `missing` says what is needed."""

    who: Party
    day: int
    book: Book
    total: Total | None
    parts: tuple[tuple[str, tuple[Part, ...]], ...]
    tracts: int
    cover: Cover | None
    missing: str


def extent(
    atlas: Atlas, polity: str, on: int, *, book: Book = "title", readings: Mapping[str, str] | None = None
) -> Extent:
    """Say what a polity or lineage held at the end of a day, inside coverage only.

    `parts` are the members that held land that day, each with its land by present-day unit.
    """
    who = party(atlas.gazette, polity)
    fixed = check_readings(atlas, readings or {})
    known = atlas.gazette.viewpoints[atlas.compiled.viewpoint].when
    if on >= read_span(known).end:
        return Extent(
            who, on, book, None, (), 0, None, f"the map of today is of {known}; nothing later is known"
        )
    cover = covering(atlas, "extent", who, Span(on, on + 1, "day"), book)
    if cover is None:
        return Extent(who, on, book, None, (), 0, None, missing_for(atlas, "extent", who))
    lines = lines_on(atlas, on)

    def held(combination: Readings) -> dict[str, int]:
        holdings = atlas.ledger.replay(book, combination).held_on(on)
        return {polity: mask for polity, mask in holdings.items() if mask and who.counts(polity, on)}

    every = tuple(sorted(lines))
    total = combine(atlas, lambda r: {polity: (mask, every) for polity, mask in held(r).items()}, fixed)
    best = held({**atlas.ledger.best_readings(), **fixed})
    parts = tuple((polity, now(atlas, mask)) for polity, mask in sorted(best.items()))
    mask = 0
    for one in best.values():
        mask |= one
    return Extent(who, on, book, total, parts, mask, cover, cover.missing)


def lines_on(atlas: Atlas, day: int) -> frozenset[str]:
    """Name the lines that counted as a boundary on a day: described by then."""
    return frozenset(line.id for line in atlas.gazette.lines.values() if first_day(line.since) <= day)

"""For what the ledger is complete; everything else is answered `outside-coverage`."""

from __future__ import annotations

from metes.ask.atlas import Atlas
from metes.ask.parties import Party, party
from metes.records.viewpoint import Cover
from metes.span import Span, life


def covers(atlas: Atlas) -> tuple[Cover, ...]:
    """List every statement of coverage, in the order of the gazette."""
    return tuple(atlas.gazette.covers.values())


def covering(atlas: Atlas, kind: str, who: Party, span: Span, book: str) -> Cover | None:
    """Find a statement that covers a party over a whole span in a book; None if there is none.

    `kind` is `transfers`, `extent` or `holder`. A lineage covers its members.
    """
    for one in covers(atlas):
        if one.kind != kind or book not in one.books:
            continue
        covered = life(one.since, one.until)
        if not (covered.first <= span.first and span.end <= covered.end):
            continue
        for lineage in one.lineages:
            known = party(atlas.gazette, lineage)
            if who.id == lineage or set(who.polities()) <= set(known.polities()):
                return one
    return None


def missing_for(atlas: Atlas, kind: str, who: Party) -> str:
    """Say what would be needed where no statement covers a question."""
    for one in covers(atlas):
        if one.kind == kind and any(
            set(who.polities()) & set(party(atlas.gazette, lineage).polities()) for lineage in one.lineages
        ):
            until = f" until {one.until}" if one.until else ""
            return f"covered is {one.what} since {one.since}{until} ({', '.join(one.books)}); missing: {one.missing}"
    return f"no record of the gazette covers the {kind} of {who.id}"


def pair_cover(atlas: Atlas, giver: Party, taker: Party, book: str) -> str:
    """Say in one line what of the transfers between two parties is covered."""
    for one in covers(atlas):
        known = [set(party(atlas.gazette, lineage).polities()) for lineage in one.lineages]
        sides = (set(giver.polities()), set(taker.polities()))
        if one.kind != "transfers" or book not in one.books:
            continue
        if all(any(side <= lineage for lineage in known) for side in sides):
            return f"covered: {one.what} since {one.since}; not in it: {one.missing}"
    return f"outside coverage: the gazette does not claim to be complete between {giver.id} and {taker.id}"

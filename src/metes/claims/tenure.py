"""Who held a place, in order, and what is on record of it."""

from __future__ import annotations

from metes.claims.case import ALL_SHARE, Bench
from metes.claims.evidence import (
    BOOKS,
    Sought,
    Where,
)
from metes.claims.frame import Frame
from metes.claims.telling import name_of, tell
from metes.span import BEGINNING, FOREVER, iso


def tenures(bench: Bench, mask: int) -> dict[str, list[tuple[int, int, str, int]]]:
    """Give by book the spans of each holder of any tract of a place: first, end, polity, tracts."""
    found: dict[str, list[tuple[int, int, str, int]]] = {}
    for book in BOOKS:
        replay = bench.atlas.ledger.replay(book)
        rows: list[tuple[int, int, str, int]] = []
        moves = [one for one in replay.movements if one.tracts & mask]
        for number, one in enumerate(moves):
            left = one.tracts & mask
            for later in moves[number + 1 :]:
                gone = left & later.tracts
                if gone:
                    if later.day > one.day:
                        rows.append((one.day, later.day, one.entry.taker, gone))
                    left &= ~gone
                if not left:
                    break
            if left:
                rows.append((one.day, FOREVER, one.entry.taker, left))
        found[book] = [row for row in rows if row[2] != "unrecorded"]
    return found


def tenure_text(bench: Bench, mask: int, frame: Frame | None = None) -> str:
    """Say who held a place, in order."""
    whole = bench.atlas.measure.area_km2(mask)
    texts: list[str] = []
    books = tenures(bench, mask)
    same = [row[:3] for row in books["title"]] == [row[:3] for row in books["control"]]
    for book in ("title",) if same else ("title", "control"):
        rows = []
        for first, end, polity, tracts in books[book]:
            share = bench.atlas.measure.area_km2(tracts) / whole if whole else 1
            part = "" if share > ALL_SHARE else f" (part, {100 * share:.0f} %)" if share >= 0.01 else None
            if part is None:
                continue
            since = "" if first == BEGINNING else f"from {iso(first)[:4]}"
            until = "" if end == FOREVER else f" to {iso(end)[:4]}"
            rows.append(f"{name_of(bench, polity)}{part} {since}{until}".strip())
        texts.append(("" if same else f"{book}: ") + "; ".join(dict.fromkeys(rows)))
    return " · ".join(text for text in texts if text)


def instead(bench: Bench, sought: Sought) -> str:
    """Say what is on record of the place or the instrument named."""
    if sought.places:
        facts = bench.evidence.find(Sought((), (), sought.places, frozenset(), ()))
        if facts:
            return f"On record: {tell(bench, facts)}."
        return " ".join(f"{one.text}: {tenure_text(bench, one.mask)}." for one in sought.places if one.mask)
    return ""


def about_place(bench: Bench, where: Where) -> str:
    facts = bench.evidence.find(Sought((), (), (where,), frozenset(), ()))
    return tell(bench, facts) if facts else tenure_text(bench, where.mask) if where.mask else "no record"

"""Statements of who held or holds a place."""

from __future__ import annotations

from dataclasses import replace

from metes.claims.case import ALL_SHARE, Bench, Case, Part, outside
from metes.claims.evidence import (
    BOOKS,
    Sought,
    Where,
    Who,
)
from metes.claims.frame import Frame
from metes.claims.telling import name_of, names_text, tell, when_text
from metes.claims.tenure import tenure_text, tenures
from metes.claims.verdict import Verdict
from metes.records.instrument import Book
from metes.span import BEGINNING, FOREVER


def judge_holder(bench: Bench, case: Case) -> None:
    frame = case.frame
    holders = tuple(bench.evidence.who(one) for one in frame.holders)
    lands = [one for one in (bench.evidence.where(named) for named in frame.places) if not one.river]
    if not lands and frame.amounts:
        judge_held_amount(bench, case, holders)
        return
    if (
        not holders
        or any(not one.parties for one in holders)
        or not lands
        or not all(one.known for one in lands)
    ):
        names = ", ".join(
            [
                *(one.text for one in holders if not one.parties),
                *(one.text for one in lands if not one.known),
            ]
        )
        outside(
            bench, case, f"The gazette has no records of {names or 'this land'}: its tenures would be needed."
        )
        return
    case.sought = replace(case.sought, takers=holders)
    for where in lands:
        claimed = f"{where.text}: {names_text(holders)}" + (
            f" {when_text(frame.when[0])}" if frame.when else ""
        )
        verdict, found, turns = judge_held(bench, where, holders, frame)
        if frame.negated and verdict in ("supported", "contradicted"):
            verdict = "contradicted" if verdict == "supported" else "supported"
        case.parts.append(Part("holder", claimed, found, verdict, turns))
        case.why.append(f"On record, {where.text} was held by: {found}.")
        case.facts = (
            *case.facts,
            *(one for one in bench.evidence.find(Sought((), (), (where,), frozenset(), ()), True)),
        )


def judge_held(
    bench: Bench, where: Where, holders: tuple[Who, ...], frame: Frame
) -> tuple[Verdict, str, tuple[str, ...]]:
    spans = tenures(bench, where.mask)
    if not any(rows for rows in spans.values()):
        return held_as_stated(bench, where, holders, frame)
    found = tenure_text(bench, where.mask, frame)
    shares = {}
    for book in BOOKS[1:] if frame.form == "control" else BOOKS:
        shares[book] = share_held(bench, where.mask, holders, frame, book)
    if all(one is None for one in shares.values()):
        return (
            "outside-coverage",
            f"the ledger does not reach {when_text(frame.when[0]) if frame.when else 'that day'}",
            (),
        )
    known = [one for one in shares.values() if one is not None]
    if all(one >= ALL_SHARE for one in known):
        return "supported", found, ()
    if all(one <= 1 - ALL_SHARE for one in known):
        beside = [
            one
            for one in bench.evidence.facts
            if one.books == ("beside",)
            and one.form in ("lease", "occupation", "protectorate")
            and one.mask & where.mask
            and any(who.counts(one.taker, one.day) for who in holders)
            and (not frame.when or any(w.first < one.end and one.day < w.last for w in frame.when))
        ]
        if beside and frame.sense == "hold" and (frame.when or frame.past):
            return (
                "depends",
                f"{found}; beside it a {beside[0].form} of {name_of(bench, beside[0].taker)}",
                (beside[0].id,),
            )
        return "contradicted", found, ()
    return "depends", found, tuple(book for book, one in shares.items() if one is not None and one >= 0.5)


def share_held(bench: Bench, mask: int, holders: tuple[Who, ...], frame: Frame, book: Book) -> float | None:
    """Give the share of a place that the holders held when the frame says; None if the ledger is silent."""
    measure = bench.atlas.measure
    replay = bench.atlas.ledger.replay(book)
    whole = measure.area_km2(mask)
    if not whole:
        return None
    days = days_of(bench, mask, frame, book)
    results: list[float] = []
    for day in days:
        held = known = 0
        for polity, tracts in replay.held_on(day).items():
            if polity == "unrecorded":
                continue
            known |= tracts & mask
            shared = bench.gazette.polities[polity].shared_by if polity in bench.gazette.polities else ()
            if any(
                who.counts(one, day) or who.counts(one, day - 1)
                for who in holders
                for one in (shared or (polity,))
            ):
                held |= tracts & mask
        if measure.area_km2(known) < 0.5 * whole:
            continue
        results.append(measure.area_km2(held) / whole)
    if not results:
        return None
    throughout = frame.always or any(one.relation in ("since", "until") for one in frame.when)
    return min(results) if throughout else max(results)


def days_of(bench: Bench, mask: int, frame: Frame, book: Book) -> list[int]:
    """List the days on which a statement of holding must hold (or one of which, in the past)."""
    replay = bench.atlas.ledger.replay(book)
    changes = sorted({one.day for one in replay.movements if one.tracts & mask})
    today = FOREVER - 1
    points = list(frame.when)
    if not points:
        if frame.always:
            return [*changes, today]
        if frame.formerly or (frame.past and not frame.now):
            return changes or [today]
        return [today]
    days: list[int] = []
    for when in points:
        first, last = when.first, when.last
        if when.relation == "in":
            days.extend([first, last - 1, *(day for day in changes if first <= day < last)])
        elif when.relation == "until":
            days.append(min(last, FOREVER) - 366 if last < FOREVER else today)
        elif when.relation == "before":
            days.append(last - 1)
        elif when.relation in ("since", "after"):
            start = first + 366 if when.relation == "since" else first
            days.extend(
                [
                    start,
                    *(day for day in changes if start <= day),
                    *([] if frame.past and not frame.now and frame.sense == "belong" else [today]),
                ]
            )
        elif when.relation == "by":
            days.append(last - 1)
        else:
            days.extend(
                [
                    max(first, BEGINNING + 1),
                    min(last, FOREVER) - 1,
                    *(day for day in changes if first <= day < last),
                ]
            )
    return days


def judge_held_amount(bench: Bench, case: Case, holders: tuple[Who, ...]) -> None:
    outside(bench, case, "Which land the figure is about is not said: a place would be needed.")


def held_as_stated(
    bench: Bench, where: Where, holders: tuple[Who, ...], frame: Frame
) -> tuple[Verdict, str, tuple[str, ...]]:
    """Judge holding of land that is only stated (no tract): by the changes on record that name it."""
    facts = bench.evidence.find(Sought((), (), (where,), frozenset(), ()))
    last = [one for one in facts if not frame.when or any(one.day < when.last for when in frame.when)]
    if not where.territories or not last:
        return "outside-coverage", "no tenure on record", ()
    if frame.past and not frame.when:
        holds = any(
            who.counts(one.taker, one.day) or bench.evidence.gave(who, one)
            for who in holders
            for one in facts
        )
    else:
        holds = any(who.counts(last[-1].taker, last[-1].day) for who in holders)
    return ("supported" if holds else "contradicted"), tell(bench, facts), ()

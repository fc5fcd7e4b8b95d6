"""Open questions: the same frames with an empty slot, answered from the ledger."""

from __future__ import annotations

from dataclasses import replace

from metes.claims.amount import measured_total
from metes.claims.case import Case, Judged, Part, Range
from metes.claims.evidence import Fact, Sought, sought_in
from metes.claims.frame import Frame
from metes.claims.judge import Judge
from metes.claims.telling import figures_text, instrument_name, label_of, name_of, tell, when_text
from metes.claims.tenure import tenures
from metes.records.instrument import Book
from metes.span import iso


def answer(judge: Judge, frame: Frame) -> Judged:
    """Answer an open question; the verdict is `not-checkable`, for nothing is claimed."""
    case = Case(frame, sought_in(judge.evidence, frame))
    if frame.sense in ("hold", "belong"):
        return _who_held(judge, case)
    sought = replace(case.sought, places=tuple(one for one in case.sought.places if not one.river))
    unknown = [one.text for one in (*sought.givers, *sought.takers) if not one.parties]
    unknown += [one.text for one in sought.places if not one.known]
    facts = () if unknown else judge.evidence.find(sought) or judge.evidence.find(sought, beside=True)
    if not facts and not unknown and sought.when:
        facts = judge.evidence.find(replace(sought, when=()))
    case.facts = facts
    if not facts:
        names = ", ".join(unknown)
        said = f"No record of {names} in the gazette." if unknown else "No such change is on record."
        covered = not unknown and judge.evidence.covered([*sought.givers, *sought.takers])
        case.parts.append(Part("answer", "", said, "not-checkable" if covered else "outside-coverage"))
        case.why.append(said)
        return judge.close(case, said, "not-checkable" if covered else "outside-coverage")
    text = _text(judge, case, sought, facts)
    case.parts.append(Part("answer", "", text, "not-checkable"))
    case.why.append(text)
    return judge.close(case, text, "not-checkable")


def _text(judge: Judge, case: Case, sought: Sought, facts: tuple[Fact, ...]) -> str:
    slot = case.frame.slot
    if slot == "amount":
        book: Book = "title" if any("title" in one.books for one in facts) else "control"
        counted = tuple(one for one in facts if book in one.books)
        total, figures = measured_total(judge, counted, book)
        interval = total.interval
        if interval.high_km2 <= 0:
            values = [one.km2 for one in figures]
            return (
                f"Only published figures are on record: {min(values):,.6g}–{max(values):,.6g} km²."
                if values
                else tell(judge, facts)
            )
        case.measured = Range(interval.low_km2, interval.best_km2, interval.high_km2, "km2", "measured")
        case.book, case.facts = book, counted
        years = "–".join(dict.fromkeys(iso(one.day)[:4] for one in (counted[0], counted[-1])))
        turns = ", ".join(label_of(judge, one) for one in total.moves_km2)
        switch = f" It turns on: {turns}." if turns else ""
        return f"{figures_text(interval, 'km2').capitalize()}, by {len(counted)} entries of {years}.{switch}"
    if slot == "who":
        takers = ", ".join(
            dict.fromkeys(
                f"{name_of(judge, one.taker)} ({one.date}, from {name_of(judge, one.giver)})" for one in facts
            )
        )
        givers = ", ".join(
            dict.fromkeys(
                f"{name_of(judge, one.giver)} ({one.date}, to {name_of(judge, one.taker)})" for one in facts
            )
        )
        return givers if sought.takers and not sought.givers else takers
    if slot == "when":
        return "; ".join(
            dict.fromkeys(f"{one.date} ({instrument_name(judge, one.instrument.id)})" for one in facts)
        )
    if slot == "instrument":
        return "; ".join(
            dict.fromkeys(f"{instrument_name(judge, one.instrument.id)} ({one.date})" for one in facts)
        )
    return tell(judge, facts)


def _who_held(judge: Judge, case: Case) -> Judged:
    frame = case.frame
    lands = [
        one for one in (judge.evidence.where(named) for named in frame.places) if not one.river and one.known
    ]
    if not lands:
        said = "The gazette has no record of this place."
        case.parts.append(Part("answer", "", said, "outside-coverage"))
        case.why.append(said)
        return judge.close(case, said, "outside-coverage")
    texts = []
    for where in lands:
        rows = []
        for book, spans in tenures(judge, where.mask).items():
            fit = [
                row
                for row in spans
                if not frame.when or any(row[0] < when.last and when.first < row[1] for when in frame.when)
            ]
            if not frame.when and not frame.past:
                fit = fit[-1:]
            names = "; ".join(dict.fromkeys(name_of(judge, row[2]) for row in fit))
            if names:
                rows.append(f"{book}: {names}")
        beside = [
            one
            for one in judge.evidence.facts
            if one.books == ("beside",)
            and one.mask & where.mask
            and frame.when
            and any(one.day < when.last and when.first < one.end for when in frame.when)
        ]
        rows.extend(f"{one.form}: {name_of(judge, one.taker)}" for one in beside)
        when = f" {when_text(frame.when[0])}" if frame.when else ""
        texts.append(f"{where.text}{when}: {' · '.join(rows) or 'no tenure on record'}")
        case.facts = (*case.facts, *judge.evidence.find(Sought((), (), (where,), frozenset(), ()), True))
    said = "; ".join(texts)
    case.parts.append(Part("answer", "", said, "not-checkable"))
    case.why.append(f"{said}.")
    return judge.close(case, said, "not-checkable")

"""Statements about instruments and names: in force, signed, called, claimed."""

from __future__ import annotations

from dataclasses import replace

from metes.claims.case import Bench, Case, Part, outside, shortened
from metes.claims.dates import When
from metes.claims.evidence import (
    Who,
    dates_of,
)
from metes.claims.telling import instrument_name, named_text, names_text, tell, when_text
from metes.claims.verdict import Verdict
from metes.records.instrument import Instrument


def signed_in(instrument: Instrument, when: When) -> bool:
    return any(one.first < when.last and when.first < one.end for one in dates_of(instrument))


def judge_status(bench: Bench, case: Case) -> None:
    frame = case.frame
    if not case.sought.instruments:
        outside(
            bench,
            case,
            f"The gazette has no record of {named_text(frame.instruments)}: its text and dates would be "
            "needed.",
        )
        return
    for id_ in sorted(case.sought.instruments):
        record = bench.gazette.instruments[id_]
        states = {one.state for one in record.states}
        shown = "; ".join(
            dict.fromkeys(
                f"{one.state} ({one.viewpoint}" + (f", by {one.by}" if one.by else "") + ")"
                for one in record.states
            )
        )
        name = instrument_name(bench, id_)
        truth: bool | None = None
        depends = False
        if frame.form == "ratified":
            if states == {"never-in-force"}:
                truth = False
            elif (
                record.dates.ratified
                or record.dates.in_force
                or states - {"never-in-force"}
                or record.entries
            ):
                truth = True
            dates = record.dates.ratified or record.dates.in_force
            shown = (f"ratified or in force {dates}" if dates else "") + (f"; {shown}" if shown else "")
        elif frame.form == "in-force":
            dead = states & {"superseded", "lapsed", "reversed", "never-in-force"}
            if "in-force" in states and not dead:
                truth = True
            elif dead and "in-force" not in states:
                truth = False
            elif "in-force" in states:
                depends = True
            if frame.past or frame.when:
                truth = "never-in-force" not in states if states else truth
        else:
            dead = states & {"superseded", "lapsed", "reversed", "never-in-force"}
            if dead and "in-force" not in states:
                truth = True
            elif states and not dead:
                truth = False
            elif dead:
                depends = True
        verdict: Verdict
        if depends:
            verdict = "depends"
        elif truth is None:
            verdict = "outside-coverage"
        else:
            verdict = "supported" if truth != frame.negated else "contradicted"
        case.parts.append(
            Part(
                "status",
                f"{name}: {frame.act}" + (" (denied)" if frame.negated else ""),
                shown or "no state on record",
                verdict,
            )
        )
        case.why.append(f"On record for the {name}: {shown or 'no state'}.")
        case.facts = (
            *case.facts,
            *(
                one
                for one in bench.evidence.facts
                if one.instrument.id == id_ and not bench.evidence.inner(one)
            ),
        )


def judge_settle(bench: Bench, case: Case) -> None:
    frame, sought = case.frame, case.sought
    parties = [bench.evidence.who(one) for one in frame.parties]
    if frame.instruments and not sought.instruments:
        outside(
            bench,
            case,
            f"The gazette has no record of {named_text(frame.instruments)}: its text and dates would be "
            "needed.",
        )
        return
    if any(not one.parties for one in parties):
        names = ", ".join(one.text for one in parties if not one.parties)
        outside(bench, case, f"The gazette has no records of {names}.")
        return
    known = [
        one
        for one in bench.gazette.instruments.values()
        if one.kind in ("treaty", "convention", "protocol", "agreement", "notes", "declaration")
        and (not sought.instruments or one.id in sought.instruments)
        and (
            frame.sense != "settle"
            or one.lines
            or one.entries
            or any(part.act != "other" for part in one.clauses)
        )
    ]

    def between(instrument: Instrument, who: Who) -> bool:
        polities = {polity for one in who.parties for polity in one.polities()}
        return bool(polities & set(instrument.parties)) or bool(set(who.ids) & set(instrument.parties))

    theirs = [one for one in known if all(between(one, who) for who in parties)]
    dated = [one for one in theirs if not frame.when or any(signed_in(one, when) for when in frame.when)]
    case.sought = replace(
        sought, instruments=frozenset(one.id for one in dated or theirs if sought.instruments)
    )
    names = "; ".join(
        f"{instrument_name(bench, one.id)} ({one.dates.signed or one.dates.happened})"
        for one in (dated or theirs or known)[:5]
    )
    verdict: Verdict
    if sought.instruments and parties:
        case.parts.append(
            Part("party", names_text(parties), names, "supported" if theirs else "contradicted")
        )
    if frame.when:
        verdict = "supported" if dated else "contradicted"
        case.parts.append(Part("date", ", ".join(when_text(one) for one in frame.when), names, verdict))
    elif not sought.instruments:
        verdict = "supported" if theirs else "contradicted"
        case.parts.append(Part("event", shortened(frame.text), names or "none on record", verdict))
    if frame.negated:
        case.parts = [
            replace(one, verdict="contradicted" if one.verdict == "supported" else "supported")
            for one in case.parts
        ]
    if not case.parts:
        case.parts.append(
            Part("event", shortened(frame.text), names, "supported" if theirs else "contradicted")
        )
    if not theirs and not known and not bench.evidence.covered(parties):
        case.parts.clear()
        outside(bench, case, "The gazette does not claim to know the agreements of these parties.")
        return
    case.why.append(f"On record: {names or 'no such instrument'}.")


def judge_name(bench: Bench, case: Case) -> None:
    one, other = case.frame.places[:2]
    mine = {m.id for m in one.meanings if m.kind in ("place", "territory", "unit", "town")}
    same = mine & {m.id for m in other.meanings}
    names = ""
    for id_ in sorted(mine | {m.id for m in other.meanings}):
        record = bench.gazette.places.get(id_)
        if record is not None:
            names = ", ".join(name.text for name in record.names)
            break
    verdict: Verdict = "supported" if same else "contradicted" if names else "outside-coverage"
    if case.frame.negated and verdict in ("supported", "contradicted"):
        verdict = "contradicted" if verdict == "supported" else "supported"
    case.parts.append(Part("name", f"{one.text} = {other.text}", names, verdict))
    case.why.append(f"Names on record: {names}." if names else "Neither name is on record.")


def judge_claim(bench: Bench, case: Case) -> None:
    sought = replace(
        case.sought,
        givers=(),
        takers=tuple(bench.evidence.who(one) for one in case.frame.holders),
        forms=frozenset(("claim",)),
    )
    facts = bench.evidence.find(sought, beside=True) if any(one.parties for one in sought.takers) else ()
    case.facts = facts
    if facts:
        case.parts.append(
            Part(
                "event",
                shortened(case.frame.text),
                tell(bench, facts),
                "contradicted" if case.frame.negated else "supported",
            )
        )
    else:
        outside(
            bench,
            case,
            "Claims to this land are not on record: they would have to be added with their sources.",
        )

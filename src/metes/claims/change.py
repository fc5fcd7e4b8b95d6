"""Statements that land changed hands: parties, dates, places and form, each judged apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from metes.atlas.ledger import UNDETERMINED
from metes.claims import verdict as verdicts
from metes.claims.amount import judge_amount, to_count
from metes.claims.case import ALL_SHARE, Bench, Case, Part, outside, shortened
from metes.claims.evidence import (
    Fact,
    Sought,
    Where,
    fits,
)
from metes.claims.telling import (
    capital,
    date_of,
    instrument_name,
    name_of,
    named_text,
    names_text,
    sought_text,
    tell,
    when_text,
)
from metes.claims.tenure import about_place, instead
from metes.claims.verdict import Verdict

BARE_RIGHTS = frozenset(("claim", "suzerainty", "jurisdiction", "condominium"))
"""Rights beside a holder that no word for changing hands speaks of."""
TERMS_TOLD = 6
"""So many of the parties' own words are told beside form and circumstance; `metes show` has all."""


def judge_change(bench: Bench, case: Case) -> None:
    frame, sought = case.frame, case.sought
    rivers = [one for one in sought.places if one.river]
    lands = tuple(one for one in sought.places if not one.river)
    sought = replace(sought, places=lands)
    if frame.sense in ("secede", "recognise") and frame.takers:
        # Who leaves is the land that leaves.
        left = tuple(one for one in (bench.evidence.where(named) for named in frame.takers) if one.known)
        if left:
            lands = lands or left
            sought = replace(sought, places=lands, takers=())
    case.sought = sought
    unknown = [one for one in (*sought.givers, *sought.takers) if not one.parties]
    lost = [one for one in lands if not one.known]
    if frame.instruments and not sought.instruments:
        outside(
            bench,
            case,
            f"The gazette has no record of {frame.instruments[0].text}: its text and dates would be needed.",
        )
        return
    if unknown or (lost and len(lost) == len(lands)):
        names = ", ".join([*(one.text for one in unknown), *(one.text for one in lost)])
        outside(
            bench,
            case,
            f"The gazette has no records of {names}: the instruments and dates of that land would be needed.",
        )
        return
    leases = frame.form == "lease" or frame.sense in ("occupy", "invade")
    facts = bench.evidence.find(sought, beside=leases)
    facts = tuple(one for one in facts if one.form not in BARE_RIGHTS)
    if frame.form == "lease":
        facts = tuple(one for one in facts if one.form == "lease") or facts
    facts = bench.evidence.along(facts, rivers)
    if not facts and not leases:
        facts = tuple(one for one in bench.evidence.find(sought, beside=True) if one.form not in BARE_RIGHTS)
    wrong: list[str] = []
    if (
        facts
        and (frame.sense in ("take", "lose", "cost") or frame.form == "cession")
        and not frame.back
        and not frame.amounts
        and sought.givers
        and sought.takers
        and not any("title" in one.books for one in facts)
    ):
        # What changed hands only in fact does not answer a word for title, if title went the other way.
        other = bench.evidence.find(replace(sought, givers=sought.takers, takers=sought.givers))
        other = tuple(one for one in other if "title" in one.books)
        if other and (sought.places or sought.instruments or sought.when):
            facts, wrong = other, ["direction"]
    if frame.sense not in ("secede", "recognise") and not sought.givers:
        # What a state had when it came to be is no gain that a sentence without a giver speaks of.
        facts = tuple(one for one in facts if one.form != "dissolution")
    if not facts:
        opened = before_the_books(bench, sought)
        if opened is not None:
            outside(bench, case, opened)
            return
        facts, wrong = relaxed(bench, case, sought)
    if frame.amounts:
        facts = to_count(facts, bool(sought.givers))
    case.facts = facts
    case.steps.append(
        f"looked for: {sought_text(sought)}; found: {', '.join(one.id for one in facts) or 'nothing'}"
    )
    if frame.negated:
        negated(bench, case, sought, bool(facts) and not wrong)
        return
    if not facts:
        if bench.evidence.covered([*sought.givers, *sought.takers]) and (sought.givers or sought.takers):
            said = instead(bench, sought)
            case.parts.append(Part("event", shortened(frame.text), said, "contradicted"))
            case.why.append(f"No such change is on record. {said}".strip())
        elif sought.instruments:
            case.parts.append(
                Part("event", shortened(frame.text), "the instrument moved no land on record", "contradicted")
            )
            case.why.append("The instrument named made no such change of land on record.")
        else:
            outside(
                bench,
                case,
                "The ledger does not claim to be complete for these parties: its coverage would have to be "
                "extended.",
            )
        return
    party_parts(bench, case, sought, facts, wrong)
    date_part(bench, case, sought, facts, wrong)
    if "instrument" in wrong:
        found = ", ".join(dict.fromkeys(instrument_name(bench, one.instrument.id) for one in facts))
        case.parts.append(Part("instrument", named_text(frame.instruments), found, "contradicted"))
    if "place" in wrong:
        for one in lands:
            case.parts.append(Part("place", one.text, about_place(bench, one), "contradicted"))
    elif len(lands) > 1 and not frame.amounts:
        place_list(bench, case, sought, lands)
    elif lands:
        case.parts.append(
            Part("place", ", ".join(one.text for one in lands), tell(bench, facts), "supported")
        )
    if not wrong and not any(one.best for one in facts):
        turns = tuple(
            dict.fromkeys(question for one in facts if one.entry is not None for question in one.entry.when)
        )
        case.parts.append(Part("event", shortened(frame.text), tell(bench, facts), "depends", turns))
    form_part(bench, case, facts)
    if "direction" in wrong:
        case.why.append(f"On record the land passed the other way: {tell(bench, facts)}.")
    elif frame.amounts:
        for amount in frame.amounts:
            judge_amount(bench, case, amount, sought, facts)
    elif frame.whole and lands and not wrong:
        whole_part(bench, case, lands, facts)
    if not case.why:
        failing = [one for one in case.parts if one.verdict in verdicts.FAILS]
        if failing:
            case.why.append(f"On record: {tell(bench, facts)}.")
        else:
            case.why.append(f"{capital(tell(bench, facts))}.")


def relaxed(bench: Bench, case: Case, sought: Sought) -> tuple[tuple[Fact, ...], list[str]]:
    """Find the nearest change on record, and say which parts of the claim it does not fit."""
    wide = replace(
        sought,
        givers=tuple(bench.evidence.lineage_of(one) for one in sought.givers),
        takers=tuple(bench.evidence.lineage_of(one) for one in sought.takers),
    )
    swapped = replace(sought, givers=sought.takers, takers=sought.givers)
    wide_swapped = replace(wide, givers=wide.takers, takers=wide.givers)
    both = bool(sought.givers and sought.takers)
    tries: list[tuple[Sought, list[str]]] = []
    if wide != sought:
        tries.append((replace(wide, takers=sought.takers), ["giver"]))
        tries.append((replace(wide, givers=sought.givers), ["taker"]))
        tries.append((wide, ["giver", "taker"]))
    if sought.when:
        tries.append((replace(sought, when=()), ["date"]))
    if both:
        tries.append((swapped, ["direction"]))
    anchored = bool(sought.places or sought.instruments)
    if anchored and sought.givers:
        tries.append((replace(sought, givers=()), ["giver"]))
    if anchored and sought.takers:
        tries.append((replace(sought, takers=()), ["taker"]))
    if sought.instruments and sought.places:
        tries.append((replace(sought, places=()), ["place"]))
        tries.append((replace(sought, instruments=frozenset()), ["instrument"]))
    if sought.when:
        if wide != sought:
            tries.append((replace(wide, when=()), ["taker", "date"]))
        if both:
            tries.append((replace(wide_swapped, when=()), ["direction", "date"]))
        if anchored and sought.takers:
            tries.append((replace(sought, when=(), takers=()), ["taker", "date"]))
        if anchored and sought.givers:
            tries.append((replace(sought, when=(), givers=()), ["giver", "date"]))
    elif both:
        tries.append((wide_swapped, ["direction"]))
    if anchored:
        tries.append((replace(sought, givers=(), takers=()), ["giver", "taker"]))
        tries.append((replace(sought, givers=(), takers=(), when=()), ["giver", "taker", "date"]))
    if sought.instruments:
        tries.append((Sought((), (), (), sought.instruments, ()), ["giver", "taker", "date", "place"]))
    for beside in (False, True):
        for one, wrong in tries:
            facts = tuple(fact for fact in bench.evidence.find(one, beside) if fact.form not in BARE_RIGHTS)
            if facts:
                return facts, really_wrong(bench, sought, facts, wrong)
    return (), []


def really_wrong(bench: Bench, sought: Sought, facts: tuple[Fact, ...], wrong: list[str]) -> list[str]:
    """Keep of the relaxed parts those that the facts do not fit."""
    kept: list[str] = []
    for what in wrong:
        if (
            what == "taker"
            and sought.takers
            and any(w.counts(f.taker, f.day) for w in sought.takers for f in facts)
        ):
            continue
        if (
            what == "giver"
            and sought.givers
            and any(bench.evidence.gave(w, f) for w in sought.givers for f in facts)
        ):
            continue
        if what == "date" and any(fits(f, w) for w in sought.when for f in facts):
            continue
        if (
            (what == "taker" and not sought.takers)
            or (what == "giver" and not sought.givers)
            or (what == "date" and not sought.when)
        ):
            continue
        if what == "place" and not sought.places:
            continue
        kept.append(what)
    return kept


def negated(bench: Bench, case: Case, sought: Sought, found: bool) -> None:
    claimed = shortened(case.frame.text)
    if found:
        case.parts.append(Part("event", claimed, tell(bench, case.facts), "contradicted"))
        case.why.append(f"On record: {tell(bench, case.facts)}.")
    elif bench.evidence.covered([*sought.givers, *sought.takers]) and (sought.givers or sought.takers):
        case.facts = ()
        case.parts.append(Part("event", claimed, "no such change on record", "supported"))
        case.why.append("No such change is on record.")
    else:
        case.facts = ()
        outside(
            bench,
            case,
            "The ledger does not claim to be complete for these parties, so that absence proves nothing.",
        )


def before_the_books(bench: Bench, sought: Sought) -> str | None:
    """Say so where a claim is about land on a day on which the ledger had not begun for it."""
    mask = 0
    for one in sought.places:
        mask |= one.mask
    openings = [
        one
        for one in bench.atlas.ledger.replay("title").movements
        if one.entry.form == "opening" and one.tracts & mask
    ]
    if not openings or not sought.when:
        return None
    first = min(openings, key=lambda one: one.day)
    if any(when.first > first.day for when in sought.when):
        return None
    return (
        f"The ledger of this land begins on {first.entry.date} ({instrument_name(bench, first.instrument.id)}): "
        "who held it before would be needed."
    )


def party_parts(bench: Bench, case: Case, sought: Sought, facts: tuple[Fact, ...], wrong: list[str]) -> None:
    if "direction" in wrong:
        first = facts[0]
        claimed = f"{names_text(sought.givers)} to {names_text(sought.takers)}"
        case.parts.append(
            Part(
                "direction",
                claimed,
                f"{name_of(bench, first.giver)} to {name_of(bench, first.taker)}",
                "contradicted",
            )
        )
        return
    for what, who in (("taker", sought.takers), ("taken-from", sought.givers)):
        if not who:
            continue
        polities = [one.taker if what == "taker" else one.giver for one in facts]
        names = ", ".join(dict.fromkeys(name_of(bench, one) for one in polities))
        key = "giver" if what == "taken-from" else what
        verdict: Verdict = "supported"
        if key in wrong:
            verdict = "contradicted"
            if key == "giver" and via(bench, sought, facts):
                verdict = "within-range"
                names += f", which had left {names_text(who)} before"
        elif key == "giver" and all(one == UNDETERMINED for one in polities):
            verdict = "within-range"
            names = f"title was left open between the parties, {names_text(who)} among them"
        case.parts.append(Part(what, names_text(who), names, verdict))
    for named in case.frame.denied:
        other = bench.evidence.who(named)
        fit = [one for one in facts if other.counts(one.taker, one.day)]
        share = share_of(bench, fit, facts)
        names = ", ".join(dict.fromkeys(name_of(bench, one.taker) for one in facts))
        denied: Verdict = "supported" if share < 0.5 else "contradicted" if share >= ALL_SHARE else "depends"
        case.parts.append(Part("taker", f"not {named.text}", names, denied))
    for named in case.frame.glosses:
        gloss = bench.evidence.who(named)
        fit = [one for one in facts if gloss.counts(one.taker, one.day)]
        share = share_of(bench, fit, facts)
        names = ", ".join(dict.fromkeys(name_of(bench, one.taker) for one in facts))
        if share >= ALL_SHARE:
            case.parts.append(Part("taker", named.text, names, "supported"))
        elif share >= 0.5:
            case.parts.append(Part("taker", named.text, names, "depends"))
        else:
            others = [one for one in facts if one not in fit]
            names = (
                ", ".join(
                    dict.fromkeys(
                        name_of(bench, one.taker) for one in others if share_of(bench, [one], facts) > 0.01
                    )
                )
                or names
            )
            case.parts.append(Part("taker", named.text, names, "contradicted"))
            rest = f", which took {100 * share:.0f} % of it" if share > 0.005 else ""
            case.why.append(f"It passed to the {names}, not to the {named.text}{rest}.")


def share_of(bench: Bench, some: Sequence[Fact], facts: Sequence[Fact]) -> float:
    """Give the share of the land of changes that some of them moved; by number where none is measured."""
    measure = bench.atlas.measure
    whole = sum(measure.area_km2(one.mask) for one in facts)
    if whole <= 0:
        return len(some) / len(facts)
    return sum(measure.area_km2(one.mask) for one in some) / whole


def via(bench: Bench, sought: Sought, facts: tuple[Fact, ...]) -> bool:
    """Tell whether the land had been the claimed giver's before it passed to the one on record."""
    replay = bench.atlas.ledger.replay("title")
    for fact in facts:
        for one in replay.movements:
            if (
                one.day < fact.day
                and one.tracts & fact.mask
                and any(who.counts(one.entry.giver, one.day - 1) for who in sought.givers)
            ):
                return True
    return False


def date_part(bench: Bench, case: Case, sought: Sought, facts: tuple[Fact, ...], wrong: list[str]) -> None:
    if not sought.when:
        return
    dates = ", ".join(dict.fromkeys(date_of(bench, one) for one in facts[:4]))
    claimed = ", ".join(when_text(one) for one in sought.when)
    fit = any(fits(fact, when) for fact in facts for when in sought.when)
    good = fit and "date" not in wrong
    case.parts.append(Part("date", claimed, dates, "supported" if good else "contradicted"))


def place_list(bench: Bench, case: Case, sought: Sought, lands: Sequence[Where]) -> None:
    for one in lands:
        mine = bench.evidence.find(replace(sought, places=(one,))) or bench.evidence.find(
            replace(sought, places=(one,)), beside=True
        )
        if mine:
            case.parts.append(Part("list", one.text, tell(bench, mine), "supported"))
        elif one.known:
            case.parts.append(Part("list", one.text, about_place(bench, one), "contradicted"))
        else:
            case.parts.append(Part("list", one.text, "no record", "outside-coverage"))


def form_part(bench: Bench, case: Case, facts: tuple[Fact, ...]) -> None:
    frame = case.frame
    forms = ", ".join(
        dict.fromkeys(
            f"{one.form}" + (f" ({one.circumstance.replace('-', ' ')})" if one.circumstance else "")
            for one in facts[:6]
        )
    )
    said = dict.fromkeys(f"{term.lang} {term.text}" for one in facts for term in one.instrument.terms)
    terms = "; ".join(list(said)[:TERMS_TOLD])
    found = f"{forms}; {terms}" if terms else forms
    kinds = {one.form for one in facts}
    if frame.form == "lease":
        verdict: Verdict = "supported" if "lease" in kinds else "contradicted"
        case.parts.append(Part("form", frame.act, found, verdict))
    elif frame.form == "purchase":
        case.parts.append(
            Part("form", frame.act, found, "supported" if "purchase" in kinds else "contradicted")
        )
    elif (frame.form == "annexation" and kinds <= {"occupation", "withdrawal", "lease", "protectorate"}) or (
        frame.form == "cession" and kinds <= {"lease"}
    ):
        case.parts.append(Part("form", frame.act, found, "contradicted"))
    elif frame.loaded or frame.sense in ("invade", "occupy") or frame.form == "annexation":
        case.parts.append(Part("manner", frame.act, found, "on-record"))


def whole_part(bench: Bench, case: Case, lands: Sequence[Where], facts: tuple[Fact, ...]) -> None:
    measure = bench.atlas.measure
    for one in lands:
        if one.point or not one.mask:
            continue
        whole = measure.area_km2(one.mask)
        moved = 0
        for fact in facts:
            moved |= fact.mask
        share = measure.area_km2(moved & one.mask) / whole if whole else 0.0
        verdict: Verdict = (
            "supported"
            if share >= ALL_SHARE
            else "too-high"
            if share >= 1 / verdicts.FAR_FACTOR
            else "contradicted"
        )
        case.parts.append(Part("amount", f"all of {one.text}", f"{100 * share:.0f} % of it", verdict))
        if verdict != "supported":
            case.why.append(f"About {100 * share:.0f} % of {one.text} passed, not all of it.")

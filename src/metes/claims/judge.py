"""Frames against an atlas: each part of a claim judged apart, then together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from metes.ask.atlas import Atlas
from metes.ask.combinations import Readings, Total, combine
from metes.atlas.ledger import Movement
from metes.claims import verdict as verdicts
from metes.claims.dates import When
from metes.claims.evidence import KEPT, NOBODY, Evidence, Fact, Sought, Where, Who, fits, sought_in, touches
from metes.claims.frame import Amount, Frame, Named
from metes.claims.verdict import HOLDS, Verdict
from metes.interval import Interval, hull, plain, support
from metes.records.common import Figure
from metes.records.instrument import Book, Entry
from metes.records.rule import Rule
from metes.span import BEGINNING, FOREVER, first_day, iso, life

MOVES = frozenset(("take", "occupy", "invade", "lease", "give", "lose", "pass", "join", "cost", "add", "secede", "recognise"))
ALL_SHARE = 0.95
"""From this share of a place on, it counts as the whole of it; below 1 − this as nothing of it."""

COARSE_SHARE = 0.30
"""A measured range with a wider half than this gives way to published figures for the same land."""
NEAR_DAYS = 3 * 365
"""How far from a date of an earlier sentence a change may lie that a figure is about."""


@dataclass(frozen=True)
class Part:
    """One part of a claim judged apart."""

    what: str
    claimed: str
    found: str
    verdict: Verdict
    turns_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Range:
    """A range in a unit; `high` may be infinite."""

    low: float
    best: float
    high: float
    unit: str
    basis: str = ""


@dataclass(frozen=True)
class Judged:
    """A frame with its verdict, its parts and what they rest on."""

    frame: Frame
    verdict: Verdict
    why: str
    parts: tuple[Part, ...] = ()
    claimed: Range | None = None
    measured: Range | None = None
    book: str | None = None
    rule: str | None = None
    counted: tuple[str, ...] = ()
    givers: tuple[str, ...] = ()
    takers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    answer: str | None = None
    sources: tuple[str, ...] = ()
    agrees_with: tuple[str, ...] = ()
    explained_by: tuple[dict[str, object], ...] = ()
    steps: tuple[str, ...] = ()


@dataclass
class _Case:
    """A claim being judged."""

    frame: Frame
    sought: Sought
    parts: list[Part] = field(default_factory=list)
    facts: tuple[Fact, ...] = ()
    why: list[str] = field(default_factory=list)
    claimed: Range | None = None
    measured: Range | None = None
    book: str | None = None
    rule: str | None = None
    agrees: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


class Judge:
    """Judges frames against one atlas; keeps what it has worked out."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.gazette = atlas.gazette
        self.evidence = Evidence(atlas)
        self._totals: dict[tuple[object, ...], tuple[Total, tuple[Figure, ...]]] = {}

    def judge(self, frame: Frame) -> Judged:
        """Judge one frame."""
        case = _Case(frame, sought_in(self.evidence, frame))
        if frame.kind in ("opinion", "prediction", "counterfactual"):
            return self._unjudged(case)
        if frame.kind == "question":
            from metes.claims.answer import answer

            return answer(self, frame)
        if frame.sense in MOVES:
            self._change(case)
        elif frame.kind == "holder" or frame.sense in ("hold", "belong"):
            self._holder(case)
        elif frame.kind == "status":
            self._status(case)
        elif frame.kind == "settle":
            self._settle(case)
        elif frame.kind == "name":
            self._name(case)
        else:
            self._claim(case)
        return self.close(case)

    def close(self, case: _Case, answer: str | None = None, verdict: Verdict | None = None) -> Judged:
        """Join the parts of a case."""
        frame = case.frame
        found = verdict or verdicts.of_claim([(one.what, one.verdict) for one in case.parts])
        when = frame.when
        since = next((one.since for one in when if one.since), None)
        until = next((one.until for one in reversed(when) if one.until), None)
        sources = tuple(dict.fromkeys(source for one in case.facts[:12] for source in self._sources(one)))
        return Judged(
            frame=frame,
            verdict=found,
            why=" ".join(case.why) or _plain_why(case.parts),
            parts=tuple(case.parts),
            claimed=case.claimed,
            measured=case.measured,
            book=case.book,
            rule=case.rule,
            counted=tuple(one.id for one in case.facts),
            givers=_ids(case.sought.givers) or tuple(sorted({one.giver for one in case.facts[:1]})),
            takers=_ids(case.sought.takers) or tuple(sorted({one.taker for one in case.facts[:1]})),
            instruments=tuple(sorted(case.sought.instruments)),
            places=tuple(dict.fromkeys(id_ for one in case.sought.places for id_ in one.ids)),
            since=since,
            until=until,
            answer=answer,
            sources=sources,
            agrees_with=tuple(dict.fromkeys(case.agrees)),
            steps=tuple(case.steps),
        )

    def _sources(self, fact: Fact) -> tuple[str, ...]:
        return fact.entry.sources if fact.entry is not None else fact.instrument.sources

    # --- Not for a machine ----------------------------------------------------------------------------------------

    def _unjudged(self, case: _Case) -> Judged:
        frame = case.frame
        sought = replace(case.sought, when=())
        named = sought.places or sought.instruments or sought.givers or sought.takers
        facts = self.evidence.find(sought) if named else ()
        if not facts and sought.places:
            facts = self.evidence.find(replace(sought, givers=(), takers=()))
        case.facts = facts
        says = {
            "opinion": "A judgement of what is right is not for a machine to check.",
            "prediction": "A statement about the future cannot be checked.",
            "counterfactual": "What would have been cannot be checked.",
        }[frame.kind]
        case.why.append(says)
        if facts:
            case.why.append(f"On record: {self.tell(facts)}.")
        case.parts.append(Part(frame.kind, _short(frame.text), self.tell(facts) if facts else "", "not-checkable"))
        return self.close(case, verdict="not-checkable")

    # --- A change of hands ----------------------------------------------------------------------------------------

    def _change(self, case: _Case) -> None:
        frame, sought = case.frame, case.sought
        rivers = [one for one in sought.places if one.river]
        lands = tuple(one for one in sought.places if not one.river)
        sought = replace(sought, places=lands)
        if frame.sense in ("secede", "recognise") and frame.takers:
            # Who leaves is the land that leaves.
            left = tuple(one for one in (self.evidence.where(named) for named in frame.takers) if one.known)
            if left:
                lands = lands or left
                sought = replace(sought, places=lands, takers=())
        case.sought = sought
        unknown = [one for one in (*sought.givers, *sought.takers) if not one.parties]
        lost = [one for one in lands if not one.known]
        if frame.instruments and not sought.instruments:
            self._outside(case, f"The gazette has no record of {frame.instruments[0].text}: its text and dates would be needed.")
            return
        if unknown or (lost and len(lost) == len(lands)):
            names = ", ".join(one.text for one in (*unknown, *lost))
            self._outside(case, f"The gazette has no records of {names}: the instruments and dates of that land would be needed.")
            return
        leases = frame.form == "lease" or frame.sense in ("occupy", "invade")
        facts = self.evidence.find(sought, beside=leases)
        if frame.form == "lease":
            facts = tuple(one for one in facts if one.form == "lease") or facts
        facts = self.evidence.along(facts, rivers)
        if not facts and not leases:
            facts = tuple(one for one in self.evidence.find(sought, beside=True) if one.form not in ("claim", "suzerainty", "jurisdiction"))
        wrong: list[str] = []
        if facts and (frame.sense in ("take", "lose", "cost") or frame.form == "cession") and not frame.back and not frame.amounts and sought.givers and sought.takers and not any("title" in one.books for one in facts):
            # What changed hands only in fact does not answer a word for title, if title went the other way.
            other = self.evidence.find(replace(sought, givers=sought.takers, takers=sought.givers))
            other = tuple(one for one in other if "title" in one.books)
            if other and (sought.places or sought.instruments or sought.when):
                facts, wrong = other, ["direction"]
        if not facts:
            facts, wrong = self._relaxed(case, sought)
        if frame.amounts:
            facts = _to_count(facts, bool(sought.givers))
        case.facts = facts
        case.steps.append(f"looked for: {_sought_text(sought)}; found: {', '.join(one.id for one in facts) or 'nothing'}")
        if frame.negated:
            self._negated(case, sought, bool(facts) and not wrong)
            return
        if not facts:
            if self.evidence.covered([*sought.givers, *sought.takers]) and (sought.givers or sought.takers):
                said = self._instead(sought)
                case.parts.append(Part("event", _short(frame.text), said, "contradicted"))
                case.why.append(f"No such change is on record. {said}".strip())
            elif sought.instruments:
                case.parts.append(Part("event", _short(frame.text), "the instrument moved no land on record", "contradicted"))
                case.why.append("The instrument named made no such change of land on record.")
            else:
                self._outside(case, "The ledger does not claim to be complete for these parties: its coverage would have to be extended.")
            return
        self._party_parts(case, sought, facts, wrong)
        self._date_part(case, sought, facts, wrong)
        if "place" in wrong:
            for one in lands:
                case.parts.append(Part("place", one.text, self._about_place(one), "contradicted"))
        elif len(lands) > 1 and not frame.amounts:
            self._place_list(case, sought, lands)
        elif lands:
            case.parts.append(Part("place", ", ".join(one.text for one in lands), self.tell(facts), "supported"))
        if not wrong and not any(one.best for one in facts):
            turns = tuple(dict.fromkeys(question for one in facts if one.entry is not None for question in one.entry.when))
            case.parts.append(Part("event", _short(frame.text), self.tell(facts), "depends", turns))
        self._form_part(case, facts)
        if "direction" in wrong:
            case.why.append(f"On record the land passed the other way: {self.tell(facts)}.")
        elif frame.amounts:
            for amount in frame.amounts:
                self._amount_part(case, amount, sought, facts)
        elif frame.whole and lands and not wrong:
            self._whole_part(case, lands, facts)
        if not case.why:
            failing = [one for one in case.parts if one.verdict in verdicts.FAILS]
            if failing:
                case.why.append(f"On record: {self.tell(facts)}.")
            else:
                case.why.append(f"{_capital(self.tell(facts))}.")

    def _outside(self, case: _Case, why: str) -> None:
        case.parts.append(Part("coverage", _short(case.frame.text), why, "outside-coverage"))
        case.why.append(why)

    def _relaxed(self, case: _Case, sought: Sought) -> tuple[tuple[Fact, ...], list[str]]:
        """Find the nearest change on record, and say which parts of the claim it does not fit."""
        wide = replace(
            sought,
            givers=tuple(self.evidence.lineage_of(one) for one in sought.givers),
            takers=tuple(self.evidence.lineage_of(one) for one in sought.takers),
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
        for one, wrong in tries:
            facts = self.evidence.find(one) or self.evidence.find(one, beside=True)
            if facts:
                return facts, self._really_wrong(sought, facts, wrong)
        return (), []

    def _really_wrong(self, sought: Sought, facts: tuple[Fact, ...], wrong: list[str]) -> list[str]:
        """Keep of the relaxed parts those that the facts do not fit."""
        kept: list[str] = []
        for what in wrong:
            if what == "taker" and sought.takers and any(w.counts(f.taker, f.day) for w in sought.takers for f in facts):
                continue
            if what == "giver" and sought.givers and any(w.counts(f.giver, f.day) or w.counts(f.giver, f.day - 1) for w in sought.givers for f in facts):
                continue
            if what == "date" and any(fits(f, w) for w in sought.when for f in facts):
                continue
            if what == "taker" and not sought.takers or what == "giver" and not sought.givers or what == "date" and not sought.when:
                continue
            if what == "place" and not sought.places:
                continue
            kept.append(what)
        return kept

    def _negated(self, case: _Case, sought: Sought, found: bool) -> None:
        claimed = _short(case.frame.text)
        if found:
            case.parts.append(Part("event", claimed, self.tell(case.facts), "contradicted"))
            case.why.append(f"On record: {self.tell(case.facts)}.")
        elif self.evidence.covered([*sought.givers, *sought.takers]) and (sought.givers or sought.takers):
            case.facts = ()
            case.parts.append(Part("event", claimed, "no such change on record", "supported"))
            case.why.append("No such change is on record.")
        else:
            case.facts = ()
            self._outside(case, "The ledger does not claim to be complete for these parties, so that absence proves nothing.")

    def _party_parts(self, case: _Case, sought: Sought, facts: tuple[Fact, ...], wrong: list[str]) -> None:
        if "direction" in wrong:
            first = facts[0]
            claimed = f"{_texts(sought.givers)} to {_texts(sought.takers)}"
            case.parts.append(Part("direction", claimed, f"{self.name(first.giver)} to {self.name(first.taker)}", "contradicted"))
            return
        for what, who, get in (
            ("taker", sought.takers, lambda one: one.taker),
            ("taken-from", sought.givers, lambda one: one.giver),
        ):
            if not who:
                continue
            names = ", ".join(dict.fromkeys(self.name(get(one)) for one in facts))
            key = "giver" if what == "taken-from" else what
            verdict: Verdict = "supported"
            if key in wrong:
                verdict = "contradicted"
                if key == "giver" and self._via(sought, facts):
                    verdict = "within-range"
                    names += f", which had left {_texts(who)} before"
            case.parts.append(Part(what, _texts(who), names, verdict))
        for named in case.frame.denied:
            who = self.evidence.who(named)
            fit = [one for one in facts if who.counts(one.taker, one.day)]
            share = self._share_of(fit, facts)
            names = ", ".join(dict.fromkeys(self.name(one.taker) for one in facts))
            denied: Verdict = "supported" if share < 0.5 else "contradicted" if share >= ALL_SHARE else "depends"
            case.parts.append(Part("taker", f"not {named.text}", names, denied))
        for named in case.frame.glosses:
            gloss = self.evidence.who(named)
            fit = [one for one in facts if gloss.counts(one.taker, one.day)]
            share = self._share_of(fit, facts)
            names = ", ".join(dict.fromkeys(self.name(one.taker) for one in facts))
            if share >= ALL_SHARE:
                case.parts.append(Part("taker", named.text, names, "supported"))
            elif share >= 0.5:
                case.parts.append(Part("taker", named.text, names, "depends"))
            else:
                others = [one for one in facts if one not in fit]
                names = ", ".join(dict.fromkeys(self.name(one.taker) for one in others if self._share_of([one], facts) > 0.01)) or names
                case.parts.append(Part("taker", named.text, names, "contradicted"))
                rest = f", which took {100 * share:.0f} % of it" if share > 0.005 else ""
                case.why.append(f"It passed to the {names}, not to the {named.text}{rest}.")

    def _share_of(self, some: Sequence[Fact], facts: Sequence[Fact]) -> float:
        """Give the share of the land of changes that some of them moved; by number where none is measured."""
        measure = self.atlas.measure
        whole = sum(measure.area_km2(one.mask) for one in facts)
        if whole <= 0:
            return len(some) / len(facts)
        return sum(measure.area_km2(one.mask) for one in some) / whole

    def _via(self, sought: Sought, facts: tuple[Fact, ...]) -> bool:
        """Tell whether the land had been the claimed giver's before it passed to the one on record."""
        replay = self.atlas.ledger.replay("title")
        for fact in facts:
            for one in replay.movements:
                if one.day < fact.day and one.tracts & fact.mask and any(who.counts(one.entry.giver, one.day - 1) for who in sought.givers):
                    return True
        return False

    def _date_part(self, case: _Case, sought: Sought, facts: tuple[Fact, ...], wrong: list[str]) -> None:
        if not sought.when:
            return
        dates = ", ".join(dict.fromkeys(self.date(one) for one in facts[:4]))
        claimed = ", ".join(_when_text(one) for one in sought.when)
        fit = any(fits(fact, when) for fact in facts for when in sought.when)
        good = fit and "date" not in wrong
        case.parts.append(Part("date", claimed, dates, "supported" if good else "contradicted"))

    def _place_list(self, case: _Case, sought: Sought, lands: Sequence[Where]) -> None:
        for one in lands:
            mine = self.evidence.find(replace(sought, places=(one,))) or self.evidence.find(replace(sought, places=(one,)), beside=True)
            if mine:
                case.parts.append(Part("list", one.text, self.tell(mine), "supported"))
            elif one.known:
                case.parts.append(Part("list", one.text, self._about_place(one), "contradicted"))
            else:
                case.parts.append(Part("list", one.text, "no record", "outside-coverage"))

    def _form_part(self, case: _Case, facts: tuple[Fact, ...]) -> None:
        frame = case.frame
        forms = ", ".join(dict.fromkeys(f"{one.form}" + (f" ({one.circumstance.replace('-', ' ')})" if one.circumstance else "") for one in facts[:6]))
        terms = "; ".join(dict.fromkeys(f"{term.lang} {term.text}" for one in facts for term in one.instrument.terms))
        found = f"{forms}; {terms}" if terms else forms
        kinds = {one.form for one in facts}
        if frame.form == "lease":
            verdict: Verdict = "supported" if "lease" in kinds else "contradicted"
            case.parts.append(Part("form", frame.act, found, verdict))
        elif frame.form == "purchase":
            case.parts.append(Part("form", frame.act, found, "supported" if "purchase" in kinds else "contradicted"))
        elif frame.form == "cession" and kinds <= {"lease"}:
            case.parts.append(Part("form", frame.act, found, "contradicted"))
        elif frame.loaded or frame.sense in ("invade", "occupy") or frame.form == "annexation":
            case.parts.append(Part("manner", frame.act, found, "on-record"))

    def _whole_part(self, case: _Case, lands: Sequence[Where], facts: tuple[Fact, ...]) -> None:
        measure = self.atlas.measure
        for one in lands:
            if one.point or not one.mask:
                continue
            whole = measure.area_km2(one.mask)
            moved = 0
            for fact in facts:
                moved |= fact.mask
            share = measure.area_km2(moved & one.mask) / whole if whole else 0.0
            verdict: Verdict = "supported" if share >= ALL_SHARE else "too-high" if share >= 1 / verdicts.FAR_FACTOR else "contradicted"
            case.parts.append(Part("amount", f"all of {one.text}", f"{100 * share:.0f} % of it", verdict))
            if verdict != "supported":
                case.why.append(f"About {100 * share:.0f} % of {one.text} passed, not all of it.")

    # --- Amounts --------------------------------------------------------------------------------------------------

    def _amount_part(self, case: _Case, amount: Amount, sought: Sought, facts: tuple[Fact, ...]) -> None:
        quantity = amount.quantity
        claimed = Range(quantity.low, quantity.best, quantity.high, quantity.unit)
        book: Book = "title" if any("title" in one.books for one in facts) else "control"
        if book == "title":
            counted = tuple(one for one in facts if "title" in one.books)
        else:
            counted = facts
        mask = self._within(case, sought, counted)
        rules = self._asked_rules(case, counted)
        total, figures = self.total(counted, book, mask, rules)
        bases = self._bases(case, amount, counted, book)
        if not bases:
            case.parts.append(Part("amount", amount.written, "the area it is compared with is not known", "outside-coverage"))
            case.why.append("The area that the figure is compared with is not in the atlas.")
            return
        scale, unit_text = next((one for one in bases if _scaled(total.interval, one[0]).overlaps(claimed.low, claimed.high)), bases[0])
        if "when" in case.frame.assumed and not _scaled(total.interval, scale).overlaps(claimed.low, claimed.high):
            # A date taken over from an earlier sentence is loose: what lies near it may be meant too.
            near = replace(sought, when=tuple(_widened(one) for one in sought.when))
            wider = _to_count(self.evidence.find(near), bool(sought.givers))
            other, more = self.total(wider, book, mask, rules)
            if len(wider) > len(counted) and _scaled(other.interval, scale).overlaps(claimed.low, claimed.high):
                counted, total, figures = wider, other, more
                case.facts = wider
        total = _where_it_passed(total)
        interval = total.interval
        basis = "measured"
        exact = [one for one in figures if one.agreed] or list(figures)
        coarse = interval.half_width_share > COARSE_SHARE and len(counted) == 1
        if figures and (interval.high_km2 <= 0 or coarse):
            figures = tuple(exact)
            values = [v for one in figures for v in (one.low_km2 or one.km2, one.km2, one.high_km2 or one.km2)]
            interval = Interval(min(values), _middle([one.km2 for one in figures]), max(values))
            total = Total(interval, {}, ())
            basis = "published"
        if interval.high_km2 <= 0:
            case.parts.append(Part("amount", amount.written, "no measured or published area", "outside-coverage"))
            case.why.append("Neither a measured nor a published area of this land is on record.")
            return
        under = [(chosen, _scaled(one, scale)) for chosen, one in total.under]
        whole = _scaled(interval, scale)
        best_readings = self.atlas.ledger.best_readings()
        best = next((one for chosen, one in under if all(best_readings[q] == r for q, r in chosen.items())), None)
        verdict = verdicts.of_amount(claimed.low, claimed.high, [one for _, one in under], whole, best)
        parted = any(one.overlaps(claimed.low, claimed.high) for _, one in under) and not all(one.overlaps(claimed.low, claimed.high) for _, one in under)
        turns = self._turns(total, under, claimed) if parted else ()
        case.steps.append(f"{book} book, {', '.join(one.id for one in counted)}: {whole.low_km2:,.0f} – {whole.best_km2:,.0f} – {whole.high_km2:,.0f} {quantity.unit} ({basis})")
        rule_text = ", ".join(one.id for one in rules) or None
        if verdict in ("too-high", "too-low", "contradicted"):
            alone = self._to_one(sought, counted, book, claimed, scale)
            if alone is not None:
                who, other = alone
                verdict, turns = "depends", (who,)
                case.why.append(f"{_figures(_scaled(interval, scale), quantity.unit)} passed to all; the figure holds for what passed to {self.name(who)} alone: {_figures(other, quantity.unit)}.")
            tried = None if alone is not None else self._by_rule(case, counted, book, mask, rules, claimed, scale, sought)
            if tried is not None:
                rule, other = tried
                verdict, turns = "depends", (rule.id, *turns)
                rule_text = rule.id
                case.why.append(
                    f"{_figures(_scaled(interval, scale), quantity.unit)} passed; the figure holds only if {self._label(rule)}: then {_figures(other, quantity.unit)}."
                )
        found = _figures(whole, quantity.unit) + (" (published, not measured)" if basis == "published" else "")
        case.parts.append(Part("amount", amount.written, found + unit_text, verdict, turns))
        if case.claimed is None:
            case.claimed = claimed
            case.measured = Range(whole.low_km2, whole.best_km2, whole.high_km2, quantity.unit, basis)
            case.book, case.rule = book, rule_text
        if not any("; the figure holds" in one for one in case.why):
            self._amount_why(case, verdict, found + unit_text, counted, turns, under, claimed)
        if quantity.unit == "km2":
            case.agrees.extend(
                f"{one.definition} ({one.source})" for one in figures if claimed.low <= one.km2 <= claimed.high
            )

    def _amount_why(
        self, case: _Case, verdict: Verdict, found: str, counted: tuple[Fact, ...], turns: tuple[str, ...],
        under: list[tuple[Readings, Interval]], claimed: Range,
    ) -> None:  # fmt: skip
        names = self._instruments_text(counted)
        text = f"{_capital(found)} passed by {names}."
        if verdict == "depends" and turns:
            holds = [chosen for chosen, one in under if one.overlaps(claimed.low, claimed.high)]
            some = self._readings_text(holds[0]) if holds else ""
            asks = ", ".join(self._label_id(one) for one in turns)
            text += f" Whether the figure holds turns on: {asks}" + (f" (it holds with {some})." if some else ".")
        elif verdict == "within-range" and turns:
            text += f" The figure holds under the best readings; it turns on: {', '.join(self._label_id(one) for one in turns)}."
        elif verdict == "within-range":
            text += " The figure lies in that range, which is wide."
        elif verdict in ("too-high", "too-low"):
            text += f" The figure is {verdict.replace('-', ' ')}."
        elif verdict == "contradicted":
            text += " The figure is off by more than a factor of three." if claimed.unit == "km2" else " The figure is far off."
        case.why.insert(0, text)

    def _within(self, case: _Case, sought: Sought, facts: tuple[Fact, ...]) -> int:
        """Give the tracts to which a figure about places smaller than what passed is confined; 0 is no limit."""
        lands = [one for one in sought.places if one.known and not one.river and not one.point and one.mask]
        mask = 0
        for one in lands:
            mask |= one.reach
        if lands and not any(fact.territory in one.territories for fact in facts for one in lands):
            measure = self.atlas.measure
            inside = sum(measure.area_km2(fact.mask & mask) for fact in facts)
            whole = sum(measure.area_km2(fact.mask) for fact in facts)
            if whole and inside / whole < ALL_SHARE:
                keep = mask
            else:
                keep = 0
        else:
            keep = 0
        gone = 0
        for named in case.frame.excluded:
            gone |= self.evidence.where(named).reach
        if gone:
            everything = (1 << len(self.atlas.compiled.tracts)) - 1
            keep = (keep or everything) & ~gone
        return keep

    def _asked_rules(self, case: _Case, facts: tuple[Fact, ...]) -> tuple[Rule, ...]:
        """Find the rules that the sentence itself asks for ("including Sakhalin")."""
        found = []
        for named in case.frame.included:
            where = self.evidence.where(named)
            for rule in self.gazette.rules.values():
                if any(self._added_mask(rule) & where.reach for _ in (0,)) and rule not in found:
                    found.append(rule)
        return tuple(found)

    def _added_mask(self, rule: Rule) -> int:
        mask = 0
        for added in rule.adds:
            mask |= self.atlas.ledger.territory(added.territory, self.atlas.ledger.best_readings())[0]
        return mask

    def _by_rule(
        self, case: _Case, facts: tuple[Fact, ...], book: Book, mask: int, rules: tuple[Rule, ...], claimed: Range,
        scale: float, sought: Sought,
    ) -> tuple[Rule, Interval] | None:  # fmt: skip
        """Try the counting rules in a fixed order; gives the first under which the figure holds."""
        if case.frame.places or scale != 1.0 and claimed.unit == "percent":
            return None
        tried: list[tuple[Rule, ...]] = []
        open_rules = [one for one in sorted(self.gazette.rules.values(), key=lambda one: one.id) if one not in rules and self._may_apply(one, facts, sought)]
        tried.extend((one,) for one in open_rules)
        tried.extend(tuple(open_rules[:n]) for n in range(2, len(open_rules) + 1))
        for group in tried:
            total, _ = self.total(facts, book, mask, (*rules, *group))
            interval = _scaled(total.interval, scale)
            if interval.overlaps(claimed.low, claimed.high):
                case.steps.append(f"rule {', '.join(one.id for one in group)}: {interval.low_km2:,.0f} – {interval.high_km2:,.0f}")
                return group[-1], interval
        return None

    def _to_one(self, sought: Sought, facts: tuple[Fact, ...], book: Book, claimed: Range, scale: float) -> tuple[str, Interval] | None:
        """Where a sentence does not say to whom, find the one lineage for which its figure holds."""
        if sought.takers or sought.instruments or sought.places:
            return None
        for lineage in self.gazette.lineages:
            mine = tuple(one for one in facts if self._in_lineage(one.taker, lineage))
            if mine and len(mine) < len(facts):
                total, _ = self.total(mine, book)
                interval = _scaled(_where_it_passed(total).interval, scale)
                if interval.overlaps(claimed.low, claimed.high):
                    return lineage, interval
        return None

    def _may_apply(self, rule: Rule, facts: tuple[Fact, ...], sought: Sought) -> bool:
        gave, took = rule.parties
        sides = self.evidence.who, self.evidence
        del sides
        giver_ok = any(self._in_lineage(fact.giver, gave) or fact.giver in NOBODY for fact in facts)
        taker_ok = any(self._in_lineage(fact.taker, took) for fact in facts)
        if not (giver_ok and taker_ok):
            return False
        if any(fact.id in rule.drops for fact in facts):
            return True
        days = [first_day(added.date) for added in rule.adds]
        if not days:
            return False
        if sought.instruments:
            # A rule speaks to one instrument's figure only where it counts land with that instrument.
            return any(added.instrument in sought.instruments for added in rule.adds)
        return all(any(when.first <= day < when.last for when in sought.when) for day in days) if sought.when else True

    def _in_lineage(self, polity: str, lineage: str) -> bool:
        record = self.gazette.lineages.get(lineage)
        return polity == lineage or (record is not None and any(one.polity == polity for one in record.members))

    def total(
        self, facts: tuple[Fact, ...], book: Book, mask: int = 0, rules: tuple[Rule, ...] = ()
    ) -> tuple[Total, tuple[Figure, ...]]:
        """Measure changes together under every consistent reading, with the published figures for them."""
        dropped = {entry for rule in rules for entry in rule.drops}
        ids = frozenset(one.id for one in facts if one.id not in dropped)
        beside = tuple(one for one in facts if one.entry is None)
        key = (ids, book, mask, tuple(one.id for one in rules))
        if key not in self._totals:
            if len(self._totals) > KEPT:
                self._totals.clear()

            def measure(readings: Readings) -> Interval:
                rows = [one for one in self.atlas.ledger.replay(book, readings).movements if one.entry.id in ids]
                masks = [one.tracts & mask if mask else one.tracts for one in rows]
                lines = {line for one in rows for line in one.lines}
                counted = 0
                for one in masks:
                    counted |= one
                for rule in rules:
                    for added in rule.adds:
                        tracts, more, _ = self.atlas.ledger.territory(added.territory, readings)
                        masks.append(tracts & ~counted)
                        counted |= tracts
                        lines.update(more)
                for fact in beside:
                    if fact.territory in self.atlas.compiled.shapes:
                        tracts, more, _ = self.atlas.ledger.territory(fact.territory, readings)
                        masks.append(tracts & ~counted)
                        counted |= tracts
                        lines.update(more)
                return self.atlas.measure.interval(masks, lines)

            total = combine(self.atlas, measure, {})
            figures: list[Figure] = []
            for fact in facts:
                for figure in fact.instrument.figures:
                    if (fact.id in figure.of or fact.territory in figure.of) and figure not in figures:
                        figures.append(figure)
            self._totals[key] = total, tuple(figures)
        return self._totals[key]

    def _turns(self, total: Total, under: list[tuple[Readings, Interval]], claimed: Range) -> tuple[str, ...]:
        """Name the questions whose reading decides whether the figure holds."""
        found = []
        for question in total.moves_km2:
            by_reading: dict[str, set[bool]] = {}
            for chosen, one in under:
                by_reading.setdefault(chosen.get(question, ""), set()).add(one.overlaps(claimed.low, claimed.high))
            if len({frozenset(one) for one in by_reading.values()}) > 1:
                found.append(question)
        return tuple(found) or tuple(total.moves_km2)

    def _bases(self, case: _Case, amount: Amount, facts: tuple[Fact, ...], book: Book) -> list[tuple[float, str]]:
        """Give the factors from km² to the claim's unit, each with what it is measured by; empty if unknown."""
        unit = amount.quantity.unit
        if unit == "km2":
            return [(1.0, "")]
        if unit == "ratio":
            areas: list[tuple[float, str]] = [(0.0, "")]
            for named in amount.names:
                mine = self.areas_of(named)
                areas = [(area + more, " and ".join(filter(None, (text, label)))) for area, text in areas for more, label in mine]
            return [(1 / area, f" of {text}") for area, text in areas if area]
        share = self._share_base(case, amount, facts, book)
        return [share] if share is not None else []

    def _share_base(self, case: _Case, amount: Amount, facts: tuple[Fact, ...], book: Book) -> tuple[float, str] | None:
        """Find what a percentage is of: a place, or all that a party held the day before."""
        places = [self.evidence.where(named) for named in amount.names]
        for where in places:
            if where.mask and not where.river and any(m.kind in ("place", "territory", "unit") for n in amount.names for m in n.meanings):
                area = self.atlas.measure.area_km2(where.mask)
                return 100 / area, f" of {where.text}"
        holders = [self.evidence.who(named) for named in amount.names] or list(case.sought.givers)
        for who in holders:
            if who.parties and facts:
                day = facts[0].day - 1
                held = 0
                for polity, mask in self.atlas.ledger.replay(book).held_on(day).items():
                    if who.counts(polity, day):
                        held |= mask
                area = self.atlas.measure.area_km2(held)
                if area:
                    return 100 / area, f" of what {who.text} held"
        return None

    def areas_of(self, named: Named) -> list[tuple[float, str]]:
        """Give the areas in km² that a country, unit or place may have, each with a label; the usual first."""
        codes = [one.id for one in named.meanings if one.kind in ("country", "unit")]
        for who in self.evidence.who(named).parties:
            codes += [code for code in (self.gazette.polities[one].country for one in reversed(who.polities())) if code]
        for code in codes:
            for table in (self.atlas.compiled.areas_km2, self.atlas.lexicon.areas_km2):
                if code in table:
                    parts = [table[one] for one in self.atlas.lexicon.apart.get(code, ()) if one in table]
                    if parts:
                        return [(table[code] - sum(parts), f"{named.text} without its distant parts"), (table[code], f"{named.text} with its distant parts")]
                    return [(table[code], named.text)]
        where = self.evidence.where(named)
        return [(self.atlas.measure.area_km2(where.mask), named.text)] if where.mask and not where.point else []

    # --- Holding --------------------------------------------------------------------------------------------------

    def _holder(self, case: _Case) -> None:
        frame = case.frame
        holders = tuple(self.evidence.who(one) for one in frame.holders)
        lands = [one for one in (self.evidence.where(named) for named in frame.places) if not one.river]
        if not lands and frame.amounts:
            self._held_amount(case, holders)
            return
        if not holders or any(not one.parties for one in holders) or not lands or not all(one.known for one in lands):
            names = ", ".join([*(one.text for one in holders if not one.parties), *(one.text for one in lands if not one.known)])
            self._outside(case, f"The gazette has no records of {names or 'this land'}: its tenures would be needed.")
            return
        case.sought = replace(case.sought, takers=holders)
        for where in lands:
            claimed = f"{where.text}: {_texts(holders)}" + (f" {_when_text(frame.when[0])}" if frame.when else "")
            verdict, found, turns = self._held(where, holders, frame)
            if frame.negated and verdict in ("supported", "contradicted"):
                verdict = "contradicted" if verdict == "supported" else "supported"
            case.parts.append(Part("holder", claimed, found, verdict, turns))
            case.why.append(f"On record, {where.text} was held by: {found}.")
            case.facts = (*case.facts, *(one for one in self.evidence.find(Sought((), (), (where,), frozenset(), ()), True)))

    def _held(self, where: Where, holders: tuple[Who, ...], frame: Frame) -> tuple[Verdict, str, tuple[str, ...]]:
        spans = self.tenures(where.mask)
        if not any(rows for rows in spans.values()):
            return "outside-coverage", "no tenure on record", ()
        found = self.tenure_text(where.mask, frame)
        shares = {}
        for book in ("control",) if frame.form == "control" else ("title", "control"):
            shares[book] = self._share(where.mask, holders, frame, book)
        if all(one is None for one in shares.values()):
            return "outside-coverage", f"the ledger does not reach {_when_text(frame.when[0]) if frame.when else 'that day'}", ()
        known = [one for one in shares.values() if one is not None]
        if all(one >= ALL_SHARE for one in known):
            return "supported", found, ()
        if all(one <= 1 - ALL_SHARE for one in known):
            beside = [
                one for one in self.evidence.facts
                if one.books == ("beside",) and one.form in ("lease", "occupation", "protectorate") and one.mask & where.mask
                and any(who.counts(one.taker, one.day) for who in holders)
                and (not frame.when or any(w.first < one.end and one.day < w.last for w in frame.when))
            ]  # fmt: skip
            if beside and frame.sense == "hold" and (frame.when or frame.past):
                return "depends", f"{found}; beside it a {beside[0].form} of {self.name(beside[0].taker)}", (beside[0].id,)
            return "contradicted", found, ()
        return "depends", found, tuple(book for book, one in shares.items() if one is not None and one >= 0.5)

    def _share(self, mask: int, holders: tuple[Who, ...], frame: Frame, book: str) -> float | None:
        """Give the share of a place that the holders held when the frame says; None if the ledger is silent."""
        measure = self.atlas.measure
        replay = self.atlas.ledger.replay(book)  # type: ignore[arg-type]
        whole = measure.area_km2(mask)
        if not whole:
            return None
        days = self._days(mask, frame, book)
        results: list[float] = []
        for day in days:
            held = known = 0
            for polity, tracts in replay.held_on(day).items():
                if polity == "unrecorded":
                    continue
                known |= tracts & mask
                shared = self.gazette.polities[polity].shared_by if polity in self.gazette.polities else ()
                if any(who.counts(one, day) or who.counts(one, day - 1) for who in holders for one in (shared or (polity,))):
                    held |= tracts & mask
            if measure.area_km2(known) < 0.5 * whole:
                continue
            results.append(measure.area_km2(held) / whole)
        if not results:
            return None
        throughout = frame.always or any(one.relation in ("since", "until") for one in frame.when)
        return min(results) if throughout else max(results)

    def _days(self, mask: int, frame: Frame, book: str) -> list[int]:
        """List the days on which a statement of holding must hold (or one of which, in the past)."""
        replay = self.atlas.ledger.replay(book)  # type: ignore[arg-type]
        changes = sorted({one.day for one in replay.movements if one.tracts & mask})
        today = FOREVER - 1
        points = [when for when in frame.when]
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
                days.extend([start, *(day for day in changes if start <= day), *( [] if frame.past and not frame.now and frame.sense == "belong" else [today])])
            elif when.relation == "by":
                days.append(last - 1)
            else:
                days.extend([max(first, BEGINNING + 1), min(last, FOREVER) - 1, *(day for day in changes if first <= day < last)])
        return days

    def tenures(self, mask: int) -> dict[str, list[tuple[int, int, str, int]]]:
        """Give by book the spans of each holder of any tract of a place: first, end, polity, tracts."""
        found: dict[str, list[tuple[int, int, str, int]]] = {}
        for book in ("title", "control"):
            replay = self.atlas.ledger.replay(book)  # type: ignore[arg-type]
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

    def tenure_text(self, mask: int, frame: Frame | None = None) -> str:
        """Say who held a place, in order."""
        whole = self.atlas.measure.area_km2(mask)
        texts: list[str] = []
        books = self.tenures(mask)
        same = [row[:3] for row in books["title"]] == [row[:3] for row in books["control"]]
        for book in ("title",) if same else ("title", "control"):
            rows = []
            for first, end, polity, tracts in books[book]:
                share = self.atlas.measure.area_km2(tracts) / whole if whole else 1
                part = "" if share > ALL_SHARE else f" (part, {100 * share:.0f} %)" if share >= 0.01 else None
                if part is None:
                    continue
                since = "" if first == BEGINNING else f"from {iso(first)[:4]}"
                until = "" if end == FOREVER else f" to {iso(end)[:4]}"
                rows.append(f"{self.name(polity)}{part} {since}{until}".strip())
            texts.append(("" if same else f"{book}: ") + "; ".join(dict.fromkeys(rows)))
        return " · ".join(text for text in texts if text)

    def _held_amount(self, case: _Case, holders: tuple[Who, ...]) -> None:
        self._outside(case, "Which land the figure is about is not said: a place would be needed.")

    # --- Status, settlements, names, claims -----------------------------------------------------------------------

    def _status(self, case: _Case) -> None:
        frame = case.frame
        if not case.sought.instruments:
            self._outside(case, f"The gazette has no record of {_named_texts(frame.instruments)}: its text and dates would be needed.")
            return
        for id_ in sorted(case.sought.instruments):
            record = self.gazette.instruments[id_]
            states = {one.state for one in record.states}
            shown = "; ".join(dict.fromkeys(f"{one.state} ({one.viewpoint}" + (f", by {one.by}" if one.by else "") + ")" for one in record.states))
            name = self.instrument_name(id_)
            truth: bool | None = None
            depends = False
            if frame.form == "ratified":
                if states == {"never-in-force"}:
                    truth = False
                elif record.dates.ratified or record.dates.in_force or states - {"never-in-force"} or record.entries:
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
                    if frame.when and record.dates.in_force and any(one.relation == "in" for one in frame.when):
                        days = [one for one in self.evidence.facts if one.instrument.id == id_]
                        del days
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
            case.parts.append(Part("status", f"{name}: {frame.act}" + (" (denied)" if frame.negated else ""), shown or "no state on record", verdict))
            case.why.append(f"On record for the {name}: {shown or 'no state'}.")
            case.facts = (*case.facts, *(one for one in self.evidence.facts if one.instrument.id == id_ and not self.evidence.inner(one)))

    def _settle(self, case: _Case) -> None:
        frame, sought = case.frame, case.sought
        parties = [self.evidence.who(one) for one in frame.parties]
        if frame.instruments and not sought.instruments:
            self._outside(case, f"The gazette has no record of {_named_texts(frame.instruments)}: its text and dates would be needed.")
            return
        if any(not one.parties for one in parties):
            names = ", ".join(one.text for one in parties if not one.parties)
            self._outside(case, f"The gazette has no records of {names}.")
            return
        known = [
            one for one in self.gazette.instruments.values()
            if one.kind in ("treaty", "convention", "protocol", "agreement", "notes", "declaration")
            and (not sought.instruments or one.id in sought.instruments)
            and (frame.sense != "settle" or one.lines or one.entries or any(part.act != "other" for part in one.clauses))
        ]  # fmt: skip

        def between(instrument: object, who: Who) -> bool:
            polities = {polity for one in who.parties for polity in one.polities()}
            return bool(polities & set(instrument.parties)) or bool(set(who.ids) & set(instrument.parties))  # type: ignore[attr-defined]

        theirs = [one for one in known if all(between(one, who) for who in parties)]
        dated = [one for one in theirs if not frame.when or any(_signed_in(one, when) for when in frame.when)]
        case.sought = replace(sought, instruments=frozenset(one.id for one in dated or theirs if sought.instruments))
        names = "; ".join(f"{self.instrument_name(one.id)} ({one.dates.signed or one.dates.happened})" for one in (dated or theirs or known)[:5])
        verdict: Verdict
        if sought.instruments and parties:
            case.parts.append(Part("party", _texts(parties), names, "supported" if theirs else "contradicted"))
        if frame.when:
            verdict = "supported" if dated else "contradicted"
            case.parts.append(Part("date", ", ".join(_when_text(one) for one in frame.when), names, verdict))
        elif not sought.instruments:
            verdict = "supported" if theirs else "contradicted"
            case.parts.append(Part("event", _short(frame.text), names or "none on record", verdict))
        if frame.negated:
            case.parts = [replace(one, verdict="contradicted" if one.verdict == "supported" else "supported") for one in case.parts]
        if not case.parts:
            case.parts.append(Part("event", _short(frame.text), names, "supported" if theirs else "contradicted"))
        if not theirs and not known and not self.evidence.covered(parties):
            case.parts.clear()
            self._outside(case, "The gazette does not claim to know the agreements of these parties.")
            return
        case.why.append(f"On record: {names or 'no such instrument'}.")

    def _name(self, case: _Case) -> None:
        one, other = case.frame.places[:2]
        mine = {m.id for m in one.meanings if m.kind in ("place", "territory", "unit", "town")}
        same = mine & {m.id for m in other.meanings}
        names = ""
        for id_ in sorted(mine | {m.id for m in other.meanings}):
            record = self.gazette.places.get(id_)
            if record is not None:
                names = ", ".join(name.text for name in record.names)
                break
        verdict: Verdict = "supported" if same else "contradicted" if names else "outside-coverage"
        if case.frame.negated and verdict in ("supported", "contradicted"):
            verdict = "contradicted" if verdict == "supported" else "supported"
        case.parts.append(Part("name", f"{one.text} = {other.text}", names, verdict))
        case.why.append(f"Names on record: {names}." if names else "Neither name is on record.")

    def _claim(self, case: _Case) -> None:
        sought = replace(case.sought, givers=(), takers=tuple(self.evidence.who(one) for one in case.frame.holders), forms=frozenset(("claim",)))
        facts = self.evidence.find(sought, beside=True) if any(one.parties for one in sought.takers) else ()
        case.facts = facts
        if facts:
            case.parts.append(Part("event", _short(case.frame.text), self.tell(facts), "contradicted" if case.frame.negated else "supported"))
        else:
            self._outside(case, "Claims to this land are not on record: they would have to be added with their sources.")

    # --- Words ----------------------------------------------------------------------------------------------------

    def name(self, polity: str) -> str:
        """Name a polity or lineage in English."""
        for table in (self.gazette.polities, self.gazette.lineages):
            record = table.get(polity)
            if record is not None and record.names:
                return next((one.text for one in record.names if one.lang == "en"), record.names[0].text)
        return polity

    def instrument_name(self, id_: str) -> str:
        """Name an instrument in English."""
        names = self.gazette.instruments[id_].names
        return next((one.text for one in names if one.lang == "en"), names[0].text if names else id_)

    def date(self, fact: Fact) -> str:
        """Write the date of a change."""
        return fact.date

    def tell(self, facts: Sequence[Fact]) -> str:
        """Say in a phrase what changes are on record."""
        shown = []
        facts = _telling(facts)
        for one in facts[:3]:
            land = self.gazette.territories.get(one.territory)
            name = next((n.text for n in land.names if n.lang == "en"), one.territory) if land is not None else one.territory
            shown.append(f"{name} passed from {self.name(one.giver)} to {self.name(one.taker)} on {one.date} ({one.form}, {self.instrument_name(one.instrument.id)})")
        more = len(facts) - len(shown)
        return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")

    def _instead(self, sought: Sought) -> str:
        """Say what is on record of the place or the instrument named."""
        if sought.places:
            facts = self.evidence.find(Sought((), (), sought.places, frozenset(), ()))
            if facts:
                return f"On record: {self.tell(facts)}."
            return " ".join(f"{one.text}: {self.tenure_text(one.mask)}." for one in sought.places if one.mask)
        return ""

    def _about_place(self, where: Where) -> str:
        facts = self.evidence.find(Sought((), (), (where,), frozenset(), ()))
        return self.tell(facts) if facts else self.tenure_text(where.mask) if where.mask else "no record"

    def _instruments_text(self, facts: Sequence[Fact]) -> str:
        facts = _telling(facts)
        names = list(dict.fromkeys(self.instrument_name(one.instrument.id) for one in facts))
        if len(names) > 3:
            years = sorted(iso(one.day)[:4] for one in facts)
            return f"{len(names)} instruments of {years[0]}–{years[-1]}"
        return ", ".join(names)

    def _readings_text(self, chosen: Readings) -> str:
        found = []
        for question, reading in chosen.items():
            record = self.gazette.questions[question]
            found.append(next((one.name for one in record.readings if one.id == reading), reading))
        return ", ".join(found)

    def _label(self, rule: Rule) -> str:
        return next((one.text for one in rule.names if one.lang == "en"), rule.id)

    def _label_id(self, id_: str) -> str:
        if id_ in self.gazette.questions:
            names = self.gazette.questions[id_].names
            return next((one.text for one in names if one.lang == "en"), id_)
        if id_ in self.gazette.rules:
            return self._label(self.gazette.rules[id_])
        return id_


def _to_count(facts: tuple[Fact, ...], giver_named: bool) -> tuple[Fact, ...]:
    """Choose what a figure counts: changes of title before others, land of somebody before nobody's."""
    title = tuple(one for one in facts if "title" in one.books)
    counted = title or tuple(one for one in facts if one.entry is not None) or facts
    if giver_named:
        return counted
    return tuple(one for one in counted if one.giver not in NOBODY) or counted


def _where_it_passed(total: Total) -> Total:
    """Leave out the readings under which nothing passed: whether it did is another matter than how much."""
    under = tuple(row for row in total.under if row[1].high_km2 > 0)
    if not under or len(under) == len(total.under):
        return total
    best = total.interval.best_km2 or max(one.best_km2 for _, one in under)
    return Total(hull([one for _, one in under], best), total.moves_km2, under)


def _telling(facts: Sequence[Fact]) -> list[Fact]:
    """Keep the changes that are worth telling: those under the best readings, one for each land and day."""
    best = [one for one in facts if one.best and (one.mask or one.stated or one.entry is None)] or list(facts)
    found: dict[tuple[str, str], Fact] = {}
    for one in best:
        found.setdefault((one.territory, one.date), one)
    return list(found.values())


def _widened(when: When) -> When:
    return replace(when, first=when.first - NEAR_DAYS, last=when.last + NEAR_DAYS)


def _signed_in(instrument: object, when: When) -> bool:
    from metes.claims.evidence import _dates

    return any(one.first < when.last and when.first < one.end for one in _dates(instrument))  # type: ignore[arg-type]


def _ids(who: Iterable[Who]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for one in who for id_ in one.ids))


def _texts(who: Iterable[Who]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in who))


def _scaled(one: Interval, scale: float) -> Interval:
    return Interval(one.low_km2 * scale, one.best_km2 * scale, one.high_km2 * scale)


def _middle(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _figures(one: Interval, unit: str) -> str:
    """Write a range to the digits that it supports."""
    power = support(one.half_width_km2, one.best_km2)
    if unit == "km2":
        if one.best_km2 < 10:
            power = min(power, -1)
        best, low, high = (plain(value, power) for value in (one.best_km2, one.low_km2, one.high_km2))
        return f"about {best} km² ({low}–{high})"
    if unit == "percent":
        return f"about {one.best_km2:.3g} % ({one.low_km2:.3g}–{one.high_km2:.3g})"
    return f"about {one.best_km2:.3g} times the area ({one.low_km2:.3g}–{one.high_km2:.3g})"


def _when_text(when: When) -> str:
    if when.relation == "in":
        return f"in {when.since}"
    if when.relation == "range":
        return f"{when.since} to {when.until}"
    return f"{when.relation} {when.since or when.until}"


def _named_texts(names: Iterable[Named]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in names))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else flat[:87] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain_why(parts: Sequence[Part]) -> str:
    return " ".join(f"{one.what}: {one.found}." for one in parts if one.found)[:300]


def _sought_text(sought: Sought) -> str:
    return f"from {_texts(sought.givers) or 'anyone'} to {_texts(sought.takers) or 'anyone'}, {', '.join(one.text for one in sought.places) or 'any land'}, {', '.join(sorted(sought.instruments)) or 'any instrument'}, {', '.join(_when_text(one) for one in sought.when) or 'any time'}"



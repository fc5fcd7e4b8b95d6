"""Claimed figures against measured ones: which land is counted, under which readings and rules."""

from __future__ import annotations

from dataclasses import replace

from metes.ask.combinations import Land, Readings, Total, combine
from metes.ask.coverage import covering
from metes.claims import verdict as verdicts
from metes.claims.case import ALL_SHARE, Bench, Case, Part, Range
from metes.claims.dates import When
from metes.claims.evidence import (
    KEPT,
    NOBODY,
    Fact,
    Sought,
)
from metes.claims.frame import Amount, Named
from metes.claims.telling import (
    capital,
    figures_text,
    instruments_text,
    label_of,
    label_of_rule,
    name_of,
    readings_text,
)
from metes.claims.verdict import Verdict
from metes.interval import Interval, hull
from metes.records.common import Figure
from metes.records.instrument import Book
from metes.records.rule import Rule
from metes.span import Span, first_day

COARSE_SHARE = 0.30
"""A measured range with a wider half than this gives way to published figures for the same land."""
NEAR_DAYS = 3 * 365
"""How far from a date of an earlier sentence a change may lie that a figure is about."""


def to_count(facts: tuple[Fact, ...], giver_named: bool) -> tuple[Fact, ...]:
    """Choose what a figure counts: changes of title before others, land of somebody before nobody's."""
    title = tuple(one for one in facts if "title" in one.books)
    counted = title or tuple(one for one in facts if one.entry is not None) or facts
    if giver_named:
        return counted
    return tuple(one for one in counted if one.giver not in NOBODY) or counted


def published(
    bench: Bench, facts: tuple[Fact, ...], book: Book
) -> tuple[Interval, tuple[Figure, ...]] | None:
    """Add up published figures where the base geography hardly shows the land, or not at all.

    None where it does, or where a change has no figure. Coarse is a line that may lie anywhere, not a
    question that moves a sharp one; it gives way only where it is most of what is counted.
    """
    best = bench.atlas.ledger.best_readings()
    land_of = {entry.id: entry.territory for _, entry in bench.gazette.entries()}
    low = high = middle_km2 = coarse = 0.0
    used: list[Figure] = []
    for fact in facts:
        total, figures = measured_total(bench, (fact,), book, 0, ())
        mine = [one for one in figures if {land_of.get(name, name) for name in one.of} == {fact.territory}]
        exact = [one for one in mine if one.agreed] or mine
        if not exact:
            return None
        sharp = next(
            (one for chosen, one in total.under if all(best[q] == r for q, r in chosen.items())),
            total.interval,
        )
        values = [v for one in exact for v in (one.low_km2 or one.km2, one.km2, one.high_km2 or one.km2)]
        central = middle([one.km2 for one in exact])
        if sharp.high_km2 <= 0 or sharp.half_width_share > COARSE_SHARE:
            coarse += central
        low, middle_km2, high = low + min(values), middle_km2 + central, high + max(values)
        used += [one for one in exact if one not in used]
    if not used or coarse <= COARSE_SHARE * middle_km2:
        return None
    return Interval(low, middle_km2, high), tuple(used)


def where_it_passed(total: Total) -> Total:
    """Leave out the readings under which nothing passed: whether it did is another matter than how much."""
    under = tuple(row for row in total.under if row[1].high_km2 > 0)
    if not under or len(under) == len(total.under):
        return total
    best = total.interval.best_km2 or max(one.best_km2 for _, one in under)
    return Total(hull([one for _, one in under], best), total.moves_km2, under)


def widened(when: When) -> When:
    return replace(when, first=when.first - NEAR_DAYS, last=when.last + NEAR_DAYS)


def scaled(one: Interval, scale: float) -> Interval:
    return Interval(one.low_km2 * scale, one.best_km2 * scale, one.high_km2 * scale)


def middle(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def judge_amount(bench: Bench, case: Case, amount: Amount, sought: Sought, facts: tuple[Fact, ...]) -> None:
    quantity = amount.quantity
    claimed = Range(quantity.low, quantity.best, quantity.high, quantity.unit)
    book: Book = "title" if any("title" in one.books for one in facts) else "control"
    if book == "title":
        counted = tuple(one for one in facts if "title" in one.books)
    else:
        counted = facts
    mask = within(bench, case, sought, counted)
    rules = asked_rules(bench, case, counted)
    total, figures = measured_total(bench, counted, book, mask, rules)
    bases = bases_of(bench, case, amount, counted, book)
    if not bases:
        case.parts.append(
            Part("amount", amount.written, "the area it is compared with is not known", "outside-coverage")
        )
        case.why.append("The area that the figure is compared with is not in the atlas.")
        return
    scale, unit_text = next(
        (one for one in bases if scaled(total.interval, one[0]).overlaps(claimed.low, claimed.high)),
        bases[0],
    )
    if "when" in case.frame.assumed and not scaled(total.interval, scale).overlaps(claimed.low, claimed.high):
        # A date taken over from an earlier sentence is loose: what lies near it may be meant too.
        near = replace(sought, when=tuple(widened(one) for one in sought.when))
        wider = to_count(bench.evidence.find(near), bool(sought.givers))
        other, more = measured_total(bench, wider, book, mask, rules)
        if len(wider) > len(counted) and scaled(other.interval, scale).overlaps(claimed.low, claimed.high):
            counted, total, figures = wider, other, more
            case.facts = wider
    total = where_it_passed(total)
    interval = total.interval
    basis = "measured"
    stated = published(bench, counted, book) if quantity.unit == "km2" or interval.high_km2 <= 0 else None
    if stated is not None:
        interval, figures = stated
        total = Total(interval, {}, ())
        basis = "published"
    if interval.high_km2 <= 0:
        case.parts.append(Part("amount", amount.written, "no measured or published area", "outside-coverage"))
        case.why.append("Neither a measured nor a published area of this land is on record.")
        return
    under = [(chosen, scaled(one, scale)) for chosen, one in total.under]
    whole = scaled(interval, scale)
    best_readings = bench.atlas.ledger.best_readings()
    best = next((one for chosen, one in under if all(best_readings[q] == r for q, r in chosen.items())), None)
    verdict = verdicts.of_amount(claimed.low, claimed.high, [one for _, one in under], whole, best)
    parted = any(one.overlaps(claimed.low, claimed.high) for _, one in under) and not all(
        one.overlaps(claimed.low, claimed.high) for _, one in under
    )
    turns = turning_questions(bench, total, under, claimed) if parted else ()
    case.steps.append(
        f"{book} book, {', '.join(one.id for one in counted)}: {whole.low_km2:,.0f} – "
        f"{whole.best_km2:,.0f} – {whole.high_km2:,.0f} {quantity.unit} ({basis})"
    )
    rule_text = ", ".join(one.id for one in rules) or None
    if verdict in ("too-high", "too-low", "contradicted"):
        alone = to_one(bench, sought, counted, book, claimed, scale)
        if alone is not None:
            lineage, theirs = alone
            verdict, turns = "depends", (lineage,)
            case.why.append(
                f"{figures_text(scaled(interval, scale), quantity.unit)} passed to all; the figure holds for "
                f"what passed to {name_of(bench, lineage)} alone: {figures_text(theirs, quantity.unit)}."
            )
        tried = (
            None
            if alone is not None
            else by_rule(bench, case, counted, book, mask, rules, claimed, scale, sought)
        )
        if tried is not None:
            rule, with_rule = tried
            verdict, turns = "depends", (rule.id, *turns)
            rule_text = rule.id
            case.why.append(
                f"{capital(figures_text(scaled(interval, scale), quantity.unit))} passed; the figure holds "
                f"only by another rule of counting ({label_of_rule(bench, rule)}): "
                f"then {figures_text(with_rule, quantity.unit)}."
            )
    found = figures_text(whole, quantity.unit) + (
        " (published, not measured)" if basis == "published" else ""
    )
    case.parts.append(Part("amount", amount.written, found + unit_text, verdict, turns))
    if case.claimed is None:
        case.claimed = claimed
        case.measured = Range(whole.low_km2, whole.best_km2, whole.high_km2, quantity.unit, basis)
        case.book, case.rule = book, rule_text
    if not any("; the figure holds" in one for one in case.why):
        amount_why(bench, case, verdict, found + unit_text, counted, turns, under, claimed)
    if quantity.unit == "km2":
        case.agrees.extend(
            f"{one.definition} ({one.source})" for one in figures if claimed.low <= one.km2 <= claimed.high
        )


def amount_why(
    bench: Bench,
    case: Case,
    verdict: Verdict,
    found: str,
    counted: tuple[Fact, ...],
    turns: tuple[str, ...],
    under: list[tuple[Readings, Interval]],
    claimed: Range,
) -> None:
    names = instruments_text(bench, counted)
    text = f"{capital(found)} passed by {names}."
    if verdict == "depends" and turns:
        holds = [readings for readings, one in under if one.overlaps(claimed.low, claimed.high)]
        chosen = {q: r for q, r in holds[0].items() if q in turns} if holds else {}
        some = readings_text(bench, chosen)
        asks = ", ".join(label_of(bench, one) for one in turns)
        text += f" Whether the figure holds turns on: {asks}" + (f" (it holds with {some})." if some else ".")
    elif verdict == "within-range" and turns:
        asks = ", ".join(label_of(bench, one) for one in turns)
        text += f" The figure holds under the best readings; it turns on: {asks}."
    elif verdict == "within-range":
        text += " The figure lies in that range, which is wide."
    elif verdict in ("too-high", "too-low"):
        text += f" The figure is {verdict.replace('-', ' ')}."
    elif verdict == "contradicted":
        text += (
            " The figure is off by more than a factor of three."
            if claimed.unit == "km2"
            else " The figure is far off."
        )
    case.why.insert(0, text)


def within(bench: Bench, case: Case, sought: Sought, facts: tuple[Fact, ...]) -> int:
    """Give the tracts to which a figure about places smaller than what passed is confined; 0 is no limit."""
    lands = [one for one in sought.places if one.known and not one.river and not one.point and one.mask]
    mask = 0
    for one in lands:
        mask |= one.reach
    if lands and not any(fact.territory in one.territories for fact in facts for one in lands):
        measure = bench.atlas.measure
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
        gone |= bench.evidence.where(named).reach
    if gone:
        everything = (1 << len(bench.atlas.compiled.tracts)) - 1
        keep = (keep or everything) & ~gone
    return keep


def asked_rules(bench: Bench, case: Case, facts: tuple[Fact, ...]) -> tuple[Rule, ...]:
    """Find the rules that the sentence itself asks for ("including Sakhalin")."""
    found = []
    for named in case.frame.included:
        where = bench.evidence.where(named)
        for rule in bench.gazette.rules.values():
            if added_mask(bench, rule) & where.reach and rule not in found:
                found.append(rule)
    return tuple(found)


def added_mask(bench: Bench, rule: Rule) -> int:
    mask = 0
    for added in rule.adds:
        mask |= bench.atlas.ledger.territory(added.territory, bench.atlas.ledger.best_readings())[0]
    return mask


def by_rule(
    bench: Bench,
    case: Case,
    facts: tuple[Fact, ...],
    book: Book,
    mask: int,
    rules: tuple[Rule, ...],
    claimed: Range,
    scale: float,
    sought: Sought,
) -> tuple[Rule, Interval] | None:
    """Try the counting rules in a fixed order; gives the first under which the figure holds."""
    if case.frame.places or (scale != 1.0 and claimed.unit == "percent"):
        return None
    tried: list[tuple[Rule, ...]] = []
    open_rules = [
        one
        for one in sorted(bench.gazette.rules.values(), key=lambda one: one.id)
        if one not in rules and may_apply(bench, one, facts, sought)
    ]
    tried.extend((one,) for one in open_rules)
    tried.extend(tuple(open_rules[:n]) for n in range(2, len(open_rules) + 1))
    for group in tried:
        total, _ = measured_total(bench, facts, book, mask, (*rules, *group))
        interval = scaled(total.interval, scale)
        if interval.overlaps(claimed.low, claimed.high):
            case.steps.append(
                f"rule {', '.join(one.id for one in group)}: "
                f"{interval.low_km2:,.0f} – {interval.high_km2:,.0f}"
            )
            return group[-1], interval
    return None


def to_one(
    bench: Bench, sought: Sought, facts: tuple[Fact, ...], book: Book, claimed: Range, scale: float
) -> tuple[str, Interval] | None:
    """Where a sentence does not say to whom, find the one lineage for which its figure holds."""
    if sought.takers or sought.instruments or sought.places:
        return None
    for lineage in bench.gazette.lineages:
        mine = tuple(one for one in facts if in_lineage(bench, one.taker, lineage))
        if mine and len(mine) < len(facts):
            total, _ = measured_total(bench, mine, book)
            interval = scaled(where_it_passed(total).interval, scale)
            if interval.overlaps(claimed.low, claimed.high):
                return lineage, interval
    return None


def may_apply(bench: Bench, rule: Rule, facts: tuple[Fact, ...], sought: Sought) -> bool:
    gave, took = rule.parties
    giver_ok = any(in_lineage(bench, fact.giver, gave) or fact.giver in NOBODY for fact in facts)
    taker_ok = any(in_lineage(bench, fact.taker, took) for fact in facts)
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
    return (
        all(any(when.first <= day < when.last for when in sought.when) for day in days)
        if sought.when
        else True
    )


def in_lineage(bench: Bench, polity: str, lineage: str) -> bool:
    record = bench.gazette.lineages.get(lineage)
    return polity == lineage or (record is not None and any(one.polity == polity for one in record.members))


def measured_total(
    bench: Bench, facts: tuple[Fact, ...], book: Book, mask: int = 0, rules: tuple[Rule, ...] = ()
) -> tuple[Total, tuple[Figure, ...]]:
    """Measure changes together under every consistent reading, with the published figures for them."""
    dropped = {entry for rule in rules for entry in rule.drops}
    ids = frozenset(one.id for one in facts if one.id not in dropped)
    beside = tuple(one for one in facts if one.entry is None)
    key = (ids, book, mask, tuple(one.id for one in rules))
    if key not in bench.totals:
        if len(bench.totals) > KEPT:
            bench.totals.clear()

        def land(readings: Readings) -> Land:
            rows: Land = {
                one.entry.id: (one.tracts & mask if mask else one.tracts, one.lines)
                for one in bench.atlas.ledger.replay(book, readings).movements
                if one.entry.id in ids
            }
            counted = 0
            for one, _ in rows.values():
                counted |= one
            more = [added.territory for rule in rules for added in rule.adds]
            more += [fact.territory for fact in beside if fact.territory in bench.atlas.compiled.shapes]
            for territory in more:
                tracts, lines, _ = bench.atlas.ledger.territory(territory, readings)
                rows[f"+{territory}"] = (tracts & ~counted, lines)
                counted |= tracts
            return rows

        total = combine(bench.atlas, land, {})
        figures: list[Figure] = []
        for fact in facts:
            for figure in fact.instrument.figures:
                if (fact.id in figure.of or fact.territory in figure.of) and figure not in figures:
                    figures.append(figure)
        bench.totals[key] = total, tuple(figures)
    return bench.totals[key]


def turning_questions(
    bench: Bench, total: Total, under: list[tuple[Readings, Interval]], claimed: Range
) -> tuple[str, ...]:
    """Name the questions whose reading decides whether the figure holds."""
    found = []
    for question in total.moves_km2:
        by_reading: dict[str, set[bool]] = {}
        for chosen, one in under:
            by_reading.setdefault(chosen.get(question, ""), set()).add(
                one.overlaps(claimed.low, claimed.high)
            )
        if len({frozenset(one) for one in by_reading.values()}) > 1:
            found.append(question)
    return tuple(found) or tuple(total.moves_km2)


def bases_of(
    bench: Bench, case: Case, amount: Amount, facts: tuple[Fact, ...], book: Book
) -> list[tuple[float, str]]:
    """Give the factors from km² to the claim's unit, each with what it is measured by; empty if unknown."""
    unit = amount.quantity.unit
    if unit == "km2":
        return [(1.0, "")]
    if unit == "ratio":
        areas: list[tuple[float, str]] = [(0.0, "")]
        for named in amount.names:
            mine = areas_of(bench, named)
            areas = [
                (area + more, " and ".join(filter(None, (text, label))))
                for area, text in areas
                for more, label in mine
            ]
        return [(1 / area, f" of {text}") for area, text in areas if area]
    share = share_base(bench, case, amount, facts, book)
    return [share] if share is not None else []


def share_base(
    bench: Bench, case: Case, amount: Amount, facts: tuple[Fact, ...], book: Book
) -> tuple[float, str] | None:
    """Find what a percentage is of: a place, or all that a party held the day before."""
    places = [bench.evidence.where(named) for named in amount.names]
    for where in places:
        if (
            where.mask
            and not where.river
            and any(m.kind in ("place", "territory", "unit") for n in amount.names for m in n.meanings)
        ):
            area = bench.atlas.measure.area_km2(where.mask)
            return 100 / area, f" of {where.text}"
    holders = [bench.evidence.who(named) for named in amount.names] or list(case.sought.givers)
    for who in holders:
        if who.parties and facts:
            day = facts[0].day - 1
            if not all(
                covering(bench.atlas, "extent", one, Span(day, day + 1, "day"), book) for one in who.parties
            ):
                # What a party held in all is known only inside coverage.
                continue
            held = 0
            for polity, mask in bench.atlas.ledger.replay(book).held_on(day).items():
                if who.counts(polity, day):
                    held |= mask
            area = bench.atlas.measure.area_km2(held)
            if area:
                return 100 / area, f" of what {who.text} held"
    return None


def areas_of(bench: Bench, named: Named) -> list[tuple[float, str]]:
    """Give the areas in km² that a country, unit or place may have, each with a label; the usual first."""
    codes = [one.id for one in named.meanings if one.kind in ("country", "unit")]
    for who in bench.evidence.who(named).parties:
        codes += [
            code for code in (bench.gazette.polities[one].country for one in reversed(who.polities())) if code
        ]
    for code in codes:
        for table in (bench.atlas.compiled.areas_km2, bench.atlas.lexicon.areas_km2):
            if code in table:
                parts = [table[one] for one in bench.atlas.lexicon.apart.get(code, ()) if one in table]
                if parts:
                    return [
                        (table[code] - sum(parts), f"{named.text} without its distant parts"),
                        (table[code], f"{named.text} with its distant parts"),
                    ]
                return [(table[code], named.text)]
    where = bench.evidence.where(named)
    return [(bench.atlas.measure.area_km2(where.mask), named.text)] if where.mask and not where.point else []

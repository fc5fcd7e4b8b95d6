"""What is on record, said in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metes.ask.combinations import Readings
from metes.claims.case import Bench, Part
from metes.claims.dates import When
from metes.claims.evidence import (
    Fact,
    Sought,
    Who,
)
from metes.claims.frame import Named
from metes.interval import Interval, plain, support
from metes.records.rule import Rule
from metes.span import iso


def worth_telling(facts: Sequence[Fact]) -> list[Fact]:
    """Keep the changes that are worth telling: those under the best readings, one for each land and day."""
    best = [one for one in facts if one.best and (one.mask or one.stated or one.entry is None)] or list(facts)
    found: dict[tuple[str, str], Fact] = {}
    for one in best:
        found.setdefault((one.territory, one.date), one)
    return list(found.values())


def figures_text(one: Interval, unit: str) -> str:
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


def when_text(when: When) -> str:
    if when.relation == "in":
        return f"in {when.since}"
    if when.relation == "range":
        return f"{when.since} to {when.until}"
    return f"{when.relation} {when.since or when.until}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def plain_why(parts: Sequence[Part]) -> str:
    return " ".join(f"{one.what}: {one.found}." for one in parts if one.found)[:300]


def names_text(who: Iterable[Who]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in who))


def named_text(names: Iterable[Named]) -> str:
    return ", ".join(dict.fromkeys(one.text for one in names))


def sought_text(sought: Sought) -> str:
    places = ", ".join(one.text for one in sought.places) or "any land"
    instruments = ", ".join(sorted(sought.instruments)) or "any instrument"
    when = ", ".join(when_text(one) for one in sought.when) or "any time"
    parties = f"from {names_text(sought.givers) or 'anyone'} to {names_text(sought.takers) or 'anyone'}"
    return f"{parties}, {places}, {instruments}, {when}"


def name_of(bench: Bench, polity: str) -> str:
    """Name a polity or lineage in English."""
    for table in (bench.gazette.polities, bench.gazette.lineages):
        record = table.get(polity)
        if record is not None and record.names:
            return next((one.text for one in record.names if one.lang == "en"), record.names[0].text)
    return polity


def instrument_name(bench: Bench, id_: str) -> str:
    """Name an instrument in English."""
    names = bench.gazette.instruments[id_].names
    return next((one.text for one in names if one.lang == "en"), names[0].text if names else id_)


def date_of(bench: Bench, fact: Fact) -> str:
    """Write the date of a change."""
    return fact.date


def tell(bench: Bench, facts: Sequence[Fact]) -> str:
    """Say in a phrase what changes are on record."""
    shown = []
    facts = worth_telling(facts)
    for one in facts[:3]:
        land = bench.gazette.territories.get(one.territory)
        name = (
            next((n.text for n in land.names if n.lang == "en"), one.territory)
            if land is not None
            else one.territory
        )
        shown.append(
            f"{name} passed from {name_of(bench, one.giver)} to {name_of(bench, one.taker)} "
            f"on {one.date} ({one.form}, {instrument_name(bench, one.instrument.id)})"
        )
    more = len(facts) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def instruments_text(bench: Bench, facts: Sequence[Fact]) -> str:
    facts = worth_telling(facts)
    names = list(dict.fromkeys(instrument_name(bench, one.instrument.id) for one in facts))
    if len(names) > 3:
        years = sorted(iso(one.day)[:4] for one in facts)
        return f"{len(names)} instruments of {years[0]}–{years[-1]}"
    return ", ".join(names)


def readings_text(bench: Bench, chosen: Readings) -> str:
    found = []
    for question, reading in chosen.items():
        record = bench.gazette.questions[question]
        found.append(next((one.name for one in record.readings if one.id == reading), reading))
    return ", ".join(found)


def label_of_rule(bench: Bench, rule: Rule) -> str:
    return next((one.text for one in rule.names if one.lang == "en"), rule.id)


def label_of(bench: Bench, id_: str) -> str:
    if id_ in bench.gazette.questions:
        names = bench.gazette.questions[id_].names
        return next((one.text for one in names if one.lang == "en"), id_)
    if id_ in bench.gazette.rules:
        return label_of_rule(bench, bench.gazette.rules[id_])
    return id_

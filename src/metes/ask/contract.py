"""Answers as the JSON that docs/schemas/ describes: one function for each schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from metes.ask.naming import name_in
from metes.span import BEGINNING, FOREVER, iso

if TYPE_CHECKING:
    from metes.ask.accuracy import Accuracy
    from metes.ask.atlas import Atlas
    from metes.ask.explain import Explained
    from metes.ask.extent import Extent
    from metes.ask.holder import Holder
    from metes.ask.timeline import Happening
    from metes.ask.transfers import Part, Passed, Transfers
    from metes.interval import Interval
    from metes.records.viewpoint import Cover

DIGITS = 1
"""Areas in JSON have tenths of a km²: finer than any interval here, and free of binary noise."""


def date_or_none(day: int) -> str | None:
    """Write a day, or nothing for an end that is open."""
    return None if day in (BEGINNING, FOREVER) else iso(day)


def interval_json(km2: Interval | None) -> dict[str, float] | None:
    """Write an interval."""
    if km2 is None:
        return None
    return {
        "low": round(km2.low_km2, DIGITS),
        "best": round(km2.best_km2, DIGITS),
        "high": round(km2.high_km2, DIGITS),
    }


def transfers_json(atlas: Atlas, answer: Transfers) -> dict[str, Any]:
    """Write `metes.transfers/1`."""
    return {
        "schema": "metes.transfers/1",
        "atlas": _atlas(atlas),
        "from": answer.giver.id,
        "to": answer.taker.id,
        "book": answer.book,
        "net": answer.net,
        "rule": rule_text(answer),
        "viewpoint": atlas.compiled.viewpoint,
        "since": date_or_none(answer.since),
        "until": date_or_none(answer.until - 1 if answer.until != FOREVER else FOREVER),
        "total_km2": interval_json(answer.total.interval),
        "questions": [
            {"id": question, "moves_km2": {reading: round(km2, DIGITS) for reading, km2 in moves.items()}}
            for question, moves in answer.total.moves_km2.items()
        ],
        "entries": [_passed(atlas, one) for one in answer.passed],
    }


def rule_text(answer: Transfers) -> str:
    """Name what a total includes."""
    base = "land that one held and the other holds, once" if answer.net else "every entry between the two"
    return " · ".join([base, *(rule.id for rule in answer.rules)])


def _passed(atlas: Atlas, one: Passed) -> dict[str, Any]:
    return {
        "id": one.entry.id,
        "date": one.entry.date,
        "instrument": one.instrument.id,
        "territory": one.entry.territory,
        "from": one.entry.giver,
        "to": one.entry.taker,
        "form": one.entry.form,
        "circumstance": one.entry.circumstance,
        "basis": one.basis,
        "km2": interval_json(one.km2),
        "published_km2": [
            {"value": figure.km2, "source": figure.source, "definition": figure.definition}
            for figure in one.figures
        ],
        "now": [_part(part) for part in one.now],
        "via": list(one.via),
        "by_rule": one.by_rule,
        "status": status_text(one),
    }


def status_text(one: Passed) -> str | None:
    """Say in one line how the instrument's clauses stand, and in whose view."""
    states = [
        f"{state.state} ({state.viewpoint}{', by ' + state.by if state.by else ''})"
        for state in one.instrument.states
    ]
    return "; ".join(dict.fromkeys(states)) or None


def _part(part: Part) -> dict[str, Any]:
    return {"country": part.country, "unit": part.unit, "name": part.name, "km2": round(part.km2, DIGITS)}


def holder_json(atlas: Atlas, answer: Holder) -> dict[str, Any]:
    """Write `metes.holder/1`."""
    return {
        "schema": "metes.holder/1",
        "atlas": _atlas(atlas),
        "viewpoint": atlas.compiled.viewpoint,
        "place": answer.spot.label,
        "lat": answer.spot.lat,
        "lon": answer.spot.lon,
        "tenures": [
            {
                "book": one.book,
                "from": date_or_none(one.first),
                "to": date_or_none(one.end),
                "holders": list(one.holders),
                "kind": one.kind,
                "instrument": one.instrument,
                "names": one.names,
                "instead": {
                    q: {r: list(h) for r, h in readings.items()} for q, readings in one.instead.items()
                },
            }
            for one in answer.tenures
        ],
    }


def extent_json(atlas: Atlas, answer: Extent) -> dict[str, Any]:
    """Write `metes.extent/1`; km2 is null outside coverage."""
    return {
        "schema": "metes.extent/1",
        "atlas": _atlas(atlas),
        "polity": answer.who.id,
        "on": iso(answer.day),
        "book": answer.book,
        "rule": "all tracts held at the end of the day",
        "viewpoint": atlas.compiled.viewpoint,
        "covered": answer.cover is not None,
        "missing": answer.missing,
        "km2": interval_json(answer.total.interval) if answer.total else None,
        "parts": [
            {
                "name": part.name,
                "kind": "unit",
                "holder": polity,
                "unit": part.unit,
                "km2": round(part.km2, DIGITS),
            }
            for polity, parts in answer.parts
            for part in parts
        ],
    }


def explain_json(atlas: Atlas, answer: Explained) -> dict[str, Any]:
    """Write `metes.explain/1`."""
    return {
        "schema": "metes.explain/1",
        "atlas": _atlas(atlas),
        "claimed_km2": answer.claimed_km2,
        "answers": [
            {
                "entries": list(one.entries),
                "terms_km2": [round(km2, DIGITS) for km2 in one.terms_km2],
                "sum_km2": round(one.sum_km2, DIGITS),
                "figures": one.figures,
                "left_out": list(one.left_out),
                "off_by_percent": round(one.off_percent, 2),
                "measured_km2": None if one.measured_km2 is None else round(one.measured_km2, DIGITS),
                "tradition": one.tradition,
                "readings": one.readings,
            }
            for one in answer.answers
        ],
        "by_chance": answer.by_chance,
    }


def accuracy_json(atlas: Atlas, answer: Accuracy) -> dict[str, Any]:
    """Write `metes.accuracy/1`; the three figures are over rows with an agreed figure."""
    return {
        "schema": "metes.accuracy/1",
        "atlas": _atlas(atlas),
        "rows": [
            {
                "id": one.figure.id,
                "instrument": one.instrument.id,
                "definition": one.figure.definition,
                "km2": interval_json(one.km2),
                "published_km2": one.figure.km2,
                "source": one.figure.source,
                "agreed": one.figure.agreed,
                "inside": one.inside,
                "half_width_percent": round(100 * one.km2.half_width_share, 2),
                "off_percent": round(one.off_percent, 2),
                "reason": one.reason,
            }
            for one in answer.rows
        ],
        "median_off_percent": _rounded(answer.median_off_percent),
        "share_inside": _rounded(answer.share_inside),
        "median_half_width_percent": _rounded(answer.median_half_width_percent),
    }


def timeline_json(atlas: Atlas, rows: tuple[Happening, ...], lang: str = "en") -> dict[str, Any]:
    """Write `metes.timeline/1`."""
    return {
        "schema": "metes.timeline/1",
        "atlas": _atlas(atlas),
        "rows": [
            {
                "id": one.instrument.id,
                "date": one.text,
                "kind": one.instrument.kind,
                "name": name_in(one.instrument.names, lang),
                "parties": list(one.instrument.parties),
                "summary": one.instrument.summary,
            }
            for one in rows
        ],
    }


def coverage_json(atlas: Atlas, rows: tuple[Cover, ...]) -> dict[str, Any]:
    """Write `metes.coverage/1`."""
    return {
        "schema": "metes.coverage/1",
        "atlas": _atlas(atlas),
        "rows": [msgspec.to_builtins(one) for one in rows],
    }


def _atlas(atlas: Atlas) -> dict[str, str]:
    return {"name": atlas.compiled.name, "version": atlas.compiled.version, "hash": atlas.compiled.hash}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)

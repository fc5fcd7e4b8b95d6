"""A report as the JSON that docs/schemas/ describes: `metes.report/1`."""

from __future__ import annotations

import math
from typing import Any

from metes.claims.case import Judged, Part, Range
from metes.claims.check import Report

DIGITS = 3


def report_json(report: Report) -> dict[str, Any]:
    """Write `metes.report/1`; spans count code points, absent things are null or []."""
    compiled = report.atlas.compiled
    return {
        "schema": "metes.report/1",
        "atlas": {"name": compiled.name, "version": compiled.version, "hash": compiled.hash},
        "viewpoint": compiled.viewpoint,
        "claims": [_claim(one) for one in report.claims],
        "unread": [{"span": [start, end], "text": report.text[start:end]} for start, end in report.unread],
    }


def _claim(one: Judged) -> dict[str, Any]:
    frame = one.frame
    return {
        "span": [frame.start, frame.end],
        "text": frame.text,
        "lang": frame.lang,
        "kind": frame.kind,
        "from": list(one.givers),
        "to": list(one.takers),
        "since": one.since,
        "until": one.until,
        "instruments": list(one.instruments),
        "places": list(one.places),
        "claimed": _range(one.claimed),
        "measured": _range(one.measured),
        "verdict": one.verdict,
        "why": one.why,
        "book": one.book,
        "rule": one.rule,
        "counted": list(one.counted),
        "parts": [_part(part) for part in one.parts],
        "explained_by": list(one.explained_by),
        "agrees_with": list(one.agrees_with),
        "reported": frame.reported,
        "answer": one.answer,
        "sources": list(one.sources),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "what": part.what,
        "claimed": part.claimed,
        "found": part.found,
        "verdict": part.verdict,
        "turns_on": list(part.turns_on),
    }


def _range(one: Range | None) -> dict[str, Any] | None:
    if one is None:
        return None
    found: dict[str, Any] = {
        "low": round(one.low, DIGITS),
        "best": round(one.best, DIGITS),
        "high": round(one.high, DIGITS) if math.isfinite(one.high) else None,
        "unit": one.unit,
    }
    if one.basis:
        found["basis"] = one.basis
    return found

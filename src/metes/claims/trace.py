"""How each verdict was reached, line by line, for `metes check --trace`."""

from __future__ import annotations

from collections.abc import Iterator

from metes.ask.atlas import Atlas
from metes.claims.case import Judged
from metes.claims.check import Report


def trace_lines(atlas: Atlas, report: Report) -> Iterator[str]:
    """Say of each claim how it was understood, what was looked for and what was counted, with articles."""
    for number, one in enumerate(report.claims, 1):
        yield f"claim {number} [{one.frame.start}:{one.frame.end}] {one.frame.text!r}"
        yield f"  read as   {understood(one)}"
        for step in one.steps:
            yield f"  step      {step}"
        for part in one.parts:
            turns = f"  turns on {', '.join(part.turns_on)}" if part.turns_on else ""
            yield f"  {part.what:<9} {part.verdict}: claimed {part.claimed!r}, found {part.found!r}{turns}"
        for entry_id in one.counted:
            try:
                instrument, entry = atlas.gazette.entry(entry_id)
            except KeyError:
                continue
            article = f", article {entry.article}" if entry.article else ""
            sources = ", ".join(entry.sources)
            yield f"  counted   {entry_id}: {instrument.id}{article}, {entry.date}, sources {sources}"
        yield f"  verdict   {one.verdict}"


def understood(one: Judged) -> str:
    """Write what a claim was understood as."""
    frame = one.frame
    pieces = [frame.kind, f"{frame.sense} ({frame.act})"]
    for label, names in (
        ("from", frame.givers),
        ("to", frame.takers),
        ("held by", frame.holders),
        ("between", frame.parties),
        ("land", frame.places),
        ("instrument", frame.instruments),
        ("including", frame.included),
        ("except", frame.excluded),
    ):
        if names:
            pieces.append(f"{label} {', '.join(name.text for name in names)}")
    if frame.when:
        pieces.append("when " + ", ".join(f"{w.relation} {w.since or w.until}" for w in frame.when))
    for label, holds in (
        ("denied", frame.negated),
        ("reported", frame.reported),
        ("question", frame.question),
    ):
        if holds:
            pieces.append(label)
    if frame.assumed:
        pieces.append("from what was said before: " + ", ".join(frame.assumed))
    return "; ".join(pieces)

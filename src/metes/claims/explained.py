"""What adds up to a claimed figure: `ask.explain`, asked only of a figure that does not simply hold."""

from __future__ import annotations

from metes.claims.case import Bench, Case
from metes.claims.evidence import KEPT
from metes.claims.verdict import Verdict

TOLD = 3
"""So many of the simplest sums are told."""
ASKED = frozenset(("depends", "too-high", "too-low", "contradicted", "mixed"))


def explained_by(bench: Bench, case: Case, verdict: Verdict) -> tuple[dict[str, object], ...]:
    """Find which entries between the two parties of a claim add up to its figure in km²; mostly none.

    Only for an area between two parties with no instrument or place named: those say themselves what
    they count.
    """
    claimed, sought = case.claimed, case.sought
    if verdict not in ASKED or claimed is None or claimed.unit != "km2":
        return ()
    if sought.places or sought.instruments or not sought.givers or not sought.takers or not case.facts:
        return ()
    giver = bench.evidence.lineage_of(sought.givers[0]).ids
    taker = bench.evidence.lineage_of(sought.takers[0]).ids
    if not giver or not taker or giver == taker:
        return ()
    key = (claimed.best, giver[0], taker[0])
    if key not in bench.explained:
        from metes.ask.explain import explain

        if len(bench.explained) > KEPT:
            bench.explained.clear()
        answer = explain(bench.atlas, claimed.best, giver[0], taker[0])
        bench.explained[key] = tuple(
            {
                "entries": list(one.entries),
                "sum_km2": round(one.sum_km2, 1),
                "figures": one.figures,
                "left_out": list(one.left_out),
            }
            for one in answer.answers[:TOLD]
        )
    return bench.explained[key]

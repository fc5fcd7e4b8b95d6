"""Which land adds up to a claimed figure, told beside its verdict."""

from __future__ import annotations

from metes.ask.explain import explain
from metes.claims.case import Bench, Case
from metes.claims.evidence import KEPT
from metes.claims.verdict import Verdict

TOLD = 2
"""So many of the simplest sums are told; `metes explain` tells more."""
ASKED = frozenset(("depends", "within-range", "too-high", "too-low", "contradicted", "mixed"))


def explained_by(bench: Bench, case: Case, verdict: Verdict) -> tuple[dict[str, object], ...]:
    """Find which entries between the two parties of a claim add up to its figure in km²; mostly none.

    Only for an area between two parties with no instrument or place named: those say themselves what
    they count. Only published sums are told, for they are where a figure comes from; none makes a verdict.
    """
    claimed, sought = case.claimed, case.sought
    if verdict not in ASKED or claimed is None or claimed.unit != "km2" or claimed.best <= 0:
        return ()
    if sought.places or sought.instruments or not sought.givers or not sought.takers or not case.facts:
        return ()
    givers, takers = (bench.evidence.lineage_of(one).ids for one in (sought.givers[0], sought.takers[0]))
    if not givers or not takers or set(givers) & set(takers):
        return ()
    key = (claimed.best, givers, takers)
    if key not in bench.explained:
        if len(bench.explained) > KEPT:
            bench.explained.clear()
        found = explain(bench.atlas, claimed.best, givers[0], takers[0]).answers
        bench.explained[key] = tuple(
            {
                "entries": list(one.entries),
                "terms_km2": list(one.terms_km2),
                "sum_km2": round(one.sum_km2, 1),
                "figures": one.figures,
                "left_out": list(one.left_out),
            }
            for one in [one for one in found if one.figures == "published"][:TOLD]
        )
    return bench.explained[key]

"""Why a line may lie elsewhere, and how far."""

from __future__ import annotations

from typing import Literal

from metes.records.common import Record


class Doubt(Record, frozen=True, kw_only=True):
    """How wrong a kind of line may be.

    `corridor_m` holds the true line along 90 % of its length (half-width, metres). `correlation_km`
    says how far an error keeps its sign; none means the whole length. `per` says what shares one
    error: every leg of the same `feature`, or of the same `source` (all legs that cite this doubt).
    `measured` names the measurement that the figures come from; a `guess` needs a comment.
    """

    id: str
    name: str
    kind: Literal["river", "crest", "border", "coast", "lake", "described", "guess", "exact"]
    corridor_m: float
    correlation_km: float | None = None
    per: Literal["feature", "source"] = "feature"
    measured: str | None = None
    sources: tuple[str, ...] = ()
    comment: str | None = None


class DoubtFile(Record, frozen=True, kw_only=True):
    """One file of doubts."""

    doubts: tuple[Doubt, ...]

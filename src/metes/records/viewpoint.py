"""Whose map of the present is used, and for what the ledger is complete."""

from __future__ import annotations

from metes.records.common import Name, Record


class Correction(Record, frozen=True, kw_only=True):
    """A dated, sourced statement that land drawn as one country's is held by another."""

    territory: str
    country: str
    since: str
    why: str
    sources: tuple[str, ...]


class Viewpoint(Record, frozen=True, kw_only=True):
    """A map of the present: base geography plus corrections.

    `perspectives` has the shape of Overture's: a mode and the countries that see it so.
    """

    id: str
    names: tuple[Name, ...]
    mode: str
    countries: tuple[str, ...] = ()
    when: str
    holds: dict[str, str]
    corrections: tuple[Correction, ...] = ()
    comment: str | None = None


class Cover(Record, frozen=True, kw_only=True):
    """For which lineage or pair, span and books the ledger is complete, and what is still missing."""

    id: str
    lineages: tuple[str, ...]
    what: str
    kind: str
    since: str
    until: str | None = None
    books: tuple[str, ...]
    missing: str


class CoverFile(Record, frozen=True, kw_only=True):
    """One file of coverage statements."""

    covers: tuple[Cover, ...]

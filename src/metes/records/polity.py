"""Who holds or claims land, and which of them a plain name stands for."""

from __future__ import annotations

from typing import Literal

from metes.records.common import Name, Record


class Polity(Record, frozen=True, kw_only=True):
    """A state, khanate or people that holds land in its own name, with its lifespan.

    `since` and `until` are EDTF, half-open; no `until` means that it still is.
    `country` is the ISO 3166 code of the present-day country that it is, if any. `shared_by` names the
    holders of a condominium, which is the holder of land held in common.
    """

    id: str
    names: tuple[Name, ...]
    kind: Literal["state", "local", "people", "shared", "none"]
    since: str | None = None
    until: str | None = None
    country: str | None = None
    shared_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    comment: str | None = None


class Member(Record, frozen=True, kw_only=True):
    """A polity that a lineage counts, for the whole of its life or for a span."""

    polity: str
    since: str | None = None
    until: str | None = None


class Lineage(Record, frozen=True, kw_only=True):
    """Which polities a plain name ("China") stands for, under a viewpoint, with the sources of that view.

    Where members live at the same time (`apart`), totals print them apart.
    """

    id: str
    names: tuple[Name, ...]
    viewpoint: str
    members: tuple[Member, ...]
    apart: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    comment: str | None = None


class PolityFile(Record, frozen=True, kw_only=True):
    """One file of polities and lineages."""

    polities: tuple[Polity, ...] = ()
    lineages: tuple[Lineage, ...] = ()

"""Pieces that several kinds of record share: names, statements with a source, decisions."""

from __future__ import annotations

from typing import Literal

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every gazette struct: immutable, keyword only, and no key that the schema does not know.

    The order of a struct's fields is the order in which its keys stand in the file (`metes lint`).
    """


NameKind = Literal["name", "short", "adjective", "transcription", "misspelling"]


class Name(Record, frozen=True, kw_only=True):
    """One name in one language (BCP 47 with script, e.g. `zh-Hant`), for a span if it is bounded.

    Names of different languages stand side by side: an older span in one says nothing of the others.
    """

    text: str
    lang: str
    kind: NameKind = "name"
    since: str | None = None
    until: str | None = None
    source: str | None = None
    note: str | None = None


class Says(Record, frozen=True, kw_only=True):
    """What one source says of a matter, in our words, and where in it (page, article, document)."""

    source: str
    at: str | None = None
    says: str


class Decision(Record, frozen=True, kw_only=True):
    """A choice between disagreeing sources: what was chosen, why, on whose word, and against whose.

    `sources` must have been opened; an area is never a reason (`metes lint`).
    """

    matter: str
    chosen: str
    why: str
    sources: tuple[str, ...]
    disagrees: tuple[Says, ...] = ()


class Figure(Record, frozen=True, kw_only=True):
    """An area as somebody published it, with what it counts. Compared with, never used as, ours.

    `of` names the entries or territories it is about, `readings` and `rules` the definition that it
    implies. `tradition` names the count that it belongs to (`chinese-textbooks`): only figures of one
    tradition are added up. `agreed` marks a figure that a sourced literature agrees on (within its low
    and high).
    `explains` says why ours differs, naming the definition that differs.
    """

    id: str
    km2: float
    low_km2: float | None = None
    high_km2: float | None = None
    definition: str
    of: tuple[str, ...]
    readings: dict[str, str] = {}
    rules: tuple[str, ...] = ()
    source: str
    at: str | None = None
    tradition: str | None = None
    agreed: bool = False
    explains: str | None = None


LonLat = tuple[float, float]
"""Longitude east, latitude north, WGS84 decimal degrees."""


class WayPoint(Record, frozen=True, kw_only=True):
    """A turning point of a description: where it is thought to be, and within how many kilometres."""

    lon_lat: LonLat
    within_km: float
    place: str | None = None
    source: str | None = None
    comment: str | None = None

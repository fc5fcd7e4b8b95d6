"""A source: something a librarian can find, and whether we opened it."""

from __future__ import annotations

from typing import Literal

from metes.records.common import Record

Opened = Literal["yes", "excerpt", "no"]


class Source(Record, frozen=True, kw_only=True):
    """A citable work or document. No decision rests on one that was not opened.

    `opened` is `yes` (the passage was read in the work or a faithful copy), `excerpt` (a part or a
    quotation of it was read) or `no`. `via` names the copy that was read when it is not the work itself.
    """

    id: str
    citation: str
    kind: Literal["treaty-text", "official", "study", "scholarship", "reference", "press", "dataset", "web"]
    year: int | None = None
    url: str | None = None
    via: str | None = None
    opened: Opened
    trust: Literal["good", "fair", "doubtful"] = "fair"
    note: str | None = None


class SourceFile(Record, frozen=True, kw_only=True):
    """One file of sources."""

    sources: tuple[Source, ...]

"""The verbs of the command as Python functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from metes.ask.accuracy import Accuracy
from metes.ask.accuracy import accuracy as _accuracy
from metes.ask.atlas import Atlas
from metes.ask.coverage import covers
from metes.ask.explain import Explained
from metes.ask.explain import explain as _explain
from metes.ask.extent import Extent
from metes.ask.extent import extent as _extent
from metes.ask.holder import Holder
from metes.ask.holder import holder as _holder
from metes.ask.record import Shown, find_records
from metes.ask.timeline import Happening
from metes.ask.timeline import timeline as _timeline
from metes.ask.transfers import Transfers
from metes.ask.transfers import transfers as _transfers
from metes.atlas.store import read_compiled
from metes.claims.check import Report
from metes.claims.check import check as _check
from metes.folders import atlas_folder
from metes.records.instrument import Book
from metes.records.viewpoint import Cover
from metes.span import begin_of, end_of, read_span


def open_atlas(folder: Path | str | None = None) -> Atlas:
    """Open a built atlas; without a folder the one that came with metes. Raises AtlasError."""
    return Atlas(read_compiled(Path(folder) if folder is not None else atlas_folder()))


def check(text: str, *, atlas: Atlas | None = None) -> Report:
    """Check what a text says about land that passed."""
    return _check(atlas or open_atlas(), text)


def transfers(
    giver: str,
    taker: str,
    since: str | None = None,
    until: str | None = None,
    *,
    book: Book = "title",
    rules: Iterable[str] = (),
    net: bool = False,
    readings: Mapping[str, str] | None = None,
    atlas: Atlas | None = None,
) -> Transfers:
    """Say what passed from one party to another; `until` includes the whole of its period."""
    first, end = begin_of(since), end_of(until)
    return _transfers(
        atlas or open_atlas(), giver, taker, first, end, book=book, rules=rules, net=net, readings=readings
    )


def explain(
    claimed_km2: float,
    giver: str,
    taker: str,
    since: str | None = None,
    until: str | None = None,
    *,
    atlas: Atlas | None = None,
) -> Explained:
    """Find which entries add up to a figure in km²."""
    return _explain(atlas or open_atlas(), claimed_km2, giver, taker, begin_of(since), end_of(until))


def holder(place: str, on: str | None = None, *, atlas: Atlas | None = None) -> Holder:
    """Say who held a place, in both books through time; `on` is a day, month or year."""
    return _holder(atlas or open_atlas(), place, read_span(on) if on else None)


def extent(polity: str, on: str, *, book: Book = "title", atlas: Atlas | None = None) -> Extent:
    """Say what a polity held at the end of a day, month or year."""
    return _extent(atlas or open_atlas(), polity, read_span(on).end - 1, book=book)


def timeline(
    *lineages: str, since: str | None = None, until: str | None = None, atlas: Atlas | None = None
) -> tuple[Happening, ...]:
    """List what happened between lineages, in order."""
    return _timeline(atlas or open_atlas(), lineages, begin_of(since), end_of(until))


def coverage(*, atlas: Atlas | None = None) -> tuple[Cover, ...]:
    """Say for which polities, spans and books the ledger is complete."""
    return covers(atlas or open_atlas())


def accuracy(*, atlas: Atlas | None = None) -> Accuracy:
    """Compare our measured areas with published ones."""
    return _accuracy(atlas or open_atlas())


def show(record: str, *, atlas: Atlas | None = None) -> list[Shown]:
    """Find the records of an id."""
    return find_records(atlas or open_atlas(), record)

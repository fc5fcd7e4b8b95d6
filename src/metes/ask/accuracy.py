"""Our measured areas beside published ones, each with the reason where they differ."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from metes.ask.atlas import Atlas
from metes.ask.combinations import Land, Readings, combine
from metes.atlas.ledger import Movement
from metes.interval import Interval
from metes.records.common import Figure
from metes.records.instrument import Instrument

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Compared:
    """One published figure beside the land that it is about, measured under its own definition."""

    instrument: Instrument
    figure: Figure
    km2: Interval
    inside: bool
    reason: str

    @property
    def off_percent(self) -> float:
        """How far our best value is from the published one, in percent of that."""
        return 100 * (self.km2.best_km2 - self.figure.km2) / self.figure.km2


@dataclass(frozen=True)
class Accuracy:
    """All comparisons. The three figures are over those with an agreed published area."""

    rows: tuple[Compared, ...]

    @property
    def agreed(self) -> tuple[Compared, ...]:
        """The comparisons with a figure on which a sourced literature agrees."""
        return tuple(one for one in self.rows if one.figure.agreed)

    @property
    def share_inside(self) -> float | None:
        """The share of agreed figures that lie inside our interval."""
        return statistics.fmean(one.inside for one in self.agreed) if self.agreed else None

    @property
    def median_off_percent(self) -> float | None:
        """The median misfit of our best values, in percent."""
        return statistics.median(abs(one.off_percent) for one in self.agreed) if self.agreed else None

    @property
    def median_half_width_percent(self) -> float | None:
        """The median half-width of our intervals, in percent: an interval is worth its sharpness."""
        return (
            statistics.median(100 * one.km2.half_width_share for one in self.agreed) if self.agreed else None
        )


def accuracy(atlas: Atlas) -> Accuracy:
    """Compare every published figure about measured land with our measure under its definition.

    A figure's `readings` and `rules` are its definition; questions that it leaves open stay open. A figure
    inside our interval, or whose own range meets it, is inside; the reason of the others is theirs to give.
    """
    rows = []
    for instrument in atlas.gazette.instruments.values():
        for figure in instrument.figures:
            km2 = measure_figure(atlas, figure)
            if km2 is None or km2.best_km2 == 0:
                continue
            low, high = figure.low_km2 or figure.km2, figure.high_km2 or figure.km2
            inside = km2.overlaps(low, high)
            reason = "" if inside and figure.agreed else figure.explains or ("" if inside else UNKNOWN)
            rows.append(Compared(instrument, figure, km2, inside, reason))
    return Accuracy(tuple(rows))


def measure_figure(atlas: Atlas, figure: Figure) -> Interval | None:
    """Measure the land that a figure is about; None where that is only stated."""
    stated: list[bool] = []

    def land(readings: Readings) -> Land:
        union, lines = 0, set[str]()
        named = [_land(atlas, one, readings) for one in figure.of]
        ruled = [
            atlas.ledger.territory(added.territory, readings)
            for rule in figure.rules
            for added in atlas.gazette.rules[rule].adds
        ]
        for mask, its_lines, is_stated in (*named, *ruled):
            stated.append(is_stated)
            union |= mask
            lines.update(its_lines)
        return {figure.id: (union, tuple(sorted(lines)))}

    total = combine(atlas, land, figure.readings)
    return None if any(stated) else total.interval


def _land(atlas: Atlas, name: str, readings: Readings) -> tuple[int, tuple[str, ...], bool]:
    if name in atlas.gazette.territories:
        return atlas.ledger.territory(name, readings)
    for book in ("title", "control"):
        moved = _movement(atlas, name, book, readings)
        if moved is not None:
            return moved.tracts, moved.lines, moved.stated
    return 0, (), False


def _movement(atlas: Atlas, entry: str, book: str, readings: Readings) -> Movement | None:
    replay = atlas.ledger.replay("title" if book == "title" else "control", readings)
    return next((one for one in replay.movements if one.entry.id == entry), None)

"""An area as low, best and high, and how it is printed."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """Square kilometres: a plausible range and the best value in it. Not a confidence level."""

    low_km2: float
    best_km2: float
    high_km2: float

    @property
    def half_width_km2(self) -> float:
        """Half of the range."""
        return (self.high_km2 - self.low_km2) / 2

    @property
    def half_width_share(self) -> float:
        """Half of the range as a share of the best value; infinite where that is nothing."""
        return self.half_width_km2 / self.best_km2 if self.best_km2 > 0 else math.inf

    def overlaps(self, low_km2: float, high_km2: float) -> bool:
        """Tell whether the two ranges meet."""
        return self.low_km2 <= high_km2 and low_km2 <= self.high_km2

    def contains(self, km2: float) -> bool:
        """Tell whether a figure lies inside, ends included."""
        return self.low_km2 <= km2 <= self.high_km2

    def digits(self) -> int:
        """Give the decimal place (power of ten) to which the interval supports the figure."""
        return support(self.half_width_km2, self.best_km2)


NOTHING = Interval(0.0, 0.0, 0.0)


def hull(intervals: list[Interval], best_km2: float) -> Interval:
    """Join intervals of several consistent readings: extremes are the extremes, best is the best's."""
    return Interval(min(one.low_km2 for one in intervals), best_km2, max(one.high_km2 for one in intervals))


def support(half_width_km2: float, best_km2: float) -> int:
    """Give the power of ten at which printing stops.

    The half-width keeps two digits if they are below 35, else one, and the figure stops with it: the
    rounding rule of the Particle Data Group (Review of Particle Physics, Introduction, section 5.3). An
    exact figure (half-width 0) is printed to four digits.
    """
    if half_width_km2 > 0:
        power = math.floor(math.log10(half_width_km2))
        return power - 1 if half_width_km2 / 10.0**power < 3.55 else power
    if best_km2 <= 0:
        return 0
    return math.floor(math.log10(best_km2)) - 3


def rounded(km2: float, power: int) -> float:
    """Round to a power of ten."""
    return round(km2, -power) if power <= 0 else round(km2 / 10**power) * 10.0**power


def plain(km2: float, power: int) -> str:
    """Write a figure with thousands separators, to the digits that are supported."""
    return f"{rounded(km2, power):,.{max(0, -power)}f}"

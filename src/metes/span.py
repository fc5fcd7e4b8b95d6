"""Days and spans: the only place where the rules of dates are written.

A day is an integer, counted in the proleptic Gregorian calendar so that 1 is 0001-01-01 (as
`datetime.date.toordinal`); day numbers go on below 1 for years before the common era, where EDTF's
year 0 is 1 BCE. A span is half-open: its first day belongs to it, its end does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from metes.errors import BadInput

_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_EDTF = re.compile(r"(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")
_MASKED = re.compile(r"(\d{2,3})(X{1,2})")

FOREVER = 10**8
"""A day after every day that a record may name: the end of a span that is still so."""
BEGINNING = -(10**8)
"""A day before every day that a record may name."""


def is_leap(year: int) -> bool:
    """Tell whether the proleptic Gregorian year (0 is 1 BCE) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month (1 to 12)."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Number a day; raises BadInput for a day that no calendar has (31 February)."""
    if not 1 <= month <= 12:
        raise BadInput(f"there is no month {month}: give a date as YYYY, YYYY-MM or YYYY-MM-DD")
    if not 1 <= day <= days_in_month(year, month):
        raise BadInput(f"{year:04d}-{month:02d} has no day {day}: it has {days_in_month(year, month)} days")
    before = year - 1
    leap_days = before // 4 - before // 100 + before // 400
    in_year = _DAYS_BEFORE_MONTH[month - 1] + day + (1 if month > 2 and is_leap(year) else 0)
    return before * 365 + leap_days + in_year


def iso(day: int) -> str:
    """Write a day as ISO 8601 (`1858-05-28`); the inverse of `day_number`."""
    year = (day - 1) * 400 // 146097 + 1
    while day_number(year) > day:
        year -= 1
    while day_number(year + 1) <= day:
        year += 1
    left = day - day_number(year)
    month = 1
    while left >= days_in_month(year, month):
        left -= days_in_month(year, month)
        month += 1
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{left + 1:02d}"


@dataclass(frozen=True)
class Span:
    """The half-open days [first, end) that a date means, with its precision.

    `precision` is `day`, `month`, `year`, `decade`, `century` or `interval`.
    """

    first: int
    end: int
    precision: str

    def __contains__(self, day: int) -> bool:
        return self.first <= day < self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a day."""
        return self.first < other.end and other.first < self.end


def read_span(text: str) -> Span:
    """Read an EDTF date (`1858`, `1858-05`, `1858-05-28`, `1850~`, `185X`, `1691/1697`) as its days.

    Level 0 and the qualifiers and masked years of level 1 and 2 that the gazette uses. Raises
    BadInput that names the text.
    """
    text = text.strip()
    if text.count("/") == 1:
        left, right = text.split("/")
        first = BEGINNING if left in ("", "..") else read_span(left).first
        end = FOREVER if right in ("", "..") else read_span(right).end
        if end <= first:
            raise BadInput(f"{text!r} ends before it begins")
        return Span(first, end, "interval")
    masked = _MASKED.fullmatch(text)
    if masked and len(masked[1]) + len(masked[2]) == 4:
        width = 10 ** len(masked[2])
        year = int(masked[1]) * width
        return Span(day_number(year), day_number(year + width), "decade" if width == 10 else "century")
    match = _EDTF.fullmatch(text)
    if not match:
        raise BadInput(f"cannot read the date {text!r}: give YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = int(match[1]), match[2], match[3]
    if month is None:
        return Span(day_number(year), day_number(year + 1), "year")
    if day is None:
        first = day_number(year, int(month))
        return Span(first, first + days_in_month(year, int(month)), "month")
    first = day_number(year, int(month), int(day))
    return Span(first, first + 1, "day")


def first_day(text: str) -> int:
    """Give the first day of an EDTF date: when a change dated so takes effect."""
    return read_span(text).first


def end_of(text: str | None) -> int:
    """Give the end of a user's `until`, which includes the whole of its period; none is open."""
    return FOREVER if text is None else read_span(text).end


def begin_of(text: str | None) -> int:
    """Give the first day of a user's `since`; none is the beginning."""
    return BEGINNING if text is None else read_span(text).first


def asked(since: str | None, until: str | None) -> tuple[int, int]:
    """Give the days [first, end) that a user's since and until mean; raises BadInput if there are none."""
    first, end = begin_of(since), end_of(until)
    if end <= first:
        raise BadInput(f"until {until} is before since {since}")
    return first, end


def asked_day(on: str) -> int:
    """Give the day that a user's date means: of a month or year the last. An interval is no day."""
    span = read_span(on)
    if span.precision == "interval":
        raise BadInput(f"{on!r} is no day: give YYYY, YYYY-MM or YYYY-MM-DD")
    return span.end - 1


def life(since: str | None, until: str | None) -> Span:
    """Give the half-open life of a record: `until` is the first day that it no longer is."""
    first = BEGINNING if since is None else first_day(since)
    end = FOREVER if until is None else first_day(until)
    return Span(first, end, "interval")

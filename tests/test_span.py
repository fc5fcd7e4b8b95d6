"""Days and spans against the standard library's calendar, and as laws."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metes.errors import BadInput
from metes.span import day_number, end_of, first_day, iso, life, read_span

DAYS = st.dates(min_value=datetime.date(1, 1, 1))


@given(DAYS)
def test_days_are_numbered_as_the_standard_library_does(day: datetime.date) -> None:
    assert day_number(day.year, day.month, day.day) == day.toordinal()
    assert iso(day.toordinal()) == day.isoformat()


@given(st.integers(day_number(-9999), day_number(9999, 12, 31)))
def test_writing_and_reading_a_day_are_inverse(day: int) -> None:
    assert first_day(iso(day)) == day


@given(st.integers(1, 9998), st.integers(1, 12))
def test_months_partition_a_year_and_years_follow_each_other(year: int, month: int) -> None:
    whole, one = read_span(f"{year:04d}"), read_span(f"{year:04d}-{month:02d}")
    assert whole.first <= one.first < one.end <= whole.end
    assert whole.end == read_span(f"{year + 1:04d}").first


def test_year_zero_is_one_bce_and_leap() -> None:
    assert day_number(1) - day_number(0) == 366
    assert read_span("-0001").end == read_span("0000").first


@pytest.mark.parametrize(
    "text", ["1858-02-31", "1900-02-29", "1858-13", "1858-00", "58", "", "yesterday", "1858-5-1"]
)
def test_a_date_that_no_calendar_has_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_span(text)
    assert "\n" not in str(caught.value)


def test_until_includes_the_whole_of_its_period() -> None:
    assert end_of("1884") == first_day("1885")
    assert end_of("1884-02") == first_day("1884-03")


def test_a_polity_no_longer_is_on_its_last_date() -> None:
    span = life("1636", "1912-02-12")
    assert first_day("1912-02-11") in span
    assert first_day("1912-02-12") not in span


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("185X", "1850-01-01", "1860-01-01"),
        ("18XX", "1800-01-01", "1900-01-01"),
        ("1691/1697", "1691-01-01", "1698-01-01"),
        ("1850~", "1850-01-01", "1851-01-01"),
    ],
)
def test_edtf_levels_that_the_gazette_uses(text: str, first: str, end: str) -> None:
    # Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019, levels 1 and 2.
    span = read_span(text)
    assert (iso(span.first), iso(span.end)) == (first, end)

"""Dates in words, as days."""

from __future__ import annotations

import pytest

from metes.claims.dates import When, dates
from metes.claims.lexicon import Lexicon
from metes.claims.words import tokens_of
from metes.span import day_number


def _read(lexicon: Lexicon, text: str) -> list[When]:
    tokens = tokens_of(text)
    return dates([token.norm for token in tokens], tokens, lexicon.grammars["en"], set())


@pytest.mark.parametrize(
    ("text", "relation", "first", "last"),
    [
        ("in 1858", "in", day_number(1858), day_number(1859)),
        ("in May 1858", "in", day_number(1858, 5), day_number(1858, 6)),
        ("on 28 May 1858", "in", day_number(1858, 5, 28), day_number(1858, 5, 29)),
        ("on May 28, 1858", "in", day_number(1858, 5, 28), day_number(1858, 5, 29)),
        ("on 1858-05-28", "in", day_number(1858, 5, 28), day_number(1858, 5, 29)),
        ("between 1840 and 1911", "range", day_number(1840), day_number(1912)),
        ("from 1858 to 1884", "range", day_number(1858), day_number(1885)),
        ("1858-60", "range", day_number(1858), day_number(1861)),
        ("the 1860s", "in", day_number(1860), day_number(1870)),
        ("in the 19th century", "in", day_number(1800), day_number(1900)),
        ("in the nineteenth century", "in", day_number(1800), day_number(1900)),
    ],
)
def test_dates_are_read(lexicon: Lexicon, text: str, relation: str, first: int, last: int) -> None:
    (when,) = _read(lexicon, text)
    assert (when.relation, when.first, when.last) == (relation, first, last)


@pytest.mark.parametrize(
    ("text", "relation"),
    [("since 1945", "since"), ("until 1911", "until"), ("before 1900", "before"), ("by 1900", "by")],
)
def test_open_dates(lexicon: Lexicon, text: str, relation: str) -> None:
    assert [one.relation for one in _read(lexicon, text)] == [relation]


@pytest.mark.parametrize("text", ["1500 soldiers", "1,858 of them", "2000 km"])
def test_what_is_no_date(lexicon: Lexicon, text: str) -> None:
    assert [one for one in _read(lexicon, text) if one.since != "1858"] == []

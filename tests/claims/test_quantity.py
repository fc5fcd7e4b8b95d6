"""Figures: exact conversions (NIST SP 811: the mile is 1.609344 km, the acre 4,046.8564224 m²)."""

from __future__ import annotations

import pytest

from metes.claims.lexicon import Lexicon
from metes.claims.quantity import quantities, read_area_km2
from metes.claims.words import tokens_of
from metes.errors import BadInput


@pytest.mark.parametrize(
    ("text", "km2"),
    [
        ("1,500,000 square kilometres", 1_500_000),
        ("1.5 million km²", 1_500_000),
        ("1 500 000 km2", 1_500_000),
        ("one and a half million sq km", 1_500_000),
        ("half a million sq. km", 500_000),
        ("a million and a half square kilometers", 1_500_000),
        ("six hundred thousand square kilometers", 600_000),
        ("376 square miles", 376 * 1.609344**2),
        ("580,000 sq mi", 580_000 * 1.609344**2),
        ("240 acres", 240 * 0.0040468564224),
        ("17,160.63 hectares", 171.6063),
        ("a quarter of a million km2", 250_000),
    ],
)
def test_areas_are_read_in_digits_and_words(lexicon: Lexicon, text: str, km2: float) -> None:
    assert read_area_km2(lexicon, text) == pytest.approx(km2, rel=1e-9)


@pytest.mark.parametrize("text", ["", "five", "30 percent", "1 km2 and 2 km2 more", "600,000 people"])
def test_what_is_no_single_area_is_refused(lexicon: Lexicon, text: str) -> None:
    with pytest.raises(BadInput):
        read_area_km2(lexicon, text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1,500,000 km2", 1_450_000, 1_550_000),
        ("about 600,000 km2", 540_000, 660_000),
        ("nearly 600,000 km2", 540_000, 612_000),
        ("over 600,000 km2", 588_000, 720_000),
        ("600,000 to 700,000 km2", 600_000, 700_000),
        ("between 600 and 700 thousand km2", 600_000, 700_000),
        ("600,000+ km2", 588_000, 720_000),
    ],
)
def test_hedges_and_roundness_set_the_claimed_range(
    lexicon: Lexicon, text: str, low: float, high: float
) -> None:
    tokens = [token for token in tokens_of(text) if token.norm != "-"]
    (found,) = quantities([token.norm for token in tokens], tokens, lexicon.grammars["en"])
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


def test_percent_and_fractions(lexicon: Lexicon) -> None:
    tokens = tokens_of("a third of the land, 15 percent of it and two thirds of the rest")
    found = quantities([token.norm for token in tokens], tokens, lexicon.grammars["en"])
    assert [one.unit for one in found] == ["percent"] * 3
    assert [round(one.best, 1) for one in found] == [33.3, 15.0, 66.7]


def test_an_ordinal_is_no_fraction(lexicon: Lexicon) -> None:
    tokens = tokens_of("the third article of the treaty")
    assert quantities([token.norm for token in tokens], tokens, lexicon.grammars["en"]) == []

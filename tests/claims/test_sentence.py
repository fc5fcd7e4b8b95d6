"""Sentence ends; the sentences are ours."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from metes.claims.sentence import sentences


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, {"sq", "km", "mr", "st"})]


def test_full_stops_and_abbreviations() -> None:
    assert _cut("It ceded 400 sq. km of land. Mr. Li signed. He left.") == [
        "It ceded 400 sq. km of land.",
        "Mr. Li signed.",
        "He left.",
    ]


def test_an_abbreviation_may_end_a_sentence() -> None:
    assert _cut("It took 400 sq. km. The war went on.") == ["It took 400 sq. km.", "The war went on."]


def test_lines_end_sentences_but_wrapped_lines_do_not() -> None:
    assert _cut("A heading\nThe text") == ["A heading", "The text"]
    long = "In the spring of that year the two courts agreed upon a line which ran\nalong the river."
    assert len(_cut(long)) == 1


def test_marks_of_other_scripts() -> None:
    assert len(_cut("海参崴在俄罗斯。它曾属清朝！是吗？")) == 3


@given(st.text())
def test_spans_are_ordered_trimmed_and_cover_all_that_is_not_space(text: str) -> None:
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())

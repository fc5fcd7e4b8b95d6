"""Writing SVG."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from metes.show.svg import element, escape, number, path_data
from tests.show.test_map import read_path


@given(st.text())
def test_any_text_is_safe_as_content_and_attribute(text: str) -> None:
    made = ET.fromstring(element("text", escape(text), class_=text))
    assert not list(made)
    assert set(made.keys()) == {"class"}


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 1000)), min_size=2, max_size=30))
def test_path_is_within_half_a_tenth_of_its_line(points: list[tuple[float, float]]) -> None:
    # Steps are relative: rounding errors must not add up along the line.
    line = shapely.LineString(points)
    ends = np.rint(shapely.get_coordinates(line) * 10) / 10
    if (ends == ends[0]).all():
        return
    drawn = shapely.get_coordinates(read_path(path_data(line)))
    assert np.abs(drawn.max(axis=0) - ends.max(axis=0)).max() < 1e-6
    assert np.abs(drawn.min(axis=0) - ends.min(axis=0)).max() < 1e-6


def test_numbers_have_no_needless_parts() -> None:
    assert [number(v) for v in (1.0, 0.5, -0.001, 12.345, 100.0)] == ["1", "0.5", "0", "12.35", "100"]

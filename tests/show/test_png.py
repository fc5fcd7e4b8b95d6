"""Pictures in pixels, and the golden maps.

A golden map is a folder: `input.toml` says what is drawn, `map.png` is how it must look, and the
tolerance stands in the input with its reason. After a wanted change look at the new pictures and write
them with `python -m tests.show.test_png`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from metes.show.map import draw
from metes.show.png import png
from metes.show.sheet import SHEETS
from tests.show.pixels import pixels
from tests.show.stand_in import subject

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/input.toml"))


def render(case: dict[str, Any]) -> bytes:
    rows = {name: tuple(units) for name, units in case["rows"].items()}
    drawing = draw(subject(rows, case["lang"], case["title"]), SHEETS[case["sheet"]])
    return png(drawing.svg, case["width_px"])


def read_case(name: str) -> dict[str, Any]:
    return tomllib.loads((GOLDEN / name / "input.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_golden_map(name: str) -> None:
    expected = GOLDEN / name / "map.png"
    assert expected.exists(), "no golden picture: look at it, then python -m tests.show.test_png"
    case = read_case(name)
    made, wanted = pixels(render(case)), pixels(expected.read_bytes())
    assert made.shape == wanted.shape
    off = np.abs(made.astype(int) - wanted.astype(int)).max(axis=2) > case["tolerance"]["levels"]
    assert off.mean() <= case["tolerance"]["share"]


def test_there_are_golden_maps() -> None:
    assert len(CASES) >= 3


@pytest.mark.parametrize("width_px", [300, 777])
def test_picture_has_the_width_asked_for(width_px: int) -> None:
    drawing = draw(subject({"Primorye": ("RU-PRI",)}), SHEETS["phone"])
    shape = pixels(png(drawing.svg, width_px)).shape
    assert shape[1] == width_px
    assert abs(shape[0] - width_px * drawing.height / drawing.width) <= 1


def test_sheet_for_print_is_rendered_too() -> None:
    drawing = draw(subject({"Primorye": ("RU-PRI",)}), SHEETS["a4"])
    assert pixels(png(drawing.svg, 400)).shape[1] == 400


@pytest.mark.parametrize("text", ["Amur", "Хабаровск", "海參崴", "瓦"])
def test_letters_come_from_the_shipped_fonts(text: str) -> None:
    """A font that was not found leaves the sheet white; a missing letter leaves an empty box, as U+10FFFD."""

    def sheet(content: str) -> np.ndarray[Any, Any]:
        return pixels(
            png(
                '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200" height="40">'
                "<text x='5' y='30' font-size='24' font-family=\"'Noto Sans','Noto Sans CJK SC'\">"
                f"{content}</text></svg>",
                200,
            )
        )

    inked = sheet(text)
    assert (inked < 128).any()
    assert (inked != sheet("\U0010fffd" * len(text))).any()


if __name__ == "__main__":
    for one in CASES:
        (GOLDEN / one / "map.png").write_bytes(render(read_case(one)))
        print(GOLDEN / one / "map.png")

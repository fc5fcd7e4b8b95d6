"""The shipped fonts: small, free, and with every letter that the gazette uses."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from metes.ask.naming import is_set
from metes.folders import gazette_folder, package_folder
from metes.show.typeface import Typeface, font_files

MOST_BYTES = 4_000_000


def covered() -> set[int]:
    codes: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    return codes


def texts() -> list[Path]:
    return [*sorted(gazette_folder().rglob("*.toml")), package_folder() / "show" / "words.toml"]


def test_every_letter_of_the_gazette_is_shipped() -> None:
    # Only letters: rare signs in comments are not set on maps.
    used = {sign for path in texts() for sign in path.read_text("utf-8") if sign.isalpha() and is_set(sign)}
    shipped = covered()
    missing = sorted(sign for sign in used if ord(sign) not in shipped)
    assert not missing, f"run python -m builders.fonts: {''.join(missing)}"


def test_fonts_are_small_and_their_licence_lies_beside_them() -> None:
    folder = font_files()[0].parent
    assert sum(path.stat().st_size for path in folder.iterdir()) <= MOST_BYTES
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text("utf-8")


def test_widths_are_those_of_the_font() -> None:
    with TTFont(font_files()[0]) as font:
        advance = font["hmtx"]["A"][0] / font["head"].unitsPerEm
    typeface = Typeface()
    assert typeface.width("A", 100) == pytest.approx(100 * advance)
    assert typeface.width("海", 10) == pytest.approx(10.0)
    assert typeface.width("AA", 10, spacing=2) == pytest.approx(20 * advance + 4)


@settings(deadline=None)
@given(st.text(alphabet="ab é海參崴，。( )Ж", max_size=60), st.floats(20, 300))
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: float) -> None:
    typeface = Typeface()
    lines = typeface.wrap(text, width, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        # What runs over is one word, or one sign with what closes it.
        assert typeface.width(line, 10) <= width or len(line.split()) == 1, line


def test_chinese_breaks_between_characters_but_not_before_a_full_stop() -> None:
    text = "图上的线不表示其合法性。图上的线。"
    typeface = Typeface()
    for width in range(40, 180, 10):
        lines = typeface.wrap(text, width, 10)
        assert len(lines) >= len(text) * 10 // width
        assert not any(line[0] in "。，" for line in lines)

"""The shipped fonts: where they are, and how wide a text is in them."""

from __future__ import annotations

from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Literal

from fontTools.ttLib import TTFont

Style = Literal["regular", "bold", "italic"]

FAMILIES = "'Noto Sans','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif"
"""The font stack of every picture: shipped first, then the same designs as systems name them."""

_FILES: dict[Style, str] = {
    "regular": "NotoSans-Regular.ttf",
    "bold": "NotoSans-Bold.ttf",
    "italic": "NotoSans-Italic.ttf",
}
_HAN = "NotoSansCJKsc-Regular.otf"
UNKNOWN_EM = 1.0
"""Width of a character that no shipped font has: a full square, so that nothing is set too tight."""


def font_files() -> list[Path]:
    """List the shipped fonts, in the order in which they are tried."""
    folder = Path(str(resources.files("metes.show") / "fonts"))
    return [folder / name for name in (*_FILES.values(), _HAN)]


class _Face:
    """Widths of one font, in em by code point."""

    def __init__(self, path: Path) -> None:
        with TTFont(path, lazy=True) as font:
            per_em = font["head"].unitsPerEm
            widths = font["hmtx"].metrics
            self.em = {code: widths[name][0] / per_em for code, name in font.getBestCmap().items()}


class Typeface:
    """Measures text as the pictures set it; each font is opened when first needed."""

    def __init__(self) -> None:
        folder = Path(str(resources.files("metes.show") / "fonts"))
        self._folder = folder
        self._faces: dict[Style, _Face] = {}

    @cached_property
    def _han(self) -> _Face:
        return _Face(self._folder / _HAN)

    def _face(self, style: Style) -> _Face:
        if style not in self._faces:
            self._faces[style] = _Face(self._folder / _FILES[style])
        return self._faces[style]

    def width(self, text: str, size: float, style: Style = "regular", spacing: float = 0.0) -> float:
        """Give the advance width of a text, without kerning; `spacing` follows every character."""
        face = self._face(style).em
        ems = 0.0
        for sign in text:
            known = face.get(ord(sign))
            if known is None:
                known = self._han.em.get(ord(sign), UNKNOWN_EM)
            ems += known
        return ems * size + spacing * len(text)

    def wrap(self, text: str, width: float, size: float, style: Style = "regular") -> list[str]:
        """Break a text into lines no wider than `width`: at spaces, and between Han characters.

        A word that is wider than a line stands alone and runs over.
        """
        lines: list[str] = []
        line = ""
        for piece in _pieces(text):
            if line and self.width((line + piece).rstrip(), size, style) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        if line.strip():
            lines.append(line.rstrip())
        return lines


FIRST_HAN = 0x2E80
"""From here on Unicode holds Han, kana and their punctuation: set in the second font of the stack."""
_NEVER_FIRST = "，。、；：）」』！？,.;:)…·"


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end; a closing sign stays with what it closes."""
    pieces: list[str] = []
    word = ""
    for sign in text:
        han = ord(sign) >= FIRST_HAN
        if sign in _NEVER_FIRST and not word and pieces and not pieces[-1].endswith(" "):
            pieces[-1] += sign
        elif han and sign not in _NEVER_FIRST:
            if word:
                pieces.append(word)
            pieces.append(sign)
            word = ""
        else:
            word += sign
            if sign == " ":
                pieces.append(word)
                word = ""
    if word:
        pieces.append(word)
    return pieces

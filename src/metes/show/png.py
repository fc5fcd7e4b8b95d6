"""An SVG as PNG, set in the shipped fonts only, so that it is the same on every machine."""

from __future__ import annotations

import resvg_py

from metes.show.typeface import font_files


def png(svg: str, width_px: int) -> bytes:
    """Render an SVG at a width in pixels; height follows."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width_px,
        skip_system_fonts=True,
        font_files=[str(path) for path in font_files()],
        sans_serif_family="Noto Sans",
        font_family="Noto Sans",
        background="#ffffff",
        dpi=96.0,
    )

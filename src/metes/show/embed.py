"""The letters of a picture carried inside it, so that a browser sets it as it was measured."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from metes.show.typeface import FIRST_HAN, font_files

_STYLES = {"Regular": "", "Bold": ";font-weight:700", "Italic": ";font-style:italic"}


def font_rules(text: str) -> str:
    """Write @font-face rules with just the characters of a text, as CSS; the same text, the same bytes.

    Each shipped font gives what it has of them. Browsers join the rules of one family.
    """
    wanted = {ord(sign) for sign in text if sign.isprintable()}
    rules = [_rule(path, wanted) for path in font_files()]
    return "".join(rule for rule in rules if rule)


def _rule(path: Path, wanted: set[int]) -> str:
    han = "CJK" in path.name
    # Han is only asked for what the Latin fonts lack, as the stack tries those first.
    mine = (
        {code for code in wanted if code >= FIRST_HAN}
        if han
        else {code for code in wanted if code < FIRST_HAN}
    )
    if not mine:
        return ""
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        kept = mine & font.getBestCmap().keys()
        if not kept:
            return ""
        options = subset.Options(
            hinting=False,
            recalc_timestamp=False,
            layout_features=["kern", "mark", "mkmk", "ccmp"],
            notdef_outline=True,
        )
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=kept)
        cutter.subset(font)
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    family = "Noto Sans CJK SC" if han else "Noto Sans"
    style = "" if han else _STYLES[path.stem.rpartition("-")[2]]
    data = base64.b64encode(out.getvalue()).decode("ascii")
    return f"@font-face{{font-family:'{family}'{style};src:url(data:font/woff;base64,{data}) format('woff')}}"

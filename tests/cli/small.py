"""A gazette of one country and one act, whole enough to be built in a second or two, and ways to break it."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "sources/all.toml": """\
[[sources]]
id = "text"
citation = "A collection of treaties, 1900"
kind = "treaty-text"
opened = "yes"
""",
    "doubts.toml": "\n".join(
        f"""\
[[doubts]]
id = "{name}"
name = "{name}"
kind = "{kind}"
corridor_m = 1000
"""
        for name, kind in (
            ("base-coast", "coast"),
            ("base-border", "border"),
            ("base-unit-border", "border"),
            ("described", "described"),
        )
    ),
    "polities/all.toml": """\
[[polities]]
id = "unrecorded"
kind = "none"

[[polities.names]]
text = "Nobody yet"
lang = "en"

[[polities]]
id = "undetermined"
kind = "none"

[[polities.names]]
text = "Undetermined"
lang = "en"

[[polities]]
id = "kyrgyzstan"
kind = "state"

[[polities.names]]
text = "Kyrgyzstan"
lang = "en"
""",
    "territories/all.toml": """\
[[territories]]
id = "land"

[[territories.names]]
text = "The land"
lang = "en"

[[territories.shapes]]
by = "units"
units = ["KG"]

[[territories]]
id = "ring"

[[territories.names]]
text = "A ring drawn by hand"
lang = "en"

[[territories.shapes]]
by = "points"
ring = [[74.0, 41.0], [75.0, 41.0], [75.0, 42.0], [74.0, 42.0]]
doubt = "described"
comment = "made up"
""",
    "lines/border.toml": """\
id = "border"
instrument = "act-1991"
since = "1991-12-26"
summary = "from here to there"

[[names]]
text = "Border"
lang = "en"

[points.here]
lon_lat = [72.0, 42.5]
within_km = 200

[points.middle]
lon_lat = [75.0, 41.0]
within_km = 200

[points.there]
lon_lat = [78.0, 41.5]
within_km = 200

[[legs]]
from = "here"
follow = "modern"
to = "middle"
between = ["KG", "KZ"]
doubt = "described"
source = "text"

[[legs]]
from = "middle"
follow = "straight"
to = "there"
doubt = "described"
source = "text"
""",
    "instruments/act-1991.toml": """\
id = "act-1991"
kind = "statute"
parties = ["kyrgyzstan"]
summary = "opens the books"
lines = ["border"]
sources = ["text"]

[[names]]
text = "Act"
lang = "en"

[dates]
signed = "1991-12-26"

[[entries]]
id = "act-1991/land"
books = ["title", "control"]
date = "1991-12-26"
counts_from = "signed"
territory = "land"
from = "unrecorded"
to = "kyrgyzstan"
form = "opening"
circumstance = "none-known"
sources = ["text"]
""",
    "viewpoints/de-facto-today.toml": """\
id = "de-facto-today"
mode = "de-facto"
when = "2026"

[[names]]
text = "who holds it today"
lang = "en"

[holds]
KG = "kyrgyzstan"
""",
}

BREAKS = {
    # what is wrong: file, what to replace, by what, what the complaint must name
    "not TOML": ("doubts.toml", 'kind = "coast"', 'kind = "coast', "doubts.toml:4: "),
    "31 February": (
        "instruments/act-1991.toml",
        'signed = "1991-12-26"',
        'signed = "1991-02-31"',
        "has no day 31",
    ),
    "a ring that crosses itself": (
        "territories/all.toml",
        "[75.0, 42.0], [74.0, 42.0]",
        "[74.0, 42.0], [75.0, 42.0]",
        "crosses itself",
    ),
    "a line with a gap": (
        "lines/border.toml",
        'from = "middle"\nfollow',
        'from = "here"\nfollow',
        "border",
    ),
    "a gap in metres": (
        "lines/border.toml",
        'follow = "straight"\nto = "there"',
        'follow = "modern"\nto = "there"\nbetween = ["CN", "KG"]',
        " m between ",
    ),
    "an unknown place": (
        "lines/border.toml",
        'to = "there"',
        'to = "nowhere"',
        "unknown turning point 'nowhere'",
    ),
    "an unknown polity": ("instruments/act-1991.toml", 'to = "kyrgyzstan"', 'to = "atlantis"', "atlantis"),
    "an unknown unit": ("territories/all.toml", 'units = ["KG"]', 'units = ["KG-XX"]', "KG-XX"),
    "books that do not balance": (
        "instruments/act-1991.toml",
        'from = "unrecorded"',
        'from = "undetermined"',
        "act-1991/land",
    ),
}


def write(folder: Path) -> Path:
    """Write the gazette into a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def spoil(folder: Path, what: str) -> str:
    """Break one rule of a written gazette; returns what the complaint must name."""
    file, old, new, wanted = BREAKS[what]
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return wanted

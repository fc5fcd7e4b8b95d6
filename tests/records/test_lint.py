"""Each rule of the gazette, broken once: lint says the file, the line and what."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from metes.errors import GazetteError
from metes.records.lint import lint
from metes.records.read import read_gazette
from metes.records.whereabouts import key_lines

SOUND = {
    "sources/all.toml": """
[[sources]]
id = "text"
citation = "A collection of treaties, 1900"
kind = "treaty-text"
opened = "yes"

[[sources]]
id = "unseen"
citation = "A book that nobody opened"
kind = "scholarship"
opened = "no"
""",
    "doubts.toml": """
[[doubts]]
id = "sure"
name = "sure"
kind = "river"
corridor_m = 10
""",
    "polities/all.toml": """
[[polities]]
id = "unrecorded"
kind = "none"

[[polities.names]]
text = "Nobody yet"
lang = "en"

[[polities]]
id = "a"
kind = "state"

[[polities.names]]
text = "A"
lang = "en"
""",
    "questions/open.toml": """
id = "open"
asks = "?"
best = "yes"
why = "the text says so"

[[names]]
text = "an open matter"
lang = "en"

[[readings]]
id = "yes"
name = "yes"
says = "so it is"
sources = ["text"]

[[readings]]
id = "no"
name = "no"
says = "so it is not"
sources = ["text"]
""",
    "territories/all.toml": """
[[territories]]
id = "land"

[[territories.names]]
text = "Land"
lang = "en"

[[territories.shapes]]
by = "units"
units = ["RU-AMU"]
""",
    "lines/border.toml": """
id = "border"
instrument = "act-1800"
since = "1800-01-02"
summary = "from here to there"

[[names]]
text = "Border"
lang = "en"

[points.here]
lon_lat = [1.0, 2.0]
within_km = 1

[points.there]
lon_lat = [2.0, 2.0]
within_km = 1

[[legs]]
from = "here"
follow = "straight"
to = "there"
doubt = "sure"
source = "text"
""",
    "instruments/act-1800.toml": """
id = "act-1800"
kind = "treaty"
parties = ["a"]
summary = "gives land"
sources = ["text"]

[[names]]
text = "Act"
lang = "en"

[dates]
signed = "1800-01-02"
in_force = "1800-02-03"

[[entries]]
id = "act-1800/land"
books = ["title"]
date = "1800-01-02"
counts_from = "signed"
territory = "land"
from = "unrecorded"
to = "a"
form = "opening"
circumstance = "none-known"
sources = ["text"]

[[decisions]]
matter = "which text"
chosen = "the first"
why = "it is the original"
sources = ["text"]
""",
}

BROKEN = [
    # file, what to replace, by what, line of the complaint, what it says
    ("instruments/act-1800.toml", 'parties = ["a"]', 'parties = ["b"]', 4, "unknown polity 'b'"),
    ("instruments/act-1800.toml", 'id = "act-1800"\n', 'id = "act-1801"\n', 2, "is not the file's name"),
    (
        "instruments/act-1800.toml",
        'signed = "1800-01-02"',
        'signed = "1800-03-02"',
        14,
        "in_force 1800-02-03 is before",
    ),
    ("instruments/act-1800.toml", 'signed = "1800-01-02"', 'signed = "1800-02-31"', 13, "has no day 31"),
    (
        "instruments/act-1800.toml",
        'date = "1800-01-02"',
        'date = "1800-01-05"',
        19,
        "is not signed 1800-01-02",
    ),
    ("instruments/act-1800.toml", 'territory = "land"', 'territory = "sea"', 21, "unknown territory 'sea'"),
    ("instruments/act-1800.toml", 'to = "a"', 'to = "unrecorded"', 23, "from a polity to itself"),
    ("instruments/act-1800.toml", 'form = "opening"', 'form = "theft"', 24, "Invalid enum value 'theft'"),
    ("instruments/act-1800.toml", 'form = "opening"', 'shape = "opening"', 16, "unknown field `shape`"),
    (
        "instruments/act-1800.toml",
        'why = "it is the original"',
        'why = "then it is 600,000 km2"',
        31,
        "an area is given as a reason",
    ),
    (
        "instruments/act-1800.toml",
        'original"\nsources = ["text"]',
        'original"\nsources = ["unseen"]',
        32,
        "a decision rests on 'unseen', which was not opened",
    ),
    (
        "instruments/act-1800.toml",
        'original"\nsources = ["text"]',
        'original"\nsources = ["lost"]',
        32,
        "unknown source 'lost'",
    ),
    (
        "instruments/act-1800.toml",
        'kind = "treaty"\nparties = ["a"]',
        'parties = ["a"]\nkind = "treaty"',
        3,
        "key 'parties' out of order: 'kind' stands here",
    ),
    ("instruments/act-1800.toml", 'lang = "en"', 'lang = "fr"', 8, "has no English name"),
    ("questions/open.toml", 'best = "yes"', 'best = "perhaps"', 4, "'perhaps' is not among the readings"),
    (
        "questions/open.toml",
        'says = "so it is not"\nsources = ["text"]',
        'says = "so it is not"\nsources = ["unseen"]',
        21,
        "rests on no opened source",
    ),
    (
        "territories/all.toml",
        'by = "units"',
        'reading = "yes"\nby = "units"',
        9,
        "one shape, without a reading",
    ),
    ("territories/all.toml", 'units = ["RU-AMU"]', "", 9, "needs 'units'"),
    ("lines/border.toml", 'to = "there"', 'to = "nowhere"', 22, "unknown turning point 'nowhere'"),
    ("lines/border.toml", 'follow = "straight"', 'follow = "river"', 19, "needs 'feature'"),
    (
        "lines/border.toml",
        'source = "text"',
        'source = "text"\nguess = true',
        19,
        "a guess without a comment",
    ),
    ("lines/border.toml", 'doubt = "sure"', 'doubt = "none"', 23, "unknown doubt 'none'"),
    ("doubts.toml", 'kind = "river"', 'kind = "guess"', 5, "a guess without a comment"),
    ("doubts.toml", 'kind = "river"', 'kind = "river', 5, "not TOML"),
    ("sources/all.toml", 'id = "unseen"', 'id = "text"', 9, "is already in gazette/sources/all.toml"),
]


@pytest.fixture
def gazette(tmp_path: Path) -> Path:
    folder = tmp_path / "gazette"
    for file, text in SOUND.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_sound_gazette_is_clean_and_read(gazette: Path) -> None:
    assert lint(gazette) == []
    read = read_gazette(gazette)
    assert read.entry("act-1800/land")[1].taker == "a"
    assert read.lines["border"].legs[0].start == "here"


@pytest.mark.parametrize(("file", "old", "new", "line", "what"), BROKEN, ids=[row[4][:40] for row in BROKEN])
def test_a_broken_rule_is_named_with_file_and_line(
    gazette: Path, file: str, old: str, new: str, line: int, what: str
) -> None:
    path = gazette / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = lint(gazette)
    said = [str(one) for one in problems]
    assert any(what in one for one in said), said
    assert any(f"gazette/{file}:{line}: " in one and what in one for one in said), said
    assert said == sorted(said, key=lambda one: (one.split(":")[0], int(one.split(":")[1])))
    with pytest.raises(GazetteError):
        read_gazette(gazette)


def test_text_that_is_not_utf8_names_its_line(gazette: Path) -> None:
    (gazette / "doubts.toml").write_bytes(b"# one\n# two\nid = '\xff'\n")
    assert any(str(one) == "gazette/doubts.toml:3: not UTF-8" for one in lint(gazette))


def test_an_unknown_folder_is_told(gazette: Path) -> None:
    shutil.move(gazette / "lines", gazette / "limes")
    assert any("no kind of record lives in 'limes'" in str(one) for one in lint(gazette))


def test_a_folder_without_a_gazette_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(GazetteError) as caught:
        lint(tmp_path)
    assert "\n" not in str(caught.value)


def test_keys_are_found_beside_multi_line_strings_and_arrays() -> None:
    text = 'a = """\n[b]\nc = 1\n"""\nd = [\n  1,\n  2,\n]\n[[e]]\nf = 1\n[[e]]\nf = 2\n[[e.g]]\nh = 3\n'
    lines = key_lines(text)
    assert lines["a",] == 1
    assert ("b",) not in lines
    assert lines["d",] == 5
    assert lines["e", 1, "f"] == 12
    assert lines["e", 1, "g", 0, "h"] == 14

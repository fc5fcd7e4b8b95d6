"""A cold check reads no geometry and no TOML; reading is quick enough for long texts."""

from __future__ import annotations

import subprocess
import sys
import time

from metes.claims.lexicon import Lexicon
from metes.claims.reader import read

HEAVY = ("numpy", "shapely", "pyproj", "pyarrow", "geopandas", "babel", "tomllib")


def test_the_reader_and_judge_import_nothing_heavy() -> None:
    code = (
        "import sys, metes.claims.check, metes.claims.contract\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_reading_keeps_pace(lexicon: Lexicon) -> None:
    text = "In 1858 China ceded the left bank of the Amur to Russia. The weather was fine that day. " * 250
    start = time.process_time()
    found = read(text, lexicon)
    assert len(found.frames) == 250
    # 500 sentences; the aim is 1,000 a second (bench/), this only catches a fall by a factor.
    assert time.process_time() - start < 2.5

"""What a cold `metes check` may load: every import on that path counts. No test here asserts a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "babel",
    "fontTools",
    "geopandas",
    "jinja2",
    "networkx",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "pyproj",
    "resvg_py",
    "shapely",
    "tomllib",
}
CODE = """
import sys
from metes.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "words",
    [
        ("check", "Russia took 600,000 km2 from China in 1858. Vladivostok belongs to Russia."),
        ("check", "How much land did Russia take from China?", "--json"),
        ("check", "Who holds Kyzyl?", "--brief", "--trace"),
        ("holder", "Vladivostok"),
        ("transfers", "--from", "china", "--to", "russia"),
        ("explain", "1.5 million km2", "--from", "china", "--to", "russia"),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_a_cold_question_loads_nothing_heavy(words: tuple[str, ...], atlas_folder: Path) -> None:
    command = [sys.executable, "-c", CODE, *words, "--atlas", str(atlas_folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split())
    assert "metes" in loaded
    assert not loaded & HEAVY

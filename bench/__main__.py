"""Measure, and print a table: a cold check beside `import geopandas`, a build, and their peak memory."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from bench.run import Run, alternate, python, run
from metes.atlas.store import POINTER
from metes.folders import atlas_folder

CLAIM = (
    "Is it true that Russia (Soviet Union) invaded 1,500,000 square kilometers of China's territory and is "
    "never going to return it?"
)
TARGET = 0.5
"""Issue 2: a cold check takes at most half of what importing geopandas takes."""
BUILD_TARGET_S = 30.0


def main() -> None:
    """Run the measurements; exits 0 whatever they say."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="cold runs of each command (default 9)")
    parser.add_argument("--builds", type=int, default=2, help="builds (default 2)")
    parser.add_argument("--atlas", type=Path, help="a built atlas; without it the built-in or a new one")
    parser.add_argument("--gazette", type=Path, help="a gazette to build; without it this checkout's")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="metes-bench-") as scratch:
        print(f"{'':34}{'median s':>9}{'fastest':>9}{'slowest':>9}{'MB':>7}")
        out = Path(scratch) / "atlas"
        command = python("-m", "metes.cli", "build", "--out", str(out))
        command += ["--gazette", str(given.gazette)] if given.gazette else []
        builds = [run(command) for _ in range(given.builds)]
        if builds:
            _row("metes build", builds)
        atlas = given.atlas or (atlas_folder() if (atlas_folder() / POINTER).exists() else out)
        commands = {
            "python -c pass": python("-c", "pass"),
            'python -c "import geopandas"': python("-c", "import geopandas"),
            'metes check "…"': python("-m", "metes.cli", "check", CLAIM, "--atlas", str(atlas)),
            'metes check "…" --json': python(
                "-m", "metes.cli", "check", CLAIM, "--json", "--atlas", str(atlas)
            ),
            "metes holder Vladivostok": python(
                "-m", "metes.cli", "holder", "Vladivostok", "--atlas", str(atlas)
            ),
            "metes transfers": python(
                "-m", "metes.cli", "transfers", "--from", "china", "--to", "russia", "--atlas", str(atlas)
            ),
        }
        found = alternate(commands, given.runs)
        for name, runs in found.items():
            _row(name, runs)
    peer = _median(found['python -c "import geopandas"'])
    print()
    for name in list(commands)[2:]:
        # Runs of one round stand beside each other, so their ratios are less noisy than the ratio of medians.
        pairs = zip(found[name], found['python -c "import geopandas"'], strict=True)
        ratios = sorted(one.wall_s / other.wall_s for one, other in pairs)
        ratio = statistics.median(ratios)
        said = f" (target ≤ {TARGET:g}: {'met' if ratio <= TARGET else 'MISSED'})" if "check" in name else ""
        print(
            f"{name} : import geopandas = {ratio:.2f}, of medians {_median(found[name]) / peer:.2f}, "
            f"rounds {ratios[0]:.2f}–{ratios[-1]:.2f}{said}"
        )
    if builds:
        met = "met" if _median(builds) <= BUILD_TARGET_S else "MISSED"
        print(f"metes build = {_median(builds):.1f} s (target ≤ {BUILD_TARGET_S:g} s on two cores: {met})")


def _median(runs: list[Run]) -> float:
    return statistics.median(one.wall_s for one in runs)


def _row(name: str, runs: list[Run]) -> None:
    walls = [one.wall_s for one in runs]
    memory = max(one.peak_mb for one in runs)
    print(f"{name:34}{_median(runs):9.3f}{min(walls):9.3f}{max(walls):9.3f}{memory:7.0f}")


if __name__ == "__main__":
    main()

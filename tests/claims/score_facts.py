"""Score the checker on labelled files: `python tests/claims/score_facts.py FILE…` (English rows)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from metes.claims.score import score
from metes.cli import open_atlas


def main(files: list[str]) -> None:
    """Print a line for each English row and a tally."""
    rows = [
        json.loads(line) for name in files for line in Path(name).read_text(encoding="utf-8").splitlines()
    ]
    rows = [row for row in rows if row["lang"] == "en"]
    tally: Counter[str] = Counter()
    for row, verdict, why, good in score(open_atlas(None), rows):
        topic = row.get("topic") or ("china-frontier" if row.get("about_china") else "world")
        tally[f"{topic} {'right' if good else 'wrong'}"] += 1
        print(
            f"{'ok ' if good else '-- '}{row['id']:6} {topic[:5]:6}{verdict:17}{'|'.join(row['accept'])}\n"
            f"     {row['text'][:150]}\n     {why[:220]}"
        )
    for key, count in sorted(tally.items()):
        print(f"{count:4} {key}")


if __name__ == "__main__":
    main(sys.argv[1:])

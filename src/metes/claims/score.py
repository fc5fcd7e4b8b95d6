"""Score the checker on labelled sentences, for development (tests/claims/score_facts.py runs it)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from metes.ask.atlas import Atlas
from metes.claims.check import check
from metes.claims.judge import Judge


def verdict_of(atlas: Atlas, row: dict[str, Any], judge: Judge | None = None) -> tuple[str, str]:
    """Check a row's text after its context; gives one verdict for the row and why.

    Several claims in the text are joined as the parts of one are. `unread` and `none` stand for texts
    that were not read and that make no claim.
    """
    from metes.claims.verdict import FAILS, HOLDS, worst

    context = (row.get("context") or "").strip()
    text = f"{context}\n\n{row['text']}" if context else row["text"]
    start = len(text) - len(row["text"])
    report = check(atlas, text, judge=judge)
    mine = [one for one in report.claims if one.frame.start >= start]
    if not mine:
        return ("unread" if any(span[0] >= start for span in report.unread) else "none"), ""
    found = [one.verdict for one in mine]
    why = " / ".join(one.why for one in mine)
    judged = [one for one in found if one in FAILS | HOLDS | {"depends", "mixed"}]
    if not judged:
        return found[0], why
    if (any(one in FAILS for one in judged) and any(one in HOLDS for one in judged)) or "mixed" in judged:
        return "mixed", why
    return worst(judged), why


def score(atlas: Atlas, rows: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], str, str, bool]]:
    """Give for each row its verdict, why, and whether it is one of those accepted."""
    judge = Judge(atlas)
    found = []
    for row in rows:
        verdict, why = verdict_of(atlas, row, judge)
        found.append((row, verdict, why, verdict in row["accept"]))
    return found

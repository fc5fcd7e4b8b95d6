"""A made-up report and transfers, in the form of the contracts."""

from __future__ import annotations

from typing import Any

TEXT = "Is it true that B took 1,500,000 km² from A? It was not so."


def report(text: str = TEXT, **changes: Any) -> dict[str, Any]:
    claim = {
        "span": [0, text.find("?") + 1 or len(text)],
        "text": text[: text.find("?") + 1 or len(text)],
        "lang": "en",
        "kind": "area",
        "claimed": {"low": 1_450_000, "best": 1_500_000, "high": 1_550_000, "unit": "km2"},
        "measured": {
            "low": 1_190_000,
            "best": 1_470_000,
            "high": 1_620_000,
            "unit": "km2",
            "basis": "measured",
        },
        "verdict": "depends",
        "why": "About 1.47 M km² passed.",
        "book": "title",
        "rule": "every entry",
        "counted": ["first/x"],
        "parts": [
            {
                "what": "amount",
                "claimed": "1,500,000 km²",
                "found": "wide: holds",
                "verdict": "depends",
                "turns_on": ["q"],
            },
            {"what": "taker", "claimed": "B", "found": "B", "verdict": "supported"},
        ],
        "explained_by": [
            {"entries": ["first/x"], "sum_km2": 1_510_000, "figures": "published", "left_out": ["c"]}
        ],
        "answer": None,
        "sources": ["source-1"],
        **changes,
    }
    return {
        "schema": "metes.report/1",
        "atlas": {"name": "test", "version": "0", "hash": "abc"},
        "viewpoint": "de-facto-today",
        "claims": [claim],
        "unread": [{"span": [0, 0], "text": "It was not so."}],
    }


def transfers(entries: int = 3) -> dict[str, Any]:
    rows = [
        {
            "id": f"e{number}/x",
            "date": f"18{60 + number}-05-28",
            "instrument": f"treaty-{number}",
            "territory": "t",
            "from": "a",
            "to": "b",
            "form": "cession",
            "circumstance": "forces-present",
            "basis": "measured",
            "km2": {"low": 570_000, "best": 600_300, "high": 640_000} if number else None,
            "published_km2": [{"value": 600_000, "source": "s", "definition": "d"}],
            "now": [{"country": "RU", "unit": "RU-AMU", "name": "Amur", "km2": 1.0}],
            "via": [],
            "status": None,
        }
        for number in range(entries)
    ]
    return {
        "schema": "metes.transfers/1",
        "book": "title",
        "net": False,
        "rule": "every entry",
        "total_km2": {"low": 1_190_000, "best": 1_470_000, "high": 1_620_000},
        "questions": [{"id": "q", "moves_km2": {"wide": 1_470_000, "narrow": 1_210_000}}],
        "entries": rows,
    }


NAMES = {
    "q": "How far?",
    "q=narrow": "narrow",
    "q=wide": "wide",
    "RU": "Russia",
    "treaty-1": "Treaty One",
    "first/x": "First",
    "source-1": "A source",
}

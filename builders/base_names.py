"""Names by language, as Natural Earth keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

_SAME = ("ar", "bn", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hu", "id", "it", "ja")
_SAME_TOO = ("ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "vi")
TAGS = {**{tag: tag for tag in _SAME + _SAME_TOO}, "zh": "zh-Hans", "zht": "zh-Hant"}
"""Natural Earth's ending of a field `name_…` → BCP 47 tag."""


def names_by_language(fields: Mapping[str, Any]) -> dict[str, str]:
    """Collect a feature's names by BCP 47 tag, the empty ones dropped.

    Fields are called name_de or NAME_DE, from file to file.
    """
    lower = {field.lower(): value for field, value in fields.items()}
    found = {tag: one_line(lower.get(f"name_{ending}")) for ending, tag in TAGS.items()}
    return {tag: name for tag, name in sorted(found.items()) if name}


def names_inside(name: str, others: Iterable[str] = ()) -> list[str]:
    """List further names that a river or lake answers to.

    "Ussuri (Wusuli)" answers to Ussuri and to Wusuli, "Argun' (Ergun)" to Argun as well.
    """
    parts = [part.strip(" ()") for part in name.split("(")] if "(" in name else []
    listed = [n.strip() for other in others for n in other.replace("|", ",").split(",")]
    found = [*parts, *listed]
    found += [n.replace("'", "") for n in (name, *found) if "'" in n]
    return [n for n in dict.fromkeys(found) if n and n != name]


def one_line(text: object) -> str:
    """Return text with stray blanks removed, "" for None and NaN."""
    return "" if text is None or text != text else " ".join(str(text).split())


def name_maps(rows: Iterable[Mapping[str, str]]) -> pa.Array:
    """Turn names by language into a Parquet map, tags in order."""
    return pa.array([sorted(row.items()) for row in rows], pa.map_(pa.string(), pa.string()))


def name_lists(rows: Iterable[list[str]]) -> pa.Array:
    """Turn lists of names into a Parquet list."""
    return pa.array(list(rows), pa.list_(pa.string()))

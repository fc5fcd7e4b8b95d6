"""Which of a record's names a reader is shown, and which other one beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metes.records.common import Name

SHOWN = ("name", "short")
_LATIN = ("en", "fr", "de", "es")


def base_of(tag: str) -> str:
    """Give the language of a tag without script or region."""
    return tag.partition("-")[0]


def name_in(names: Sequence[Name], lang: str, *, short: bool = False) -> str:
    """Choose a name for a reader: in the language and script, current, else English, else the first.

    `short` prefers a short form where there is one.
    """
    usable = [one for one in names if one.kind in SHOWN and is_set(one.text)] or list(names)
    if not usable:
        return ""
    kinds = ("short", "name") if short else ("name", "short")

    def rank(one: Name) -> tuple[int, bool, int]:
        return (
            _distance(one.lang, lang),
            one.until is not None,
            kinds.index(one.kind) if one.kind in kinds else 2,
        )

    return min(usable, key=rank).text


def has_name_in(names: Iterable[Name], lang: str) -> bool:
    """Tell whether there is a name that a reader of the language can read."""
    return any(one.kind in SHOWN and base_of(one.lang) == base_of(lang) for one in names)


def beside_in(names: Sequence[Name], lang: str) -> str:
    """Choose the name that stands beside: an older one of the reader's language or a current one of another.

    The same Chinese name in the other script is no other name. Empty where there is none.
    """
    chosen = name_in(names, lang)
    usable = [one for one in names if one.kind in SHOWN and one.text != chosen and is_set(one.text)]
    mine = [one for one in usable if one.lang == lang]
    others = [one for one in usable if base_of(one.lang) != base_of(lang)]
    order = ("zh", "ru", "mn", "kk", "ja", "en") if base_of(lang) != "zh" else ("ru", "en", "mn", "kk", "ja")
    others.sort(
        key=lambda one: (
            order.index(base_of(one.lang)) if base_of(one.lang) in order else 99,
            one.until or "",
        )
    )
    # A Chinese reader knows places by Chinese names; others learn most from the Chinese or Russian one.
    first, second = (mine, others) if base_of(lang) == "zh" else (others, mine)
    return next((one.text for one in [*first, *second]), "")


def is_set(text: str) -> bool:
    """Tell whether pictures can set a text: Latin, Greek, Cyrillic, Han and kana, left to right.

    Manchu and Mongolian script run downwards, Arabic from the right; their names stand in transliteration.
    """
    return text.isascii() or not any(0x0530 <= ord(sign) < 0x1E00 for sign in text)


def reads_latin(lang: str) -> bool:
    """Tell whether the base geography's own names can be read by a reader of the language."""
    return base_of(lang) in _LATIN


def _distance(tag: str, wanted: str) -> int:
    if tag == wanted:
        return 0
    if base_of(tag) == base_of(wanted):
        return 1
    return 2 if tag == "en" else 3

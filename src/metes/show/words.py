"""The map's and the pages' own words in the reader's language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources

from metes.interval import Interval, rounded

FALLBACK = "en"
_SAME = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant"}


class Words:
    """Words and number style of one language; English where a language or word is missing."""

    def __init__(self, lang: str) -> None:
        text = (resources.files("metes.show") / "words.toml").read_text("utf-8")
        tables: Mapping[str, dict[str, str]] = tomllib.loads(text)
        tag = _SAME.get(lang, lang)
        while tag and tag not in tables:
            tag = tag.rpartition("-")[0]
        self.lang = tag or FALLBACK
        self._table = {**tables[FALLBACK], **tables[self.lang]}

    def __getitem__(self, word: str) -> str:
        return self._table[word]

    def number(self, km2: float, power: int) -> str:
        """Write a figure to a power of ten, with the separators of the language."""
        text = f"{rounded(km2, power):,.{max(0, -power)}f}"
        swap = {",": self["thousands"], ".": self["decimal"]}
        return "".join(swap.get(sign, sign) for sign in text)

    def best(self, km2: Interval) -> str:
        """Write the best value to the digits that its interval supports."""
        return self.number(km2.best_km2, km2.digits())

    def range(self, km2: Interval) -> str:
        """Write low – high to the digits that the interval supports."""
        power = km2.digits()
        return f"{self.number(km2.low_km2, power)} – {self.number(km2.high_km2, power)}"

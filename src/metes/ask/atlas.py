"""A built atlas opened for questions."""

from __future__ import annotations

from functools import cached_property

from metes.atlas.compiled import Compiled
from metes.atlas.ledger import Ledger
from metes.atlas.measure import Measure
from metes.claims.lexicon import Lexicon, decode_lexicon
from metes.records.gazette import Gazette


class Atlas:
    """One built atlas: its records, ledger and measure. Reads no geometry.

    Open one with `metes.open_atlas()`; every question is a function that takes it first.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.names: dict[str, dict[str, str]] = {}
        """What every id is called, by language; filled by `metes.ask.names`."""

    @property
    def gazette(self) -> Gazette:
        """The records that the atlas was built from."""
        return self.compiled.gazette

    @cached_property
    def ledger(self) -> Ledger:
        """The two books."""
        return Ledger(self.compiled)

    @cached_property
    def measure(self) -> Measure:
        """Areas and intervals of unions of tracts."""
        return Measure(self.compiled)

    @cached_property
    def lexicon(self) -> Lexicon:
        """What names stand for."""
        return decode_lexicon(self.compiled.lexicon)

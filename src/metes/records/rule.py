"""What a total includes."""

from __future__ import annotations

from metes.records.common import Name, Record


class Added(Record, frozen=True, kw_only=True):
    """Land that a rule counts as if it had passed with an instrument, on a day."""

    territory: str
    instrument: str
    date: str
    why: str


class Rule(Record, frozen=True, kw_only=True):
    """A counting rule: land that it adds to, or entries that it drops from, what passed between two lineages.

    It is another number, never a wider interval. `parties` are the two lineages whose total it is
    about: under the rule the added land counts as passing from the first to the second.
    """

    id: str
    names: tuple[Name, ...]
    asks: str
    parties: tuple[str, str]
    drops: tuple[str, ...] = ()
    why: str
    sources: tuple[str, ...] = ()
    adds: tuple[Added, ...] = ()


class RuleFile(Record, frozen=True, kw_only=True):
    """One file of counting rules."""

    rules: tuple[Rule, ...]

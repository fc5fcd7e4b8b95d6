"""A claim as read from a clause: what is said to have passed, from whom, to whom, when, how much."""

from __future__ import annotations

from dataclasses import dataclass

from metes.claims.dates import When
from metes.claims.lexicon import Meaning
from metes.claims.quantity import Quantity


@dataclass(frozen=True)
class Named:
    """A name as the text writes it, with what it may stand for."""

    text: str
    meanings: tuple[Meaning, ...]
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Amount:
    """A claimed figure with the names that it is measured by (a ratio) or a share of."""

    quantity: Quantity
    written: str
    names: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Frame:
    """One checkable statement, or a question with an empty slot.

    `kind` is area, percent, ratio, event, holder, status, settle, name, list, claim, opinion,
    prediction or counterfactual. `start`, `end` are code points of the input. `slot` is what an open
    question asks for (who, amount, when, which, instrument). `assumed` names the parts that were
    taken over from what the text said before. `glosses` are names in brackets after the taker's ("Russia
    (Soviet Union)"), `denied` those that the brackets deny ("(not the USSR)").
    """

    kind: str
    start: int
    end: int
    text: str
    lang: str
    sense: str
    act: str
    form: str = ""
    loaded: bool = False
    back: bool = False
    givers: tuple[Named, ...] = ()
    takers: tuple[Named, ...] = ()
    holders: tuple[Named, ...] = ()
    parties: tuple[Named, ...] = ()
    glosses: tuple[Named, ...] = ()
    denied: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    instruments: tuple[Named, ...] = ()
    included: tuple[Named, ...] = ()
    excluded: tuple[Named, ...] = ()
    amounts: tuple[Amount, ...] = ()
    when: tuple[When, ...] = ()
    whole: bool = False
    negated: bool = False
    reported: bool = False
    question: bool = False
    now: bool = False
    formerly: bool = False
    past: bool = False
    always: bool = False
    slot: str = ""
    assumed: tuple[str, ...] = ()

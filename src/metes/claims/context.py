"""What a text said before: who and what "it", "the treaty" and "these lands" may mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from metes.claims.dates import When
from metes.claims.frame import Frame, Named


def _alike(one: tuple[Named, ...], other: tuple[Named, ...]) -> bool:
    return any(mine.meanings == its.meanings for mine in one for its in other)


@dataclass
class Context:
    """The last parties, land, instruments and date that the text named."""

    givers: tuple[Named, ...] = ()
    takers: tuple[Named, ...] = ()
    subject: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    instruments: tuple[Named, ...] = ()
    when: tuple[When, ...] = ()
    parties: list[Named] = field(default_factory=list)
    age: int = 0

    def recent(self) -> bool:
        """Tell whether an instrument or date was named in one of the last sentences."""
        return self.age <= 2

    def learn(self, frame: Frame) -> None:
        """Remember what a frame named."""
        if frame.kind in ("opinion", "prediction", "counterfactual") or frame.negated:
            # What was not said to have happened is nothing to lean on.
            return
        if frame.givers and frame.takers:
            self.givers, self.takers = frame.givers, frame.takers
            self.subject = frame.takers
        elif frame.givers or frame.takers:
            one = frame.givers or frame.takers
            if not (_alike(one, self.givers) or _alike(one, self.takers)):
                self.givers, self.takers = frame.givers, frame.takers
            self.subject = frame.takers or frame.givers
        elif frame.holders:
            self.subject = frame.holders
        self.places = frame.places or self.places
        if frame.instruments or frame.when:
            self.age = 0
        self.instruments = frame.instruments or self.instruments
        self.when = tuple(one for one in frame.when if not one.open) or self.when

    def hear(
        self, parties: list[Named], places: list[Named], instruments: list[Named], when: list[When]
    ) -> None:
        """Remember what a sentence that makes no claim named (a heading, a lead-in)."""
        if places:
            self.places = tuple(places)
        if instruments or when:
            self.age = 0
        if instruments:
            self.instruments = tuple(instruments)
        if when:
            self.when = tuple(when)
        for one in parties:
            if one.meanings not in [other.meanings for other in self.parties]:
                self.parties.append(one)
        del self.parties[:-4]

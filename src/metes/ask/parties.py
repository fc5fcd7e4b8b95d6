"""Which polities a name given by a user stands for."""

from __future__ import annotations

from dataclasses import dataclass

from metes.errors import UnknownName
from metes.records.gazette import Gazette
from metes.records.polity import Member
from metes.span import Span, life


@dataclass(frozen=True)
class Party:
    """A lineage or a single polity, as a set of polities each with the span in which it counts."""

    id: str
    members: tuple[tuple[str, Span], ...]

    def counts(self, polity: str, day: int) -> bool:
        """Tell whether land of `polity` counts as this party's on a day."""
        return any(polity == member and day in span for member, span in self.members)

    def polities(self) -> tuple[str, ...]:
        """List the members' ids."""
        return tuple(member for member, _ in self.members)


def party(gazette: Gazette, name: str) -> Party:
    """Find the party that an id or a name stands for; a lineage wins over a polity of the same name."""
    if name in gazette.lineages:
        lineage = gazette.lineages[name]
        return Party(name, tuple((one.polity, _span(gazette, one)) for one in lineage.members))
    if name in gazette.polities:
        polity = gazette.polities[name]
        return Party(name, ((name, life(polity.since, polity.until)),))
    wanted = name.casefold()
    for records in (gazette.lineages, gazette.polities):
        for record in records.values():
            if any(one.text.casefold() == wanted for one in record.names):
                return party(gazette, record.id)
    known = ", ".join(sorted([*gazette.lineages, *gazette.polities]))
    raise UnknownName(f"no polity or lineage is called {name!r}; known are: {known}")


def _span(gazette: Gazette, member: Member) -> Span:
    polity = gazette.polities[member.polity]
    return life(member.since or polity.since, member.until or polity.until)

"""A small made-up world for laws: a board of square tracts, and entries between made-up polities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from metes.atlas.compiled import FORMAT, OUTSIDE, Arc, Compiled, ErrorModel, ShapeTracts, Tract
from metes.records.common import Name
from metes.records.doubt import Doubt
from metes.records.gazette import Gazette
from metes.records.instrument import Dates, Entry, Instrument
from metes.records.polity import Lineage, Member, Polity
from metes.records.question import Question, Reading
from metes.records.territory import Shape, Territory

SIDE_KM = 100.0


def name(text: str) -> tuple[Name, ...]:
    return (Name(text=text, lang="en"),)


def polity(id: str) -> Polity:
    return Polity(id=id, names=name(id.title()), kind="state")


def lineage(id: str, *members: str) -> Lineage:
    return Lineage(
        id=id, names=name(id.title()), viewpoint="test", members=tuple(Member(polity=m) for m in members)
    )


def entry(
    id: str,
    date: str,
    territory: str,
    giver: str,
    taker: str,
    form: str = "cession",
    books: Sequence[str] = ("title",),
    when: dict[str, tuple[str, ...]] | None = None,
) -> Instrument:
    one = Entry(
        id=f"{id}/x",
        books=tuple(books),  # type: ignore[arg-type]
        date=date,
        counts_from="signed",
        territory=territory,
        giver=giver,
        taker=taker,
        form=form,  # type: ignore[arg-type]
        circumstance="none-known",
        when=when or {},
        sources=("s",),
    )
    return Instrument(
        id=id,
        kind="treaty",
        names=name(id),
        parties=(giver, taker),
        dates=Dates(signed=date),
        summary="made up",
        entries=(one,),
        sources=("s",),
    )


def board(
    columns: int,
    rows: int,
    shapes: dict[str, Iterable[int]],
    instruments: Sequence[Instrument] = (),
    polities: Sequence[str] = ("a", "b"),
    questions: Sequence[Question] = (),
    readings: dict[str, dict[str, Iterable[int]]] | None = None,
    doubt: ErrorModel | None = None,
    doubts: dict[str, str] | None = None,
) -> Compiled:
    """Make a world of columns × rows square tracts of 100 km, numbered by row.

    Every arc has the one doubt `edge`, unless `doubts` names another for the arc "left-right".
    """
    arcs: list[Arc] = []
    for tract in range(columns * rows):
        x, y = tract % columns, tract // columns
        for neighbour, inside in (
            (tract + 1, x + 1 < columns),
            (tract + columns, y + 1 < rows),
        ):
            arcs.append(_arc(tract, neighbour if inside else OUTSIDE, doubts))
        if x == 0:
            arcs.append(_arc(OUTSIDE, tract, doubts))
        if y == 0:
            arcs.append(_arc(OUTSIDE, tract, doubts))
    compiled = {key: {"": ShapeTracts(tuple(sorted(tracts)), ())} for key, tracts in shapes.items()}
    for territory, by in (readings or {}).items():
        compiled[territory] = {key: ShapeTracts(tuple(sorted(tracts)), ()) for key, tracts in by.items()}
    everyone = ["unrecorded", "undetermined", *polities]
    gazette = Gazette(
        polities={one: polity(one) for one in everyone},
        lineages={},
        questions={one.id: one for one in questions},
        territories={
            key: Territory(id=key, names=name(key), shapes=(Shape(by="units", units=("XX",)),))
            for key in compiled
        },
        instruments={one.id: one for one in instruments},
        doubts={"edge": Doubt(id="edge", name="edge", kind="border", corridor_m=1000)},
    )
    models = {"edge": doubt or ErrorModel(1000.0, 50.0)}
    for key in (doubts or {}).values():
        models.setdefault(key, ErrorModel(2000.0, 50.0))
    return Compiled(
        format=FORMAT,
        name="board",
        version="0",
        hash="0",
        viewpoint="test",
        gazette=gazette,
        tracts=tuple(
            Tract(SIDE_KM**2, f"XX-{n}", "XX", float(n % columns), float(n // columns))
            for n in range(columns * rows)
        ),
        arcs=tuple(arcs),
        doubts=models,
        shapes=compiled,
        units={},
        countries={},
    )


def _arc(left: int, right: int, doubts: dict[str, str] | None) -> Arc:
    low, high = min(left, right), max(left, right)
    return Arc(low, high, SIDE_KM, {"": (doubts or {}).get(f"{low}-{high}", "edge")})


def question(id: str, *readings: str) -> Question:
    return Question(
        id=id,
        names=name(id),
        asks="?",
        best=readings[0],
        why="first",
        readings=tuple(Reading(id=r, name=r, says=r, sources=("s",)) for r in readings),
    )

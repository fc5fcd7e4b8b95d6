"""A small made-up atlas: a few tracts, two lineages and a handful of instruments.

The areas are round figures of ours, near enough to the real ones that sentences read naturally. They
test the reader and the judge, never the gazette.
"""

from __future__ import annotations

import msgspec

from metes.atlas.compiled import FORMAT, OUTSIDE, Arc, Compiled, ErrorModel, ShapeTracts, Tract
from metes.claims.lexicon import build_lexicon, encode_lexicon
from metes.records.common import Figure, Name
from metes.records.gazette import Gazette
from metes.records.instrument import Beside, Dates, Entry, Instrument, State, Term
from metes.records.place import Place
from metes.records.polity import Lineage, Member, Polity
from metes.records.question import Question, Reading
from metes.records.rule import Added, Rule
from metes.records.territory import Shape, Territory
from metes.records.viewpoint import Cover

AREAS_KM2 = {
    "left-bank": (580_000.0, "RU-AMU", "RU"),
    "uda": (90_000.0, "RU-KHA", "RU"),
    "ussuri": (306_000.0, "RU-PRI", "RU"),
    "sakhalin": (76_000.0, "RU-SAK", "RU"),
    "nw-narrow": (390_000.0, "KZ-ALM", "KZ"),
    "nw-wide": (180_000.0, "KZ-VOS", "KZ"),
    "strip": (70_000.0, "KZ-VOS", "KZ"),
    "tuva": (168_600.0, "RU-TY", "RU"),
    "mongolia": (1_564_000.0, "MN-1", "MN"),
    "island-west": (171.0, "CN-HL", "CN"),
    "island-east": (164.0, "RU-KHA", "RU"),
    "kwantung": (3_400.0, "CN-LN", "CN"),
    "china-rest": (9_380_000.0, "CN-XX", "CN"),
    "russia-rest": (15_600_000.0, "RU-XX", "RU"),
}
NUMBER = {name: number for number, name in enumerate(AREAS_KM2)}


def names(*texts: str, lang: str = "en") -> tuple[Name, ...]:
    return tuple(Name(text=text, lang="zh-Hant" if not text.isascii() else lang) for text in texts)


def entry(
    id_: str,
    date: str,
    territory: str,
    giver: str,
    taker: str,
    form: str = "cession",
    circumstance: str = "forces-present",
    books: tuple[str, ...] = ("title", "control"),
    counts_from: str = "signed",
    when: dict[str, tuple[str, ...]] | None = None,
) -> Entry:
    return msgspec.convert(
        {
            "id": id_,
            "books": books,
            "date": date,
            "counts_from": counts_from,
            "territory": territory,
            "from": giver,
            "to": taker,
            "form": form,
            "circumstance": circumstance,
            "sources": ["s"],
            "when": when or {},
        },
        Entry,
    )


def instrument(
    id_: str,
    kind: str,
    called: tuple[str, ...],
    parties: tuple[str, ...],
    dates: dict[str, str],
    *entries: Entry,
    **more: object,
) -> Instrument:
    return Instrument(
        id=id_,
        kind=kind,
        names=names(*called),
        parties=parties,
        dates=Dates(**dates),
        summary="made up",  # type: ignore[arg-type]
        entries=entries,
        sources=("s",),
        **more,  # type: ignore[arg-type]
    )


def territory(id_: str, *called: str, question: str | None = None) -> Territory:
    return Territory(id=id_, names=names(*called), question=question, shapes=(Shape(by="points"),))


def place(id_: str, kind: str, called: tuple[str, ...], lon: float, lat: float, *territories: str) -> Place:
    return Place(id=id_, names=names(*called), kind=kind, lon_lat=(lon, lat), territories=territories)  # type: ignore[arg-type]


def gazette() -> Gazette:
    polities = [
        Polity(id="qing", names=names("Qing", "Qing Empire"), kind="state", since="1644", until="1912-02-12"),
        Polity(id="roc", names=names("Republic of China"), kind="state", since="1912-01-01"),
        Polity(
            id="prc",
            names=names("People's Republic of China"),
            kind="state",
            since="1949-10-01",
            country="CN",
        ),
        Polity(
            id="russian-empire", names=names("Russian Empire"), kind="state", since="1547", until="1917-09-14"
        ),
        Polity(
            id="ussr",
            names=names("Soviet Union", "USSR"),
            kind="state",
            since="1917-11-07",
            until="1991-12-26",
        ),
        Polity(
            id="russian-federation",
            names=names("Russian Federation"),
            kind="state",
            since="1991-12-26",
            country="RU",
        ),
        Polity(id="mongolia", names=names("Mongolian state"), kind="state", since="1911-12-29", country="MN"),
        Polity(
            id="tuva",
            names=names("Tuvan People's Republic"),
            kind="state",
            since="1921-08-14",
            until="1944-10-11",
        ),
        Polity(
            id="kazakhstan",
            names=names("Republic of Kazakhstan"),
            kind="state",
            since="1991-12-16",
            country="KZ",
        ),
        Polity(id="japan", names=names("Empire of Japan"), kind="state", country="JP"),
    ]
    lineages = [
        Lineage(
            id="china",
            names=names("China"),
            viewpoint="v",
            members=(Member(polity="qing"), Member(polity="roc"), Member(polity="prc")),
            apart=("roc", "prc"),
        ),
        Lineage(
            id="russia",
            names=names("Russia"),
            viewpoint="v",
            members=(
                Member(polity="russian-empire"),
                Member(polity="ussr"),
                Member(polity="russian-federation"),
            ),
        ),
        Lineage(
            id="mongolia-state", names=names("Mongolia"), viewpoint="v", members=(Member(polity="mongolia"),)
        ),
    ]
    everything = [f"t-{name}" for name in AREAS_KM2]
    china_then = (
        "left-bank",
        "ussuri",
        "sakhalin",
        "nw-narrow",
        "nw-wide",
        "strip",
        "tuva",
        "mongolia",
        "island-west",
        "island-east",
        "kwantung",
        "china-rest",
    )
    instruments = [
        instrument(
            "opening",
            "opening",
            ("Opening of the books",),
            (),
            {"happened": "1755"},
            entry(
                "open-china",
                "1755",
                "t-china-then",
                "unrecorded",
                "qing",
                "opening",
                "none-known",
                counts_from="happened",
            ),
            entry(
                "open-uda",
                "1755",
                "t-uda",
                "unrecorded",
                "undetermined",
                "opening",
                "none-known",
                counts_from="happened",
            ),
            entry(
                "open-russia",
                "1755",
                "t-russia-rest",
                "unrecorded",
                "russian-empire",
                "opening",
                "none-known",
                counts_from="happened",
            ),
        ),
        instrument(
            "aigun",
            "treaty",
            ("Treaty of Aigun", "瑷琿條約"),
            ("qing", "russian-empire"),
            {"signed": "1858-05-28", "ratified": "1858-07-20"},
            entry("aigun-left", "1858-05-28", "t-left-bank", "qing", "russian-empire"),
            entry("aigun-uda", "1858-05-28", "t-uda", "undetermined", "russian-empire", "allocation"),
            figures=(
                Figure(
                    id="f-aigun",
                    km2=600_000,
                    definition="left bank",
                    of=("aigun-left",),
                    source="s",
                    agreed=True,
                ),
            ),
            terms=(Term(party="china", text="不平等条约", lang="zh", gloss="unequal treaty"),),
        ),
        instrument(
            "peking",
            "convention",
            ("Convention of Peking", "北京條約"),
            ("qing", "russian-empire"),
            {"signed": "1860-11-14"},
            entry("peking-ussuri", "1860-11-14", "t-ussuri", "qing", "russian-empire"),
        ),
        instrument(
            "sakhalin-lapse",
            "lapse",
            ("Lapse of Sakhalin",),
            ("qing", "russian-empire"),
            {"happened": "1875-05-07"},
            entry(
                "lapse-sakhalin",
                "1875-05-07",
                "t-sakhalin",
                "qing",
                "undetermined",
                "renunciation",
                "none-known",
                counts_from="happened",
            ),
            entry(
                "russian-sakhalin",
                "1875-05-08",
                "t-sakhalin",
                "undetermined",
                "russian-empire",
                "annexation",
                "none-known",
                counts_from="happened",
            ),
        ),
        instrument(
            "tarbagatai",
            "protocol",
            ("Protocol of Tarbagatai", "Protocol of Chuguchak"),
            ("qing", "russian-empire"),
            {"signed": "1864-10-07"},
            entry("tarbagatai-nw", "1864-10-07", "t-nw", "qing", "russian-empire"),
        ),
        instrument(
            "livadia",
            "treaty",
            ("Treaty of Livadia",),
            ("qing", "russian-empire"),
            {"signed": "1879-10-02"},
            states=(State(clause="all", viewpoint="v", state="never-in-force", sources=("s",)),),
        ),
        instrument(
            "petersburg",
            "treaty",
            ("Treaty of Saint Petersburg",),
            ("qing", "russian-empire"),
            {"signed": "1881-02-24", "ratified": "1881-08-19"},
            entry("petersburg-strip", "1881-02-24", "t-strip", "qing", "russian-empire"),
        ),
        instrument(
            "kwantung",
            "convention",
            ("Pavlov Agreement",),
            ("qing", "russian-empire"),
            {"signed": "1898-03-27"},
            entry(
                "kwantung-ru",
                "1898-03-27",
                "t-kwantung",
                "qing",
                "russian-empire",
                "occupation",
                books=("control",),
            ),
            entry(
                "kwantung-jp",
                "1905-09-05",
                "t-kwantung",
                "russian-empire",
                "japan",
                "occupation",
                "war",
                books=("control",),
            ),
            entry(
                "kwantung-cn",
                "1945-08-22",
                "t-kwantung",
                "japan",
                "roc",
                "withdrawal",
                "war",
                books=("control",),
            ),
            beside=(
                Beside(
                    id="kwantung-lease",
                    kind="lease",
                    holder="russian-empire",
                    territory="t-kwantung",
                    since="1898-03-27",
                    until="1905-09-05",
                    sources=("s",),
                ),
            ),
        ),
        instrument(
            "xinhai",
            "succession",
            ("Abdication of the Qing",),
            (),
            {"happened": "1912-02-12"},
            entry(
                "mongolia-leaves",
                "1911-12-29",
                "t-mongolia",
                "qing",
                "mongolia",
                "secession",
                "revolution",
                counts_from="happened",
            ),
            entry(
                "roc-follows",
                "1912-02-12",
                "held",
                "qing",
                "roc",
                "succession",
                "revolution",
                counts_from="happened",
            ),
        ),
        instrument(
            "october",
            "succession",
            ("Founding of the Soviet state",),
            (),
            {"happened": "1917-11-07"},
            entry(
                "ussr-follows",
                "1917-11-07",
                "held",
                "russian-empire",
                "ussr",
                "succession",
                "revolution",
                counts_from="happened",
            ),
        ),
        instrument(
            "tuva-leaves",
            "secession",
            ("Founding of Tuva",),
            (),
            {"happened": "1921-08-14"},
            entry(
                "tuva-1921",
                "1921-08-14",
                "t-tuva",
                "roc",
                "tuva",
                "secession",
                "revolution",
                counts_from="happened",
            ),
        ),
        instrument(
            "tuva-joins",
            "statute",
            ("Admission of Tuva",),
            ("tuva", "ussr"),
            {"signed": "1944-10-11"},
            entry("tuva-1944", "1944-10-11", "t-tuva", "tuva", "ussr", "annexation", "none-known"),
        ),
        instrument(
            "island-1929",
            "occupation",
            ("Occupation of Heixiazi",),
            (),
            {"happened": "1929"},
            entry(
                "island-1929-occupied",
                "1929-11-17",
                "t-island",
                "roc",
                "ussr",
                "occupation",
                "war",
                ("control",),
                "happened",
            ),
        ),
        instrument(
            "prc",
            "succession",
            ("Founding of the PRC",),
            (),
            {"happened": "1949-10-01"},
            entry(
                "prc-follows", "1949-10-01", "held", "roc", "prc", "succession", "war", counts_from="happened"
            ),
        ),
        instrument(
            "russia-1991",
            "succession",
            ("End of the USSR",),
            (),
            {"happened": "1991-12-26"},
            entry(
                "kz-leaves",
                "1991-12-16",
                "t-kz",
                "ussr",
                "kazakhstan",
                "dissolution",
                "vote",
                counts_from="happened",
            ),
            entry(
                "rf-follows",
                "1991-12-26",
                "held",
                "ussr",
                "russian-federation",
                "succession",
                "none-known",
                counts_from="happened",
            ),
        ),
        instrument(
            "supplement-2004",
            "agreement",
            ("Supplementary Agreement of 2004",),
            ("prc", "russian-federation"),
            {"signed": "2004-10-14", "handed_over": "2008-10-14"},
            entry(
                "island-west-back",
                "2008-10-14",
                "t-island-west",
                "russian-federation",
                "prc",
                "withdrawal",
                "negotiation",
                ("control",),
                "handed-over",
            ),
            entry(
                "island-east-kept",
                "2008-10-14",
                "t-island-east",
                "prc",
                "russian-federation",
                "award",
                "negotiation",
                ("title",),
                "handed-over",
            ),
        ),
    ]
    territories = [
        Territory(id=f"t-{name}", names=names(f"tract {name}"), shapes=(Shape(by="points"),))
        for name in AREAS_KM2
    ]
    territories += [
        territory("t-nw", "north-western lands", question="nw-line"),
        territory("t-island", "Heixiazi tract"),
        territory("t-kz", "Kazakh part"),
        territory("t-china-then", "Qing lands of 1755"),
    ]
    places = [
        place("vladivostok", "town", ("Vladivostok", "Haishenwai", "海參崴"), 131.9, 43.1, "t-ussuri"),
        place("primorye", "region", ("Primorye", "Maritime Province"), 134.0, 45.0, "t-ussuri"),
        place(
            "outer-manchuria", "region", ("Outer Manchuria",), 132.0, 50.0, "t-left-bank", "t-ussuri", "t-uda"
        ),
        place("left-bank", "region", ("left bank of the Amur", "Amur region"), 128.0, 52.0, "t-left-bank"),
        place("sakhalin", "island", ("Sakhalin", "Kuye"), 143.0, 50.0, "t-sakhalin"),
        place("tuva", "region", ("Tuva", "Tannu Uriankhai", "唐努烏梁海"), 94.0, 51.5, "t-tuva"),
        place("outer-mongolia", "region", ("Outer Mongolia",), 105.0, 47.0, "t-mongolia"),
        place("heixiazi", "island", ("Heixiazi", "Bolshoy Ussuriysky Island"), 134.8, 48.35, "t-island"),
        place("port-arthur", "town", ("Port Arthur", "Lushun"), 121.25, 38.8, "t-kwantung"),
        place("amur", "river", ("Amur", "Heilongjiang River"), 130.0, 50.0),
        place("ussuri", "river", ("Ussuri",), 134.0, 47.0),
        place("xinjiang", "region", ("Xinjiang",), 87.0, 43.0, "t-china-rest"),
    ]
    question = Question(
        id="nw-line",
        names=names("outer line of Qing rule in the north-west"),
        asks="how far?",
        best="narrow",
        why="made up",
        readings=(
            Reading(id="narrow", name="narrow line", says="pickets", sources=("s",)),
            Reading(id="wide", name="wide line", says="lakes", sources=("s",)),
        ),
    )
    rules = [
        Rule(
            id="with-sakhalin",
            names=names("Sakhalin counted"),
            asks="Is Sakhalin counted?",
            parties=("china", "russia"),
            adds=(Added(territory="t-sakhalin", instrument="peking", date="1860-11-14", why="made up"),),
            why="made up",
        ),
        Rule(
            id="with-tuva",
            names=names("Tuva counted"),
            asks="Is Tuva counted?",
            parties=("china", "russia"),
            adds=(Added(territory="t-tuva", instrument="tuva-joins", date="1944-10-11", why="made up"),),
            why="made up",
        ),
    ]
    covers = [
        Cover(
            id="c",
            lineages=("china", "russia"),
            what="China and Russia",
            kind="pair",
            since="1755",
            books=("title", "control"),
            missing="",
        )
    ]
    by = lambda rows: {one.id: one for one in rows}  # noqa: E731
    assert everything
    assert china_then
    return Gazette(
        polities=by(polities),
        lineages=by(lineages),
        places=by(places),
        questions=by([question]),
        territories=by(territories),
        instruments=by(instruments),
        rules=by(rules),
        covers=by(covers),
    )


def compiled() -> Compiled:
    book = gazette()
    tracts = tuple(Tract(area, unit, country, 0.0, 0.0) for area, unit, country in AREAS_KM2.values())
    arcs = tuple(Arc(number, OUTSIDE, 1000.0, {"": "d"}) for number in range(len(tracts)))

    def shape(*parts: str) -> ShapeTracts:
        return ShapeTracts(tuple(NUMBER[one] for one in parts), (), False)

    shapes: dict[str, dict[str, ShapeTracts]] = {f"t-{name}": {"": shape(name)} for name in AREAS_KM2}
    shapes["t-nw"] = {"nw-line=narrow": shape("nw-narrow"), "nw-line=wide": shape("nw-narrow", "nw-wide")}
    shapes["t-island"] = {"": shape("island-west", "island-east")}
    shapes["t-kz"] = {"": shape("nw-narrow", "nw-wide", "strip")}
    shapes["t-china-then"] = {
        "": shape(
            "left-bank",
            "ussuri",
            "sakhalin",
            "nw-narrow",
            "nw-wide",
            "strip",
            "tuva",
            "mongolia",
            "island-west",
            "island-east",
            "kwantung",
            "china-rest",
        )
    }
    lexicon = build_lexicon(
        book, areas_km2={"FR": 549_000.0, "DE": 357_000.0, "GR": 132_000.0, "JP": 377_900.0, "FI": 338_000.0}
    )
    return Compiled(
        format=FORMAT,
        name="synthetic",
        version="0",
        hash="0",
        viewpoint="v",
        gazette=book,
        tracts=tracts,
        arcs=arcs,
        doubts={"d": ErrorModel(100.0, 100.0)},
        shapes=shapes,
        units={},
        countries={},
        lexicon=msgspec.Raw(encode_lexicon(lexicon)),
    )

"""Instruments and events, and the entries that they make in the two books."""

from __future__ import annotations

from typing import Literal

from metes.records.common import Decision, Figure, LonLat, Name, Record, Says

Form = Literal[
    "opening",
    "allocation",
    "cession",
    "annexation",
    "secession",
    "succession",
    "dissolution",
    "retrocession",
    "exchange",
    "award",
    "purchase",
    "plebiscite",
    "renunciation",
    "occupation",
    "withdrawal",
    "demarcation",
]
Circumstance = Literal[
    "war", "forces-present", "ultimatum", "payment", "vote", "negotiation", "revolution", "none-known"
]
Book = Literal["title", "control"]


class Dates(Record, frozen=True, kw_only=True):
    """The dates of an instrument or event, EDTF, New Style; `_os` is the Old Style day where one is used."""

    signed: str | None = None
    signed_os: str | None = None
    in_force: str | None = None
    ratified: str | None = None
    handed_over: str | None = None
    happened: str | None = None
    ended: str | None = None
    comment: str | None = None


class Clause(Record, frozen=True, kw_only=True):
    """What an article says of territory, in our words. `owner` marks the clause that makes the entry."""

    article: str
    says: str
    source: str
    act: Literal["allocation", "delimitation", "demarcation", "other"] = "other"


class Term(Record, frozen=True, kw_only=True):
    """The word that a party, or its schoolbooks, uses for the act."""

    party: str
    text: str
    lang: str
    gloss: str
    source: str | None = None


class Entry(Record, frozen=True, kw_only=True, rename={"giver": "from", "taker": "to"}):
    """One change in one or both books: day, territory, from, to, form, circumstance.

    `territory` is an id, or `held` for all that `from` holds on that day (successions).
    `when` lists, by question, the readings under which the entry exists.
    `date` says which day counts; `counts_from` names which of the dates it is.
    `leaves` names holders whose land inside the territory stays theirs (the entry conveys the rest).
    """

    id: str
    books: tuple[Book, ...]
    date: str
    counts_from: Literal["signed", "in-force", "handed-over", "happened", "ratified"]
    territory: str
    giver: str
    taker: str
    form: Form
    circumstance: Circumstance
    article: str | None = None
    when: dict[str, tuple[str, ...]] = {}
    leaves: tuple[str, ...] = ()
    sources: tuple[str, ...]
    comment: str | None = None


class Beside(Record, frozen=True, kw_only=True):
    """A right beside the holder: lease, occupation, protectorate, suzerainty, jurisdiction or claim."""

    id: str
    kind: Literal["lease", "occupation", "protectorate", "suzerainty", "jurisdiction", "claim", "condominium"]
    holder: str
    territory: str
    since: str
    until: str | None = None
    sources: tuple[str, ...]
    comment: str | None = None


class State(Record, frozen=True, kw_only=True):
    """How a clause stands, in whose view."""

    clause: str
    viewpoint: str
    state: Literal["in-force", "superseded", "lapsed", "contested", "reversed", "never-in-force"]
    by: str | None = None
    since: str | None = None
    sources: tuple[str, ...]
    comment: str | None = None


class Instrument(Record, frozen=True, kw_only=True):
    """A treaty, convention, protocol, award or statute that speaks of territory, or an event.

    An event has `kind = "event"` or one of the event kinds, and no articles.
    `at` is where it happened (lon, lat). `people` tells plainly what was done to whom, with sources.
    """

    id: str
    kind: Literal[
        "treaty",
        "convention",
        "protocol",
        "agreement",
        "notes",
        "declaration",
        "statute",
        "award",
        "occupation",
        "secession",
        "succession",
        "dissolution",
        "lapse",
        "plebiscite",
        "clash",
        "expulsion",
        "conquest",
        "opening",
    ]
    names: tuple[Name, ...]
    parties: tuple[str, ...]
    dates: Dates
    place: str | None = None
    at: LonLat | None = None
    languages: str | None = None
    summary: str
    clauses: tuple[Clause, ...] = ()
    lines: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    beside: tuple[Beside, ...] = ()
    figures: tuple[Figure, ...] = ()
    terms: tuple[Term, ...] = ()
    states: tuple[State, ...] = ()
    people: tuple[Says, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sources: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    comment: str | None = None

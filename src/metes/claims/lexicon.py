"""What names stand for: drawn from the gazette and CLDR at build time, decoded at a cold check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from metes.claims.grammar import Grammar, pack_grammar, starts_of
from metes.claims.words import key_of
from metes.errors import AtlasError
from metes.records.common import Name
from metes.records.gazette import Gazette

FORMAT = 1
LANGUAGES = ("en", "zh", "zh_Hant", "ru", "fr", "de", "es")
"""CLDR locales whose names of countries are known; the reader has tables for those in `tables/`."""
_SHORTEST = 3
_UNCODED = "ne."
"""Units without an ISO code are remainders of the base geography that bear their country's name."""


class Meaning(msgspec.Struct, frozen=True, array_like=True):
    """One thing that a name may stand for.

    `kind` is lineage, polity, country, place, territory, unit, town or instrument; `detail` is a
    place's own kind (river, island …); `adjective` marks "Chinese"; `lang` is empty for names that
    hold in every language.
    """

    kind: str
    id: str
    detail: str = ""
    adjective: bool = False
    lang: str = ""


class Lexicon(msgspec.Struct, frozen=True):
    """Names by normal form with all they may stand for, and the grammar of each language."""

    format: int
    names: dict[str, tuple[Meaning, ...]]
    starts: dict[str, int]
    grammars: dict[str, Grammar]
    areas_km2: dict[str, float]
    labels: dict[str, str]
    vocabulary: tuple[str, ...]
    apart: dict[str, tuple[str, ...]] = {}


def encode_lexicon(lexicon: Lexicon) -> bytes:
    """Write as MessagePack, for `Compiled.lexicon`."""
    return msgspec.msgpack.encode(lexicon, order="deterministic")


def decode_lexicon(data: bytes | msgspec.Raw) -> Lexicon:
    """Read what `encode_lexicon` wrote; raises AtlasError for anything else."""
    try:
        lexicon = msgspec.msgpack.decode(data, type=Lexicon)
    except msgspec.MsgspecError as error:
        raise AtlasError(
            f"the atlas holds no lexicon that this metes can read ({error}): run metes build"
        ) from None
    if lexicon.format != FORMAT:
        raise AtlasError(
            f"the lexicon has format {lexicon.format}, this metes reads {FORMAT}: run metes build"
        )
    return lexicon


def build_lexicon(
    gazette: Gazette,
    unit_names: Mapping[str, Mapping[str, str]] | None = None,
    country_names: Mapping[str, Mapping[str, str]] | None = None,
    town_names: Mapping[str, Mapping[str, str]] | None = None,
    areas_km2: Mapping[str, float] | None = None,
) -> Lexicon:
    """Draw the lexicon from the gazette, present-day names (id → language → name) and CLDR.

    `areas_km2` are areas by country or unit code, for "three times France". Needs babel.
    """
    tables = read_tables()
    spoken = {_plain(locale) for locale in LANGUAGES}
    book = _Book()
    for table in tables.values():
        book.reserve(table)
    for lineage in gazette.lineages.values():
        book.add_names(lineage.names, "lineage", lineage.id)
    for polity in gazette.polities.values():
        book.add_names(polity.names, "polity", polity.id)
    for place in gazette.places.values():
        book.add_names(place.names, "place", place.id, place.kind)
    for territory in gazette.territories.values():
        book.add_names(territory.names, "territory", territory.id)
    for instrument in gazette.instruments.values():
        book.add_names(instrument.names, "instrument", instrument.id, instrument.kind)
        for table in tables.values():
            book.add_variants(instrument.names, instrument.id, instrument.kind, table)
    for locale in LANGUAGES:
        for code, name in _cldr_countries(locale).items():
            book.add(name, Meaning("country", code, lang=_plain(locale)))
    for source, kind in ((country_names, "country"), (unit_names, "unit"), (town_names, "town")):
        for code, by_lang in (source or {}).items():
            for lang, name in by_lang.items():
                if _plain(lang) in spoken and not code.startswith(_UNCODED):
                    book.add(name, Meaning(kind, code, lang=_plain(lang)))
    for table in tables.values():
        book.add_gone(table)
        book.add_people(table)
    names = {key: tuple(found) for key, found in sorted(book.names.items())}
    words = {
        word for key, found in names.items() if any(m.kind != "town" for m in found) for word in key.split()
    }
    return Lexicon(
        format=FORMAT,
        names=names,
        starts=starts_of(names),
        grammars={lang: pack_grammar(table, _months(lang)) for lang, table in tables.items()},
        areas_km2=dict(areas_km2 or {}),
        labels=dict(sorted(book.labels.items())),
        apart=_apart(),
        vocabulary=tuple(sorted(word for word in words if len(word) >= 6 and word.isalpha())),
    )


def read_tables() -> dict[str, dict[str, Any]]:
    """Read every language's table that ships with the package, by language."""
    import tomllib
    from importlib import resources

    folder = resources.files("metes.claims") / "tables"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            if "lang" in table:
                found[table["lang"]] = table
    return found


def _apart() -> dict[str, tuple[str, ...]]:
    import tomllib
    from importlib import resources

    file = resources.files("metes.claims") / "tables" / "comparators.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))["apart"]
    return {code: tuple(parts) for code, parts in table.items()}


class _Book:
    """Names gathered so far."""

    def __init__(self) -> None:
        self.names: dict[str, list[Meaning]] = {}
        self.labels: dict[str, str] = {}
        self.reserved: set[str] = set()

    def reserve(self, table: Mapping[str, Any]) -> None:
        """Keep the small words of a language from being read as names."""
        for section in ("case", "words", "marks"):
            for phrases in table[section].values():
                self.reserved.update(key_of(one) for one in phrases)

    def add(self, name: str, meaning: Meaning) -> None:
        key = key_of(name)
        latin = key.isascii()
        if not key or key in self.reserved or (latin and len(key) < _SHORTEST) or key.isdigit():
            return
        found = self.names.setdefault(key, [])
        same = [one for one in found if (one.kind, one.id) == (meaning.kind, meaning.id)]
        if not same or all(one.lang and one.lang != meaning.lang for one in same):
            found.append(meaning)
        if meaning.lang in ("", "en"):
            self.labels.setdefault(f"{meaning.kind}:{meaning.id}", name)

    def add_names(self, names: Iterable[Name], kind: str, id_: str, detail: str = "") -> None:
        ordered = sorted(names, key=lambda one: (not one.lang.startswith("en"), one.kind != "name"))
        for name in ordered:
            adjective = name.kind == "adjective"
            self.add(name.text, Meaning(kind, id_, detail, adjective))
            if kind == "place" and detail == "river" and name.lang.startswith("en"):
                self.add(f"{name.text} River", Meaning(kind, id_, detail))

    def add_variants(self, names: Iterable[Name], id_: str, kind: str, table: Mapping[str, Any]) -> None:
        """Add the other ways in which a language writes an instrument's name."""
        rules = table.get("instrument")
        if rules is None:
            return
        heads = rules["heads"]
        for name in names:
            key = key_of(name.text)
            for head in heads:
                for of in (f"{head} of ", f"{head} of the "):
                    if name.lang.startswith(table["lang"]) and key.startswith(of):
                        rest = key[len(of) :]
                        for other in heads:
                            self.add(f"{other} of {rest}", Meaning("instrument", id_, kind))
                            self.add(f"{rest} {other}", Meaning("instrument", id_, kind))

    def add_gone(self, table: Mapping[str, Any]) -> None:
        for name in table["gone"]["names"]:
            if key_of(name) not in self.names:
                self.add(
                    name, Meaning("country", "gone:" + key_of(name).replace(" ", "-"), lang=table["lang"])
                )
        for name in table["gone"]["regions"]:
            if all(one.kind == "country" for one in self.names.get(key_of(name), ())):
                self.add(
                    name, Meaning("unit", "elsewhere:" + key_of(name).replace(" ", "-"), lang=table["lang"])
                )

    def add_people(self, table: Mapping[str, Any]) -> None:
        """Let peoples and capitals stand for the polity whose name the table gives them."""
        adjectives = {key_of(one) for one in table["adjectives"]["words"]}
        for name, words in table["people"].items():
            stands: list[Meaning] = []
            for called in (name, *words):
                found_here = [
                    one
                    for one in self.names.get(key_of(called), ())
                    if one.kind in ("lineage", "polity", "country")
                ]
                own = [one for one in found_here if one.kind != "country"]
                if own or (found_here and not stands):
                    stands = own or found_here
                if own:
                    break
            for word in words:
                key = key_of(word)
                for one in stands:
                    mine = Meaning(one.kind, one.id, one.detail, key in adjectives, table["lang"])
                    found = self.names.setdefault(key, [])
                    # A city that stands for its state stays a city too.
                    if not any((m.kind, m.id) == (mine.kind, mine.id) for m in found):
                        found.append(mine)


def _plain(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0]


def _cldr_countries(locale: str) -> dict[str, str]:
    from babel import Locale

    territories = Locale.parse(locale).territories
    return {
        code: str(name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code != "ZZ"
    }


def _months(lang: str) -> dict[str, int]:
    from babel import Locale

    found: dict[str, int] = {}
    months = Locale.parse(lang).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                found.setdefault(key_of(str(name)).rstrip("."), int(number))
    if lang == "en":
        found["sept"] = 9
    return found

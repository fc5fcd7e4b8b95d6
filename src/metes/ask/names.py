"""What the ids of an atlas are called, in the reader's language."""

from __future__ import annotations

import re

from metes.ask.atlas import Atlas
from metes.ask.naming import base_of, name_in
from metes.errors import BadInput
from metes.records.common import Name

_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


def names_of(atlas: Atlas, lang: str = "en") -> dict[str, str]:
    """Name every record, reading, entry, unit and country by its id.

    A reading is named as `question=reading`; an entry by its instrument's year and name, and by its
    territory where the instrument makes several.
    """
    if lang not in atlas.names:
        atlas.names[lang] = _names_of(atlas, lang)
    return atlas.names[lang]


def _names_of(atlas: Atlas, lang: str) -> dict[str, str]:
    gazette = atlas.gazette
    spoken = {base_of(one.lang) for polity in gazette.polities.values() for one in polity.names}
    if base_of(lang) not in spoken:
        raise BadInput(f"no names in the language {lang!r}; there are: {', '.join(sorted(spoken))}")
    found: dict[str, str] = {}
    for code, names in (*atlas.compiled.units.items(), *atlas.compiled.countries.items()):
        found[code] = names.get(lang) or names.get("en") or code
    named: list[tuple[str, tuple[Name, ...]]] = [
        *((one.id, one.names) for one in gazette.places.values()),
        *((one.id, one.names) for one in gazette.territories.values()),
        *((one.id, one.names) for one in gazette.questions.values()),
        *((one.id, one.names) for one in gazette.rules.values()),
        *((one.id, one.names) for one in gazette.polities.values()),
        *((one.id, one.names) for one in gazette.lineages.values()),
        *((one.id, one.names) for one in gazette.viewpoints.values()),
    ]
    for record, names_ in named:
        found[record] = name_in(names_, lang)
    for question in gazette.questions.values():
        for reading in question.readings:
            found[f"{question.id}={reading.id}"] = reading.name
    for instrument in gazette.instruments.values():
        called = name_in(instrument.names, lang)
        short = name_in(instrument.names, lang, short=True)
        found[instrument.id] = called
        for entry in instrument.entries:
            base = short if _YEAR.search(short) else f"{entry.date[:4]} {short}"
            rivals = {
                one.territory
                for one in instrument.entries
                if one.form == entry.form
                and set(one.books) & set(entry.books)
                and (entry.when or not one.when)
            }
            land = found.get(entry.territory, "")
            found[entry.id] = f"{base}: {land}" if len(rivals) > 1 and land and land != called else base
    for rule in gazette.rules.values():
        for added in rule.adds:
            found[f"{rule.id}/{added.territory}"] = f"{found.get(added.territory, added.territory)} (by rule)"
    return found

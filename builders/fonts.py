"""Cut the fonts that metes ships out of Debian's Noto packages.

    python -m builders.fonts

Pictures must look the same on every machine, so maps are set in fonts that come with the program.
Written: Noto Sans regular, bold and italic for every Latin, Greek and Cyrillic letter, and Noto Sans
CJK (Simplified forms first) for the characters of GB 2312, Big5 and JIS level 1, kana, and whatever
else the gazette and the base geography's Chinese names use. Han is shipped in one weight: a bold of
a part of it would leave words half bold, and Chinese headings stand out by size. Manchu and
Mongolian script run downwards and are given in transliteration.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from builders.packages import Package, describe, unpack

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "builders"
OUT = ROOT / "src" / "metes" / "show" / "fonts"

LICENCE = "OFL-1.1"
CORE = Package(
    "debian",
    "fonts-noto-core",
    "20201225-1",
    "fonts-noto-core_20201225-1_all.deb",
    LICENCE,
    LICENCE,
)
CJK = Package(
    "debian",
    "fonts-noto-cjk",
    "1:20220127+repack1-1",
    "fonts-noto-cjk_1%3a20220127+repack1-1_all.deb",
    LICENCE,
    LICENCE,
)

LETTERS = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin-1, Extended-A and -B: pinyin, French, German, Spanish, Turkish …
    (0x259, 0x259),
    (0x2B9, 0x2C7),  # modifier apostrophes of transliterations
    (0x300, 0x30C),
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic with Kazakh, Mongolian, Tajik, old orthography
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x2044, 0x2044),
    (0x2070, 0x209F),
    (0x20AC, 0x20AC),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2265),
)
CJK_SIGNS = ((0x3000, 0x301F), (0x3041, 0x30FF), (0xFF01, 0xFF5E))
LAYOUT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
MAX_BYTES = 4_000_000


def main() -> None:
    """Write the fonts and their licence; print what was kept and how large it is."""
    core = unpack(CORE, CACHE, ()) / "usr/share/fonts/truetype/noto"
    cjk = unpack(CJK, CACHE, ()) / "usr/share/fonts/opentype/noto"
    print(describe(CORE, CACHE))
    print(describe(CJK, CACHE))
    OUT.mkdir(parents=True, exist_ok=True)
    letters = {code for first, last in LETTERS for code in range(first, last + 1)}
    for style in ("Regular", "Bold", "Italic"):
        font = TTFont(core / f"NotoSans-{style}.ttf", recalcTimestamp=False)
        cut(font, letters, OUT / f"NotoSans-{style}.ttf")
    han = characters_used() | level_one("gb2312", 0xB0, 0xD8) | level_one("big5", 0xA4, 0xC7)
    han |= level_one("euc_jp", 0xB0, 0xD0)
    signs = {code for first, last in CJK_SIGNS for code in range(first, last + 1)}
    face = simplified_face(TTCollection(cjk / "NotoSansCJK-Regular.ttc"))
    cut(face, signs | han, OUT / "NotoSansCJKsc-Regular.otf")
    (OUT / "OFL.txt").write_text(licence(CACHE), encoding="utf-8")
    total = sum(path.stat().st_size for path in OUT.iterdir())
    print(f"together {total:,} bytes")
    if total > MAX_BYTES:
        raise SystemExit(f"the fonts weigh {total:,} bytes, more than {MAX_BYTES:,}: keep fewer characters")


def cut(font: TTFont, characters: set[int], path: Path) -> None:
    """Keep only the characters, drop hints and unused tables, write."""
    options = subset.Options(
        hinting=False,
        desubroutinize=False,
        recalc_timestamp=False,
        layout_features=LAYOUT_FEATURES,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_languages=[0x409],
        notdef_outline=True,
        drop_tables=["vhea", "vmtx", "VORG", "BASE", "DSIG", "FFTM", "meta"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    subset.save_font(font, str(path), options)
    kept = len(TTFont(path).getBestCmap())
    print(f"{path.name}: {kept:,} of {len(characters):,} characters, {path.stat().st_size:,} bytes")


def simplified_face(collection: TTCollection) -> TTFont:
    """Choose the face of a collection whose forms are those of mainland China."""
    for font in collection.fonts:
        if str(font["name"].getDebugName(1)).endswith("CJK SC"):
            font.recalcTimestamp = False
            return font
    raise LookupError("the collection has no Simplified Chinese face")


def level_one(encoding: str, first: int, end: int) -> set[int]:
    """List the characters of a double-byte set whose lead byte lies in [first, end)."""
    codes = set()
    for lead in range(first, end):
        for trail in range(0x40, 0xFF):
            try:
                codes.add(ord(bytes((lead, trail)).decode(encoding)))
            except UnicodeDecodeError:
                continue
    return codes


def characters_used() -> set[int]:
    """List Han, kana and Hangul in the gazette, the map's own words and the names of the base geography."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "gazette").rglob("*.toml"))]
    texts += [path.read_text("utf-8") for path in sorted((OUT.parent).glob("*.toml"))]
    for table in ("countries", "units", "lakes"):
        names = pq.read_table(ROOT / f"src/metes/base/data/{table}.parquet", columns=["names"])
        texts += [
            text
            for row in names.column("names").to_pylist()
            for lang, text in row or []
            if lang.startswith("zh")
        ]
    return {ord(sign) for text in texts for sign in text if 0x2E80 <= ord(sign) <= 0xD7A3}


def licence(cache: Path) -> str:
    """Take the licence out of a package's copyright file, without what is said of its packaging."""
    path = unpack(CJK, cache, ()) / f"usr/share/doc/{CJK.name}/copyright"
    _, _, rest = path.read_text("utf-8").partition("\nLicense: SIL-1.1\n -")
    text, _, _ = rest.partition("\nLicense: ")
    lines = [line.removeprefix(" ") for line in f"-{text.rstrip()}".splitlines()]
    head = (
        "Subsets of Noto Sans (copyright 2010-2020 Google LLC) and Noto Sans CJK (copyright 2014-2021\n"
        "Adobe, Google), cut by builders/fonts.py, under the SIL Open Font License, Version 1.1.\n\n"
    )
    return head + "\n".join("" if line == "." else line for line in lines) + "\n"


if __name__ == "__main__":
    main()

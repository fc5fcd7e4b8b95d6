"""What nobody should type, and what files should not hold: one clear line and exit 2, or a plain answer."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from metes.atlas.store import LEDGER, POINTER, build_folder, read_compiled
from tests.cli import small
from tests.cli.run import answered, in_process, one_line, process

TRUE = "Russia took 600,000 km2 from China in 1858."
BETWEEN = ("--from", "china", "--to", "russia")


# --- Texts


@pytest.mark.parametrize("words", [("",), ("   ",), (" ", "\t"), ()])
def test_an_empty_text_is_refused(words: tuple[str, ...], atlas_folder: Path) -> None:
    assert "nothing to check" in one_line(in_process("check", *words, "--atlas", atlas_folder))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Russia took \xed\xa0\x80 land.", "not UTF-8 (byte 12)"),
        (b"Russia \xff\xfe took land.", "not UTF-8 (byte 7)"),
        ("Russia took land.".encode("utf-16"), "not UTF-8 (byte 0)"),
    ],
    ids=["empty", "spaces", "only a byte order mark", "lone surrogate", "invalid", "UTF-16"],
)
def test_a_file_that_is_no_text_is_refused(
    content: bytes, said: str, tmp_path: Path, atlas_folder: Path
) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(content)
    assert said in one_line(in_process("check", "--file", file, "--atlas", atlas_folder))
    assert said in one_line(process("check", "-", "--atlas", atlas_folder, stdin=content))


def test_more_than_50_mb_is_refused_from_a_file_and_from_a_pipe(tmp_path: Path, atlas_folder: Path) -> None:
    file = tmp_path / "big.txt"
    with file.open("wb") as big:
        big.truncate(50 * 2**20 + 1)
    assert "larger than 50 MB" in one_line(process("check", "--file", file, "--atlas", atlas_folder))
    fed = process("check", "-", "--atlas", atlas_folder, stdin=b"a " * (26 * 2**20))
    assert "larger than 50 MB" in one_line(fed)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file without an end")
def test_a_file_without_an_end_is_refused(atlas_folder: Path) -> None:
    import resource

    done = subprocess.run(
        [sys.executable, "-m", "metes.cli", "check", "--file", "/dev/zero", "--atlas", str(atlas_folder)],
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**31, 2**31)),
    )
    assert done.returncode == 2
    assert "larger than 50 MB" in done.stderr


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Russia\x01\x02 took \x1b[31m600,000 km2\x07 from China in 1858.", 1),
        ("Russia\x00 took 600,000 km2 from China in 1858.", 1),
        ("Russia \u009b31m took \u202e 600,000 km2 from China in 1858.", 1),
        (f"😀😀 {TRUE} 😀", 1),
        (f"\u200f{TRUE}\u200e", 1),
        (f"{TRUE} ישראל — روسيا", 1),
        ("(" * 20_000, 0),
        ("9" * 20_000, 0),
        ("a" * 200_000, 0),
        (TRUE + "\r\n" + TRUE, 2),
    ],
    ids=[
        "escape",
        "NUL",
        "C1 and bidi override",
        "emoji",
        "marks",
        "right-to-left",
        "brackets",
        "digits",
        "word",
        "CRLF",
    ],
)
def test_odd_characters_get_a_plain_answer(
    text: str, claims: int, tmp_path: Path, atlas_folder: Path
) -> None:
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8", newline="")
    printed = answered(in_process("check", "--file", file, "--atlas", atlas_folder))
    # Nothing that a text brings may steer the reader's terminal.
    overrides = "\u202a\u202b\u202d\u202e\u2066\u2067"
    steering = {c for c in printed if unicodedata.category(c) == "Cc" or c in overrides}
    assert steering <= {"\n"}
    answer = json.loads(answered(in_process("check", "--file", file, "--json", "--atlas", atlas_folder)))
    assert len(answer["claims"]) == claims
    for claim in answer["claims"]:
        assert [part["what"] for part in claim["parts"] if part["what"] == "amount"] == ["amount"]


def test_an_argument_that_is_no_utf8_does_not_crash(atlas_folder: Path) -> None:
    for words in (("check", TRUE + " \udcff"), ("check", TRUE + " \udcff", "--json")):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "metes.cli",
                *(os.fsencode(word) for word in words),
                "--atlas",
                str(atlas_folder),
            ],
            capture_output=True,
        )
        assert done.returncode == 0
        assert not done.stderr
        done.stdout.decode("utf-8")


def test_a_day_that_no_calendar_has_leaves_its_month_to_be_judged(atlas_folder: Path) -> None:
    said = "Russia took 600,000 km2 from China on 31 February 1858."
    claim = json.loads(answered(in_process("check", said, "--json", "--atlas", atlas_folder)))["claims"][0]
    assert claim["since"] == "1858-02"
    assert any(part["what"] == "date" and part["verdict"] == "contradicted" for part in claim["parts"])


@pytest.mark.parametrize(
    "text",
    [
        "روسيا أخذت 600,000 كم2 من الصين في 1858.",
        f"Russia took {'9' * 400} km2 from China in 1858.",
        "Hgjk took 600,000 km2 fnord wibble.",
    ],
    ids=["a language that is not read", "a figure of 400 digits", "no names"],
)
def test_what_could_not_be_read_is_listed(text: str, atlas_folder: Path) -> None:
    answer = json.loads(answered(in_process("check", text, "--json", "--atlas", atlas_folder)))
    assert answer["claims"] or [one["text"] for one in answer["unread"]] == [text]


# --- Arguments

REFUSED = [
    # words, what the line must say
    (("holder", "Atlantis"), "no place is called 'Atlantis'"),
    (("holder", ""), "an empty place"),
    (("holder", "91,10"), "no point on Earth"),
    (("holder", "10,181"), "no point on Earth"),
    (("holder", "nan,inf"), "no place"),
    (("holder", "Vladivostok", "--on", "1900-02-31"), "1900-02 has no day 31"),
    (("holder", "Vladivostok", "--on", "yesterday"), "YYYY-MM-DD"),
    (("holder", "Vladivostok", "--reading", "uda-zone"), "QUESTION=READING"),
    (("holder", "Vladivostok", "--reading", "fnord=open"), "no question is called 'fnord'"),
    (("holder", "Vladivostok", "--reading", "uda-zone=fnord"), "it has: open"),
    (("transfers", "--from", "atlantis", "--to", "russia"), "no polity or lineage is called 'atlantis'"),
    (("transfers", "--from", "china", "--to", ""), "no polity or lineage"),
    (("transfers", *BETWEEN, "--rule", "fnord"), "no counting rule is called 'fnord'"),
    (("transfers", *BETWEEN, "--book", "fnord"), "title and control"),
    (("transfers", *BETWEEN, "--since", "1900", "--until", "1850"), "until 1850 is before since 1900"),
    (("transfers", *BETWEEN, "--since", "1900-13"), "no month 13"),
    (("transfers", *BETWEEN, "--until", "1900-02-31"), "1900-02 has no day 31"),
    (("transfers", *BETWEEN, "--since", ""), "YYYY-MM-DD"),
    (("transfers", *BETWEEN, "--since", "99999"), "YYYY-MM-DD"),
    (("transfers", "--from", "china"), "--to"),
    (("extent", "atlantis", "--on", "2000"), "no polity or lineage"),
    (("extent", "china"), "--on"),
    (("extent", "china", "--on", "2000-02-30"), "2000-02 has no day 30"),
    (("timeline", "atlantis"), "no polity or lineage"),
    (("timeline",), "LINEAGES"),
    (("explain", "many", *BETWEEN), "no area"),
    (("explain", "", *BETWEEN), "no area"),
    (("show", "fnord"), "no record is called 'fnord'"),
    (("show", ""), "no record"),
    (("map", "--out", "m.svg"), "give --from and --to, or --extent and --on"),
    (("map", "--out", "m.gif", *BETWEEN), ".svg, .png or .html"),
    (("map", "--out", "m.svg", "--extent", "china", "--on", "1500"), "outside coverage"),
    (("check", TRUE, "--file", "x.txt"), "not both"),
    (("check", "--file", "no such file.txt"), "cannot be read"),
    (("check", TRUE, "--map", "m.gif"), ".svg, .png or .html"),
    (("check", TRUE, "--fnord"), "--fnord"),
    (("holder", "-90.01,0"), "no point on Earth"),
    (("explain", "0 km2", *BETWEEN), "above 0"),
    (("explain", "1e400 km2", *BETWEEN), "no area"),
    (("explain", "600,000 km2", *BETWEEN, "--since", "1900", "--until", "1850"), "is before"),
    (("timeline", "china", "russia", "--since", "1900", "--until", "1850"), "is before"),
    (("extent", "china", "--on", "2000/.."), "2000/.."),
    (("show", "aigun-1858", "--map", "m.gif"), ".svg, .png or .html"),
    (("check", TRUE, "--lang", "fnord"), "fnord"),
    (("check", "--file", "two\nlines.txt"), "cannot be read"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(words)[:60] for words, _ in REFUSED])
def test_a_bad_argument_is_one_line(
    words: tuple[str, ...], said: str, atlas_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = in_process(*words, "--atlas", atlas_folder)
    assert said in one_line(ran)
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("verb", [(), ("fnord",)])
def test_no_verb_gets_help_and_an_unknown_one_is_refused(verb: tuple[str, ...]) -> None:
    ran = process(*verb)
    if verb:
        assert "No such command 'fnord'" in one_line(ran)
    else:
        assert "transfers" in ran.out + ran.err
        assert ran.code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("holder", "0,0"),
        ("extent", "china", "--on", "1500"),
        ("timeline", "china", "--until", "1500"),
        ("transfers", "--from", "kyrgyzstan", "--to", "japan"),
        ("explain", "3 km2", *BETWEEN),
        ("holder", "43.1;131.9"),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_question_with_an_empty_answer_is_answered(words: tuple[str, ...], atlas_folder: Path) -> None:
    assert answered(in_process(*words, "--atlas", atlas_folder)).strip()


# --- Files


def test_a_folder_that_is_a_file_cannot_be_written_to(tmp_path: Path, atlas_folder: Path) -> None:
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    for words in (
        ("map", *BETWEEN, "--out", file / "m.svg"),
        ("check", TRUE, "--map", file / "m.svg"),
        ("check", TRUE, "--report", file / "r.html"),
    ):
        ran = in_process(*words, "--atlas", atlas_folder)
        assert "cannot be written" in one_line(ran)
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("inside", [".", "atlas"])
def test_an_atlas_cannot_be_built_where_a_file_lies(inside: str, tmp_path: Path) -> None:
    gazette = small.write(tmp_path / "gazette")
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    assert str(file) in one_line(process("build", "--gazette", gazette, "--out", file / inside))
    assert file.read_text(encoding="utf-8") == "mine"


def test_no_atlas_says_how_to_make_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        assert "run `metes build`" in one_line(in_process("coverage", "--atlas", folder))


DAMAGE: dict[str, Callable[[Path, Path], object]] = {
    "pointer gone": lambda folder, build: (folder / POINTER).unlink(),
    "pointer empty": lambda folder, build: (folder / POINTER).write_bytes(b""),
    "pointer a list": lambda folder, build: (folder / POINTER).write_text("[1]"),
    "pointer no text": lambda folder, build: (folder / POINTER).write_bytes(b"\xff"),
    "pointer to nothing": lambda folder, build: (folder / POINTER).write_text(
        '{"format": 1, "build": "gone"}'
    ),
    "other format": lambda folder, build: (folder / POINTER).write_text('{"format": 99, "build": "x"}'),
    "ledger gone": lambda folder, build: (build / LEDGER).unlink(),
    "ledger cut": lambda folder, build: os.truncate(build / LEDGER, 1000),
    "ledger other": lambda folder, build: (build / LEDGER).write_bytes(b"\x93\x01\x02\x03"),
}


@pytest.fixture
def copy(atlas_folder: Path, tmp_path: Path) -> Path:
    """Copy the real atlas, to damage it."""
    return Path(shutil.copytree(atlas_folder, tmp_path / "copy"))


@pytest.mark.parametrize("damage", sorted(DAMAGE))
def test_a_damaged_atlas_is_one_line(damage: str, copy: Path) -> None:
    DAMAGE[damage](copy, build_folder(copy))
    assert "run `metes build`" in one_line(in_process("check", TRUE, "--atlas", copy))


def test_a_ledger_with_one_wrong_byte_is_never_read(copy: Path) -> None:
    ledger = build_folder(copy) / LEDGER
    sound = ledger.read_bytes()
    for at in range(0, len(sound), len(sound) // 12):
        damaged = bytearray(sound)
        damaged[at] ^= 0xFF
        ledger.write_bytes(damaged)
        assert "run `metes build`" in one_line(in_process("coverage", "--atlas", copy))


@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
def test_damaged_geometry_is_one_line(damage: str, copy: Path) -> None:
    path = build_folder(copy) / "tracts.parquet"
    if damage == "gone":
        path.unlink()
    elif damage == "cut":
        os.truncate(path, path.stat().st_size // 2)
    else:
        path.write_bytes(b"not a table")
    assert "run `metes build`" in one_line(in_process("holder", "43.1,131.9", "--atlas", copy))
    answered(in_process("check", TRUE, "--atlas", copy))


# --- Streams


@pytest.mark.parametrize(
    "words",
    [
        ("coverage", "--json"),
        ("coverage",),
        ("check", TRUE),
    ],
    ids=lambda words: " ".join(words),
)
def test_a_reader_that_goes_away_is_no_error(words: tuple[str, ...], atlas_folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "metes.cli", *words, "--atlas", str(atlas_folder)]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_named(atlas_folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "metes.cli", "coverage", "--atlas", str(atlas_folder)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("metes: ")
    assert "No space left" in done.stderr


@pytest.mark.parametrize("closed", [("coverage",), ("check", "-")], ids=["stdout", "stdin"])
def test_a_closed_stream_is_named(closed: tuple[str, ...], atlas_folder: Path) -> None:
    stream = 1 if closed == ("coverage",) else 0
    code = (
        f"import os, sys; os.close({stream});"
        "os.execv(sys.executable, [sys.executable, '-m', 'metes.cli', *sys.argv[1:]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *closed, "--atlas", str(atlas_folder)], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


# --- Building


def whole(folder: Path) -> str:
    """Assert that an atlas is whole, every file of it; returns its hash."""
    found = read_compiled(folder).hash
    for name in ("tracts", "territories", "lines", "edges", "entries"):
        assert pq.read_table(folder / found / f"{name}.parquet").num_rows >= 1
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small gazette."""
    folder = tmp_path_factory.mktemp("small")
    gazette = small.write(folder / "gazette")
    ran = process("build", "--gazette", gazette, "--out", folder / "atlas")
    assert (ran.code, ran.err) == (0, "")
    return folder


@pytest.mark.parametrize("what", sorted(small.BREAKS))
def test_a_broken_gazette_leaves_the_old_atlas(what: str, built: Path, tmp_path: Path) -> None:
    gazette = small.write(tmp_path / "gazette")
    wanted = small.spoil(gazette, what)
    atlas = Path(shutil.copytree(built / "atlas", tmp_path / "atlas"))
    before = {path: path.read_bytes() for path in atlas.rglob("*") if path.is_file()}
    assert wanted in one_line(in_process("build", "--gazette", gazette, "--out", atlas))
    assert {path: path.read_bytes() for path in atlas.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("what", ["not TOML", "31 February", "an unknown place", "an unknown polity"])
def test_lint_names_file_and_line_and_ends_with_2(what: str, tmp_path: Path) -> None:
    gazette = small.write(tmp_path / "gazette")
    assert answered(in_process("lint", gazette)) == ""
    wanted = small.spoil(gazette, what)
    ran = in_process("lint", gazette)
    assert ran.code == 2
    assert ran.err == ""
    assert wanted in ran.out
    for line in ran.out.splitlines():
        file, number, _ = line.split(":", 2)
        assert (gazette.parent / file).exists()
        assert number.isdigit()


def test_lint_and_build_of_a_folder_without_a_gazette(tmp_path: Path) -> None:
    assert "holds no gazette" in one_line(in_process("lint", tmp_path))
    ran = in_process("build", "--gazette", tmp_path / "nowhere", "--out", tmp_path / "atlas")
    assert "holds no gazette" in one_line(ran)
    assert not (tmp_path / "atlas").exists()


@pytest.mark.parametrize("moment", ["start", "middle", "writing", "last file", "swap"])
def test_a_killed_build_leaves_the_old_atlas_whole(moment: str, built: Path, tmp_path: Path) -> None:
    """SIGKILL a real `metes build`: early, in the middle, once its first and its last file stand on disk."""
    gazette = small.write(tmp_path / "gazette")
    act = gazette / "instruments" / "act-1991.toml"
    said = act.read_text(encoding="utf-8").replace("opens the books", "opens them anew")
    act.write_text(said, encoding="utf-8")
    atlas = Path(shutil.copytree(built / "atlas", tmp_path / "atlas"))
    old = whole(atlas)
    with subprocess.Popen(
        [sys.executable, "-m", "metes.cli", "build", "--gazette", str(gazette), "--out", str(atlas)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as writer:
        begun = time.monotonic()
        waits = {"start": random.uniform(0.0, 0.5), "middle": random.uniform(0.5, 2.0)}
        sign = {"writing": ".building-*", "last file": f".building-*/{LEDGER}", "swap": f"[!.]*/{LEDGER}"}
        while writer.poll() is None:
            if moment in waits and time.monotonic() - begun >= waits[moment]:
                break
            if moment in sign and [path for path in atlas.glob(sign[moment]) if old not in path.parts]:
                break
            time.sleep(0.0005)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    found = whole(atlas)
    if moment in waits:
        assert found == old
    answered(in_process("coverage", "--atlas", atlas))
    if moment != "last file":
        return
    made = process("build", "--gazette", gazette, "--out", atlas)
    assert made.code == 0
    new = whole(atlas)
    assert new != old
    assert sorted(path.name for path in atlas.iterdir()) == sorted([new, POINTER])

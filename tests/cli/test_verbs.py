"""Every verb is documented, every sample in README and docs runs, every option says what it does."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from pathlib import Path

import click
import pytest

from metes.cli import app
from tests.cli.run import answered, in_process, process

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "gazette" / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
VERBS = sorted(app.commands)
NOT_RUN = {"build"}
"""`build` would build the atlas of this checkout; tests/cli/test_hostile.py builds others."""
_FENCE = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`(metes(?: [^`]+)?)`(?!`)")
_PLACEHOLDER = re.compile(r"(?:^|[ =|])(?:[A-Z]{2,}|[A-Z]+,[A-Z]+)(?:$|[ =|])|…|\.\.\.")


def samples(page: Path) -> list[str]:
    """List the commands that a page shows, in fences and between backticks."""
    text = page.read_text(encoding="utf-8")
    lines = [line.strip().removeprefix("$ ") for block in _FENCE.findall(text) for line in block.splitlines()]
    found = [line for line in lines if line.startswith("metes ")] + _INLINE.findall(_FENCE.sub("", text))
    return list(dict.fromkeys(found))


ALL = {sample: page for page in PAGES for sample in samples(page)}
WORDS = {sample: tuple(shlex.split(sample, comments=True)[1:]) for sample in ALL}


def is_whole(words: tuple[str, ...]) -> bool:
    """Tell a sample that can be run from one with a placeholder, or a verb that is only mentioned."""
    if not words or words[0] in NOT_RUN or _PLACEHOLDER.search(" ".join(words)):
        return False
    needs = words[0] == "check" or any(one.required for one in app.commands[words[0]].params)
    return len(words) > 1 or not needs


WHOLE = [sample for sample, words in WORDS.items() if words and words[0] in VERBS and is_whole(words)]


def test_there_are_samples() -> None:
    assert len(WHOLE) >= 15


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_documented(verb: str) -> None:
    assert any(words and words[0] == verb for words in WORDS.values()), f"no page shows `metes {verb}`"


@pytest.mark.parametrize("sample", sorted(WORDS), ids=lambda sample: sample[:70])
def test_a_sample_names_a_verb_and_options_that_are(sample: str) -> None:
    words = WORDS[sample]
    if not words:
        return
    assert words[0] in VERBS, f"{ALL[sample].name}: {sample}"
    options = {name for one in app.commands[words[0]].params for name in one.opts}
    for word in words[1:]:
        if word.startswith("--"):
            assert word.partition("=")[0] in options, f"{ALL[sample].name}: {sample}"


@pytest.mark.parametrize("sample", WHOLE, ids=lambda sample: sample[:70])
def test_a_sample_runs(
    sample: str, atlas_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = WORDS[sample]
    takes_atlas = any("--atlas" in one.opts for one in app.commands[words[0]].params)
    out = answered(in_process(*words, *(("--atlas", atlas_folder) if takes_atlas else ())))
    assert out.strip() or words[0] == "lint"
    for word, value in pairwise(words):
        if word in ("--out", "--map", "--report"):
            assert (tmp_path / value).stat().st_size > 1000


RUNS = {
    "check": ("Russia took 600,000 km2 from China in 1858.",),
    "transfers": ("--from", "china", "--to", "russia"),
    "explain": ("600,000 km2", "--from", "china", "--to", "russia"),
    "holder": ("Vladivostok",),
    "extent": ("mongolia", "--on", "2020"),
    "timeline": ("china", "russia"),
    "show": ("aigun-1858", "--legs"),
    "map": ("--from", "china", "--to", "russia", "--out", "m.svg"),
    "accuracy": (),
    "coverage": (),
}


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"build", "lint"}))
def test_a_verb_runs_from_a_shell(
    verb: str, atlas_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert answered(process(verb, *RUNS[verb], "--atlas", atlas_folder)).strip()


def test_help_lists_every_verb_and_every_option_says_what_it_does() -> None:
    text = answered(in_process("--help"))
    for verb in VERBS:
        assert re.search(rf"^ +{verb} ", text, re.MULTILINE), verb
        command = app.commands[verb]
        assert command.help
        shown = answered(in_process(verb, "--help"))
        for one in command.params:
            if isinstance(one, click.Option):
                assert one.help, f"{verb} {one.opts[0]}"
                assert one.opts[0] in shown


def test_version_is_the_package_s() -> None:
    from metes import __version__

    assert __version__ in answered(in_process("--version"))


def test_every_schema_is_named_by_its_verb() -> None:
    """A page of docs/schemas/ says which command prints it, and that command has --json."""
    import json

    for path in sorted((ROOT / "docs" / "schemas").iterdir()):
        said = json.loads(path.read_text(encoding="utf-8"))["description"]
        verb = re.search(r"`metes (\w+) --json`", said)
        assert verb, path.name
        assert any("--json" in one.opts for one in app.commands[verb[1]].params)

"""The command run as a user runs it: in a second process, or in this one where speed matters."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from metes import cli


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code, what it printed, what it said on stderr."""

    code: int
    out: str
    err: str


def in_process(*words: str | Path) -> Ran:
    """Run `metes WORDS` through its `main` in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        mock.patch.object(sys, "argv", ["metes", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            cli.main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return Ran(code, out.getvalue(), err.getvalue())


def process(*words: str | Path, stdin: bytes | None = None, timeout_s: float = 120) -> Ran:
    """Run `metes WORDS` as a second process."""
    done = subprocess.run(
        [sys.executable, "-m", "metes.cli", *map(str, words)],
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=timeout_s,
    )
    return Ran(
        done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    )


def one_line(ran: Ran) -> str:
    """Assert that a run was refused as DESIGN.md says: exit 2, one line that begins with `metes:`."""
    assert "Traceback" not in ran.out + ran.err
    assert ran.code == 2, (ran.code, ran.err)
    assert ran.err.startswith("metes: "), ran.err
    assert ran.err.endswith("\n")
    assert ran.err.count("\n") == 1, ran.err
    assert "fault of ours" not in ran.err
    return ran.err


def answered(ran: Ran) -> str:
    """Assert that a run went well and said nothing on stderr."""
    assert "Traceback" not in ran.out + ran.err
    assert ran.code == 0, (ran.code, ran.err)
    assert ran.err == ""
    return ran.out

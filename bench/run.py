"""A command run cold, in a process of its own, with its wall time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Wall time in seconds and peak resident memory in MB of one process."""

    wall_s: float
    peak_mb: float


def python(*words: str) -> list[str]:
    """Make a command of this Python."""
    return [sys.executable, *words]


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; raises CalledProcessError with what it said where it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=said)
    # Linux counts kilobytes, macOS bytes.
    return Run(wall_s, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))


def alternate(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Run]]:
    """Run commands in turn, round by round, so that a slow spell of the machine falls on all.

    One more round goes before them and is dropped: it reads files that the others find in the disk cache, and
    compiles what has no .pyc yet.
    """
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            one = run(command)
            if number:
                found[name].append(one)
    return found

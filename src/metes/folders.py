"""Where the gazette and the atlas lie: in a source checkout, or inside the installed package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def package_folder() -> Path:
    """The installed package, or `src/metes` in a checkout."""
    return Path(str(resources.files("metes")))


def gazette_folder() -> Path:
    """The gazette's text: `gazette/` of a checkout, else the copy inside the package."""
    checkout = package_folder().parents[1] / "gazette"
    return checkout if checkout.is_dir() else package_folder() / "_gazette"


def atlas_folder() -> Path:
    """The atlas that comes with the program."""
    return package_folder() / "_atlas"

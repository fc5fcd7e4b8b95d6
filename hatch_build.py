"""Build the atlas and put it, with the gazette, into the wheel: an installed metes answers at once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AtlasHook(BuildHookInterface):  # type: ignore[type-arg]
    """Run `metes build` on the sources before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build `src/metes/_atlas` and copy the gazette beside it.

        An editable install only builds the atlas: the gazette is read where it lies.
        """
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from metes.atlas.build import build

        build(
            root / "gazette",
            root / "src" / "metes" / "_atlas",
            lambda step: self.app.display_info(f"atlas: {step}"),
        )
        if version != "editable":
            target = root / "src" / "metes" / "_gazette"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(root / "gazette", target)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave no copy of the gazette in the source tree."""
        shutil.rmtree(Path(self.root) / "src" / "metes" / "_gazette", ignore_errors=True)

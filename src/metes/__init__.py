"""How much land passed from whom to whom, when, by what instrument, who holds it today, and how sure that is.

The verbs of the command as functions, each on the atlas that came with metes unless another is given:

>>> import metes
>>> metes.transfers("china", "russia", since="1858", until="1860").total.interval.best_km2 > 0
True

`open_atlas(folder)` opens another atlas; dates are EDTF texts, areas km², positions WGS84 degrees.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

__all__ = [
    "MetesError",
    "__version__",
    "accuracy",
    "check",
    "coverage",
    "explain",
    "extent",
    "holder",
    "open_atlas",
    "show",
    "timeline",
    "transfers",
]


def __getattr__(name: str) -> Any:
    # The verbs load when they are first used: `import metes` costs nothing.
    if name == "MetesError":
        from metes.errors import MetesError

        return MetesError
    if name in __all__:
        from metes import api

        return getattr(api, name)
    raise AttributeError(f"module 'metes' has no attribute {name!r}")

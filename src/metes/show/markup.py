"""HTML in which text is data: every string is escaped unless this module itself wrote it."""

from __future__ import annotations

from collections.abc import Iterable

from metes.show.svg import escape

VOID = frozenset(("br", "hr", "meta", "link", "col", "img"))


class Markup(str):
    """HTML that is safe as it stands: written by `tag`, or a picture drawn by `show.map`."""

    __slots__ = ()


def tag(name: str, /, *children: str | Iterable[str], **attributes: str | int | None) -> Markup:
    """Write an element; strings inside are escaped, markup is not, None attributes are left out.

    A trailing underscore is dropped (`class_`), others become hyphens (`aria_label`).
    """
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(str(value))}"')
    head = f"<{' '.join(parts)}>"
    return Markup(head if name in VOID else f"{head}{join(*children)}</{name}>")


def join(*children: str | Iterable[str]) -> Markup:
    """Put markup and texts one after another; texts are escaped."""
    out = []
    for child in children:
        if isinstance(child, Markup):
            out.append(str(child))
        elif isinstance(child, str):
            out.append(escape(child))
        else:
            out.append(str(join(*child)))
    return Markup("".join(out))

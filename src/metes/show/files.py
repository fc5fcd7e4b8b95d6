"""Files that a person asked for: a map or a page, written whole."""

from __future__ import annotations

from pathlib import Path

from metes.errors import BadInput
from metes.show.picture import MapSubject

PNG_WIDTH_PX = 2400


def write_text(path: Path, text: str) -> str:
    """Write a text file; returns its path. Raises BadInput where that cannot be done."""
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> str:
    """Write a file beside its target, then move it there."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from error
    return str(path)


def write_map(subject: MapSubject, path: Path) -> str:
    """Draw a map as SVG, PNG or a page with the SVG in it, by the file's suffix."""
    from metes.show.map import draw

    kind = path.suffix.lower()
    if kind not in (".svg", ".png", ".html"):
        raise BadInput(f"{path}: a map is written as .svg, .png or .html")
    if kind == ".png":
        from metes.show.png import png

        return write_bytes(path, png(draw(subject).svg, PNG_WIDTH_PX))
    # A browser sets the map in the letters that it was measured with.
    svg = draw(subject, fonts=True).svg
    if kind == ".html":
        title = subject.title.replace("&", "&amp;").replace("<", "&lt;")
        head = (
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
        )
        return write_text(
            path,
            f'<!DOCTYPE html>\n<html lang="{subject.lang}"><head>{head}</head><body>{svg}</body></html>\n',
        )
    return write_text(path, svg)

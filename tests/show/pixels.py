"""Pixels of a PNG, for comparing pictures."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt


def pixels(png: bytes) -> npt.NDArray[np.uint8]:
    """Read an 8-bit RGB(A) PNG without interlace as height × width × channels (PNG spec, section 9)."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    at, data, head = 8, b"", b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        head = body if kind == b"IHDR" else head
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", head)
    assert (depth, interlace) == (8, 0)
    channels = {2: 3, 6: 4}[colour]
    rows = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * channels)
    out = np.zeros((height, width * channels), np.uint8)
    above = np.zeros(width * channels, np.int64)
    for y in range(height):
        row = rows[y, 1:].astype(np.int64)
        above = _unfilter(int(rows[y, 0]), row, above, channels)
        out[y] = above
    return out.reshape(height, width, channels)


def _unfilter(
    kind: int, row: npt.NDArray[np.int64], above: npt.NDArray[np.int64], step: int
) -> npt.NDArray[np.int64]:
    if kind == 0:
        return row
    if kind == 2:
        return (row + above) % 256
    if kind == 1:
        return np.cumsum(row.reshape(-1, step), axis=0).reshape(-1) % 256
    done = [0] * len(row)
    values, up = row.tolist(), above.tolist()
    for i, value in enumerate(values):
        left = done[i - step] if i >= step else 0
        corner = up[i - step] if i >= step else 0
        if kind == 3:
            guess = (left + up[i]) // 2
        else:
            guess = min((left, up[i], corner), key=lambda v: abs(left + up[i] - corner - v))
        done[i] = (value + guess) % 256
    return np.array(done, np.int64)

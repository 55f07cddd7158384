"""Writes PNG files of few colors."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

ZLIB = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
"""What packs the pictures."""


def indexed_png(
    size: tuple[int, int], bits: int, palette: Sequence[Sequence[int]], lines: bytes
) -> bytes:
    """
    A picture of `size` (width, height in pixels) whose pixels are numbers of `bits` bits: places in the `palette`.

    `lines` are as the specification has them: for each line of pixels one byte, its filter, and then the pixels.
    They are packed in the quickest way: in flat colors, others take many times as long for a sixth less.
    """
    header = struct.pack(">2I5B", *size, bits, 3, 0, 0, 0)  # 3: with a palette
    parts = (
        (b"IHDR", header),
        (b"PLTE", bytes(value for color in palette for value in color)),
        (b"IDAT", zlib.compress(lines, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )

"""
Writes CBOR (RFC 8949), as far as Pagefind's index needs it: whole numbers, texts, arrays.

theme/assets/js/cbor.js reads it in browsers.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

Item = int | str | Sequence["Item"]


class Kind(IntEnum):
    """Of an item: what its first byte begins with."""

    NUMBER = 0
    NEGATIVE = 1
    """-1 less the number that is written."""
    TEXT = 3
    ARRAY = 4


def encode(item: Item) -> bytes:
    """An item. Raises `OverflowError` for a number of more than 64 bits."""
    if isinstance(item, int):
        return number(item)
    if isinstance(item, str):
        return text(item)
    return array_of(len(item)) + b"".join(map(encode, item))


def number(value: int) -> bytes:
    """A whole number."""
    return _head(Kind.NUMBER, value) if value >= 0 else _head(Kind.NEGATIVE, -1 - value)


def text(value: str) -> bytes:
    """A text."""
    data = value.encode()
    return _head(Kind.TEXT, len(data)) + data


def array_of(length: int) -> bytes:
    """What stands before the items of an array."""
    return _head(Kind.ARRAY, length)


def _head(kind: Kind, value: int) -> bytes:
    if value < 24:
        return bytes([kind << 5 | value])
    for more, size in ((24, 1), (25, 2), (26, 4)):
        if value < 1 << 8 * size:
            return bytes([kind << 5 | more]) + value.to_bytes(size)
    return bytes([kind << 5 | 27]) + value.to_bytes(8)

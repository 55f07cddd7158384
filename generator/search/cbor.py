"""
Reads CBOR (RFC 8949), as far as Pagefind writes it: unsigned and negative numbers, texts, arrays.

theme/assets/js/cbor.js is the same for browsers.
"""

from __future__ import annotations

from typing import Any

_UNSIGNED, _NEGATIVE, _TEXT, _ARRAY = 0, 1, 3, 4
_BYTES = {24: 1, 25: 2, 26: 4, 27: 8}
"""Bytes that follow the first one and hold the number, by what the first one says of them."""


def decode(data: bytes) -> Any:
    """The one item that `data` holds. Raises `ValueError` where it is anything else."""
    item, end = _item(data, 0)
    if end != len(data):
        raise ValueError(f"{len(data) - end} bytes too many")
    return item


def _item(data: bytes, at: int) -> tuple[Any, int]:
    """An item, and where the next one begins."""
    if at >= len(data):
        raise ValueError("the data ends too early")
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number > 23:
        if number not in _BYTES:
            raise ValueError(f"no number begins with {number}")
        number, at = int.from_bytes(data[at : at + _BYTES[number]]), at + _BYTES[number]
    if kind == _UNSIGNED:
        return number, at
    if kind == _NEGATIVE:
        return -1 - number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind == _ARRAY:
        items = []
        for _ in range(number):
            item, at = _item(data, at)
            items.append(item)
        return items, at
    raise ValueError(f"kind {kind} is not expected")

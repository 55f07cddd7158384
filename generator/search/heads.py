"""Writes many whole numbers at once as CBOR does (`cbor.py`), and what stands before arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

_LONGER = 24, 1 << 8, 1 << 16
"""The first numbers that take more bytes than those before: one, two and four behind the first."""


def heads(kinds: Bytes, numbers: NDArray[np.integer]) -> tuple[bytes, NDArray[np.int32]]:
    """Encode items of some kinds with numbers of 32 bits; and return where each begins."""
    longer = [np.flatnonzero(numbers >= first) for first in _LONGER]
    told, sizes = numbers.astype(np.uint8), np.ones(len(kinds), np.int32)
    for more, which in enumerate(longer):
        told[which] = 24 + more
        sizes[which] = 1 + (1 << more)
    ends = np.cumsum(sizes, dtype=np.int32)
    begins = ends - sizes
    data = np.empty(ends[-1], np.uint8)
    data[begins] = kinds << 5 | told
    # From the last byte to the first: from 256 on a number is in two, and from 65,536 on in four.
    for back, which in enumerate((*longer, longer[-1])):
        data[ends[which] - 1 - back] = numbers[which] >> 8 * back & 255
    return data.tobytes(), begins

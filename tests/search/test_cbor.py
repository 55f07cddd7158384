"""CBOR as Pagefind writes it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from generator.search.cbor import Kind, array_of, encode, number
from generator.search.heads import heads

# From RFC 8949, appendix A.
ITEMS = {
    "00": 0,
    "17": 23,
    "1864": 100,
    "1903e8": 1000,
    "1a000f4240": 1_000_000,
    "20": -1,
    "3863": -100,
    "62c3bc": "ü",
    "1b000000e8d4a51000": 1_000_000_000_000,
    "8301820203820405": [1, [2, 3], [4, 5]],
    "98190102030405060708090a0b0c0d0e0f101112131415161718181819": list(range(1, 26)),
}


@pytest.mark.parametrize(("written", "item"), ITEMS.items())
def test_items_are_written(written: str, item: Any) -> None:
    assert encode(item).hex() == written


def test_many_numbers_are_written_as_one_is() -> None:
    numbers = [0, 23, 24, 255, 256, 65_535, 65_536, 2**32 - 1]
    items = [
        *((Kind.NUMBER, n, number(n)) for n in numbers),
        *((Kind.NEGATIVE, n, number(-1 - n)) for n in numbers),
        *((Kind.ARRAY, n, array_of(n)) for n in numbers),
    ]
    kinds, of_all, written = zip(*items, strict=True)
    data, begins = heads(np.array(kinds, np.uint8), np.array(of_all))
    assert data == b"".join(written)
    assert begins.tolist() == [sum(map(len, written[:n])) for n in range(len(items))]

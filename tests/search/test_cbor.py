"""CBOR as Pagefind writes it."""

from __future__ import annotations

from typing import Any

import pytest

from generator.search.cbor import encode

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

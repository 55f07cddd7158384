"""CBOR as Pagefind writes it; bytes that are anything else are refused."""

from __future__ import annotations

from typing import Any

import pytest

from generator.search.cbor import decode

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
    "8301820203820405": [1, [2, 3], [4, 5]],
}
BROKEN = {"nothing": "", "cut": "826161", "more than one": "0000", "null": "f6", "no number": "1f"}


@pytest.mark.parametrize(("given", "item"), ITEMS.items())
def test_items_are_read(given: str, item: Any) -> None:
    assert decode(bytes.fromhex(given)) == item


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_other_bytes_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        decode(bytes.fromhex(given))

"""
Packs files with zlib-ng.

It takes a third of zlib's time for what is as small or smaller, and one version of it makes the same of the same on
any processor. Other versions need not, and it may be the system's, which no version of a Python package tells: so `ZLIB` is a
part of what the program is (`digests.program`).
"""

from __future__ import annotations

from zlib_ng import zlib_ng

ZLIB = f"zlib-ng {zlib_ng.ZLIBNG_RUNTIME_VERSION}"
"""What packs, with its version."""

_GZIP = zlib_ng.MAX_WBITS + 16
"""The form of a gzip file (RFC 1952), whose head then says no time: same data, same bytes."""


def gzipped(data: bytes, level: int) -> bytes:
    """Data as a gzip file; `level` is how hard to try, from 1 to 9."""
    packed: bytes = zlib_ng.compress(data, level, _GZIP)
    return packed

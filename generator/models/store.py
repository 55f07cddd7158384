"""The plain data of records in a file: those of all records are as long as all files of a library."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..digests import digest_of, seal_of


class Store:
    """A file that is read here and there. It stays what it is where its name is given to another, or taken away."""

    def __init__(self, file: int) -> None:
        """`file` is the descriptor of an open file, which the store closes."""
        self._file = file
        self.size = os.fstat(file).st_size

    def __del__(self) -> None:
        os.close(self._file)

    @classmethod
    def of(cls, path: Path) -> Store:
        """The file of that name, to be read only. Raises `OSError`."""
        return cls(os.open(path, os.O_RDONLY))

    @classmethod
    def temporary(cls) -> Store:
        """A file that has no name, and is gone with the store. Raises `OSError`."""
        with tempfile.TemporaryFile() as file:
            return cls(os.dup(file.fileno()))

    def put(self, data: Data) -> Data:
        """Write data that are in memory behind all others, and return where; what can't be written stays in memory."""
        if isinstance(data, Stored):
            return data
        try:
            written = os.pwrite(self._file, data, self.size)
        except OSError:
            written = 0
        if written < len(data):
            return data
        stored = Stored(self, self.size, written, digest_of(data))
        self.size += written
        return stored

    def head(self) -> tuple[bytes, int] | None:
        """
        What `headed` has put before all else, and where that ends.

        None where that is damaged or of another version. Raises `OSError`.
        """
        seal, _, size = self.read(0, _LINE).partition(b" ")
        if not size.strip().isdigit() or _LINE + int(size) > self.size:
            return None
        data = self.read(_LINE, int(size))
        return (data, _LINE + len(data)) if seal == seal_of(data) else None

    def read(self, start: int, size: int) -> bytes:
        """So many bytes from there, or fewer where the file ends. Raises `OSError`."""
        return os.pread(self._file, size, start)


_LINE = 46
"""Bytes of the line with the seal of a head, and how long that is: 32 and 12, a blank and the end of the line."""


def headed(head: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a file in which something stands under a seal before parts that are believed by their digests only."""
    yield b"%b %12d\n" % (seal_of(head), len(head))
    yield head
    yield from parts


class Stored(NamedTuple):
    """The data of one record in a store."""

    store: Store
    start: int
    size: int
    digest: str


Data = bytes | Stored
"""The plain data of a record as JSON, UTF-8, in which nothing is wrong."""


def read(data: Data) -> bytes | None:
    """The data; None where something else stands by now where they were stored."""
    if isinstance(data, bytes):
        return data
    with suppress(OSError):
        found = data.store.read(data.start, data.size)
        if digest_of(found) == data.digest:
            return found
    return None


def size_and_digest(data: Data) -> tuple[int, str]:
    """How long data are, in bytes, and their digest."""
    return (len(data), digest_of(data)) if isinstance(data, bytes) else (data.size, data.digest)

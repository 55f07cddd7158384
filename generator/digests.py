"""Digests, which tell whether something is what it was; and files that are believed only as this program wrote them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


def digest_of(data: bytes) -> str:
    """What tells a file's content from every other. For long files: most processors have instructions for this digest."""
    return ended(hashlib.sha256(data))


def digest_of_file(file: str) -> str:
    """The digest of what is in a file, which may be longer than memory has room for. Raises `OSError`."""
    with open(file, "rb") as opened:  # noqa: PTH123
        return ended(hashlib.file_digest(opened, "sha256"))


def begun() -> hashlib._Hash:
    """The digest of a file that comes in pieces, by which it is to be updated until it is `ended`."""
    return hashlib.sha256()


def ended(digest: hashlib._Hash) -> str:
    """What `digest_of` gives for all pieces together."""
    return digest.hexdigest()[:32]


def key_of(*parts: str | bytes) -> str:
    """A digest of all parts and of where each ends."""
    data = [part.encode() if isinstance(part, str) else part for part in parts]
    ends = repr([*map(len, data)]).encode()
    # All at once: there may be ten thousand, and to add each takes longer than its digest.
    return hashlib.blake2b(b"".join((ends, *data)), digest_size=16).hexdigest()


def files_key(folder: Path, ending: str = "", but: Collection[str] = ()) -> str:
    """A digest of the files below a folder, by name; of those that end so, and not in the folders `but`."""
    parts: list[str | bytes] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if Path(where, name).as_posix() not in but)
        for name in sorted(names):
            if name.endswith(ending):
                file = Path(where, name)
                parts += [file.relative_to(folder).as_posix(), file.read_bytes()]
    return key_of(*parts)


@cache
def installed() -> list[str]:
    """The libraries that this program may use, each with its version, as ``jinja2-3.1.6.dist-info``."""
    # The folder in which a library tells of itself is named for its version; to read it would take ten times as long.
    return sorted(
        name
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112 - of a path that may be empty
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith((".dist-info", ".egg-info"))
    )


@cache
def program() -> str:
    """A digest of this program and of all libraries that it may use."""
    from .packing import ZLIB  # here only: to load it would hold up commands that keep nothing

    return key_of(sys.version, ZLIB, *installed(), files_key(_PACKAGE, ".py"))


def read_sealed(file: Path) -> bytes | None:
    """What `write_sealed` wrote; None where a bit of it is not so any more, or another version of the program wrote it."""
    with contextlib.suppress(OSError), file.open("rb") as opened:
        seal, data = opened.readline(_SEAL + 1), opened.read()
        if seal == seal_of(data) + b"\n":
            return data
    return None


def write_sealed(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all, for `read_sealed`. One that can't be written costs the next build time only."""
    write_whole(file, (seal_of(data), b"\n", data))


def write_whole(file: Path, parts: Iterable[bytes]) -> None:
    """Write a file of these parts, whole or not at all: not where it can't be written."""
    new = file.with_name(f"{file.name}.new")
    with contextlib.suppress(OSError):
        new.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as opened:
            opened.writelines(parts)
        new.replace(file)


_SEAL = 32
"""Letters and figures of a seal."""


def seal_of(data: bytes) -> bytes:
    """What shows that this version of the program wrote the data."""
    seal = hashlib.sha256(program().encode())
    seal.update(data)  # not joined with the other by `key_of`: it may be long
    return ended(seal).encode()

"""
What was made of a site, and how its files stood then, so that nothing is made twice.

A site is put together of pieces of work: a record's page, a list, the search index. Of each is noted from what it was made, and
which files it has, with their digests and stamps. A site has very many files and few of them change, so a piece stays as it was
read, and is looked into only where somebody asks for its files.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from .stamps import UNTOLD, Stamp, at, stamps_in

_DIGEST = 32
"""Letters and figures of a digest, as `digests.digest_of` gives it."""
_BETWEEN = "\0"
"""Between two paths: no path has it."""


def parted(paths: str) -> Sequence[str]:
    """Those in a text, with NUL between them."""
    return paths.split(_BETWEEN) if paths else ()


class Made(NamedTuple):
    """What one piece of work made."""

    key: str
    """A digest of all that its files depend on."""
    paths: str
    """The paths of its files, from the site's root, with NUL between them. No other piece has one of these."""
    digests: str
    """Those of its files, in the same order, one after the other."""
    used: str
    """The names of what it took from the cache, which must stay there, with blanks between them."""
    pictures: str
    """The key of a record's pictures, which depend on less than all else that is shared of it."""
    roots: str
    """The names in the site's root below which they are, in order, with NUL between them; a folder's ends with a slash."""
    aside: bool
    """Whether its pages are for other sites and short links: no search and no sitemap should know of them."""
    stamps: bytes
    """Those of its files, in the same order, one after the other; empty where nobody has looked since it was made."""

    @classmethod
    def of(
        cls,
        key: str,
        files: Mapping[str, str],
        used: Collection[str] = (),
        pictures: str = "",
        *,
        aside: bool = False,
    ) -> Made:
        """Of files and their digests, by their paths from the site's root."""
        names = " ".join(sorted(used))
        roots = _BETWEEN.join(sorted({path[: path.find("/") + 1] or path for path in files}))
        paths, digests = _BETWEEN.join(files), "".join(files.values())
        return cls(key, paths, digests, names, pictures, roots, aside, b"")

    def files(self) -> Sequence[str]:
        """The paths of its files."""
        return parted(self.paths)

    def digest(self, number: int) -> str:
        """The digest of a file, by its number among them."""
        return self.digests[number * _DIGEST : (number + 1) * _DIGEST]

    def digested(self) -> dict[str, str]:
        """The digest of each file, by its path."""
        return {path: self.digest(number) for number, path in enumerate(self.files())}

    def known(self) -> dict[str, Known]:
        """What is known of each file, by its path."""
        stamps = stamps_in(self.stamps) if self.stamps else [UNTOLD] * len(self.files())
        return {
            path: Known(digest, stamp)
            for (path, digest), stamp in zip(self.digested().items(), stamps, strict=True)
        }


class Known(NamedTuple):
    """What is known of a file."""

    digest: str
    stamp: Stamp
    """Of the file with that digest."""


Noted = Mapping[str, Made]
"""What is noted of a site: its pieces by their names."""


class Folders(NamedTuple):
    """
    The folders of a tree as they stood when nothing was in them but files of pieces.

    While a folder has its stamp, nobody has put anything into it or taken anything out of it.
    """

    paths: str = ""
    """From the tree's root, which is the empty one, with NUL between them."""
    stamps: bytes = b""
    """Theirs, in the same order, one after the other; empty where nobody has looked."""

    def stamped(self) -> dict[str, Stamp]:
        """The stamp of each, by its path."""
        if not self.stamps:
            return {}
        return dict(zip(self.paths.split(_BETWEEN), stamps_in(self.stamps), strict=True))

    @classmethod
    def of(cls, stamped: Mapping[str, Stamp], now: bytes) -> Folders:
        """Of folders and their stamps, by their paths; nothing is told of those that did not stand so before a moment."""
        stamps = (stamp if stamp < now else UNTOLD for stamp in stamped.values())
        return cls(_BETWEEN.join(stamped), b"".join(stamps))


class Note(NamedTuple):
    """What is noted of a site, and of the tree in which the next one is made."""

    pieces: Noted = {}
    here: Folders = Folders()
    """Those of the site; they come in once it is such a tree itself."""
    there: Folders = Folders()
    """Those of the tree in which the next site is made."""
    gone: Collection[str] = ()
    """Files that the tree may have still, and no piece has any more."""


def packed(note: Note) -> bytes:
    """A note, as bytes for a file that this program alone writes (`digests.write_sealed`)."""
    pieces, here, there, gone = note
    # Columns without references to what was written before: that takes a third of the time, and no more room.
    columns: list[Any] = [list(pieces), *zip(*pieces.values(), strict=True)]
    return marshal.dumps((columns, [*here], [*there], [*gone]), 2)


def unpacked(data: bytes) -> Note:
    """What `packed` made these bytes of."""
    (names, *columns), here, there, gone = marshal.loads(data)
    made = map(Made._make, zip(*columns, strict=True))
    return Note(dict(zip(names, made, strict=True)), Folders(*here), Folders(*there), gone)


def until(noted: Noted, now: bytes) -> Noted:
    """The same, where nothing is told of files that were not made before a moment."""
    if at(max(_numbers(noted)[0::4], default=0)) < now:
        return noted
    return {
        name: made._replace(
            stamps=b"".join(s if s < now else UNTOLD for s in stamps_in(made.stamps))
        )
        for name, made in noted.items()
    }


def size(noted: Noted) -> int:
    """The bytes of all files together."""
    return sum(_numbers(noted)[1::4])


def _numbers(noted: Noted) -> array[int]:
    """The four numbers of each stamp."""
    numbers = array("Q", b"".join(made.stamps for made in noted.values()))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def restamped(noted: Noted, stamps: bytes) -> dict[str, Made]:
    """What is noted, with the stamps of all files in their order."""
    told = stamps_in(stamps)
    return {
        name: made._replace(stamps=b"".join(islice(told, len(made.files()))))
        for name, made in noted.items()
    }


def stamped(noted: Noted) -> tuple[Sequence[str], bytes]:
    """The paths of all files that have stamps, and the stamps. Together, since to look into each piece takes several times as long."""
    pieces = [made for made in noted.values() if made.stamps]
    paths = parted(_BETWEEN.join([made.paths for made in pieces]))
    return paths, b"".join([made.stamps for made in pieces])


def having(paths: Collection[str], noted: Noted) -> list[str]:
    """The names of the pieces that have one of some files."""
    wanted = set(paths)
    return [name for name, made in noted.items() if wanted and not wanted.isdisjoint(made.files())]

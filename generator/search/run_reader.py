"""
Reads the pages of a run, or only those that say something new since it was kept.

Of the others, what results show has the words, and the run before has what else there is to know.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from pydantic_core import from_json, to_json

from ..digests import digest_of, key_of
from ..printing.site import Site
from .columns import marked_of
from .extracts import extract, marked_facets
from .kept import LETTERS, Head, IndexedPage, Kept, Place, Source, letter_of, placed
from .pagefind import IndexFailed, fragment, name_of, packed, unpacked
from .postings import Postings, UnknownField, pack
from .reading import ReadPage, Weights, read
from .stems import Word

T = TypeVar("T")

_BESIDE = "beside"
"""The part that has of each page what neither the head nor what results show has: its weights, and its facets."""


class _Found(NamedTuple):
    """A page on which there is something to be found."""

    page: IndexedPage
    read: ReadPage
    """Without anchors, where it was not read."""
    marked: str
    """Its facets, as `extracts.marked_facets` reads them."""


@dataclass(frozen=True, slots=True)
class RunReader:
    """Reads the pages of a run in a site."""

    site: Site
    """What results show of pages is written into it."""
    before: Kept | None
    """The run as it was kept."""

    def read(self, key: str, digests: Mapping[str, str]) -> tuple[Head, dict[str, bytes]]:
        """
        The head of a run, and its parts by their names.

        `digests` has those of its pages, by their addresses in order, and `key` is of all of them. Raises `IndexFailed`.
        """
        sources, texts = self._sources(digests)
        if self.before and not texts and (parts := self._as_it_was(self.before, sources)):
            return self.before.head._replace(key=key, sources=sources), parts
        from .places import Places  # here only: it loads numpy

        places, pages = Places(), list[IndexedPage]()
        beside = list[tuple[Weights, str]]()
        for page, found, marked in self._found(sources, texts):
            try:
                places.add(found)
            except UnknownField as unknown:
                raise IndexFailed(f"`{unknown}` is not a field of the index.") from None
            pages.append(page)
            beside.append((found.weights, marked))
        parts = {
            **_parted("postings", places.postings(), pack),
            **_parted("spellings", places.spellings(), marshal.dumps),
            _BESIDE: marshal.dumps(beside),
        }
        at = placed(parts)
        before, changed = self._changed(pages, parts, at)
        state = key_of(str(len(pages)), *(at[f"postings {letter}"].digest for letter in LETTERS))
        facets = marked_of([marked for _, marked in beside])
        return Head(key, sources, pages, facets, state, before, changed, at), parts

    def _sources(
        self, digests: Mapping[str, str]
    ) -> tuple[Mapping[str, Source], Mapping[str, bytes]]:
        """What each page is read from now; and that itself, of pages that say something new."""
        known = self.before.head.sources if self.before else {}
        sources, texts = {}, {}
        for path, file in digests.items():
            source = known.get(path)
            if source is None or source.file != file:
                text = self._text(path)
                text_digest = digest_of(text)
                if source is None or source.found != text_digest:
                    texts[path] = text
                source = Source(file, text_digest)
            sources[path] = source
        return sources, texts

    def _text(self, path: str) -> bytes:
        """What is to be found of a page."""
        # Not by an object for the path, which takes as long as to read the file.
        with open(f"{self.site.root}/{path}index.html", "rb") as file:  # noqa: PTH123
            return extract(file.read())

    def _as_it_was(self, before: Kept, sources: Mapping[str, Source]) -> dict[str, bytes] | None:
        """All parts, where it is the pages of before; None where it is others, or something is lost."""
        if list(sources) != list(before.head.sources) or not self.site.keep(before.head.files):
            return None
        parts = {}
        for name in before.head.places:
            data = before.part(name)
            if data is None:
                return None
            parts[name] = data
        return parts

    def _found(self, sources: Iterable[str], texts: Mapping[str, bytes]) -> Iterator[_Found]:
        """Yield the pages on which there is something to be found; those that say nothing new are not read again."""
        earlier = self._earlier()
        for path in sources:
            found: _Found | None = None
            if path in texts or earlier is None:
                found = self._read(path, texts[path] if path in texts else self._text(path))
            elif path in earlier:
                found = self._again(*earlier[path]) or self._read(path, self._text(path))
            if found:
                yield found

    def _earlier(self) -> dict[str, tuple[IndexedPage, Weights, str]] | None:
        """What was kept of the pages on which there was something to be found, by their addresses."""
        if self.before is None or (data := self.before.part(_BESIDE)) is None:
            return None
        pages = self.before.head.pages
        told = zip(pages, marshal.loads(data), strict=True)
        return {page.path: (page, *beside) for page, beside in told}

    def _again(self, page: IndexedPage, weights: Weights, marked: str) -> _Found | None:
        """A page of which what results show is as it was."""
        file = fragment(page.id)
        if not self.site.keep({file: page.digest}):
            return None
        shown = from_json(unpacked(self.site.root / file))
        return _Found(
            page, ReadPage(shown["content"].split(" "), weights, [], shown["meta"]), marked
        )

    def _read(self, path: str, text: bytes) -> _Found | None:
        """Read a page, and write what a result shows of it; None where nothing is to be found."""
        page = read(text.decode())
        if not page.words:
            return None
        length = len(page.words)
        told = {
            "url": f"/{path}",
            "content": page.text,
            "word_count": length,
            "filters": {},
            "meta": dict(sorted(page.meta.items())),
            "anchors": page.anchors,
        }
        data = to_json(told)
        id_ = name_of(data)
        file = fragment(id_)
        self.site.write(file, packed(data))
        checked = page.meta.get("checked", "")
        indexed = IndexedPage(path, id_, length, checked, self.site.files[file])
        return _Found(indexed, page, marked_facets(text))

    def _changed(
        self, pages: Sequence[IndexedPage], parts: Mapping[str, bytes], at: Mapping[str, Place]
    ) -> tuple[str, set[Word]]:
        """The state of the run before, and the words that stand elsewhere now; no state where that would tell nothing."""
        changed: set[Word] = set()
        if self.before is None or len(self.before.head.pages) != len(pages):
            return "", changed  # all that follows has other numbers
        for name in (f"postings {letter}" for letter in LETTERS):
            if self.before.head.places[name].digest != at[name].digest:
                data = self.before.part(name)
                if data is None:
                    return "", set()
                changed |= Postings(parts[name]).others(Postings(data))
        return self.before.head.state, changed


def _parted(
    name: str, of_words: Mapping[str, T], pack: Callable[[dict[str, T]], bytes]
) -> dict[str, bytes]:
    """The parts of a run, as they are kept."""
    parts: dict[str, dict[str, T]] = {letter: {} for letter in LETTERS}
    for word, held in of_words.items():
        parts[letter_of(word)][word] = held
    return {f"{name} {letter}": pack(held) for letter, held in parts.items()}

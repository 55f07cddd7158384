"""Whatever was kept of earlier indexes, and whatever happened to it: an index is, byte for byte, the one made anew."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.digests import digest_of
from generator.parallel import untold
from generator.printing.site import Site
from generator.search import bundle, data, runs
from generator.search.catalog import catalog, page_ids
from generator.search.words import by_letter
from tests.search.test_index import page

WORDS = [
    *(f"{first}{second}{third}" for first in "abcsuxz" for second in "aeo" for third in "lnrt"),
    *(
        "café",
        "cafe",
        "cafés",
        "naïve",
        "ñandú",
        "P4P",
        "YouthBuild",
        "2016",
        "žena",
        "日本",
        "the",
    ),
]
NAMES = "Cal Zet", "Alone"


class Pages:
    """Pages with some words each, which chance picks; and an index of them."""

    def __init__(self, folder: Path, pick: random.Random) -> None:
        self.site, self.cache, self.pick = folder / "site", folder / "cache", pick
        for number in range(80):
            self.write(f"records/{number:03}/")
        self.write("empty/", count=0)

    @property
    def all(self) -> list[str]:
        files = self.site.glob("[er]*/**/index.html")
        return sorted(file.relative_to(self.site).as_posix()[:-10] for file in files)

    @property
    def any(self) -> Path:
        return self.pick.choice(sorted(self.site.glob("records/*/index.html")))

    def write(self, path: str, count: int = 12) -> None:
        text = " ".join(self.pick.choices(WORDS, k=count))
        title, facets = text[:3], f"state:{self.pick.choice(('KY', 'OH state:NY'))}"
        told = page(f"<h1>{title}</h1><p id='all'>{text}</p>" if count else "")
        (self.site / path).mkdir(parents=True, exist_ok=True)
        marked = told.replace(
            " data-pagefind-body", f' data-pagefind-body data-kb-facets="{facets}"'
        )
        (self.site / path / "index.html").write_text(marked, "utf-8")

    def read(self, cache: Path, jobs: int) -> tuple[Site, runs.Series]:
        pages = {
            path: digest_of((self.site / path / "index.html").read_bytes()) for path in self.all
        }
        site = Site(self.site)
        return site, runs.Runs(site, pages, cache).of(jobs, untold)

    def index(self, cache: Path, jobs: int) -> dict[str, bytes]:
        """What stands in the files of an index, and in what the search page loads of it."""
        site, read = self.read(cache, jobs)
        made = bundle.write(site, read, jobs, lambda: None)
        data.write_words(site, read, by_letter(NAMES))
        site.write_json("search/catalog", [catalog(made, []), page_ids(made)])
        for run in read:
            site.files.update(run.files)
        return {path: (self.site / path).read_bytes() for path in site.files}


Edit = Callable[[Pages], object]


def _a_word(pages: Pages) -> None:
    file = pages.any
    file.write_text(file.read_text("utf-8").replace("</p>", f" {pages.pick.choice(WORDS)}</p>"))


def _nothing_to_be_found(pages: Pages) -> None:
    file = pages.any
    file.write_text(file.read_text("utf-8").replace("<body>", "<body><!-- more -->"))


def _read_and_stopped(pages: Pages) -> None:
    _a_word(pages)
    pages.read(pages.cache, jobs=1)


def _damaged(pages: Pages) -> None:
    for file in sorted(pages.cache.iterdir()):
        told = bytearray(file.read_bytes())
        told[pages.pick.randrange(len(told))] ^= 1 << pages.pick.randrange(8)
        if pages.pick.random() < 0.3:
            file.write_bytes(told)


def _put_back(pages: Pages) -> None:
    """Puts back some of what was kept a while ago."""
    old = pages.cache.with_name("old")
    old.mkdir(exist_ok=True)
    for file in sorted(pages.cache.iterdir()):
        now = file.read_bytes()
        if pages.pick.random() < 0.5 and (old / file.name).exists():
            file.write_bytes((old / file.name).read_bytes())
        (old / file.name).write_bytes(now)


def _lost_from_the_site(pages: Pages) -> None:
    for file in sorted(pages.site.glob("pagefind/*/*")):
        if pages.pick.random() < 0.2:
            file.unlink() if pages.pick.random() < 0.5 else file.write_bytes(b"HAND")


def _hand_in_words(pages: Pages) -> None:
    pages.pick.choice(sorted(pages.site.glob("search/words/*"))).write_bytes(b"HAND")


EDITS: dict[str, Edit] = {
    "a word": _a_word,
    "words": lambda pages: pages.write(pages.pick.choice(pages.all)),
    "nothing": lambda _: None,
    "nothing to be found": _nothing_to_be_found,
    "all gone from a page": lambda pages: pages.write(pages.pick.choice(pages.all), count=0),
    "a new page": lambda pages: pages.write(f"records/{pages.pick.randrange(80):03}b/"),
    "a page less": lambda pages: shutil.rmtree(pages.any.parent),
    "read, and stopped": _read_and_stopped,
    "damaged": _damaged,
    "put back": _put_back,
    "lost from the site": _lost_from_the_site,
    "hand in words": _hand_in_words,
}


@pytest.mark.parametrize("seed", range(2))
def test_an_index_made_of_what_was_kept_is_the_same_as_one_made_anew(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_PAGES", 8)
    monkeypatch.setattr(bundle, "_LARGE", 60)
    monkeypatch.setattr(bundle, "_MANY", 2)
    pick = random.Random(seed)
    pages = Pages(tmp_path, pick)
    pages.index(pages.cache, 1)
    for number in range(25):
        name = pick.choice([*EDITS, "a word", "a word"])
        EDITS[name](pages)
        kept = pages.index(pages.cache, jobs=2 if number % 10 == 0 else 1)
        anew = pages.index(tmp_path / f"anew-{number}", jobs=1)
        assert sorted(kept) == sorted(anew), name
        assert [path for path in kept if kept[path] != anew[path]] == [], name


def test_files_in_which_no_word_stands_elsewhere_are_not_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "_LARGE", 60)
    pages = Pages(tmp_path, random.Random(1))
    files = len(pages.index(pages.cache, 1))
    assert files > 100
    packed: list[bytes] = []
    monkeypatch.setattr(bundle, "packed", lambda data: packed.append(data) or b"")
    _a_word(pages)
    pages.index(pages.cache, 1)
    assert 1 < len(packed) < 5

"""What our reader of the index finds, beside what Pagefind's own search finds in the same index."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import Stemmer
from playwright.sync_api import Browser

from generator.search.bundle import Bundle
from generator.search.postings import FIELDS
from tests.conftest import PROJECT
from tests.search.indexes import by_us

PAGES = {
    "bridge": (
        "Bridge classes",
        "Training for adults. Trained adults found work, and trained others.",
    ),
    "international": (
        "International credentials",
        "An internship is not an international credential.",
    ),
    "wages": ("Wages", "Training raised wages of adults who were training on the job. " * 5),
    "prison": ("Leaving prison", "Apprenticeship for people leaving prison: work-based learning."),
    "apprentice": ("Apprentices", "People leaving a prison apprenticeship; learning on the job."),
}
WORDS = (
    "training",
    "trained",
    "train",
    "apprent",
    "international",
    "intern",
    "people",
    "wages",
    "zebra",
)
PHRASES = ("leaving prison", "adults found work", "bridge classes", "prison leaving", "on the job")

ASK = """async ([words, phrases, sizes]) => {
  const { SearchIndex, RANKING } = await import("/js/search-index.js");
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.options({ ranking: RANKING });
  await pagefind.init();
  const index = new SearchIndex(new URL("/pagefind/index/", location), sizes);
  const shares = (found) => {
    const best = Math.max(...found.map(([, score]) => score));
    return Object.fromEntries(found.map(([id, score]) => [id, Number((score / best).toFixed(4))]));
  };
  const ids = (numbers) => [...numbers].map((number) => sizes.ids[number]).sort();
  const answers = {};
  for (const [word, stem] of words) {
    const theirs = (await pagefind.search(word)).results.map(({ id, score }) => [id, score]);
    const ours = [...(await index.pages(word, stem))].map(([number, score]) => [sizes.ids[number], score]);
    answers[word] = [shares(ours), shares(theirs)];
  }
  for (const [phrase, stems] of phrases) {
    const theirs = (await pagefind.search(`"${phrase}"`)).results.map(({ id }) => id).sort();
    answers[phrase] = [ids(await index.phrase(stems)), theirs];
  }
  return answers;
}"""


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[tuple[str, Bundle]]:
    """The address of a folder with a few pages, their index and our scripts; and how the index numbers them."""
    for name, (title, text) in PAGES.items():
        page = tmp_path / name / "index.html"
        page.parent.mkdir()
        page.write_text(
            f"<!doctype html><html lang=en><main data-pagefind-body><h1>{title}</h1><p>{text}</p></main>"
        )
    (tmp_path / "empty.html").write_text("<!doctype html><html lang=en><link rel=icon href=data:,>")
    bundle = by_us(tmp_path)
    shutil.copytree(PROJECT / "theme" / "assets" / "js", tmp_path / "js")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", bundle
        server.shutdown()


def test_pages_and_scores_are_those_of_pagefind(
    browser: Browser, indexed: tuple[str, Bundle]
) -> None:
    address, bundle = indexed
    sizes: dict[str, Any] = {
        "ids": [page.id for page in bundle.pages],
        "lengths": [page.length for page in bundle.pages],
        "chunks": [[chunk.last, chunk.name.removeprefix("en_")] for chunk in bundle.chunks],
        "fields": FIELDS,
    }
    page = browser.new_page()
    page.goto(f"{address}/empty.html")
    answers = page.evaluate(ASK, [_stemmed(WORDS, one=True), _stemmed(PHRASES), sizes])
    page.close()
    for asked, (ours, theirs) in answers.items():
        assert ours == theirs, asked
    assert answers["training"][0], "something is compared"
    assert answers["leaving prison"][0]
    assert answers["prison leaving"][0] == []


def _stemmed(asked: tuple[str, ...], *, one: bool = False) -> list[list[Any]]:
    stem = Stemmer.Stemmer("english").stemWord
    return [[text, stem(text) if one else [stem(word) for word in text.split()]] for text in asked]

"""What is new, as a page's view and as feeds that other programs can read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.build import read_library
from generator.printing.feeds import write_feeds
from generator.printing.site import Site
from generator.views.updates import updates_view
from tests.conftest import Tree

ATOM = "{http://www.w3.org/2005/Atom}"
DAY = "casestudies/day-welding.yaml"


def later(tree: Tree) -> Path:
    """The tiny library, one case study of it checked after the others."""
    return tree({DAY: ("checked: 2026-10-01", "checked: 2026-11-25")})


def test_the_latest_comes_first_under_its_day(tree: Tree) -> None:
    view = updates_view(read_library(later(tree)))
    (day, (first,)), *others = view.days
    assert day.words == "November 25, 2026"
    assert first.path == "casestudies/day-welding/"
    assert [day.iso for day, _ in others] == sorted((d.iso for d, _ in others), reverse=True)
    assert view.total == view.shown == 5


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("checked: 2026-10-01\nadded: 2026-10-05", ("Added", "2026-10-05")),
        ("checked: 2026-10-05\nadded: 2026-10-05", ("Added", "2026-10-05")),
        ("checked: 2026-10-05\nadded: 2026-10-01", ("Checked", "2026-10-05")),
        (
            "checked: 2026-10-05\nadded: 2026-10-01\nupdated: 2026-10-07",
            ("Updated", "2026-10-07"),
        ),
        ("checked: 2026-10-05", ("Checked", "2026-10-05")),
    ],
)
def test_it_says_what_happened_last(tree: Tree, days: str, expected: tuple[str, str]) -> None:
    view = updates_view(read_library(tree({DAY: ("checked: 2026-10-01", days)})))
    (update,) = (u for _, some in view.days for u in some if u.path == "casestudies/day-welding/")
    assert (update.what, update.day.isoformat()) == expected


def test_feeds_name_what_is_new_about_one_practice(tree: Tree, tmp_path: Path) -> None:
    library = read_library(later(tree))
    write_feeds(library, Site(tmp_path, "https://library.invalid/"))
    atom = ElementTree.parse(tmp_path / "updates/practices/stipends.xml").getroot()
    titles = [e.findtext(f"{ATOM}title") for e in atom.iter(f"{ATOM}entry")]
    assert atom.findtext(f"{ATOM}updated") == "2026-11-25T00:00:00Z"
    links = {e.get("rel"): e.get("href") for e in atom.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://library.invalid/practices/stipends/",
        "self": "https://library.invalid/updates/practices/stipends.xml",
    }
    feed = json.loads((tmp_path / "updates/practices/stipends.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == titles
    assert feed["items"][0]["url"] == "https://library.invalid/casestudies/day-welding/"


def test_what_means_something_in_xml_is_said_in_a_feed_as_it_was_written(
    tree: Tree, tmp_path: Path
) -> None:
    words = """R&D's <b>"first"</b> &lt; ]]> day"""
    about, practice = json.dumps(words), "content/practices/stipends.md"
    library = read_library(
        tree(
            {
                DAY: (
                    "title: Day welding course\nsummary: A made-up",
                    f"title: {about}\nsummary: {about} #",
                ),
                practice: ("title: Stipends", f"title: {about}"),
            }
        )
    )
    address = 'https://library.invalid/"<&/'
    write_feeds(library, Site(tmp_path, address))
    atom = ElementTree.parse(tmp_path / "updates/practices/stipends.xml").getroot()
    entry = next(
        e for e in atom.iter(f"{ATOM}entry") if "day-welding" in e.findtext(f"{ATOM}id", "")
    )
    assert atom.findtext(f"{ATOM}title") == f"Rewire: {words}"
    assert entry.findtext(f"{ATOM}title") == f"Checked: {words}"
    assert entry.findtext(f"{ATOM}summary") == words
    (link,) = entry.findall(f"{ATOM}link")
    assert link.get("href") == f"{address}casestudies/day-welding/"


def test_a_feed_about_nothing_is_still_a_feed(tree: Tree, tmp_path: Path) -> None:
    library = read_library(tree())
    write_feeds(library, Site(tmp_path, ""))
    empty = [
        path
        for path in (tmp_path / "updates/populations").glob("*.xml")
        if not list(ElementTree.parse(path).getroot().iter(f"{ATOM}entry"))
    ]
    assert empty
    for path in empty:
        assert ElementTree.parse(path).getroot().findtext(f"{ATOM}updated")

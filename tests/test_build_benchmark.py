"""The benchmark of builds: its records are good, the peers get all of them, and its sums are right."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from posixpath import join, normpath

import pytest

from generator.build import read_library
from generator.formatting.files import formatted
from generator.library import Library
from generator.models.case_study import CaseStudy
from tests.benchmarks import hugo_site, markdown_site
from tests.benchmarks.builders import Build
from tests.benchmarks.builds_report import Measured, growth_section
from tests.benchmarks.measuring import run, tree, written
from tests.benchmarks.records import make
from tests.conftest import PROJECT, Tree, findings_of, told

REAL = PROJECT / "casestudies"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_made_records_pass_the_check_and_are_in_form(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "content", tmp_path / "content")
    shutil.copytree(REAL, tmp_path / "casestudies")
    made = tmp_path / "casestudies"
    make(REAL, made, 20)
    assert told(findings_of(tmp_path)) == []
    for path in made.glob("record-*.yaml"):
        text = path.read_text("utf-8")
        assert formatted(text, CaseStudy) == text


def test_the_same_seed_makes_the_same_records(tmp_path: Path) -> None:
    for name, count, seed in (("one", 6, 1), ("two", 6, 1), ("few", 4, 1), ("other", 6, 2)):
        make(REAL, tmp_path / name, count, seed)
    one = contents(tmp_path / "one")
    assert contents(tmp_path / "two") == one
    assert contents(tmp_path / "few").items() <= one.items()
    assert not contents(tmp_path / "other").items() & one.items()


@pytest.fixture
def library(tree: Tree) -> Library:
    return read_library(tree())


def test_hugo_gets_every_part_of_a_case_study(library: Library) -> None:
    pages = {name: (fields, body) for name, fields, body in hugo_site.pages(library)}
    for case in library.case_studies:
        fields, body = pages[f"casestudies/{case.id}.md"]
        assert re.findall(r"^## (.+) \{#", body, re.M) == [
            "The challenge",
            "What they did",
            "How employers took part",
            "Results",
        ]
        assert "kb:" not in body
        assert not re.search(r"\[s\d", body)
        assert len(fields["outcomes"]) == len(case.outcomes)
        assert len(fields["lessons"]) == len(case.lessons)
        assert len(fields["sources"]) == len(case.sources)
        for taxonomy in ("practices", "policies", "populations", "sectors", "program-areas", "states"):  # fmt: skip
            for tag in fields[taxonomy]:
                assert f"{taxonomy}/{tag}/_index.md" in pages


def test_hugo_gets_the_same_fields_in_yaml_and_in_json(library: Library, tmp_path: Path) -> None:
    hugo_site.write(library, tmp_path / "usual")
    hugo_site.write(library, tmp_path / "lean", lean=True)
    case = f"content/casestudies/{library.case_studies[0].id}.md"
    assert (tmp_path / "usual" / case).read_text().startswith("---\ntitle: ")
    assert (tmp_path / "lean" / case).read_text().startswith('{\n  "title": ')


def test_links_between_the_markdown_pages_lead_somewhere(library: Library) -> None:
    pages = dict(markdown_site.pages(library))
    for name, text in pages.items():
        for link in re.findall(r"\]\(([^)#<:]+\.md)", text):
            assert normpath(join(name, "..", link)) in pages, f"{name}: {link}"
        anchors = set(re.findall(r"\{#([\w-]+)\}", text))
        assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= anchors, name


def test_the_slope_is_what_one_more_record_costs() -> None:
    def measured(records: int, pages: float, index: float, memory: int) -> Measured:
        return Measured("Rewire", records, [Build(pages, index, 0, 0, memory, 0)])

    told = growth_section([measured(100, 1, 2, 10**8), measured(1100, 3, 6, 3 * 10**8)])
    assert told.endswith("| Rewire | 100 to 1,100 | 6.00 | 2.00 | 200.0 |")


HOLDS = """
import subprocess, sys, time
held = bytearray(100_000_000)
if sys.argv[1:]:
    started = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE)
    started.stdout.readline()  # now both hold as much
    time.sleep(0.5)
    started.kill()
else:
    print("holding", flush=True)
    time.sleep(60)
"""


def test_a_run_is_measured_with_the_processes_that_it_starts(tmp_path: Path) -> None:
    script = tmp_path / "holds.py"
    script.write_text(HOLDS)
    done = run([sys.executable, str(script), str(script)], tmp_path)
    assert done.seconds > 0.5
    assert done.worked > 0
    assert done.own > (200_000_000 if sys.platform == "linux" else 100_000_000)
    assert done.indexer == 0


def test_a_folder_is_written_again_whole(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("a.html", "b/c.html", "s/d.svg"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    assert written(source, tmp_path / "target") > 0
    assert tree(tmp_path / "target") == tree(source)
    assert tree(source, without=("s",)).files == 2

"""The benchmark of builds: its records are good, the peers get all of them, and its sums are right."""

from __future__ import annotations

import re
import runpy
import shutil
import sys
import tomllib
from pathlib import Path
from posixpath import join, normpath
from types import SimpleNamespace

import pytest
import yaml
from fontTools.ttLib import TTFont
from material.plugins.social.plugin import SocialPlugin

from generator.build import read_library
from generator.formatting.files import formatted
from generator.library import Library
from generator.models.case_study import CaseStudy
from generator.models.practice import Practice
from tests.benchmarks import (
    builders,
    growth,
    hugo_site,
    markdown_files,
    markdown_site,
    measuring,
    trash,
)
from tests.benchmarks.builders import Build, Ours, Peer
from tests.benchmarks.builds_report import Floor, Measured, growth_section, section
from tests.benchmarks.measuring import Run, RunFailed, run, tree, written
from tests.benchmarks.records import make
from tests.benchmarks.trash import Trash
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


def test_hugo_gets_what_the_files_beside_a_page_need(library: Library) -> None:
    pages = {name: fields for name, fields, _ in hugo_site.pages(library, files=True)}
    case, practice = library.case_studies[0], library.all("practice", Practice)[0]
    told = pages[f"casestudies/{case.id}.md"]
    assert told["aliases"][0] == f"/s/{library.codes['case-study', case.id]}/"
    assert {"bibtex", "oembed", "embed"} <= set(told["outputs"])
    assert told["marks"]
    assert "feed" in pages[f"practices/{practice.id}/_index.md"]["outputs"]
    assert "outputs" not in pages["glossary.md"]


def test_hugo_has_a_template_for_whatever_a_page_asks_for(library: Library) -> None:
    settings = tomllib.loads((hugo_site.TEMPLATES / "files.toml").read_text("utf-8"))
    asked = {("all", o) for _, fields, _ in hugo_site.pages(library, files=True) for o in fields.get("outputs", ())}  # fmt: skip
    asked |= {("home", output) for output in settings["outputs"]["home"]}
    templates = {tuple(p.name.split(".")[:2]) for p in (hugo_site.TEMPLATES / "layouts").iterdir()}
    for page, output in asked - {(page, own) for page in ("all", "home") for own in ("html", "rss")}:  # fmt: skip
        assert output in settings["outputFormats"]
        assert {(page, output), ("all", output)} & templates, output


def test_links_between_the_markdown_pages_lead_somewhere(library: Library) -> None:
    pages = dict(markdown_site.pages(library))
    for name, text in pages.items():
        for link in re.findall(r"\]\(([^)#<:]+\.md)", text):
            assert normpath(join(name, "..", link)) in pages, f"{name}: {link}"
        anchors = set(re.findall(r"\{#([\w-]+)\}", text))
        assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= anchors, name


def test_mkdocs_gets_what_the_files_beside_a_page_need(library: Library) -> None:
    case, pages = library.case_studies[0], dict(markdown_site.pages(library))
    embedded = dict(markdown_files.embedded(library, "https://library.invalid/"))
    assert "https://library.invalid/casestudies/" in embedded[f"embed/casestudies/{case.id}.md"]
    plugins = {n: p for one in markdown_files.settings(library)["plugins"] for n, p in one.items()}
    redirects = plugins["redirects"]["redirect_maps"]
    code = library.codes["case-study", case.id]
    assert redirects[f"s/{code}.md"] == f"casestudies/{case.id}.md"
    assert set(redirects.values()) <= pages.keys()


def test_material_is_given_the_font_that_it_would_fetch(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    markdown_site.write(library, tmp_path, "mkdocs", files=True)
    settings = yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))
    plugin, (hook,) = settings["plugins"][0], settings["hooks"]
    social = SocialPlugin()
    social.load_config({**plugin["social"], "cache_dir": str(tmp_path / "cache")})
    monkeypatch.chdir(tmp_path)
    runpy.run_path(hook)["on_config"](SimpleNamespace(plugins={"material/social": social}))
    family = social.config.cards_layout_options["font_family"]
    for style, weight in (("Regular", 400), ("Bold", 700)):
        font = TTFont(social._resolve_font(family, style))
        assert font["OS/2"].usWeightClass == weight


def test_the_slope_is_what_one_more_record_costs() -> None:
    def measured(records: int, pages: float, index: float, memory: int) -> Measured:
        return Measured("Rewire", records, True, [Build(pages, index, 0, 0, memory, 0)])

    told = growth_section([measured(100, 1, 2, 10**8), measured(1100, 3, 6, 3 * 10**8)])
    assert told.endswith("| Rewire | 100 to 1,100 | 6.00 | 2.00 | 200.0 |")


def test_builds_are_set_beside_what_they_make_of_ours() -> None:
    def measured(
        name: str, complete: bool, pages: float, extras: float, index: float = 2.0
    ) -> Measured:
        return Measured(name, 100, complete, [Build(pages, index, extras, 0, 0, 0)])

    told = section(
        [
            measured("Rewire", True, 8.0, 4.0),
            measured("Files too", True, 18.0, 0.0),
            measured("Pages", False, 10.0, 0.0, 5.0),
        ],
        Floor([3.0], [1.0]),
    )
    assert "| Rewire | 8.00 | 2.00 | 10.00 | 1.00 | 1.00 |" in told
    assert "| Files too | 18.00 | 2.00 | 20.00 | 2.00 | 2.25 |" in told
    assert "| Rewire, pages only | 4.00 | 2.00 | 6.00 | 1.00 | 1.00 |" in told
    assert "| Pages | 10.00 | 5.00 | 15.00 | 2.50 | 2.50 |" in told
    assert "search index (2.00 s) instead" in told
    assert "Pages 12.00 s." in told


STEPS = "\n".join(f"{name} done {seconds} s" for name, seconds in (("Check", 2.0), ("Data", 1.0), ("Links", 0.5), ("Print", 4.5), ("Index", 4.0)))  # fmt: skip
PROFILE = "Print    what there is to share, in all processes           3.00 s    23%"


def test_all_seconds_of_our_process_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    took = Run(seconds=13.0, worked=20.0, own=1, indexer=2, printed=f"{STEPS}\n{PROFILE}")
    monkeypatch.setattr(growth, "processors", lambda: 2)
    monkeypatch.setattr(builders, "run", lambda *_: took)
    build = Ours(tmp_path, Trash(tmp_path / "trash")).cold()
    assert (build.whole, build.pages, build.extras) == (13.0, 9.0, 1.5)


PAGE = "<html><body data-pagefind-body>Training</body></html>"
BUILDS = f"""
import pathlib
pathlib.Path("cache").mkdir()
for page in ("index.html", "s/code/index.html", "page/index.html"):
    path = pathlib.Path("site", page)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text({PAGE!r})
"""
"""A builder that fails where a build before has left something."""


@pytest.mark.parametrize("kind", ["ext4", trash.IN_MEMORY])
def test_each_cold_build_finds_nothing_but_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(trash, "file_system", lambda _: kind)
    root, old = tmp_path / "peer", tmp_path / "trash"
    root.mkdir()
    (root / "builds.py").write_text(BUILDS)
    command = [sys.executable, "builds.py"]
    peer = Peer("Peer", root, root / "site", command, Trash(old))
    for _ in range(3):
        assert peer.cold().pages > 0
    assert {path.name for path in root.iterdir()} == {"builds.py", "cache", "site"}
    indexed = list((root / "site" / "pagefind").rglob("*.pf_fragment"))
    assert len(indexed) == 2  # short links are no pages to find
    kept = [path for path in old.rglob("*.html") if path.read_text() == PAGE]
    assert len(kept) == (0 if kind == trash.IN_MEMORY else 6)
    Trash(old).empty()
    assert not old.exists()


@pytest.fixture
def looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    However busy the machine is, a run is looked at when there is something to see.

    It says so with a file `ready`, and can wait for a file `seen`.
    """
    look = measuring._Watch._look

    def once_ready(watch: measuring._Watch) -> None:
        while not (tmp_path / "ready").exists() and not watch._over.wait(0.01):
            pass
        look(watch)
        (tmp_path / "seen").touch()

    monkeypatch.setattr(measuring._Watch, "_look", once_ready)


SEEN = """
import pathlib, time
def seen():
    pathlib.Path("ready").touch()
    while not pathlib.Path("seen").exists():
        time.sleep(0.01)
"""
HOLDS = f"""{SEEN}
import subprocess, sys
begun = time.monotonic()
held = bytearray(100_000_000)
if sys.argv[1:]:
    started = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE)
    started.stdout.readline()  # now both hold as much
    seen()
    started.kill()
    print(time.monotonic() - begun)
else:
    print("holding", flush=True)
    time.sleep(60)
"""


@pytest.mark.usefixtures("looked_at")
def test_a_run_is_measured_with_the_processes_that_it_starts(tmp_path: Path) -> None:
    script = tmp_path / "holds.py"
    script.write_text(HOLDS)
    done = run([sys.executable, str(script), str(script)], tmp_path)
    assert done.seconds > float(done.printed)
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


COPIES = f"""{SEEN}
import os
held = bytearray(100_000_000)
for _ in range(3):
    if os.fork() == 0:
        time.sleep(60)
seen()
os.killpg(0, 9)
"""
SPIKE = f"""{SEEN}
held = bytearray(100_000_000)
del held
seen()
"""


@pytest.mark.usefixtures("looked_at")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_copies_of_a_process_share_counts_once(tmp_path: Path) -> None:
    with pytest.raises(RunFailed) as failed:  # it ends its copies and itself
        run([sys.executable, "-c", COPIES], tmp_path)
    had = re.search(r"It had ([\d,]+) MB", failed.value.why)
    assert had
    assert 100 < int(had[1]) < 200


@pytest.mark.usefixtures("looked_at")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_memory_that_a_process_had_between_two_looks_counts(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", SPIKE], tmp_path).own > 100_000_000


WAITS = f"print('waiting', flush=True){SEEN}seen(); time.sleep(60)"


@pytest.mark.usefixtures("looked_at")
def test_a_command_that_hangs_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(RunFailed, match=r"was stopped: it took too long\..*\nwaiting"):
        run([sys.executable, "-c", WAITS], tmp_path, longest=0.5)


def test_a_command_that_takes_the_machine_s_memory_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "_left", lambda: 0.01)
    with pytest.raises(RunFailed, match="was stopped: it left the machine hardly any memory"):
        run([sys.executable, "-c", WAITS], tmp_path)

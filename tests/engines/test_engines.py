"""Both engines, on the tiny library: what each must do to pages, and what it says when it can't."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.commands.build import ENGINES
from tests.conftest import Tree, made_whole

ABOUT = """\
---
title: About
found_by: [who]
---

# About

An ITA is explained. See [stipends](kb:stipends) and [the list](casestudies.md).

```yaml
id: an-example
```
"""


def build(root: Path, engine: str) -> Result:
    arguments = ["build", "--root", str(root), "--engine", engine]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_written_page_gets_its_links_terms_and_code(
    engine: str, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REWIRE_SITE_URL", "")
    root = made_whole(tree({"content/about.md": ABOUT}))
    result = build(root, engine)
    assert result.exit_code == 0, result.output
    html = (root / "site" / "about" / "index.html").read_text("utf-8")
    article = html.partition("<article")[2].partition("</article>")[0]
    assert 'href="../practices/stipends/"' in article
    assert 'href="../casestudies/"' in article
    assert re.search(r'<button [^>]*popovertarget="term-ita">ITA</button>', article)
    assert '<code class="language-yaml">id: an-example' in article
    names = gzip.decompress((root / "site" / "search" / "names.kb").read_bytes())
    assert b'"who"' in names


@pytest.mark.parametrize("engine", ENGINES)
def test_where_nobody_says_where_the_site_will_stand_no_page_has_a_canonical_address(
    engine: str, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REWIRE_SITE_URL", "")
    root = made_whole(tree())
    assert build(root, engine).exit_code == 0
    for file in ("about", "casestudies/night-welding"):
        assert "canonical" not in (root / "site" / file / "index.html").read_text("utf-8")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dead_link_on_a_written_page_stops_the_build(engine: str, tree: Tree) -> None:
    page = ("[the list](casestudies.md)", "[the list](nowhere.md)")
    root = made_whole(tree({"content/about.md": page}))
    result = build(root, engine)
    assert result.exit_code == 1
    assert "There is no site yet." in result.output
    assert "Traceback" not in result.output


def test_zensical_says_where_a_dead_link_is(tree: Tree) -> None:
    page = ("[the list](casestudies.md)", "[the list](nowhere.md)")
    said = build(made_whole(tree({"content/about.md": page})), "zensical").output
    assert "page does not exist" in said
    assert "about.md:7:" in said
    assert "\x1b" not in said


def test_an_engine_that_is_not_installed_says_how_to_install_it(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.engines.zensical.find_spec", {}.get)
    result = build(made_whole(tree()), "zensical")
    assert result.exit_code == 2
    assert "Zensical is not installed." in result.output
    assert ".venv/bin/pip install -e '.[zensical]'" in result.output

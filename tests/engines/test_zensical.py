"""What goes into Zensical's project, and what is done to what comes out."""

from __future__ import annotations

from generator.engines.mkdocs import settings
from generator.engines.zensical import marked, placed, project_settings
from tests.conftest import Tree


def test_zensical_gets_the_settings_that_it_knows_and_no_plugin_of_ours(tree: Tree) -> None:
    root = tree(
        {
            "mkdocs.yml": "site_name: Tiny\n"
            "docs_dir: content\n"
            "theme: {name: material, custom_dir: theme, font: false}\n"
            "strict: true\n"
            "hooks: []\n"
            "plugins: [rewire]\n"
            "markdown_extensions: [attr_list, toc: {permalink: '#'}]\n"
            "nav: [Home: index.md]\n",
            "theme/main.html": "",
        }
    )
    assert project_settings(settings(root), root / "theme") == {
        "site_name": "Tiny",
        "nav": [{"Home": "index.md"}],
        "docs_dir": "content",
        "site_dir": "site",
        "theme": {
            "name": "material",
            "custom_dir": str(root / "theme"),
            "font": False,
            "variant": "classic",
        },
        "markdown_extensions": [
            {"pymdownx.superfences": {}},
            {"toc": {"permalink": "#"}},
            {"tables": {}},
            {"fenced_code": {}},
            {"attr_list": {}},
        ],
        "plugins": [{"search": {"enabled": False}}],
    }


def test_lines_keep_their_numbers_between_the_marks() -> None:
    head, body = "---\ntitle: A\n---\n\n", "# A\n\nWords.\n"
    lines = marked(head, body).splitlines()
    assert lines.index("# A") == (head + body).splitlines().index("# A")
    assert lines[3].startswith("<!--")
    assert lines[-1].startswith("<!--")


def test_a_frame_stands_where_its_list_stands() -> None:
    frame = (
        '<nav class="md-tabs"><a href="../../">Home</a><a href="../">States</a></nav>'
        '<main><a href="x/">Stays</a></main>'
    )
    listed = (
        '<nav class="md-tabs"><a href="./..">Home</a><i><nav></nav></i>'
        '<a class="active" href="./">States</a><a href="#top">Up</a></nav><main></main>'
    )
    assert placed(frame, "states/_frame/", listed, "states/") == (
        '<nav class="md-tabs"><a href="../..">Home</a><i><nav></nav></i>'
        '<a class="active" href="../">States</a><a href="#top">Up</a></nav>'
        '<main><a href="x/">Stays</a></main>'
    )


def test_a_theme_without_tabs_keeps_its_navigation() -> None:
    assert placed("<main></main>", "states/_frame/", "<main></main>", "states/") == "<main></main>"

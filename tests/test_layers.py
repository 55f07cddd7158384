"""Imports run one way, from reading to the command line; nothing earlier knows of anything later."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import PROJECT

GENERATOR = PROJECT / "generator"

LAYERS = [
    {
        "diagnostics",
        "digests",
        "failures",
        "looking",
        "near",
        "noted",
        "packing",
        "parallel",
        "prose",
        "revisions",
        "stamps",
        "steps",
    },
    {"reading"},
    {"models"},
    {"resolver"},
    {"alike", "checks", "graph", "library", "formatting"},
    {"views", "rubric"},
    {
        "registry",
        "printing",
        "search",
        "reporters",
        "report_formats",
        "upkeep",
        "drafts",
        "form",
        "exports",
        "tables",
        "sharing",
        "offline",
    },
    {"build", "publishing"},
    {"engines"},
    {"plugin", "preview"},
    {"commands"},
    {"cli", "__main__"},
]
"""Packages and modules of the generator; each may import from its own layer and from those before."""

DEPTH = {name: depth for depth, names in enumerate(LAYERS) for name in names}


def _modules() -> list[Path]:
    return sorted(p for p in GENERATOR.rglob("*.py") if p != GENERATOR / "__init__.py")


def _layer_of(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The top-level parts of the generator that a module imports."""
    inside = path.relative_to(GENERATOR).parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            package = inside[: len(inside) - node.level]
            target = (*package, *(node.module or "").split("."))
            names = [t for t in target if t] or [alias.name for alias in node.names]
            found.add(_layer_of((names[0],)))
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(GENERATOR).as_posix())
def test_a_module_imports_from_earlier_layers_only(path: Path) -> None:
    own = _layer_of(path.relative_to(GENERATOR).parts)
    late = {name for name in _imports(path) if DEPTH[name] > DEPTH[own]}
    assert not late, f"{own} may not import {late}"


def test_every_module_has_a_layer() -> None:
    names = {_layer_of(path.relative_to(GENERATOR).parts) for path in _modules()}
    assert names == set(DEPTH)


def test_html_stays_out_of_the_early_layers() -> None:
    early = {name for names in LAYERS[:5] for name in names}
    for path in _modules():
        if _layer_of(path.relative_to(GENERATOR).parts) in early:
            source = path.read_text(encoding="utf-8")
            for library in ("jinja2", "markupsafe", "mkdocs", "cmarkgfm", "nh3"):
                assert f"import {library}" not in source
                assert f"from {library}" not in source

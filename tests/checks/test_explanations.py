"""Every code is explained, and every example holds: before gives the finding, after gives none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.checks.explanations import CASE, EXPLANATIONS, GROUPS, LEDGER, NETWORK, Explanation
from generator.reading import sources
from generator.registry import KINDS
from tests.checks.test_communities_and_playbooks import GUIDE
from tests.checks.test_communities_and_playbooks import NETWORK as A_NETWORK
from tests.checks.test_communities_and_playbooks import PLAYBOOK as A_PLAYBOOK
from tests.conftest import PROJECT, TINY, Tree, findings_of

GENERATOR = PROJECT / "generator"
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+|empty")
NO_CODES = {kind.name for kind in KINDS} | {
    *("utf-8", "utf-8-sig"),
    *("constrained-int", "constrained-float"),
    "glossary-sources",  # the names of rules
    "playbook-records",
    *("rubric-ids", "rubric-references", "rubric-bands", "rubric-versions"),
}


def _emitting() -> Iterator[Path]:
    """The modules that make findings."""
    for folder in ("reading", "checks"):
        yield from sorted((GENERATOR / folder).glob("*.py"))
    yield from (GENERATOR / "models" / f"{name}.py" for name in ("validation", "loading"))
    yield GENERATOR / "resolver.py"


def _codes(path: Path) -> set[str]:
    """Every string of a module that looks like a code, docstrings aside."""
    return {
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    } - NO_CODES


def test_every_code_is_explained_and_no_other() -> None:
    emitted = {code for path in _emitting() if path.stem != "explanations" for code in _codes(path)}
    assert emitted == set(EXPLANATIONS)


@pytest.mark.parametrize("explained", EXPLANATIONS.values(), ids=EXPLANATIONS)
def test_an_explanation_is_plain(explained: Explanation) -> None:
    assert explained.group in GROUPS
    assert not explained.title.endswith(".")
    assert explained.meaning.endswith(".")
    assert explained.before != explained.after
    assert "\N{EM DASH}" not in explained.meaning


NEW = "casestudies/night-shift.yaml"


def _new() -> str:
    return (TINY / CASE).read_text("utf-8").replace("id: night-welding", "id: night-shift")


Changes = dict[str, str | bytes | tuple[str, str] | None]

# The example is not a piece of a record: what is wrong, and what is put right.
SPECIAL: dict[str, tuple[Changes, Changes]] = {
    "stray-file": (
        {"casestudies/night-shift.yml": _new()},
        {"casestudies/night-shift.yml": None, NEW: _new()},
    ),
    "file-too-large": ({NEW: _new() + "#\n" * 300_000}, {NEW: _new()}),
    "not-utf-8": ({NEW: _new().encode("utf-16")}, {NEW: _new()}),
    "no-fields": ({NEW: "# not written yet\n"}, {NEW: _new()}),
    "yaml-number": ({NEW: _new().replace("20000", "9" * 5000)}, {NEW: _new()}),
    "yaml-depth": (
        {NEW: _new().replace("[construction]", "[" * 5000 + "]" * 5000)},
        {NEW: _new()},
    ),
}

# What the record must hold already for the mended example to stand in it.
_ALSO = (TINY / "content/policies/training-accounts.md").read_text("utf-8")
_ENTRY = "- {{code: {}, kind: case-study, id: {}, addresses: [casestudies/{}/]}}\n"
_LEDGER = _ENTRY.format("k2x2hm", "night-welding", "night-welding") + _ENTRY.format(
    "wkf453", "day-welding", "day-welding"
)


def _ledger(addresses: str = "") -> Changes:
    """A ledger of the made-up library, with other addresses for the second record."""
    return {
        LEDGER: _LEDGER.replace(
            "addresses: [casestudies/day-welding/]",
            addresses or "addresses: [casestudies/day-welding/]",
        )
    }


_ONE = A_NETWORK[
    A_NETWORK.index("  - id: springfield-ky") : A_NETWORK.index("sources:\n  - {id: s1")
]
_TWO_COMMUNITIES = A_NETWORK.replace(
    _ONE, _ONE + _ONE.replace("springfield-ky", "shelbyville-ky")
).replace("announced: 1", "announced: 2")
BASE: dict[str, Changes] = {
    "record-not-named": {GUIDE: A_PLAYBOOK},
    "unknown-round": {NETWORK: A_NETWORK},
    "round-too-large": {NETWORK: _TWO_COMMUNITIES},
    "address-lost": _ledger("addresses: [casestudies/day-welding/, casestudies/welding-by-day/]"),
    "address-changed": _ledger(EXPLANATIONS["address-changed"].after),
    **{
        code: _ledger()
        for code in ("address-taken", "code-reused", "recorded-twice", "removed-but-there")
    },
    "refers-to-itself": {CASE: ("checked: 2026-11-01", EXPLANATIONS["refers-to-itself"].after)},
    "link-form": {
        CASE: (
            "employer_engagement: Two shops lent machines [s2].",
            EXPLANATIONS["link-form"].after,
        )
    },
    "html-in-prose": {CASE: ("Two shops lent machines [s2].", EXPLANATIONS["html-in-prose"].after)},
    "unnamed-outcome": {CASE: ("metric: employed", EXPLANATIONS["unnamed-outcome"].after)},
    "ambiguous-id": {
        CASE: ("[stipends](kb:stipends)", EXPLANATIONS["ambiguous-id"].after),
        "content/about.md": ("(kb:stipends)", "(kb:practices/stipends)"),
        "content/policies/stipends.md": _ALSO.replace("id: training-accounts", "id: stipends"),
    },
}

BY_HAND = {"not-a-file", "unreadable-file", "promise-deleted"}
"""Tested elsewhere: a link and a file that cannot be opened, below; what shows only beside an older version, in
tests/commands/test_check.py."""


def codes(root: Path) -> set[str]:
    return {finding.code for finding in findings_of(root)}


@pytest.mark.parametrize(
    "explained",
    [e for e in EXPLANATIONS.values() if e.code not in {*SPECIAL, *BY_HAND}],
    ids=lambda e: e.code,
)
def test_before_gives_the_finding_and_after_gives_none(tree: Tree, explained: Explanation) -> None:
    root = tree(BASE.get(explained.code))
    assert findings_of(root) == []
    tree({explained.file: (explained.after, explained.before)})
    assert codes(root) == {explained.code}


@pytest.mark.parametrize("code", SPECIAL)
def test_a_file_that_is_wrong_and_put_right(tree: Tree, code: str) -> None:
    wrong, right = SPECIAL[code]
    assert codes(tree(wrong)) == {code}
    assert findings_of(tree(right)) == []


def test_a_link_for_a_file(tree: Tree) -> None:
    root = tree({"notes.yaml": _new()})
    (root / NEW).symlink_to("../notes.yaml")
    assert codes(root) == {"not-a-file"}


def test_a_file_that_cannot_be_opened(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tree({NEW: _new()})

    def refuse(path: Path | str, *given: Any, **named: Any) -> Any:
        if Path(path).name == Path(NEW).name:
            raise PermissionError(13, "Permission denied")
        return open(path, *given, **named)  # noqa: PTH123

    monkeypatch.setattr(sources, "open", refuse, raising=False)
    assert codes(root) == {"unreadable-file"}


def test_what_hides_the_rest_of_a_file_is_known(tree: Tree) -> None:
    """A code that hides others is the only one for its file, however much else is wrong there."""
    for explained in EXPLANATIONS.values():
        if explained.code in {*SPECIAL, *BY_HAND, *BASE}:
            continue
        text = (TINY / explained.file).read_text("utf-8")
        worse = text.replace(explained.after, explained.before, 1) + (
            "" if explained.file.endswith(".md") else "zebra: 1\n"
        )
        if explained.file.endswith(".yaml"):
            found = codes(tree({explained.file: worse}))
            assert ("unknown-field" not in found) == explained.hides, explained.code
            tree({explained.file: text})

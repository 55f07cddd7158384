"""`kb explain`: every finding in words, on the terminal and on its page."""

from __future__ import annotations

from generator.checks.explanations import EXPLANATIONS
from tests.commands.conftest import Kb


def test_a_code_is_explained_with_an_example(kb: Kb) -> None:
    result = kb("explain", "unknown-choice")
    assert result.exit_code == 0
    assert "    status: activ\n" in result.output
    assert "    status: active\n" in result.output


def test_what_cannot_be_seen_is_named(kb: Kb) -> None:
    assert (
        "Night weld[soft hyphen (U+00AD)]ing course" in kb("explain", "invisible-character").output
    )
    assert "[U+0007]" in kb("explain", "yaml-control").output
    assert "[tab]- name" in kb("explain", "yaml-tab").output


def test_without_a_code_all_are_listed(kb: Kb) -> None:
    output = kb("explain").output
    for code, explained in EXPLANATIONS.items():
        assert f"  {code} " in output
        assert explained.title in output


def test_an_unknown_code_gets_the_near_ones(kb: Kb) -> None:
    result = kb("explain", "unkown-field")
    assert result.exit_code == 2
    assert result.stderr.startswith(
        "There is no finding `unkown-field`. Did you mean `unknown-field`"
    )

"""Each record's page asks what is missing or wrong, with its id and version filled in."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from generator.cli import main
from tests.test_cli import whole  # noqa: F401  a fixture


def _address(root: Path) -> str:
    """Where the link of a record's page leads."""
    done = CliRunner().invoke(main, ["build", "--root", str(root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    html = (root / "site/casestudies/night-welding/index.html").read_text("utf-8")
    found = re.search(r'class="kb-feedback".*?href="([^"]*)"', html)
    assert found is not None
    return unescape(found[1])


@pytest.mark.parametrize(
    ("variable", "value", "before"),
    [
        ("REWIRE_REPOSITORY", "https://github.com/o/n", "https://github.com/o/n/issues/new"),
        ("REWIRE_FEEDBACK_MAIL", "editor@library.invalid", "mailto:editor@library.invalid"),
    ],
)
def test_the_page_and_its_version_are_filled_in(
    whole: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    before: str,
) -> None:
    monkeypatch.setenv(variable, value)
    address = urlsplit(_address(whole))
    assert address.geturl().startswith(before)
    given = parse_qs(address.query)
    assert given.get("title", given.get("subject")) == ["Feedback on casestudies/night-welding"]
    assert re.match(
        r"Page: casestudies/night-welding\nVersion: checked \d{4}-\d\d-\d\d\n\nWas this useful",
        given["body"][0],
    )


def test_without_an_address_it_leads_to_how_to_contribute(whole: Path) -> None:  # noqa: F811
    assert _address(whole) == "../../contribute/"

"""What GitHub is given: workflows that a fork cannot misuse, and forms that fit the schema."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import read_library
from generator.exports.issue_form import PATH, issue_form
from generator.exports.schemas import TEMPLATE, schema_of, template
from generator.models.case_study import CaseStudy
from tests.conftest import PROJECT

GITHUB = PROJECT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SHAPES = {
    "vendor.github-workflows": WORKFLOWS,
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.github-issue-forms": sorted(
        p for p in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml"
    ),
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
}
every_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)


def _parsed(path: Path) -> dict[Any, Any]:
    parsed = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(parsed, dict)
    return parsed


def _steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in _parsed(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("shape", SHAPES)
def test_github_can_read_its_files(shape: str) -> None:
    """By the schemas that check-jsonschema carries; nothing is fetched."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", shape, *SHAPES[shape]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_of_workflows_has_nothing_to_say() -> None:
    """zizmor: untrusted code with a token that can write, text of a pull request in a command, and so on."""
    zizmor = Path(sys.executable).parent / "zizmor"
    done = subprocess.run(
        [zizmor, "--offline", "--pedantic", "--no-progress", "--quiet", GITHUB],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@every_workflow
def test_what_runs_is_a_make_target(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), re.M))
    for step in _steps(path):
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            words = step["run"].split()
            assert words[0] == "make"
            assert words[1] in targets
            assert all(re.fullmatch(r"[A-Z]+=[a-z]+", word) for word in words[2:])


@every_workflow
def test_actions_are_named_by_their_commit_and_version(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_a_pull_request_gets_a_token_that_can_only_read_and_no_secret() -> None:
    check = _parsed(GITHUB / "workflows" / "check.yml")
    assert list(check[True]) == ["pull_request"]  # YAML 1.1 reads `on` as true
    assert check["permissions"] == {}
    for job in check["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        assert not re.search(r"\$\{\{\s*secrets", text)
        assert "pull_request_target" not in text
        for step in _steps(path):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_whoever_may_comment_touches_nothing_of_the_pull_request() -> None:
    comment = _parsed(GITHUB / "workflows" / "comment.yml")
    assert list(comment[True]) == ["workflow_run"]
    assert comment[True]["workflow_run"]["workflows"] == [
        _parsed(GITHUB / "workflows" / "check.yml")["name"]
    ]
    (step,) = _steps(GITHUB / "workflows" / "comment.yml")
    assert step["uses"].startswith("actions/github-script@")
    script = step["with"]["script"]
    assert "${{" not in script, "nothing that a contributor wrote becomes code"
    assert not re.search(r"pull\.(title|body)|head_commit|downloadArtifact", script)


def test_a_pull_request_brings_no_cache_and_no_site() -> None:
    """A build believes what it finds there: with these, a pull request could publish what nobody checked."""
    folders = ["site", ".cache", ":(glob).site.*/**", ":(glob).site.*"]
    told = subprocess.run(
        ["git", "ls-files", "--", *folders],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout == ""


def test_the_issue_form_fits_the_schema_and_is_up_to_date() -> None:
    library = read_library(PROJECT)
    assert (PROJECT / PATH).read_text("utf-8") == issue_form(library), (
        "run `make format` to renew it"
    )
    fields = schema_of(library, library.kinds["case-study"])["properties"]
    asked = [item["id"] for item in _parsed(PROJECT / PATH)["body"] if "id" in item]
    assert set(asked) - {"promises"} <= set(fields)
    assert {"title", "summary", "populations", "practices", "results", "sources"} <= set(asked)


def test_the_template_record_explains_every_field_and_is_up_to_date() -> None:
    library = read_library(PROJECT)
    text = (PROJECT / TEMPLATE).read_text("utf-8")
    assert text == template(library), "run `make format` to renew it"
    for name in CaseStudy.model_fields:
        assert re.search(rf"^(# )?{name}:", text, re.M), name

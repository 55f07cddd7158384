"""What the form is given: nothing left out, nothing named that is not there, nothing written without its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build import read_library
from generator.cli import main
from generator.form import FRONT, LONG, STEPS, WORDS, NoSuchRepository, form_data, write
from generator.models.case_study import CaseStudy
from generator.printing.site import Site
from tests.conftest import Tree, made_whole


def test_every_field_is_asked_for_once() -> None:
    asked = [field for _, _, _, fields in STEPS for field in fields]
    assert sorted(asked) == sorted(set(CaseStudy.model_fields) - {"schema_version"})


def test_words_are_given_for_fields_that_are_there(tree: Tree) -> None:
    order = form_data(read_library(tree()))["order"]
    named = {f"{model}.{field}" for model, fields in order.items() for field in fields}
    assert {name.removesuffix("[]") for name in (*WORDS, *LONG, *FRONT)} <= named


def test_the_library_s_ids_and_terms_are_carried(tree: Tree) -> None:
    data = form_data(read_library(tree()))
    assert sorted(data["pages"]["casestudies"]["titles"]) == ["day-welding", "night-welding"]
    practices = data["schema"]["properties"]["practices"]["items"]["oneOf"]
    assert [term["const"] for term in practices] == ["stipends"]
    assert data["repository"] == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://github.com/a/b",
        "https://github.com/a",
        "javascript:alert(1)",
        "https://evil.example/a/b",
    ],
)
def test_a_repository_that_is_not_on_github_is_refused(tree: Tree, address: str) -> None:
    with pytest.raises(NoSuchRepository):
        form_data(read_library(tree()), address)


def test_what_the_form_loads_is_written_beside_its_page(tree: Tree, tmp_path: Path) -> None:
    write(read_library(tree()), Site(tmp_path), "https://github.com/a/b/")
    data = json.loads((tmp_path / "contribute" / "new" / "form.json").read_text("utf-8"))
    assert data["repository"] == "https://github.com/a/b"


def test_records_are_copied_beside_the_form_as_their_files_have_them(tree: Tree) -> None:
    root = made_whole(tree({"content/contribute/new.md": "# New"}))
    file = root / "casestudies" / "night-welding.yaml"
    copy = root / "site" / "contribute" / "new" / "casestudies" / "night-welding.yaml"
    text = file.read_bytes()
    comment = b"# Nobody sees this on a page.\n"
    with_dos_lines = b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")
    for given, copied in ((text, text), (comment + text, comment + text), (with_dos_lines, text)):
        file.write_bytes(given)
        assert CliRunner().invoke(main, ["build", "--root", str(root)]).exit_code == 0
        assert copy.read_bytes() == copied


def test_a_site_without_the_form_has_nothing_of_it(tree: Tree) -> None:
    root = made_whole(tree())
    assert CliRunner().invoke(main, ["build", "--root", str(root)]).exit_code == 0
    assert not (root / "site" / "contribute" / "new").exists()

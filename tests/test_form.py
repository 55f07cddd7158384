"""What the form is given: nothing left out, nothing named that is not there, nothing written without its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.build import read_library
from generator.form import FRONT, LONG, PAGE, STEPS, WORDS, NoSuchRepository, form_data, write
from generator.models.case_study import CaseStudy
from generator.printing.memory import Memory
from generator.printing.site import Site
from tests.conftest import Tree


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


def test_records_are_written_beside_the_page_as_their_files_have_them(
    tree: Tree, tmp_path: Path
) -> None:
    root, site = tree(), tmp_path / "site"
    made, memory = Site(site, ""), Memory(tmp_path / "memory")
    library = read_library(root)
    write(library, made, memory, library.facts)
    assert not site.exists(), "a site without the page gets nothing"
    made.write(f"{PAGE}/index.html", "")
    write(library, made, memory, library.facts, "https://github.com/a/b/")
    data = json.loads((site / PAGE / "form.json").read_text("utf-8"))
    assert data["repository"] == "https://github.com/a/b"
    name = "casestudies/night-welding.yaml"
    text = (root / name).read_bytes()
    assert (site / PAGE / name).read_bytes() == text
    (root / name).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    write(read_library(root), made, memory, library.facts)
    assert (site / PAGE / name).read_bytes() == text, "with plain ends of lines"

"""The JSON Schema says what the check says: good records pass it, broken ones do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.build import read_library
from generator.exports.schemas import editor_schemas, schema_of
from generator.library import Library
from generator.models.schema import modeline
from generator.reading.documents import Document, parse_document
from generator.registry import KINDS
from tests.conftest import PROJECT, TINY

FILED = [kind for kind in KINDS if not kind.is_list]
RECORDS = [
    (kind.name, path)
    for kind in FILED
    for path in sorted((PROJECT / kind.source).glob(f"*{kind.ending}"))
]


@pytest.fixture(scope="module")
def real() -> Library:
    return read_library(PROJECT)


@pytest.fixture(scope="module")
def validators(real: Library) -> dict[str, Draft202012Validator]:
    schemas = {kind.name: schema_of(real, kind) for kind in FILED}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    return {name: Draft202012Validator(schema) for name, schema in schemas.items()}


def test_every_real_record_passes_its_schema(validators: dict[str, Draft202012Validator]) -> None:
    faults = []
    for kind, path in RECORDS:
        document = parse_document(path.read_text("utf-8"), path.name)
        assert isinstance(document, Document)
        faults += [
            f"{path.name} {fault.json_path}: {fault.message[:120]}"
            for fault in validators[kind].iter_errors(document.data)
        ]
    assert faults == []


def _outcome(**changes: Any) -> dict[str, Any]:
    outcome = {
        "metric": "employed",
        "value": 60,
        "unit": "percent",
        "when": "after a year",
        "design": "rct",
        "source": "s1",
        "as_printed": "60 percent",
    }
    return outcome | changes


BROKEN: dict[str, dict[str, Any]] = {
    "misspelt field": {"titel": "x"},
    "empty title": {"title": "  "},
    "long summary": {"summary": "x" * 301},
    "unknown choice": {"status": "activ"},
    "unknown population": {"populations": ["justice-involvd"]},
    "number in quotes": {"years": {"start": "2019"}},
    "year out of range": {"years": {"start": 219}},
    "no places": {"places": []},
    "state in small letters": {"places": [{"state": "ky", "setting": "rural"}]},
    "organization without role": {"organizations": [{"name": "A college"}]},
    "address of no web page": {
        "organizations": [{"name": "A", "role": "lead", "url": "javascript:x"}]
    },
    "cost with a dollar sign": {
        "cost": {"per_participant_usd": "$5", "basis": "each", "source": "s1"}
    },
    "cost below nothing": {"cost": {"per_participant_usd": -5, "basis": "each", "source": "s1"}},
    "source that is no source id": {"funding": [{"name": "A fund", "source": "source 1"}]},
    "other metric without a name": {"outcomes": [_outcome(metric="other")]},
    "comparison with nobody": {"outcomes": [_outcome(comparison=40)]},
    "p value of 5": {"outcomes": [_outcome(p_value=5)]},
    "interval with one bound": {"outcomes": [_outcome(confidence_interval=[1])]},
    "level too high": {
        "evidence": {
            "level": "strong",
            "direction": "positive",
            "design": "quasi-experiment",
            "note": "x",
            "source": "s1",
        }
    },
    "effect of a count": {
        "evidence": {
            "level": "rationale",
            "direction": "positive",
            "design": "descriptive",
            "note": "x",
            "source": "s1",
        }
    },
    "related case with a capital": {"related": [{"id": "CUNY", "reason": "x"}]},
    "date as Americans write it": {"checked": "11/24/2026"},
    "version to come": {"schema_version": 2},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_record_does_not_pass(
    change: dict[str, Any], validators: dict[str, Draft202012Validator]
) -> None:
    path = PROJECT / "casestudies" / "cuny-asap.yaml"
    document = parse_document(path.read_text("utf-8"), path.name)
    assert isinstance(document, Document)
    assert isinstance(document.data, dict)
    faults = list(validators["case-study"].iter_errors(document.data | change))
    (field,) = change
    assert faults
    assert all(field in (*fault.absolute_path, *str(fault.message).split("'")) for fault in faults)


def test_every_field_has_a_title_and_a_vocabulary_its_meanings(real: Library) -> None:
    schema = schema_of(real, real.kinds["case-study"])
    for group in (schema, *schema["$defs"].values()):
        for name, field in group["properties"].items():
            assert "$ref" in field or field.keys() >= {"title", "description"}, name
    (percent, *_) = schema["$defs"]["Outcome"]["properties"]["unit"]["oneOf"]
    assert percent == {"const": "percent", "title": "percent"}
    populations = schema["properties"]["populations"]["items"]
    assert populations["x-reference"] == "population"
    justice = next(p for p in populations["oneOf"] if p["const"] == "justice-involved")
    assert justice["title"]
    assert justice["description"]
    assert "reentry" in justice["x-also-called"]
    assert schema["properties"]["results"]["x-prose"] is True


def test_ids_that_grow_without_end_are_not_listed(real: Library) -> None:
    related = schema_of(real, real.kinds["case-study"])["$defs"]["RelatedCase"]["properties"]["id"]
    assert related["x-reference"] == "case-study"
    assert "oneOf" not in related


def test_the_schema_says_where_it_is_published() -> None:
    tiny = read_library(TINY)
    policy = tiny.kinds["policy"]
    assert "$id" not in schema_of(tiny, policy)
    published = schema_of(tiny, policy, "https://site.invalid/library/")
    assert published["$id"] == "https://site.invalid/library/schema/policy.v1.json"


def test_the_schema_that_editors_read_is_up_to_date(real: Library) -> None:
    for path, text in editor_schemas(real).items():
        assert (PROJECT / path).read_text("utf-8") == text, "run `make format` to renew schema/"


def test_editors_find_the_schema_from_each_record_and_from_the_settings(real: Library) -> None:
    line = modeline(real.kinds["case-study"])
    told = line.partition("$schema=")[2]
    named = 0
    for path in (PROJECT / "casestudies").iterdir():
        first = path.read_text("utf-8").partition("\n")[0]
        if "yaml-language-server" in first:
            assert first == line
            named += 1
    assert named
    committed = (PROJECT / "casestudies" / told).resolve()
    assert committed.is_file()
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text("utf-8"))
    (configured,) = settings["yaml.schemas"]
    assert Path(PROJECT, configured).resolve() == committed

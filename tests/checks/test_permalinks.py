"""The ledger of addresses: what would break a published link is refused, and the help says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic_core import to_json

from generator.build import read_library
from generator.models.permalinks import CODE_PATTERN, LEDGER, Codes, Ledger, Permalink, spelled
from tests.conftest import TINY, Tree, findings_of, told

NIGHT = "casestudies/night-welding.yaml"
ENTRY = "- {code: fhkmrw, kind: case-study, id: night-welding, addresses: [casestudies/night-welding/]}\n"
EVENING = (TINY / NIGHT).read_text("utf-8").replace("night-welding", "evening-welding")
RENAMED: dict[str, str | bytes | tuple[str, str] | None] = {
    NIGHT: None,
    "casestudies/evening-welding.yaml": EVENING,
    "casestudies/day-welding.yaml": ("night-welding", "evening-welding"),
}


def with_links_mended(tree: Tree, changes: dict[str, str | bytes | tuple[str, str] | None]) -> Path:
    """The tiny library, changed; links to the renamed record follow it, so that only the ledger is at fault."""
    root = tree()
    for path in (*(root / "content").rglob("*.md"), *(root / "content/collections").glob("*.yaml")):
        text = path.read_text("utf-8")
        for before in ("kb:", "case_study: "):
            text = text.replace(f"{before}night-welding", f"{before}evening-welding")
        path.write_text(text, "utf-8")
    if "night-welding" not in (root / "casestudies/day-welding.yaml").read_text("utf-8"):
        changes = {k: v for k, v in changes.items() if k != "casestudies/day-welding.yaml"}
    return tree(changes)


def test_a_new_record_needs_no_entry(tree: Tree) -> None:
    assert told(findings_of(tree({LEDGER: ENTRY}))) == []
    library = read_library(tree())
    assert library.codes["case-study", "night-welding"] == "fhkmrw"
    assert library.codes["case-study", "day-welding"] == spelled("case-study/day-welding/")


def test_a_renamed_record_is_refused_until_its_entry_says_so(tree: Tree) -> None:
    root = with_links_mended(tree, {**RENAMED, LEDGER: ENTRY})
    (finding,) = findings_of(root)
    assert (finding.place, finding.code) == (f"{LEDGER}:1:40", "address-lost")
    assert finding.message == (
        "there is no case study `night-welding` any more, so the published address"
        " `casestudies/night-welding/` would stop working"
    )
    wanted = "addresses: [casestudies/evening-welding/, casestudies/night-welding/]"
    assert f"write in this entry `id: evening-welding` and `{wanted}`" in finding.hint
    assert (
        "kb permalinks rename casestudies/night-welding casestudies/evening-welding" in finding.hint
    )

    mended = ENTRY.replace("id: night", "id: evening").replace(
        "addresses: [casestudies/night-welding/]", wanted
    )
    assert told(findings_of(tree({LEDGER: mended}))) == []
    assert read_library(root).codes["case-study", "evening-welding"] == "fhkmrw"


def test_a_removed_record_is_refused_until_its_entry_says_why(tree: Tree) -> None:
    gone = ENTRY.replace("night", "dawn").replace("fhkmrw", "fhkmrx")
    (finding,) = findings_of(tree({LEDGER: gone}))
    assert finding.code == "address-lost"
    assert (
        "add to this entry `removed: {title: ITS TITLE, on: DATE, why: ONE SENTENCE" in finding.hint
    )
    removed = (
        "removed: {title: Dawn welding, on: 2026-11-01, why: No source., see: [night-welding]}}"
    )
    assert told(findings_of(tree({LEDGER: gone.replace("]}", f"], {removed}")}))) == []


BROKEN = [
    (
        "a code twice",
        ENTRY + ENTRY.replace("night", "day"),
        f"{LEDGER}:2:10: code-reused the short code `fhkmrw` is another record's ({LEDGER}:1:10)",
    ),
    (
        "an address twice",
        ENTRY + ENTRY.replace("id: night", "id: day").replace("fhkmrw", "fhkmrx"),
        f"{LEDGER}:2:64: address-taken the address `casestudies/night-welding/` is another record's",
    ),
    (
        "a record twice",
        ENTRY + ENTRY.replace("fhkmrw", "fhkmrx").replace("[casestudies/night", "[casestudies/x"),
        f"{LEDGER}:2:40: recorded-twice the case-study `night-welding` has an entry already",
    ),
    (
        "an old address as the present one",
        ENTRY.replace("[casestudies/night", "[casestudies/dusk"),
        f"{LEDGER}:1:66: address-changed the case study `night-welding` now stands at"
        " `casestudies/night-welding/`, not at `casestudies/dusk-welding/`",
    ),
    (
        "a page that is no record's",
        ENTRY.replace("[casestudies/night-welding/", "[casestudies/night-welding/, assets/js/"),
        f"{LEDGER}:1:66: not-an-address `assets/js/` is not where records stand",
    ),
    (
        "an address that climbs",
        ENTRY.replace("[casestudies/night-welding/", "['../../etc/'"),
        "wrong-form `../../etc/` is not a valid `addresses`",
    ),
    ("a code in letters that look alike", ENTRY.replace("fhkmrw", "f0ol1i"), "wrong-form `f0ol1i`"),
    ("an unknown kind", ENTRY.replace("case-study", "casestudy"), "`kind` may not be `casestudy`"),
    (
        "removed, and there",
        ENTRY.replace("]}", "], removed: {title: X, on: 2026-11-01, why: Y}}"),
        "removed-but-there the case study `night-welding` is recorded as removed, and is there",
    ),
    (
        "removed, with nowhere to go",
        ENTRY.replace("night", "dawn").replace(
            "]}", "], removed: {title: X, on: 2026-11-01, why: Y, see: [night-weldin]}}"
        ),
        "unknown-id no page has the id `night-weldin`",
    ),
    ("no list", "code: fhkmrw\n", "wrong-type this file must hold a list of entries"),
]


@pytest.mark.parametrize(("ledger", "words"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_each_fault_of_the_ledger_is_one_finding_with_help(
    tree: Tree, ledger: str, words: str
) -> None:
    findings = findings_of(tree({LEDGER: ledger}))
    assert len(findings) == 1, told(findings)
    assert words in told(findings)[0]
    assert findings[0].hint


def test_a_new_record_may_not_take_an_old_address(tree: Tree) -> None:
    old = ENTRY.replace("]}", ", casestudies/day-welding/]}")
    (finding,) = findings_of(tree({LEDGER: old}))
    assert finding.path == "casestudies/day-welding.yaml"
    assert finding.code == "address-taken"


def test_a_broken_record_is_not_reported_as_gone_as_well(tree: Tree) -> None:
    findings = findings_of(tree({LEDGER: ENTRY, NIGHT: ("status: active", "status: activ")}))
    assert [f.code for f in findings] == ["unknown-choice"]


def test_a_broken_vocabulary_is_not_reported_as_gone_as_well(tree: Tree) -> None:
    entry = "- {code: fhkmrw, kind: state, id: KY, addresses: [states/ky/]}\n"
    states = "content/vocabulary/states.yaml"
    findings = findings_of(tree({LEDGER: entry, states: ("title: Kentucky", "titel: Kentucky")}))
    assert "address-lost" not in {f.code for f in findings}


def test_codes_depend_on_neither_order_nor_other_new_records() -> None:
    keys = [("case-study", f"record-{n}") for n in range(500)]
    codes = Codes.of(Ledger(), keys)
    again = Codes.of(Ledger(), reversed(keys))
    assert [codes[k] for k in keys] == [again[k] for k in keys]
    assert len({codes[k] for k in keys}) == 500
    assert Codes.of(Ledger(), keys[:1])[keys[0]] == codes[keys[0]]


def test_a_code_of_the_ledger_is_never_given_to_a_new_record() -> None:
    new = ("case-study", "new")
    taken = Permalink(
        kind="case-study",
        id="old",
        code=spelled("case-study/new/"),
        addresses=("casestudies/old/",),
    )
    codes = Codes.of(Ledger(to_json([taken])), [new, ("case-study", "old")])
    assert codes[new] != taken.code


def test_codes_can_be_read_aloud_and_typed() -> None:
    import re

    for number in range(300):
        assert re.fullmatch(CODE_PATTERN, spelled(str(number)))
        assert not set(spelled(str(number))) & set("01oilsz5aeiu") - {"5"}

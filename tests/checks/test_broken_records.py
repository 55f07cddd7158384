"""One record, broken in many ways: the whole of what a contributor is told, and that mending it helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import TINY, Tree, findings_of, told

RECORD = "casestudies/night-welding.yaml"

# (name, words in the record, what they are replaced by, what is told)
BROKEN = [
    (
        "duplicate key",
        "status: active",
        "status: active\nstatus: completed",
        ":6:1: duplicate-key `status` stands here a second time (first in line 5)"
        " | Keep one of the two; for several values, write a list under one key.",
    ),
    (
        "tab",
        "populations: [justice-involved]",
        "populations:\n\t- justice-involved",
        ":13:1: yaml-tab a tab stands where YAML wants spaces"
        " | Replace it by spaces, two for each level.",
    ),
    (
        "colon in plain text",
        "title: Night welding course",
        "title: Night welding: a course",
        ":3:21: yaml-colon a colon followed by a space stands inside a value that has no quotes"
        ' | Put the whole value in quotes: `title: "Night welding: a course"`.',
    ),
    (
        "open bracket",
        "sectors: [construction]",
        "sectors: [construction",
        ":13:10: yaml-bracket a bracket is opened and never closed, or a comma is missing"
        " | Close the bracket; put commas between the values.",
    ),
    (
        "open quotation mark",
        "title: Night welding course",
        'title: "Night welding course',
        ":3:8: yaml-quote a quotation mark is opened and never closed | Close the quotation mark.",
    ),
    (
        "alias",
        "lessons:\n  - Night courses fill [s1].",
        "lessons: &x\n  - *x",
        ":24:10: yaml-alias this value is used again elsewhere by an alias (`*name`)"
        " | Write the value out wherever it is needed; aliases are not used in records.",
    ),
    (
        "tag",
        "title: Night welding course",
        "title: !!python/object:os.system true",
        ":3:8: yaml-tag the tag `!!python/object:os.system` is not allowed"
        " | Take the tag out; write plain text.",
    ),
    (
        "two documents",
        "checked: 2026-11-01",
        "checked: 2026-11-01\n---\nid: another",
        ":61:1: yaml-documents a second document begins here"
        " | Take out the line `---`; one file holds one record.",
    ),
    (
        "misspelt field",
        "challenge: >-",
        "chalenge: >-",
        ":18:1: unknown-field there is no field `chalenge` here | Did you mean `challenge`?",
    ),
    (
        "misspelt choice",
        "status: active",
        "status: activ",
        ":5:9: unknown-choice `status` may not be `activ`"
        " | Did you mean `active`? One of: active, completed, expanded, discontinued, unknown.",
    ),
    (
        "true where a choice is wanted",
        "setting: rural",
        "setting: true",
        ":8:45: unknown-choice `setting` may not be `true`"
        " | One of: urban, suburban, rural, statewide, multi-state, national.",
    ),
    (
        "state that is not one",
        "state: KY",
        "state: KX",
        ":8:32: unknown-id there is no state `KX` | One of: KY, NO.",
    ),
    (
        "unknown population",
        "populations: [justice-involved]",
        "populations: [justice-envolved]",
        ":12:15: unknown-id there is no population `justice-envolved`"
        " | Did you mean `justice-involved`?",
    ),
    (
        "unknown practice",
        "practices: [stipends]",
        "practices: [mentoring]",
        ":15:13: unknown-id there is no practice `mentoring` | One of: stipends.",
    ),
    (
        "population twice",
        "populations: [justice-involved]",
        "populations: [justice-involved, justice-involved]",
        ":12:33: listed-twice `justice-involved` is in the list already | Take it out.",
    ),
    (
        "date that is no date",
        "checked: 2026-11-01",
        "checked: 2026-02-30",
        ":60:10: not-a-date `2026-02-30` is not a date of the calendar"
        " | Write year-month-day with two-digit month and day, such as `2026-11-24`, without quotes or a time.",
    ),
    (
        "a date as a spreadsheet keeps it",
        "checked: 2026-11-01",
        "checked: 46327",
        ":60:10: not-a-date `46327` is not a date of the calendar"
        " | A spreadsheet keeps dates as numbers. It probably means `2026-11-01`.",
    ),
    (
        "date with a time",
        "checked: 2026-11-01",
        "checked: 2026-11-01T10:00:00",
        ":60:10: not-a-date `2026-11-01T10:00:00` is not a date of the calendar"
        " | Write year-month-day with two-digit month and day, such as `2026-11-24`, without quotes or a time.",
    ),
    (
        "date to come",
        "checked: 2026-11-01",
        "checked: 2099-11-01",
        ":60:10: date-in-future 2099-11-01 has not come yet"
        " | Write the day on which somebody held the record against its sources.",
    ),
    (
        "ends before it starts",
        "years: {start: 2019}",
        "years: {start: 2019, end: 2018}",
        ":6:27: out-of-range it ends in 2018, before it starts in 2019 | Check the years.",
    ),
    (
        "figure in quotes",
        "value: 60",
        'value: "60%"',
        ":31:12: wrong-type `value` should be a number; this is the text `60%`"
        " | Write digits only, without quotes, commas, $ or %.",
    ),
    (
        "text where a list is wanted",
        "populations: [justice-involved]",
        "populations: justice-involved",
        ":12:14: wrong-type `populations` should be a list; this is the text `justice-involved`"
        " | Write one entry a line, each begun with `- `; or [a, b] on one line.",
    ),
    (
        "list where text is wanted",
        "employer_engagement: Two shops lent machines [s2].",
        "employer_engagement: [Two shops lent machines]",
        ":22:22: wrong-type `employer_engagement` should be text; this is a list | Write text.",
    ),
    (
        "number where text is wanted",
        "title: Night welding course",
        "title: 2019",
        ":3:8: wrong-type `title` should be text; this is the number `2019`"
        " | Put it in quotes to make it text.",
    ),
    (
        "share without its comparison named",
        "    comparison_label: applicants who came too late\n",
        "",
        ":33:17: unnamed-comparison nothing says who the comparison is"
        " | Add `comparison_label:`, such as `control group`.",
    ),
    (
        "outcome that says nothing",
        "metric: employed",
        "metric: other",
        ":30:13: unnamed-outcome the metric is `other`, and nothing says what was measured"
        " | Add `name:` with what was measured.",
    ),
    (
        "figure without a source",
        "results: Of those who took part 60 percent found work, of the others 40 percent [s2].",
        "results: Of those who took part 60 percent found work.",
        ":23:33: figure-without-source the figure `60` stands in a paragraph that cites no source"
        " | Cite the source after the sentence, `[s1]`; or take the figure out.",
    ),
    (
        "source that is not there, in prose",
        "  - Night courses fill [s1].",
        "  - Night courses fill [s9].",
        ":25:25: unknown-source `[s9]` is cited, but the record has no source `s9`"
        " | Add it under `sources`, or cite one of: s1, s2.",
    ),
    (
        "source that is not there, in a field",
        "cost: {per_participant_usd: 1500, basis: per student, source: s1}",
        "cost: {per_participant_usd: 1500, basis: per student, source: s7}",
        ":26:63: unknown-source the record has no source `s7`"
        " | Add it under `sources`, or name one of: s1, s2.",
    ),
    (
        "link to nowhere",
        "(kb:stipends)",
        "(kb:stipend)",
        ":21:78: unknown-id no page has the id `stipend` | Did you mean `stipends`?",
    ),
    (
        "script",
        "The college opened its shop",
        "The college <script>alert(1)</script> opened its shop",
        ":21:15: html-in-prose HTML is not allowed in prose: `<script>`"
        " | Use Markdown: *emphasis*, **strong**, lists, [words](https://address). Write a less-than sign as `&lt;`.",
    ),
    (
        "link that runs a script",
        "Two shops lent machines [s2].",
        "Two [shops](javascript:alert(1)) lent machines [s2].",
        ":22:32: link-address `javascript:alert(1` is not an address that a page may link to"
        " | Link to a record by its id, `kb:cuny-asap`, or to a page by its whole address, https://….",
    ),
    (
        "picture from elsewhere",
        "Two shops lent machines [s2].",
        "Seen ![shop](https://tracker.example/x.png) [s2].",
        ":22:27: picture-in-prose pictures are not shown in records"
        " | Describe in words what the picture shows, and cite the page it stands on.",
    ),
    (
        "address that is none",
        "url: https://college.example/night",
        "url: javascript:alert(1)",
        ":52:10: not-an-address `javascript:alert(1)` is not a web address"
        " | Copy the whole address from the browser; it begins with https:// or http://.",
    ),
    (
        "too sure of the design",
        "  level: moderate",
        "  level: strong",
        ":42:10: level-too-high a study of the design `quasi-experiment` cannot be `strong`"
        " | Choose the level that 34 CFR 77.1 gives to the design, or correct the design.",
    ),
    (
        "summary too long",
        "summary: A made-up college taught welding at night.",
        "summary: " + "A made-up college taught welding at night. " * 8,
        ":4:10: too-long `summary` has 412 characters; at most 300 are shown | Shorten it.",
    ),
    (
        "id of another file",
        "id: night-welding",
        "id: day-welding",
        ":2:5: duplicate-id the id `day-welding` is taken by casestudies/day-welding.yaml:2:5"
        " | Give each record an id of its own: this file's name, `night-welding`.",
    ),
    (
        "id that is not the file's name",
        "id: night-welding",
        "id: evening-welding",
        ":2:5: id-is-not-file-name the id is `evening-welding`, but the file is named `night-welding`"
        " | Write `id: night-welding`, or rename the file.",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_what_a_contributor_is_told(tree: Tree, old: str, new: str, expected: str) -> None:
    root = tree({RECORD: (old, new)})
    # One cause, one message: nothing else is reported, not even by the practice that links here.
    assert told(findings_of(root)) == [RECORD + expected]
    tree({RECORD: (TINY / RECORD).read_text(encoding="utf-8")})
    assert told(findings_of(root)) == []


def test_every_finding_is_told_not_the_first_only(tree: Tree) -> None:
    root = tree(
        {
            RECORD: ("status: active", "status: activ\ncolour: red"),
            "casestudies/day-welding.yaml": ("sectors: [construction]", "sectors: [bilding]"),
            "content/vocabulary/sectors.yaml": ("title: Construction", "titel: Construction"),
        }
    )
    codes = [(finding.path, finding.code) for finding in findings_of(root)]
    assert (RECORD, "unknown-choice") in codes
    assert (RECORD, "unknown-field") in codes
    assert ("casestudies/day-welding.yaml", "unknown-id") in codes
    assert ("content/vocabulary/sectors.yaml", "unknown-field") in codes


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_says_what_belongs_into_it(tree: Tree, content: str) -> None:
    root = tree({"casestudies/empty.yaml": content})
    (finding,) = findings_of(root)
    assert (finding.place, finding.code) == ("casestudies/empty.yaml:1:1", "no-fields")
    assert "Required: id, title, schema_version, summary" in finding.hint


def test_a_folder_named_like_a_record(tree: Tree) -> None:
    root = tree({"casestudies/folder.yaml/inside.yaml": "id: inside\n"})
    assert told(findings_of(root)) == [
        "casestudies/folder.yaml:1:1: stray-file `folder.yaml` is a folder"
        " | Put each record straight into `casestudies/`, as a file that ends in `.yaml`."
    ]


def test_a_wrong_ending(tree: Tree) -> None:
    root = tree({"casestudies/night-shift.yml": "id: night-shift\n"})
    assert told(findings_of(root)) == [
        "casestudies/night-shift.yml:1:1: stray-file `night-shift.yml` is not a record: its name does not end in `.yaml`"
        " | Rename it to `night-shift.yaml`, or move it out of `casestudies/`."
    ]


def test_a_symbolic_link_is_not_followed(tree: Tree, tmp_path: Path) -> None:
    root = tree()
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: 1234\n")
    (root / "casestudies" / "link.yaml").symlink_to(secret)
    assert told(findings_of(root)) == [
        "casestudies/link.yaml:1:1: not-a-file this is a symbolic link, not a file"
        " | Replace the link by a copy of the file."
    ]


def test_a_huge_file_is_not_read(tree: Tree) -> None:
    root = tree()
    with (root / "casestudies" / "huge.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (finding,) = findings_of(root)
    assert finding.code == "file-too-large"
    assert finding.message == "the file has 52,428,800 bytes; a record may have 524,288"


def test_invalid_utf8_is_placed(tree: Tree) -> None:
    root = tree({"casestudies/latin.yaml": b"id: latin\ntitle: Caf\xe9\n"})
    assert told(findings_of(root)) == [
        "casestudies/latin.yaml:2:11: not-utf-8 the byte 0xe9 is not UTF-8 text"
        " | Save the file again with the encoding UTF-8; then look at the letters with accents and the quotation marks."
    ]


def test_utf16_is_not_taken_for_text(tree: Tree) -> None:
    root = tree({"casestudies/wide.yaml": "id: wide\n".encode("utf-16")})
    (finding,) = findings_of(root)
    assert finding.code == "not-utf-8"


def test_an_anchor_that_would_explode(tree: Tree) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 20)]
    root = tree({"casestudies/bomb.yaml": "\n".join(lines)})
    (finding,) = findings_of(root)
    assert (finding.place, finding.code) == ("casestudies/bomb.yaml:1:5", "yaml-alias")


def test_deep_nesting(tree: Tree) -> None:
    root = tree({"casestudies/deep.yaml": "a: " + "[" * 100_000 + "]" * 100_000})
    (finding,) = findings_of(root)
    assert finding.code == "yaml-depth"


def test_two_files_that_differ_in_case_only(tree: Tree) -> None:
    root = tree()
    text = (root / RECORD).read_text(encoding="utf-8")
    tree({"casestudies/Night-Welding.yaml": text})
    codes = {finding.code for finding in findings_of(root)}
    assert codes == {"duplicate-id"}


def test_a_broken_record_is_not_reported_again_where_it_is_named(tree: Tree) -> None:
    root = tree({"content/practices/stipends.md": ("title: Stipends", "titel: Stipends")})
    assert {finding.path for finding in findings_of(root)} == {"content/practices/stipends.md"}


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tree: Tree) -> None:
    root = tree()
    text = (root / RECORD).read_text(encoding="utf-8")
    tree({RECORD: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()})
    assert findings_of(root) == []


def test_the_state_no_stays_a_state(tree: Tree) -> None:
    root = tree({RECORD: ("state: KY", "state: NO")})
    assert findings_of(root) == []

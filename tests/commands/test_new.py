"""`kb new`: a record that lacks only what a person must say, by questions or by flags."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.formatting.files import formatted
from generator.models.case_study import CaseStudy
from generator.models.validation import FILL_IN
from generator.reading.yaml_reader import load
from tests.commands.conftest import Kb
from tests.conftest import Tree, findings_of

ALL = (
    *("--set", "status=active", "--set", "years.start=2019", "--set", "places.setting=rural"),
    *("--set", "populations=justice-involved", "--set", "sectors=construction"),
    *("--set", "program_areas=workforce", "--set", "practices=stipends"),
    *("--set", "sources.title=Night courses", "--set", "sources.publisher=Springfield College"),
    *("--set", "sources.url=https://college.example/night", "--set", "sources.kind=program-page"),
)


def left(root: Path) -> set[str]:
    return {finding.code for finding in findings_of(root)}


@pytest.mark.parametrize("kind", ["case-study", "practice", "policy"])
def test_only_what_a_person_must_say_is_left(tree: Tree, kb: Kb, kind: str) -> None:
    root = tree()
    result = kb("new", kind, "--root", root, "--title", "Peer tutoring", "--no-questions")
    assert result.exit_code == 0, result.output
    assert left(root) == {"not-filled-in"}
    found = re.search(r"(\d+) places are marked FILL IN", result.output)
    assert found
    assert len(findings_of(root)) == int(found[1])


def test_filled_in_it_passes(tree: Tree, kb: Kb) -> None:
    root = tree()
    kb("new", "--root", root, "--title", "Evening welding", "--no-questions", *ALL)
    path = root / "casestudies" / "evening-welding.yaml"
    text = path.read_text("utf-8")
    text = text.replace("role: FILL IN", "role: lead").replace(FILL_IN, "They taught [s1].")
    path.write_text(text, "utf-8")
    assert findings_of(root) == []


def test_its_comments_explain_every_field(tree: Tree, kb: Kb) -> None:
    root = tree()
    kb("new", "--root", root, "--title", "Evening welding", "--no-questions")
    text = (root / "casestudies" / "evening-welding.yaml").read_text("utf-8")
    assert "#   completed     Completed: It ended as planned." in text
    assert "# cost:\n#   per_participant_usd: FILL IN\n" in text
    assert load(formatted(text, CaseStudy)) == load(text)


def test_an_optional_group_can_be_used_by_taking_out_the_marks(tree: Tree, kb: Kb) -> None:
    root = tree()
    kb("new", "--root", root, "--title", "Evening welding", "--no-questions", *ALL)
    path = root / "casestudies" / "evening-welding.yaml"
    marks = re.compile(r"^# ((?:outcomes|cost):(?:\n# .*)*?)(?=\n\n|\n# ?[A-Z])", re.M)
    text, count = marks.subn(lambda m: m[1].replace("\n# ", "\n"), path.read_text("utf-8"))
    assert count == 2
    path.write_text(text, "utf-8")
    assert left(root) == {"not-filled-in"}
    assert isinstance(load(text)["outcomes"], list)  # type: ignore[index,call-overload]


def test_questions_are_answered_one_by_one(tree: Tree, kb: Kb) -> None:
    root = tree()
    answers = [
        "Night welding corse",  # the library has one that is named alike
        "Not an id!",
        "welding-at-night",
        "activ",
        "active",
        "?",  # no choices: not a year
        "2019",
        "",
        "Springfield",
        "Kentucky",  # another word for KY
        "rural",
        "justice-involved, nobody",
        "justice-involved",
        "construction",
        "workforce",
        "training pay",  # another word for stipends
        *("Night courses", "Springfield College", "college.example", "https://college.example/x"),
        "program-page",
    ]
    result = kb("new", "--root", root, typed="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.output
    alike = 'The library has "Night welding course" (casestudies/night-welding.yaml).'
    assert alike in result.output
    assert "Use lower-case letters, digits and single hyphens." in result.output
    assert "`status` may not be `activ`. Did you mean `active`?" in result.output
    assert "There is no population `nobody`." in result.output
    assert "`college.example` is not a web address." in result.output
    record = load((root / "casestudies" / "welding-at-night.yaml").read_text("utf-8"))
    assert isinstance(record, dict)
    assert record["years"] == {"start": 2019, "end": None}
    assert record["places"] == [{"city": "Springfield", "state": "KY", "setting": "rural"}]
    assert record["practices"] == ["stipends"]
    assert left(root) == {"not-filled-in"}


def test_a_title_that_was_given_is_compared_too(tree: Tree, kb: Kb) -> None:
    result = kb("new", "--root", tree(), "--title", "Welding course at night", "--no-questions")
    assert result.exit_code == 0
    assert "If it is the same, better add to that record." in result.stderr
    other = kb("new", "--root", tree(), "--title", "Evening carpentry", "--no-questions")
    assert other.stderr == ""


def test_stopping_early_keeps_what_was_answered(tree: Tree, kb: Kb) -> None:
    root = tree()
    result = kb("new", "--root", root, typed="Evening welding\n\nactive\n")
    assert result.exit_code == 0
    assert "Stopped. What you answered is kept." in result.output
    assert "\nstatus: active\n" in (root / "casestudies" / "evening-welding.yaml").read_text(
        "utf-8"
    )


def test_the_id_comes_from_the_title(tree: Tree, kb: Kb) -> None:
    root = tree()
    kb("new", "--root", root, "--title", "José's “Bridge” & more: 2nd try", "--no-questions")
    assert (root / "casestudies" / "joses-bridge-more-2nd-try.yaml").is_file()


def test_nothing_is_overwritten(tree: Tree, kb: Kb) -> None:
    root = tree()
    path = root / "casestudies" / "night-welding.yaml"
    before = path.read_bytes()
    result = kb("new", "--root", root, "--title", "Night welding", "--no-questions")
    assert result.exit_code == 2
    assert "casestudies/night-welding.yaml is there already and was left as it is." in result.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--no-questions",), "A record needs a title: --title."),
        (("--title", "x" * 200), "title: `title` has 200 characters; at most 120 are shown."),
        (("--title", "A", "--id", "../../etc/passwd"), "An id is lower-case letters"),
        (("--title", "A", "--set", "status"), "--set status: write FIELD=VALUE"),
        (("--title", "A", "--set", "status=done"), "status: `status` may not be `done`."),
        (("--title", "A", "--set", "statu=active"), "--set statu: there is no such field."),
        (("--title", "A", "--set", "years=2019"), "--set years: there is no such field."),
        (("--title", "A", "--set", "years.start=soon"), "`start` should be a whole number"),
    ],
)
def test_flags_that_are_wrong_are_told(
    tree: Tree, kb: Kb, arguments: tuple[str, ...], told: str
) -> None:
    root = tree()
    result = kb("new", "--root", root, "--no-questions", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(list((root / "casestudies").iterdir())) == 2


def test_a_broken_library_does_not_stand_in_the_way(tree: Tree, kb: Kb) -> None:
    root = tree({"casestudies/day-welding.yaml": "id: [broken"})
    assert kb("new", "--root", root, "--title", "Evening", "--no-questions").exit_code == 0

"""The one form of a record: what is written how, that nothing is lost, and that twice is once."""

from __future__ import annotations

import random

import pytest

from generator.formatting.files import formatted
from generator.models.case_study import CaseStudy
from generator.models.policy import Policy
from generator.reading.yaml_problems import YamlProblem
from generator.reading.yaml_reader import load
from tests.conftest import PROJECT, TINY

# (what is shown, as written, in the one form)
FORMS = [
    (
        "fields in the order of the model, schema_version first, unknown ones last",
        "checked: 2026-11-01\nzebra: 1\ntitle: A\nid: a\nschema_version: 1\n",
        "schema_version: 1\nid: a\ntitle: A\nchecked: 2026-11-01\nzebra: 1\n",
    ),
    (
        "a comment moves with the field below it, or beside it",
        "# on the title\ntitle: A  # beside it\n# on the id\nid: a\n",
        "# on the id\nid: a\n# on the title\ntitle: A  # beside it\n",
    ),
    (
        "the modeline and a comment about the file stay at the top",
        "# yaml-language-server: $schema=x.json\n# About the file.\n\n# on the title\ntitle: A\nid: a\n# end\n",
        "# yaml-language-server: $schema=x.json\n# About the file.\n\nid: a\n# on the title\ntitle: A\n# end\n",
    ),
    (
        "a comment at the end of a group stays in it",
        "sources:\n  - id: s1\n    kind: news\n    # no year given\nid: a\n",
        "id: a\nsources:\n  - id: s1\n    kind: news\n    # no year given\n",
    ),
    (
        "comments inside entries",
        "lessons:\n  # the first\n  - One.  # beside\n\n\n  # the second\n  - Two.\n",
        "lessons:\n  # the first\n  - One.  # beside\n\n  # the second\n  - Two.\n",
    ),
    (
        "a list with comments does not fit in brackets",
        "practices: [\n  stipends, # paid weekly\n  cohort-model\n]\n",
        "practices:\n  - stipends  # paid weekly\n  - cohort-model\n",
    ),
    (
        "short lists in brackets, short groups in braces, prose one entry a line",
        "years:\n  end: null\n  start: 2019\nsectors:\n- construction\npractices: []\nlessons: [Ask., Wait.]\n",
        "years: {start: 2019, end: null}\nsectors: [construction]\npractices: []\nlessons:\n  - Ask.\n  - Wait.\n",
    ),
    (
        "an entry that is a group begins behind its dash",
        "organizations:\n-\n    role: lead\n    # its name\n    name: College\n",
        "organizations:\n  # its name\n  - name: College\n    role: lead\n",
    ),
    (
        "a long text is wrapped, a short one unwrapped",
        f"challenge: {'word ' * 30}\nresults: >-\n  Few\n  words.\n",
        f"challenge: >-\n  {' '.join(['word'] * 19)}\n  {' '.join(['word'] * 11)}\nresults: Few words.\n",
    ),
    (
        "paragraphs are parted by one blank line",
        "challenge: |\n  One.\n\n  Two.\nresults: >\n  Three.\n\n\n\n  Four.\n",
        "challenge: >-\n  One.\n\n  Two.\nresults: >-\n  Three.\n\n  Four.\n",
    ),
    (
        "other line breaks are kept as they are",
        "challenge: |\n  Steps:\n\n  - one\n  - two\n",
        "challenge: |-\n  Steps:\n\n  - one\n  - two\n",
    ),
    (
        "quotes only where they are needed",
        'title: "Plain"\nid: "2019"\nsummary: "ASAP: it\'s \\"full\\""\nstatus: "yes: it\'s"\nchallenge: ""\n',
        "id: '2019'\ntitle: Plain\nsummary: 'ASAP: it''s \"full\"'\nstatus: \"yes: it's\"\nchallenge: ''\n",
    ),
    (
        "numbers as written, true, false and null in one way, nothing as nothing",
        "value: 97.0\na: ~\nb: TRUE\nc:\nd: 0x1F\n",
        "value: 97.0\na: null\nb: true\nc:\nd: 0x1F\n",
    ),
    (
        "a hash inside a text is no comment",
        "title: 'A # b'\nchallenge: >-  # told twice\n  Number #1 and\n  # this is text\n",
        "title: 'A # b'\nchallenge: 'Number #1 and # this is text'  # told twice\n",
    ),
    ("only comments", "# nothing yet\n", "# nothing yet\n"),
]


@pytest.mark.parametrize(
    ("written", "expected"), [form[1:] for form in FORMS], ids=[form[0] for form in FORMS]
)
def test_the_one_form(written: str, expected: str) -> None:
    assert formatted(written, CaseStudy) == expected
    assert formatted(expected, CaseStudy) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a\u2028b and a tab\there",
        "ends with a colon:",
        "- looks like a list",
        "'quoted' and \"doubly\"",
        "#hash",
        "null",
        "1e3",
        "two  spaces " * 20,
        "  begins with blanks\n\n\nand breaks",
        "first\n    indented\nlast",
        "emoji \N{GRINNING FACE} and \ufeff",
        "[s1]",
        "{x: y}",
        "word" * 60,
        "---",
        "? what",
        "a: b: c, [d] {e} & * ! | > % @ `",
    ],
)
def test_any_text_survives(text: str) -> None:
    escaped = "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)
    escaped = escaped.replace('"', '\\"') if '"' in text else escaped
    once = formatted(f'title: "{escaped}"\nalso_called: ["{escaped}"]\n', Policy)
    assert load(once) == {"title": text.strip(), "also_called": [text.strip()]}
    assert formatted(once, Policy) == once


@pytest.mark.parametrize(
    "written", ["a: &x 1\nb: *x\n", "a: 1\na: 2\n", "a: [1\n", "a: !!set {b}\n", 'a: "\\x07"\n']
)
def test_what_is_not_our_yaml_is_refused(written: str) -> None:
    with pytest.raises(YamlProblem):
        formatted(written, CaseStudy)


def _records() -> list[str]:
    files = [
        *sorted((PROJECT / "casestudies").glob("*.yaml"))[::6],
        TINY / "casestudies" / "night-welding.yaml",
    ]
    return [file.read_text("utf-8") for file in files]


FIELDS = {
    "id",
    "title",
    "status",
    "years",
    "name",
    "role",
    "sectors",
    "metric",
    "value",
    "unit",
    "kind",
}


@pytest.mark.parametrize("seed", range(3))
def test_scattered_comments_and_shuffled_fields_lose_nothing(seed: int) -> None:
    """Comments before any field of any depth, at any indent: all are there afterwards, once."""
    chance = random.Random(seed)
    for text in _records():
        blocks: list[list[str]] = []
        for line in text.splitlines():
            if line[:1] not in (" ", ""):
                blocks.append([])
            blocks[-1].append(line)
        chance.shuffle(blocks)
        lines: list[str] = []
        for number, line in enumerate(line for block in blocks for line in block):
            indent = len(line) - len(line.lstrip())
            is_field = line.lstrip(" -").partition(": ")[0] in FIELDS
            if is_field and chance.random() < 0.4:
                lines.append(" " * chance.randrange(indent + 1) + f"# note {number}.")
            lines.append(line)
        scattered = "\n".join(lines) + "\n"
        once = formatted(scattered, CaseStudy)
        assert load(once) == load(text)
        for line in lines:
            if line.lstrip().startswith("# note"):
                assert once.count(line.strip()) == 1
        assert formatted(once, CaseStudy) == once

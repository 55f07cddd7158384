"""
What each finding means, with an example before and after: for `kb explain`, the page and SARIF.

Every code that the generator can give stands here, and nowhere else. The examples are held against the
check by the tests: `after` stands in a record that passes, and `before` in its place gives the code.
"""

from __future__ import annotations

from dataclasses import dataclass

CASE = "casestudies/night-welding.yaml"
"""The made-up case study that most examples are about."""

PRACTICE = "content/practices/stipends.md"

COLLECTION = "content/collections/welding.yaml"

LEDGER = "content/permalinks.yaml"
NETWORK = "content/communities.yaml"
PLAYBOOK = "content/playbooks/teach-at-night.md"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code in words for people who have never seen YAML."""

    code: str
    group: str
    """A key of `GROUPS`."""
    title: str
    """What is wrong, as a short sentence without a period."""
    meaning: str
    """Why it matters and what to do, in two to four plain sentences."""
    before: str
    """Lines of a record, or the name of a file, that give the finding."""
    after: str
    """The same, mended."""
    file: str = CASE
    """The file that the example is about."""
    hides: bool = False
    """True where nothing else in the file is checked before this is mended."""


GROUPS = {
    "file": "The file",
    "yaml": "How it is written",
    "field": "Fields and values",
    "link": "Ids and links",
    "prose": "Text",
    "evidence": "Figures, sources and evidence",
    "address": "Published addresses",
}
"""The parts of the page, in order."""


def _file(code: str, title: str, meaning: str, before: str, after: str) -> Explanation:
    return Explanation(code, "file", title, meaning, before, after, hides=code != "stray-file")


def _yaml(
    code: str, title: str, meaning: str, before: str, after: str, file: str = CASE
) -> Explanation:
    return Explanation(code, "yaml", title, meaning, before, after, file, hides=True)


_FILES = (
    _file(
        "stray-file",
        "A file that is not a record lies among the records",
        "Every file in the folders of records is taken for a record. A case study ends in `.yaml`, a "
        "practice or policy note in `.md`, and none of them stands in a folder of its own. Rename the "
        "file, or move it elsewhere.",
        "casestudies/night-shift.yml",
        "casestudies/night-shift.yaml",
    ),
    _file(
        "not-a-file",
        "A link stands where a file should be",
        "A symbolic link points to a file somewhere else, perhaps to one that only your computer has. A "
        "record is an ordinary file. Put a copy of the file in the place of the link.",
        "casestudies/night-shift.yaml -> ../notes.yaml",
        "casestudies/night-shift.yaml, a copy of notes.yaml",
    ),
    _file(
        "file-too-large",
        "The file is too large for a record",
        "A record may have 512 KiB, which is more than ten times the longest one. A larger file mostly "
        "holds a document that was pasted in. Keep the facts in the record, and link to the document where it "
        "is published.",
        "casestudies/night-shift.yaml, 50 MB",
        "casestudies/night-shift.yaml, 8 KB",
    ),
    _file(
        "unreadable-file",
        "The file cannot be opened",
        "Your computer does not let the program read the file. Most often its permissions were changed. "
        "Give your own user the right to read it.",
        "casestudies/night-shift.yaml, readable by nobody",
        "casestudies/night-shift.yaml, readable by you",
    ),
    _file(
        "not-utf-8",
        "The file is saved in another encoding than UTF-8",
        "The letters of a text file are stored as numbers, and the encoding says which number is which "
        "letter. Records use UTF-8, as nearly everything on the web does. In the window in which you save the "
        "file, choose UTF-8; then look at letters with accents and at quotation marks.",
        "casestudies/night-shift.yaml, saved as UTF-16 or Windows-1252",
        "casestudies/night-shift.yaml, saved as UTF-8",
    ),
    _yaml(
        "no-front-matter",
        "The fields at the top of the page are missing",
        "A practice or policy note begins with its fields, between two lines of three dashes. The text comes "
        "after the second line. Check that both lines are there, that each has exactly three dashes, and that "
        "nothing stands above the first.",
        "schema_version: 1\nid: stipends",
        "---\nschema_version: 1\nid: stipends",
        PRACTICE,
    ),
)

_YAML = (
    _yaml(
        "invisible-character",
        "A character that nobody can see stands in the text",
        "Text pasted from Word or from a web page can carry zero-width spaces, soft hyphens and marks that "
        "turn the direction of writing. They make two words differ that look the same. `kb fmt` takes them "
        "out.",
        "title: Night weld\u00ading course",
        "title: Night welding course",
    ),
    _yaml(
        "yaml-blank",
        "A special blank stands where a plain one is wanted",
        "Word and web pages use blanks at which a line may not break. They look like the blank of the space "
        "bar, but YAML does not take them for one. `kb fmt` puts plain ones in.",
        "status: active\nyears:\u00a0{start: 2019}",
        "status: active\nyears: {start: 2019}",
    ),
    _yaml(
        "yaml-curved-quote",
        "A curved quotation mark begins the value",
        "Word turns straight quotation marks into curved ones. YAML knows straight ones only, so the quotes "
        "do not protect what is inside. Type the marks again, in a text editor.",
        "when: \u201c1 year: after the course\u201d",
        "when: 1 year after the course",
    ),
    _yaml(
        "yaml-control",
        "A control character stands in the text",
        "Some characters steer printers and terminals and mean nothing in a text. They come along when text is "
        "copied from a PDF. Delete the place and type it again.",
        "title: Night\x07 welding course",
        "title: Night welding course",
    ),
    _yaml(
        "yaml-tab",
        "A tab stands where YAML wants spaces",
        "The indent of a line says what it belongs to, and a tab has no fixed width. Use the space bar: "
        "two spaces for each level. Many editors can show tabs, and turn them into spaces.",
        "organizations:\n\t- name: Springfield College\n\t  role: lead",
        "organizations:\n  - name: Springfield College\n    role: lead",
    ),
    _yaml(
        "yaml-indent",
        "A line begins in the wrong column",
        "Lines that belong together begin in the same column. Here a line is further in or further out than "
        "the ones around it, so nobody can tell what it belongs to. Compare it with the line above and the "
        "line below.",
        "title: Night welding course\n summary: A made-up",
        "title: Night welding course\nsummary: A made-up",
    ),
    _yaml(
        "yaml-space",
        "The space behind a colon or dash is missing",
        "YAML knows a field by a colon with a space behind it, and an entry of a list by a dash with a space "
        "behind it. Without the space, both are letters of a word.",
        "title:Night welding course",
        "title: Night welding course",
    ),
    _yaml(
        "yaml-missing-colon",
        "The colon behind the name of a field is missing",
        "Each field is its name, a colon, a space and its value. This line has a name and no colon. If the "
        "line is not a field but goes on with the text above, indent it as far as that text.",
        "title Night welding course",
        "title: Night welding course",
    ),
    _yaml(
        "yaml-colon",
        "A colon stands inside a value without quotes",
        "A colon followed by a space parts a field from its value, so a second one on the line confuses. Put the "
        "whole value in quotes. A long text can go on lines of its own after `>-`, where colons do no harm.",
        "note: A comparison group: late applicants.",
        "note: A comparison group of late applicants.",
    ),
    _yaml(
        "yaml-character",
        "A value begins with a sign that means something to YAML",
        "A value without quotes may not begin with `@`, `%`, `!` or a backtick, nor with a link in square brackets, "
        "which look like a list. Put the whole value in quotes, or on lines of its own after `>-`.",
        "when: @1 year after the course",
        "when: 1 year after the course",
    ),
    _yaml(
        "yaml-quote",
        "A quotation mark is not closed, or closes too early",
        "A value that begins with a quotation mark ends with the next one of the same sort. An apostrophe in "
        "single quotes closes them: write it twice, or put double quotes around the value.",
        "title: 'Night welding' course",
        "title: Night welding course",
    ),
    _yaml(
        "yaml-backslash",
        "A backslash stands in double quotes",
        "Inside double quotes a backslash begins a special sign, such as `\\n` for a new line. Use single quotes, "
        "in which a backslash is a backslash, or none.",
        'title: "Night welding \\course"',
        "title: Night welding course",
    ),
    _yaml(
        "yaml-bracket",
        "A bracket is not closed, or a comma is missing",
        "A list on one line stands in square brackets, a group in braces, and commas part the entries. Close what you "
        "opened. A value that only contains a bracket goes in quotes.",
        "sectors: [construction",
        "sectors: [construction]",
    ),
    _yaml(
        "yaml-dash",
        "A list and its field are mixed up",
        "The entries of a list stand below the field, each on a line of its own that begins with a dash. A dash on "
        "the line of the field, or a line without a dash among the entries, breaks the list.",
        "lessons: - Night courses fill [s1].",
        "lessons:\n  - Night courses fill [s1].",
    ),
    _yaml(
        "yaml-block",
        "Text follows `>-` on the same line",
        "After `>-` or `|` the text begins on the next line, indented by two spaces. Nothing but a comment may stand "
        "behind the sign.",
        "challenge: >- Welders were",
        "challenge: >-\n  Welders were",
    ),
    _yaml(
        "yaml-key",
        "The name of a field is not a word",
        "What stands before a colon is the name of a field. Here it is a list or a group. Mostly a bracket or a dash "
        "has slipped to the start of the line.",
        "[status]: active",
        "status: active",
    ),
    _yaml(
        "duplicate-key",
        "A field stands twice in one group",
        "Each field may stand once. Where a second one stands, many programs silently forget the first, and somebody's "
        "words are lost. Keep one; several values go as a list under one field.",
        "status: active\nstatus: completed",
        "status: active",
    ),
    _yaml(
        "yaml-number",
        "A number is longer than any number can be",
        "The digits go on for thousands of places. That is no figure; perhaps something was pasted into the wrong "
        "place.",
        "amount_usd: 9999999999...",
        "amount_usd: 20000",
    ),
    _yaml(
        "yaml-tag",
        "A word with an exclamation mark begins the value",
        "In YAML a word such as `!course` is an order to the program that reads the file. Records hold text and numbers, "
        "so orders are not followed. Take it out; if the value is meant to begin so, put it in quotes.",
        "title: !course Night welding course",
        "title: Night welding course",
    ),
    _yaml(
        "yaml-alias",
        "A value stands for another one elsewhere",
        "A word after `&` or `*` lets a value be used in a second place. No record needs that, and it can blow up a "
        "small file into a huge one. Write the value out; put text that begins with such a sign in quotes.",
        "setting: *same",
        "setting: rural",
    ),
    _yaml(
        "yaml-documents",
        "A second record begins in the file",
        "A line of three dashes begins a new document, and one file holds one record. Take the line out, or move "
        "what follows to a file of its own.",
        "checked: 2026-11-01\n---\nid: another",
        "checked: 2026-11-01",
    ),
    _yaml(
        "yaml-depth",
        "Lists stand in lists in lists, too deep to read",
        "No record needs more than a few levels. Most often brackets were typed by accident.",
        "sectors: [[[[[[[[ ... ]]]]]]]]",
        "sectors: [construction]",
    ),
    _yaml(
        "yaml-syntax",
        "The text is not YAML",
        "The program could not go on, and the slip is not one of those that it knows. Look at the line and at the one "
        "above it, and compare them with a record that passes.",
        "challenge: >0",
        "challenge: >-",
    ),
)


def _field(
    code: str, title: str, meaning: str, before: str, after: str, *, hides: bool = False
) -> Explanation:
    return Explanation(code, "field", title, meaning, before, after, hides=hides)


_FIELDS = (
    _field(
        "no-fields",
        "The record is empty",
        "A record without fields says nothing. Copy one that resembles yours, or run `kb new`, and fill it in.",
        "# casestudies/night-welding.yaml: not written yet",
        "schema_version: 1\nid: night-welding\n...",
        hides=True,
    ),
    _field(
        "missing-field",
        "A field that every record must have is missing",
        "Pages, lists and the search rely on the required fields. Add the one that is named. If you do not know a year, write "
        "`null`; if you do not know what became of a program, its status is `unknown`.",
        "years: {start: 2019}",
        "status: active\nyears: {start: 2019}",
    ),
    _field(
        "unknown-field",
        "A field has a name that nothing knows",
        "Mostly the name is misspelt, or the field belongs into another group. What stands in an unknown field would be "
        "shown nowhere, so it is not accepted. The page about the fields lists them all.",
        "chalenge: >-",
        "challenge: >-",
    ),
    _field(
        "unknown-choice",
        "A value is not one of the fixed choices",
        "Some fields have a short list of values, so that records can be counted and compared. Choose the one that fits best. "
        "If none fits, say so in the pull request.",
        "status: activ",
        "status: active",
    ),
    _field(
        "wrong-type",
        "A value is of the wrong sort",
        "A number is wanted where text stands, or a list where one value stands, or the other way round. Numbers stand alone: "
        "no quotes, no dollar or percent sign, no commas. The unit has a field of its own.",
        'value: "60%"',
        "value: 60",
    ),
    _field(
        "wrong-form",
        "An id or a number of a source is not written as it must be",
        "Ids are lower-case letters and digits in words joined by single hyphens, because they become addresses of pages. "
        "Sources are numbered `s1`, `s2` and so on.",
        "id: Night_Welding",
        "id: night-welding",
    ),
    _field(
        "not-a-date",
        "A date is not one that the calendar has",
        "Write the year with four digits, the month and the day with two, joined by hyphens. Spreadsheets and Word like to "
        "change dates into other forms.",
        "checked: 11/1/2026",
        "checked: 2026-11-01",
    ),
    _field(
        "not-an-address",
        "A web address is not complete",
        "Readers follow the address to check what we say. Copy all of it from the address bar of the browser, beginning with "
        "`https://` or `http://`.",
        "url: www.college.example/night",
        "url: https://college.example/night",
    ),
    _field(
        "too-long",
        "A text is longer than its place on the page",
        "Titles and summaries are shown in lists and search results, which have room for so many characters. Shorten it; "
        "there is room for the rest in the longer fields.",
        "title: >-\n  Night welding course of the college for people who work by day\n  and could not come to a course at any other time of the week",
        "title: Night welding course",
    ),
    _field(
        "empty",
        "A field that must say something is empty",
        "The field is there, and nothing is in it. Fill it in. If employers took no part, say that in a sentence; "
        "that is worth knowing too.",
        'employer_engagement: ""',
        "employer_engagement: Two shops lent machines [s2].",
    ),
    _field(
        "not-filled-in",
        "A place of the template is still to be filled in",
        "`kb new` writes FILL IN wherever only you know what to say. Write it in the place of the two words. An "
        "optional field that you have nothing for can go altogether.",
        "note: FILL IN",
        "note: A comparison group of late applicants.",
    ),
    _field(
        "out-of-range",
        "A number is impossible",
        "A year before 1900, a negative sum, an end before the start, an interval that ends before it begins. Check the figure "
        "against the source.",
        "years: {start: 219}",
        "years: {start: 2019}",
    ),
    _field(
        "date-in-future",
        "A day is named that has not come yet",
        "`checked` is the day on which somebody held the whole record against its sources, `added` the day on which it came "
        "into the library, `updated` that of its last change. They show readers how fresh the record is.",
        "checked: 2099-11-01",
        "checked: 2026-11-01",
    ),
)


def _link(code: str, title: str, meaning: str, before: str, after: str) -> Explanation:
    return Explanation(code, "link", title, meaning, before, after)


_LINKS = (
    _link(
        "unknown-id",
        "Something is named that the library does not have",
        "Practices, policies, populations, places and other records are named by their ids: the last part of the address of "
        "their page. Look for a slip of the pen first. A new practice or term needs a record of its own before others "
        "can name it.",
        "populations: [justice-envolved]",
        "populations: [justice-involved]",
    ),
    _link(
        "ambiguous-id",
        "A link names an id that two pages have",
        "A program and the law behind it may share an id. Say which one you mean by putting the first part of its address "
        "before the id.",
        "[stipends](kb:stipends)",
        "[stipends](kb:practices/stipends)",
    ),
    _link(
        "duplicate-id",
        "Two records, or two sources, have the same id",
        "An id leads to one page, and `s1` to one source. Give the newer one an id of its own. If both records tell of the "
        "same program, put what is new into the older one.",
        "id: day-welding",
        "id: night-welding",
    ),
    _link(
        "id-is-not-file-name",
        "The id and the name of the file differ",
        "The file is named after the id, so that everybody finds it. Change one of the two. The id becomes the address "
        "of the page.",
        "id: evening-welding",
        "id: night-welding",
    ),
    _link(
        "listed-twice",
        "The same id stands twice in a list",
        "Each practice, population or place counts once. Take the second one out; perhaps another one was meant.",
        "populations: [justice-involved, justice-involved]",
        "populations: [justice-involved]",
    ),
    Explanation(
        "record-not-named",
        "link",
        "A step's text links to a record that the step does not name",
        "A playbook claims nothing that no record backs, and readers see the records of a step in one place. Add the "
        "record to the step's `records`.",
        "records: [day-welding]",
        "records: [night-welding]",
        PLAYBOOK,
    ),
    Explanation(
        "unknown-round",
        "link",
        "A community names a round that the file does not have",
        "Communities joined in rounds, which stand at the head of the file with their dates. Look for a slip of the "
        "pen, or add the round with its source.",
        "round: 4",
        "round: 1",
        NETWORK,
    ),
    Explanation(
        "round-too-large",
        "evidence",
        "A round names more communities than were announced",
        "The number announced comes from a source, so a longer list of names means that one of them belongs to another "
        "round, or that the number was copied wrongly.",
        "announced: 1",
        "announced: 2",
        NETWORK,
    ),
    _link(
        "refers-to-itself",
        "A record names itself as related",
        "A page that leads to itself leads nowhere. Take the entry out, or name the record that was meant.",
        "checked: 2026-11-01\nrelated:\n  - {id: night-welding, reason: The same course.}",
        "checked: 2026-11-01\nrelated:\n  - {id: day-welding, reason: The same course by day.}",
    ),
    _link(
        "link-address",
        "A link leads to an address that a page may not link to",
        "Links to other pages of the library are written with `kb:` and the id, so that they keep working. Links to the web "
        "begin with `https://` or `http://`.",
        "[stipends](../practices/stipends)",
        "[stipends](kb:stipends)",
    ),
    _link(
        "link-form",
        "A link keeps its address in another place",
        "Markdown allows to write the address of a link at the end of the text. Here it stands beside the words, so that "
        "nobody has to look for it.",
        "employer_engagement: >-\n  Two [shops][list] lent machines [s2].\n\n  [list]: https://shops.example/",
        "employer_engagement: >-\n  Two [shops](https://shops.example/) lent machines [s2].",
    ),
    Explanation(
        "entry-names-one-record",
        "link",
        "An entry of a collection names no record, or several",
        "Each entry is shown by itself, with a note of its own. Write one of `case_study`, `practice` and `policy` with an id; "
        "give each record an entry.",
        "- {practice: stipends, policy: training-accounts}",
        "- {practice: stipends}",
        COLLECTION,
    ),
)


def _prose(code: str, title: str, meaning: str, before: str, after: str) -> Explanation:
    return Explanation(code, "prose", title, meaning, before, after)


_PROSE = (
    _prose(
        "html-in-prose",
        "HTML stands in a text",
        "Texts are written in Markdown, which is enough for emphasis, lists and links. HTML could carry scripts, so it is not "
        "accepted. Write a less-than sign as `&lt;`.",
        "Two shops <b>lent</b> machines [s2].",
        "Two shops **lent** machines [s2].",
    ),
    _prose(
        "picture-in-prose",
        "A picture stands in a text",
        "A picture on another site would tell that site who reads our page, and may vanish. Say in words what it shows, and "
        "cite the page that it stands on.",
        "Two shops ![lent](https://shops.example/a.jpg) machines [s2].",
        "Two shops lent machines [s2].",
    ),
)


def _evidence(
    code: str, title: str, meaning: str, before: str, after: str, file: str = CASE
) -> Explanation:
    return Explanation(code, "evidence", title, meaning, before, after, file)


_EVIDENCE = (
    _evidence(
        "figure-without-source",
        "A figure stands in a paragraph that cites nothing",
        "Readers put our figures on slides, so each one says where it is from. Put the number of the source after the "
        "sentence, in square brackets. Years, dates and sections of a law need none.",
        "Finished by 11 people.",
        "Finished by 11 people [s1].",
        "casestudies/day-welding.yaml",
    ),
    _evidence(
        "unknown-source",
        "A source is cited that the record does not list",
        "The number in square brackets is the id of an entry under `sources`. Add the source, or correct the number.",
        "  - Night courses fill [s9].",
        "  - Night courses fill [s1].",
    ),
    _evidence(
        "unused-source",
        "A source is listed and never cited",
        "A source that nothing cites supports nothing. Cite it where you used it, or take it out.",
        "  - Rent does not wait.",
        "  - Rent does not wait [s1].",
        PRACTICE,
    ),
    _evidence(
        "unnamed-outcome",
        "Nothing says what an outcome measures",
        "With the metric `other`, the field `name` says what was measured. Better still is a metric from the list.",
        "metric: other",
        "metric: other\n    name: bought a welding mask",
    ),
    _evidence(
        "unnamed-comparison",
        "Nothing says who the comparison is",
        "A difference means something only if readers know whom the people in the program are compared with. Add "
        "`comparison_label`, such as `control group`.",
        "comparison: 40\n    n: 200",
        "comparison: 40\n    comparison_label: applicants who came too late\n    n: 200",
    ),
    _evidence(
        "level-too-high",
        "The level of evidence is higher than the design allows",
        "By 34 CFR 77.1, strong evidence rests on experiments, moderate evidence on experiments or quasi-experiments, and "
        "promising evidence at least on a correlational study with controls. A lower level is no reproach.",
        "  level: strong\n  direction: positive\n  design: quasi-experiment",
        "  level: moderate\n  direction: positive\n  design: quasi-experiment",
    ),
    _evidence(
        "effect-not-measured",
        "An effect is claimed that nobody measured",
        "Where people were only counted, or looked at before and after, nobody knows what would have happened without the "
        "program. The direction is then `not-measured`. Tell what happened under `results`.",
        "direction: positive\n  design: descriptive",
        "direction: not-measured\n  design: descriptive",
        "casestudies/day-welding.yaml",
    ),
)


def _address(code: str, title: str, meaning: str, before: str, after: str) -> Explanation:
    return Explanation(code, "address", title, meaning, before, after, LEDGER)


_ADDRESSES = (
    _address(
        "address-lost",
        "A published address would stop working",
        "People have linked to this page, on slides too. A record that is renamed keeps its old address in the "
        "ledger, and one that is removed leaves a page that says why. `kb permalinks rename` and `kb permalinks remove` "
        "write both for you.",
        "id: welding-by-day, addresses: [casestudies/welding-by-day/]",
        "id: day-welding, addresses: [casestudies/day-welding/, casestudies/welding-by-day/]",
    ),
    _address(
        "promise-deleted",
        "A published short link or address was deleted from the ledger",
        "What the ledger held where your work set out from was published, so it stays for ever. Only `kb check` in a "
        "Git repository can see this, by comparing with the main branch or the pull request's base. Put back what the "
        "help shows; a record that is gone keeps its entry, with `removed` in it.",
        "addresses: [casestudies/day-welding/]",
        "addresses: [casestudies/day-welding/, casestudies/welding-by-day/]",
    ),
    _address(
        "address-changed",
        "The first address in the ledger is not where the record stands",
        "The present address comes first and all earlier ones follow, so that links to each of them keep leading to the "
        "record. Put the present one first and leave none out.",
        "addresses: [casestudies/welding/, casestudies/day-welding/]",
        "addresses: [casestudies/day-welding/, casestudies/welding/]",
    ),
    _address(
        "address-taken",
        "Two records claim one address",
        "An address belongs for ever to the record that had it first, or an old link would lead to something else. Take "
        "it out of the other entry, or give the new record another id.",
        "addresses: [casestudies/day-welding/, casestudies/night-welding/]",
        "addresses: [casestudies/day-welding/]",
    ),
    _address(
        "code-reused",
        "Two records have one short code",
        "A short code is printed on slides and never given to another record. Put back the code that the entry had. A new "
        "record needs no entry at all: its code follows from its id.",
        "code: k2x2hm, kind: case-study, id: day-welding",
        "code: wkf453, kind: case-study, id: day-welding",
    ),
    _address(
        "recorded-twice",
        "A record has two entries in the ledger",
        "Each record has one entry, which holds its code and every address it ever had. Keep one of the two, with the "
        "addresses of both.",
        "id: night-welding, addresses: [casestudies/evening-welding/]",
        "id: day-welding, addresses: [casestudies/day-welding/]",
    ),
    _address(
        "removed-but-there",
        "A record is recorded as removed, and is there",
        "The ledger would lead readers to a page that says the record is gone. Take `removed` out of the entry, or delete "
        "the record's file.",
        'addresses: [casestudies/day-welding/], removed: {title: Day welding, on: 2026-11-01, why: "It was one program.", see: [night-welding]}}',
        "addresses: [casestudies/day-welding/]}",
    ),
)

EXPLANATIONS = {
    each.code: each
    for each in (*_FILES, *_YAML, *_FIELDS, *_LINKS, *_PROSE, *_EVIDENCE, *_ADDRESSES)
}
"""By code: what each finding means, in the order of the page."""

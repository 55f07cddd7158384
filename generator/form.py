"""
What the form at /contribute/new/ works from: the schema, its steps, the rules' patterns, the library's ids.

The form holds no rule, label or list of its own that is stated elsewhere. What the schema can't say is
taken here from where the check has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .checks import prose as prose_rules
from .formatting.printer import ONE_LINE
from .library import Library
from .models.case_study import CaseStudy
from .models.fields import Model, Record
from .models.schema import json_schema, modeline
from .models.shape import shapes
from .models.vocabulary import Metric
from .printing.built import FORM
from .printing.site import Site
from .prose import CITATION, CODE, KB_LINK
from .reading.invisible import CONTROL, INVISIBLE, WIDE_BLANKS

DRAFT_VERSION = 1
"""The version of the shape in which a browser keeps a draft. A draft of another version is shown as text."""

STEPS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "what",
        "What it is",
        "Name the program as its readers would, and say in two sentences what came of it.",
        ("title", "id", "summary", "status"),
    ),
    (
        "where",
        "Where and when",
        "The places where it ran, the main one first, and the years.",
        ("places", "years"),
    ),
    (
        "who",
        "Who",
        "The organizations in the roles that a source gives them, and the people it set out to serve. "
        "Name no private person.",
        ("organizations", "populations", "sectors", "program_areas"),
    ),
    (
        "did",
        "What they did",
        "The problem, and what was done about it, in your own words. Cite a source after each statement.",
        (
            "challenge",
            "approach",
            "practices",
            "policies",
            "employer_engagement",
            "employer_roles",
            "cost",
            "funding",
        ),
    ),
    (
        "came",
        "What came of it",
        "What happened, with what did not work. Counts are enough: nobody has to be compared.",
        ("results", "outcomes", "lessons"),
    ),
    (
        "know",
        "How we know",
        "How sure one can be, and what was found. A program that was only counted is welcome here.",
        ("evidence", "external_ratings"),
    ),
    (
        "sources",
        "Sources",
        "The public pages and reports that all this rests on. Each is cited somewhere above.",
        ("sources", "related", "checked", "added", "updated"),
    ),
)
"""(name, title, opening, fields) of each step, in the order in which a contributor is asked."""

WORDS: dict[str, tuple[str, str]] = {
    "CaseStudy.title": (
        "Name of the program",
        "What a reader would call it. No slogan.",
    ),
    "CaseStudy.id": (
        "Short name for the page's address",
        "Made from the name: lower-case words joined by hyphens. It never changes later, so choose it well.",
    ),
    "CaseStudy.summary": (
        "Summary",
        "What was done and what came of it, in one or two plain sentences. Search results show this.",
    ),
    "CaseStudy.populations": ("Who was served", "Whom it set out to serve."),
    "CaseStudy.practices": (
        "Practices",
        "What it did, as the library names it. Fewer and right is better than many.",
    ),
    "CaseStudy.policies": (
        "Policies used",
        "Laws or funding that it really used. None is better than the nearest.",
    ),
    "CaseStudy.employer_roles": ("What employers did", "Where a source says so."),
    "CaseStudy.challenge": ("The challenge", "The problem, in two to four sentences."),
    "CaseStudy.employer_engagement": (
        "How employers took part",
        "In two to five sentences; or say that they did not.",
    ),
    "CaseStudy.lessons": (
        "Lessons",
        "Two to five things that another place could reuse, each supported by a source.",
    ),
    "CaseStudy.lessons[]": ("Lesson", ""),
    "CaseStudy.organizations[]": ("Organization", ""),
    "CaseStudy.cost": ("Cost", "Only where a source gives it."),
    "CaseStudy.outcomes": (
        "Outcomes in figures",
        "One for each figure that a source reports, as the source states it.",
    ),
    "CaseStudy.related": (
        "Related case studies",
        "Only where there is something to say; the rest is found by what records share.",
    ),
    "CaseStudy.sources": (
        "Sources",
        "Public pages and reports that anybody can read. They number themselves.",
    ),
    "CaseStudy.checked": (
        "Checked on",
        "The day on which you held the whole record against its sources.",
    ),
    "CaseStudy.added": ("Added on", "The day on which it comes into the library."),
    "CaseStudy.updated": (
        "Updated on",
        "When you mend a record in a way that readers should hear of, such as another figure: today's date.",
    ),
    "Years.start": ("First year", "Leave it empty where no source says."),
    "Years.end": ("Last year", "Leave it empty while it runs, or where no source says."),
    "Place.city": ("City or county", "Leave it empty for a whole state."),
    "Place.state": ("State", "Leave it empty for a national program."),
    "Place.setting": ("Kind of place", ""),
    "Outcome.metric": ("What was measured", ""),
    "Outcome.name": (
        "In words",
        "Where the choice above does not say it all. Needed with “Other”.",
    ),
    "Outcome.value": (
        "Figure",
        "The number alone, for the people in the program; or the difference, where only that was reported.",
    ),
    "Outcome.comparison": (
        "Figure for the comparison",
        "The same figure for the people it is compared with, if there are any.",
    ),
    "Outcome.comparison_label": (
        "Who is compared",
        "Such as “control group”. Needed with a comparison.",
    ),
    "Outcome.significant": (
        "Statistically significant",
        "Only where the source says so.",
    ),
    "Outcome.as_printed": (
        "As the source prints it",
        "The figure in the source's own words, at most a dozen of them.",
    ),
    "Evidence.level": ("How sure can we be?", "Rates the best study, by 34 CFR 77.1."),
    "Evidence.direction": ("What was found?", "By that study."),
    "Evidence.design": ("Design of the best study", ""),
    "Evidence.note": ("Why", "Why this level and this finding, in a sentence."),
    "Cost.per_participant_usd": (
        "Cost per participant, in US dollars",
        "The number alone.",
    ),
    "Funding.amount_usd": (
        "Amount, in US dollars",
        "The number alone; leave it empty where no source gives it.",
    ),
    "RelatedCase.id": (
        "Case study",
        "Choose it from the list, or write the last part of its page's address.",
    ),
    "Source.year": ("Year", "Leave it empty where the source does not say."),
    "Source.archived": (
        "Archived copy",
        "The address of a copy at an archive such as web.archive.org, if there is one.",
    ),
}
"""
(label, help) where the schema's words are those of somebody who writes YAML.

By model and field; an empty help leaves the schema's.
"""

LONG = (
    "CaseStudy.summary",
    "Cost.basis",
    "Evidence.note",
    "Outcome.note",
    "RelatedCase.reason",
    "Source.note",
)
"""Lines of plain text that need more than one line of the form."""

FRONT = (
    "Cost.dollar_year",
    "Outcome.comparison",
    "Outcome.comparison_label",
    "Outcome.n",
    "Outcome.name",
    "Place.city",
    "Place.state",
    "Organization.url",
    "Source.year",
    "Years.end",
)
"""Fields that are optional and yet shown at once; the other optional ones of a group open on demand."""

_PATTERNS = {
    "citation": CITATION,
    "kbLink": KB_LINK,
    "code": CODE,
    **prose_rules.PATTERNS,
}


class NoSuchRepository(ValueError):
    """The repository in mkdocs.yml is not an address on GitHub."""


def form_data(library: Library, repository: str = "") -> dict[str, Any]:
    """
    Return what the form needs, ready for JSON.

    `repository` is the address of the library's repository on GitHub, or empty: the form then hides
    that way out. Raises `NoSuchRepository`.
    """
    kind = library.kinds["case-study"]
    repository = repository.rstrip("/")
    if repository and not re.fullmatch(r"https://github\.com/[\w.-]+/[\w.-]+", repository):
        raise NoSuchRepository(repository)
    return {
        "draft": DRAFT_VERSION,
        "schema": json_schema(kind, lambda name: library.all(name, Record)),
        "model": CaseStudy.__name__,
        "folder": kind.source,
        "steps": [
            {"id": name, "title": title, "opening": opening, "fields": fields}
            for name, title, opening, fields in STEPS
        ],
        "head": [modeline(kind)],
        "order": dict(_orders(CaseStudy)),
        "oneLine": sorted(model.__name__ for model in ONE_LINE),
        "words": WORDS,
        "long": LONG,
        "front": FRONT,
        "invisible": f"{INVISIBLE.pattern}|{CONTROL.pattern}",
        "wideBlanks": WIDE_BLANKS.pattern,
        "patterns": {name: _for_javascript(pattern) for name, pattern in _PATTERNS.items()},
        "pages": {
            other.address: {
                "anchored": other.anchored,
                "titles": {
                    i.lower(): library.title(other.name, i) for i in library.ids(other.name)
                },
            }
            for other in library.kinds.values()
            if other.address
        },
        "leads": {i: leads for i in library.case_studies.ids if (leads := library.brief(i).leads)},
        "differences": [m.id for m in library.all("metric", Metric) if m.difference],
        "repository": repository,
    }


def _orders(model: type[Model]) -> Iterator[tuple[str, list[str]]]:
    """The fields of a model and of the groups in it, in the order in which `kb fmt` writes them."""
    yield model.__name__, [shape.name for shape in shapes(model)]
    for shape in shapes(model):
        if shape.model is not None:
            yield from _orders(shape.model)


def _for_javascript(pattern: re.Pattern[str]) -> list[str]:
    """A pattern as JavaScript reads it: its source and its flags. Both languages agree on what we use."""
    source = re.sub(r"\\N\{EN DASH\}", "\N{EN DASH}", pattern.pattern)
    flags = [(re.I, "i"), (re.M, "m"), (re.S, "s")]
    return [source, "g" + "".join(letter for flag, letter in flags if pattern.flags & flag)]


def write(library: Library, site: Site, repository: str = "") -> None:
    """Write what the form loads beside its page; `repository` as in `form_data`. Raises `NoSuchRepository`."""
    site.write_json(f"{FORM}form.json", form_data(library, repository))

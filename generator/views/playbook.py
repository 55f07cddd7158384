"""The page of a playbook, and the list of all."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ..library import Library
from ..models.case_study import CaseStudy
from ..models.fields import Record
from ..models.playbook import Playbook, Step
from ..resolver import Target
from .explained import Explanation
from .listing import Group, ListingView
from .page import (
    Badge,
    Checked,
    Link,
    Page,
    Search,
    TocEntry,
    badge,
    checked,
    link,
    page,
    writer,
)
from .plain_data import plain_data

KIND = "playbook"


@plain_data
class Backing:
    """A record that backs a step."""

    kind_label: str
    link: Link
    badge: Badge | None
    """How sure and what was found, for a case study."""


@plain_data
class StepView:
    """One step."""

    anchor: str
    title: str
    text: Markup
    backing: tuple[Backing, ...]


@plain_data
class PlaybookView:
    """All that the template of a playbook shows."""

    page: Page
    summary: str
    before: Markup
    steps: tuple[StepView, ...]
    checked: Checked
    explained: tuple[Explanation, ...]
    """The terms that the text marks."""


def playbook_view(playbook: Playbook, library: Library) -> PlaybookView:
    """Make the page of a playbook."""
    kind = library.kinds[KIND]
    text = writer(library, "../" * kind.path_of(playbook.id).count("/"))
    before = text.prose(
        playbook.before
    )  # first, so that terms are explained where they first stand
    steps = tuple(
        StepView(
            f"step-{number}",
            step.title,
            text.prose(step.text),
            tuple(_backing(library, target) for target in _targets(library, step)),
        )
        for number, step in enumerate(playbook.steps, 1)
    )
    toc = [TocEntry("before", "Before you start")]
    toc += [TocEntry(step.anchor, f"{n}. {step.title}") for n, step in enumerate(steps, 1)]
    return PlaybookView(
        page=page(kind, playbook, toc, _search(library, playbook)),
        summary=playbook.summary,
        before=before,
        steps=steps,
        checked=checked(playbook.checked),
        explained=text.explainer.explanations(),
    )


def playbook_listing(library: Library) -> ListingView:
    """Playbooks by title."""
    playbooks = library.all(KIND, Playbook)
    links = tuple(link(library, KIND, playbook) for playbook in playbooks)
    groups = (Group("playbooks", "Playbooks", "", links),) if links else ()
    return ListingView(len(links), "playbooks", groups)


def _targets(library: Library, step: Step) -> Iterable[Target]:
    for name in step.records:
        target = library.resolver.resolve(name)
        assert isinstance(target, Target), name  # the check has refused all others
        yield target


def _backing(library: Library, target: Target) -> Backing:
    record = library.find(target.kind, target.id, Record)
    return Backing(
        library.kinds[target.kind].label,
        link(library, target.kind, record),
        badge(library, record.id) if isinstance(record, CaseStudy) else None,
    )


_FACETS = {"practice", "policy", "population"}


def _search(library: Library, playbook: Playbook) -> Search:
    targets = [target for step in playbook.steps for target in _targets(library, step)]
    tags = dict.fromkeys((t.kind, t.id) for t in targets if t.kind in _FACETS)
    return Search(
        filters=(("kind", "page"), *tags),
        meta=(("kind", library.kinds[KIND].label),),
        other_words=playbook.also_called,
    )

"""The kinds of record. To add one: a model, a view, a template, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .library import Library
from .models.case_study import CaseStudy
from .models.collection import Collection
from .models.community import Community, Network
from .models.glossary import Glossary, GlossaryTerm
from .models.kind import Kind
from .models.playbook import Playbook
from .models.policy import Policy
from .models.practice import Practice
from .models.rubric import Rubric
from .models.vocabulary import EvidenceLevel, Metric, Population, State, Term

if TYPE_CHECKING:
    from .views.listing import WrittenPart


def _view(module: str, name: str, *of: str) -> Callable[..., Any]:
    """
    A function of a module in `views`, or what it gives for a kind by that name.

    The module is imported when it is first called: after an edit most pages stay, and to load what prints all of them
    takes a tenth of a second.
    """

    @cache
    def found() -> Callable[..., Any]:
        function: Callable[..., Any] = getattr(import_module(f".views.{module}", __package__), name)
        return function(*of) if of else function

    return lambda *given: found()(*given)


_V = "content/vocabulary"
_TERM = "records/term.html"

# fmt: off
KINDS = (
    Kind("case-study", "Case study", "Case studies", "casestudies", CaseStudy, "casestudies", view=_view("case_study", "case_study_view"), template="records/case-study.html", card=_view("deck_card", "case_study_card"), shared=True),
    Kind("practice", "Practice", "Practices", "content/practices", Practice, "practices", view=_view("practice", "practice_view"), template="records/practice.html", card=_view("deck_card", "practice_card"), shared=True),
    Kind("policy", "Policy note", "Policy notes", "content/policies", Policy, "policies", view=_view("policy", "policy_view"), template="records/policy.html", card=_view("deck_card", "policy_card"), shared=True),
    Kind("playbook", "Playbook", "Playbooks", "content/playbooks", Playbook, "playbooks", view=_view("playbook", "playbook_view"), template="records/playbook.html"),
    Kind("collection", "Collection", "Collections", "content/collections", Collection, "collections", view=_view("collection", "collection_view"), template="records/collection.html", card=_view("deck_card", "collection_card"), fields_only=True),
    Kind("population", "Population", "Populations", f"{_V}/populations.yaml", Population, "populations", view=_view("term", "term_view", "population"), template=_TERM),
    Kind("sector", "Sector", "Sectors", f"{_V}/sectors.yaml", Term, "sectors", view=_view("term", "term_view", "sector"), template=_TERM),
    Kind("state", "State", "States", f"{_V}/states.yaml", State, "states", view=_view("term", "term_view", "state"), template=_TERM),
    Kind("program-area", "Program area", "Program areas", f"{_V}/program-areas.yaml", Term, "program-areas", view=_view("term", "term_view", "program-area"), template=_TERM),
    Kind("glossary-term", "Glossary term", "Glossary", "content/glossary.yaml", GlossaryTerm, "glossary", container=Glossary, anchored=True),
    Kind("rubric", "Rubric", "Rubrics", "content/rubric.yaml", Rubric, "assess", single=True),
    Kind("community", "TechHire community", "TechHire communities", "content/communities.yaml", Community, "communities", container=Network, anchored=True),
    Kind("employer-role", "Employer role", "Employer roles", f"{_V}/employer-roles.yaml", Term),
    Kind("metric", "Metric", "Metrics", f"{_V}/metrics.yaml", Metric),
    Kind("evidence-level", "Evidence level", "Evidence levels", f"{_V}/evidence-levels.yaml", EvidenceLevel),
    Kind("practice-group", "Practice group", "Practice groups", f"{_V}/practice-groups.yaml", Term),
    Kind("plain-word", "Plain word", "Plain words", f"{_V}/plain-words.yaml", Term),
    Kind("glossary-group", "Glossary group", "Glossary groups", f"{_V}/glossary-groups.yaml", Term),
)
# fmt: on

LISTINGS: dict[str, Callable[[Library], WrittenPart]] = {
    "case-study": _view("listing", "case_study_listing"),
    "practice": _view("listing", "practice_listing"),
    "policy": _view("listing", "policy_listing"),
    "collection": _view("collection", "collection_listing"),
    "population": _view("listing", "population_listing"),
    "sector": _view("listing", "term_listing", "sector"),
    "state": _view("listing", "term_listing", "state"),
    "program-area": _view("listing", "term_listing", "program-area"),
    "glossary-term": _view("listing", "glossary_listing"),
    "playbook": _view("playbook", "playbook_listing"),
    "community": _view("communities", "communities_view"),
    "explore": _view("explore", "explore_view"),
    "rubric": _view("rubric", "rubric_view"),
    "updates": _view("updates", "updates_view"),
}
"""By name: what a written page with ``listing: NAME`` in its front matter shows; lists bear the name of their kind."""

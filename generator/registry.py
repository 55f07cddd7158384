"""The kinds of record. To add one: a model, a view, a template, and a line here."""

from __future__ import annotations

from collections.abc import Callable

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
from .views.case_study import case_study_view
from .views.collection import collection_listing, collection_view
from .views.communities import communities_view
from .views.deck_card import case_study_card, collection_card, policy_card, practice_card
from .views.explore import explore_view
from .views.listing import (
    WrittenPart,
    case_study_listing,
    glossary_listing,
    policy_listing,
    population_listing,
    practice_listing,
    term_listing,
)
from .views.playbook import playbook_listing, playbook_view
from .views.policy import policy_view
from .views.practice import practice_view
from .views.rubric import rubric_view
from .views.term import term_view
from .views.updates import updates_view

_V = "content/vocabulary"
_TERM = "records/term.html"

# fmt: off
KINDS = (
    Kind("case-study", "Case study", "Case studies", "casestudies", CaseStudy, "casestudies", view=case_study_view, template="records/case-study.html", card=case_study_card, shared=True),
    Kind("practice", "Practice", "Practices", "content/practices", Practice, "practices", view=practice_view, template="records/practice.html", card=practice_card, shared=True),
    Kind("policy", "Policy note", "Policy notes", "content/policies", Policy, "policies", view=policy_view, template="records/policy.html", card=policy_card, shared=True),
    Kind("playbook", "Playbook", "Playbooks", "content/playbooks", Playbook, "playbooks", view=playbook_view, template="records/playbook.html"),
    Kind("collection", "Collection", "Collections", "content/collections", Collection, "collections", view=collection_view, template="records/collection.html", card=collection_card, fields_only=True),
    Kind("population", "Population", "Populations", f"{_V}/populations.yaml", Population, "populations", view=term_view("population"), template=_TERM),
    Kind("sector", "Sector", "Sectors", f"{_V}/sectors.yaml", Term, "sectors", view=term_view("sector"), template=_TERM),
    Kind("state", "State", "States", f"{_V}/states.yaml", State, "states", view=term_view("state"), template=_TERM),
    Kind("program-area", "Program area", "Program areas", f"{_V}/program-areas.yaml", Term, "program-areas", view=term_view("program-area"), template=_TERM),
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
    "case-study": case_study_listing,
    "practice": practice_listing,
    "policy": policy_listing,
    "collection": collection_listing,
    "population": population_listing,
    "sector": term_listing("sector"),
    "state": term_listing("state"),
    "program-area": term_listing("program-area"),
    "glossary-term": glossary_listing,
    "playbook": playbook_listing,
    "community": communities_view,
    "explore": explore_view,
    "rubric": rubric_view,
    "updates": updates_view,
}
"""By name: what a written page with ``listing: NAME`` in its front matter shows; lists bear the name of their kind."""

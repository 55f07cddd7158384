"""
The immutable graph of everything. All questions that a page may ask are methods here.

Built once, after every file has been read and checked; nothing changes it afterwards.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar, cast, overload

from pydantic_core import to_json

from .digests import key_of
from .graph import Graph
from .models.case_study import Brief, CaseStudy, Introduced, Measured
from .models.community import Community, Network
from .models.entry import Entry
from .models.extract import Extract
from .models.fields import Record
from .models.glossary import Container, Glossary, GlossarySource, GlossaryTerm
from .models.kind import Kind
from .models.permalinks import Codes, Key, Ledger
from .models.policy import Policy
from .models.practice import Practice
from .models.rubric import Rubric
from .models.vocabulary import EvidenceLevel, Metric, Population, State, Term
from .prose import ascii_words
from .resolver import Resolver, Target

R = TypeVar("R", bound=Record)


class Cases(Sequence[CaseStudy]):
    """Case studies by their ids. Each is made when its turn comes: all of them at once are most of what a build could hold."""

    def __init__(self, library: Library, ids: Sequence[str]) -> None:
        self.ids = ids
        self._library = library

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> CaseStudy: ...
    @overload
    def __getitem__(self, at: slice) -> Cases: ...
    def __getitem__(self, at: int | slice) -> CaseStudy | Cases:
        if isinstance(at, slice):
            return Cases(self._library, self.ids[at])
        return self._library.find("case-study", self.ids[at], CaseStudy)

    def briefs(self) -> list[Brief]:
        """What is told of each, where none is made."""
        return [self._library.brief(case_id) for case_id in self.ids]


class Relation(NamedTuple):
    """A case study that is like another, and what they share."""

    case_study: str
    """Its id."""
    reason: str
    """Written by an editor, or put together from what the two share."""


class Alike(NamedTuple):
    """A case study of which the page of another shows something."""

    case_study: str
    """Its id."""
    shared: tuple[Key, ...] = ()
    """The tags for which it does: of all that the two share, those that fewest have. None where an editor named it."""


class Library:
    """Every record, and how the records hang together."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        entries: Iterable[Entry],
        containers: Mapping[str, Container],
        ledger: Ledger | None = None,
        last: Library | None = None,
    ) -> None:
        """
        `containers` are, by kind, the files that say something beside their lists of records.

        `last` is a library whose graph is taken over if it must be the same.
        """
        self.kinds = {kind.name: kind for kind in kinds}
        self._entries: dict[str, dict[str, Entry]] = {kind.name: {} for kind in kinds}
        self.extracts: dict[Key, Extract] = {}
        for entry in entries:
            self._entries[entry.kind.name][entry.id] = entry
            self.extracts[entry.kind.name, entry.id] = entry.extract
        self.ledger = ledger or Ledger()
        self._containers = containers
        self.common_facts = self._common_facts()
        """A digest of all that any page may show of other records but case studies, which are many."""
        self.facts = self._facts()
        """A digest of all that any page may show of other records, and of how all hang together."""
        self._graph: Graph = (
            last._graph
            if last and last.facts == self.facts
            else Graph.of(self.kinds, self.extracts, self.ledger)
        )
        self.found_alike: Callable[[str], list[Alike] | None] = _unknown
        """The case studies that are most like one, where that was found before: all, before processes print the pages."""
        self._reasons: dict[tuple[Key, ...], str] = {}
        """By tags: why two case studies are alike that share these."""
        self.shown: dict[tuple[object, ...], Any] = {}
        """What views have made of terms and records and show on many pages (`views/once.py`)."""

    def _common_facts(self) -> str:
        facts = (e.facts for (kind, _), e in self.extracts.items() if kind != "case-study")
        return key_of(*facts, "", *(container.data for container in self._containers.values()))

    @cached_property
    def charted(self) -> str:
        """A digest of all that charts, the table of outcomes and the rubric may show: of case studies, less than the `facts`."""
        charted = (e.charted for (kind, _), e in self.extracts.items() if kind == "case-study")
        return key_of(self.common_facts, self.ledger.digest, *charted)

    def _facts(self) -> str:
        facts = (extract.facts for extract in self.extracts.values())
        return key_of(self.common_facts, self.ledger.digest, *facts)

    # --- records -------------------------------------------------------------------------------

    def all(self, kind: str, model: type[R]) -> list[R]:
        """Every record of a kind: files by title, terms in the order of their file."""
        return [self.find(kind, record_id, model) for record_id in self.ids(kind)]

    def find(self, kind: str, record_id: str, model: type[R]) -> R:
        """One record. Raises KeyError for an id that the check would have refused."""
        record: R = self._entries[kind][record_id].record  # type: ignore[assignment]
        return record

    def data(self, kind: str, record_id: str) -> bytes:
        """The plain data, as JSON, of a record with a file of its own."""
        return self._entries[kind][record_id].data()

    def ids(self, kind: str) -> Sequence[str]:
        """The ids of a kind in the order of `all`, which makes every record."""
        return self._graph.ordered(kind)

    def title(self, kind: str, record_id: str) -> str:
        return self.extracts[kind, record_id].title

    def body(self, kind: str, record_id: str) -> str:
        """The Markdown below a record's front matter; empty where there is none."""
        return self._entries[kind][record_id].document.body

    def text(self, kind: str, record_id: str) -> str:
        """The fields of a record as its file has them: for YAML, the whole file."""
        return self._entries[kind][record_id].document.written()

    def entries(self) -> Iterator[tuple[Kind, Record]]:
        """Every record with its kind, kinds in the order of the registry."""
        for name, kind in self.kinds.items():
            for entry in self._entries[name].values():
                yield kind, entry.record

    def told(self) -> Iterator[tuple[Kind, Extract]]:
        """What is told of each record where it is not made, in the order of `entries`."""
        return self._graph.every()

    def count(self, kind: str) -> int:
        return len(self._entries[kind])

    @property
    def case_studies(self) -> Cases:
        """All case studies, strongest evidence first, then latest checked, then by id."""
        return Cases(self, self._graph.case_studies)

    def brief(self, case_id: str) -> Brief:
        """What is told of a case study where it is not made."""
        return cast("Brief", self.extracts["case-study", case_id].brief)

    @cached_property
    def practices(self) -> list[Practice]:
        return self.all("practice", Practice)

    @cached_property
    def policies(self) -> list[Policy]:
        return self.all("policy", Policy)

    @cached_property
    def communities(self) -> list[Community]:
        """The communities of the TechHire network, in the order of their file."""
        return self.all("community", Community)

    def term(self, kind: str, term_id: str) -> Term:
        """A term of the vocabulary."""
        return self.find(kind, term_id, Term)

    def metric(self, metric_id: str) -> Metric:
        return self.find("metric", metric_id, Metric)

    def level(self, level_id: str) -> EvidenceLevel:
        return self.find("evidence-level", level_id, EvidenceLevel)

    @cached_property
    def evidence_levels(self) -> list[EvidenceLevel]:
        """The levels, strongest first."""
        return self.all("evidence-level", EvidenceLevel)

    @cached_property
    def rubric(self) -> Rubric | None:
        """The rubric, if the library has one."""
        return next(iter(self.all("rubric", Rubric)), None)

    @cached_property
    def glossary(self) -> list[GlossaryTerm]:
        """All terms of the glossary, by the alphabet."""
        return sorted(self.all("glossary-term", GlossaryTerm), key=lambda t: t.title.casefold())

    @cached_property
    def term_names(self) -> dict[bytes, list[tuple[str, frozenset[bytes], GlossaryTerm]]]:
        """
        The names by which prose may use the glossary's terms, by their longest word in ASCII, or `b""` if they have none.

        With each, those of its words that tell whether a text can have it: the short ones stand in every text.
        Acronyms as they are written; titles with a small or capital first letter, in the plural too. Of
        long titles only the acronym counts: a mark is for a word or two.
        """
        names: dict[str, GlossaryTerm] = {}
        for term in self.glossary:
            if len(term.title) <= _LONGEST_MARKED:
                for first in (term.title[0].lower(), term.title[0].upper()):
                    names[first + term.title[1:]] = names[first + term.title[1:] + "s"] = term
            if term.acronym:
                names[term.acronym] = term
        by_word: dict[bytes, list[tuple[str, frozenset[bytes], GlossaryTerm]]] = defaultdict(list)
        for name, term in names.items():
            words = ascii_words(name)
            longest = max(words, key=len, default=b"")
            telling = frozenset(word for word in words if word == longest or len(word) > 3)
            by_word[longest].append((name, telling, term))
        return dict(by_word)

    @cached_property
    def term_words(self) -> frozenset[bytes]:
        """The words that tell whether a text can have any name of a term."""
        names = (name for named in self.term_names.values() for name in named)
        return frozenset(word for _, telling, _ in names for word in telling)

    def glossary_sources(self, term: GlossaryTerm) -> list[GlossarySource]:
        """The sources of a term of the glossary."""
        return [self._glossary_sources[source] for source in term.sources]

    @cached_property
    def _glossary_sources(self) -> dict[str, GlossarySource]:
        """All sources of the glossary, by their ids."""
        file = self._containers["glossary-term"].file
        assert isinstance(file, Glossary)
        return {source.id: source for source in file.sources}

    @cached_property
    def network(self) -> Network | None:
        """What the library says of the TechHire network beside its communities, if it has any."""
        container = self._containers.get("community")
        file = container.file if container else None
        assert file is None or isinstance(file, Network)
        return file

    @property
    def codes(self) -> Codes:
        """The short code of every record that has a page of its own, by kind and id."""
        return self._graph.codes

    def aliases(self, kind: str, record_id: str) -> list[str]:
        """The addresses that lead to a record's page: its short link, and those that it had earlier."""
        entry = self.ledger.by_key.get((kind, record_id))
        earlier = entry.addresses[1:] if entry else ()
        return [f"s/{self.codes[kind, record_id]}/", *earlier]

    # --- links ---------------------------------------------------------------------------------

    @property
    def resolver(self) -> Resolver:
        return self._graph.resolver

    def tagged(self, kind: str, record_id: str) -> Cases:
        """The case studies tagged with a practice, policy or term, strongest evidence first."""
        return Cases(self, self._graph.tagged.get((kind, record_id), ()))

    def introduced(self, case_id: str) -> Introduced:
        """What a card shows of a case study."""
        return self._entries["case-study"][case_id].part(Introduced)

    def measured(self, case_id: str) -> Measured:
        """What the table of all outcomes shows of a case study."""
        return self._entries["case-study"][case_id].part(Measured)

    def tags(self, case_id: str) -> Sequence[Key]:
        """What a case study is tagged with, by kind and id, each once."""
        return self._graph.tags[case_id]

    def mentioned_by(self, kind: str, record_id: str, by: str) -> list[str]:
        """The ids of the records of kind `by` that refer to a record in a field or in their prose, by title."""
        found = self._graph.references_from(by).get((kind, record_id), ())
        return sorted(found, key=lambda other: (self.title(by, other).casefold(), other))

    # --- questions -----------------------------------------------------------------------------

    def practice_policies(self, practice: Practice) -> list[Policy]:
        """Policies that permit or fund a practice, whichever of the two says so; by title."""
        named = {p.id: p for p in (self.find("policy", i, Policy) for i in practice.policies)}
        named |= {p.id: p for p in self.policies if practice.id in p.practices}
        return sorted(named.values(), key=lambda p: p.title.casefold())

    def policy_practices(self, policy: Policy) -> list[Practice]:
        """Practices that a policy permits or funds, whichever of the two says so; by title."""
        named = {p.id: p for p in (self.find("practice", i, Practice) for i in policy.practices)}
        named |= {p.id: p for p in self.practices if policy.id in p.policies}
        return sorted(named.values(), key=lambda p: p.title.casefold())

    def related_practices(self, practice: Practice) -> list[Practice]:
        """Practices that a practice names or that name it; its own order first, then by title."""
        named = [self.find("practice", i, Practice) for i in practice.related]
        others = [p for p in self.practices if practice.id in p.related and p not in named]
        return named + others

    def related_policies(self, policy: Policy) -> list[Policy]:
        """Policies that a policy names or that name it; its own order first, then by title."""
        named = [self.find("policy", i, Policy) for i in policy.related]
        others = [p for p in self.policies if policy.id in p.related and p not in named]
        return named + others

    def most_common(self, kind: str, cases: Cases) -> list[tuple[str, int]]:
        """(id, number of case studies) of a kind's terms among some case studies, most used first."""
        counts = Counter(i for case_id in cases.ids for k, i in self.tags(case_id) if k == kind)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def states(self) -> list[tuple[State, Cases]]:
        """Every state with its case studies."""
        return [(s, self.tagged("state", s.id)) for s in self.all("state", State)]

    def populations(self) -> list[Population]:
        return self.all("population", Population)

    def related_cases(self, case: CaseStudy) -> list[Relation]:
        """
        Case studies that a reader of this one should see, each with the reason.

        Those an editor named come first. Then those that share most, a shared tag counting the
        more the fewer case studies have it. Of those that share a tag, a few with the
        strongest evidence are looked at, so that the work does not grow with the library.
        """
        named = [(related.id, related.reason) for related in case.related]
        found = self._alike(case.id, [case_id for case_id, _ in named])
        alike = [(one.case_study, self._reason(one.shared)) for one in found]
        return [Relation(*pair) for pair in [*named, *alike][: max(_RELATED, len(named))]]

    @cached_property
    def ties(self) -> str:
        """A digest of all from which `codes` and `shown_beside` follow; while the `facts` are the same, so is this."""
        hung = [
            (case_id, extract.refers_to, extract.links)
            for case_id in self._graph.case_studies
            for extract in (self.extracts["case-study", case_id],)
        ]
        names = [key for key in self.extracts if key[0] != "case-study"]
        return key_of(to_json((hung, names)), self.ledger.digest)

    def shown_beside(self, case_id: str) -> list[Alike]:
        """
        The other case studies of which a case study's page shows something.

        These are those that it names or links, which need share nothing with it, and those that are like it.
        """
        extract = self.extracts["case-study", case_id]
        named = [record_id for kind, record_id in extract.refers_to if kind == "case-study"]
        found = (self.resolver.resolve(link) for link in extract.links)
        linked = [t.id for t in found if isinstance(t, Target) and t.kind == "case-study"]
        return [*(Alike(other) for other in (*named, *linked)), *self._alike(case_id, named)]

    def _alike(self, case_id: str, named: Iterable[str]) -> list[Alike]:
        """The case studies that share most with one, the best of them first; without itself and those that are named anyway."""
        found = self.found_alike(case_id)
        if found is not None:
            return found
        graph = self._graph
        own = graph.likeness(case_id)
        others = (graph.ids[number] for number in self._most_alike(case_id, named))
        return [Alike(other, graph.rarest(own & graph.likeness(other), _NAMED)) for other in others]

    def _most_alike(self, case_id: str, named: Iterable[str]) -> Iterator[int]:
        """The numbers of the same case studies."""
        scores: dict[int, float] = {}
        score_of = scores.get
        for key in self._graph.tags[case_id]:
            weight, followed = self._graph.followed.get(key, (0.0, ()))
            for number in followed:
                scores[number] = score_of(number, 0.0) + weight
        for other in (case_id, *named):
            scores.pop(self._graph.numbers[other], None)
        # The few best of many: sorting them all would cost more than finding them.
        least = min(heapq.nlargest(_RELATED, scores.values()), default=0.0)
        best = sorted((-score, number) for number, score in scores.items() if score >= least)
        return (number for _, number in best[:_RELATED])

    def _reason(self, tags: tuple[Key, ...]) -> str:
        """The sentence that names some tags which two case studies share."""
        reason = self._reasons.get(tags)
        if reason is None:
            first, *others = tags
            inside = (_inside(kind, self.title(kind, term_id)) for kind, term_id in others)
            reason = "Also about " + ", ".join((self.title(*first), *inside))
            self._reasons[tags] = reason
        return reason


def _unknown(_: str) -> list[Alike] | None:
    return None


_RELATED = 5
"""Case studies that are shown beside one, unless an editor named more."""

_NAMED = 3
"""Tags that are named as the reason why two case studies are alike."""

_LONGEST_MARKED = 30
"""Characters of a glossary title that is still marked in prose."""


_NAMES = ("policy", "state")
"""Kinds whose titles are names."""


@cache  # of few records: practices, terms and the like
def _inside(kind: str, title: str) -> str:
    """The title of a record as it stands inside a sentence: names and acronyms keep their capitals."""
    acronym = any(letter.isupper() for letter in title.split(" ", 1)[0][1:])
    return title if kind in _NAMES or acronym else title[:1].lower() + title[1:]

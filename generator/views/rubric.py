"""The rubric's page: a form that can be filled in on paper, and what explains it."""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup

from ..library import Library
from ..models.fields import Record
from ..models.rubric import Criterion, Rubric, Tool
from .page import Checked, Link, SourceItem, Writer, checked, links, source_items, writer
from .plain_data import plain_data
from .rubric_data import PLACES


@plain_data
class Choice:
    """One entry of a list to choose from."""

    id: str
    title: str


@plain_data
class LevelLine:
    """One level of a question."""

    number: int
    title: str
    text: str


@plain_data
class Question:
    """One question of the form."""

    id: str
    number: str
    """Such as ``2.3``."""
    title: str
    question: str
    why: Markup
    levels: tuple[LevelLine, ...]
    evidence_to_bring: tuple[str, ...]
    practices: tuple[Link, ...]
    policies: tuple[Link, ...]
    threshold: SourceItem | None
    """The source of a number in the levels."""
    tools: tuple[str, ...]
    sources: tuple[SourceItem, ...]


@plain_data
class Part:
    """One dimension."""

    id: str
    number: int
    title: str
    about: str
    questions: tuple[Question, ...]


@plain_data
class Band:
    """The averages that have one level's name."""

    title: str
    meaning: str
    span: str
    """Such as ``1.8 to 2.5``."""


@plain_data
class ToolLine:
    """Another assessment that exists."""

    title: str
    owner: str
    level: str
    measures: str
    scale: str
    does_better: str
    ours_differs: str
    note: str
    sources: tuple[SourceItem, ...]


@plain_data
class RubricView:
    """All that the page shows."""

    template: ClassVar[str] = "records/rubric.html"

    rubric: Rubric
    """For the guide's sentences, which stand on the page as written."""
    total: int
    origin: Markup
    parts: tuple[Part, ...]
    bands: tuple[Band, ...]
    roles: tuple[Choice, ...]
    populations: tuple[Choice, ...]
    settings: tuple[Choice, ...]
    states: tuple[Choice, ...]
    precedents: tuple[Markup, ...]
    could_not_confirm: tuple[Markup, ...]
    tools: tuple[ToolLine, ...]
    sources: tuple[SourceItem, ...]
    checked: Checked


def rubric_view(library: Library) -> RubricView:
    """Make the page. Raises ValueError where the library has no rubric."""
    rubric = library.rubric
    if rubric is None:
        raise ValueError("the page Assess needs content/rubric.yaml")
    text = writer(library, "../", rubric.sources)
    sources = source_items(rubric.sources)
    by_id = {source.id: item for source, item in zip(rubric.sources, sources, strict=True)}
    return RubricView(
        rubric=rubric,
        total=len(rubric.criteria),
        origin=text.prose(rubric.origin),
        parts=_parts(library, rubric, text, by_id),
        bands=_bands(rubric),
        roles=tuple(Choice(role.id, role.title) for role in rubric.roles),
        populations=_choices(library, "population"),
        settings=tuple(Choice(s.value, s.label) for s in PLACES),
        states=_choices(library, "state"),
        precedents=text.items(rubric.guide.precedents),
        could_not_confirm=text.items(rubric.could_not_confirm),
        tools=tuple(_tool(tool, by_id) for tool in rubric.tools),
        sources=sources,
        checked=checked(rubric.checked),
    )


def _choices(library: Library, kind: str) -> tuple[Choice, ...]:
    return tuple(Choice(r.id, r.title) for r in library.all(kind, Record))


def _parts(
    library: Library, rubric: Rubric, text: Writer, by_id: dict[str, SourceItem]
) -> tuple[Part, ...]:
    tools = {tool.id: tool.title for tool in rubric.tools}

    def question(criterion: Criterion, number: str) -> Question:
        return Question(
            id=criterion.id,
            number=number,
            title=criterion.title,
            question=criterion.question,
            why=text.inline(criterion.why),
            levels=tuple(
                LevelLine(n, level.title, seen)
                for n, (level, seen) in enumerate(
                    zip(rubric.levels, criterion.levels, strict=True), 1
                )
            ),
            evidence_to_bring=criterion.evidence_to_bring,
            practices=links(library, "practice", criterion.practices),
            policies=links(library, "policy", criterion.policies),
            threshold=by_id.get(criterion.threshold_source or ""),
            tools=tuple(tools[tool] for tool in criterion.draws_on),
            sources=tuple(by_id[source] for source in criterion.sources),
        )

    return tuple(
        Part(
            dimension.id,
            number,
            dimension.title,
            dimension.about,
            tuple(question(c, f"{number}.{n}") for n, c in enumerate(dimension.criteria, 1)),
        )
        for number, dimension in enumerate(rubric.dimensions, 1)
    )


def _bands(rubric: Rubric) -> tuple[Band, ...]:
    starts = [level.from_score for level in rubric.levels]
    ends = [round(start - 0.1, 1) for start in starts[1:]] + [float(len(starts))]
    return tuple(
        Band(level.title, level.meaning, f"{start:.1f} to {end:.1f}")
        for level, start, end in zip(rubric.levels, starts, ends, strict=True)
    )


def _tool(tool: Tool, by_id: dict[str, SourceItem]) -> ToolLine:
    count = f"{tool.items} questions or elements." if tool.items else ""
    return ToolLine(
        title=tool.title,
        owner=tool.owner,
        level=", ".join(tool.level),
        measures=tool.measures,
        scale=" ".join(part for part in (tool.scale, count) if part),
        does_better=tool.does_better,
        ours_differs=tool.ours_differs,
        note=tool.note or "",
        sources=tuple(by_id[source] for source in tool.sources),
    )

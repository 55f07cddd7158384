"""The parts of the pages for contributors that are generated: every finding, and every field. Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

from ..checks.explanations import EXPLANATIONS, GROUPS, Explanation
from ..library import Library
from ..models.fields import ID_PATTERN, Model, Record
from ..models.kind import Kind
from ..models.shape import Shape, shapes
from ..reading.invisible import shown


def findings_part(library: Library) -> str:
    """Every finding with its meaning and an example; its code is the anchor."""
    parts = []
    for group, title in GROUPS.items():
        parts.append(f"## {title} {{ #{group} }}")
        parts += [_finding(each) for each in EXPLANATIONS.values() if each.group == group]
    return "\n\n".join(parts)


def _finding(explained: Explanation) -> str:
    last = ["Nothing else in the file is checked before this is mended."] if explained.hides else []
    return "\n\n".join(
        [
            f"### {explained.title} {{ #{explained.code} }}",
            f"`{explained.code}`",
            explained.meaning,
            "This gives the finding:",
            _code(explained.before),
            "This does not:",
            _code(explained.after),
            *last,
        ]
    )


def _code(example: str) -> str:
    return f"```yaml\n{shown(example)}\n```"


def fields_part(library: Library) -> str:
    """Every field of every kind of record that is a file of its own."""
    kinds = [kind for kind in library.kinds.values() if not kind.is_list]
    return "\n\n".join(_kind(kind, library) for kind in kinds)


def _kind(kind: Kind, library: Library) -> str:
    where = f"`{kind.source}/ID{kind.ending}`"
    form = (
        f"One file, {where}."
        if kind.ending == ".yaml"
        else f"One file, {where}: the fields between two lines `---`, then the text in Markdown."
    )
    about = " ".join((kind.model.__doc__ or "").split())
    parts = [f"## {kind.label} {{ #{kind.name} }}", f"{about} {form}"]
    parts.append(_fields(kind.model, kind.name, library))
    parts += [
        f"### {_heading(name, shape)} {{ #{anchor} }}\n\n{_about(model)}\n\n{_fields(model, anchor, library)}"
        for name, anchor, model, shape in _groups(kind.model, kind.name)
    ]
    return "\n\n".join(parts)


def _heading(name: str, shape: Shape) -> str:
    return f"Each entry of `{name}`" if shape.is_list else f"The fields of `{name}`"


def _about(model: type[Model]) -> str:
    return " ".join((model.__doc__ or "").split())


def _groups(model: type[Model], anchor: str) -> Iterator[tuple[str, str, type[Model], Shape]]:
    """The groups of fields inside a model, with their anchors, in order."""
    for shape in shapes(model):
        if shape.model is not None:
            inner = f"{anchor}-{shape.name}"
            yield shape.name, inner, shape.model, shape
            yield from _groups(shape.model, inner)


def _fields(model: type[Model], anchor: str, library: Library) -> str:
    return "\n\n".join(_field(shape, f"{anchor}-{shape.name}", library) for shape in shapes(model))


def _field(shape: Shape, anchor: str, library: Library) -> str:
    """A term of a definition list and what is told of it."""
    # An id on the code would be the anchor too, were it not the same as that of the group's heading.
    mark = f"`{shape.name}`" if shape.model else f"`{shape.name}`{{ #{anchor} }}"
    need = "required" if shape.required else "optional"
    told = [part for part in (shape.meaning, _wanted(shape, anchor, library)) if part]
    lines = [f"{mark} {need}", f":   {' '.join(told)}"]
    choices = list(_choices(shape, library))
    if choices:
        lines.append("")
        lines += [f"    - {choice}" for choice in choices]
    return "\n".join(lines)


def _wanted(shape: Shape, anchor: str, library: Library) -> str:
    """What is to be written, in one or two sentences."""
    if shape.model is not None:
        return f"[A {'list of groups' if shape.is_list else 'group'} of fields](#{anchor})."
    if len(shape.choices) == 1 or shape.pattern == ID_PATTERN:
        return ""  # the meaning says it
    one = what_is_wanted(shape, library)
    if shape.refers_to and library.kinds[shape.refers_to].address:
        kind = library.kinds[shape.refers_to]
        one = one.replace(kind.plural.lower(), f"[{kind.plural.lower()}](../{kind.address}.md)")
    return f"{one[0].upper()}{one[1:]}."


def what_is_wanted(shape: Shape, library: Library) -> str:
    """
    What is to be written in a field, as a phrase such as ``a list of ids of practices``.

    Of a group of fields it is ``a group of fields``.
    """
    if shape.model is not None:
        one, many = "a group of fields", "groups of fields"
    elif shape.refers_to:
        plural = library.kinds[shape.refers_to].plural.lower()
        one, many = f"an id from the {plural}", f"ids from the {plural}"
    elif shape.choices:
        one = f"`{shape.choices[0][0]}`" if len(shape.choices) == 1 else "one of these"
        many = "some of these"
    elif shape.is_source:
        one, many = "the id of a source of the record, such as `s1`", "ids of sources"
    elif shape.pattern == ID_PATTERN:
        one, many = "lower-case words joined by hyphens", "ids"
    elif shape.pattern:
        one, many = "`s1`, `s2` and so on", "ids of sources"
    elif shape.is_prose:
        one, many = (
            "text in Markdown, with sources as `[s1]`",
            "texts in Markdown, with sources as `[s1]`",
        )
    elif shape.basic == "date":
        one, many = "a date, such as `2026-11-24`", "dates"
    elif shape.basic == "text":
        longest = (
            f", at most {shape.longest:,} characters"
            if (shape.longest or 0) <= 300 and shape.longest
            else ""
        )
        one, many = f"plain text{longest}", "plain texts"
    else:
        one, many = (
            f"{_ARTICLES.get(shape.basic, '')}{shape.basic}{_range(shape)}",
            f"{shape.basic}s",
        )
    return one if not shape.is_list else f"a list of {many}{_fewest(shape)}"


_ARTICLES = {"number": "a ", "whole number": "a "}


def _range(shape: Shape) -> str:
    if shape.low is not None and shape.high is not None:
        return f" from {shape.low:g} to {shape.high:g}"
    return f", at least {shape.low:g}" if shape.low is not None else ""


def _fewest(shape: Shape) -> str:
    return ", at least one" if shape.fewest else ""


def _choices(shape: Shape, library: Library) -> Iterator[str]:
    """The values to choose from, each with its label and meaning; ids that have pages are not listed."""
    if shape.refers_to and not library.kinds[shape.refers_to].address:
        for term in library.all(shape.refers_to, Record):
            yield f"`{term.id}` {term.title}: {term.gist}"
    elif len(shape.choices) > 1:
        for value, label, meaning in shape.choices:
            yield f"`{value}` {label}{': ' if label and meaning else ''}{meaning}".rstrip()


def queue_part(repository: str) -> str:
    """Where everybody sees what waits for an editor: searches by label on GitHub."""
    if not repository:
        return (
            "On GitHub, in the library's repository: **Issues** with the label `case study` are suggestions, "
            "those with the label `correction` are mistakes, and **Pull requests** are records to be read. "
            "The oldest come first."
        )
    waiting = {
        "Suggested programs": 'issues?q=is:open label:"case study" sort:created-asc',
        "Mistakes on pages": "issues?q=is:open label:correction sort:created-asc",
        "Records to be read": "pulls?q=is:open is:pr sort:created-asc",
    }
    return "\n".join(
        f"- [{title}]({repository.rstrip('/')}/{quote(search, safe='?=:')}), the oldest first"
        for title, search in waiting.items()
    )


_MARKER = re.compile(
    "^\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}(findings|fields|queue)\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}$",
    re.M,
)


def filled(markdown: str, library: Library, repository: str = "") -> str:
    """A written page with its generated parts where lines such as ``⟦fields⟧`` mark their places."""
    parts: dict[str, Callable[[], str]] = {
        "findings": lambda: findings_part(library),
        "fields": lambda: fields_part(library),
        "queue": lambda: queue_part(repository),
    }
    return _MARKER.sub(lambda found: parts[found[1]](), markdown)

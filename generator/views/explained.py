"""
Terms of the glossary, explained where a page first uses them.

The first use becomes a button that opens a popover: by mouse, by keyboard and by touch, without script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from ..library import Library
from ..models.glossary import GlossaryTerm

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"(<[^>]*>)")
_CLOSED = re.compile(r"</(?:a|code|pre|h[1-6]|sup)>")
_OPEN = re.compile(r"<(?:a|code|pre|h[1-6]|sup)[ >]")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the popover of a term says."""

    anchor: str
    """Id of the popover on the page."""
    title: str
    acronym: str
    definition: str
    path: str
    """The term in the glossary, relative to the site's root."""


@dataclass(slots=True)
class Explainer:
    """Marks the first use of each term on one page, and remembers what is to be explained."""

    library: Library
    _used: dict[str, GlossaryTerm] = field(default_factory=dict)

    def mark(self, html: str) -> Markup:
        """Return finished HTML with the first use of each term as a button; links and headings stay."""
        by_first = self.library.term_names
        # Few texts have any term: what they cannot have is ruled out before anything is taken apart.
        names = {
            name: term
            for word in by_first.keys() & set(_WORD.findall(html))
            for name, term in by_first[word]
            if term.id not in self._used and name in html
        }
        if not names:
            return Markup(html)
        longest = sorted(names, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?!\w)")
        parts = _TAG.split(html)
        inside = 0
        for number, part in enumerate(parts):
            if number % 2:
                inside += bool(_OPEN.match(part)) - bool(_CLOSED.match(part))
            elif not inside and part:
                parts[number] = pattern.sub(lambda found: self._button(found[0], names), part)
        return Markup("".join(parts))

    def _button(self, written: str, names: dict[str, GlossaryTerm]) -> str:
        term = names[written]
        if term.id in self._used:
            return written
        self._used[term.id] = term
        return (
            f'<button type="button" class="kb-term" popovertarget="term-{escape(term.id)}">'
            f"{written}</button>"
        )

    def explanations(self) -> tuple[Explanation, ...]:
        """What the marked terms mean, in the order of their first use."""
        kind = self.library.kinds["glossary-term"]
        return tuple(
            Explanation(
                f"term-{term.id}",
                term.title,
                term.acronym or "",
                term.definition,
                kind.path_of(term.id),
            )
            for term in self._used.values()
        )

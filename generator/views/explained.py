"""
Terms of the glossary, explained where a page first uses them.

The first use becomes a button that opens a popover: by mouse, by keyboard and by touch, without script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from ..library import Library
from ..models.glossary import GlossaryTerm
from ..prose import ascii_words
from .plain_data import plain_data

_WORD = re.compile(r"\w+")
_NOT_PROSE = re.compile(r"<(a|code|pre|h[1-6]|sup)[ >].*?</\1>|<[^>]*>", re.S)
"""Where no term is marked: links, code, headings and citations as a whole, and tags."""

# A button is a box, and a line may end at either side of one, be it between it and a parenthesis.
_OPENING = (*"([\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}", "&quot;")
_CLOSING = (
    *")].,:;?!\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}",
    "&quot;",
)
"""Signs that stay with what they open or close."""


@plain_data
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

    def mark(self, html: str, written: str | None = None) -> Markup:
        """
        Return finished HTML with the first use of each term as a button; links and headings stay.

        `written` is the Markdown that it was made of, if somebody has it: it takes half of the time to look through.
        """
        html = str(html)  # slices of `Markup` cost ten times as much
        by_word = self.library.term_names
        # Few texts have any term: what they cannot have is ruled out before anything is taken apart.
        words = ascii_words(html if written is None or _has_other_words(written) else written)
        there = self.library.term_words.intersection(words)
        names = {
            name: term
            for word in (b"", *there)
            for name, telling, term in by_word.get(word, ())
            if telling <= there and term.id not in self._used and name in html
        }
        if not names:
            return Markup(html)
        uses = sorted(_uses(html, names))
        parts: list[str] = []
        at = 0
        for start, _, name in uses:
            if start >= at:
                end = start + len(name)
                before = next((sign for sign in _OPENING if html.endswith(sign, at, start)), "")
                behind = next((sign for sign in _CLOSING if html.startswith(sign, end)), "")
                parts += (
                    html[at : start - len(before)],
                    self._marked(before, name, behind, names[name]),
                )
                at = end + len(behind)
        return Markup("".join([*parts, html[at:]]))

    def _marked(self, before: str, written: str, behind: str, term: GlossaryTerm) -> str:
        """The name of a term, as a button at its first use, with the signs beside it."""
        if term.id in self._used:
            return before + written + behind
        self._used[term.id] = term
        button = (
            f'<button type="button" class="kb-term" popovertarget="term-{escape(term.id)}">'
            f"{written}</button>"
        )
        if not (before or behind):
            return button
        return f'<span class="kb-unbroken">{before}{button}{behind}</span>'

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


def _has_other_words(written: str) -> bool:
    """Whether the words of some Markdown may be others than those of its HTML, as in ``_WIOA_``, ``&#87;IOA`` and ``W<i>IOA``."""
    return "_" in written or "&" in written or "<" in written


def _uses(html: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where names stand as whole words in the prose of some HTML, so that they sort longest first."""
    covered = [found.span() for found in _NOT_PROSE.finditer(html)]
    for name in names:
        start = html.find(name)
        while start >= 0:
            end = start + len(name)
            around = html[start - 1 : start], html[end : end + 1]
            if not (
                around[0] == "-" or _WORD.match(around[0]) or _WORD.match(around[1])
            ) and not any(first < end and start < last for first, last in covered):
                yield start, -len(name), name
            start = html.find(name, end)

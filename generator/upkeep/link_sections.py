"""What a check of the links says to maintainers."""

from __future__ import annotations

from collections.abc import Mapping

from .link_memory import Answer, Verdict
from .questions import Item, Section

_SECTIONS = {
    Verdict.DEAD: (
        "dead-links",
        "Dead links",
        "Find where the page has gone, or a copy in a web archive. Keep what was read from it.",
    ),
    Verdict.MOVED: (
        "moved-links",
        "Links that have moved for good",
        "Look whether the new page says the same, and write its address.",
    ),
    Verdict.UNSURE: (
        "unsure-links",
        "Links that did not let themselves be checked",
        "Open them in a browser. Many sites refuse programs; that is no fault of the link.",
    ),
}


def link_sections(
    addresses: Mapping[str, list[str]], answers: Mapping[str, Answer]
) -> list[Section]:
    """Return a section for each verdict that asks for somebody's eyes."""
    found: dict[Verdict, list[Item]] = {verdict: [] for verdict in _SECTIONS}
    for address, files in addresses.items():
        answer = answers.get(address)
        if answer is not None and answer.verdict in found:
            told = f"now {answer.told}" if answer.verdict is Verdict.MOVED else answer.told
            found[answer.verdict] += [Item(path, address, told) for path in files]
    return [Section(*words, tuple(sorted(found[verdict]))) for verdict, words in _SECTIONS.items()]

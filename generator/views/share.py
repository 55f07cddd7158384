"""What a reader takes from a record: its links, one sentence for a slide, and what its citation says."""

from __future__ import annotations

import datetime as dt

from markupsafe import escape

from .case_study import CaseStudyView, OutcomeRow
from .page import Page, SourceItem
from .plain_data import plain_data
from .policy import PolicyView
from .practice import PracticeView

EMBED_WIDTH, EMBED_HEIGHT = 600, 320
"""Pixels. The embedded page needs no more at this width, and scrolls where it is given less."""


@plain_data
class Headline:
    """A record in one figure and one sentence."""

    figure: str
    """Such as ``40.1% vs. 21.8%``; empty where the record has no figure."""
    figure_words: str
    sentence: str
    """For a slide: says what it is compared with, how many people, and how it was measured."""
    source: SourceItem
    level: str
    """The id of the level of evidence; empty where the record has none."""
    marks: tuple[str, ...]
    """Short facts in words for pictures and embeds: evidence, result, place; or status."""
    day: dt.date
    """When the record was last checked: its version."""


@plain_data
class Addresses:
    """Where a page stands for good, as whole addresses: what every record's page has to share."""

    code: str
    page_url: str
    short_url: str
    short_path: str


@plain_data
class Share:
    """All that the share panel and the head of a page say, with absolute addresses."""

    page: Page
    code: str
    headline: Headline
    page_url: str
    short_url: str
    short_path: str
    embed_path: str
    embed_code: str
    card_url: str
    oembed_url: str
    slide_text: str
    """The sentence with its source and the short link, as it is pasted."""


def addresses(page: Page, code: str, site_url: str) -> Addresses:
    """The addresses of a record's page, at `site_url` (with a slash at its end)."""
    short_path = f"s/{code}/"
    return Addresses(code, site_url + page.path, site_url + short_path, short_path)


def headline(view: object) -> Headline | None:
    """The headline of a record's page; None for kinds of page that nobody puts on a slide."""
    match view:
        case CaseStudyView():
            return _case_study(view)
        case PracticeView():
            return _practice(view)
        case PolicyView():
            return _policy(view)
    return None


def share(view: object, page: Page, code: str, site_url: str) -> Share | None:
    """What there is to share of a record that will stand at `site_url` (with a slash at its end)."""
    told = headline(view)
    if told is None:
        return None
    short_path, embed_path = f"s/{code}/", f"embed/{code}/"
    short_url = site_url + short_path
    source = told.source
    return Share(
        page=page,
        code=code,
        headline=told,
        page_url=site_url + page.path,
        short_url=short_url,
        short_path=short_path,
        embed_path=embed_path,
        embed_code=embed_code(site_url + embed_path, page.title),
        card_url=f"{short_url}card.png",
        oembed_url=f"{short_url}oembed.json",
        slide_text=(
            f"{told.sentence} Source: {source.title} ({source.publisher}, {source.year}), "
            f"as read by Rewire, {short_url}"
        ),
    )


def embed_code(url: str, title: str) -> str:
    """The element that shows a record in a page elsewhere."""
    return (
        f'<iframe src="{escape(url)}" title="{escape(title)} (Rewire)"'
        f' width="{EMBED_WIDTH}" height="{EMBED_HEIGHT}" loading="lazy"></iframe>'
    )


def _case_study(view: CaseStudyView) -> Headline:
    row, badge = view.headline, view.badge
    result = f"Result: {badge.direction_label}"
    marks = (badge.level_label, result, *((view.places_line,) if view.places_line else ()))
    if row is None:
        words = f"{badge.level_label}. {result}. {badge.direction_meaning}"
        sentence = f"{view.page.title}: {view.summary} {words}"
        return Headline(
            "", "", sentence, view.evidence_source, badge.level, marks, view.checked.day
        )
    return Headline(
        figure=f"{row.value} vs. {row.comparison}" if row.comparison else row.value,
        figure_words=f"{row.title}, {row.when}. {_against(row)}",
        sentence=f"{view.page.title}. {_figures(row)}; {row.when}. {_measured(row)}",
        source=row.source,
        level=badge.level,
        marks=marks,
        day=view.checked.day,
    )


def _figures(row: OutcomeRow) -> str:
    """``Graduated: 40.1% in the program, 21.8% in comparison (control group)``."""
    whom = f" ({row.comparison_label})" if row.comparison_label else ""
    if row.comparison:
        return f"{row.title}: {row.value} in the program, {row.comparison} in comparison{whom}"
    if row.is_difference:
        return f"{row.title}: {row.value}, the difference between two groups{whom}"
    return f"{row.title}: {row.value}"


def _against(row: OutcomeRow) -> str:
    if row.comparison or row.is_difference:
        return f"Compared with: {row.comparison_label or 'a comparison group'}"
    return "Nothing to compare it with"


def _measured(row: OutcomeRow) -> str:
    """How it was measured, on how many people, and whether the difference may be chance."""
    parts = [row.design_label + (f", n = {row.n}" if row.n else "")]
    if not (row.comparison or row.is_difference):
        parts.append(
            "There is nothing to compare it with, so it does not show what the program caused"
        )
    elif row.significance:
        parts.append(row.significance)
    return ". ".join(parts) + "."


def _practice(view: PracticeView) -> Headline:
    count = view.cases.total
    cases = "1 case study" if count == 1 else f"{count or 'No'} case studies"
    return Headline(
        figure="",
        figure_words="",
        sentence=f"{view.page.title}: {view.definition} Rewire has {cases[:1].lower() + cases[1:]} of it.",
        source=view.sources[0],
        level="",
        marks=(cases, view.group),
        day=view.checked.day,
    )


def _policy(view: PolicyView) -> Headline:
    status = f"{view.status_label} as of {view.status_as_of}"
    return Headline(
        figure="",
        figure_words="",
        sentence=f"{view.page.title}: {view.summary} Status: {status}.",
        source=view.status_source,
        level="",
        marks=(status, view.agency),
        day=view.checked.day,
    )

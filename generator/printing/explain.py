"""The glossary's terms on written pages, which the theme's engine renders and no view describes."""

from __future__ import annotations

from typing import Any

import jinja2

from ..library import Library
from ..views.explained import Explainer


def explained(html: str, library: Library, root: str, env: jinja2.Environment) -> str:
    """
    Return a written page's HTML with the first use of each term marked, and what the terms mean below.

    `root` leads from the page to the site's root.
    """
    explainer = Explainer(library)
    marked = explainer.mark(html)
    parts: Any = env.get_template("records/parts/page.html").module
    return str(marked) + str(parts.explained(explainer.explanations(), f"{root.rstrip('/')}/"))

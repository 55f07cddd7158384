"""The Jinja environment of the record templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import material
from jinja2.runtime import Context

_MATERIAL = Path(material.__file__).parent / "templates"


def environment(theme: Path) -> jinja2.Environment:
    """
    Return the environment: our theme first, then Material's templates for its icons.

    Everything is escaped unless a view says it is HTML already, and a name that a view lacks is an
    error at once rather than a gap on the page.
    """
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader([theme, _MATERIAL]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters["href"] = _href
    return env


@jinja2.pass_context
def _href(context: Context, path: str) -> str:
    """Turn an address relative to the site's root into one relative to the page."""
    root: Any = context["root"]
    return f"{root}{path}" or "./"

"""The Jinja environment of the record templates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
import material
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context
from markupsafe import Markup, escape

_MATERIAL = Path(material.__file__).parent / "templates"


_SPECIAL = re.compile("[&<>\"']")


def _escaped(value: Any) -> str:
    """
    The value as it stands in HTML.

    What markupsafe does, but for the mark that says so: most of what a page shows needs no escaping,
    and what a template gives is joined to the page at once.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _SPECIAL.search(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class _Generator(CodeGenerator):
    """Lets templates escape what they show by `_escaped`, which takes a fifth of the time."""

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("escape = environment.escaped")


class Environment(jinja2.Environment):
    """Jinja's environment with a quicker way to escape."""

    code_generator_class = _Generator
    escaped = staticmethod(_escaped)


def environment(theme: Path) -> jinja2.Environment:
    """
    Return the environment: our theme first, then Material's templates for its icons.

    Everything is escaped unless a view says it is HTML already, and a name that a view lacks is an
    error at once rather than a gap on the page.
    """
    env = Environment(
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

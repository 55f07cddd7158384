"""Markdown with front matter, split by python-frontmatter; the YAML is left to our own reader."""

from __future__ import annotations

from frontmatter.default_handlers import YAMLHandler

_HANDLER = YAMLHandler()


def split(text: str) -> tuple[str, str, int, int] | None:
    """
    Return (front matter, body, line of the first, line of the second), lines from 1.

    None where the text has no front matter, or the front matter has no end.
    """
    if not _HANDLER.detect(text):
        return None
    try:
        matter, body = _HANDLER.split(text)
    except ValueError:
        return None
    first_line = text[: text.index(matter)].count("\n") + 1
    body = body.lstrip("\n")
    body_line = text[: len(text) - len(body)].count("\n") + 1
    return matter, body, first_line, body_line

"""Rules about the pages people write by hand: their links by id lead to records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..diagnostics import Diagnostic
from ..prose import kb_links
from ..reading.sources import read_text, relative
from ..resolver import Unresolved
from .rules import Context


def written_pages(root: Path) -> list[Path]:
    """The Markdown files in content/ and content/contribute/; those in its other folders are records."""
    folders = (root / "content", root / "content" / "contribute")
    return sorted(
        path for folder in folders for path in folder.glob("*.md") if not path.name.startswith(".")
    )


def check(root: Path, context: Context) -> Iterator[Diagnostic]:
    """Yield a finding for every link by id in a written page that leads nowhere."""
    for path in written_pages(root):
        text = read_text(path, root)
        if isinstance(text, Diagnostic):
            yield text
            continue
        for link in kb_links(text):
            found = context.resolver.resolve(link.target)
            name = link.target.partition("#")[0].rpartition("/")[2]
            if isinstance(found, Unresolved) and name not in context.excused:
                before = text[: link.offset]
                line, column = before.count("\n") + 1, link.offset - before.rfind("\n")
                yield Diagnostic(
                    relative(path, root), line, column, found.code, found.message, found.hint
                )

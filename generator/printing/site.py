"""A built site to print into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages are printed, and where they will stand."""

    root: Path
    url: str
    """Where it will stand, with a slash at the end; empty where nobody has said."""

    def file(self, path: str) -> Path:
        """The file behind an address relative to the site's root."""
        return self.root / path / "index.html"

"""
What a site has beside its pages: downloads, data for the browser, and feeds.

What makes each of them is loaded when it is made: after most edits, few are made anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..library import Library
from ..printing.site import Site

if TYPE_CHECKING:
    from ..views.explore import ExploreView
    from .downloads import DataView


@dataclass(frozen=True, slots=True)
class Files:
    """Makes them of one library. Each method writes into the site that it is given."""

    library: Library
    cache: Path
    """The folder in which a build leaves what spares the next one work."""
    offline: bool
    """Whether a copy of the site to read without a network will stand beside the downloads."""

    def templates(self, site: Site) -> None:
        """Write what is to be filled in, and the schemas."""
        from .downloads import write_templates

        write_templates(self.library, site)

    def downloads(self, site: Site) -> DataView:
        """Write what holds all records, and return what the page shows that lists all downloads."""
        from .downloads import write_downloads

        view = write_downloads(self.library, site, self.cache)
        if self.offline:
            from ..offline.edition import listed

            return listed(view)
        return view

    def tools(self, site: Site) -> None:
        """Write what the rubric's page and the comparison load."""
        from ..printing.rubric_json import write_rubric
        from .comparison import write_comparison

        write_rubric(self.library, site)
        write_comparison(self.library, site)

    def feeds(self, site: Site) -> None:
        """Write the feeds."""
        from ..printing.feeds import write_feeds

        write_feeds(self.library, site)

    @staticmethod
    def outcomes(view: ExploreView, site: Site) -> None:
        """Write the table of outcomes that a page shows, for that page to load."""
        from .outcomes import write_outcomes

        write_outcomes(view, site)

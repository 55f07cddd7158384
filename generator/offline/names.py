"""What the offline edition is called."""

from __future__ import annotations

FILE = "data/rewire-offline.zip"
"""Where the edition stands in the site."""
START = "start-here.html"
"""The page to begin with, in the edition."""

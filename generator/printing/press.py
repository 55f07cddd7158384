"""What all printing needs."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2

from ..library import Library
from ..sharing.cache import Cache
from ..steps import Steps
from .built import Built
from .memory import Keys, Memory
from .site import Site


@dataclass(frozen=True, slots=True)
class Press:
    """One library, the site that it is printed into, and the means."""

    library: Library
    site: Site
    templates: jinja2.Environment
    built: Built
    keys: Keys
    memory: Memory
    cache: Cache
    steps: Steps
    jobs: int = 1
    """How many processes may print."""

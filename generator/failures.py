"""Why a site could not be made, in words for who builds it."""

from __future__ import annotations


class BuildFailed(Exception):
    """A site could not be made; why."""


class BadSettings(Exception):
    """An engine can't begin: mkdocs.yml is not right, or the engine is not installed."""

"""What the program knows about a kind of record; the registry has one of these for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .fields import Record
from .glossary import TermsFile


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record or term: where it is written, how it is checked, where it is shown."""

    name: str
    """As references and search filters name it, such as ``case-study``."""
    label: str
    """As readers see it, such as ``Case study``."""
    plural: str
    source: str
    """A folder whose files are the records (``casestudies``), or a YAML file that lists them."""
    model: type[Record]
    address: str = ""
    """The first part of its pages' addresses (``casestudies``), or empty: it has no pages."""
    container: type[TermsFile] | None = None
    """The model of a file that holds more than the list of records."""
    single: bool = False
    """True where the one YAML file is the one record of the kind, shown at /ADDRESS/."""
    anchored: bool = False
    """True where the records share one page, /ADDRESS/, and each is a section of it."""
    view: Callable[[Any, Any], Any] | None = None
    """Makes a record's page: record and Library to view."""
    template: str = ""
    card: Callable[[Any], dict[str, Any]] | None = None
    """Makes what a slide shows of a record: view to data for JSON."""
    shared: bool = False
    """True where a record is one figure or sentence that people put on slides, cite and post."""
    fields_only: bool = False
    """True where the files below content/ hold fields and no text: YAML, not Markdown."""

    @property
    def is_list(self) -> bool:
        """True where one YAML file holds all records of the kind."""
        return self.source.endswith(".yaml")

    @property
    def ending(self) -> str:
        """The ending of a record's file name: Markdown where a text follows the fields."""
        has_text = self.source.startswith("content/") and not self.fields_only
        return ".md" if has_text else ".yaml"

    def path_of(self, record_id: str) -> str:
        """The address of a record, relative to the site's root: ``casestudies/cuny-asap/``."""
        if self.single:
            return f"{self.address}/"
        if self.anchored:
            return f"{self.address}/#{record_id.lower()}"
        return f"{self.address}/{record_id.lower()}/"

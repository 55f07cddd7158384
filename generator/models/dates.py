"""What the dates of a record tell: when it came in, was updated, or was held against its sources."""

from __future__ import annotations

import datetime as dt

from .case_study import CaseStudy
from .collection import Collection
from .fields import Choice
from .playbook import Playbook
from .policy import Policy
from .practice import Practice

Dated = CaseStudy | Collection | Playbook | Policy | Practice
"""The kinds of record that carry these dates: those that people write one by one."""


class Event(Choice):
    """What can happen to a record that readers should hear of."""

    ADDED = "added", "Added"
    UPDATED = "updated", "Updated"
    CHECKED = "checked", "Checked"


def latest(record: Dated) -> tuple[Event, dt.date]:
    """
    Return what happened to a record last, and when.

    Of two things on one day the one that says more counts: who adds or updates a record has checked it.
    """
    days = (
        (Event.ADDED, record.added),
        (Event.UPDATED, record.updated),
        (Event.CHECKED, record.checked),
    )
    # Of equals, max takes the first.
    return max(((event, day) for event, day in days if day), key=lambda found: found[1])
